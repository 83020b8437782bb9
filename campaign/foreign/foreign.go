// Package foreign points hark's commands at files that are not hark's, and lays such files next to
// a notebook in use. None of them may be changed in any way, nor anything be made for them.
package foreign

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hark/campaign/command"
	"hark/campaign/trial"
)

// rounds is how often each file is tried by each command in the full campaign, each time with another
// content, other permissions and another age.
const rounds = 40

// patience is how long a command may take for a file that is no notebook.
const patience = 20 * time.Second

// run is one run of the campaign.
type run struct {
	ctx   context.Context
	tally trial.Tally
}

// Run tries all files with all commands.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	r := &run{ctx: ctx}
	n := o.Count(rounds)
	var errs []error
	for round := range n {
		folder := filepath.Join(o.Folder, fmt.Sprint(round))
		errs = append(errs, r.refused(folder, o.Random(round)), r.besides(folder, o.Random(-1-round)))
		o.Say(fmt.Sprintf("foreign: round %d: %s", round+1, r.found()))
		if err := errors.Join(append(errs, ctx.Err(), os.RemoveAll(folder))...); err != nil {
			return trial.Row{}, err
		}
	}
	return trial.Row{
		Campaign: "files that are not hark's, as `--db` and next to a notebook",
		Count: fmt.Sprintf("%d kinds of files, %d ways to call a command, %s calls; %d kinds next to a notebook through its life",
			len(targets()), len(calls("")), trial.Number(r.tally.Of("calls")), len(neighbours())),
		Must:  "each call refused with a sentence; not a byte, name, permission or time changed, nothing left behind",
		Found: r.found(), Bad: r.tally.Bad(),
	}, nil
}

func (r *run) found() string {
	return fmt.Sprintf("%d changed, %d taken, %d without a sentence, %d hung",
		r.tally.Of("changed"), r.tally.Of("taken"), r.tally.Of("no sentence"), r.tally.Of("hung"))
}

// calls returns a call of each command that opens the notebook, with files in a folder of its own.
func calls(folder string) [][]string {
	in := func(name string) string { return filepath.Join(folder, name) }
	return [][]string{
		{"list"}, {"list", "--json"}, {"show"}, {"show", "acme"}, {"search", "weld"}, {"recap"}, {"recap", "--out", in("recap.md")},
		{"themes"}, {"themes", "weld"}, {"customers"}, {"customers", "acme"}, {"advisers"}, {"promises"}, {"promises", "--ics", in("promises.ics")}, {"routes"},
		{"take", "acme"}, {"take", "--new", "acme"}, {"take", "acme", in("lines.txt")},
		{"export", "--all"}, {"export", "--all", "--format", "json", "--out", in("all.json")}, {"export", "--all", "--out", in("all") + "/"},
		{"export", "--department", "engineering"}, {"import", in("import.json")}, {"import", "-"},
		{"backup", in("backup.db")}, {"backup", in("backup.db"), "--force"}, {"restore", in("sound.db")}, {"restore", in("lines.txt")},
		{"doctor"}, {"doctor", "--mend"}, {"doctor", "--mend=salvage"}, {"doctor", "--mend=earlier"}, {"doctor", "--mend=backup"}, {"doctor", "--mend=empty"},
		{"erase", "--customer", "acme", "--yes"}, {"erase", "--customer", "acme", "--yes", "--backups"}, {"erase", "aaaa", "--yes"},
		{"demo", "--size", "1"}, {"__complete", "show", ""}, {"__complete", "export", ""},
	}
}

// begins reports whether a call may make a notebook where there is none yet.
func begins(call []string) bool {
	return slices.Contains([]string{"demo", "import", "restore"}, call[0]) || strings.HasPrefix(strings.Join(call, " "), "take --new")
}

// refused points every call at every file that is not a notebook.
func (r *run) refused(folder string, chance source) error {
	work := filepath.Join(folder, "work")
	if err := os.MkdirAll(work, 0o700); err != nil {
		return err
	}
	if err := sound(r.ctx, filepath.Join(work, "sound.db")); err != nil {
		return err
	}
	for _, name := range []string{"lines.txt", "import.json"} {
		if err := os.WriteFile(filepath.Join(work, name), []byte("one\ntwo\n"), 0o600); err != nil {
			return err
		}
	}
	for i, t := range targets() {
		in := filepath.Join(folder, fmt.Sprint("target ", i))
		if err := os.Mkdir(in, 0o755); err != nil {
			return err
		}
		db, err := t.make(r.ctx, in, chance)
		if errors.Is(err, errors.ErrUnsupported) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if err := age(in, chance); err != nil {
			return err
		}
		for _, call := range calls(work) {
			if t.begins && begins(call) {
				continue
			}
			r.call(t.name, in, db, call)
		}
	}
	return nil
}

// call makes one call, which must be refused and leave the folder as it is.
func (r *run) call(what, in, db string, call []string) {
	before, err := look(in)
	if err != nil {
		r.tally.Fail("blind", "%s: %v", what, err)
		return
	}
	r.tally.Add("calls", 1)
	said, code, ended := r.hark(db, call...)
	named := fmt.Sprintf("hark %s --db %s", strings.Join(call, " "), what)
	switch {
	case !ended:
		r.tally.Fail("hung", "%s", named)
		return
	case strings.HasPrefix(call[0], "__"): // completion says nothing, and offers nothing
	case code == 0:
		r.tally.Fail("taken", "%s: %s", named, said)
	case strings.TrimSpace(said) == "" || strings.Contains(said, "goroutine "):
		r.tally.Fail("no sentence", "%s: %q", named, said)
	}
	after, err := look(in)
	if err != nil {
		r.tally.Fail("changed", "%s: %v", named, err)
		return
	}
	if diff := compare(before, after); diff != "" {
		r.tally.Fail("changed", "%s:\n%s%s", named, diff, said)
	}
}

// hark runs a command and returns what it says, unless it takes too long.
func (r *run) hark(db string, call ...string) (said string, code int, ended bool) {
	type result struct {
		said string
		code int
	}
	done := make(chan result, 1)
	go func() {
		said, code := command.Run(r.ctx, db, "one\n", call...)
		done <- result{said, code}
	}()
	select {
	case d := <-done:
		return d.said, d.code, true
	case <-time.After(patience):
		return "", 0, false
	}
}

// besides takes a notebook through all that hark does with one, with files in its folders that are
// not hark's.
func (r *run) besides(folder string, chance source) error {
	in := filepath.Join(folder, "life")
	if err := os.MkdirAll(in, 0o755); err != nil {
		return err
	}
	db := filepath.Join(in, "hark.db")
	if err := sound(r.ctx, db); err != nil {
		return err
	}
	var all []string
	for _, name := range neighbours() {
		path := filepath.Join(in, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), write(path, chance)); err != nil {
			return err
		}
		all = append(all, path)
	}
	for _, sibling := range []string{"backups", "quarantine", "rescue", "hark.journal"} {
		all = append(all, filepath.Join(in, sibling)) // its permissions: see lookAt
	}
	work := filepath.Join(folder, "life's work")
	if err := os.Mkdir(work, 0o700); err != nil {
		return err
	}
	for _, step := range life(work) {
		before, err := lookAt(all)
		if err != nil {
			return err
		}
		if step.damage != nil {
			if err := step.damage(db); err != nil {
				return err
			}
		}
		r.tally.Add("calls", 1)
		said, code, ended := r.hark(db, step.call...)
		named := "a notebook's life: hark " + strings.Join(step.call, " ")
		if !ended {
			r.tally.Fail("hung", "%s", named)
			return nil
		}
		if step.works && code != 0 {
			r.tally.Fail("blind", "%s: ends with %d: %s", named, code, said)
		}
		after, err := lookAt(all)
		if err != nil {
			return err
		}
		if diff := compare(before, after); diff != "" {
			r.tally.Fail("changed", "%s:\n%s%s", named, diff, said)
		}
	}
	return nil
}
