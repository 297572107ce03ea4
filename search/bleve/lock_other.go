//go:build !unix

package bleve

import (
	"os"
	"path/filepath"
	"time"
)

// lockFile marks a directory that is being built.
const lockFile = "LOCK"

// lock leaves the file closed: a directory with open files cannot be renamed here.
func lock(dir string) (*os.File, error) {
	return nil, os.WriteFile(filepath.Join(dir, lockFile), nil, 0o600)
}

// abandoned reports whether nobody builds in the directory any more. Without
// file locks only age tells.
func abandoned(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, lockFile))
	return err != nil || time.Since(info.ModTime()) > 24*time.Hour
}
