// Package web is what a reader sees: it turns a URL into a query and a result
// into a page or JSON. Pages are rendered on the server and work without
// scripts; one small script adds comfort. The package knows no search engine:
// whoever satisfies [Searcher] can be shown.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"youju/report"
	"youju/search"
	"youju/search/fact"
)

// Searcher answers the questions pages ask. Its methods return
// [search.ErrNotFound] for an unknown ID and are safe for concurrent use.
type Searcher interface {
	Search(ctx context.Context, q search.Query) (*search.Result, error)
	// Item returns one item with its document's data, without a snippet.
	Item(ctx context.Context, id string) (*search.Hit, error)
	// Document returns a whole document, Sections and Items included.
	Document(ctx context.Context, id string) (*report.Document, error)
	// Documents lists the collection, newest first.
	Documents(ctx context.Context) ([]search.Summary, error)
	// Suggest completes what is being typed with up to n entries.
	Suggest(ctx context.Context, text string, n int) ([]search.Suggestion, error)
	// Similar finds up to n items that say something alike, elsewhere.
	Similar(ctx context.Context, id string, n int) ([]search.Hit, error)
	// Occurrences counts a term as written, document by document.
	Occurrences(ctx context.Context, term string) ([]search.Occurrence, error)
	// Facts are what the documents state: figures, projects, tasks, terms.
	Facts(ctx context.Context) (*fact.Facts, error)
	Info() search.Info
}

// Options tune the handler. The zero value is ready to use.
type Options struct {
	// Logger receives one line per request and every internal error; nil is slog.Default().
	Logger *slog.Logger
	// Version of the program, shown at the foot of every page.
	Version string
	// RequestTimeout bounds the work for one request; 0 is 10 seconds.
	RequestTimeout time.Duration
	// RateLimit is how many requests a minute one client address may make; 0
	// is without limit. Assets and health checks are not counted.
	RateLimit int
	// MaxInFlight is how many requests are worked on at a time; 0 is by the
	// number of cores. A few more wait, all others are turned away with 503.
	MaxInFlight int
	// TrustedProxies are the networks whose X-Forwarded-For is believed; from
	// anybody else the header says nothing.
	TrustedProxies []netip.Prefix
	// BaseURL is the public address (https://example.gov.cn) that citations
	// quote. When it is empty the request's own host is quoted.
	BaseURL string
	// Sources gives the original files; nil offers none.
	Sources Sources
	// FeedbackURL is where readers report what is wrong: a mailto: or web
	// address in which {id} stands for the item's ID. "" offers no such link.
	FeedbackURL string
}

const defaultRequestTimeout = 10 * time.Second

// server holds what handlers share. It is not changed after New.
type server struct {
	searcher Searcher
	opts     Options
	log      *slog.Logger
	pages    pages
	assets   *assets
	uses     *termUses
	meter    meter
	gates    gates
	refusals refusals
	// proxyHint is given once.
	proxyHint sync.Once
	// edition tells this build of the program from another one.
	edition string
}

// New returns the handler of the whole site: pages, API, assets and health
// checks. It panics when an embedded template does not parse, which no input
// can cause.
func New(s Searcher, opts Options) http.Handler {
	if opts.Logger == nil {
		opts.Logger = slog.Default()
	}
	if opts.RequestTimeout <= 0 {
		opts.RequestTimeout = defaultRequestTimeout
	}
	files := loadAssets()
	srv := &server{
		searcher: s,
		opts:     opts,
		log:      opts.Logger,
		assets:   files,
		pages:    loadPages(files),
		uses:     new(termUses),
		gates:    newGates(opts.MaxInFlight),
		refusals: newRefusals(files),
		edition:  editionOf(opts.Version),
	}
	// What costs least comes first. An answer is compressed within its request's
	// place among those at work, since that takes as long as finding it.
	return srv.observe(secure(srv.limited(srv.cached(srv.admitted(compressed(srv.bound(srv.routes())))))))
}

// compression is the level of gzip: it makes an answer 7 % longer than the
// usual one does and takes a third of its time, which is more than a search.
const compression = 3

func compressed(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(compression))
	if err != nil {
		panic(err) // the level is not one
	}
	return wrap(next)
}
