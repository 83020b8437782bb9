// Command campaign tests hark's promises at length: nothing is lost, whatever happens to the
// program, the machine or the file, and no text does anything to its reader. It prints the results
// as a table:
//
//	go run ./campaign -out docs/campaign.md
//
// -only runs some of the campaigns, -scale a part of each. Real material is read from the folder in
// HARK_TEST_DATA. The exit code is 1 when a promise was broken.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"hark/campaign/commonmark"
	"hark/campaign/faults"
	"hark/campaign/foreign"
	"hark/campaign/hostile"
	"hark/campaign/imports"
	"hark/campaign/keyboard"
	"hark/campaign/kill"
	"hark/campaign/laptops"
	"hark/campaign/many"
	"hark/campaign/mutate"
	"hark/campaign/power"
	"hark/campaign/swaps"
	"hark/campaign/targets"
	"hark/campaign/trial"
)

// why is the text below the table: what the campaigns do, and what changed in hark because of them.
//
//go:embed why.md
var why string

// campaign is one row of the table.
type campaign struct {
	name string
	run  func(context.Context, trial.Options) (trial.Row, error)
	// processes are the processes that it starts.
	processes map[string]trial.Process
}

func campaigns() []campaign {
	return []campaign{
		{"kill", kill.Run, kill.Processes()},
		{"power", power.Run, power.Processes()},
		{"faults", faults.Run, faults.Processes()},
		{"mutate", mutate.Run, mutate.Processes()},
		{"many", many.Run, many.Processes()},
		{"hostile", hostile.Run, nil},
		{"commonmark", commonmark.Run, nil},
		{"imports", imports.Run, imports.Processes()},
		{"keyboard", keyboard.Run, nil},
		{"laptops", laptops.Run, nil},
		{"targets", targets.Run, nil},
		{"older", swaps.RunOlder, nil},
		{"gone", swaps.RunGone, nil},
		{"clock", swaps.RunClock, nil},
		{"foreign", foreign.Run, nil},
	}
}

func main() {
	processes := map[string]trial.Process{}
	for _, c := range campaigns() {
		maps.Copy(processes, c.processes)
	}
	trial.Play(processes)
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// errFound is returned when a promise was broken.
var errFound = errors.New("something was found that must not be: see the table")

// errInterrupted is returned when a run was interrupted.
var errInterrupted = errors.New("interrupted: the table has what was done, and no file was written")

// asked are the values of the flags.
type asked struct {
	only  []string
	scale float64
	seed  uint64
	out   string
}

func read(args []string, stderr io.Writer) (asked, error) {
	var (
		a     asked
		only  string
		names []string
	)
	for _, c := range campaigns() {
		names = append(names, c.name)
	}
	flags := flag.NewFlagSet("campaign", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&only, "only", "", "do these `campaigns` only: "+strings.Join(names, ","))
	flags.Float64Var(&a.scale, "scale", 1, "do this `part` of each")
	flags.Uint64Var(&a.seed, "seed", 1, "what is left to chance comes out the same with the same `number`")
	flags.StringVar(&a.out, "out", "", "write the table to this `file` too")
	if err := flags.Parse(args); err != nil {
		return a, err
	}
	if only != "" {
		a.only = strings.Split(only, ",")
	}
	for _, name := range a.only {
		if !slices.Contains(names, name) {
			return a, fmt.Errorf("there is no campaign %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	if a.scale <= 0 || flags.NArg() > 0 {
		return a, errors.New("usage: campaign [-only NAMES] [-scale PART] [-seed NUMBER] [-out FILE]")
	}
	return a, nil
}

// run runs the campaigns that the arguments ask for. When interrupted, it prints the results so
// far.
func run(args []string, stdout, stderr io.Writer) error {
	a, err := read(args, stderr)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	folder, err := os.MkdirTemp("", "hark-campaign-")
	if err != nil {
		return err
	}
	rows, err := do(ctx, a, folder, stderr)
	err = errors.Join(err, os.RemoveAll(folder))
	page := about(a, err == nil) + trial.Table(rows) + why
	if _, printing := io.WriteString(stdout, page); printing != nil {
		return errors.Join(err, printing)
	}
	if a.out != "" && !errors.Is(err, errInterrupted) {
		err = errors.Join(err, os.WriteFile(a.out, []byte(page), 0o644))
	}
	return err
}

// do runs the campaigns one after the other.
func do(ctx context.Context, a asked, folder string, stderr io.Writer) ([]trial.Row, error) {
	var (
		rows  []trial.Row
		found error
		mu    sync.Mutex
	)
	began := time.Now()
	say := func(line string) {
		mu.Lock()
		defer mu.Unlock()
		_, _ = fmt.Fprintf(stderr, "%4.0f s  %s\n", time.Since(began).Seconds(), line) // nobody may be there to read it
	}
	for _, c := range campaigns() {
		if len(a.only) > 0 && !slices.Contains(a.only, c.name) {
			continue
		}
		own := filepath.Join(folder, c.name)
		if err := os.Mkdir(own, 0o700); err != nil {
			return rows, err
		}
		start := time.Now()
		row, err := c.run(ctx, trial.Options{Scale: a.scale, Seed: a.seed, Folder: own, Say: say})
		row.Took = time.Since(start)
		switch {
		case ctx.Err() != nil:
			return rows, errInterrupted
		case err != nil: // the other campaigns are still useful
			row.Campaign = c.name
			row.Bad = append(row.Bad, "it could not be finished: "+err.Error())
		}
		rows = append(rows, row)
		if !row.Good() {
			found = errFound
		}
		if err := os.RemoveAll(own); err != nil {
			return rows, err
		}
	}
	return rows, found
}

// about is the text above the table.
func about(a asked, good bool) string {
	result := "All of it was as it must be."
	if !good {
		result = "Not all of it was as it must be."
	}
	command := "go run ./campaign"
	if len(a.only) > 0 {
		command += " -only " + strings.Join(a.only, ",")
	}
	if a.scale != 1 {
		command += fmt.Sprintf(" -scale %g", a.scale)
	}
	if a.seed != 1 {
		command += fmt.Sprintf(" -seed %d", a.seed)
	}
	if a.out != "" {
		command += " -out " + filepath.ToSlash(a.out)
	}
	return fmt.Sprintf("# The campaigns\n\nMade by `%s` on %s, with %s on %s/%s, %d processors. %s\n\n",
		command, time.Now().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), result)
}
