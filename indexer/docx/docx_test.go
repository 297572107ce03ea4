package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/indexer/plain"
)

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// pack writes a .docx of a body and further parts.
func pack(t testing.TB, body string, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	all := map[string]string{"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`}
	for name, content := range parts {
		all[name] = content
	}
	for name, content := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func p(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }
func numbered(id, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

const numbering1 = `<w:numbering ` + namespaces + `>
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>`

const styles1 = `<w:styles ` + namespaces + `>
<w:style w:styleId="a1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="a2"><w:name w:val="mine"/><w:basedOn w:val="a1"/></w:style>
<w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="unseen"><w:name w:val="unseen"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="unseen2"><w:name w:val="unseen2"/><w:basedOn w:val="unseen"/></w:style>
<w:style w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>`

func TestRead(t *testing.T) {
	cell := func(s string) string { return `<w:tc>` + p(s) + `</w:tc>` }
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", p("甲") + p("") + p("乙&amp;丙"), "甲\n乙&丙\n"},
		{"bold", `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>抓好</w:t></w:r><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>就业。</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>新增三千人。</w:t></w:r></w:p>`, "**抓好就业。**新增三千人。\n"},
		{"numbers", numbered("1", "0", "回顾") + numbered("1", "1", "工业") + numbered("1", "1", "农业") + numbered("1", "0", "安排") + numbered("1", "1", "教育") + numbered("2", "0", "条目") + numbered("3", "2", "第五"),
			"一、回顾\n（一）工业\n（二）农业\n二、安排\n（一）教育\n- 条目\n5. 第五\n"},
		{"page break", `<w:p><w:r><w:t>上年各项任务完成。</w:t><w:br w:type="page"/><w:t>一、今年</w:t><w:lastRenderedPageBreak/><w:t>打算</w:t></w:r></w:p>`, "上年各项任务完成。\n\n一、今年打算\n"},
		{"column break", `<w:p><w:r><w:t>左栏</w:t></w:r><w:r><w:br w:type="column"/></w:r><w:r><w:t>右栏</w:t></w:r></w:p>`, "左栏\n\n右栏\n"},
		{"break in a cell", `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r></w:p></w:tc>` + cell("丙") + `</w:tr></w:tbl>`, "甲 乙 | 丙\n"},
		{"numbered once", `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>上篇</w:t><w:br w:type="page"/><w:t>下篇</w:t></w:r></w:p>` + numbered("1", "0", "再篇"), "一、上篇\n\n下篇\n二、再篇\n"},
		{"hidden", `<w:p><w:r><w:t>修路9公里。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起</w:t></w:r><w:r><w:rPr><w:rStyle w:val="unseen2"/></w:rPr><w:t>样式藏起</w:t></w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:t>7</w:t></w:r><w:r><w:rPr><w:rStyle w:val="unseen2"/><w:vanish w:val="0"/></w:rPr><w:t>种树。</w:t></w:r></w:p>`, "修路9公里。种树。\n"},
		{"symbols", `<w:p><w:r><w:t>增长</w:t></w:r><w:r><w:sym w:font="Symbol" w:char="F035"/><w:sym w:font="Symbol" w:char="F025"/></w:r><w:r><w:t>，</w:t><w:sym w:font="Wingdings" w:char="F082"/><w:t>修渠</w:t><w:sym w:font="Wingdings" w:char="F028"/></w:r></w:p>`, "增长5%，②修渠\n"},
		{"ringed number", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> eq \o\ac(○,</w:instrText></w:r><w:r><w:instrText>21) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>修桥</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>3</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "㉑修桥3\n"},
		{"tracked", `<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:smartTag><w:r><w:t>标</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt><w:fldSimple w:instr="DATE"><w:r><w:t>域</w:t></w:r></w:fldSimple></w:p>`, "增标控域\n"},
		{"styles", `<w:p><w:pPr><w:pStyle w:val="a2"/></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>` + `<w:p><w:pPr><w:pStyle w:val="toc"/></w:pPr><w:r><w:t>总则 1</w:t></w:r></w:p>` + `<w:p><w:r><w:rPr><w:rStyle w:val="strong"/></w:rPr><w:t>粗</w:t></w:r><w:r><w:t>细</w:t></w:r></w:p>`,
			"# 总则\n**粗**细\n"},
		{"table", `<w:tbl><w:tr>` + cell("序号") + cell("任务") + cell("责任单位") + `</w:tr><w:tr>` + cell("1") + cell("建学校") + cell("市教育局") + `</w:tr></w:tbl>`,
			"序号 | 任务 | 责任单位\n1. 建学校〔责任单位：市教育局〕\n"},
		{"layout table", `<w:tbl><w:tr><w:tc>` + p("甲") + p("乙") + `</w:tc></w:tr></w:tbl>`, "甲\n乙\n"},
		{"changes", `<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>`, "新\n"},
		{"fields", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>结果</w:t></w:r></w:p>`, "结果\n"},
		{"text box", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + p("框内") + `</w:txbxContent></mc:Choice><mc:Fallback>` + p("框内") + `</mc:Fallback></mc:AlternateContent><w:t>框外</w:t></w:r></w:p>`, "框内\n框外\n"},
		{"breaks", `<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/></w:r></w:p>` + p("丙"), "甲\n乙\n\n丙\n"},
		{"notes", `<w:p><w:r><w:t>吨半粮</w:t><w:footnoteReference w:id="3"/></w:r></w:p>`, "吨半粮［1］\n\n［1］同一地块\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Read(nil, pack(t, c.body, map[string]string{
				"word/numbering.xml": numbering1, "word/styles.xml": styles1,
				"word/footnotes.xml": `<w:footnotes ` + namespaces + `><w:footnote w:id="3">` + p("同一地块") + `</w:footnote></w:footnotes>`,
			}))
			if err != nil {
				t.Fatal(err)
			}
			if got.Body != c.want {
				t.Errorf("got %q, want %q", got.Body, c.want)
			}
		})
	}
}

// TestBroken reads files that are not whole: what can be read is, and what is lost is told.
func TestBroken(t *testing.T) {
	whole := pack(t, p("甲")+p("乙"), nil)
	got, err := Read(nil, pack(t, p("甲乙丙")+`<w:p><w:r><w:t>丁</w:r>`+"\x01<<", nil))
	if err != nil || !strings.Contains(got.Body, "甲乙丙") || len(got.Missing) == 0 || !strings.Contains(got.Missing[0], "损坏") {
		t.Errorf("broken XML: %q, missing %q, %v", got.Body, got.Missing, err)
	}
	for name, data := range map[string][]byte{
		"cut off": whole[:len(whole)/2], "no document": pack(t, "", map[string]string{"word/document.xml": ""}),
		"no XML": pack(t, "", map[string]string{"word/document.xml": "not XML <"}), "empty": nil,
	} {
		if got, err := Read(nil, data); err == nil {
			t.Errorf("%s: read %q", name, got.Body)
		}
	}
	if _, err := Read(nil, pack(t, p(" "), nil)); !errors.Is(err, plain.ErrNoText) {
		t.Errorf("no text: %v", err)
	}
	deep := strings.Repeat("<w:a>", 100_000)
	if got, err := Read(nil, pack(t, p("甲")+deep, nil)); err != nil || len(got.Missing) == 0 {
		t.Errorf("deep nesting: %v, missing %q", err, got.Missing)
	}
}

func TestHan(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 105: "一百零五", 110: "一百一十", 1001: "一千零一", 0: "0"} {
		if got := HanNumeral(n); got != want {
			t.Errorf("HanNumeral(%d) = %q, want %q", n, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pack(f, p("甲")+numbered("1", "1", "乙"), map[string]string{"word/numbering.xml": numbering1, "word/styles.xml": styles1}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = boundtest.Try(t, len(data), func(work *bound.Work) error {
			got, err := Read(work, data)
			if err == nil && got.Body == "" {
				t.Error("no text and no error")
			}
			return err
		})
	})
}

// FuzzBody feeds document parts: a fuzzer seldom gets through the packing.
func FuzzBody(f *testing.F) {
	f.Add(p("甲") + `<w:tbl><w:tr><w:tc>` + p("乙") + `</w:tc></w:tr></w:tbl>`)
	f.Add(`</w:p><w:tc><w:tr><w:p><w:pPr></w:p></w:tbl><w:footnoteReference w:id="1"/>`)
	f.Fuzz(func(t *testing.T, body string) {
		_ = boundtest.Try(t, len(body), func(work *bound.Work) error {
			_, err := Read(work, pack(t, body, map[string]string{"word/numbering.xml": numbering1, "word/styles.xml": styles1}))
			return err
		})
	})
}
