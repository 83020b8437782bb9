// Package many runs eight harks on one notebook at the same time, and measures how long each of
// them waits.
package many

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hark/campaign/book"
	"hark/campaign/trial"
	"hark/internal/interview"
)

const (
	harks = 8
	long  = time.Minute
	// shortest is the least time of work, so that the processes do overlap.
	shortest = 2 * time.Second
	worst    = 500 * time.Millisecond
	// perInterview is the number of lines per interview.
	perInterview = 60
)

// Processes are the processes that Run starts.
func Processes() map[string]trial.Process { return map[string]trial.Process{"many use": use} }

// use works on a notebook for a while. It prints each operation with its duration in microseconds:
// "write 812 line 3 of hark 2", "read 90". Its arguments are the notebook, its number and the time.
// Of eight processes, two only read and two do both.
func use(args []string) error {
	ctx := context.Background()
	number, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	d, err := time.ParseDuration(args[2])
	if err != nil {
		return err
	}
	b, err := book.Open(ctx, args[0])
	if err != nil {
		return err
	}
	var id interview.ID
	end := time.Now().Add(d)
	for n := 0; time.Now().Before(end); n++ {
		reads := number%4 == 0 || number%4 == 1 && n%2 == 0
		text := fmt.Sprintf("line %d of hark %d", n, number)
		began := time.Now()
		switch {
		case reads:
			err = read(ctx, b)
		case n%perInterview < 2 || id.IsZero():
			id, err = b.Begin(ctx, fmt.Sprintf("Harbour Welding %d", number))
			text = ""
		default:
			err = b.Type(ctx, id, `"`+text)
		}
		if err != nil {
			return err
		}
		did := "write"
		if reads {
			did, text = "read", ""
		}
		if _, err := fmt.Println(did, time.Since(began).Microseconds(), text); err != nil {
			return err
		}
	}
	return nil
}

// read does what a screen does: it lists, searches and opens the newest interview.
func read(ctx context.Context, b *book.Book) error {
	newest, err := b.List(ctx, 1)
	if err != nil || len(newest) == 0 {
		return err
	}
	_, err = b.Notebook.Open(ctx, newest[0].ID)
	return err
}

// Run runs the harks for a minute, or the part of it asked for.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	d := max(shortest, time.Duration(float64(long)*o.Scale))
	path := filepath.Join(o.Folder, "hark.db")
	r := &run{waits: map[string][]time.Duration{}}
	var wait sync.WaitGroup
	o.Say(fmt.Sprintf("many: %d harks at work for %v", harks, d))
	for n := range harks {
		wait.Go(func() {
			if err := r.hark(ctx, path, n, d); err != nil {
				r.tally.Fail("failed", "hark %d: %v", n, err)
			}
		})
	}
	wait.Wait()
	r.compare(ctx, path)
	r.slow(o.Scale >= 1)
	return trial.Row{
		Campaign: fmt.Sprintf("%d harks on one notebook, readers among them", harks),
		Count:    fmt.Sprintf("%.0f s", d.Seconds()),
		Must:     "0 lost, worst wait under 500 ms",
		Found: fmt.Sprintf("%d lost; %s; %s", r.tally.Of("lost"),
			spread(r.waits["write"], "writes"), spread(r.waits["read"], "reads")),
		Bad: r.tally.Bad(),
	}, nil
}

type run struct {
	tally trial.Tally

	mu    sync.Mutex
	waits map[string][]time.Duration
	added []string
}

// hark runs one process and records what it prints.
func (r *run) hark(ctx context.Context, path string, n int, d time.Duration) error {
	var unread error
	err := trial.Lines(ctx, func(line string) {
		did, rest, _ := strings.Cut(line, " ")
		took, text, _ := strings.Cut(rest, " ")
		us, err := strconv.Atoi(took)
		if err != nil {
			unread = fmt.Errorf("it said %q", line)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.waits[did] = append(r.waits[did], time.Duration(us)*time.Microsecond)
		if text != "" {
			r.added = append(r.added, text)
		}
	}, "many use", path, strconv.Itoa(n), d.String())
	return errors.Join(err, unread)
}

// compare compares the notebook with what the processes printed.
func (r *run) compare(ctx context.Context, path string) {
	_, there, err := book.Check(ctx, path)
	if err != nil {
		r.tally.Fail("bad file", "%v", err)
	}
	for _, text := range r.added {
		if there[text] != 1 {
			r.tally.Fail("lost", "%q is there %d times", text, there[text])
		}
	}
}

// slow reports idle processes, and in the full campaign waits that are too long. The short campaign
// runs in the test suite, next to unknown load.
func (r *run) slow(judge bool) {
	for _, did := range []string{"write", "read"} {
		slices.Sort(r.waits[did])
		if len(r.waits[did]) == 0 {
			r.tally.Fail("starved", "not one %s", did)
		} else if most := r.waits[did][len(r.waits[did])-1]; judge && most >= worst {
			r.tally.Fail("slow", "a %s took %v", did, most)
		}
	}
}

// spread describes sorted waits.
func spread(waits []time.Duration, what string) string {
	if len(waits) == 0 {
		return "no " + what
	}
	at := func(share float64) string {
		return fmt.Sprintf("%.1f", waits[min(len(waits)-1, int(share*float64(len(waits))))].Seconds()*1000)
	}
	return fmt.Sprintf("%s %s: p50 %s, p99 %s, worst %s ms", trial.Number(len(waits)), what, at(0.5), at(0.99), at(1))
}
