package notebook_test

import (
	"context"
	"errors"
	"testing"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// What is to be erased is found though it was deleted, and only by a name or an
// ID that means nothing else.
func TestFindWhatIsToBeErased(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	var ids []interview.ID
	for _, customer := range []string{"Harbour Welding", "Harbour Pilots", "harbour welding"} {
		r, err := d.book.Begin(ctx, interview.Beginning{Customer: customer})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r.ID)
	}
	if _, err := d.book.Apply(ctx, ids[2], interview.Discard{}, notebook.Live); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"Harbour Welding": 2, "harbour w": 2, "HARBOUR PILOTS": 1, "harbour": 0, "Bolt": 0, "": 0} {
		got, err := d.book.OfCustomer(ctx, name)
		var missed *notebook.FindError
		if len(got) != want || (want == 0) != errors.As(err, &missed) {
			t.Errorf("OfCustomer(%q) = %d interviews, %v; want %d", name, len(got), err, want)
		}
	}
	for _, id := range ids {
		if got, err := d.book.ByID(ctx, id.String()[:12]); err != nil || got.ID != id {
			t.Errorf("ByID(%s) = %s, %v", id, got.ID, err)
		}
	}
	for _, ref := range []string{"", "not an id"} {
		var missed *notebook.FindError
		if _, err := d.book.ByID(ctx, ref); !errors.As(err, &missed) {
			t.Errorf("ByID(%q): %v", ref, err)
		}
	}
}
