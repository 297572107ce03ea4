package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"youju/indexer"
)

const (
	// redrawEvery keeps the line calm and the terminal fast.
	redrawEvery = 100 * time.Millisecond
	// filesPerLine is how often a line is written where there is no terminal.
	filesPerLine = 50
)

// progress shows how far indexing has come: one line that is drawn again and
// again on a terminal, a plain line now and then elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	start    time.Time
	drawn    time.Time
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, terminal: isTerminal(w), start: time.Now()}
}

func (p *progress) show(now indexer.Progress) {
	if !p.terminal {
		if now.Documents > 0 && now.Added == 0 {
			fmt.Fprintf(p.w, "已读取全部文件，正在写入 %d 篇文档\n", now.Documents)
		} else if now.Documents == 0 && now.Done%filesPerLine == 0 && now.Done < now.Files {
			fmt.Fprintf(p.w, "已读取 %d/%d 个文件\n", now.Done, now.Files)
		}
		return
	}
	if time.Since(p.drawn) < redrawEvery && (now.Done < now.Files || now.Added > 0) {
		return
	}
	p.drawn = time.Now()
	fmt.Fprintf(p.w, "\r\x1b[K%s", progressLine(now, time.Since(p.start)))
}

// end clears the line for what is printed next.
func (p *progress) end() {
	if p.terminal {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// progressLine says how much is done, how fast, and how long the rest will take.
func progressLine(now indexer.Progress, elapsed time.Duration) string {
	if now.Documents > 0 {
		return fmt.Sprintf("%s  正在写入索引，%d/%d 篇文档", progressBar(float64(now.Added)/float64(now.Documents)), now.Added, now.Documents)
	}
	done := 1.0
	if now.Bytes > 0 {
		done = float64(now.DoneBytes) / float64(now.Bytes)
	}
	line := fmt.Sprintf("%s %3.0f%%  %d/%d 个文件", progressBar(done), 100*done, now.Done, now.Files)
	if s := elapsed.Seconds(); s > 0 && now.DoneBytes > 0 {
		rate := float64(now.DoneBytes) / s
		left := time.Duration(float64(now.Bytes-now.DoneBytes) / rate * float64(time.Second))
		line += fmt.Sprintf("  %s/秒  还需 %s", megabytes(int64(rate)), seconds(left))
	}
	return line + "  " + shorten(printable(filepath.Base(now.Current)), 24)
}

// progressBar draws how much is done, of 1.
func progressBar(done float64) string {
	const columns = 20
	bar := make([]rune, columns)
	for i := range bar {
		bar[i] = '░'
		if float64(i) < done*columns {
			bar[i] = '█'
		}
	}
	return string(bar)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func seconds(d time.Duration) string {
	if d >= time.Minute {
		return fmt.Sprintf("%d 分 %d 秒", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%.1f 秒", d.Seconds())
}
