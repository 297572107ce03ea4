package measure

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// maxClients is how many questions a server is ready to answer at a time.
const maxClients = 64

// A Bench is where everything lies.
type Bench struct {
	// Dir holds a folder for each size; Self is this program, Youju the
	// product's, Classes the folder of the compiled Lucene harness.
	Dir, Self, Youju, Classes string
	Size                      int
}

func (b *Bench) folder() string            { return filepath.Join(b.Dir, fmt.Sprint(b.Size)) }
func (b *Bench) tsv() string               { return filepath.Join(b.Dir, fmt.Sprintf("passages-%d.tsv", b.Size)) }
func (b *Bench) index(name string) string  { return filepath.Join(b.folder(), name) }
func (b *Bench) log(name string) string    { return filepath.Join(b.folder(), name+".log") }
func (b *Bench) result(name string) string { return filepath.Join(b.folder(), name+".json") }

// A contender is an engine as it is measured.
type contender struct {
	name string
	// index names the index it answers from; several may share one.
	index string
	build func(context.Context, *Bench, string) (Cost, error)
	serve func(context.Context, *Bench, *contender) (*server, error)
	// warm is how often the questions for warming up are asked.
	warm int
	// largest is the size up to which it is measured, 0 for any.
	largest int
	// unlike marks answers that are not meant to be the peers'.
	unlike bool
	// needs are the programs without which it cannot be measured.
	needs []string
}

// server is a running contender.
type server struct {
	*Process
	client client
	// open is the time from the start to the first question it takes.
	open time.Duration
}

// contenders lists what is measured, Youju first.
func contenders() []*contender {
	return []*contender{
		{name: "youju", index: "youju", build: buildOurs, serve: serveHTTP(false), warm: 1},
		{name: "youju-typed", index: "youju", build: buildOurs, serve: serveHTTP(true), warm: 1, unlike: true},
		{name: "youju-inprocess", index: "youju", build: buildOurs, serve: serveSelf, warm: 1},
		{name: "bleve", index: "bleve", build: buildOurs, serve: serveSelf, warm: 1},
		// A virtual machine compiles as it goes, for thousands of questions.
		{name: "lucene", index: "lucene", build: buildLucene("plain"), serve: serveLucene, warm: 20, needs: []string{"java", "javac"}},
		{name: "lucene-offsets", index: "lucene-offsets", build: buildLucene("offsets"), serve: serveLucene, warm: 20, largest: 200_000, needs: []string{"java", "javac"}},
		{name: "groonga", index: "groonga", build: func(ctx context.Context, b *Bench, dir string) (Cost, error) {
			return buildGroonga(ctx, b.tsv(), dir, b.log("groonga"))
		}, serve: serveGroonga, warm: 1, needs: []string{"groonga"}},
		{name: "sqlite-bigram", index: "sqlite-bigram", build: buildOurs, serve: serveSelf, warm: 1, largest: 200_000},
		{name: "sqlite-trigram", index: "sqlite-trigram", build: buildOurs, serve: serveSelf, warm: 1, largest: 200_000},
	}
}

// missing says what keeps a contender from being measured, or "".
func (c *contender) missing(b *Bench) string {
	if c.largest > 0 && b.Size > c.largest {
		return fmt.Sprintf("not measured beyond %d passages", c.largest)
	}
	for _, n := range c.needs {
		if _, err := exec.LookPath(n); err != nil {
			return n + " is not installed"
		}
	}
	return ""
}

// buildOurs builds with an engine of package engine, in a process of its own.
func buildOurs(ctx context.Context, b *Bench, dir string) (Cost, error) {
	begun := time.Now()
	name := filepath.Base(dir)
	p, err := start(ctx, b.log(name), b.Self, "build", name, b.tsv(), dir)
	if err != nil {
		return Cost{}, err
	}
	return p.wait(begun, dir)
}

func serveSelf(ctx context.Context, b *Bench, c *contender) (*server, error) {
	return servePipe(ctx, b.log(c.name), b.Self, "serve", c.index, b.index(c.index), fmt.Sprint(maxClients))
}

func servePipe(ctx context.Context, log string, command ...string) (*server, error) {
	begun := time.Now()
	p, err := start(ctx, log, command...)
	if err != nil {
		return nil, err
	}
	c, err := newPipeClient(p)
	return &server{p, c, time.Since(begun)}, err
}

// serveHTTP starts the product itself.
func serveHTTP(typed bool) func(context.Context, *Bench, *contender) (*server, error) {
	return func(ctx context.Context, b *Bench, c *contender) (*server, error) {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		address := fmt.Sprintf("127.0.0.1:%d", port)
		begun := time.Now()
		p, err := start(ctx, b.log(c.name), b.Youju, "serve", "--data", b.index(c.index), "--addr", address, "--cache", "0")
		if err != nil {
			return nil, err
		}
		client, err := newYoujuClient(p, "http://"+address, typed)
		return &server{p, client, time.Since(begun)}, err
	}
}

func serveGroonga(ctx context.Context, b *Bench, c *contender) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	p, err := start(ctx, b.log(c.name), "groonga", "--protocol", "http", "--bind-address", "127.0.0.1", "-p", fmt.Sprint(port),
		"--log-path", b.log(c.name), "--cache-limit", "0", "-s", filepath.Join(b.index(c.index), "db"))
	if err != nil {
		return nil, err
	}
	client, err := newGroongaClient(p, fmt.Sprintf("http://127.0.0.1:%d", port))
	return &server{p, client, time.Since(begun)}, err
}

// freePort finds a port on loopback that nobody listens at.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// The most the virtual machine may take for objects; indexes are mapped beside
// it. For answering, the plain collector takes the least CPU time of those tried.
var (
	buildHeap = []string{"-Xmx1g"}
	serveHeap = []string{"-Xmx512m", "-XX:+UseSerialGC"}
)

func (b *Bench) java(heap []string, args ...string) []string {
	command := append([]string{"java"}, heap...)
	command = append(command, "-cp", strings.Join(append(luceneJars(), b.Classes), ":"), "Lucene")
	return append(command, args...)
}

// luceneJars finds the archives where Debian's package puts them.
func luceneJars() (jars []string) {
	for _, part := range []string{"core", "analyzers-common", "facet", "highlighter", "memory", "queries"} {
		found, _ := filepath.Glob("/usr/share/java/lucene-" + part + "-*.jar")
		jars = append(jars, found...)
	}
	return jars
}

// CompileLucene compiles the harness; an error says what is missing.
func CompileLucene(source, classes string) error {
	if len(luceneJars()) == 0 {
		return errors.New("liblucene8-java is not installed")
	}
	if err := os.MkdirAll(classes, 0o755); err != nil {
		return err
	}
	out, err := exec.Command("javac", "-nowarn", "-cp", strings.Join(luceneJars(), ":"), "-d", classes, source).CombinedOutput()
	if err != nil {
		return fmt.Errorf("javac: %w\n%s", err, out)
	}
	return nil
}

func buildLucene(offsets string) func(context.Context, *Bench, string) (Cost, error) {
	return func(ctx context.Context, b *Bench, dir string) (Cost, error) {
		begun := time.Now()
		p, err := start(ctx, b.log(filepath.Base(dir)), b.java(buildHeap, "build", b.tsv(), dir, fmt.Sprint(runtime.NumCPU()), offsets)...)
		if err != nil {
			return Cost{}, err
		}
		// It says when everything is indexed, before it merges.
		_, _ = p.out.ReadString('\n')
		before := p.CPU()
		c, err := p.wait(begun, dir)
		c.Before = before.Seconds()
		return c, err
	}
}

func serveLucene(ctx context.Context, b *Bench, c *contender) (*server, error) {
	return servePipe(ctx, b.log(c.name), b.java(serveHeap, "serve", b.index(c.index), fmt.Sprint(maxClients))...)
}
