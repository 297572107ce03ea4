package bound

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Guard calls f and turns a panic into an error that names where it arose, so
// that it stops one file and can be reported.
func Guard(f func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case stop:
			err = p.err
		default:
			err = Fail(Panic, fmt.Sprintf("读取时程序出错（%s），未收录；请把这一行和这个文件告诉开发者", origin()))
		}
	}()
	return f()
}

// origin is the line of this program that the panic being recovered came from.
func origin() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "youju/") {
			return fmt.Sprintf("%s/%s:%d", path.Base(path.Dir(f.File)), path.Base(f.File), f.Line)
		}
		if !more {
			return "?"
		}
	}
}

// Guard calls f for a stretch of work within the budget. What fails when the
// time is over has failed by that.
func (b *Budget) Guard(ctx context.Context, f func(*Work) error) error {
	work, done := b.Begin(ctx)
	defer done()
	err := Guard(func() error { return f(work) })
	if stop := work.Err(); stop != nil && CodeOf(err) != Panic {
		return stop
	}
	return err
}
