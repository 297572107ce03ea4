package indexer

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"youju/report"
)

// Files that describe others: NAME.yaml describes NAME.docx, collection.yaml
// every file in its folder and below.
const (
	collectionFile = "collection.yaml"
	maxDescription = 64 << 10
)

// metadata is what the files beside a file say of it.
type metadata struct {
	// Sidecar is what a file of the same name states, Folder what collection.yaml
	// does, inner folders before outer. The front matter stands between them.
	Sidecar, Folder frontMatter
	Problems        []string
}

// describe reads the files that describe f.
func describe(f File) metadata {
	var m metadata
	if f.Root == "" {
		return m
	}
	bare := strings.TrimSuffix(f.Path, filepath.Ext(f.Path))
	for _, name := range []string{f.Path + ".yaml", bare + ".yaml", f.Path + ".yml", bare + ".yml"} {
		if filepath.Base(name) != collectionFile && m.read(name, &m.Sidecar) {
			break
		}
	}
	root := filepath.Clean(f.Root)
	for dir := filepath.Dir(f.Path); ; dir = filepath.Dir(dir) {
		m.read(filepath.Join(dir, collectionFile), &m.Folder)
		if dir == root || dir == filepath.Dir(dir) || len(dir) < len(root) || f.Path == f.Root {
			return m
		}
	}
}

// read takes over what a description says and no nearer one has said.
func (m *metadata) read(name string, into *frontMatter) bool {
	r, err := os.Open(name)
	if err != nil {
		return false
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxDescription+1))
	if err != nil || len(data) > maxDescription {
		m.Problems = append(m.Problems, fmt.Sprintf("说明文件 %s 过大或无法读取，已忽略", filepath.Base(name)))
		return true
	}
	var f frontMatter
	if err := yaml.Unmarshal(data, &f); err != nil {
		m.Problems = append(m.Problems, fmt.Sprintf("说明文件 %s 格式有误，已忽略：%v", filepath.Base(name), err))
		return true
	}
	*into = into.or(f)
	return true
}

// or fills in what f leaves open.
func (f frontMatter) or(g frontMatter) frontMatter {
	fill := func(s *string, t string) {
		if *s == "" {
			*s = t
		}
	}
	fill(&f.Title, g.Title)
	fill(&f.Kind, g.Kind)
	fill(&f.Place, g.Place)
	fill(&f.Date, g.Date)
	fill(&f.Number, g.Number)
	fill(&f.Speaker, g.Speaker)
	fill(&f.URL, g.URL)
	fill(&f.SourceURL, g.SourceURL)
	fill(&f.Publisher, g.Publisher)
	fill(&f.Licence, g.Licence)
	fill(&f.License, g.License)
	fill(&f.DigestOf, g.DigestOf)
	if f.Year == 0 {
		f.Year = g.Year
	}
	if len(g.Parts) > 0 {
		parts := maps.Clone(g.Parts)
		maps.Copy(parts, f.Parts)
		f.Parts = parts
	}
	return f
}

// key identifies bytes together with what else their reading depends on.
func (r *Reader) key(data []byte, m metadata) string {
	described, _ := json.Marshal(m)
	return sum([]byte(sum(data) + "\n" + string(described) + "\n" + strings.Join(r.OCR, "\x00") + "\n" + r.Rules))
}

// conflicts tells where the text says something else than what is stated of it.
// What is stated holds.
func conflicts(d, read *report.Document, m frontMatter) {
	differ := func(what, stated, printed string) {
		if stated != "" && printed != "" && squeeze(stated) != squeeze(printed) {
			d.Problems = append(d.Problems, report.Problem{What: fmt.Sprintf("说明中的%s“%s”与正文的“%s”不一致，已按说明", what, stated, printed)})
		}
	}
	year := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	}
	if read.Year == 0 {
		if t := titleYear.FindStringSubmatch(read.Title); t != nil {
			read.Year = digits(t[1])
		}
	}
	differ("年份", year(m.Year), year(read.Year))
	differ("日期", m.Date, read.Date)
	differ("报告人", m.Speaker, read.Speaker)
	differ("文号", m.Number, read.Number)
	if m.Place == "" {
		return
	}
	p := lookupPlace(m.Place, report.Place{})
	if p.Code == "" {
		d.Problems = append(d.Problems, report.Problem{What: fmt.Sprintf("说明中的地区“%s”无法识别", m.Place)})
		return
	}
	if read.Place.Code != "" {
		differ("地区", p.Full(), read.Place.Full())
	}
}

// Origins of what is known of a document, as Source.Origins gives them.
const (
	originStated   = "stated"
	originDateline = "dateline"
	originHead     = "head"
	originTitle    = "title"
	originText     = "text"
)

// origins notes for each field where it comes from: what somebody stated, or
// what was read from the text's dateline, head, title or body. head is what
// the head alone said.
func origins(d, head *report.Document, m frontMatter) map[string]string {
	out := map[string]string{}
	note := func(field string, known, stated, inHead bool, from string) {
		switch {
		case !known:
		case stated:
			out[field] = originStated
		case inHead:
			out[field] = from
		default:
			out[field] = originText
		}
	}
	fromTitle := titleYear.MatchString(d.Title)
	note("title", d.Title != "", m.Title != "", head.Title != "", originHead)
	note("kind", d.Kind != "", m.kind() != "", kindByTitle(d.Title) == d.Kind, originTitle)
	note("place", d.Place.Code != "", m.Place != "", head.Place.Code != "", originDateline)
	note("date", d.Date != "", m.Date != "", head.Date != "", originDateline)
	note("number", d.Number != "", m.Number != "", head.Number != "", originHead)
	note("speaker", d.Speaker != "", m.Speaker != "", head.Speaker != "", originHead)
	if head.Year != 0 || !fromTitle {
		note("year", d.Year != 0, m.Year != 0, head.Year != 0, originDateline)
	} else {
		note("year", d.Year != 0, m.Year != 0, true, originTitle)
	}
	return out
}

// settleEvidence drops what was read of fields that somebody stated.
func settleEvidence(d *report.Document) {
	for field, origin := range d.Source.Origins {
		if origin == originStated {
			delete(d.Source.Evidence, field)
			d.Source.Weak = slices.DeleteFunc(d.Source.Weak, func(f string) bool { return f == field })
		}
	}
	slices.Sort(d.Source.Weak)
	d.Source.Weak = slices.Compact(d.Source.Weak)
}
