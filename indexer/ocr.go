package indexer

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"youju/indexer/bound"
	"youju/indexer/plain"
	"youju/report"
)

// maxRecognised bounds what a recognition program may print.
const maxRecognised = 32 << 20

// recognise asks the operator's program for the text of a scanned file of some
// pages, 0 where their number is not known.
func (r *Reader) recognise(ctx context.Context, budget *bound.Budget, data []byte, ending string, pages int) (plain.Text, error) {
	most := time.Duration(max(pages, 1)) * pageOCRLimit
	if pages == 0 {
		most = cmp.Or(r.OCRLimit, DefaultOCRLimit)
	}
	ctx, done := budget.Recognise(ctx, most)
	defer done()
	dir, err := os.MkdirTemp("", "youju-ocr-")
	if err != nil {
		return plain.Text{}, err
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "scan"+ending)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return plain.Text{}, err
	}
	program := filepath.Base(r.OCR[0])
	out := limitedBuffer{left: maxRecognised}
	cmd := exec.CommandContext(ctx, r.OCR[0], append(append([]string{}, r.OCR[1:]...), in)...)
	cmd.Stdout = &out
	cmd.WaitDelay = 2 * time.Second
	switch err := cmd.Run(); {
	case ctx.Err() != nil:
		return plain.Text{}, bound.Fail(bound.Timeout, fmt.Sprintf("识别程序 %s 超时（可用 --ocr-timeout 放宽）", program))
	case err != nil:
		return plain.Text{}, bound.Fail(bound.Recognition, fmt.Sprintf("识别程序 %s 失败：%v", program, err))
	}
	src, _, err := decode(out.Bytes())
	if err != nil {
		return plain.Text{}, bound.Fail(bound.Recognition, fmt.Sprintf("识别程序 %s 没有给出文字", program))
	}
	return plain.Text{
		Body:    strings.ReplaceAll(src, "\f", "\n"),
		Repairs: []report.Repair{{What: "文字由识别程序 " + program + " 得出，可能有误，以原件为准"}},
	}, nil
}

// limitedBuffer keeps the first bytes written to it and swallows the rest.
type limitedBuffer struct {
	bytes.Buffer
	left int
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	n := min(len(p), b.left)
	b.left -= n
	b.Buffer.Write(p[:n])
	return len(p), nil
}
