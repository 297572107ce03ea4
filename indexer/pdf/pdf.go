// Package pdf reads PDF files that have a text layer, with PDFium compiled to
// WebAssembly: no C compiler, and a hostile file stays inside a sandbox without
// files, network and more than a bounded memory.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"youju/indexer/bound"
	"youju/indexer/layout"
	"youju/indexer/plain"
)

// Limits of one file.
const (
	maxPages  = 5000
	maxGlyphs = 50_000 // of a page
	maxTotal  = 4_000_000
)

// patience is how long a question to the engine may take beyond the time limit.
const patience = 2 * time.Second

// Limits that tests lower.
var (
	// stretchBytes is how much of a file is read before it is opened anew: the
	// engine keeps the pictures of all pages that it has loaded.
	stretchBytes = 32 << 20
	// pageLimit is how long one page may take. A real one takes a part of a second.
	pageLimit = 15 * time.Second
)

// Errors with texts for operators.
var (
	ErrBroken = bound.Fail(bound.Damaged, "PDF 已损坏，无法打开")
	ErrFonts  = bound.Fail(bound.Scanned, "字体没有文字对照表，文字无法辨认（复制出来是乱码），需要先做文字识别，或用 --ocr 指定识别程序")
	ErrPage   = bound.Fail(bound.Timeout, "PDF 有一页读取超时，未收录")
	ErrPages  = bound.Fail(bound.TooManyPages, fmt.Sprintf("PDF 超过 %d 页，未读取", maxPages))
)

// Read reads a file's bytes. cache is a folder for the compiled engine, "" for
// the user's cache folder. It gives up when work has to end.
func Read(work *bound.Work, cache string, data []byte) (plain.Text, error) {
	ctx := work.Context()
	engine, err := start(cache)
	if err != nil {
		return plain.Text{}, fmt.Errorf("PDF 引擎无法启动：%w", err)
	}
	instance, err := engine.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return plain.Text{}, work.Err()
		}
		return plain.Text{}, fmt.Errorf("PDF 引擎无法启动：%w", err)
	}
	r := &reader{work: work, in: instance, data: data, fonts: map[string]bool{}}
	done := make(chan error, 1)
	go func() { done <- bound.Guard(r.read) }()
	if err = r.wait(done); err != nil {
		return plain.Text{}, err
	}
	return r.text()
}

// wait gives the reader's error. The reader asks for the time between its
// questions; one that the engine does not come back from is ended by force.
func (r *reader) wait(done <-chan error) error {
	tick := time.NewTicker(pageLimit / 10)
	defer tick.Stop()
	over := r.work.Context().Done()
	var late <-chan time.Time
	for {
		select {
		case err := <-done:
			return r.finish(err)
		case <-over:
			over, late = nil, time.After(patience)
		case <-late:
			r.kill(done)
			return r.work.Err()
		case <-tick.C:
			if began := r.began.Load(); began > 0 && time.Since(time.UnixMilli(began)) > pageLimit {
				r.kill(done)
				return ErrPage
			}
		}
	}
}

// finish gives the engine back.
func (r *reader) finish(err error) error {
	_ = r.in.Close()
	if stop := r.work.Err(); stop != nil {
		return stop
	}
	if bound.CodeOf(err) == bound.Panic {
		// A crashed engine shows as a panic, as a broken file does.
		debug.FreeOSMemory()
		return ErrBroken
	}
	return err
}

// kill ends the engine and gives its memory back, which may be all that one may have.
func (r *reader) kill(done <-chan error) {
	_ = r.in.Kill()
	<-done
	debug.FreeOSMemory()
}

// read reads all pages.
func (r *reader) read() error {
	for {
		if more, err := r.stretch(); err != nil || !more {
			return err
		}
	}
}

// stretch opens the file and reads some of its pages, on from those read.
func (r *reader) stretch() (more bool, err error) {
	r.began.Store(time.Now().UnixMilli())
	in, data := r.in, r.data
	doc, err := in.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return false, plain.ErrEncrypted
	case err != nil:
		return false, ErrBroken
	}
	defer in.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: doc.Document})
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	switch {
	case err != nil || count.PageCount == 0:
		return false, ErrBroken
	case count.PageCount > maxPages:
		return false, ErrPages
	}
	end := min(count.PageCount, r.count+1+count.PageCount*stretchBytes/len(data))
	for i := r.count; i < end; i++ {
		if err := r.work.Err(); err != nil {
			return false, err
		}
		r.began.Store(time.Now().UnixMilli())
		pages, err := r.page(doc.Document, i)
		if err != nil {
			r.broken = append(r.broken, i+1)
		}
		for _, p := range pages {
			r.total += len(p.Glyphs)
		}
		if r.total > maxTotal {
			return false, bound.ErrTooBig
		}
		r.pages = append(r.pages, pages...)
		r.count++
	}
	return r.count < count.PageCount, nil
}

// reader collects the pages of one document.
type reader struct {
	work *bound.Work
	in   pdfium.Pdfium
	data []byte
	// began is when the page that is read now was begun, in milliseconds.
	began atomic.Int64
	// pages are what is printed, count the number of the file's pages: one with
	// text in two directions is read as two.
	pages []layout.Page
	count int
	// total is the number of characters on them.
	total int
	// fonts remembers which fonts are bold.
	fonts map[string]bool
	// broken and silent are the pages that could not be read, and those with
	// pictures and no text.
	broken, silent []int
	// all counts the characters, unmapped those that no table says the meaning of.
	unmapped, all int
}

// text lays the pages out and says what they lack.
func (r *reader) text() (plain.Text, error) {
	switch {
	case r.all == 0 && len(r.broken) == r.count:
		return plain.Text{}, ErrBroken
	case r.unmapped*2 > r.all:
		return plain.Text{Pages: r.count}, ErrFonts
	case r.all == 0 || len(r.silent)*10 > r.count*9:
		return plain.Text{Pages: r.count}, plain.ErrScanned
	}
	t, err := layout.Text(r.work, r.pages)
	if err != nil {
		return t, err
	}
	t.Pages = r.count
	if len(r.silent) > 0 {
		t.Missing = append(t.Missing, "第"+list(r.silent)+"页没有文字层（可能是图片），内容未收录")
	}
	if len(r.broken) > 0 {
		t.Missing = append(t.Missing, "第"+list(r.broken)+"页已损坏，内容未收录")
	}
	if r.unmapped > 0 {
		t.Missing = append(t.Missing, fmt.Sprintf("字体缺少文字对照表，%d个字无法辨认", r.unmapped))
	}
	return t, nil
}

func list(pages []int) string {
	var b strings.Builder
	for i, p := range pages {
		if i == 20 {
			return fmt.Sprintf("%s等%d", b.String(), len(pages))
		}
		if i > 0 {
			b.WriteString("、")
		}
		fmt.Fprint(&b, p)
	}
	return b.String()
}

// page reads the characters of one page.
func (r *reader) page(doc references.FPDF_DOCUMENT, index int) ([]layout.Page, error) {
	loaded, err := r.in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: index})
	if err != nil {
		return nil, err
	}
	defer r.in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	ref := requests.Page{ByReference: &loaded.Page}
	size, err := r.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: index})
	if err != nil {
		return nil, err
	}
	width, height := size.Width, size.Height
	text, err := r.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return nil, err
	}
	defer r.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := r.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, err
	}
	shown := 0
	if rot, err := r.in.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref}); err == nil {
		shown = int(rot.PageRotation) & 3
	}
	if shown&1 != 0 {
		width, height = height, width
	}
	glyphs, err := r.glyphs(text.TextPage, min(count.Count, maxGlyphs))
	if err == nil && len(glyphs) < 5 && r.hasPicture(ref) {
		r.silent = append(r.silent, index+1)
	}
	return upright(glyphs, r.strokes(ref), shown, width, height), err
}

// hasPicture says that a page shows a picture, as a scanned one does.
func (r *reader) hasPicture(page requests.Page) bool {
	objects, err := r.in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return false
	}
	for i := range min(objects.Count, 200) {
		object, err := r.in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			return false
		}
		kind, err := r.in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err == nil && (kind.Type == enums.FPDF_PAGEOBJ_IMAGE || kind.Type == enums.FPDF_PAGEOBJ_FORM) {
			return true
		}
	}
	return false
}

// boldName matches the names that bold fonts bear.
var boldName = regexp.MustCompile(`(?i)bold|black|heavy|demi|粗|黑体|simhei|stheiti|小标宋|xbs`)

// bold says whether a character's font is one that headings are set in.
func (r *reader) bold(text references.FPDF_TEXTPAGE, i int) bool {
	info, err := r.in.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: i})
	if err != nil {
		return false
	}
	bold, ok := r.fonts[info.FontName]
	if !ok {
		bold = boldName.MatchString(info.FontName) || info.Flags&(1<<18) != 0 && info.Flags != 524292
		if len(r.fonts) < 10_000 {
			r.fonts[strings.Clone(info.FontName)] = bold
		}
	}
	return bold
}
