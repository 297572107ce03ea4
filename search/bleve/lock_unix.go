//go:build unix

package bleve

import (
	"os"
	"path/filepath"
	"syscall"
)

// lockFile marks a directory that is being built. The lock goes with the
// process, so what a killed build leaves behind can be told and swept.
const lockFile = "LOCK"

func lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// abandoned reports whether nobody builds in the directory any more.
func abandoned(dir string) bool {
	f, err := lock(dir)
	if err != nil {
		return false
	}
	f.Close()
	return true
}
