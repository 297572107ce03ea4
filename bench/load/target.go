package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
	"unicode"
)

// material is what there is to index: the sample collection, and the real
// reports where they are.
func material(root string) []string {
	paths := []string{filepath.Join(root, "seeds")}
	shared := os.Getenv("YOUJU_SHARED")
	if shared == "" {
		shared = filepath.Join(root, "..", "shared")
	}
	for _, name := range []string{"seeds", "corpus"} {
		if path := filepath.Join(shared, name); isFolder(path) {
			paths = append(paths, path)
		}
	}
	return paths
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// prepare builds the program and an index in dir.
func prepare(ctx context.Context, root, dir string, paths []string) (program string, err error) {
	program = filepath.Join(dir, "youju")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, "./cmd/youju")
	build.Dir = root
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building youju: %w\n%s", err, out)
	}
	index := exec.CommandContext(ctx, program, append([]string{"index", "--data", filepath.Join(dir, "data")}, paths...)...)
	out, err := index.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 3 {
		err = nil // some files could not be read
	}
	if err != nil {
		return "", fmt.Errorf("indexing: %w\n%s", err, out)
	}
	return program, nil
}

var printedAddress = regexp.MustCompile(`http://([0-9.]+:[0-9]+)/`)

// serve starts the program, without the limit per client: all clients are this one.
func serve(ctx context.Context, program, dir string, flags []string) (addr string, stop func() error, err error) {
	args := append([]string{"serve", "--data", filepath.Join(dir, "data"), "--addr", "127.0.0.1:0", "--rate-limit", "0"}, flags...)
	cmd := exec.CommandContext(ctx, program, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() error {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return err
		}
		return cmd.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	found := printedAddress.FindStringSubmatch(line)
	if err != nil || found == nil {
		return "", nil, errors.Join(fmt.Errorf("the server said %q", line), err, stop())
	}
	go io.Copy(io.Discard, out)
	return found[1], stop, nil
}

// readers draw what readers ask: words from the texts, and the pages they find.
type readers struct {
	text  []rune
	items []string
	// page is the largest page of the collection that was seen.
	page string
}

func newReaders(addr string, paths []string) (*readers, error) {
	d := &readers{}
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if ext := filepath.Ext(path); err != nil || e.IsDir() || ext != ".md" && ext != ".txt" || len(d.text) > 2<<20 {
				return err
			}
			b, err := os.ReadFile(path)
			d.text = append(d.text, []rune(string(b))...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(d.text) == 0 {
		return nil, errors.New("no text to draw words from")
	}
	most := 0
	client := &http.Client{Timeout: 10 * time.Second}
	for range 40 {
		var answer struct {
			Hits []struct {
				URL      string
				Document struct{ URL, ID string }
			}
		}
		b, err := fetch(client, "http://"+addr+"/api/v1/search?q="+url.QueryEscape(d.word()))
		if err == nil {
			err = json.Unmarshal(b, &answer)
		}
		if err != nil {
			return nil, fmt.Errorf("asking for items: %w", err)
		}
		for _, h := range answer.Hits {
			if u, err := url.Parse(h.URL); err == nil {
				d.items = append(d.items, u.EscapedPath())
			}
		}
		if len(answer.Hits) > 0 {
			path := "/report/" + url.PathEscape(answer.Hits[0].Document.ID)
			if b, err := fetch(client, "http://"+addr+path); err == nil && len(b) > most {
				most, d.page = len(b), path
			}
		}
	}
	if d.page == "" {
		return nil, errors.New("no document was found")
	}
	return d, nil
}

func fetch(client *http.Client, address string) ([]byte, error) {
	res, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, errors.New(res.Status)
	}
	return io.ReadAll(res.Body)
}

// word is two to five characters that stand side by side in a text.
func (d *readers) word() string {
	for {
		n := 2 + rand.IntN(4)
		i := rand.IntN(max(1, len(d.text)-n))
		word := string(d.text[i:min(i+n, len(d.text))])
		if strings.IndexFunc(word, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0 {
			return word
		}
	}
}

// next is what a reader asks for: a search mostly, or a page that one found.
func (d *readers) next() string {
	switch n := rand.IntN(20); {
	case n < 13 || len(d.items) == 0:
		return "/search?q=" + url.QueryEscape(d.word())
	case n < 16:
		return "/api/v1/search?q=" + url.QueryEscape(d.word())
	}
	return d.items[rand.IntN(len(d.items))]
}
