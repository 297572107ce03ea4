package fact_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"youju/report"
	"youju/search/fact"
)

// county is a document with an item of each sort that is gathered.
func county() *report.Document {
	value := 12.0
	return &report.Document{
		ID: "371524-2020-report", Title: "东阿县政府工作报告", Year: 2020,
		Items: []report.Item{
			{ID: "371524-2020-report/1", Text: "没有可记的话。", Part: report.PartOpening},
			{ID: "371524-2020-report/2", Text: "改造老旧小区12个。", Part: report.PartPlan,
				Figures: []report.Figure{{Indicator: "改造老旧小区", Value: &value, Unit: "个", Text: "改造老旧小区12个"}}},
			{ID: "371524-2020-report/3", Text: "启动机场建设。（县交通局牵头）", Part: report.PartPlan,
				Duty:     report.Duty{LeadUnits: []string{"县交通局"}},
				Mentions: []report.Mention{{Name: "机场", Kind: report.MentionProject}}},
			{ID: "371524-2020-report/glossary-1", Heading: "双招双引", Text: "招商引资、招才引智。", Part: report.PartGlossary},
			{ID: "371524-2020-report/livelihood-1", Text: "新建幼儿园3所。", Part: report.PartLivelihood},
		},
	}
}

func TestBuild(t *testing.T) {
	b := fact.NewBuilder()
	b.Add(county())
	f := b.Facts()
	if len(f.Passages) != 4 || len(f.Statements) != 1 || len(f.Mentions) != 1 || len(f.Tasks) != 1 || len(f.Definitions) != 1 || len(f.Entries) != 1 {
		t.Fatalf("%d passages, %d statements, %d mentions, %d tasks, %d definitions, %d entries",
			len(f.Passages), len(f.Statements), len(f.Mentions), len(f.Tasks), len(f.Definitions), len(f.Entries))
	}
	if got := f.Passages[f.Tasks[0].Passage].ID; got != "371524-2020-report/3" {
		t.Errorf("the task stands in %s", got)
	}
	if got := f.DocumentOf(f.Statements[0].Passage).Year; got != 2020 {
		t.Errorf("the figure is of %d", got)
	}
}

func TestReadBack(t *testing.T) {
	b := fact.NewBuilder()
	b.Add(county())
	var buf bytes.Buffer
	n, err := b.Facts().WriteTo(&buf)
	if err != nil || n != int64(buf.Len()) {
		t.Fatalf("%d bytes of %d: %v", n, buf.Len(), err)
	}
	got, err := fact.Read(&buf)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.Facts(), got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(fact.Facts{})); diff != "" {
		t.Error(diff)
	}
}

func TestReadDamaged(t *testing.T) {
	outside := &fact.Facts{Statements: []fact.Statement{{Passage: 7}}}
	var buf bytes.Buffer
	if _, err := outside.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	if _, err := fact.Read(bytes.NewReader(buf.Bytes())); err == nil {
		t.Error("a reference that leads outside was read")
	}
	if _, err := fact.Read(bytes.NewReader(buf.Bytes()[:buf.Len()/2])); err == nil {
		t.Error("half a file was read")
	}
}
