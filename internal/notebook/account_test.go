package notebook_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/notebook"
)

// An account is the same interview, with the same history, as one entered step
// by step, and nothing of it is there before it is kept.
func TestAccount(t *testing.T) {
	ctx, d := context.Background(), newDesk(t)
	at := d.now.AddDate(0, 0, -3)
	id := document.DerivedID("account")
	a, err := d.book.Account(id, interview.Beginning{Customer: "Harbour Welding"}, at, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	bad := 4
	for i, action := range []interview.Action{
		interview.Raise{Text: "One weld in five is done twice", Quoted: true, Speaker: "Ana"},
		interview.Weigh{Problem: 1, HowBad: &bad},
		interview.Add{Kind: interview.Quote, Text: "every Friday"},
	} {
		if err := a.Apply(action, at.Add(time.Duration(i+1)*time.Minute), notebook.Live); err != nil {
			t.Fatal(err)
		}
	}
	var refusal *interview.Error
	if err := a.Apply(interview.Solve{Problems: []interview.Number{1}, Text: "a board"}, at.Add(time.Hour), notebook.Live); !errors.As(err, &refusal) || refusal.Line == 0 {
		t.Errorf("error %v, want a refusal that keeps the text", err)
	}
	if err := a.Apply(interview.Undo{}, at.Add(time.Hour), notebook.Live); err == nil {
		t.Error("an account can be undone")
	}
	if there, err := d.book.Has(ctx, id); err != nil || there {
		t.Errorf("it is there before it is kept: %v, %v", there, err)
	}
	if err := d.book.AddAll(ctx, []*notebook.Account{a}); err != nil {
		t.Fatal(err)
	}
	if there, err := d.book.Has(ctx, id); err != nil || !there {
		t.Errorf("it is not there: %v, %v", there, err)
	}
	v, err := d.book.Open(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Lines) != 3 || !v.Lines[2].TooEarly || !v.StartedAt.Equal(at) {
		t.Errorf("it began at %s with %d lines", v.StartedAt, len(v.Lines))
	}
	log, err := d.book.Log(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, r := range log {
		labels = append(labels, r.Label+" "+r.At.Sub(at).String())
	}
	if diff := cmp.Diff([]string{"thought 3 1h0m0s", "quote 2 3m0s", "weighed problem 1 2m0s", "problem 1 1m0s", "began 0s"}, labels); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	// It can be gone on with, and undone from there.
	if r := d.do(id, interview.Undo{}); len(r.Lines) != 2 {
		t.Errorf("after undo there are %d lines", len(r.Lines))
	}
	if hits, err := d.book.Search(ctx, "weld", 0); err != nil || len(hits) == 0 {
		t.Errorf("searching finds %d hits, %v", len(hits), err)
	}
}
