package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"youju/indexer"
)

// unfinished keeps what a run reads, beside the index, until that is made: a run
// after one that was interrupted or killed reads only the rest. The file has a
// line that names the program, as another one may read otherwise, and a line for
// each file read: a sum, the key, and what was made of it as JSON. A line that
// is not whole counts for nothing. Two runs at a time add to the same file.
type unfinished struct {
	file *os.File
	size int64
	// places tells where in the file the JSON for a key is.
	places map[string]place
}

type place struct {
	at   int64
	size int
	sum  uint32
}

const (
	unfinishedFile = "unfinished"
	// maxUnfinished bounds the file in bytes; what does not fit is read again.
	maxUnfinished = 2 << 30
)

// openUnfinished opens what was left, or begins anew. Where nothing can be
// kept it is nil: a run does without.
func openUnfinished(dir, program string, anew bool) *unfinished {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil
	}
	path := filepath.Join(dir, unfinishedFile)
	if anew {
		os.Remove(path)
	}
	for range 2 {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
		if err != nil {
			return nil
		}
		if u := (&unfinished{file: file, places: map[string]place{}}); u.begin(program) {
			return u
		}
		file.Close()
		os.Remove(path)
	}
	return nil
}

// begin reads where things are; false says that another program wrote them.
func (u *unfinished) begin(program string) bool {
	lines := bufio.NewReaderSize(u.file, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		at := u.size
		u.size += int64(len(line))
		if at == 0 && len(line) > 0 && string(line) != program+"\n" {
			return false
		}
		if err == io.EOF && len(line) == 0 && at > 0 {
			return true
		}
		if err != nil {
			// The file is new, or its last line was cut off and has to end.
			return err == io.EOF && u.write([]byte(program+"\n"))
		}
		u.note(at, line)
	}
}

// note remembers where a line is, if it is whole.
func (u *unfinished) note(at int64, line []byte) {
	var sum uint32
	var key string
	head, data, ok := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte("\t"))
	if !ok {
		return
	}
	if n, err := fmt.Sscanf(string(head), "%08x %s", &sum, &key); n != 2 || err != nil || crc32.ChecksumIEEE(data) != sum {
		return
	}
	u.places[key] = place{at + int64(len(head)) + 1, len(data), sum}
}

// Take gives what was read of a file.
func (u *unfinished) Take(key string) (read indexer.Earlier, ok bool) {
	p, ok := u.places[key]
	if !ok {
		return read, false
	}
	data := make([]byte, p.size)
	if _, err := u.file.ReadAt(data, p.at); err != nil || crc32.ChecksumIEEE(data) != p.sum {
		return read, false
	}
	return read, json.Unmarshal(data, &read) == nil
}

// Keep adds what was read of a file. On a full disk it gives up.
func (u *unfinished) Keep(key string, read indexer.Earlier) {
	if u.size > maxUnfinished {
		return
	}
	data, err := json.Marshal(read)
	if err != nil {
		return
	}
	line := fmt.Appendf(nil, "%08x %s\t", crc32.ChecksumIEEE(data), key)
	if !u.write(append(append(line, data...), '\n')) {
		u.size = maxUnfinished + 1
	}
}

func (u *unfinished) write(line []byte) bool {
	n, err := u.file.Write(line)
	u.size += int64(n)
	return err == nil
}

// close ends keeping; what was kept goes when an index has been made of it.
func (u *unfinished) close(made bool) {
	u.file.Close()
	if made {
		os.Remove(u.file.Name())
	}
}
