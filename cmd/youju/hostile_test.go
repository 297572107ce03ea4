package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"youju/indexer"
	"youju/indexer/bound"
)

// goodReport is a report of a year and a city.
func goodReport(place string, year int) string {
	return fmt.Sprintf(`%d年%s政府工作报告

各位代表：

现在，我代表%s人民政府，向大会报告工作。

一、%d年工作回顾

（一）经济运行稳中有进。%s全年地区生产总值增长%d.%d%%，新增就业%d万人，改造老旧小区%d个。

（二）民生福祉不断改善。%s新建学校%d所，养老床位增加%d张。

二、%d年工作安排

（一）办好教育。%s计划新建幼儿园%d所，安排资金%d亿元。
`, year, place, place, year-1, place, year%7, year%10, year%9+2, year%50+20, place, year%11+3, year%90+100, year, place, year%13+2, year%6+1)
}

func paragraphs(text, before, after string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(text, "\n") {
		if p != "" {
			b.WriteString(before + p + after)
		}
	}
	return b.String()
}

// goodFiles are 14 files that must be read, whatever stands beside them.
func goodFiles() map[string]string {
	report := func(i int) string {
		return goodReport([]string{"聊城市", "济南市", "青岛市", "泰安市", "德州市", "滨州市", "菏泽市"}[i%7], 2015+i)
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(report(1))
	if err != nil {
		panic(err)
	}
	return map[string]string{
		"good-00.txt": report(0), "good-01.txt": gb, "good-02.txt": "\xff\xfe" + utf16le(report(2)), "good-03.md": "# " + report(3),
		"good-04.html": "<html><body>" + paragraphs(report(4), "<p>", "</p>"),
		"good-05.docx": word(paragraphs(report(5), "<w:p><w:r><w:t>", "</w:t></w:r></w:p>")),
		"good-06.odt":  odt(paragraphs(report(6), "<text:p>", "</text:p>")),
		"good-07.eml":  mail("--b\r\nContent-Type: text/plain\r\n\r\n" + report(7) + "\r\n--b--"),
		"good-08.zip":  pack(entry{"a.txt", report(8)}),
		"good-09.txt":  "\xef\xbb\xbf" + strings.ReplaceAll(report(9), "\n", "\r\n"),
		"good-10.htm":  "<!DOCTYPE html><html><body><article>" + paragraphs(report(10), "<p>", "</p>") + "</article>",
		"good-11.docx": word(paragraphs(report(11), "<w:p><w:r><w:t>", "</w:t></w:r></w:p>")),
		"good-12.zip":  pack(entry{"里.zip", pack(entry{"a.docx", word(paragraphs(report(12), "<w:p><w:r><w:t>", "</w:t></w:r></w:p>"))})}),
		"good-13":      report(13),
	}
}

// TestHostileFolder indexes files that mean harm beside good ones: each has its
// line with a code or is read, every good one is in the index, and there is one.
// YOUJU_HOSTILE=100 makes them as large as make hostile does.
func TestHostileFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds of a processor")
	}
	size := 1
	if n, err := strconv.Atoi(os.Getenv("YOUJU_HOSTILE")); err == nil {
		size = n
	}
	bad, good := hostileFiles(size), goodFiles()
	if len(bad) != 72 || len(good) != 14 {
		t.Errorf("%d hostile and %d good files", len(bad), len(good))
	}
	dir := t.TempDir()
	for name, f := range bad {
		save(t, dir, name, f.data)
	}
	for name, data := range good {
		save(t, dir, name, data)
	}
	names, codes := slices.Sorted(maps.Keys(bad)), map[string]string{}
	for name, f := range bad {
		codes[name] = f.code
	}
	bad, good = nil, nil
	limitMemory() // as the command does
	runtime.GC()
	peak := watchMemory()
	start, busy := time.Now(), processorSeconds()
	var out bytes.Buffer
	run := indexRun{stdout: &out, stderr: io.Discard, dir: filepath.Join(t.TempDir(), "index"), paths: []string{dir}, json: true, reader: new(indexer.Reader)}
	err := run.once(t.Context())
	var partial *exitError
	if !errors.As(err, &partial) || partial.code != exitPartial {
		t.Fatalf("the run: %v", err)
	}
	t.Logf("%d files in %v, %.0f s of a processor, at most %.0f MB", len(names)+14, time.Since(start).Round(time.Millisecond), processorSeconds()-busy, peak())
	checkHostile(t, out.Bytes(), dir, names, codes)
}

func save(t *testing.T, dir, name, data string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkHostile looks for every file in a run's summary.
func checkHostile(t *testing.T, out []byte, dir string, names []string, codes map[string]string) {
	t.Helper()
	var summary summaryJSON
	if err := json.Unmarshal(out, &summary); err != nil {
		t.Fatal(err)
	}
	told, documents := map[string][]string{}, map[string]int{}
	for _, f := range summary.Files {
		name, _, _ := strings.Cut(strings.TrimPrefix(f.Path, dir+string(filepath.Separator)), string(filepath.Separator))
		if f.Error != nil {
			told[name] = append(told[name], f.Code)
		}
		documents[name] += len(f.Documents) + len(f.Copies)
	}
	for _, name := range names {
		if slices.Contains(told[name], string(bound.Timeout)) {
			t.Logf("%s: its time was over", name)
		}
		switch {
		case codes[name] != "" && !slices.Contains(told[name], codes[name]):
			t.Errorf("%s: told %v, want %s", name, head(told[name]), codes[name])
		case slices.Contains(told[name], "panic") || slices.Contains(told[name], ""):
			t.Errorf("%s: told %v", name, head(told[name]))
		case len(told[name]) == 0 && documents[name] == 0:
			t.Errorf("%s is not named", name)
		}
	}
	for name := range goodFiles() {
		if documents[name] != 1 || len(told[name]) > 0 {
			t.Errorf("%s: %d documents, told %v", name, documents[name], told[name])
		}
	}
}

func head(list []string) []string { return list[:min(len(list), 5)] }

// processorSeconds is the time that processors worked for this process, 0
// where the system does not tell.
func processorSeconds() float64 {
	const ticks = 100 // a second, on Linux
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticks
}

// watchMemory samples the process's memory in MB until the answer is asked for.
func watchMemory() func() float64 {
	done, answer := make(chan bool), make(chan float64)
	go func() {
		peak := 0.0
		for {
			if data, err := os.ReadFile("/proc/self/statm"); err == nil {
				if fields := strings.Fields(string(data)); len(fields) > 1 {
					pages, _ := strconv.Atoi(fields[1])
					peak = max(peak, float64(pages*os.Getpagesize())/(1<<20))
				}
			}
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
