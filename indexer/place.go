package indexer

import (
	"strings"
	"unicode/utf8"

	"youju/indexer/pattern"
	"youju/report"
)

// lookupPlace resolves a printed name; the zero Place when it is unknown or
// stands for several places.
func lookupPlace(name string, within report.Place) report.Place {
	p, _ := report.Places().Resolve(name, within)
	return p
}

var (
	beforeReport = pattern.MustCompile(`^(?:[0-9]{4} ?年)?(\p{Han}{2,12}?)(?:[0-9]{4} ?年)?政府工作报告`)
	issuer       = pattern.MustCompile(`(\p{Han}{2,12}?)人民政府`)
)

// statedPlace reads the place a document speaks for from the portal's label,
// the title, the issuer's name, and at last from the place named most often.
func statedPlace(d *report.Document, a *article, blocks []block) report.Place {
	if a.tag != "" {
		if p := lookupPlace(strings.TrimSuffix(a.tag, "招商"), report.Place{}); p.Code != "" {
			return p
		}
	}
	title := strings.TrimPrefix(squeeze(d.Title), "关于")
	for _, re := range []*pattern.Pattern{beforeReport, issuer} {
		if m := re.FindStringSubmatch(title); m != nil {
			if p := lookupPlace(m[1], report.Place{}); p.Code != "" {
				return p
			}
		}
	}
	if p := leadingPlace(title); p.Code != "" {
		return p
	}
	for _, b := range blocks[:min(len(blocks), 10)] {
		if m := speakerOffice.FindStringSubmatch(b.s); m != nil {
			if p := lookupPlace(m[1], report.Place{}); p.Code != "" {
				return p
			}
		}
	}
	return mostNamed(blocks)
}

// speakerOffice is 上海市市长 or 海拉尔区人民政府区长.
var speakerOffice = pattern.MustCompile(`^(\p{Han}{2,10}?[省市县区州盟旗])(?:人民政府)?` + posts)

// leadingPlace reads a place at the very beginning of a title.
func leadingPlace(title string) report.Place {
	ends := make([]int, 0, 12)
	for i := range title {
		if i > 0 {
			ends = append(ends, i)
		}
		if len(ends) == 12 {
			break
		}
	}
	for k := len(ends) - 1; k >= 1; k-- {
		if p := lookupPlace(title[:ends[k]], report.Place{}); p.Code != "" {
			return p
		}
	}
	return report.Place{}
}

// mostNamed gives the city, county or province whose full name occurs most
// often, three times at least.
func mostNamed(blocks []block) report.Place {
	counts := map[string]int{}
	found := map[string]report.Place{}
	for _, b := range blocks {
		for i, r := range b.s {
			if !strings.ContainsRune("省市县区州盟旗", r) {
				continue
			}
			end := i + utf8.RuneLen(r)
			start := i
			for n := 0; n < 10 && start > 0; n++ {
				_, size := utf8.DecodeLastRuneInString(b.s[:start])
				start -= size
				name := b.s[start:end]
				p := lookupPlace(name, report.Place{})
				if p.Code != "" && p.Name() == name {
					counts[name]++
					found[name] = p
				}
			}
		}
	}
	best := ""
	for name, n := range counts {
		if n >= 3 && (best == "" || n > counts[best] || n == counts[best] && name < best) {
			best = name
		}
	}
	return found[best]
}
