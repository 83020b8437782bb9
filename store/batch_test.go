package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// withHistory is the write of the n-th interview with all of its history: so many lines, each kept
// for itself and corrected later.
func withHistory(n, lines int) storage.Write {
	doc := document.New(interviewID(n))
	var w storage.Write
	for i := range 2 * lines {
		earlier := w.Earlier
		if i > 0 {
			earlier = append(earlier, w.Record)
		}
		w = write(n, doc, writer(0), said(lineID(n, i%lines), fmt.Sprintf("line %d", i)))
		w.Earlier = earlier
	}
	return w
}

func TestCreateMany(t *testing.T) {
	file, memory := fresh(t), newMemory()
	for _, s := range []storage.Store{file, memory} {
		begin(t, s, 0, 3)
		if err := s.CreateMany(context.Background(), []storage.Write{withHistory(1, 3), withHistory(2, 1), withHistory(3, 5)}); err != nil {
			t.Fatal(err)
		}
		if _, err := add(s, 2, writer(1), lineID(2, 7), "one more"); err != nil {
			t.Fatal(err)
		}
	}
	got := mustVerify(t, file) // the log of each folds to its document
	if diff := compare(mustRead(t, memory), got); diff != "" {
		t.Errorf("differs (-memory +file):\n%s", diff)
	}
	for i, want := range []int{10, 3, 6, 1} { // newest first; 2 was written once more
		if n := len(got.Logs[i]); n != want {
			t.Errorf("the log of %s has %d records, want %d", got.Documents[i].ID, n, want)
		}
	}
}

func TestCreateManyAllOrNone(t *testing.T) {
	ended, stop := context.WithCancel(context.Background())
	stop()
	tests := []struct {
		name string
		ctx  context.Context
		all  []storage.Write
	}{
		{"one is there", context.Background(), []storage.Write{withHistory(1, 3), withHistory(0, 3)}},
		{"one comes twice", context.Background(), []storage.Write{withHistory(1, 3), withHistory(1, 3)}},
		{"one has no document", context.Background(), []storage.Write{withHistory(1, 3), {}}},
		{"the context ended", ended, []storage.Write{withHistory(1, 3)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			begin(t, s, 0, 2)
			before := mustVerify(t, s)
			if err := s.CreateMany(tt.ctx, tt.all); err == nil {
				t.Error("it was written")
			}
			if diff := compare(before, mustVerify(t, s)); diff != "" {
				t.Errorf("the notebook changed (-before +after):\n%s", diff)
			}
		})
	}
}

// endingContext ends after it was asked so many times.
type endingContext struct {
	context.Context
	asked, most int
}

func (c *endingContext) Err() error {
	if c.asked++; c.asked > c.most {
		return context.Canceled
	}
	return nil
}

func TestCreateManyStops(t *testing.T) {
	var all []storage.Write
	for n := range 10 {
		all = append(all, withHistory(n, 1))
	}
	s := fresh(t)
	err := s.CreateMany(&endingContext{Context: context.Background(), most: 8}, all)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that it was cancelled", err)
	}
	if c := mustVerify(t, s); len(c.Summaries) > 0 {
		t.Errorf("%d interviews were written", len(c.Summaries))
	}
}

// ReadMany gives what Read and Log do.
func TestReadMany(t *testing.T) {
	for name, s := range map[string]storage.Store{"file": fresh(t), "memory": newMemory()} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			if err := s.CreateMany(ctx, []storage.Write{withHistory(0, 3), withHistory(1, 1), withHistory(2, 5)}); err != nil {
				t.Fatal(err)
			}
			if _, err := add(s, 1, writer(1), lineID(1, 7), "one more"); err != nil {
				t.Fatal(err)
			}
			// In the order asked for, and twice if asked twice.
			ids := []interview.ID{interviewID(2), interviewID(0), interviewID(1), interviewID(0)}
			for _, history := range []bool{false, true} {
				all, err := s.ReadMany(ctx, ids, history)
				if err != nil || len(all) != len(ids) {
					t.Fatalf("%d came, %v", len(all), err)
				}
				for i, id := range ids {
					doc, rev, err := s.Read(ctx, id)
					if err != nil {
						t.Fatal(err)
					}
					var log []interview.Record
					if history {
						if log, err = s.Log(ctx, id); err != nil {
							t.Fatal(err)
						}
					}
					if diff := compare(state(doc), state(all[i].Document)) + compare(rev, all[i].Revision) + compare(log, all[i].Log); diff != "" {
						t.Errorf("%d, with history %v (-alone +among many):\n%s", i, history, diff)
					}
				}
			}
			if all, err := s.ReadMany(ctx, nil, true); err != nil || len(all) > 0 {
				t.Errorf("none asked for: %v, %v", all, err)
			}
		})
	}
}

// What comes before one that cannot be read comes all the same.
func TestReadManyUpToTheFirstThatFails(t *testing.T) {
	for name, s := range map[string]storage.Store{"file": fresh(t), "memory": newMemory()} {
		begin(t, s, 0, 2)
		begin(t, s, 1, 2)
		all, err := s.ReadMany(context.Background(), []interview.ID{interviewID(0), interviewID(9), interviewID(1)}, true)
		if !errors.Is(err, storage.ErrNotFound) || len(all) != 1 || all[0].Document.ID() != interviewID(0) {
			t.Errorf("%s: %d came, %v", name, len(all), err)
		}
	}
	s := fresh(t)
	for n := range 4 {
		begin(t, s, n, 1)
	}
	ctx := &endingContext{Context: context.Background(), most: 3}
	if all, err := s.ReadMany(ctx, []interview.ID{interviewID(0), interviewID(1), interviewID(2), interviewID(3)}, false); !errors.Is(err, context.Canceled) || len(all) > 3 {
		t.Errorf("%d came of a context that ended, %v", len(all), err)
	}
}
