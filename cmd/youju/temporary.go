package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"youju/claim"
)

// ownTemp makes a folder for the temporary files of this run, and of the
// programs that it starts, below one that holds those of all runs of the user:
// what runs that were killed have left there goes, what belongs to a living one
// stays. Where there can be no such folder, the system's is used as it is.
func ownTemp() (remove func()) {
	all := filepath.Join(os.TempDir(), fmt.Sprint("youju-", os.Getuid()))
	if claim.Private(all) != nil {
		return func() {}
	}
	name := fmt.Sprintf("%s-%d", time.Now().UTC().Format("20060102T150405.000"), os.Getpid())
	own, err := claim.Make(all, name, nil)
	if err != nil {
		return func() {}
	}
	for _, variable := range tempVariables() {
		os.Setenv(variable, own.Path)
	}
	return func() { own.Remove() }
}

// tempVariables tell programs where temporary files go.
func tempVariables() []string {
	if runtime.GOOS == "windows" {
		return []string{"TMP", "TEMP"}
	}
	return []string{"TMPDIR"}
}
