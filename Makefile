# Only Go and make are needed. `make` lists the targets.

ADDR ?= :8080
DATA ?= data
# How long each fuzz test runs.
FUZZTIME ?= 10s
# The browser that the pages are looked at with.
BROWSER ?= chromium
# How many passages bench-peers measures with, how often, and where its indexes
# go: 100000 passages take 4 GB there, 1000000 take 12.
SIZE ?= 100000
BENCHFLAGS ?=
LOADFLAGS ?=
BENCHDIR ?= $(abspath ../bench-data)

export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: hostile load oracle paint screenshots help build run test lint check bench bench-peers bench-test fuzz eval clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## build bin/youju
	go build -trimpath -o bin/youju ./cmd/youju

run: build ## build, index the sample collection, serve it on ADDR (:8080)
	./bin/youju index --data $(DATA) seeds
	./bin/youju serve --data $(DATA) --addr $(ADDR)

test: ## run all tests (TESTFLAGS are go test's)
	go test $(TESTFLAGS) ./...

lint: ## formatting, vet, staticcheck
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt wants: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

check: lint ## lint, and all tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

bench: ## run all benchmarks; needs the reports in ../shared for the real ones
	go test -run '^$$' -bench . -benchmem ./...

bench-peers: ## measure beside stock bleve, Lucene, Groonga and SQLite with SIZE (100000) passages
	sh bench/packages.sh
	cd bench && CGO_ENABLED=1 go build -tags sqlite_fts5 -o $(BENCHDIR)/bin/bench .
	cd bench && $(BENCHDIR)/bin/bench all -size $(SIZE) -dir $(BENCHDIR) $(BENCHFLAGS)

load: ## ask four times what youju serve can answer, and tell what becomes of it (about a minute)
	cd bench && go run ./load $(LOADFLAGS)

oracle: ## hold 10,000 made-up queries with filters against reading every item
	YOUJU_QUERIES=10000 go test -count=1 -timeout 60m -v -run TestQueriesAndFilters ./search/bleve

hostile: ## index 72 files that mean harm, at full size, beside 14 good ones; prints time and memory
	YOUJU_HOSTILE=100 go test -count=1 -timeout 20m -v -run TestHostileFolder ./cmd/youju

bench-test: ## test the measuring itself, a module of its own (needs a C compiler)
	cd bench && CGO_ENABLED=1 go vet -tags sqlite_fts5 ./... && CGO_ENABLED=1 go test -tags sqlite_fts5 ./...

paint: ## how long pages keep a reader waiting, in a browser slowed down four times
	YOUJU_BROWSER=$(BROWSER) go test -run '^$$' -bench Paint -benchtime 5x ./web

screenshots: ## pictures of every kind of page in screenshots/ (desktop, phone, dark, senior view, English)
	YOUJU_BROWSER=$(BROWSER) YOUJU_SCREENSHOTS=$(CURDIR)/screenshots go test -count=1 -tags screenshots -run TestScreenshots ./web

fuzz: ## run every fuzz test for FUZZTIME (10s)
	@for pkg in $$(go list ./...); do \
		for name in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$name"; \
			go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done

eval: build ## score outlines, tags and ranking against ../shared/gold
	./bin/youju eval ../shared/gold

clean: ## remove what make built; the index in DATA stays
	rm -rf bin
