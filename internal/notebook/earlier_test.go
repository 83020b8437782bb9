package notebook_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

func TestEarlier(t *testing.T) {
	d := newDesk(t)
	old := d.begin("Harbour Welding")
	d.do(old,
		interview.Introduce{Name: "Ana", Role: "welder"}, interview.Introduce{Name: "Tom", Side: interview.Ours},
		interview.Raise{Text: "One weld in five is done twice", Quoted: true, Speaker: "Ana"}, interview.Raise{Text: "Nobody knows which job is next", Quoted: true},
		interview.Promises{Text: "send the norm", Owner: "Tom"},
		interview.Promises{Text: "send the scrap list", Owner: "Ana", Due: interview.Date{Year: 2026, Month: time.November, Day: 27}},
		interview.Promises{Text: "call", Owner: "us"}, interview.Done{Number: 5})
	recent := d.begin("HARBOUR  welding")
	d.do(recent, interview.Introduce{Name: "ana", Role: "foreman"}, interview.Raise{Text: "one weld in FIVE is done twice", Quoted: true},
		interview.SetAside{Problem: 1})
	gone := d.begin("Harbour Welding")
	d.do(gone, interview.Raise{Text: "Deleted with its interview", Quoted: true}, interview.Discard{})
	d.do(d.begin("Harbour Welding & Sons"), interview.Raise{Text: "Somebody else's", Quoted: true})
	now := d.begin("harbour welding")
	d.do(now, interview.Raise{Text: "Said today", Quoted: true})
	d.do(d.begin("Harbour Welding"), interview.Raise{Text: "Said after that", Quoted: true})

	view, err := d.book.Open(context.Background(), now)
	if err != nil {
		t.Fatal(err)
	}
	earlier, err := d.book.Earlier(context.Background(), view.Interview)
	if err != nil {
		t.Fatal(err)
	}
	type short struct {
		Interviews int
		Problems   []string
		Promises   []string
		People     []string
	}
	got := short{Interviews: len(earlier.Interviews)}
	for _, p := range earlier.Troubles {
		got.Problems = append(got.Problems, p.Statement+", "+string(p.Status))
	}
	for _, p := range earlier.Promises {
		if p.DoneAt.IsZero() {
			got.Promises = append(got.Promises, p.Text+", "+p.Owner)
		}
	}
	for _, p := range earlier.People {
		got.People = append(got.People, p.Name+", "+p.Role+", "+string(p.Side))
	}
	want := short{
		Interviews: 2,
		Problems:   []string{"one weld in FIVE is done twice, set-aside", "Nobody knows which job is next, heard"},
		Promises:   []string{"send the scrap list, Ana", "send the norm, Tom"},
		People:     []string{"ana, foreman, theirs", "Tom, , ours"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("earlier (-want +got):\n%s", diff)
	}
	if earlier.LastMet().IsZero() || earlier.Troubles[0].Ref.Interview != recent || earlier.Troubles[1].Ref.Interview != old {
		t.Errorf("met last at %v, problems of %v", earlier.LastMet(), earlier.Troubles)
	}
	if asked := earlier.AlreadyKnown(); len(asked) != 1 || asked[0].Status != interview.Aside {
		t.Errorf("not to be asked again: %+v", asked)
	}
}

func TestNothingEarlier(t *testing.T) {
	d := newDesk(t)
	view, err := d.book.Open(context.Background(), d.begin("Harbour Welding"))
	if err != nil {
		t.Fatal(err)
	}
	earlier, err := d.book.Earlier(context.Background(), view.Interview)
	if err != nil {
		t.Fatal(err)
	}
	if len(earlier.Interviews)+len(earlier.Troubles)+len(earlier.People) != 0 {
		t.Errorf("a customer not met before: %+v", earlier)
	}
}

// People of earlier meetings are known to Apply itself, so that every way in knows
// them: with their name, role and side.
func TestPeopleOfEarlierMeetings(t *testing.T) {
	d := newDesk(t)
	d.do(d.begin("Harbour Welding"), interview.Introduce{Name: "Ben", Role: "sales", Side: interview.Ours},
		interview.Introduce{Name: "Ana Ruiz", Role: "foreman"}, interview.Introduce{Name: "Lou"}, interview.Introduce{Name: "José", Role: "planner"})
	d.do(d.begin("harbour  WELDING"), interview.Introduce{Name: "Ana Ruiz", Role: "owner"}, interview.Introduce{Name: "Lou", Side: interview.Ours})
	id := d.begin("Harbour Welding")
	d.do(d.begin("Harbour Welding"), interview.Introduce{Name: "Mia", Side: interview.Ours}) // after it
	d.do(d.begin("Acme"), interview.Introduce{Name: "Kim", Side: interview.Ours})
	gone := d.begin("Harbour Welding")
	d.do(gone, interview.Introduce{Name: "Ida", Side: interview.Ours}, interview.Discard{})

	owned := d.do(id, interview.Promises{Text: "send the list", Owner: "ben"})
	if p := owned.Promises[0]; p.Side != interview.Ours || owned.Name(p.Owner) != "Ben" {
		t.Errorf("promised by %s, %s", owned.Name(p.Owner), p.Side)
	}
	if p := owned.People[0]; !p.Absent || p.Role != "" {
		t.Errorf("who owns a promise alone is in the room: %+v", p)
	}
	r := d.do(id, interview.Add{Kind: interview.Quote, Text: "a", Speaker: "ben"}, interview.Add{Kind: interview.Quote, Text: "b", Speaker: "ana"},
		interview.Add{Kind: interview.Quote, Text: "c", Speaker: "lou"}, interview.Add{Kind: interview.Quote, Text: "d", Speaker: "Mia"},
		interview.Add{Kind: interview.Quote, Text: "e", Speaker: "Kim"}, interview.Add{Kind: interview.Quote, Text: "f", Speaker: "Ida"},
		interview.Add{Kind: interview.Quote, Text: "g", Speaker: "jose"})
	var got []string
	for _, p := range r.People {
		got = append(got, p.Name+" "+p.Role+" "+string(p.Side))
		if p.Absent {
			t.Errorf("%s spoke and is not in the room", p.Name)
		}
	}
	want := []string{
		"Ben sales ours", "Ana Ruiz owner theirs", "Lou  ours", // as they were met last
		"Mia  theirs", "Kim  theirs", "Ida  theirs", // nobody knew them
		"José planner theirs",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	r = d.do(d.begin("Harbour Welding"), interview.Introduce{Name: "Ana"}, interview.Introduce{Name: "ben"}, interview.Introduce{Name: "Lou", Role: "welder", Side: interview.Theirs})
	got = nil
	for _, p := range r.People {
		got = append(got, p.Name+" "+p.Role+" "+string(p.Side))
	}
	if diff := cmp.Diff([]string{"Ana  theirs", "ben sales ours", "Lou welder theirs"}, got); diff != "" {
		t.Errorf("introduced (-want +got):\n%s", diff)
	}
}

// They are known as well when the store takes nothing, and what was decided then
// stays when it is stored.
func TestPeopleOfEarlierMeetingsWithoutTheStore(t *testing.T) {
	o := newOutage(t)
	first := o.begin()
	o.do(first, interview.Introduce{Name: "Ben", Role: "sales", Side: interview.Ours})
	second := o.begin()
	o.down()
	promised := o.do(second, interview.Promises{Text: "send the list", Owner: "Ben"})
	if promised.Journalled == nil || promised.Promises[0].Side != interview.Ours {
		t.Fatalf("kept aside: %v, promise %+v", promised.Journalled, promised.Promises)
	}
	o.up()
	o.do(first, interview.Introduce{Name: "Ben", Side: interview.Theirs})
	o.settle()
	if p := o.stored(second).Promises[0]; p.Side != interview.Ours {
		t.Errorf("stored: %+v", p)
	}
}
