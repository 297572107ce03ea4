// Command bench measures Youju beside its peers: the same passages, the same
// questions, the same full answer, the time of the answering process.
//
//	bench all -size 100000 -dir DIR   everything, ending in a Markdown table
//	bench table -dir DIR              the tables of what was measured before
//
// The other commands are steps of these, run in processes of their own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"youju/bench/engine"
	"youju/bench/measure"
	"youju/bench/passage"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: bench all|table [flags], bench build ENGINE TSV DIR, bench serve ENGINE DIR CLIENTS")

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	switch command, args := args[0], args[1:]; command {
	case "all":
		return all(ctx, args)
	case "table":
		return table(args)
	case "build", "serve":
		if len(args) != 3 {
			return errUsage
		}
		maker, ok := engine.Makers[args[0]]
		if !ok || command == "serve" && maker.Open == nil {
			return fmt.Errorf("no engine %q", args[0])
		}
		if command == "build" {
			return maker.Build(args[1], args[2])
		}
		return serve(ctx, maker, args[1], args[2])
	}
	return errUsage
}

func serve(ctx context.Context, maker engine.Maker, dir, clients string) error {
	n, err := strconv.Atoi(clients)
	if err != nil || n < 1 {
		return errUsage
	}
	e, err := maker.Open(dir, n)
	if err != nil {
		return err
	}
	// The questions end with the input, or when somebody stops us.
	context.AfterFunc(ctx, func() { os.Stdin.Close() })
	return engine.Serve(e, os.Stdin, os.Stdout, n)
}

// all makes what is missing, measures, and prints the tables.
func all(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("all", flag.ExitOnError)
	size := flags.Int("size", 100_000, "number of passages")
	dir := flags.String("dir", "", "scratch folder, outside the repository")
	root := flags.String("root", "..", "the repository")
	corpus := flags.String("corpus", "", "folder of texts to take sentences from")
	runs := flags.Int("runs", 3, "runs with new processes")
	sets := flags.Int("sets", 1, "sets of 250 questions in each run, others in each as long as there are any")
	seconds := flags.Int("load", 4, "seconds under load for each number of clients")
	only := flags.String("only", "", "engines to measure, parted by commas")
	fresh := flags.String("fresh", "", "indexes to build again, parted by commas")
	name := flags.String("name", "result", "name of the result")
	if err := flags.Parse(args); err != nil || *dir == "" || flags.NArg() > 0 {
		return errors.Join(err, errUsage)
	}
	b, err := prepare(*size, *dir, *root)
	if err != nil {
		return err
	}
	if *corpus == "" {
		*corpus = findCorpus(*root)
	}
	questions, truth, err := b.Material(passage.Source{
		Corpus: *corpus, Places: filepath.Join(*root, "report", "data", "places.txt"), Seed: 1})
	if err != nil {
		return err
	}
	for _, index := range split(*fresh) {
		if err := b.Forget(index); err != nil {
			return err
		}
	}
	o := measure.Options{Runs: *runs, Sets: *sets, Only: split(*only), Loads: time.Duration(*seconds) * time.Second}
	result, err := b.Run(ctx, o, questions, truth)
	if err != nil {
		return err
	}
	if *runs > 0 && (*only == "" || slices.Contains(split(*only), "youju-inprocess")) {
		if result.Phases, err = b.Profile(questions); err != nil {
			return err
		}
	}
	if err := b.Save(*name, result); err != nil {
		return err
	}
	return table([]string{"-dir", *dir, "-name", *name})
}

// prepare makes the folder and the programs.
func prepare(size int, dir, root string) (*measure.Bench, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	b := &measure.Bench{Dir: dir, Size: size, Self: self, Youju: filepath.Join(dir, "bin", "youju"), Classes: filepath.Join(dir, "bin", "lucene")}
	if err := measure.BuildProduct(root, b.Youju); err != nil {
		return nil, err
	}
	if err := measure.CompileLucene(filepath.Join(root, "bench", "lucene", "Lucene.java"), b.Classes); err != nil {
		slog.Warn("Lucene will be missing", "err", err)
	}
	return b, nil
}

// findCorpus prefers the real reports where they are; the sample collection
// gives fewer different sentences.
func findCorpus(root string) string {
	for _, dir := range []string{os.Getenv("YOUJU_SHARED"), filepath.Join(root, "..", "shared")} {
		if dir == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "corpus")); err == nil {
			return filepath.Join(dir, "corpus")
		}
	}
	return filepath.Join(root, "seeds")
}

func table(args []string) error {
	flags := flag.NewFlagSet("table", flag.ExitOnError)
	dir := flags.String("dir", "", "scratch folder")
	name := flags.String("name", "result", "name of the result")
	if err := flags.Parse(args); err != nil || *dir == "" {
		return errors.Join(err, errUsage)
	}
	results, err := measure.Load(*dir, *name)
	if err != nil {
		return err
	}
	fmt.Print(measure.Markdown(results))
	return nil
}

func split(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(s string) bool { return s == "" })
}
