package bound

import (
	"archive/zip"
	"bytes"
	"io"
)

// Limits of zip files, which office formats are too.
const (
	// maxPart is how large a part of an office file may be, unpacked.
	maxPart = 64 << 20
	// Ratio is how many times larger than packed an entry may be. It counts from
	// RatioFrom bytes on: short repetitive texts pack well.
	Ratio     = 200
	RatioFrom = 4 << 20
	// maxEntries bounds the directory of a zip file, which is read whole.
	maxEntries = 100_000
)

// ErrEntries says that a zip file lists too many files.
var ErrEntries = Fail(TooManyFiles, "压缩包内的文件过多，未读取")

// Directory reads the directory of a zip file. It is not asked for the number
// of its entries, which may be a lie: their marks are counted.
func Directory(data []byte) (*zip.Reader, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return nil, ErrEntries
	}
	return zip.NewReader(bytes.NewReader(data), int64(len(data)))
}

// Unpack opens a part of an office file. What the directory says of its size is
// not believed. The bytes come from memory, so that nothing needs closing.
func (w *Work) Unpack(f *zip.File) (io.Reader, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return w.Bounded(r, Largest(f, maxPart)), nil
}

// Bounded gives what r reads while the budget holds, and no more than limit bytes.
func (w *Work) Bounded(r io.Reader, limit int64) io.Reader {
	return &unpacking{r: r, work: w, left: limit}
}

// Largest is how large an entry may be, unpacked, where limit is the most.
func Largest(f *zip.File, limit int64) int64 {
	if packed := f.CompressedSize64; packed < uint64(limit/Ratio) {
		return min(limit, max(RatioFrom, int64(packed)*Ratio))
	}
	return limit
}

// unpacking counts what it reads.
type unpacking struct {
	r    io.Reader
	work *Work
	left int64
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return 0, ErrTooBig
	}
	if stop := u.work.Spend(int64(n)); stop != nil {
		return 0, stop
	}
	return n, err
}
