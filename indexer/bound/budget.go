package bound

import (
	"context"
	"errors"
	"time"
)

// Budget is what a file may still cost in all: time of work and of recognition,
// bytes unpacked. What a file of an archive uses, the archive has used too, so
// that an archive cannot multiply its budget by its entries.
type Budget struct {
	time, recognition time.Duration
	bytes             int64
	archive           *Budget
}

// New is the budget of a file on its own.
func New(work, recognition time.Duration, bytes int64) *Budget {
	return &Budget{time: work, recognition: recognition, bytes: bytes}
}

// Member is the budget of a file in an archive.
func (b *Budget) Member(work, recognition time.Duration, bytes int64) *Budget {
	return &Budget{time: work, recognition: recognition, bytes: bytes, archive: b}
}

// Spent says that no time is left, Full that no more bytes may be unpacked.
func (b *Budget) Spent() bool { return b.left(workTime) <= 0 }
func (b *Budget) Full() bool  { return b.bytes <= 0 }

func workTime(b *Budget) *time.Duration        { return &b.time }
func recognitionTime(b *Budget) *time.Duration { return &b.recognition }

func (b *Budget) left(kind func(*Budget) *time.Duration) time.Duration {
	n := *kind(b)
	if b.archive != nil {
		n = min(n, b.archive.left(kind))
	}
	return n
}

// Begin begins a stretch of work, which ends when done is called.
func (b *Budget) Begin(ctx context.Context) (w *Work, done func()) {
	ctx, done = b.begin(ctx, workTime, b.time)
	return &Work{ctx, b}, done
}

// Recognise begins a recognition of no more than most.
func (b *Budget) Recognise(ctx context.Context, most time.Duration) (context.Context, func()) {
	return b.begin(ctx, recognitionTime, most)
}

func (b *Budget) begin(ctx context.Context, kind func(*Budget) *time.Duration, most time.Duration) (context.Context, func()) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, min(b.left(kind), most))
	return ctx, func() {
		cancel()
		used := time.Since(start)
		for ; b != nil; b = b.archive {
			*kind(b) -= used
		}
	}
}

// Work is a stretch of work that a reader does within a budget. Readers ask it
// at every page, paragraph and item whether they may go on: nothing else can
// stop them. A nil Work has no bounds.
type Work struct {
	ctx    context.Context
	budget *Budget
}

// Context is for what waits for something else: an engine, a program.
func (w *Work) Context() context.Context {
	if w == nil {
		return context.Background()
	}
	return w.ctx
}

// Err says that the work must end.
func (w *Work) Err() error {
	if w == nil {
		return nil
	}
	err := w.ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		return ErrTimeout
	}
	return err
}

// Check is [Work.Err] for code that gives no errors, as rules do: it stops
// what runs by a panic that [Guard] turns into the error.
func (w *Work) Check() {
	if err := w.Err(); err != nil {
		panic(stop{err})
	}
}

// stop is the panic of Check.
type stop struct{ err error }

// Spend counts bytes that were unpacked.
func (w *Work) Spend(n int64) error {
	if err := w.Err(); err != nil || w == nil || w.budget == nil {
		return err
	}
	for b := w.budget; b != nil; b = b.archive {
		if b.bytes -= n; b.bytes < 0 {
			return ErrTooBig
		}
	}
	return nil
}

// Within is work that has some time and nothing else to keep to.
func Within(ctx context.Context, d time.Duration) (w *Work, done func()) {
	return New(d, 0, 1<<40).Begin(ctx)
}
