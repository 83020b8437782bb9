package hostile

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"hark/campaign/book"
	"hark/campaign/trial"
	"hark/internal/interview"
	"hark/internal/notebook"
)

const (
	texts = 300_000
	// One interview in perNotebook passes through a real notebook and all commands, and a part of
	// those through the screens.
	perNotebook = 250
	perScreen   = 2
	every       = 30_000 // texts between two progress reports
)

// batch is the texts of one interview.
type batch struct {
	n     int
	texts []string
}

// Run passes as many texts as asked for through every output.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	known, err := naughty()
	if err != nil {
		return trial.Row{}, err
	}
	r := &run{o: o, ways: ways()}
	if r.harmless, err = r.harmlessScreens(ctx); err != nil {
		return trial.Row{}, err
	}
	batches := make(chan batch)
	errs := make([]error, 2)
	var wait sync.WaitGroup
	for w := range errs {
		wait.Go(func() {
			for b := range batches {
				errs[w] = errors.Join(errs[w], r.batch(ctx, b))
			}
		})
	}
	m := &maker{chance: o.Random(0), naughty: known, tricks: tricks()}
	var next batch
	m.all(func(s string) bool {
		next.texts = append(next.texts, s)
		if len(next.texts) == perMeeting {
			batches <- next
			next = batch{n: next.n + 1}
		}
		return ctx.Err() == nil
	}, o.Count(texts))
	if len(next.texts) > 0 {
		batches <- next
	}
	close(batches)
	wait.Wait()
	t := &r.tally
	return trial.Row{
		Campaign: fmt.Sprintf("hostile strings (%d known ones among them) through every way out", len(known)),
		Count: fmt.Sprintf("%s strings; %s interviews exported; %d through a notebook, all commands and %d times the screens",
			trial.Number(t.Of("texts")), trial.Number(t.Of("interviews")), t.Of("notebooks"), t.Of("screens")),
		Must: "0 active bytes; what was stored is what was typed",
		Found: fmt.Sprintf("%d active in %s outputs; %d not as typed of %s kept",
			t.Of("active"), trial.Number(t.Of("outputs")), t.Of("not as typed"), trial.Number(t.Of("kept"))),
		Bad: t.Bad(),
	}, errors.Join(append(errs, ctx.Err())...)
}

// run is one run of the campaign.
type run struct {
	o        trial.Options
	tally    trial.Tally
	ways     []way
	harmless stream
}

func (r *run) active(way, why string)   { r.tally.Fail("active", "%s: %s", way, why) }
func (r *run) notTyped(way, why string) { r.tally.Fail("not as typed", "%s: %s", way, why) }

// batch passes texts through every output.
func (r *run) batch(ctx context.Context, b batch) error {
	for _, s := range b.texts {
		through(s, r.ways, r.active)
	}
	r.tally.Add("texts", len(b.texts))
	r.tally.Add("outputs", len(b.texts)*len(r.ways))
	if n := r.tally.Of("texts"); n/every != (n-len(b.texts))/every {
		r.o.Say(fmt.Sprintf("hostile: %s texts, %d active", trial.Number(n), r.tally.Of("active")))
	}
	customer := name(b.texts)
	do, err := book.InMemory(customer, uint64(b.n))
	if err != nil {
		return err
	}
	iv, all, err := fill(do, b.texts)
	if err != nil {
		return err
	}
	asTyped(iv, all, r.notTyped)
	exported(iv, r.active)
	r.tally.Add("interviews", 1)
	r.tally.Add("outputs", 3)
	r.tally.Add("kept", len(all))
	if b.n%perNotebook != 0 {
		return nil
	}
	return r.stored(ctx, b, customer)
}

// name returns a text that is valid as the name of a customer.
func name(texts []string) string {
	for _, s := range texts {
		if _, err := book.InMemory(s, 0); err == nil && active(s, "") != "" {
			return s
		}
	}
	return "x\x1b[" + mark + "m\x1b]0;" + mark + "\a\u202e"
}

// stored stores texts in a real notebook, reads them again, and shows them with every command and
// screen.
func (r *run) stored(ctx context.Context, b batch, customer string) error {
	db := filepath.Join(r.o.Folder, fmt.Sprint(b.n), "hark.db")
	bk, id, all, err := r.add(ctx, db, customer, b.texts)
	if err != nil {
		return err
	}
	v, err := bk.Notebook.Open(ctx, id)
	if err != nil {
		return err
	}
	asTyped(v.Interview, all, r.notTyped)
	r.tally.Add("kept", len(all))
	if r.tally.Add("notebooks", 1); b.n%(perNotebook*perScreen) == 0 {
		for _, which := range []interview.ID{id, {}} {
			sent, err := shown(ctx, bk.Notebook, which, b.texts[0])
			if err != nil {
				return err
			}
			screened(sent, r.harmless, r.active)
			r.tally.Add("screens", 1)
		}
	}
	return commanded(ctx, db, id.String(), strings.ReplaceAll(customer, "\x00", ""), r.active)
}

// add fills an interview in a real notebook.
func (r *run) add(ctx context.Context, db, customer string, texts []string) (*book.Book, interview.ID, []added, error) {
	bk, err := book.Open(ctx, db)
	if err != nil {
		return nil, interview.ID{}, nil, err
	}
	id, err := bk.Begin(ctx, customer)
	if err != nil {
		return nil, interview.ID{}, nil, err
	}
	_, all, err := fill(func(a interview.Action) (*interview.Interview, []interview.Touched, error) {
		result, err := bk.Apply(ctx, id, a, notebook.Live)
		return result.Interview, result.Touched, err
	}, texts)
	return bk, id, all, err
}

// harmlessScreens shows similar interviews without hostile text, to learn what the screens send
// anyway.
func (r *run) harmlessScreens(ctx context.Context) (stream, error) {
	said := make([]string, perMeeting)
	for i := range said {
		said[i] = fmt.Sprintf("they do one weld in %d twice, and 日本 é", i)
	}
	bk, id, _, err := r.add(ctx, filepath.Join(r.o.Folder, "harmless", "hark.db"), "Harbour Welding", said)
	if err != nil {
		return stream{}, err
	}
	live, err := shown(ctx, bk.Notebook, id, said[0])
	if err != nil {
		return stream{}, err
	}
	library, err := shown(ctx, bk.Notebook, interview.ID{}, said[0])
	if err != nil {
		return stream{}, err
	}
	for screen, sent := range map[string]string{"live": live, "library": library} {
		if !strings.Contains(read(sent).text, "weld") {
			return stream{}, fmt.Errorf("the %s screen shows nothing of what was said: the campaign is blind", screen)
		}
	}
	return read(live + library), nil
}
