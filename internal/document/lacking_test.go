package document_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/document"
)

// Changes that arrive without the ones before them lose nothing: once both halves are merged, the
// document is as if nothing had been missing.
func TestAGapIsFilled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := document.New(item("doc"))
		var log []document.Change
		for i := range rapid.IntRange(1, 20).Draw(t, "steps") {
			w := document.Writer{Incarnation: document.Incarnation(rapid.IntRange(1, 2).Draw(t, "writer"))}
			var puts []document.Put
			for range rapid.IntRange(1, 3).Draw(t, "puts") {
				puts = append(puts, put(rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "item"), fmt.Sprint(i)))
			}
			log = append(log, whole.Put(w, time.UnixMilli(int64(i)), puts...))
		}
		kept := rapid.IntRange(0, len(log)).Draw(t, "kept")
		backup := rapid.IntRange(0, kept).Draw(t, "backup")
		fold := func(changes ...document.Change) *document.Document {
			d := document.New(item("doc"))
			for _, c := range changes {
				d.Replay(c)
			}
			return d
		}
		restored := fold(append(log[:backup:backup], log[kept:]...)...)
		stored := document.Restore(restored.ID(), restored.Items(), restored.Seen(), restored.Lacking(), false)
		if diff := cmp.Diff(state(restored), state(stored)); diff != "" {
			t.Fatalf("stored and read again:\n%s", diff)
		}
		for _, m := range []*document.Document{
			document.Merge(stored, fold(log[:kept]...)), document.Merge(fold(log[:kept]...), stored),
		} {
			if diff := cmp.Diff(state(whole), state(m)); diff != "" {
				t.Fatalf("put together again (-want +got):\n%s", diff)
			}
		}
		if restored.Same(whole) != (len(restored.Lacking()) == 0 && cmp.Equal(state(restored), state(whole))) {
			t.Fatalf("%v and %v pass for the same, or do not", state(restored), state(whole))
		}
	})
}

func TestWhatIsLacking(t *testing.T) {
	d := document.Restore(item("doc"), nil, map[document.Incarnation]uint64{1: 9, 2: 3}, []document.Span{
		{Incarnation: 2, From: 3, To: 99}, {Incarnation: 1, From: 4, To: 5}, {Incarnation: 1, From: 2, To: 4}, {Incarnation: 1, From: 6, To: 6},
		{Incarnation: 1, From: 9, To: 8}, {Incarnation: 3, From: 1, To: 2},
	}, false)
	want := []document.Span{{Incarnation: 1, From: 2, To: 6}, {Incarnation: 2, From: 3, To: 3}}
	if diff := cmp.Diff(want, d.Lacking()); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	for counter, has := range map[uint64]bool{1: true, 2: false, 6: false, 7: true, 9: true, 10: false} {
		if d.Has(document.Dot{Incarnation: 1, Counter: counter}) != has {
			t.Errorf("it has %d: %t", counter, !has)
		}
	}
}

// A document with many gaps merges both ways to the same.
func TestManyGaps(t *testing.T) {
	const many = 20_000
	if n, m := manyGaps(many); n != m || n < many/4 {
		t.Errorf("%d are lacking one way, and %d the other", n, m)
	}
}

// A great many gaps are read and merged in one pass.
func BenchmarkManyGaps(b *testing.B) {
	for b.Loop() {
		manyGaps(200_000)
	}
}

// manyGaps merges two documents, of which one has so many gaps, and returns how many are left either way.
func manyGaps(many uint64) (one, other int) {
	var lacks []document.Span
	for n := range many {
		lacks = append(lacks, document.Span{Incarnation: 1, From: 2*n + 1, To: 2*n + 1})
	}
	a := document.Restore(item("doc"), nil, map[document.Incarnation]uint64{1: 2 * many}, lacks, false)
	b := document.Restore(item("doc"), nil, map[document.Incarnation]uint64{1: many, 2: many}, lacks[:many/4], false)
	return len(document.Merge(a, b).Lacking()), len(document.Merge(b, a).Lacking())
}
