// Package faults makes the disk fail while hark writes: full, broken, writing only half, or not
// confirming what it wrote. In every case hark must go on, and each line that was typed must be in
// the notebook, in the journal, or handed back with a sentence.
package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hark/campaign/book"
	"hark/campaign/tap"
	"hark/campaign/trial"
	"hark/internal/interview"
)

const (
	points   = 480
	patience = 30 * time.Second
	// lines is the number of lines that hark types; some of them are long, so that the notebook
	// grows.
	lines = 12
	long  = 12_000
	every = 60 // points between two progress reports
)

// Processes are the processes that Run starts.
func Processes() map[string]trial.Process {
	return map[string]trial.Process{"tap": tap.Process, "faults write": write, "faults read": read}
}

// The words of write about a line, before its number.
const (
	saysAdded      = "kept " // it was acknowledged
	saysHandedBack = "told " // it was handed back with a sentence
)

// text is the text of the n-th line.
func text(n, size int) string {
	s := fmt.Sprintf("line %d", n)
	if n%3 == 0 {
		s += strings.Repeat(" and again", size/len(" and again"))
	}
	return s
}

// write types lines, whatever fails, and reports the result of each. Its arguments are the
// notebook, the number of lines, and the size of the long ones.
func write(args []string) error {
	ctx := context.Background()
	count, err1 := strconv.Atoi(args[1])
	size, err2 := strconv.Atoi(args[2])
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	say := func(what string, n int, err error) {
		sentence := ""
		if err != nil {
			sentence = ": " + strings.ReplaceAll(err.Error(), "\n", "; ")
		}
		fmt.Println(what + strconv.Itoa(n) + sentence)
	}
	var (
		b  *book.Book
		id interview.ID
	)
	for n := range count {
		var err error
		if b == nil {
			b, err = book.Open(ctx, args[0])
		}
		if err == nil && id.IsZero() {
			id, err = b.Begin(ctx, "Harbour Welding")
		}
		if err == nil {
			err = b.Type(ctx, id, `"`+text(n, size))
		}
		if err != nil {
			say(saysHandedBack, n, err)
			continue
		}
		say(saysAdded, n, nil)
	}
	return nil
}

// read opens a notebook on a repaired disk and reports which lines it has. Its argument is the
// notebook.
func read(args []string) error {
	ctx := context.Background()
	_, there, err := book.Check(ctx, args[0])
	if err != nil {
		return err
	}
	for text, times := range there {
		short, _, _ := strings.Cut(text, " and")
		fmt.Println(times, strings.TrimPrefix(short, "line "))
	}
	return nil
}

// fault is one way for a call to fail.
type fault struct {
	name  string
	errno syscall.Errno
	short bool // half is written first
	// of selects the calls that can fail this way.
	of func(tap.Call) bool
	// lasts selects the calls that fail from then on; nil for none.
	lasts func(tap.Call) bool
}

func kinds() []fault {
	write := func(c tap.Call) bool {
		return c.Op == tap.Write || c.Op == tap.Create || c.Op == tap.Truncate || c.Op == tap.Folder
	}
	data := func(c tap.Call) bool { return c.Op == tap.Write }
	sync := func(c tap.Call) bool { return c.Op == tap.Sync }
	change := func(c tap.Call) bool { return write(c) || c.Op == tap.Rename }
	notebook := func(of func(tap.Call) bool) func(tap.Call) bool {
		return func(c tap.Call) bool { return of(c) && filepath.Ext(c.Path) == ".db" }
	}
	return []fault{
		{"full disk, for a moment", syscall.ENOSPC, false, write, nil},
		{"full disk from then on", syscall.ENOSPC, false, write, write},
		{"full for the notebook from then on", syscall.ENOSPC, false, write, notebook(write)},
		{"I/O error, once", syscall.EIO, false, change, nil},
		{"I/O errors from then on", syscall.EIO, false, change, change},
		{"I/O errors in the notebook from then on", syscall.EIO, false, change, notebook(change)},
		{"short write, then full for a moment", syscall.ENOSPC, true, data, nil},
		{"short write, then full", syscall.ENOSPC, true, data, write},
		{"failed sync, once", syscall.EIO, false, sync, nil},
		{"failed syncs from then on", syscall.EIO, false, sync, sync},
		{"failed syncs of the notebook from then on", syscall.EIO, false, sync, notebook(sync)},
		{"failed sync, then full", syscall.EIO, false, sync, write},
	}
}

// Run makes as many calls fail as asked for, and then fills a real file system.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	row := trial.Row{
		Campaign: "write faults: full disk, I/O errors, short writes, failed syncs; a real full file system",
		Must:     "0 crashes; every typed line kept somewhere that is named",
	}
	all := kinds()
	reach := make([]int, len(all))
	for k := range all {
		// A run without a fault gives the number of calls that can fail.
		folder := filepath.Join(o.Folder, fmt.Sprintf("well %d", k))
		seen, _, err := hit(ctx, folder, all[k], -1)
		if err != nil {
			if errors.Is(err, tap.ErrUnavailable) {
				row.Skipped, err = err.Error(), nil
			}
			return row, err
		}
		reach[k] = seen
	}
	var tally trial.Tally
	failed := o.Each(o.Count(points), every, func(_, n int) error {
		k := n % len(all)
		return one(ctx, o, n, all[k], at(n/len(all), reach[k], o.Count(points)/len(all), o.Random(n)), &tally)
	}, func(int) string { return "faults: " + found(&tally) })
	full, err := fill(ctx, filepath.Join(o.Folder, "full"), &tally)
	row.Count = fmt.Sprintf("%d faults of %d kinds; %s", o.Count(points), len(all), full)
	row.Found, row.Bad = found(&tally), tally.Bad()
	return row, errors.Join(failed, err)
}

// at distributes so many faults of one kind over the calls that can have it.
func at(n, reach, of int, chance *rand.Rand) int {
	if of <= 1 || reach <= 1 {
		return chance.IntN(max(1, reach))
	}
	step := float64(reach) / float64(of)
	return min(reach-1, int((float64(n)+chance.Float64())*step))
}

func found(t *trial.Tally) string {
	return fmt.Sprintf("%d crashes, %d bad files, %d lines nowhere, %d doubled; of %s typed %s kept, %s handed back with a sentence",
		t.Of("crash"), t.Of("bad file"), t.Of("nowhere"), t.Of("doubled"),
		trial.Number(t.Of("kept")+t.Of("told")), trial.Number(t.Of("kept")), trial.Number(t.Of("told")))
}

// notebookIn returns the path of the notebook in a folder.
func notebookIn(folder string) string { return filepath.Join(folder, "hark.db") }

// hit runs hark and makes the n-th of the calls that can fail do so. It returns the number of such
// calls and what hark said.
func hit(ctx context.Context, folder string, f fault, n int) (seen int, said string, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return 0, "", err
	}
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd, err := trial.Command(short, "tap", "faults write", notebookIn(folder), strconv.Itoa(lines), strconv.Itoa(long))
	if err != nil {
		return 0, "", err
	}
	var complaint, out strings.Builder
	cmd.Stderr = &complaint
	struck, halved := false, false
	err = tap.Run(cmd, folder, func(c tap.Call) tap.Verdict {
		switch {
		case c.Op == tap.Say:
			out.Write(c.Data)
		case halved: // the rest of the half write
			halved = false
			return tap.Verdict{Errno: f.errno}
		case struck:
			if f.lasts != nil && f.lasts(c) {
				return tap.Verdict{Errno: f.errno}
			}
		case f.of(c):
			seen++
			if struck = seen == n+1; !struck {
				break
			}
			if f.short && len(c.Data) > 1 {
				halved = true
				return tap.Verdict{Short: len(c.Data) / 2}
			}
			return tap.Verdict{Errno: f.errno}
		}
		return tap.Verdict{}
	})
	var exit *exec.ExitError
	if short.Err() != nil || errors.As(err, &exit) {
		err = trial.NewCrash(err, complaint.String())
	}
	return seen, out.String(), err
}

// one makes one call fail and checks every line.
func one(ctx context.Context, o trial.Options, n int, f fault, at int, tally *trial.Tally) error {
	folder := filepath.Join(o.Folder, fmt.Sprintf("fault %d", n))
	what := fmt.Sprintf("fault %d (%s, at call %d)", n, f.name, at)
	_, said, err := hit(ctx, folder, f, at)
	var crash *trial.Crash
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &crash):
		tally.Fail("crash", "%s: %v", what, err)
		return nil
	case err != nil:
		return err
	}
	return compare(ctx, folder, what, said, lines, tally)
}

// compare compares what hark said of its lines with what is there once the disk is repaired.
func compare(ctx context.Context, folder, what, said string, typed int, tally *trial.Tally) error {
	out, err := trial.Output(ctx, patience, "faults read", notebookIn(folder))
	var crash *trial.Crash
	switch {
	case errors.As(err, &crash):
		tally.Fail("bad file", "%s: %v", what, err)
		return nil
	case err != nil:
		return err
	}
	there := map[string]int{}
	for line := range strings.Lines(out) {
		times, number, _ := strings.Cut(strings.TrimSpace(line), " ")
		count, err := strconv.Atoi(times)
		if err != nil {
			return err
		}
		there[number] += count
	}
	heard := map[string]bool{}
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		added, is := strings.CutPrefix(line, saysAdded)
		handedBack, sentence, _ := strings.Cut(strings.TrimPrefix(line, saysHandedBack), ": ")
		switch {
		case is:
			heard[added] = true
			tally.Add("kept", 1)
			if there[added] == 0 {
				tally.Fail("nowhere", "%s: line %s was acknowledged", what, added)
			}
		case strings.Contains(sentence, " "):
			heard[handedBack] = true
			tally.Add("told", 1)
		}
	}
	for n := range typed {
		number := strconv.Itoa(n)
		if !heard[number] {
			tally.Fail("nowhere", "%s: nothing was said of line %d", what, n)
		}
		if there[number] > 1 {
			tally.Fail("doubled", "%s: line %d is there %d times", what, n, there[number])
		}
	}
	return nil
}
