// Package kill kills harks that write to one notebook, repeatedly and without a chance to clean up,
// and checks that everything they acknowledged is there.
package kill

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"hark/campaign/book"
	"hark/campaign/trial"
	"hark/internal/interview"
)

const (
	kills = 2_000
	// rounds is the number of kills per notebook, before a new one is made.
	rounds = 6
	// most is the largest number of harks at once; there are at least two.
	most = 4
	// The longest time until a kill: after the start, when hark may be creating the notebook, or
	// after the first acknowledgement.
	fromStart = 30 * time.Millisecond
	fromFirst = 30 * time.Millisecond
)

// Processes are the processes that Run starts.
func Processes() map[string]trial.Process { return map[string]trial.Process{"kill write": write} }

// write adds lines until it is killed, and prints each one once it is acknowledged. Its arguments
// are the notebook and a name of its own.
func write(args []string) error {
	ctx := context.Background()
	b, err := book.Open(ctx, args[0])
	if err != nil {
		return err
	}
	// The first process begins the interview that all write to, as far as they see each other.
	id, err := b.Find(ctx, "Harbour Welding")
	if err != nil {
		if id, err = b.Begin(ctx, "Harbour Welding"); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		text := fmt.Sprintf("line %d of %s", n, args[1])
		if err := add(ctx, b, id, n, text); err != nil {
			return err
		}
		if _, err := fmt.Println(text); err != nil { // one write, so that the line is whole even when killed
			return err
		}
	}
}

// add adds a text in one of several ways.
func add(ctx context.Context, b *book.Book, id interview.ID, n int, text string) error {
	if n%5 == 4 {
		if err := b.SetDraft(ctx, id, text); err != nil {
			return err
		}
	}
	return b.Type(ctx, id, [...]string{`"`, "~", "@Ana \"", "!", `!"`}[(n+n/5)%5]+text)
}

// Run kills as many harks as asked for.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	wanted := o.Count(kills)
	r := &run{chance: o.Random(0)}
	for notebook := 0; r.tally.Of("killed") < wanted; notebook++ {
		path := filepath.Join(o.Folder, fmt.Sprintf("notebook %d", notebook), "hark.db")
		r.acknowledged = map[string]bool{}
		for range rounds {
			if err := r.round(ctx, path); err != nil {
				return trial.Row{}, err
			}
			if r.tally.Of("killed") >= wanted {
				break
			}
		}
		o.Say(fmt.Sprintf("kill: %d killed, %d acknowledged, %d lost, %d doubled",
			r.tally.Of("killed"), r.tally.Of("acknowledged"), r.tally.Of("lost"), r.tally.Of("doubled")))
	}
	return trial.Row{
		Campaign: "kill -9 of harks that write, two to four at once, creation of the notebook included",
		Count:    trial.Number(r.tally.Of("killed")) + " kills",
		Must:     "0 acknowledged actions lost, 0 doubled",
		Found: fmt.Sprintf("%s acknowledged: %d lost, %d doubled; %d bad files; %d killed before the first",
			trial.Number(r.tally.Of("acknowledged")), r.tally.Of("lost"), r.tally.Of("doubled"), r.tally.Of("bad file"), r.tally.Of("early")),
		Bad: r.tally.Bad(),
	}, nil
}

type run struct {
	chance       *rand.Rand
	tally        trial.Tally
	harks        int
	acknowledged map[string]bool // acknowledged so far, in the current notebook
}

// round runs some harks on a notebook, kills them, and checks it.
func (r *run) round(ctx context.Context, path string) error {
	var (
		wait sync.WaitGroup
		mu   sync.Mutex
		errs []error
	)
	at := 2 + r.chance.IntN(most-1)
	for range at {
		r.harks++
		name := fmt.Sprintf("hark %d", r.harks)
		early := r.chance.IntN(3) == 0
		after := time.Duration(r.chance.Int64N(int64(fromFirst)))
		if early {
			after = time.Duration(r.chance.Int64N(int64(fromStart)))
		}
		wait.Go(func() {
			said, err := until(ctx, early, after, path, name)
			var crash *trial.Crash
			if err == nil || errors.As(err, &crash) && crash.Complaint != "" {
				r.tally.Fail("ended by itself", "%v", err)
			}
			if crash != nil || errors.Is(err, context.Canceled) { // killed, maybe before it had started
				err = ctx.Err()
			}
			mu.Lock()
			defer mu.Unlock()
			for _, text := range said {
				r.acknowledged[text] = true
			}
			r.tally.Add("acknowledged", len(said))
			r.tally.Add("killed", 1)
			if len(said) == 0 {
				r.tally.Add("early", 1)
			}
			errs = append(errs, err)
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return r.compare(ctx, path, at)
}

// until runs hark, kills it a while after its start or its first acknowledgement, and returns what
// it acknowledged. The error is a *trial.Crash without a complaint unless hark ended by itself.
func until(ctx context.Context, early bool, after time.Duration, path, name string) (said []string, err error) {
	ctx, kill := context.WithCancel(ctx)
	defer kill()
	if early {
		time.AfterFunc(after, kill)
	}
	err = trial.Lines(ctx, func(text string) {
		if said = append(said, text); len(said) == 1 && !early {
			time.AfterFunc(after, kill)
		}
	}, "kill write", path, name)
	return said, err
}

// compare compares a notebook with what was acknowledged. Each killed process may have done one
// action more.
func (r *run) compare(ctx context.Context, path string, harks int) error {
	_, there, err := book.Check(ctx, path)
	if err != nil {
		r.tally.Fail("bad file", "%v", err)
		return nil
	}
	for text := range r.acknowledged {
		if there[text] == 0 {
			r.tally.Fail("lost", "%q", text)
		}
	}
	unfinished := 0
	for text, times := range there {
		if times > 1 {
			r.tally.Fail("doubled", "%q is there %d times", text, times)
		}
		if !r.acknowledged[text] {
			unfinished++
			r.acknowledged[text] = true // from now on it must stay
		}
	}
	if unfinished > harks {
		r.tally.Fail("doubled", "%d harks left %d lines that they had not acknowledged", harks, unfinished)
	}
	return nil
}
