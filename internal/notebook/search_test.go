package notebook_test

import (
	"context"
	"testing"

	"hark/internal/interview"
)

// A deleted interview is not found.
func TestSearchPassesOverDeletedInterviews(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Harbour Welding")
	d.do(id, quote("We rework about one weld in five"))
	if hits, err := d.book.Search(context.Background(), "weld", 0); len(hits) != 1 || hits[0].Interview != id || err != nil {
		t.Fatalf("before: %+v, %v", hits, err)
	}
	d.do(id, interview.Discard{})
	if hits, err := d.book.Search(context.Background(), "weld", 0); len(hits) != 0 || err != nil {
		t.Errorf("a deleted interview is found: %+v, %v", hits, err)
	}
}

func TestSearchStopsAtTheLimit(t *testing.T) {
	d := newDesk(t)
	for range 9 {
		d.do(d.begin("Harbour Welding"), quote("weld"), quote("weld"), interview.Add{Kind: interview.Observation, Text: "a weld, seen"})
	}
	for _, limit := range []int{1, 2, 3, 7, 27, 100} {
		hits, err := d.book.Search(context.Background(), "weld", limit)
		if err != nil || len(hits) != min(limit, 27) {
			t.Errorf("limit %d: %d hits, %v", limit, len(hits), err)
		}
		hits, err = d.book.Search(context.Background(), "weld kind:observation", limit)
		if err != nil || len(hits) != min(limit, 9) {
			t.Errorf("limit %d of one kind: %d hits, %v", limit, len(hits), err)
		}
	}
}
