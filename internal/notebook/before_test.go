package notebook_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
	"hark/internal/notebook"
)

func TestBefore(t *testing.T) {
	d := newDesk(t)
	old := d.begin("Harbour Welding")
	d.do(old,
		interview.Introduce{Name: "Ana", Role: "welder"}, interview.Introduce{Name: "Tom", Side: interview.Ours},
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana"}, interview.Raise{Text: "Nobody knows which job is next"},
		interview.Promises{Text: "send the norm", Owner: "Tom"},
		interview.Promises{Text: "send the scrap list", Owner: "Ana", Due: interview.Date{Year: 2026, Month: time.November, Day: 27}},
		interview.Promises{Text: "call", Owner: "us"}, interview.Done{Number: 5})
	recent := d.begin("HARBOUR  welding")
	d.do(recent, interview.Introduce{Name: "ana", Role: "foreman"}, interview.Raise{Text: "one weld in FIVE is done twice"},
		interview.SetAside{Problem: 1})
	gone := d.begin("Harbour Welding")
	d.do(gone, interview.Raise{Text: "Deleted with its interview"}, interview.Discard{})
	d.do(d.begin("Harbour Welding & Sons"), interview.Raise{Text: "Somebody else's"})
	now := d.begin("harbour welding")
	d.do(now, interview.Raise{Text: "Said today"})
	d.do(d.begin("Harbour Welding"), interview.Raise{Text: "Said after that"})

	met, err := d.book.Before(context.Background(), "Harbour welding", now)
	if err != nil {
		t.Fatal(err)
	}
	type short struct {
		Interviews int
		Problems   []string
		Promises   []string
		People     []string
	}
	got := short{Interviews: met.Interviews}
	for _, p := range met.Problems {
		got.Problems = append(got.Problems, p.Statement+", "+string(p.Status))
	}
	for _, p := range met.Promises {
		got.Promises = append(got.Promises, p.Text+", "+p.Owner)
	}
	for _, p := range met.People {
		got.People = append(got.People, p.Name+", "+p.Role+", "+string(p.Side))
	}
	want := short{
		Interviews: 2,
		Problems:   []string{"one weld in FIVE is done twice, set-aside", "Nobody knows which job is next, heard"},
		Promises:   []string{"send the scrap list, Ana", "send the norm, Tom"},
		People:     []string{"ana, foreman, theirs", "Tom, , ours"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("met before (-want +got):\n%s", diff)
	}
	if met.Last.IsZero() || met.Problems[0].Interview != recent || met.Problems[1].Interview != old {
		t.Errorf("met last at %v, problems of %v", met.Last, met.Problems)
	}
}

func TestBeforeTheFirst(t *testing.T) {
	d := newDesk(t)
	met, err := d.book.Before(context.Background(), "Harbour Welding", d.begin("Harbour Welding"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(notebook.Met{}, met); diff != "" {
		t.Errorf("a customer not met before (-want +got):\n%s", diff)
	}
}
