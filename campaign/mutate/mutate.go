// Package mutate damages notebooks in every way in which files get damaged, and lets hark use each
// of them in a separate process with a limit on memory and time. hark may refuse a damaged
// notebook, or read it in an earlier state. It must not crash, and must not return content that was
// never stored.
package mutate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hark/campaign/book"
	"hark/campaign/trial"
)

const (
	files    = 10_000
	patience = 20 * time.Second // the longest time of one process
	every    = 500              // files between two progress reports
	lockName = "hark.lock"
)

// Processes are the processes that Run starts.
func Processes() map[string]trial.Process { return map[string]trial.Process{"mutate use": use} }

// The first word of use.
const (
	saysHolds = "holds "
	saysError = "error "
)

// use opens a notebook, reads all of it, and if that succeeds writes to it. It prints the
// fingerprint, or why the notebook could not be read.
func use(args []string) error {
	if err := trial.LimitMemory(); err != nil {
		return err
	}
	ctx := context.Background()
	holds := ""
	b, err := book.Open(ctx, args[0])
	if err == nil {
		holds, err = b.Fingerprint(ctx)
	}
	if err != nil {
		fmt.Println(saysError + strings.ReplaceAll(err.Error(), "\n", "; "))
		return nil
	}
	fmt.Println(saysHolds + holds)
	if err := b.Meet(rand.New(rand.NewPCG(1, 1))).Turn(ctx); err != nil {
		fmt.Println(saysError + strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return nil
}

// Run damages as many files as asked for.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	var originals []*original
	for i, turns := range []int{30, 150, 500} {
		one, err := write(ctx, filepath.Join(o.Folder, fmt.Sprintf("original %d", i)), turns, o.Random(-1-i))
		if err != nil {
			return trial.Row{}, err
		}
		originals = append(originals, one)
	}
	var tally trial.Tally
	err := o.Each(o.Count(files), every, func(_, n int) error { return one(ctx, o, n, originals, &tally) },
		func(begun int) string { return fmt.Sprintf("mutate: %d files: %s", begun, found(&tally)) })
	return trial.Row{
		Campaign: "mutated notebook files, each opened in its own process",
		Count:    fmt.Sprintf("%s files, %d kinds", trial.Number(o.Count(files)), len(kinds())),
		Must:     "0 crashes, 0 hangs, 0 unnoticed accidental changes; the damaged file always kept",
		Found:    found(&tally), Bad: tally.Bad(),
	}, err
}

func found(t *trial.Tally) string {
	return fmt.Sprintf("%d crashes, %d hangs, %d unnoticed, %d not kept; %s noticed, %s read as they were, %d as they were before that (with both meta pages of then)",
		t.Of("crash"), t.Of("hang"), t.Of("unnoticed"), t.Of("not kept"), trial.Number(t.Of("noticed")), trial.Number(t.Of("same")), t.Of("older"))
}

// write creates a notebook to be damaged: some turns of a meeting, and the state some turns before
// the last.
func write(ctx context.Context, folder string, turns int, chance *rand.Rand) (*original, error) {
	const last = 5
	o := &original{path: filepath.Join(folder, "hark.db")}
	b, err := book.Open(ctx, o.path)
	if err != nil {
		return nil, err
	}
	m := b.Meet(chance)
	for n := range turns {
		if err := m.Turn(ctx); err != nil {
			return nil, err
		}
		if n == turns-last {
			if o.before, err = os.ReadFile(o.path); err != nil {
				return nil, err
			}
		}
		if n >= turns-last {
			holds, err := b.Fingerprint(ctx)
			if err != nil {
				return nil, err
			}
			o.held = append(o.held, holds)
		}
	}
	if o.now, err = os.ReadFile(o.path); err != nil {
		return nil, err
	}
	if o.lock, err = os.ReadFile(filepath.Join(folder, lockName)); err != nil {
		return nil, err
	}
	for n := 0; n < min(len(o.now), len(o.before)); n += pageSize {
		if !bytes.Equal(o.now[n:n+pageSize], o.before[n:n+pageSize]) {
			o.touched = append(o.touched, n/pageSize)
		}
	}
	return o, nil
}

// older reports whether a damaged file has both meta pages of the earlier state: then it is that
// state, with newer pages that do not count, and nothing in the file can tell.
func (o *original) older(damaged []byte) bool {
	const both = 2 * pageSize
	return len(damaged) >= both && bytes.Equal(damaged[:both], o.before[:both])
}

// whose says which state a wrong fingerprint belongs to.
func (o *original) whose(holds string) string {
	if n := slices.Index(o.held, holds); n >= 0 {
		return fmt.Sprintf("what was there %d turns before the last", len(o.held)-1-n)
	}
	return "what never was there"
}

// one damages the n-th file and uses it.
func one(ctx context.Context, o trial.Options, n int, originals []*original, tally *trial.Tally) error {
	all := kinds()
	k, from, chance := all[n%len(all)], originals[n/len(all)%len(originals)], o.Random(n)
	damaged := k.damage(from, bytes.Clone(from.now), chance)
	folder := filepath.Join(o.Folder, fmt.Sprintf("damaged %d", n))
	path := filepath.Join(folder, "hark.db")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(path, damaged, 0o600)); err != nil {
		return err
	}
	if len(damaged) == 0 { // the files next to it tell it from a new notebook
		if err := os.WriteFile(filepath.Join(folder, lockName), from.lock, 0o600); err != nil {
			return err
		}
	}
	said, err := trial.Output(ctx, patience, "mutate use", path)
	var crash *trial.Crash
	what := fmt.Sprintf("file %d (%s)", n, k.name)
	holds, sound := strings.CutPrefix(said, saysHolds)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &crash) && crash.Hung:
		tally.Fail("hang", "%s: %s", what, said)
	case err != nil:
		tally.Fail("crash", "%s: %v", what, err)
	case sound && strings.Fields(holds)[0] == from.held[len(from.held)-1]:
		tally.Add("same", 1)
	case sound && from.older(damaged) && slices.Contains(from.held, strings.Fields(holds)[0]):
		tally.Add("older", 1)
	case sound:
		tally.Fail("unnoticed", "%s: nothing was said, and it holds %s", what, from.whose(strings.Fields(holds)[0]))
	default:
		tally.Add("noticed", 1)
		if !present(folder, damaged) {
			tally.Fail("not kept", "%s: neither it nor a copy is there; hark said: %s", what, said)
		}
	}
	return os.RemoveAll(folder)
}

// present reports whether a file with these bytes is somewhere in a folder.
func present(folder string, content []byte) bool {
	found := false
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil // what cannot be read is not found
		}
		if b, err := os.ReadFile(path); err == nil && bytes.Equal(b, content) {
			found = true
		}
		return nil
	})
	return found
}
