package pdf

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// Limits of a page: one with more objects is a drawing, a path of more
// segments no table's.
const (
	maxObjects  = 4000
	maxSegments = 2000
	maxRules    = 5000
)

// point is a place on the page as the file counts: from the bottom left.
type point struct{ x, y float64 }

// turned is a place the way the page is read.
func (p point) turned(turns int, width, height float64) (x, y float64) {
	switch turns {
	case 1:
		return p.y, p.x
	case 2:
		return width - p.x, p.y
	case 3:
		return height - p.y, width - p.x
	}
	return p.x, height - p.y
}

// stroke is a straight line that is drawn.
type stroke struct{ from, to point }

// strokes reads the lines drawn on a page, those around bars as thin as a line
// among them. What cannot be read is not drawn.
func (r *reader) strokes(page requests.Page) []stroke {
	objects, err := r.in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil || objects.Count > maxObjects {
		return nil
	}
	var out []stroke
	for i := range objects.Count {
		if r.work.Err() != nil || len(out) >= maxRules {
			break
		}
		object, err := r.in.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			break
		}
		kind, err := r.in.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err == nil && kind.Type == enums.FPDF_PAGEOBJ_PATH {
			out = append(out, r.path(object.PageObject)...)
		}
	}
	return out
}

// path reads the straight segments of one path.
func (r *reader) path(object references.FPDF_PAGEOBJECT) (out []stroke) {
	count, err := r.in.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
	if err != nil || count.Count > maxSegments {
		return nil
	}
	m := structs.FPDF_FS_MATRIX{A: 1, D: 1}
	if got, err := r.in.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object}); err == nil {
		m = got.Matrix
	}
	var first, last point
	for i := range count.Count {
		s, err := r.in.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
		if err != nil {
			return out
		}
		kind, err := r.in.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
		if err != nil {
			return out
		}
		at, err := r.in.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
		if err != nil {
			return out
		}
		here := point{float64(m.A*at.X + m.C*at.Y + m.E), float64(m.B*at.X + m.D*at.Y + m.F)}
		switch kind.Type {
		case enums.FPDF_SEGMENT_MOVETO:
			first = here
		case enums.FPDF_SEGMENT_LINETO:
			out = append(out, stroke{last, here})
		}
		last = here
		if closed, err := r.in.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment}); err == nil && closed.IsClose {
			out = append(out, stroke{last, first})
		}
	}
	return out
}
