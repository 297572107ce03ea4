// Command load asks more of youju serve than it can answer, and tells what
// becomes of it: on one machine, by loopback, in about a minute.
//
//	load -root ..   builds, indexes seeds and ../shared, measures, prints a table
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// whole bounds everything, so that a server which hangs is noticed.
const whole = 5 * time.Minute

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, whole)
	defer cancel()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	root := flag.String("root", "..", "the repository")
	dir := flag.String("dir", "", "folder for the program and the index, used again; a temporary one if empty")
	program := flag.String("youju", "", "the program, with an index in DIR/data; built if empty")
	factor := flag.Float64("factor", 4, "how many times the capacity is asked for")
	second := flag.Duration("second", time.Second, "what a second of the measurement lasts, for a shorter or longer run")
	serverFlags := flag.String("flags", "", "more flags of youju serve, parted by blanks")
	flag.Parse()
	if *dir == "" {
		temp, err := os.MkdirTemp("", "youju-load-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		*dir = temp
	}
	paths := material(*root)
	if *program == "" {
		var err error
		if *program, err = prepare(ctx, *root, *dir, paths); err != nil {
			return err
		}
	}
	addr, stop, err := serve(ctx, *program, *dir, strings.Fields(*serverFlags))
	if err != nil {
		return err
	}
	d, err := newReaders(addr, paths)
	if err == nil {
		err = measure(ctx, addr, d, *factor, *second)
	}
	if stopErr := stop(); err == nil && stopErr != nil {
		err = fmt.Errorf("the server did not stop well: %w", stopErr)
	}
	return err
}

// Bounds of the measurement.
const (
	maxConns    = 2000
	slowClients = 100
	// quickEnough is how long an accepted request may take under any load.
	quickEnough = 150 * time.Millisecond
	// besideSlow is how long one may take beside slow readers.
	besideSlow   = 500 * time.Millisecond
	recoverLimit = 2 * time.Second
	minGoodput   = 0.8
)

func measure(ctx context.Context, addr string, d *readers, factor float64, second time.Duration) error {
	p := &pool{addr: addr, most: maxConns}
	closed(ctx, "warm", p, runtime.NumCPU(), 3*second, d.next)
	alone := closed(ctx, "one reader", p, 1, 4*second, d.next)
	capacity := closed(ctx, "capacity", p, 2*runtime.NumCPU(), 8*second, d.next)
	if capacity.byStatus[200] == 0 {
		return fmt.Errorf("nothing was answered: %v", capacity.byStatus)
	}
	stopSlow := slowReaders(ctx, addr, d.page, slowClients)
	time.Sleep(second)
	beside := open(ctx, fmt.Sprintf("beside %d slow readers", slowClients), p, capacity.perSecond()/4, 6*second, d.next)
	began := stopSlow()
	over := open(ctx, fmt.Sprintf("%g times capacity", factor), p, factor*capacity.perSecond(), 15*second, d.next)
	allowed := max(quickEnough, 2*quantile(alone.took, 0.99))
	back := recovery(p, allowed, d.next)
	after := closed(ctx, "after it", p, 1, 2*second, d.next)
	if err := ctx.Err(); err != nil {
		return err
	}
	fmt.Printf("%d cores, the client's work on them included; %d of %d slow readers were being answered\n\n", runtime.NumCPU(), began, slowClients)
	table(alone, capacity, beside, over, after)
	verdicts(allowed, back, capacity, beside, over)
	return nil
}

func table(results ...*result) {
	fmt.Println("| phase | sent/s | 200/s | 503 | 429 | other | late | failed | unsent | p50 ms | p99 ms | max ms | refused p99 ms |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	for _, r := range results {
		fmt.Printf("| %s | %.0f | %.0f | %d | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |\n", r.name,
			float64(r.sent)/r.over.Seconds(), r.perSecond(), r.byStatus[503], r.byStatus[429], r.others(), r.late, r.failed, r.unsent,
			ms(quantile(r.took, 0.5)), ms(quantile(r.took, 0.99)), ms(quantile(r.took, 1)), ms(quantile(r.turned, 0.99)))
	}
	fmt.Println()
	for _, r := range results {
		if r.fault != nil {
			fmt.Printf("%s: the first that failed: %v\n\n", r.name, r.fault)
		}
	}
}

// others counts the answers that are none of those a reader should get.
func (r *result) others() int {
	n := 0
	for status, count := range r.byStatus {
		if status != 200 && status != 429 && status != 503 {
			n += count
		}
	}
	return n
}

func verdicts(allowed, back time.Duration, capacity, beside, over *result) {
	say := func(ok bool, format string, args ...any) {
		fmt.Printf("- %s: %s\n", map[bool]string{true: "reached", false: "MISSED"}[ok], fmt.Sprintf(format, args...))
	}
	bad := over.others() + over.late + over.failed + over.unsent
	say(bad == 0, "every answer is 200, 429 or 503, none is late (%d are not)", bad)
	p99 := quantile(over.took, 0.99)
	say(p99 <= allowed, "accepted p99 %v, at most %v", p99.Round(time.Millisecond), allowed.Round(time.Millisecond))
	share := over.perSecond() / capacity.perSecond()
	say(share >= minGoodput, "goodput %.0f %% of capacity, at least %.0f %%", 100*share, 100*minGoodput)
	slow := quantile(beside.took, 0.99)
	say(slow < besideSlow, "p99 beside slow readers %v, below %v", slow.Round(time.Millisecond), besideSlow)
	say(back < recoverLimit, "recovered after %v, below %v", back.Round(time.Millisecond), recoverLimit)
}
