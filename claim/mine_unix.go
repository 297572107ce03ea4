//go:build unix

package claim

import (
	"io/fs"
	"os"
	"syscall"
)

// mine says that a folder is this user's and that nobody else may change it.
func mine(info fs.FileInfo) bool {
	sys, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(sys.Uid) == os.Geteuid() && info.Mode().Perm()&0o022 == 0
}
