package indexer

// What a file may cost. Sizes set the time: what is larger has more to read.

import (
	"cmp"
	"time"

	"youju/indexer/bound"
)

// Defaults of [Reader]: how long a file under sizeOfLimit may be read and split,
// and how long a scanned one may be recognised, in all and a page.
const (
	DefaultTimeLimit = 30 * time.Second
	DefaultOCRLimit  = 30 * time.Minute
	pageOCRLimit     = time.Minute
)

const (
	// A file larger than sizeOfLimit has more time in proportion. An archive has
	// the time of a file once more for each sizeOfShare: it holds many small ones.
	sizeOfLimit = 20 << 20
	sizeOfShare = 5 << 20
	// maxUnpacked is what the parts of one file may come to, unpacked,
	// maxArchive what all files of an archive may.
	maxUnpacked = 256 << 20
	maxArchive  = 2 << 30
	// maxParagraphs is how many paragraphs or lines a file may have, maxLine how
	// many bytes a line, which may hold all of a text, maxParagraph how many each
	// paragraph: a report has some hundreds, a plan of a thousand pages 20,000.
	maxParagraphs = 200_000
	maxApart      = 4 * maxParagraphs // pieces of furniture
	maxLine       = 16 << 20
	maxParagraph  = 4 << 20
	// maxPieces is how many pieces of text a line of a web page may be made of.
	maxPieces = 1_000_000
)

// Errors of files that no paper is like.
var (
	errParagraphs = bound.Fail(bound.TooBig, "段落过多，不像一份文件，未读取")
	errParagraph  = bound.Fail(bound.TooBig, "有一段文字过长，不像一份文件，未读取")
)

// budget is what a file on its own may cost.
func (r *Reader) budget(data []byte) *bound.Budget {
	return bound.New(r.limits(int64(len(data)), sizeOfLimit))
}

// archiveBudget is what an archive may cost with all its files.
func (r *Reader) archiveBudget(data []byte) *bound.Budget {
	size := int64(len(data))
	work, recognition, _ := r.limits(size+sizeOfShare, sizeOfShare)
	return bound.New(work, recognition, maxArchive)
}

// memberBudget is what a file of an archive may cost, which the archive pays.
func (r *Reader) memberBudget(archive *bound.Budget, data []byte) *bound.Budget {
	return archive.Member(r.limits(int64(len(data)), sizeOfLimit))
}

// limits gives the bounds of size bytes, where those of a file hold for unit bytes.
func (r *Reader) limits(size, unit int64) (work, recognition time.Duration, unpacked int64) {
	work, recognition = cmp.Or(r.TimeLimit, DefaultTimeLimit), cmp.Or(r.OCRLimit, DefaultOCRLimit)
	times := max(1, float64(size)/float64(unit))
	return time.Duration(float64(work) * times), time.Duration(float64(recognition) * times), maxUnpacked
}

// fitting refuses blocks that could not be a paper's, by their number or size.
func fitting(blocks []block, size int) error {
	if len(blocks) > maxParagraphs {
		return errParagraphs
	}
	for i := range blocks {
		if len(blocks[i].s) > size {
			return errParagraph
		}
	}
	return nil
}
