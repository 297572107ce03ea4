package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watchQuiet is how long nothing must change before the index is built anew:
// programs write a file in several steps.
const watchQuiet = 800 * time.Millisecond

// watch builds the index, and again whenever something below the paths has
// changed, until the context ends. A run that fails leaves the index as it was.
func (run indexRun) watch(ctx context.Context, quiet time.Duration) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return failed("无法监视文件夹：%v", err)
	}
	defer watcher.Close()
	for {
		if err := run.watchFolders(watcher); err != nil {
			return failed("无法监视文件夹：%v", watchError(err))
		}
		if err := run.once(ctx); err != nil {
			var e *exitError
			if ctx.Err() != nil {
				break
			}
			if errors.As(err, &e) && e.code == exitUsage {
				return err
			}
			fmt.Fprintln(run.stderr, "youju:", err)
		}
		fmt.Fprintf(run.stderr, "正在监视 %s，按 Ctrl-C 停止\n", strings.Join(run.paths, "、"))
		if !run.change(ctx, watcher, quiet) {
			break
		}
	}
	fmt.Fprintln(run.stderr, "已停止监视")
	return nil
}

// change waits for a change and then for quiet; false says that the context ended.
func (run indexRun) change(ctx context.Context, watcher *fsnotify.Watcher, quiet time.Duration) bool {
	var settled <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return false
		case e, ok := <-watcher.Events:
			if !ok {
				return false
			}
			if run.concerns(e) {
				settled = time.After(quiet)
			}
		case _, ok := <-watcher.Errors:
			if !ok {
				return false
			}
			// Events were lost: look at everything again.
			settled = time.After(quiet)
		case <-settled:
			return true
		}
	}
}

// concerns says that an event may change what is indexed: not a hidden or
// temporary file, not the index itself, not a mere change of rights.
func (run indexRun) concerns(e fsnotify.Event) bool {
	name := filepath.Base(e.Name)
	if e.Op == fsnotify.Chmod || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, ".tmp") {
		return false
	}
	return !within(absolute(e.Name), run.dir)
}

// watchFolders adds every folder below the paths; those it knows stay as they are.
func (run indexRun) watchFolders(watcher *fsnotify.Watcher) error {
	for _, p := range run.paths {
		info, err := os.Stat(p)
		if err != nil {
			continue
		}
		if !info.IsDir() {
			if err := watcher.Add(filepath.Dir(p)); err != nil {
				return err
			}
			continue
		}
		err = filepath.WalkDir(p, func(name string, e fs.DirEntry, err error) error {
			if err != nil || !e.IsDir() {
				return nil
			}
			if name != p && strings.HasPrefix(e.Name(), ".") || within(absolute(name), run.dir) {
				return fs.SkipDir
			}
			return watcher.Add(name)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func watchError(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return errors.New("文件夹太多，超过系统允许的监视数（Linux 上可调大 fs.inotify.max_user_watches）")
	}
	return err
}
