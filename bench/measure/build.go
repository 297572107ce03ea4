package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"youju/bench/engine"
)

// Build builds the indexes that are missing and remembers what they took.
func (b *Bench) Build(ctx context.Context, o Options) (map[string]Cost, map[string]string, error) {
	costs, missing := map[string]Cost{}, map[string]string{}
	for _, c := range chosen(o) {
		if reason := c.missing(b); reason != "" {
			missing[c.name] = reason
			continue
		}
		if _, ok := costs[c.index]; ok {
			continue
		}
		cost, err := b.built(ctx, c)
		if err != nil {
			slog.Error("not built", "engine", c.name, "err", err)
			missing[c.name] = err.Error()
			continue
		}
		costs[c.index] = cost
	}
	return costs, missing, ctx.Err()
}

// built gives what an index took to build, building it if it is not there.
func (b *Bench) built(ctx context.Context, c *contender) (cost Cost, err error) {
	note := b.index(c.index) + ".cost.json"
	data, err := os.ReadFile(note)
	if err == nil && b.fits(c.index) {
		return cost, json.Unmarshal(data, &cost)
	}
	if err == nil {
		slog.Info("made by another version, building again", "index", c.index)
		err = fs.ErrNotExist
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return cost, err
	}
	dir := b.index(c.index)
	if err := os.RemoveAll(dir); err != nil {
		return cost, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cost, err
	}
	slog.Info("building", "index", c.index, "passages", b.Size)
	if cost, err = c.build(ctx, b, dir); err != nil {
		return cost, fmt.Errorf("%w (see %s)", err, b.log(c.index))
	}
	slog.Info("built", "index", c.index, "cpu", cost.CPU, "wall", cost.Wall, "disk", cost.Disk>>20, "peak", cost.Peak>>20)
	if data, err = json.Marshal(cost); err != nil {
		return cost, err
	}
	return cost, os.WriteFile(note, data, 0o644)
}

// fits reports whether an index is one that this version of Youju reads; the
// peers' always are.
func (b *Bench) fits(index string) bool {
	if index != "youju" {
		return true
	}
	e, err := engine.Makers["youju"].Open(b.index(index), 1)
	if err != nil {
		return false
	}
	return e.Close() == nil
}

func chosen(o Options) (all []*contender) {
	for _, c := range contenders() {
		wanted := len(o.Only) == 0
		for _, name := range o.Only {
			wanted = wanted || name == c.name
		}
		if wanted {
			all = append(all, c)
		}
	}
	return all
}
