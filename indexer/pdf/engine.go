package pdf

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"youju/claim"
)

// memoryPages bounds the memory of one open file, in pages of 64 KB: 128 MB. While
// it grows, up to three times as much is in use, as it is copied. What a page
// needs counts, not the size of a file; see [stretchBytes].
const memoryPages = 2048

var (
	engineOnce sync.Once
	engine     pdfium.Pool
	engineErr  error
)

// start compiles the engine when the first PDF is read, once a process. The
// compiled form is kept in the cache folder: the next start takes 0.1 s
// instead of three.
func start(cache string) (pdfium.Pool, error) {
	engineOnce.Do(func() {
		compiled := openCache(cache)
		if compiled == nil {
			engine, engineErr = compile(nil)
			return
		}
		// One process compiles, and the others take what it made.
		if err := claim.Guard(compiled.dir, func() error {
			compiled.sweep()
			engine, engineErr = compile(compiled)
			return nil
		}); err != nil { // a folder to read from only, say
			engine, engineErr = compile(compiled)
		}
	})
	return engine, engineErr
}

func compile(compiled *compiledCode) (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true)
	if compiled != nil {
		config = config.WithCompilationCache(compiled.cache)
	}
	return webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: max(1, min(4, runtime.NumCPU())),
		// No files: the default would show the engine the whole disk.
		FSConfig: wazero.NewFSConfig(),
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: config,
	})
}

// compiledCode is the folder of compiled code.
type compiledCode struct {
	dir   string
	cache wazero.CompilationCache
}

// sweep removes what processes left that were killed while they wrote.
func (c *compiledCode) sweep() {
	left, _ := filepath.Glob(filepath.Join(c.dir, "*", "*.tmp"))
	for _, name := range left {
		os.Remove(name)
	}
}

// openCache opens the folder of compiled code; without one the engine is
// compiled anew.
func openCache(dir string) *compiledCode {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(base, "youju")
	}
	dir = filepath.Join(dir, "wasm")
	c, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return &compiledCode{dir, c}
}
