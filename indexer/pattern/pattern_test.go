package pattern

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"testing"
)

// expressions are built like those of the rules, and what regexp knows beyond.
var expressions = []string{
	`^(?:([一二三四五六七八九十]{1,3})\s*[、．.]|第([一二三四五六七八九十]{1,2})(?:部分|章)[、：:\s\x{3000}]*)\s*`,
	`^(.*?)(?:提高至|达到|占|为|完成)([^，、]{2,14})的$`,
	`(?:我们|必须|努力).{0,50}(?:解决|改进|应对)[^。]{0,6}[。.！!]?$`,
	`^.{0,40}(?:以下|[一二三四五六七八九十0-9]{1,3} ?方面).{0,10}(?:工作|任务)?[:：。]$`,
	`自身建设|依法行政|廉洁|作风|“两个维护”`,
	`(20\d\d|19[89]\d)年(?:1?\d[—-])?|今年|“?十([一二三四五])五”?(?:时期|末)`,
	`^各位代表|政府工作`, `的$`, `^$`, `$`, `^`, `^.{0,12}$`, `a*`, `(a|ab)(c|bcd)`, `(?i)kelvin|straße|Σ`, `(?s)^.+。$`, `[^\n]{3}`, `.{2}`, `\x{10000}`, `[\x{fffe}-\x{10ffff}]`,
	`\b\w+\b`, `(?m)^一$`, `\p{Han}{2,14}?届`, `$^`, `^(?:$|一)`, `x|$`, `(?:)`, `[^\x00-\x{10FFFF}]`, `(?:甲.{0,30}){3}乙`, "\xef\xbf\xbd",
}

var texts = []string{
	"", "a", "一、加快发展。", "（一）抓好就业\n第二部分", "各位代表：2031年政府工作", "今年以来，我们努力解决了一批问题。", "abcd", "KELVIN", "\u212Aelvin", "ſ", "ς", "甲甲甲甲乙",
	"\xff\xfe", "一\xe4\xb8", "\U0001F600\U0010FFFF", "\n", "一\n", "达到全国水平的", "的", strings.Repeat("甲乙", 60), strings.Repeat("甲乙", 30) + "达到全国水平的", strings.Repeat("的", 30) + "\xe7\x9a", "\x00", "\ufffd",
}

// check holds every answer against regexp's.
func check(t *testing.T, p *Pattern, s string) {
	t.Helper()
	re := p.Regexp
	if got, want := p.MatchString(s), re.MatchString(s); got != want {
		t.Fatalf("%q in %q: %v, want %v", re, s, got, want)
	}
	for _, pair := range [][2]any{
		{p.FindString(s), re.FindString(s)},
		{p.FindStringIndex(s), re.FindStringIndex(s)},
		{p.FindStringSubmatch(s), re.FindStringSubmatch(s)},
		{p.FindStringSubmatchIndex(s), re.FindStringSubmatchIndex(s)},
		{p.FindAllString(s, -1), re.FindAllString(s, -1)},
		{p.FindAllStringIndex(s, 2), re.FindAllStringIndex(s, 2)},
		{p.FindAllStringSubmatch(s, -1), re.FindAllStringSubmatch(s, -1)},
		{p.ReplaceAllString(s, "〇"), re.ReplaceAllString(s, "〇")},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Fatalf("%q in %q: %v, want %v", re, s, pair[0], pair[1])
		}
	}
}

func TestLikeRegexp(t *testing.T) {
	for _, expr := range expressions {
		p := MustCompile(expr)
		for _, s := range texts {
			for range 2 { // learning, and having learnt
				check(t, p, s)
			}
		}
	}
}

// TestRules asks the expressions of the rules' own data files about every line of the samples.
func TestRules(t *testing.T) {
	var lines []string
	samples, err := filepath.Glob("../../seeds/*20*")
	if err != nil || len(samples) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range samples {
		lines = append(lines, read(t, name)...)
	}
	for _, name := range []string{"furniture.txt", "imprint.txt", "parts.txt"} {
		var rules []string
		for _, l := range read(t, "../data/"+name) {
			if l = strings.TrimPrefix(l[strings.LastIndex(l, "\t")+1:], "END "); l != "" && !strings.HasPrefix(l, "#") {
				rules = append(rules, l)
			}
		}
		for _, expr := range rules {
			if name != "parts.txt" {
				expr = `^(?:` + expr + `)$`
			}
			p := MustCompile(expr)
			for _, l := range lines {
				if got, want := p.MatchString(l), p.Regexp.MatchString(l); got != want {
					t.Errorf("%q in %q: %v, want %v", expr, l, got, want)
				}
			}
			if p.automaton().spent.Load() {
				t.Errorf("%q is left to regexp", expr)
			}
		}
	}
}

func read(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(b), "\n")
}

// TestRoom reads texts for which the automaton would need more states than
// there is room for.
func TestRoom(t *testing.T) {
	p := MustCompile(`[甲乙].{0,60}[丙丁].{0,60}戊`)
	for i := range 3000 {
		s := []rune(strings.Repeat("一", 160))
		for k := range s {
			if i*7919%(k+3) == 0 {
				s[k] = []rune("甲乙丙丁")[(i+k)%4]
			}
		}
		if i%5 == 0 {
			s[150] = '戊'
		}
		if got, want := p.MatchString(string(s)), p.Regexp.MatchString(string(s)); got != want {
			t.Fatalf("%q: %v, want %v", string(s), got, want)
		}
	}
	if a := p.automaton(); !a.spent.Load() || a.learnt > room+a.classes.count {
		t.Errorf("%d transitions learnt, room for %d", a.learnt, room)
	}
}

func TestNeeded(t *testing.T) {
	for expr, want := range map[string]string{
		`.{0,70}记者 ?.{1,10} ?摄`: "记者", `(?:预期|奋斗)目标(?:是|为)`: "目标", `^(.*?)(?:占|为)([^，、]{2,14})的$`: "的", `甲(?:子|丑)?|(?:乙丙)+丁`: "甲 乙丙",
		`甲|乙|丙|丁`: "", `(?i)甲k`: "", `(?:甲乙)?丙*`: "", `甲|.`: "", `(?:甲|)`: "", `[甲乙]{2}`: "", `(?:甲乙){2,}丙`: "甲乙",
	} {
		re, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(needed(re), " "); got != want {
			t.Errorf("%q needs %q, want %q", expr, got, want)
		}
	}
}

func TestTogether(t *testing.T) {
	p := MustCompile(expressions[0] + "|" + expressions[2])
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for k := range 200 {
				s := fmt.Sprintf("我们%s必须解决%d。", strings.Repeat("的", k%50), i)
				if got, want := p.MatchString(s), p.Regexp.MatchString(s); got != want {
					t.Errorf("%q: %v, want %v", s, got, want)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzLikeRegexp(f *testing.F) {
	for i, expr := range expressions {
		f.Add(expr, texts[i%len(texts)])
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		if len(expr) > 200 || len(s) > 2000 {
			return
		}
		if _, err := regexp.Compile(expr); err != nil {
			return
		}
		check(t, MustCompile(expr), s)
	})
}

func BenchmarkMiss(b *testing.B) {
	s := strings.Repeat("加快项目建设，形成新的增长点。", 20)
	for name, expr := range map[string]string{"open": expressions[4], "anchored": expressions[1], "class": expressions[5], "soon": `^[百千万亿]{1,3}`} {
		p := MustCompile(expr)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				p.MatchString(s)
			}
		})
		b.Run(name+"/regexp", func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				p.Regexp.MatchString(s)
			}
		})
	}
}
