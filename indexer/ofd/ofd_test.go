package ofd

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer/bound"
	"youju/indexer/bound/boundtest"
	"youju/indexer/plain"
)

// pack writes an OFD package: every page a Content part of the objects given.
func pack(t testing.TB, more map[string]string, pages ...string) []byte {
	t.Helper()
	parts := map[string]string{"OFD.xml": `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`}
	list := ""
	for i, objects := range pages {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i+10, i)
		parts[fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i)] = `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:PageBlock>` + objects + `</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>`
	}
	parts["Doc_0/Document.xml"] = `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>` + list + `</ofd:Pages></ofd:Document>`
	parts["Doc_0/PublicRes.xml"] = `<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Fonts><ofd:Font ID="1" FontName="FangSong"/><ofd:Font ID="2" FontName="SimHei"/></ofd:Fonts></ofd:Res>`
	for name, content := range more {
		parts[name] = content
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
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

// object is a text object of 4 mm characters at a place on the page.
func object(font int, x, y float64, s string) string {
	return fmt.Sprintf(`<ofd:TextObject ID="9" Boundary="%g %g 170 6" Font="%d" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g %d 4">%s</ofd:TextCode></ofd:TextObject>`,
		x, y, font, len([]rune(s))-1, s)
}

func TestRead(t *testing.T) {
	line := "全市新开工水利项目八处完工五处受益农田二十万亩农民用水更省心旱涝保收"
	data := pack(t, nil,
		// The objects stand in another order than they are read.
		object(1, 28, 60, line[:36*3-12])+object(2, 80, 30, "青禾市政府工作报告")+object(1, 20, 67, line),
		object(1, 20, 30, "，乡亲们都说好。")+object(1, 28, 37, "就业稳中有进。"))
	got, err := Read(nil, data)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(got.Body, "**青禾市政府工作报告**\n") || !strings.Contains(got.Body, line+"，乡亲们都说好。\n就业稳中有进。") {
		t.Errorf("got %q", got.Body)
	}
	if got.Pages != 2 || len(got.Repairs) == 0 {
		t.Errorf("%d pages, repairs %v", got.Pages, got.Repairs)
	}
}

// TestVariants reads what other writers do: a declared GB18030, absolute paths, no deltas, a matrix.
func TestVariants(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(`<?xml version="1.0" encoding="GB18030"?><Page><Content><Layer><TextObject Boundary="10 10 90 9" Size="1" CTM="4 0 0 4 0 0"><TextCode X="0" Y="1">国标编码</TextCode></TextObject></Layer></Content></Page>`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(nil, pack(t, map[string]string{
		"OFD.xml":              `<OFD><DocBody><DocRoot>/文档/Document.xml</DocRoot></DocBody></OFD>`,
		"文档/Document.xml":      `<Document><Pages><Page BaseLoc="/文档/甲/C.xml"/></Pages></Document>`,
		"文档/甲/C.xml":           gb,
		"Doc_0/无关/Content.xml": "<",
	}))
	if err != nil || got.Body != "国标编码\n" {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

func TestHostile(t *testing.T) {
	whole := pack(t, nil, object(1, 20, 30, "甲乙"))
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrFormat}, {"cut off", whole[:len(whole)/2], ErrFormat},
		{"encrypted", pack(t, map[string]string{"Encryptions.xml": "<a/>"}, object(1, 1, 1, "甲")), plain.ErrEncrypted},
		{"pictures only", pack(t, nil, `<ofd:ImageObject ID="3"/>`), plain.ErrScanned},
		{"no pages", pack(t, nil), ErrFormat},
	} {
		if _, err := Read(nil, c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	got, err := Read(nil, pack(t, map[string]string{"Doc_0/Pages/Page_1/Content.xml": "<a><b"}, object(1, 20, 30, "前一页"), ""))
	if err != nil || len(got.Missing) != 1 {
		t.Errorf("a broken page: %v, missing %q", err, got.Missing)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pack(f, nil, object(1, 20, 30, "甲乙")))
	f.Fuzz(func(t *testing.T, data []byte) { try(t, len(data), data) })
}

func FuzzPage(f *testing.F) {
	f.Add(object(1, 20, 30, "甲乙"))
	f.Add(`<ofd:TextObject Boundary="1e308 NaN" CTM="1 2 3 4 5 6" Size="-1"><ofd:TextCode DeltaX="g 999999999 1 g">甲乙</ofd:TextCode>`)
	f.Fuzz(func(t *testing.T, page string) { try(t, len(page), pack(t, nil, page)) })
}

// try reads a small file within the time that it may take.
func try(t *testing.T, size int, data []byte) {
	_ = boundtest.Try(t, size, func(work *bound.Work) error {
		_, err := Read(work, data)
		return err
	})
}

// TestWatermark leaves out what is turned by a matrix, and keeps what is only scaled.
func TestWatermark(t *testing.T) {
	mark := `<ofd:TextObject ID="7" Boundary="20 25 150 100" Font="1" Size="8" CTM="0.8660 -0.5 0.5 0.8660 0 60"><ofd:TextCode X="0" Y="8" DeltaX="g 5 8">仅供内部参阅</ofd:TextCode></ofd:TextObject>`
	got, err := Read(nil, pack(t, nil, mark+object(1, 20, 30, "全市新建幼儿园十二所。")+mark))
	if err != nil || strings.TrimSpace(got.Body) != "全市新建幼儿园十二所。" {
		t.Errorf("got %q, %v", got.Body, err)
	}
	if _, err := Read(nil, pack(t, nil, object(1, 20, 30, "\ue101\ue102\ue103"))); !errors.Is(err, errFonts) {
		t.Errorf("private characters: %v", err)
	}
}
