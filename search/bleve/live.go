package bleve

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"youju/report"
	"youju/search"
)

// pollEvery is how often a Live looks for a new generation. Tests shorten it.
var pollEvery = time.Second

// A Live serves the current generation and goes over to the next as soon as it
// is published. Calls that are running finish on the generation they began
// with. A generation that cannot be opened is refused and the old one stays.
type Live struct {
	dir     string
	logger  *slog.Logger
	current atomic.Pointer[handle]
	refused string
	stop    chan struct{}
	stopped sync.WaitGroup
	once    sync.Once
	// cacheBytes is what the caches of a generation may take, flight the
	// questions that are being answered for them.
	cacheBytes int
	flight     singleflight.Group
}

// handle counts the users of an index; the last one closes it.
type handle struct {
	index  *Index
	caches caches
	users  atomic.Int64
}

// OpenLive opens the current generation below dir and starts to watch it. Of
// what it answers, cacheBytes are kept to be given again. The error is that of [Open].
func OpenLive(dir string, logger *slog.Logger, cacheBytes int) (*Live, error) {
	x, err := Open(dir)
	if err != nil {
		return nil, err
	}
	l := &Live{dir: dir, logger: logger, stop: make(chan struct{}), cacheBytes: cacheBytes}
	l.swap(x)
	l.stopped.Add(1)
	go l.watch()
	return l, nil
}

// swap puts a new index in place. The Live itself is its first user.
func (l *Live) swap(x *Index) {
	h := &handle{index: x, caches: newCaches(l.cacheBytes)}
	h.users.Store(1)
	if old := l.current.Swap(h); old != nil {
		l.release(old)
	}
}

// acquire gives the index to use until release. It is nil after Close.
func (l *Live) acquire() *handle {
	for {
		h := l.current.Load()
		if h == nil {
			return nil
		}
		// A handle without users is being closed: a newer one is in place already.
		for n := h.users.Load(); n > 0; n = h.users.Load() {
			if h.users.CompareAndSwap(n, n+1) {
				return h
			}
		}
	}
}

func (l *Live) release(h *handle) {
	if h.users.Add(-1) > 0 {
		return
	}
	if err := h.index.Close(); err != nil {
		l.logger.Error("closing index", "generation", h.index.manifest.Generation, "err", err)
	}
}

func (l *Live) watch() {
	defer l.stopped.Done()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
			l.reload()
		}
	}
}

// reload goes over to the generation CURRENT names, if that is another one. A
// generation that was refused is not tried again.
func (l *Live) reload() {
	generation, err := readCurrent(l.dir)
	if err != nil {
		l.refuse(err.Error(), err)
		return
	}
	if generation == l.current.Load().index.manifest.Generation || generation == l.refused {
		return
	}
	x, err := openGeneration(filepath.Join(l.dir, generation))
	if err != nil {
		l.refuse(generation, err)
		return
	}
	l.refused = ""
	l.swap(x)
	l.logger.Info("serving new index", "generation", generation, "documents", x.manifest.Documents, "items", x.manifest.Items)
}

// refuse logs once why a generation is not served.
func (l *Live) refuse(what string, err error) {
	if l.refused != what {
		l.logger.Error("new index refused, serving the old one", "err", err)
	}
	l.refused = what
}

// Close stops watching and closes the index once the running calls are done.
func (l *Live) Close() error {
	l.once.Do(func() {
		close(l.stop)
		l.stopped.Wait()
		if h := l.current.Swap(nil); h != nil {
			l.release(h)
		}
	})
	return nil
}

// Search answers a query, see [Index.Search].
func (l *Live) Search(ctx context.Context, q search.Query) (*search.Result, error) {
	return answerOf(ctx, l, keyOf(q), func(c *caches) *cache[*search.Result] { return c.results },
		func(ctx context.Context, x *Index) (*search.Result, error) { return x.Search(ctx, q) })
}

// Item finds an item by its ID, see [Index.Item].
func (l *Live) Item(ctx context.Context, id string) (*search.Hit, error) {
	h := l.acquire()
	if h == nil {
		return nil, errClosed
	}
	defer l.release(h)
	return h.index.Item(ctx, id)
}

// Document finds a whole document by its ID, see [Index.Document].
func (l *Live) Document(ctx context.Context, id string) (*report.Document, error) {
	return answerOf(ctx, l, id, func(c *caches) *cache[*report.Document] { return c.documents },
		func(ctx context.Context, x *Index) (*report.Document, error) { return x.Document(ctx, id) })
}

// Suggest offers entries for what has been typed, see [Index.Suggest].
func (l *Live) Suggest(ctx context.Context, text string, n int) ([]search.Suggestion, error) {
	return answerOf(ctx, l, fmt.Sprint(n, "\x00", text), func(c *caches) *cache[[]search.Suggestion] { return c.suggestions },
		func(ctx context.Context, x *Index) ([]search.Suggestion, error) { return x.Suggest(ctx, text, n) })
}

// Similar finds items on the same subject, see [Index.Similar].
func (l *Live) Similar(ctx context.Context, id string, n int) ([]search.Hit, error) {
	return answerOf(ctx, l, fmt.Sprint(n, "\x00", id), func(c *caches) *cache[[]search.Hit] { return c.similar },
		func(ctx context.Context, x *Index) ([]search.Hit, error) { return x.Similar(ctx, id, n) })
}

// Documents lists every document, see [Index.Documents].
func (l *Live) Documents(ctx context.Context) ([]search.Summary, error) {
	h := l.acquire()
	if h == nil {
		return nil, errClosed
	}
	defer l.release(h)
	return h.index.Documents(ctx)
}

// Info describes the generation being served.
func (l *Live) Info() search.Info {
	h := l.acquire()
	if h == nil {
		return search.Info{}
	}
	defer l.release(h)
	info := h.index.Info()
	info.Caches = h.caches.use()
	return info
}
