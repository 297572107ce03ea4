//go:build !unix

package bleve

import (
	"os"
	"path/filepath"
	"time"
)

// lockFile marks a directory that is being built.
const lockFile = "LOCK"

func lock(dir string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
}

// abandoned reports whether nobody builds in the directory any more. Without
// file locks only age tells.
func abandoned(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, lockFile))
	return err != nil || time.Since(info.ModTime()) > 24*time.Hour
}
