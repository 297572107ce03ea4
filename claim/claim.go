// Package claim gives a running program a folder of its own, and takes away
// those of programs that were killed.
//
// A claimed folder has a lock beside it, a file of its name and ".lock", which
// the system gives back when the program ends in whatever way. Claiming and
// sweeping happen under one more lock, that of the folder they are in, so that
// no folder is seen before its claimer holds it.
package claim

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	// guardFile is the lock of a folder in which others are claimed.
	guardFile = "LOCK"
	lockEnd   = ".lock"
	// patience is how long to wait for somebody who sweeps.
	patience = 30 * time.Second
)

// ErrBusy is returned where another program keeps a folder for too long.
var ErrBusy = errors.New("另一个程序正占用这个目录")

// A Claim is a folder that belongs to this program until it is released.
type Claim struct {
	// Path is the folder.
	Path string
	lock *flock.Flock
}

// Make makes a folder in parent, whose claims it sweeps first: a folder whose
// lock nobody holds is removed, and one without a lock if left says so of its
// name; nil leaves all of these.
func Make(parent, name string, left func(name string) bool) (c *Claim, err error) {
	err = Guard(parent, func() error {
		sweep(parent, left)
		c = &Claim{Path: filepath.Join(parent, name), lock: flock.New(filepath.Join(parent, name+lockEnd))}
		if ok, err := c.lock.TryLock(); err != nil || !ok {
			return errors.Join(err, ErrBusy)
		}
		if err := os.Mkdir(c.Path, 0o755); err != nil {
			return errors.Join(err, c.Release())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Guard does something in a folder while nobody else does it there.
func Guard(folder string, do func() error) error {
	guard := flock.New(filepath.Join(folder, guardFile))
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	if _, err := guard.TryLockContext(ctx, 5*time.Millisecond); err != nil {
		if ctx.Err() != nil {
			err = ErrBusy
		}
		return fmt.Errorf("locking %s: %w", folder, err)
	}
	defer guard.Close()
	return do()
}

// Release gives the claim up. A folder that is still there is nobody's then.
func (c *Claim) Release() error {
	err := c.lock.Close()
	os.Remove(c.lock.Path())
	return err
}

// Remove removes the folder and gives the claim up.
func (c *Claim) Remove() error {
	return errors.Join(os.RemoveAll(c.Path), c.Release())
}

// sweep removes the folders in parent that nobody holds. The lock goes last: a
// sweep that is killed is gone on with.
func sweep(parent string, left func(name string) bool) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	locked := map[string]bool{}
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), lockEnd); ok && e.Type().IsRegular() {
			locked[name] = true
			removeUnheld(filepath.Join(parent, name))
		}
	}
	for _, e := range entries {
		if e.IsDir() && left != nil && left(e.Name()) && !locked[e.Name()] {
			os.RemoveAll(filepath.Join(parent, e.Name()))
		}
	}
}

func removeUnheld(path string) {
	lock := flock.New(path + lockEnd)
	if ok, err := lock.TryLock(); err != nil || !ok {
		return
	}
	defer os.Remove(path + lockEnd)
	defer lock.Close()
	os.RemoveAll(path)
}

// Private makes a folder, if it is not there, that this user alone can write to.
func Private(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() || !mine(info) {
		return fmt.Errorf("%s belongs to somebody else", path)
	}
	return nil
}
