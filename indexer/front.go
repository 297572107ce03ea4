package indexer

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"youju/report"
)

// frontMatter is what a file says of itself between two lines of three dashes
// at its beginning. It stands above what the text is understood to say.
type frontMatter struct {
	Title   string `yaml:"title"`
	Kind    string `yaml:"kind"`
	Place   string `yaml:"place"`
	Date    string `yaml:"date"`
	Number  string `yaml:"number"`
	Year    int    `yaml:"year"`
	Speaker string `yaml:"speaker"`
	URL     string `yaml:"url"`
	// SourceURL is another spelling of URL, License of Licence.
	SourceURL string `yaml:"source_url"`
	Publisher string `yaml:"publisher"`
	Licence   string `yaml:"licence"`
	License   string `yaml:"license"`
	// DigestOf names the official text that this one digests.
	DigestOf string `yaml:"digest_of"`
	// Parts gives sections their parts, by their headings as printed.
	Parts map[string]string `yaml:"parts"`
}

// cutFront takes the front matter off a text; end is where the text goes on. A
// block that is not YAML is reported and left out.
func cutFront(s string) (f frontMatter, end int, problem string) {
	lead := len(s) - len(strings.TrimLeft(s, " \t\r\n\ufeff"))
	body := s[lead:]
	opening := "---"
	if strings.HasPrefix(body, "<!--") {
		inner := strings.TrimLeft(body[4:], " \t\r\n")
		lead += len(body) - len(inner)
		body = inner
	}
	if !strings.HasPrefix(body, opening+"\n") && !strings.HasPrefix(body, opening+"\r\n") {
		return f, 0, ""
	}
	rest := body[len(opening):]
	stop := strings.Index(rest, "\n---")
	if stop < 0 || stop > 8<<10 {
		return f, 0, ""
	}
	end = lead + len(opening) + stop + len("\n---")
	if nl := strings.IndexByte(s[end:], '\n'); nl >= 0 {
		end += nl + 1
	} else {
		end = len(s)
	}
	if err := yaml.Unmarshal([]byte(rest[:stop]), &f); err != nil {
		return frontMatter{}, end, fmt.Sprintf("文件开头的说明（front matter）格式有误，已忽略：%v", err)
	}
	return f, end, ""
}

// kind reads the kind's name; an unknown one is no kind.
func (f frontMatter) kind() report.Kind {
	for _, k := range report.Kinds {
		if string(k) == f.Kind {
			return k
		}
	}
	return ""
}

// parts reads the parts of sections, by the headings as they are compared; what
// names no part is told.
func (f frontMatter) parts() (stated map[string]report.Part, problems []report.Problem) {
	for heading, name := range f.Parts {
		p, ok := report.ParsePart(name)
		if !ok {
			problems = append(problems, report.Problem{What: fmt.Sprintf("说明中标题“%s”的部分“%s”无法识别，已忽略", heading, name)})
			continue
		}
		if stated == nil {
			stated = map[string]report.Part{}
		}
		stated[squeezedHeading(heading)] = p
	}
	return stated, problems
}
