package indexer

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkFormats reads files of each format: throughput, pages a second
// where there are pages, and the memory of the whole process at its highest.
func BenchmarkFormats(b *testing.B) {
	dir := sharedDir(b)
	formats := filepath.Join(dir, "corpus", "formats")
	sets := map[string][][]byte{}
	entries, err := os.ReadDir(formats)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range entries {
		kind := strings.TrimPrefix(filepath.Ext(e.Name()), ".")
		if kind == "txt" {
			kind = "gb18030"
		}
		sets[kind] = append(sets[kind], mustRead(b, filepath.Join(formats, e.Name())))
	}
	packed := map[string]string{}
	for i, name := range sharedFiles(b) {
		data := mustRead(b, name)
		sets["text"] = append(sets["text"], data)
		packed[strconv.Itoa(i)+".txt"] = string(data)
	}
	sets["zip"] = [][]byte{[]byte(zipOf(b, packed))}
	for _, kind := range []string{"text", "gb18030", "docx", "pdf", "zip"} {
		b.Run(kind, func(b *testing.B) { benchmarkFiles(b, sets[kind]) })
	}
}

func benchmarkFiles(b *testing.B, files [][]byte) {
	size, pages := 0, 0
	var r Reader
	read := func() {
		size, pages = 0, 0
		for _, data := range files {
			size += len(data)
			docs, err := r.Read(b.Context(), "bench", data)
			if err != nil {
				b.Fatal(err)
			}
			pages += docs[0].Source.Pages
		}
	}
	read() // starts the PDF engine
	peak := watchProcess()
	start, busy := time.Now(), processorSeconds()
	n := 0
	for b.Loop() {
		read()
		n++
	}
	if pages > 0 {
		b.ReportMetric(float64(pages*n)/time.Since(start).Seconds(), "pages/s")
	}
	if busy = processorSeconds() - busy; busy > 0 {
		// What one core reads, whatever else the machine does.
		b.ReportMetric(float64(size*n)/1e6/busy, "MB/core-s")
		if pages > 0 {
			b.ReportMetric(float64(pages*n)/busy, "pages/core-s")
		}
	}
	b.SetBytes(int64(size))
	b.ReportMetric(peak(), "peak-MB")
}

// processorSeconds is the time that processors worked for this process, 0
// where the system does not tell.
func processorSeconds() float64 {
	const ticks = 100 // a second, on Linux
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data[strings.LastIndex(string(data), ")")+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticks
}

// watchProcess samples the process's memory in MB until the answer is asked for.
func watchProcess() func() float64 {
	done, answer := make(chan bool), make(chan float64)
	go func() {
		peak := 0.0
		for {
			peak = max(peak, residentMB())
			select {
			case <-done:
				answer <- peak
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(done); return <-answer }
}

// residentMB is the memory that the process holds, or the heap where the
// system does not tell.
func residentMB() float64 {
	if data, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(data)); len(fields) > 1 {
			if pages, err := strconv.Atoi(fields[1]); err == nil {
				return float64(pages*os.Getpagesize()) / (1 << 20)
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapInuse) / (1 << 20)
}
