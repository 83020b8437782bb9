package swaps

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"hark/campaign/book"
	"hark/campaign/command"
	"hark/campaign/trial"
)

// gone is how many notebooks are taken away.
const gone = 100

// looks are the commands that only look.
func looks() [][]string {
	return [][]string{
		{"list"}, {"show"}, {"search", "line"}, {"themes"}, {"customers"}, {"advisers"}, {"promises"}, {"routes"}, {"recap"}, {"card"}, {"doctor"},
		{"backup", "none.db"}, {"export", customer}, {"take", customer}, {"__complete", "show", ""}, {"__complete", "take", ""},
	}
}

// RunGone takes notebooks away under an open hark, which keeps lines aside, while commands look for
// them, and at times a new one begins there. Then they are put back.
func RunGone(ctx context.Context, o trial.Options) (trial.Row, error) {
	var tally trial.Tally
	n := o.Count(gone)
	err := o.Each(n, 50, func(_, n int) error {
		folder := filepath.Join(o.Folder, fmt.Sprint(n))
		return errors.Join(takeAway(ctx, &tally, o.Random(n), folder), os.RemoveAll(folder))
	}, func(begun int) string { return fmt.Sprintf("gone: %d notebooks, %d looks", begun, tally.Of("looks")) })
	return trial.Row{
		Campaign: "a notebook taken away under an open hark, and put back, with commands that look in between",
		Count:    fmt.Sprintf("%s notebooks, %s looks", trial.Number(n), trial.Number(tally.Of("looks"))),
		Must:     "0 notebooks made by looking; 0 lines lost or doubled once it is back",
		Found: fmt.Sprintf("%d made; %s lines: %d lost, %d doubled",
			tally.Of("made"), trial.Number(tally.Of("lines")), tally.Of("lost"), tally.Of("doubled")),
		Bad: tally.Bad(),
	}, err
}

func takeAway(ctx context.Context, tally *trial.Tally, chance *rand.Rand, folder string) error {
	path, away := filepath.Join(folder, "hark.db"), filepath.Join(folder, "away.db")
	h, err := book.Open(ctx, path)
	if err != nil {
		return err
	}
	id, err := h.Begin(ctx, customer)
	if err != nil {
		return err
	}
	lines := 0
	keep := func() error {
		err := h.Type(ctx, id, fmt.Sprintf(`"line %d`, lines))
		lines++
		return err
	}
	for range 1 + chance.IntN(3) {
		if err := keep(); err != nil {
			return err
		}
	}
	if err := os.Rename(path, away); err != nil {
		return err
	}
	for range chance.IntN(3) {
		if err := keep(); err != nil {
			return err
		}
	}
	closes := chance.IntN(2) == 0
	if closes {
		err = end(ctx, h)
	}
	for range 3 {
		args := looks()[chance.IntN(len(looks()))]
		_, _ = command.Run(ctx, path, "", args...)
		tally.Add("looks", 1)
		if _, statErr := os.Lstat(path); statErr == nil {
			tally.Fail("made", "by %q", args)
		}
	}
	if chance.IntN(2) == 0 {
		if printed, code := command.Run(ctx, path, "\"another\n", "take", "--new", "Mill"); code != 0 {
			return errors.New(printed)
		}
	}
	err = errors.Join(err, os.Rename(away, path))
	if !closes {
		err = errors.Join(err, keep(), end(ctx, h))
	}
	if err != nil {
		return err
	}
	_, there, err := book.Check(ctx, path)
	if err != nil {
		return err
	}
	tally.Add("lines", lines)
	for n := range lines {
		switch text := fmt.Sprintf("line %d", n); there[text] {
		case 0:
			tally.Fail("lost", "%q", text)
		case 1:
		default:
			tally.Fail("doubled", "%q", text)
		}
	}
	return nil
}
