package main

import (
	"container/list"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"
)

// memberCache keeps files that were taken out of archives, under the hash of
// their content, so that a file which is asked for in pieces or by many is
// taken out once. It is empty when the server starts, holds a number of bytes
// at most, and looks at nothing outside its folder: no symbolic link is followed.
type memberCache struct {
	root *os.Root
	// limit is how many bytes the files take at most, together with those that
	// are being written.
	limit int64

	mu    sync.Mutex
	used  int64
	files map[string]*list.Element
	// recent holds what was asked for, the latest first.
	recent  *list.List
	flights map[string]*flight
	flying  sync.WaitGroup
}

// keptMember is a file of the cache.
type keptMember struct {
	sum  string
	size int64
}

// flight is a file that is being taken out, for all who wait for it.
type flight struct {
	done    chan struct{}
	err     error
	waiting int
	cancel  context.CancelFunc
}

const (
	originalsFolder = "originals"
	maxOriginals    = 1 << 30
	// takeOutTimeout bounds the work for one file.
	takeOutTimeout = 30 * time.Second
)

var (
	errCacheFull    = errors.New("no room for another original at the moment")
	errOtherContent = errors.New("the content is another one")
	// ourFile knows what this cache writes: nothing else is ever removed.
	ourFile = regexp.MustCompile(`^([0-9a-f]{64}|taking-[0-9A-Z]+)$`)
)

// openMemberCache makes its folder in dir if there is none, and empties it.
func openMemberCache(dir string, limit int64) (*memberCache, error) {
	path := filepath.Join(dir, originalsFolder)
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	if info, err := os.Lstat(path); err != nil || !info.IsDir() {
		return nil, errors.Join(err, fmt.Errorf("%s is no folder", path))
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	c := &memberCache{root: root, limit: limit, files: map[string]*list.Element{}, recent: list.New(), flights: map[string]*flight{}}
	if err := c.empty(); err != nil {
		root.Close()
		return nil, err
	}
	return c, nil
}

// empty removes what an earlier server left: nobody vouches for its content.
func (c *memberCache) empty() error {
	folder, err := c.root.Open(".")
	if err != nil {
		return err
	}
	defer folder.Close()
	names, err := folder.Readdirnames(-1)
	for _, name := range names {
		if ourFile.MatchString(name) {
			err = errors.Join(err, c.root.Remove(name))
		}
	}
	// Whether one may write shows now, and not when somebody asks.
	probe, probeErr := c.create()
	if probeErr == nil {
		probe.Close()
		probeErr = c.root.Remove(filepath.Base(probe.Name()))
	}
	return errors.Join(err, probeErr)
}

func (c *memberCache) close() error {
	return errors.Join(c.empty(), c.root.Close())
}

// open gives the file with a hash and a size. If it is not there, take must
// give its content: to f, or several that may be it, until f returns nil. Who
// asks at the same time waits for the same file.
func (c *memberCache) open(ctx context.Context, sum string, size int64, take func(ctx context.Context, f func(io.Reader) error) error) (*os.File, error) {
	for {
		file, fl := c.look(sum, size, take)
		if file != nil {
			return file, nil
		}
		select {
		case <-fl.done:
			c.give(fl)
			if fl.err != nil {
				return nil, fl.err
			}
		case <-ctx.Done():
			c.give(fl)
			return nil, ctx.Err()
		}
	}
}

// look gives the file, or the flight that brings it.
func (c *memberCache) look(sum string, size int64, take func(context.Context, func(io.Reader) error) error) (*os.File, *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.files[sum]; ok {
		if file := c.opened(sum, size); file != nil {
			c.recent.MoveToFront(e)
			return file, nil
		}
		c.forget(e) // somebody else removed or changed it
	}
	fl := c.flights[sum]
	if fl == nil {
		ctx, cancel := context.WithTimeout(context.Background(), takeOutTimeout)
		fl = &flight{done: make(chan struct{}), cancel: cancel}
		c.flights[sum] = fl
		c.flying.Go(func() {
			fl.err = c.fetch(ctx, sum, size, take)
			cancel()
			c.mu.Lock()
			if c.flights[sum] == fl {
				delete(c.flights, sum)
			}
			c.mu.Unlock()
			close(fl.done)
		})
	}
	fl.waiting++
	return nil, fl
}

// give ends one's waiting; a flight that nobody waits for ends, and is no
// longer found by others.
func (c *memberCache) give(fl *flight) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if fl.waiting--; fl.waiting > 0 {
		return
	}
	fl.cancel()
	for sum, other := range c.flights {
		if other == fl {
			delete(c.flights, sum)
		}
	}
}

// opened opens a file of the cache, if it is as it was written.
func (c *memberCache) opened(sum string, size int64) *os.File {
	named, err := c.root.Lstat(sum)
	if err != nil || !named.Mode().IsRegular() || named.Size() != size {
		return nil
	}
	file, err := c.root.Open(sum)
	if err != nil {
		return nil
	}
	if info, err := file.Stat(); err != nil || !os.SameFile(named, info) {
		file.Close()
		return nil
	}
	return file
}

// fetch brings a file into the cache.
func (c *memberCache) fetch(ctx context.Context, sum string, size int64, take func(context.Context, func(io.Reader) error) error) (err error) {
	if err := c.reserve(size); err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept {
			c.mu.Lock()
			c.used -= size
			c.mu.Unlock()
		}
	}()
	file, err := c.create()
	if err != nil {
		return err
	}
	name := filepath.Base(file.Name())
	defer c.root.Remove(name) // is gone where it was renamed
	err = take(ctx, func(r io.Reader) error { return fill(file, r, sum, size) })
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.root.Rename(name, sum); err != nil {
		return err
	}
	if e, ok := c.files[sum]; ok {
		c.forgetCount(e) // a flight that was given up has brought it, too
	}
	kept = true
	c.files[sum] = c.recent.PushFront(keptMember{sum, size})
	return nil
}

// fill writes what has the hash and the size into file, and nothing else.
func fill(file *os.File, r io.Reader, sum string, size int64) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := file.Truncate(0); err != nil {
		return err
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(file, hash), io.LimitReader(r, size+1))
	if err == nil && (n != size || hex.EncodeToString(hash.Sum(nil)) != sum) {
		err = errOtherContent
	}
	return err
}

func (c *memberCache) create() (*os.File, error) {
	return c.root.OpenFile("taking-"+rand.Text(), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// reserve makes room, by forgetting what was not asked for the longest.
func (c *memberCache) reserve(size int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.used+size > c.limit && c.recent.Len() > 0 {
		c.forget(c.recent.Back())
	}
	if c.used+size > c.limit {
		return errCacheFull
	}
	c.used += size
	return nil
}

func (c *memberCache) forget(e *list.Element) {
	c.forgetCount(e)
	c.root.Remove(e.Value.(keptMember).sum) // who has it open reads on
}

func (c *memberCache) forgetCount(e *list.Element) {
	m := c.recent.Remove(e).(keptMember)
	delete(c.files, m.sum)
	c.used -= m.size
}
