package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand"
	"strings"
	"unicode/utf16"

	"youju/indexer/bound"
)

// Files that mean harm, made by code. n scales what is large in them: 100 is the
// full size, 1 is for the ordinary test.

func times(s string, n int) string { return strings.Repeat(s, n) }

// entry is a file in a zip file.
type entry struct{ name, data string }

func pack(entries ...entry) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.name == "mimetype" {
			h.Method = zip.Store // where it must stand to be seen
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(e.data)); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func many(n int, name, data string) string {
	entries := make([]entry, n)
	for i := range entries {
		entries[i] = entry{fmt.Sprintf("%05d%s", i, name), data}
	}
	return pack(entries...)
}

// overlapping is a zip file whose n entries are the same bytes.
func overlapping(n int, data string) string {
	one := pack(entry{"00000.txt", data})
	start := strings.Index(one, "PK\x01\x02")
	end := strings.Index(one, "PK\x05\x06")
	head := one[start:end]
	var dir strings.Builder
	for i := range n {
		dir.WriteString(head[:46] + fmt.Sprintf("%05d.txt", i) + head[46+9:])
	}
	tail := []byte(one[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(dir.Len()))
	return one[:start] + dir.String() + string(tail)
}

func nested(depth int, inner string) string {
	for range depth {
		inner = pack(entry{"里.zip", inner}, entry{"旁.txt", " "})
	}
	return inner
}

// changed sets bytes of the first directory entry of a zip file.
func changed(z string, at int, to ...byte) string {
	i := strings.Index(z, "PK\x01\x02")
	return z[:i+at] + string(to) + z[i+at+len(to):]
}

func word(body string, more ...entry) string {
	doc := "<w:document><w:body>" + body + "</w:body></w:document>"
	return pack(append([]entry{{"word/document.xml", doc}}, more...)...)
}

func ofd(pages string, more ...entry) string {
	return pack(append([]entry{{"OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>"}, {"D.xml", "<D>" + pages + "</D>"}}, more...)...)
}

func odt(body string) string {
	return pack(entry{"mimetype", "application/vnd.oasis.opendocument.text"}, entry{"content.xml",
		"<office:document-content><office:body><office:text>" + body + "</office:text></office:body></office:document-content>"})
}

func sheet(body string) string {
	return pack(entry{"[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		entry{"_rels/.rels", `<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		entry{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		entry{"xl/workbook.xml", `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`},
		entry{"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` + body + `</worksheet>`})
}

// pdf writes objects; the first is the catalog.
func pdf(objects ...string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.String()
}

func stream(more, s string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(s), more, s)
}

func flate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// onePage is a PDF of a page with a content; further objects begin with 6.
func onePage(content string, more ...string) string {
	return pdf(append([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> /Font << /F 5 0 R >> >> /Contents 4 0 R >>", content,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}, more...)...)
}

// forms are n forms that each draw the next one ten times.
func forms(n int) []string {
	var out []string
	for i := range n {
		more, body := fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>", 7+i), times("/X Do ", 10)
		if i == n-1 {
			more, body = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 9 9 re f"
		}
		out = append(out, stream(more, body))
	}
	return out
}

// compound is a compound file of one stream whose sectors follow fat, all of
// them next(i) behind i.
func compound(name string, size uint64, sectors int, next func(i int) uint32, data string) string {
	le := binary.LittleEndian
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: 0xfffffffe, 68: 0xfffffffe, 76: 0} {
		le.PutUint32(head[at:], v)
	}
	for at := 80; at < 512; at += 4 {
		le.PutUint32(head[at:], 0xffffffff)
	}
	fat := make([]byte, 512)
	for i := range 128 {
		v := uint32(0xffffffff)
		switch {
		case i == 0:
			v = 0xfffffffd
		case i == 1:
			v = 0xfffffffe
		case i < 2+sectors:
			v = next(i)
		}
		le.PutUint32(fat[4*i:], v)
	}
	dir := make([]byte, 512)
	for k, e := range []struct {
		name  string
		kind  byte
		child uint32
		start uint32
		size  uint64
	}{{"Root Entry", 5, 1, 0xfffffffe, 0}, {name, 2, 0xffffffff, 2, size}} {
		d := dir[128*k:]
		for i, u := range utf16.Encode([]rune(e.name)) {
			le.PutUint16(d[2*i:], u)
		}
		le.PutUint16(d[64:], uint16(2*len(e.name)+2))
		d[66], d[67] = e.kind, 1
		le.PutUint32(d[68:], 0xffffffff)
		le.PutUint32(d[72:], 0xffffffff)
		le.PutUint32(d[76:], e.child)
		le.PutUint32(d[116:], e.start)
		le.PutUint64(d[120:], e.size)
	}
	body := make([]byte, 512*max(sectors, 1))
	copy(body, data)
	return string(head) + string(fat) + string(dir) + string(body)
}

func mail(body string) string {
	return "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + body
}

func noise(n int) string {
	r := rand.New(rand.NewSource(1))
	b := make([]byte, n)
	r.Read(b)
	return string(b)
}

func utf16le(s string) string {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, utf16.Encode([]rune(s)))
	return b.String()
}

// hostileFiles are 72 files by name. Where a file may be read, since its text
// is one, the code is "": its harm is what it costs.
func hostileFiles(n int) map[string]struct{ code, data string } {
	long := 5000 * n // pieces of something
	para := "<w:p><w:r><w:t>全市新增就业8万人。</w:t></w:r></w:p>"
	page := `<Page><TextObject Boundary="0 0 200 200" Size="4"><TextCode X="1" Y="9">` + times("字", 10) + `</TextCode></TextObject>`
	zero := times("\x00", 1<<20)
	out := map[string]struct{ code, data string }{}
	add := func(name, code, data string) { out[name] = struct{ code, data string }{code, data} }

	// Archives.
	add("zip-bomb.zip", "too_big", pack(entry{"a.txt", times(zero, 6+2*n)}))
	add("zip-bombs.zip", "too_big", many(2+n, ".txt", times(zero, 6)))
	add("zip-overlap.zip", "too_big", overlapping(2+20*n, times("全市经济保持平稳。\n", 50*n)))
	add("zip-nested.zip", "too_deep", nested(10, pack(entry{"a.txt", "甲"})))
	add("zip-tree.zip", "", many(9, ".zip", many(9, ".zip", many(9, ".txt", " "))))
	add("zip-entries.zip", "too_many_files", many(20_001+900*n, ".txt", ""))
	add("zip-encrypted.zip", "encrypted", changed(pack(entry{"a.txt", "甲"}), 8, 1))
	add("zip-method.zip", "unsupported", changed(pack(entry{"a.txt", "甲"}), 10, 99))
	add("zip-size.zip", "", changed(pack(entry{"a.txt", "甲"}), 24, 0xff, 0xff, 0xff, 0x7f))
	add("zip-cut.zip", "damaged", pack(entry{"a.txt", noise(2000)})[:900])
	add("zip-sum.zip", "damaged", changed(pack(entry{"a.txt", "全市"}), 16, 1, 2, 3, 4))
	add("zip-slow.zip", "", many(3*n, ".html", "<html><body>"+times("<b>x</i>", 5000)))
	add("zip-names.zip", "empty", many(50*n, times("../", 50)+"a.txt", " "))

	// Office files.
	add("docx-bomb.docx", "too_big", word(times("<w:p> </w:p>", 500_000+n*20_000)))
	add("docx-spaces.docx", "too_big", pack(entry{"word/document.xml", "<w:document>" + times(times(" ", 1<<20), 8+n)}))
	add("docx-deep.docx", "damaged", word(times("<w:a>", 10*long)))
	add("docx-unclosed.docx", "", word(times("<w:p><w:r><w:t>字", 200*n)))
	add("docx-styles.docx", "", word(para, entry{"word/styles.xml", "<w:styles>" + func() string {
		var b strings.Builder
		for i := range long {
			fmt.Fprintf(&b, `<w:style w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>`, i, i+1)
		}
		return b.String()
	}()}))
	add("docx-merged.docx", "", word("<w:tbl>"+times("<w:tr><w:tc><w:gridSpan w:val=\"99999999\"/><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr>", 100*n)))
	add("docx-runs.docx", "", word("<w:p>"+times("<w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>乙</w:t></w:r>", long)))
	add("docx-labels.docx", "", word(times(`<w:p><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:r><w:t>甲</w:t></w:r></w:p>`, 1000+300*n), entry{"word/numbering.xml",
		`<w:numbering><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="` + times("%1", 30_000) + `"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`}))
	add("docx-notes.docx", "too_big", word("<w:p>"+times(`<w:r><w:footnoteReference w:id="1"/></w:r>`, 5000)+"<w:r><w:t>甲</w:t></w:r></w:p>",
		entry{"word/footnotes.xml", `<w:footnotes><w:footnote w:id="1"><w:p><w:r><w:t>` + times("注", 5000) + `</w:t></w:r></w:p></w:footnote></w:footnotes>`}))
	add("docx-empty.docx", "empty", word("<w:p/>"))
	add("docx-tables.docx", "", word(times("<w:tbl><w:tr><w:tc>", 150)+times(para, 10*n)))
	add("odt-spaces.odt", "", odt(times(`<text:p>甲<text:s text:c="999999999"/>乙</text:p>`, 50*n)))
	add("odt-cells.odt", "", odt(`<table:table>`+times(`<table:table-row table:number-rows-repeated="999999"><table:table-cell table:number-columns-repeated="999999"><text:p>甲</text:p></table:table-cell></table:table-row>`, n)+`</table:table>`))
	add("odt-deep.odt", "", odt(times("<text:span>", 10*long)))
	add("xlsx-merged.xlsx", "", sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>甲乙丙</t></is></c></row></sheetData><mergeCells>`+times(`<mergeCell ref="A1:IV200000"/>`, 10*n)+`</mergeCells>`))
	add("xlsx-bomb.xlsx", "damaged", pack(entry{"xl/workbook.xml", "<workbook>" + times(times(" ", 1<<20), 8+2*n)}))
	add("xlsx-rows.xlsx", "", sheet(times(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, 100*n)+"</sheetData>"))
	add("doc-loop.doc", "damaged", compound("WordDocument", 1<<40, 3, func(i int) uint32 { return 2 }, "\xec\xa5"))
	add("doc-cut.doc", "damaged", compound("WordDocument", 4096, 9, func(i int) uint32 { return uint32(i) + 1 }, "\xec\xa5\xc1")[:1600])
	add("doc-noise.doc", "", compound("WordDocument", 40_000, 80, func(i int) uint32 { return uint32(i) + 1 }, "\xec\xa5\xc1\x00"+noise(40_000)))
	add("doc-noname.wps", "damaged", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+noise(100*n))
	add("rtf-deep.rtf", "unsupported", `{\rtf1`+times("{", long))

	// OFD.
	add("ofd-one-part.ofd", "", ofd(times(`<Page BaseLoc="P.xml"/>`, 20*n), entry{"P.xml", page}))
	add("ofd-bomb.ofd", "too_big", ofd(times(`<Page BaseLoc="P.xml"/>`, 20), entry{"P.xml", page + times(times(" ", 1<<20), 8+n)}))
	add("ofd-pages.ofd", "too_many_pages", ofd(times(`<Page BaseLoc="P.xml"/>`, 5001+long)))
	add("ofd-glyphs.ofd", "", ofd(`<Page BaseLoc="P.xml"/>`, entry{"P.xml", `<TextObject Boundary="0 0 9 9"><TextCode X="1" Y="9">` + times("字", 400*n) + noiseOf(300*n) + `</TextCode>`}))
	add("ofd-deltas.ofd", "", ofd(`<Page BaseLoc="P.xml"/>`, entry{"P.xml", times(`<TextObject Boundary="0 0 9 9"><TextCode X="1" Y="9" DeltaX="g 999999999 1">字字</TextCode></TextObject>`, 100*n)}))
	self := "damaged"
	if long*len("<DocRoot>OFD.xml</DocRoot>") > bound.RatioFrom {
		self = "too_big" // packed more than 200 times
	}
	add("ofd-self.ofd", self, pack(entry{"OFD.xml", times("<DocRoot>OFD.xml</DocRoot>", long)}))
	add("ofd-unclosed.ofd", "", ofd(`<Page BaseLoc="P.xml"/>`, entry{"P.xml", times(page, 10*n) + "<TextObject"}))
	add("ofd-encrypted.ofd", "encrypted", ofd("", entry{"Encryptions.xml", "<E/>"}))

	// PDF.
	helvetica := "BT /F 9 Tf 1 0 0 1 9 9 Tm (a) Tj ET "
	add("pdf-cut.pdf", "damaged", onePage(stream("", helvetica))[:200])
	add("pdf-xref.pdf", "", strings.Replace(onePage(stream("", times(helvetica, 9))), "startxref\n", "startxref\n99999", 1))
	add("pdf-loop.pdf", "damaged", pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"))
	add("pdf-count.pdf", "", pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"))
	add("pdf-forms.pdf", "", onePage(stream("", "/X Do"), forms(3+n/15)...))
	add("pdf-flate.pdf", "", onePage(stream("/Filter [/FlateDecode /FlateDecode]", flate(flate(times(times(" ", 1<<20), 3*n))))))
	add("pdf-glyphs.pdf", "", onePage(stream("/Filter /FlateDecode", flate(times(helvetica, 100*n)))))
	add("pdf-arrays.pdf", "", onePage(stream("", times("[", 10*long))))
	add("pdf-noise.pdf", "damaged", "%PDF-1.7\n"+noise(1000*n))

	// Pages and messages.
	add("html-inline.html", "", "<html><body>"+times("<b>x</i>", long))
	add("html-ends.html", "", "<html><body>"+times("<p>", 1000)+times("</i>字", 2*long))
	add("html-deep.html", "", "<html><body>"+times("<div>", 10*long)+"字")
	add("html-tables.html", "", "<html><body>"+times("<table><tr><td>字", long))
	add("html-cells.html", "", "<html><body><table><tr>"+times("<td rowspan=9999 colspan=9999>字", long))
	add("html-comment.html", "", "<html><body>字<!--"+times("-", 100*long))
	add("html-attributes.html", "", "<html><body><p "+times("a=1 ", 10*long)+">字")
	add("html-million.html", "", "<html><body>"+times("<p>字", 10_000*n))
	add("mail-nested.eml", "too_big", mail(times("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", 3000)))
	add("mail-large.eml", "", mail("--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64.StdEncoding.EncodeToString([]byte(times("字", 1000*n)))))
	add("flat-deep.fodt", "damaged", "<?xml version=\"1.0\"?><office:document><office:body><office:text>"+times("<text:span>", 10*long))

	// Texts.
	add("text-line.txt", "", times("全市经济保持平稳，新增就业八千人。", 10_000*n))
	add("text-lines.txt", "", times("甲\n", 10_000*n))
	add("text-nul.txt", "unsupported", "全市经济\x00保持平稳。")
	add("text-utf16.txt", "", "\xff\xfe"+utf16le(times("全市。", 100*n))+"\x01")
	add("text-brackets.txt", "", times("（", 5*long))
	add("text-points.txt", "", times("分5分以上0分。75分以上90分以下为良好。\n", 100*n))
	add("text-numbers.txt", "", "全市"+times("增长8%、", 200*n)+"。")
	add("text-items.txt", "", func() string {
		var b strings.Builder
		for i := range 1000 * n {
			fmt.Fprintf(&b, "%d. 建设学校%d所。\n", i+1, i)
		}
		return b.String()
	}())
	add("text-noise.txt", "unsupported", noise(1000*n))
	return out
}

// noiseOf gives letters that XML can hold.
func noiseOf(n int) string {
	var b strings.Builder
	r := rand.New(rand.NewSource(2))
	for range n {
		b.WriteRune(rune(0x4e00 + r.Intn(20000)))
	}
	return b.String()
}
