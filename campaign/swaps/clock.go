package swaps

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hark/campaign/book"
	"hark/campaign/trial"
)

const (
	clocks = 20 // notebooks that are backed up by a wrong clock
	days   = 25 // in which each is written to
	// keptDays is how many backups are kept.
	keptDays = 7
)

// RunClock has notebooks backed up each day by a clock that jumps.
func RunClock(ctx context.Context, o trial.Options) (trial.Row, error) {
	var tally trial.Tally
	n := o.Count(clocks)
	err := o.Each(n, 10, func(_, n int) error {
		folder := filepath.Join(o.Folder, fmt.Sprint(n))
		chance := o.Random(n)
		now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
		clock := func() time.Time {
			now = now.AddDate(0, 0, 1)
			switch chance.IntN(6) {
			case 0:
				return now.AddDate(0, 0, 7)
			case 1:
				return time.Unix(0, 0).UTC().AddDate(0, 0, chance.IntN(3))
			case 2:
				return now.AddDate(0, 0, chance.IntN(60)-30)
			}
			return now
		}
		return errors.Join(backUp(ctx, &tally, clock, folder), os.RemoveAll(folder))
	}, func(begun int) string { return fmt.Sprintf("clock: %d notebooks", begun) })
	return trial.Row{
		Campaign: "daily backups by a clock that is a week ahead, in 1970, or jumps back and forth",
		Count:    fmt.Sprintf("%s notebooks, %s days", trial.Number(n), trial.Number(tally.Of("days"))),
		Must:     "the backup of the day is there and has all; never more than 7, never an older one for a newer one",
		Found: fmt.Sprintf("%d not there, %d lack something, %d times too many, %d newer ones deleted",
			tally.Of("not there"), tally.Of("lacks"), tally.Of("too many"), tally.Of("deleted")),
		Bad: tally.Bad(),
	}, err
}

// backUp writes to a notebook on each day of a clock, and looks at the backups.
func backUp(ctx context.Context, tally *trial.Tally, clock func() time.Time, folder string) error {
	path := filepath.Join(folder, "hark.db")
	b, err := book.Open(ctx, path)
	if err != nil {
		return err
	}
	id, err := b.Begin(ctx, customer)
	if err != nil {
		return err
	}
	var made []string // the names of the backups, in the order in which they were made
	for n := range days {
		today := clock()
		if b, err = book.Open(ctx, path); err != nil {
			return err
		}
		b.Store.BackUpDaily(func() time.Time { return today })
		err := b.Type(ctx, id, fmt.Sprintf(`"line %d`, n))
		b.Store.Finish()
		if err != nil {
			return err
		}
		tally.Add("days", 1)
		name := "hark-" + today.Format(time.DateOnly) + ".db"
		if len(made) == 0 || made[len(made)-1] != name { // else it is still the same day
			made = append(slices.DeleteFunc(made, func(m string) bool { return m == name }), name)
			if err := hasAll(ctx, tally, filepath.Join(folder, "backups", name), n); err != nil {
				return err
			}
		}
		there, err := filepath.Glob(filepath.Join(folder, "backups", "*.db"))
		if err != nil {
			return err
		}
		if len(there) > keptDays {
			tally.Fail("too many", "%q", there)
		}
		for _, name := range made[max(len(made)-keptDays, 0):] {
			if !slices.ContainsFunc(there, func(path string) bool { return strings.HasSuffix(path, name) }) {
				tally.Fail("deleted", "%s of %q", name, made)
			}
		}
	}
	return nil
}

// hasAll checks that a backup is there and has the lines up to one; a copy is read, so that nothing
// changes.
func hasAll(ctx context.Context, tally *trial.Tally, path string, last int) error {
	content, err := os.ReadFile(path)
	if err != nil {
		tally.Fail("not there", "%v", err)
		return nil
	}
	at := filepath.Join(filepath.Dir(filepath.Dir(path)), "read", filepath.Base(path))
	if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o700), os.WriteFile(at, content, 0o600)); err != nil {
		return err
	}
	_, there, err := book.Check(ctx, at)
	if err != nil {
		return err
	}
	if there[fmt.Sprintf("line %d", last)] != 1 {
		tally.Fail("lacks", "%s has %v", path, there)
	}
	return nil
}
