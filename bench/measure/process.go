// Package measure builds the engines' indexes, starts the engines as processes
// of their own, asks them all the same questions in turn, and adds up what the
// answering processes spent.
package measure

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Process is an engine that is running.
type Process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// start runs a command whose messages go to the log file.
func start(ctx context.Context, log string, command ...string) (*Process, error) {
	errors, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer errors.Close()
	p := &Process{cmd: exec.CommandContext(ctx, command[0], command[1:]...)}
	p.cmd.Stderr = errors
	// Youju keeps no answers: every question is worked out.
	p.cmd.Env = append(os.Environ(), "YJ_CACHE=0")
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReaderSize(out, 1<<16)
	return p, p.cmd.Start()
}

// stop ends the process and waits for it. One that was asked to stop by the
// end of its input or by a signal gets a few seconds.
func (p *Process) stop() {
	p.in.Close()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	kill := time.AfterFunc(5*time.Second, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	_, _ = io.Copy(io.Discard, p.out)
	_ = p.cmd.Wait()
}

// CPU is the time all threads of the process have run so far, ended ones
// included, to the nanosecond.
func (p *Process) CPU() time.Duration {
	// The kernel's name for the CPU clock of another process.
	clock := int32(^p.cmd.Process.Pid<<3 | 2)
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// memory is what of the process is resident, in bytes: all of it, and the part
// that is no file's.
func (p *Process) memory() (all, anonymous int64) {
	return p.status("VmRSS"), p.status("RssAnon")
}

// status reads a size in bytes from what the kernel says about the process, 0
// where it has ended.
func (p *Process) status(name string) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			var kb int64
			fmt.Sscan(value, &kb)
			return kb << 10
		}
	}
	return 0
}

// alive tells a process that has not ended: an ended one has no memory.
func (p *Process) alive() bool {
	all, _ := p.memory()
	return all > 0
}

// Cost is what building an index took.
type Cost struct {
	// CPU and Wall in seconds, Peak and Disk in bytes.
	CPU, Wall  float64
	Peak, Disk int64
	// Before is the CPU time before the segments were merged into one, where
	// the engine tells.
	Before float64 `json:",omitempty"`
	// Load is the mean number of running processes meanwhile: what else the
	// machine was doing.
	Load float64
}

// wait waits for a build to end and says what it took.
func (p *Process) wait(begun time.Time, dir string) (c Cost, err error) {
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for running := true; running; {
		select {
		case err = <-ended:
			running = false
		case <-tick.C:
			// The kernel's own account of the peak begins with ours, whose child it was.
			c.Peak = max(c.Peak, p.status("VmHWM"))
		}
	}
	if err != nil {
		return c, err
	}
	c.CPU = (p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()).Seconds()
	c.Wall = time.Since(begun).Seconds()
	c.Load = loadAverage()
	c.Disk, err = diskUsage(dir)
	return c, err
}

// diskUsage adds up the blocks of the files below a folder.
func diskUsage(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		total += info.Sys().(*syscall.Stat_t).Blocks * 512
		return nil
	})
	return total, err
}

// loadAverage is the machine's load over the last minute.
func loadAverage() (load float64) {
	data, _ := os.ReadFile("/proc/loadavg")
	fmt.Sscan(string(data), &load)
	return load
}
