// Package pdf reads PDF files that have a text layer, with PDFium compiled to
// WebAssembly: no C compiler, and a hostile file stays inside a sandbox without
// files, network and more than a bounded memory.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"
	"unicode"

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

// Errors with texts for operators.
var (
	ErrBroken = bound.Fail(bound.Damaged, "PDF 已损坏，无法打开")
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
	type answer struct {
		r   *reader
		err error
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		a.err = bound.Guard(func() (err error) {
			a.r, err = read(work, instance, data)
			return err
		})
		done <- a
	}()
	finish := func(a answer) (plain.Text, error) {
		_ = instance.Close()
		if err := work.Err(); err != nil {
			return plain.Text{}, err
		}
		if bound.CodeOf(a.err) == bound.Panic {
			// A crashed engine shows as a panic, as a broken file does.
			return plain.Text{}, ErrBroken
		}
		if a.err != nil {
			return plain.Text{}, a.err
		}
		return a.r.text()
	}
	select {
	case a := <-done:
		return finish(a)
	case <-ctx.Done():
	}
	// The reader asks for the time between its questions; only one that the
	// engine does not come back from needs force.
	select {
	case a := <-done:
		return finish(a)
	case <-time.After(patience):
		_ = instance.Kill()
		<-done
		return plain.Text{}, work.Err()
	}
}

// patience is how long a question to the engine may take beyond the time limit.
const patience = 2 * time.Second

func read(work *bound.Work, in pdfium.Pdfium, data []byte) (*reader, error) {
	doc, err := in.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, plain.ErrEncrypted
	case err != nil:
		return nil, ErrBroken
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	switch {
	case err != nil || count.PageCount == 0:
		return nil, ErrBroken
	case count.PageCount > maxPages:
		return nil, ErrPages
	}
	r := &reader{work: work, in: in, fonts: map[string]bool{}}
	total := 0
	for i := range count.PageCount {
		if err := work.Err(); err != nil {
			return nil, err
		}
		p, err := r.page(doc.Document, i)
		if err != nil {
			r.broken = append(r.broken, i+1)
		}
		if total += len(p.Glyphs); total > maxTotal {
			return nil, bound.ErrTooBig
		}
		r.pages = append(r.pages, p)
	}
	return r, nil
}

// reader collects the pages of one document.
type reader struct {
	work  *bound.Work
	in    pdfium.Pdfium
	pages []layout.Page
	// fonts remembers which fonts are bold.
	fonts map[string]bool
	// broken and silent are the pages that could not be read, and those with
	// pictures and no text.
	broken, silent []int
	unmapped, all  int
}

// text lays the pages out and says what they lack.
func (r *reader) text() (plain.Text, error) {
	switch {
	case r.all == 0 && len(r.broken) == len(r.pages):
		return plain.Text{}, ErrBroken
	case r.all == 0 || len(r.silent)*10 > len(r.pages)*9:
		return plain.Text{Pages: len(r.pages)}, plain.ErrScanned
	}
	t, err := layout.Text(r.work, r.pages)
	if err != nil {
		return t, err
	}
	if len(r.silent) > 0 {
		t.Missing = append(t.Missing, "第"+list(r.silent)+"页没有文字层（可能是图片），内容未收录")
	}
	if len(r.broken) > 0 {
		t.Missing = append(t.Missing, "第"+list(r.broken)+"页已损坏，内容未收录")
	}
	if r.unmapped*20 > r.all {
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
func (r *reader) page(doc references.FPDF_DOCUMENT, index int) (layout.Page, error) {
	loaded, err := r.in.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: index})
	if err != nil {
		return layout.Page{}, err
	}
	defer r.in.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	ref := requests.Page{ByReference: &loaded.Page}
	size, err := r.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: index})
	if err != nil {
		return layout.Page{}, err
	}
	p := layout.Page{Width: size.Width, Height: size.Height}
	text, err := r.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return p, err
	}
	defer r.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := r.in.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return p, err
	}
	turn := 0
	if rot, err := r.in.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref}); err == nil {
		turn = int(rot.PageRotation) & 3
	}
	err = r.glyphs(&p, text.TextPage, min(count.Count, maxGlyphs), turn)
	if len(p.Glyphs) < 5 && r.hasPicture(ref) {
		r.silent = append(r.silent, index+1)
	}
	return p, err
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

// glyphs reads count characters. Those that PDFium adds (spaces, line ends) and
// those that stand askew, as watermarks do, are left out: the layout knows better.
//
// Each question to the engine costs a microsecond or more, so font and angle
// are asked where they can change: at a new line, and where letters, marks and
// ideographs meet. Boxes reach equally far above and below the baseline of one
// font, so where an upright box stands as high as the one before, so does its origin.
func (r *reader) glyphs(p *layout.Page, text references.FPDF_TEXTPAGE, count, turn int) error {
	var run struct {
		class        int
		y            float64
		known        bool
		askew, heavy bool
	}
	var origin struct {
		x, y        float64
		top, bottom float32
		known       bool
	}
	for i := range count {
		if err := r.work.Err(); err != nil {
			return err
		}
		u, err := r.in.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
		if err != nil {
			return err
		}
		c := rune(u.Unicode)
		if c == '\r' || c == '\n' || c == 0xffff {
			continue
		}
		if c == lineEndHyphen || c == 2 {
			c = '-'
		}
		box, err := r.in.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
		if err != nil {
			continue
		}
		if !origin.known || turn&1 != 0 || box.Rect.Top != origin.top || box.Rect.Bottom != origin.bottom {
			o, err := r.in.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
			if err != nil {
				continue
			}
			origin.x, origin.y, origin.top, origin.bottom, origin.known = o.X, o.Y, box.Rect.Top, box.Rect.Bottom, true
		}
		if class := classOf(c); c != ' ' && (!run.known || class != run.class || math.Abs(origin.y-run.y) > 0.1) {
			angle, err := r.in.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: i})
			run.askew = err != nil || askew(float64(angle.CharAngle)-float64(turn)*math.Pi/2)
			run.heavy = r.bold(text, i)
			run.class, run.y, run.known = class, origin.y, true
		}
		if run.askew {
			continue
		}
		r.all++
		if c == 0 || c == 0xfffd || c >= 0xe000 && c <= 0xf8ff {
			r.unmapped++
			continue
		}
		g := layout.Glyph{R: c}
		place(&g, turn, p, float64(box.Rect.Left), float64(box.Rect.Top), float64(box.Rect.Right), float64(box.Rect.Bottom), origin.x, origin.y)
		if classOf(c) == han {
			// An ideograph is as high as it is wide; for some PDFium gives the
			// box of the ink, which is flat for 一.
			g.Size = max(g.Size, g.X1-g.X0)
		}
		g.Bold = run.heavy && c != ' '
		p.Glyphs = append(p.Glyphs, g)
	}
	return nil
}

// lineEndHyphen is what PDFium makes of a hyphen that ends a line. Whether it
// was only put there for the line is not known: 郑州-墨西哥城 must keep it.
const lineEndHyphen = 0xfffe

// Classes of characters.
const (
	han = iota + 1
	word
	mark
)

// classOf tells ideographs, letters and digits, and marks apart.
func classOf(c rune) int {
	switch {
	case unicode.Is(unicode.Han, c):
		return han
	case unicode.IsLetter(c) || unicode.IsDigit(c):
		return word
	}
	return mark
}

// askew says that an angle in radians is no quarter turn's multiple of nothing.
func askew(angle float64) bool {
	angle = math.Mod(math.Abs(angle), 2*math.Pi)
	return angle > 0.1 && angle < 2*math.Pi-0.1
}

// place turns a character's box the way the page is shown.
func place(g *layout.Glyph, turn int, p *layout.Page, left, top, right, bottom, x, y float64) {
	switch turn {
	case 1:
		g.X0, g.X1, g.Y, g.Size = bottom, top, x, right-left
	case 2:
		g.X0, g.X1, g.Y, g.Size = p.Width-right, p.Width-left, y, top-bottom
	case 3:
		g.X0, g.X1, g.Y, g.Size = p.Width-top, p.Width-bottom, p.Height-x, right-left
	default:
		g.X0, g.X1, g.Y, g.Size = left, right, p.Height-y, top-bottom
	}
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
