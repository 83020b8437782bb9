// Command speed measures hark as whole processes on made-up notebooks, each operation against a
// program that does the same work, and prints a table of ratios.
//
//	go run ./bench/speed -sizes 1000,10000
//
// The two alternate, so that load from elsewhere affects both; a ratio is that of the medians. Rows
// whose peer (sqlite3 with FTS5, rg) is not installed are left out, with a message. It needs a
// Unix, and about 60 MB of disk for each 1,000 interviews.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	sizes := flag.String("sizes", "1000,10000", "how many interviews the notebooks have, from few to many")
	runs := flag.Int("runs", 20, "how often each command runs")
	dir := flag.String("dir", "", "the folder for notebooks and copies of them, kept and used again; else a temporary one")
	seed := flag.Int("seed", 1, "of the made-up interviews")
	cold := flag.Bool("cold", false, "measure with a cold cache too, which takes the right to empty it")
	only := flag.String("only", "", "measure only what has `TEXT` in its name, or one of several with | between")
	flag.Parse()
	if err := run(*sizes, *dir, *only, *runs, *seed, *cold); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(sizes, dir, only string, runs, seed int, cold bool) error {
	if dir == "" {
		temp, err := os.MkdirTemp("", "hark-speed-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(temp) }()
		dir = temp
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	b := &bench{hark: filepath.Join(dir, "hark"), runs: runs, only: only}
	build := exec.Command("go", "build", "-trimpath", "-o", b.hark, "./cmd/hark")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as releases are built
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building hark, from the top of its repository: %w", err)
	}
	var corpora []*corpus
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 100 {
			return fmt.Errorf("-sizes %q: each is a number from 100 on", sizes)
		}
		s, err := b.prepare(filepath.Join(dir, size), n, seed)
		if err != nil {
			return err
		}
		corpora = append(corpora, s)
	}
	b.start()
	for i, s := range corpora {
		b.over(s, cold)
		if i > 0 {
			b.growth(corpora[0], s)
		}
	}
	for _, missing := range b.missing {
		fmt.Fprintf(os.Stderr, "left out, for it is not installed: %s\n", missing)
	}
	return b.failed
}
