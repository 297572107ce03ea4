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
)

// memoryPages bounds the memory of one open file, in pages of 64 KB: 512 MB.
const memoryPages = 8192

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
		config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true)
		if c := openCache(cache); c != nil {
			config = config.WithCompilationCache(c)
		}
		engine, engineErr = webassembly.Init(webassembly.Config{
			MinIdle: 0, MaxIdle: 1, MaxTotal: max(1, min(4, runtime.NumCPU())),
			// No files: the default would show the engine the whole disk.
			FSConfig: wazero.NewFSConfig(),
			Stdout:   io.Discard, Stderr: io.Discard,
			RuntimeConfig: config,
		})
	})
	return engine, engineErr
}

// openCache opens the folder of compiled code; without one the engine is
// compiled anew.
func openCache(dir string) wazero.CompilationCache {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(base, "youju")
	}
	c, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "wasm"))
	if err != nil {
		return nil
	}
	return c
}
