// Package laptops lets two to five laptops take notes of one interview at the same time, some of
// them in two windows, with clocks far apart, notebooks that fail for a while, and exports that are
// exchanged whole, without thoughts, late, twice and in any order. After each step it checks the
// laws of merging: see laws.go.
package laptops

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hark/campaign/trial"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/playbook"
	"hark/internal/storage"
	"hark/store"
	"hark/store/journal"
)

const (
	rounds = 10_000
	every  = 500 // rounds between two progress reports
	// steps are the most steps of one round, without those that bring all laptops together.
	steps = 60
)

// Run plays the rounds of the campaign.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	var tally trial.Tally
	n := o.Count(rounds)
	err := o.Each(n, every, func(_, nth int) error {
		folder, err := os.MkdirTemp(o.Folder, "laptops-")
		if err != nil {
			return err
		}
		r := &round{Rand: o.Random(nth), nth: nth, folder: folder, tally: &tally, laws: newLaws()}
		if err := r.play(ctx); err != nil {
			return fmt.Errorf("round %d: %w", nth, err)
		}
		return os.RemoveAll(folder)
	}, func(begun int) string { return fmt.Sprintf("laptops: %s rounds", trial.Number(begun)) })
	return trial.Row{
		Campaign: "laptops apart",
		Count: fmt.Sprintf("%s rounds, %s actions, %s imports", trial.Number(n), trial.Number(tally.Of("acted")),
			trial.Number(tally.Of("imported"))),
		Must: "numbers, facts and gates stay, nothing is refused or lost, all laptops say the same",
		Found: fmt.Sprintf("%d numbers changed, %d facts vanished, %d gates shut again, %d refused, %d lost, %d apart, %d without a yes, %d dots twice",
			tally.Of(numberChanged), tally.Of(factVanished), tally.Of(gateShut), tally.Of(refused), tally.Of(lost), tally.Of(apart),
			tally.Of(withoutYes), tally.Of(twice)),
		Bad: tally.Bad(),
	}, err
}

// round is one interview on several laptops.
type round struct {
	*rand.Rand
	nth     int
	folder  string
	tally   *trial.Tally
	id      interview.ID
	elapsed time.Duration
	laptops []*laptop
	said    int // counts texts, so that each is another one
	exports []export
	laws
}

// laptop is one notebook with its windows.
type laptop struct {
	name    string
	path    string
	ahead   time.Duration // of the time of the others
	windows []*window
	knows   map[*event]bool
}

// window is one opening of a notebook. Its store takes no writes while it fails.
type window struct {
	storage.Store
	book    *notebook.Notebook
	failing bool
	shown   *interview.Interview // what stands on its screen
	// journalled is what happened in it and is not in the notebook yet.
	journalled map[*event]bool
}

// Change implements storage.Store.
func (w *window) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	if w.failing {
		return 0, storage.ErrUnwritable
	}
	return w.Store.Change(ctx, id, decide)
}

// export is a file on its way, with what the laptop knew when it was made.
type export struct {
	from  *laptop
	json  []byte
	knows map[*event]bool
}

// now is the time of the round.
func (r *round) now() time.Time {
	return time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC).Add(r.elapsed)
}

// Read fills b with random bytes of the round.
func (r *round) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return len(b), nil
}

// open opens one more window of a laptop.
func (r *round) open(ctx context.Context, l *laptop) error {
	w := &window{journalled: map[*event]bool{}}
	s, err := store.Open(l.path)
	if err != nil {
		return err
	}
	w.Store = s
	j, err := journal.Open(l.path)
	if err != nil {
		return err
	}
	author := l.name
	if len(l.windows) > 0 && r.IntN(2) == 0 {
		author += "'s colleague"
	}
	w.book, err = notebook.New(notebook.Options{
		Store: w, Journal: j, Now: func() time.Time { return r.now().Add(l.ahead) }, Random: r, Author: author,
	})
	if err != nil {
		return err
	}
	l.windows = append(l.windows, w)
	return r.look(ctx, w)
}

// look brings the screen of a window up to date.
func (r *round) look(ctx context.Context, w *window) error {
	v, err := w.book.Open(ctx, r.id)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	w.shown = v.Interview
	return err
}

// play plays the round.
func (r *round) play(ctx context.Context) error {
	for n := range 2 + r.IntN(4) {
		l := &laptop{
			name: fmt.Sprintf("rep %d", n), path: filepath.Join(r.folder, fmt.Sprint(n), "hark.db"), knows: map[*event]bool{},
			ahead: time.Duration(r.IntN(66*24)-26) * time.Hour * time.Duration(r.IntN(2)),
		}
		r.laptops = append(r.laptops, l)
		if err := r.open(ctx, l); err != nil {
			return err
		}
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	for range 20 + r.IntN(steps) {
		r.elapsed += time.Duration(r.IntN(90_000)) * time.Millisecond
		if err := r.step(ctx, r.laptops[r.IntN(len(r.laptops))]); err != nil {
			return err
		}
	}
	return r.together(ctx)
}

// begin begins the interview on the first laptop, which the others have from then on.
func (r *round) begin(ctx context.Context) error {
	guide, err := playbook.NewLibrary("").Get(playbook.Default)
	if err != nil {
		return err
	}
	first := r.laptops[0]
	begun, err := first.windows[0].book.Begin(ctx, interview.Beginning{Customer: "Harbour Welding", Playbook: guide})
	if err != nil {
		return err
	}
	r.id = begun.ID
	for range r.IntN(8) {
		if err := r.act(ctx, first, first.windows[0]); err != nil {
			return err
		}
	}
	file, err := r.export(ctx, first, true)
	if err != nil {
		return err
	}
	for _, l := range r.laptops[1:] {
		if err := r.take(ctx, l, file); err != nil {
			return err
		}
	}
	return nil
}

// step lets one laptop do something.
func (r *round) step(ctx context.Context, l *laptop) error {
	w := l.windows[r.IntN(len(l.windows))]
	switch n := r.IntN(100); {
	case n < 4:
		w.failing = !w.failing
		return nil
	case n < 6 && len(l.windows) < 3:
		return r.open(ctx, l)
	case n < 12:
		file, err := r.export(ctx, l, r.IntN(3) > 0)
		if err == nil {
			r.exports = append(r.exports, file)
		}
		return err
	case n < 22 && len(r.exports) > 0:
		return r.take(ctx, l, r.exports[r.IntN(len(r.exports))]) // late, twice, its own
	case n < 26:
		file, err := r.export(ctx, r.laptops[r.IntN(len(r.laptops))], true)
		if err != nil {
			return err
		}
		return r.take(ctx, l, file)
	case n < 50: // others' lines do not show at once
		return r.act(ctx, l, w)
	}
	if err := r.look(ctx, w); err != nil {
		return err
	}
	return r.act(ctx, l, w)
}

// export writes the interview as it stands in a notebook, as hark export does.
func (r *round) export(ctx context.Context, l *laptop, thoughts bool) (export, error) {
	file := export{from: l, knows: map[*event]bool{}}
	if err := r.settle(ctx, l); err != nil {
		return file, err
	}
	maps.Copy(file.knows, l.knows)
	err := l.windows[0].book.OpenMany(ctx, []interview.ID{r.id}, true, func(o notebook.Opened) (err error) {
		file.json, err = json.Marshal(interchange.Exported(o.Interview, o.Log, thoughts))
		if thoughts {
			return err
		}
		withheld := interview.Fold(interview.Withhold(o.Document()))
		for e := range file.knows {
			if stand, _ := standing(withheld, e.of, e.field); !slices.Contains(stand, e.value) {
				file.knows[e] = false
			}
		}
		return err
	})
	return file, err
}

// settle stores what the windows of a laptop have in their journals.
func (r *round) settle(ctx context.Context, l *laptop) error {
	for _, w := range l.windows {
		w.failing = false
		if _, err := w.book.Settle(ctx); err != nil {
			return err
		}
		maps.Copy(l.knows, w.journalled)
		clear(w.journalled)
	}
	return nil
}

// take imports a file, as hark import does, and checks the laws.
func (r *round) take(ctx context.Context, l *laptop, file export) error {
	if err := r.settle(ctx, l); err != nil {
		return err
	}
	before, _ := l.windows[0].book.Open(ctx, r.id) // none the first time
	result, err := l.windows[0].book.Import(ctx, interchange.Read(bytes.NewReader(file.json)), nil)
	if err != nil {
		return err
	}
	r.tally.Add("imported", 1)
	for _, why := range result.Refused {
		r.broken(refused, "%s takes nothing of %s: %v", l.name, file.from.name, why)
	}
	for e, content := range file.knows {
		l.knows[e] = l.knows[e] || content
	}
	after, err := l.windows[0].book.Open(ctx, r.id)
	if err != nil {
		return err
	}
	if before.Interview != nil && before.Gate.Open && !after.Gate.Open {
		r.broken(gateShut, "by an import into %s", l.name)
	}
	return r.check(ctx, l)
}

// together lets all laptops have what each has, by one of them, and compares them.
func (r *round) together(ctx context.Context) error {
	order := r.Perm(len(r.laptops))
	hub := r.laptops[order[0]]
	for _, n := range order {
		file, err := r.export(ctx, r.laptops[n], true)
		if err == nil {
			err = r.take(ctx, hub, file)
		}
		if err != nil {
			return err
		}
	}
	file, err := r.export(ctx, hub, true)
	if err != nil {
		return err
	}
	for _, l := range r.laptops {
		if err := r.take(ctx, l, file); err != nil {
			return err
		}
	}
	var all [][]byte
	for _, l := range r.laptops {
		v, err := l.windows[0].book.Open(ctx, r.id)
		if err != nil {
			return err
		}
		b, err := json.Marshal(interchange.Shown(interview.Fold(v.Document()))) // seen by nobody in particular
		if err != nil {
			return err
		}
		if all = append(all, b); !bytes.Equal(all[0], b) {
			r.broken(apart, "%s has …%s, and %s …%s", r.laptops[0].name, from(all[0], b), l.name, from(b, all[0]))
		}
	}
	return nil
}

// from returns the part of one text where it begins to differ from another.
func from(one, other []byte) []byte {
	n := 0
	for n < min(len(one), len(other)) && one[n] == other[n] {
		n++
	}
	return one[max(0, n-100):min(len(one), n+100)]
}
