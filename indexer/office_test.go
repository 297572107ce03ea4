package indexer

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"youju/indexer/archive"
	"youju/indexer/plain"
	"youju/report"
)

func zipOf(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
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
	return b.String()
}

// docxOf writes a .docx of paragraphs.
func docxOf(t testing.TB, text string) string {
	t.Helper()
	body := ""
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		body += "<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"
	}
	return zipOf(t, map[string]string{"word/document.xml": "<w:document><w:body>" + body + "</w:body></w:document>"})
}

// variant is a small report of its own year.
func variant(year int) string {
	return strings.NewReplacer("2031", fmt.Sprint(year), "2030", fmt.Sprint(year-1), "青禾市", "聊城市").Replace(smallReport)
}

// TestOfficeFolder points at a folder in every mess: each file has its line,
// and what is good is read.
func TestOfficeFolder(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"good.txt": variant(2021), "无扩展名": variant(2022), "wrong.pdf": variant(2023), "word.doc": docxOf(t, variant(2024)),
		"many.zip":    zipOf(t, map[string]string{"a/一.txt": variant(2025), "b.zip": zipOf(t, map[string]string{"二.docx": docxOf(t, variant(2026))}), "坏.docx": zipOf(t, map[string]string{"word/document.xml": "<"}), "图.jpg": "x"}),
		"bomb.zip":    zipOf(t, map[string]string{"bomb.txt": strings.Repeat("\x00", 6<<20)}),
		"broken.docx": zipOf(t, map[string]string{"word/document.xml": "<w:p><w:r><w:t>"}),
		"locked.doc":  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing behind it",
		"table.xlsx":  zipOf(t, map[string]string{"xl/workbook.xml": "<a/>"}), "old.rar": "Rar!\x1a\x07\x00", "empty.zip": zipOf(t, nil),
		"~$word.docx": "lock", "sub/collection.yaml": "publisher: 某府办\n", "sub/里.txt": variant(2027),
	})
	for link, target := range map[string]string{"loop-a": "loop-b", "loop-b": "loop-a", "circle": "."} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	s, sum, bad := indexDir(t, Options{}, dir)
	got := map[string]string{}
	for _, r := range append(bad, sum.Files...) {
		rel, _ := filepath.Rel(dir, r.Path)
		got[rel] = ""
		if r.Err != nil {
			got[rel] = r.Err.Error()
		} else if len(r.Documents) > 0 {
			got[rel] = "ok " + r.Format
		}
	}
	for name, want := range map[string]string{
		"good.txt": "ok text", "无扩展名": "ok text", "wrong.pdf": "ok text", "word.doc": "ok docx", "sub/里.txt": "ok text",
		"many.zip": "", "many.zip/a/一.txt": "ok text", "many.zip/b.zip/二.docx": "ok docx", "many.zip/坏.docx": "已损坏",
		"bomb.zip/bomb.txt": archive.ErrBomb.Error(), "broken.docx": "已损坏", "locked.doc": "不是完整的 Word 文档", "table.xlsx": "电子表格",
		"old.rar": "不支持 .rar", "empty.zip": ErrEmpty.Error(), "loop-a": errLinkLoop.Error(), "circle": errLinkDir.Error(),
	} {
		if line, ok := got[name]; !ok || !strings.Contains(line, want) {
			t.Errorf("%s: %q (told: %v), want %q", name, line, ok, want)
		}
	}
	if len(s.docs) != 7 {
		t.Errorf("%d documents, want 7", len(s.docs))
	}
	for _, d := range s.docs {
		if d.Year == 2027 && d.Source.Publisher != "某府办" {
			t.Errorf("the folder's publisher is %q", d.Source.Publisher)
		}
	}
}

// TestOfficeFormats tells what is no .docx by its name inside, and what only looks like an archive.
func TestOfficeFormats(t *testing.T) {
	second := zipOf(t, map[string]string{
		"_rels/.rels":        `<Relationships><Relationship Type="http://x/officeDocument" Target="word/document2.xml"/></Relationships>`,
		"word/document2.xml": "<w:document><w:body><w:p><w:r><w:t>2021年聊城市政府工作报告</w:t></w:r></w:p></w:body></w:document>",
	})
	if f := detect([]byte(second)); f == nil || f.name != formatDOCX {
		t.Errorf("a document named document2.xml is %v", f)
	}
	stored := func(kind string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range [][2]string{{"mimetype", kind}, {"content.xml", "<office:document-content/>"}, {"manifest.rdf", "<rdf/>"}} {
			w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(part[1])); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for kind, want := range map[string]string{"text": "odt", "spreadsheet": "opendocument", "presentation": "opendocument"} {
		data := stored("application/vnd.oasis.opendocument." + kind)
		if f := detect(data); f == nil || f.name != want || isArchive(data) {
			t.Errorf("an OpenDocument %s is %v", kind, f)
		}
	}
}

// TestFileGoes opens a file that has gone, or that changes while it is read.
func TestFileGoes(t *testing.T) {
	dir := writeFiles(t, map[string]string{"gone.txt": variant(2021), "grows.txt": variant(2022), "stays.txt": variant(2023)})
	files, _ := Find([]string{dir})
	if err := os.Remove(filepath.Join(dir, "gone.txt")); err != nil {
		t.Fatal(err)
	}
	files[1].Open = func() (io.ReadCloser, error) {
		f, err := os.Open(files[1].Path)
		return &growing{f, files[1].Path}, err
	}
	var s shelf
	sum, err := Index(t.Context(), files, &s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(sum.Files[0].Err, errNoFile) || !errors.Is(sum.Files[1].Err, ErrChanged) || sum.Files[2].Err != nil {
		t.Errorf("told %v, %v, %v", sum.Files[0].Err, sum.Files[1].Err, sum.Files[2].Err)
	}
}

// growing is a file that somebody writes to while it is read.
type growing struct {
	*os.File
	path string
}

func (g *growing) Read(p []byte) (int, error) {
	n, err := g.File.Read(p)
	if w, werr := os.OpenFile(g.path, os.O_APPEND|os.O_WRONLY, 0); werr == nil {
		w.WriteString("又一行\n")
		w.Close()
	}
	return n, err
}

var _ fs.File = (*growing)(nil)

// TestManyFiles reads 10,000 small files.
func TestManyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 10,000 files")
	}
	all := 10_000
	if raceDetector {
		all = 300
	}
	dir := t.TempDir()
	for i := range all {
		text := fmt.Sprintf("关于第%d号事项的通知\n一、总体要求\n请各单位于%d日前办结第%d号事项，并报送结果。\n", i, i%28+1, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, _ := Find([]string{dir})
	var n counter
	sum, err := Index(t.Context(), files, &n, Options{})
	if err != nil || sum.Documents != all || int(n) != all {
		t.Errorf("%d documents, %d in the sink, %v", sum.Documents, n, err)
	}
}

type counter int

func (c *counter) Add(*report.Document) error { *c++; return nil }

// TestLargeFiles meets 200 MB: a text is refused unread, an archive of that
// size is read; memory stays far below 1 GiB.
func TestLargeFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 200 MB")
	}
	dir := t.TempDir()
	text := filepath.Join(dir, "large.txt")
	if err := os.WriteFile(text, []byte(variant(2021)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(text, 200<<20); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(dir, "large.zip"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	noise := make([]byte, 1<<20)
	for i := range noise {
		noise[i] = byte(i * i >> 3)
	}
	for i := range 200 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.jpg", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(noise)
	}
	w, _ := z.Create("报告.txt")
	w.Write([]byte(variant(2022)))
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	peak := watchHeap(t)
	_, sum, _ := indexDir(t, Options{}, dir)
	if !errors.Is(sum.Files[0].Err, ErrTooLarge) {
		t.Errorf("a text of 200 MB: %v", sum.Files[0].Err)
	}
	if sum.Documents != 1 {
		t.Errorf("%d documents out of the archive", sum.Documents)
	}
	if mb := peak() >> 20; mb > 600 {
		t.Errorf("%d MB of heap", mb)
	}
}

// watchHeap samples the heap until the answer is asked for.
func watchHeap(t *testing.T) func() uint64 {
	done, answer := make(chan bool), make(chan uint64)
	go func() {
		var peak uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
			select {
			case <-done:
				answer <- peak
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(done); return <-answer }
}

// TestDescriptions puts files beside files: what they state holds, what differs is told.
func TestDescriptions(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"collection.yaml": "publisher: 市档案馆\nsource_url: https://example.org/all\n",
		"a.txt":           strings.Replace(variant(2021), "各位代表", "——2021年1月8日在聊城市第十八届人民代表大会第五次会议上\n各位代表", 1),
		"a.yaml":          "year: 2020\nspeaker: 甲某\nplace: 山东省聊城市\n",
		"b.txt":           variant(2022), "b.txt.yaml": "title: [\n", "c.txt": variant(2023), "c.yaml": "place: 无此地\nlicence: CC0\n",
	})
	s, _, _ := indexDir(t, Options{}, dir)
	if len(s.docs) != 3 {
		t.Fatalf("%d documents", len(s.docs))
	}
	a, b, c := s.docs[0], s.docs[1], s.docs[2]
	if a.Year != 2020 || a.Speaker != "甲某" || a.Source.Publisher != "市档案馆" || a.Source.URL != "https://example.org/all" {
		t.Errorf("a: %d, %s, %+v", a.Year, a.Speaker, a.Source)
	}
	if a.Source.Origins["year"] != "stated" || a.Source.Origins["date"] != "dateline" {
		t.Errorf("origins %v", a.Source.Origins)
	}
	for d, want := range map[*report.Document]string{a: "年份“2020”与正文的“2021”不一致", b: "格式有误", c: "“无此地”无法识别"} {
		if got := fmt.Sprint(d.Problems); !strings.Contains(got, want) {
			t.Errorf("problems %s, want %s", got, want)
		}
	}
	if c.Source.Licence != "CC0" {
		t.Errorf("licence %q", c.Source.Licence)
	}
}

// longReport is a report that is long enough to tell a copy from.
func longReport(year int) string {
	b := variant(year)
	for i := range 40 {
		b += fmt.Sprintf("第%d个县区完成改造项目%d个，新增绿地%d亩，修建道路%d公里，惠及居民%d户，群众满意度保持在较高水平。\n", i, i*7+year%10, i*3, i*i, i*11)
	}
	return b
}

// TestCopies reads the same report in two files: the better one is kept, the
// other told; when the better one comes later, the ID stays.
func TestCopies(t *testing.T) {
	ocr := strings.Replace(longReport(2021), "第7个县区", "笫7个县区", 1)
	dir := writeFiles(t, map[string]string{"a.txt": ocr, "other.txt": longReport(2022)})
	s, sum, _ := indexDir(t, Options{}, dir)
	if len(s.docs) != 2 {
		t.Fatalf("%d documents of two years", len(s.docs))
	}
	id := s.docs[0].ID
	known := map[string]string{}
	for _, f := range sum.Files {
		for _, d := range f.Documents {
			known[d.ContentHash] = d.ID
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "z.docx"), []byte(docxOf(t, longReport(2021))), 0o644); err != nil {
		t.Fatal(err)
	}
	s, sum, _ = indexDir(t, Options{Known: known}, dir)
	if len(s.docs) != 2 || s.docs[1].ID != id || s.docs[1].Source.Format != "docx" {
		t.Errorf("%d documents, the better copy has ID %s, want %s", len(s.docs), s.docs[1].ID, id)
	}
	// When the better one goes, the other takes its place and its ID.
	for _, f := range sum.Files {
		for _, d := range f.Documents {
			known[d.ContentHash] = d.ID
		}
		for _, c := range f.Copies {
			known[c.ContentHash] = c.ID
		}
	}
	if err := os.Remove(filepath.Join(dir, "z.docx")); err != nil {
		t.Fatal(err)
	}
	if s, _, _ := indexDir(t, Options{Known: known}, dir); len(s.docs) != 2 || s.docs[0].ID != id {
		t.Errorf("after the better copy has gone: %d documents, first %s, want %s", len(s.docs), s.docs[0].ID, id)
	}
	if c := sum.Files[0].Copies; len(c) != 1 || c[0].ID != id || c[0].Share < 0.9 || filepath.Base(c[0].File) != "z.docx" {
		t.Errorf("told %+v", c)
	}
}

// TestRecognition sends scanned files to an external program.
func TestRecognition(t *testing.T) {
	program := filepath.Join(t.TempDir(), "ocr.sh")
	script := "#!/bin/sh\ntest -s \"$2\" || exit 1\ncase $1 in slow) exec sleep 20;; bad) exit 3;; *) cat <<'END'\n" + variant(2021) + "END\nesac\n"
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	scan := []byte(zipOf(t, map[string]string{
		"OFD.xml": "<OFD><DocRoot>D.xml</DocRoot></OFD>", "D.xml": `<D><Page BaseLoc="P.xml"/></D>`, "P.xml": "<Page/>",
	}))
	if _, err := Read("scan.ofd", scan); !errors.Is(err, plain.ErrScanned) {
		t.Errorf("without a program: %v", err)
	}
	r := Reader{OCR: []string{program, "fast"}}
	docs, err := r.Read(t.Context(), "scan.ofd", scan)
	if err != nil || len(docs) != 1 || !strings.Contains(docs[0].Source.Repairs[0].What, "ocr.sh") {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	r.OCR[1] = "bad"
	if _, err := r.Read(t.Context(), "scan.ofd", scan); err == nil || !strings.Contains(err.Error(), "失败") {
		t.Errorf("a program that fails: %v", err)
	}
	r = Reader{OCR: []string{program, "slow"}, OCRLimit: 200 * time.Millisecond}
	if _, err := r.Read(context.Background(), "scan.ofd", scan); err == nil || !strings.Contains(err.Error(), "超时") {
		t.Errorf("a program that hangs: %v", err)
	}
}
