package book_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"hark/campaign/book"
	"hark/internal/interview"
)

// Made-up meetings put all that can be stored of a problem, a route and a promise into the notebook
// sooner or later.
func TestMeetingsHoldEverything(t *testing.T) {
	const most, between = 5000, 250 // turns
	ctx := context.Background()
	b, err := book.Open(ctx, filepath.Join(t.TempDir(), "hark.db"))
	if err != nil {
		t.Fatal(err)
	}
	m := b.Meet(rand.New(rand.NewPCG(1, 0)))
	var missing []string
	for turn := 1; turn <= most; turn++ {
		if err := m.Turn(ctx); err != nil {
			t.Fatal(err)
		}
		if turn%between > 0 {
			continue
		}
		if missing = missingIn(t, b); len(missing) == 0 {
			return
		}
	}
	t.Errorf("%d turns hold nothing of it: %q", most, missing)
}

// missingIn returns what no interview of a notebook holds.
func missingIn(t *testing.T, b *book.Book) (missing []string) {
	t.Helper()
	ctx := context.Background()
	all, err := b.List(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	see := func(what string, is bool) { seen[what] = seen[what] || is }
	for _, s := range all {
		v, err := b.Notebook.Open(ctx, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		see("a debrief", v.Debrief && !v.MetUntil.IsZero())
		see("left out, quoted", v.LeftOut.Quoted)
		see("left out, noted", v.LeftOut.Text != "" && !v.LeftOut.Quoted)
		for _, p := range v.Problems {
			answered := func(is interview.Answer) bool {
				return slices.ContainsFunc(p.Playbacks, func(pb interview.Playback) bool { return pb.Answer == is })
			}
			see("a quoted problem", p.TypedAsQuote())
			see("a paraphrased problem", !p.Quoted)
			see("raised", p.Raised != "")
			see("a no", answered(interview.No))
			see("a nearly", answered(interview.Nearly))
		}
		for _, r := range v.Routes {
			see("told of an answer", !r.ToldAt.IsZero())
			see("told before there was one", !r.Earlier.At.IsZero() && r.Earlier.Of == "")
			see("told of another one", r.Earlier.Of != "")
		}
		for _, p := range v.Promises {
			see("told of what was done", !p.ToldAt.IsZero())
		}
	}
	const things = 12
	for what, is := range seen {
		if !is {
			missing = append(missing, what)
		}
	}
	if len(seen) < things {
		missing = append(missing, "a problem, a route or a promise")
	}
	slices.Sort(missing)
	return missing
}
