package indexer

import (
	"fmt"
	"strings"
	"testing"

	"youju/report"
)

// TestEvidenceData holds every rule of the data file to what its header says.
func TestEvidenceData(t *testing.T) {
	e := evidenceData()
	for _, scope := range []string{"head", "open", "title"} {
		if len(e.rules[scope]) == 0 {
			t.Errorf("no rule of scope %s", scope)
		}
	}
	for scope, rules := range e.rules {
		for _, r := range rules {
			if r.part != report.PartReview && r.part != report.PartPlan && r.part != report.PartProblems {
				t.Errorf("%s %s: no side", scope, r.part)
			}
			if r.weight <= 0 || r.weight > 6 {
				t.Errorf("%s %s: weight %v", scope, r.re, r.weight)
			}
		}
	}
	for word, want := range map[string]bool{"取得": true, "打造": false} {
		if w, ok := e.words.Get(word); !ok || w > 0 != want {
			t.Errorf("%s weighs %v", word, w)
		}
	}
}

// skeleton is a made-up report: each paragraph with the part it must have.
type skeleton struct {
	name, text string
	// parts gives by the beginning of an item its part and claim.
	parts map[string]string
}

const reportHead = "2031年青禾市政府工作报告\n\n——2031年1月12日在青禾市第九届人民代表大会第四次会议上\n\n青禾市市长 方明\n\n各位代表：\n\n现在，我代表市人民政府，向大会报告工作，请予审议。\n\n"

func TestParts(t *testing.T) {
	plans := []string{
		"2031年工作安排建议", "2031年工作的建议", "对2031年工作的建议", "今年工作打算", "今后五年工作思路",
		"下一步工作打算", "2031年政府工作总体要求、主要目标和重点任务", "2031年：同心协力开新篇", "2031年主要工作",
	}
	reviews := []string{
		"2030年工作回顾", "2030年主要工作", "一年来的主要工作", "回眸2030", "过去一年工作情况", "2030年：埋头苦干见实效",
	}
	for i, plan := range plans {
		review := reviews[i%len(reviews)]
		for _, numbered := range []bool{false, true} {
			r, p := review, plan
			if numbered {
				r, p = "一、"+r, "二、"+p
			}
			s := skeleton{r + " · " + p, reportHead + r + "\n\n修建乡村公路90公里，改造校舍12所。\n\n" + p + "\n\n修建水库3座，改造校舍20所。\n",
				map[string]string{"修建乡村公路": "review done", "修建水库": "plan promised"}}
			t.Run(s.name, func(t *testing.T) { s.check(t) })
		}
	}
}

func (s skeleton) check(t *testing.T) {
	t.Helper()
	docs, err := Read("hidden.txt", []byte(s.text))
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	for begin, want := range s.parts {
		found := false
		for _, it := range docs[0].Items {
			if !strings.HasPrefix(it.Heading+it.Text, begin) {
				continue
			}
			found = true
			if got := strings.TrimSpace(string(it.Part) + " " + string(it.Claim)); got != want {
				t.Errorf("%s: %s, want %s; below %v", begin, got, want, it.Path)
			}
		}
		if !found {
			t.Errorf("no item begins with %s", begin)
		}
	}
}

// TestStatedParts overrules the part of a section by its heading, and tells of
// what it cannot.
func TestStatedParts(t *testing.T) {
	text := "---\nparts:\n  二、同心协力: review\n  三、没有这个标题: plan\n  一、2030年工作回顾: 错字\n---\n" +
		reportHead + "一、2030年工作回顾\n\n修建乡村公路90公里。\n\n二、同心协力\n\n要修建水库3座，力争改造校舍20所。\n"
	docs, err := Read("hidden.txt", []byte(text))
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	d := docs[0]
	if s := d.Sections[1]; s.Part != report.PartReview || s.Evidence != "说明文件" {
		t.Errorf("%v: part %s by %s", s.Path, s.Part, s.Evidence)
	}
	if s := d.Sections[0]; s.Part != report.PartReview || s.Evidence != "标题“回顾”" {
		t.Errorf("%v: part %s by %s", s.Path, s.Part, s.Evidence)
	}
	told := fmt.Sprint(d.Problems)
	for _, want := range []string{"三、没有这个标题", "错字"} {
		if !strings.Contains(told, want) {
			t.Errorf("%s is not told: %s", want, told)
		}
	}
}
