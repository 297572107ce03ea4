package figure

import (
	"strings"
	"unicode/utf8"

	"youju/report"
)

// quote sets the quoted span: the item's text between two places of a line.
func (r *reader) quote(f *report.Figure, l *line, start, end int) {
	start, end = max(0, start), min(end, len(l.s))
	for start < end && strings.ContainsRune(pauses+"、） ", firstRune(l.s[start:end])) {
		_, size := utf8.DecodeRuneInString(l.s[start:])
		start += size
	}
	if start >= end {
		return
	}
	from, to := int(l.at[start]), int(l.at[end-1])
	_, size := utf8.DecodeRuneInString(r.text[to:])
	to += size
	f.Text, f.At = r.text[from:to], report.Span{Start: from, End: to}
}

// basis says what sets the figure apart from others of its indicator.
func (r *reader) basis(f *report.Figure, l *line, h head, st *stated) {
	clause := h.text
	if h.inside {
		open := strings.LastIndex(l.s[:h.start+len(h.text)], "（")
		clause = l.s[max(open, 0):min(len(l.s), h.start+len(h.text))]
	}
	said := []string{f.Basis, basisOf(clause), st.phrase.each, st.phrase.zone}
	if f.Basis == "" && st.phrase.stock {
		said = append(said, "总量")
	}
	if f.Basis == "" && st.phrase.total && st.phrase.change == "" {
		said = append(said, "累计")
	}
	switch {
	case st.phrase.yearly:
		said = append(said, "每年")
	case st.phrase.average && st.phrase.change == "":
		said = append(said, "年均")
	}
	if st.phrase.beside != "" {
		said = append(said, st.phrase.beside)
	}
	f.Basis = ""
	for _, s := range said {
		if s != "" && s != f.Basis {
			f.Basis = strings.TrimPrefix(f.Basis+"，"+s, "，")
		}
	}
}

// place says what the figure is of where that is not the issuer's own place.
func (r *reader) place(f *report.Figure, l *line, h head, st *stated) {
	if st.phrase.wide != "" {
		f.Place = st.phrase.wide
		return
	}
	if len(r.it.Places) == 0 {
		return
	}
	from := min(st.start, h.start)
	for from < len(l.s) && strings.ContainsRune(pauses+"、", firstRune(l.s[from:])) {
		_, size := utf8.DecodeRuneInString(l.s[from:])
		from += size
	}
	at := int(l.at[from])
	if strings.HasPrefix(r.text[at:], "其中") {
		at += len("其中")
	}
	if !r.namesPlace(r.text[at:]) {
		return
	}
	head := strings.ToValidUTF8(r.text[at:min(len(r.text), at+longestPlace)], "")
	for _, m := range report.Places().Find(head, r.doc.Place) {
		if m.Start == 0 && !strings.HasPrefix(head[m.End:], "至") && !strings.HasPrefix(head[m.End:], "、") && !strings.HasPrefix(head[m.End:], "等") {
			if m.Name != r.doc.Place.Name() {
				f.Place = m.Name
			}
			return
		}
	}
}

// longestPlace is how many bytes are looked at for a place and what follows.
const longestPlace = 90

// namesPlace tells whether a text begins like one of the item's places.
func (r *reader) namesPlace(s string) bool {
	for _, place := range r.it.Places {
		if strings.HasPrefix(s, lastPart(place)) || strings.HasPrefix(s, strings.TrimRight(lastPart(place), "县市区")) {
			return true
		}
	}
	return false
}

// lastPart is a place's own name where its facet value names the city as well.
func lastPart(place string) string {
	if i := strings.Index(place, "市"); i > 0 && i+len("市") < len(place) {
		return place[i+len("市"):]
	}
	return place
}
