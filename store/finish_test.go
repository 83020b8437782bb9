package store_test

import (
	"context"
	"hark/store"
	"testing"
)

// The fewest interviews of a segment, and how many of those written last are left to be scanned:
// see package index.
const leastSegment, hot = 128, 16

// Finish makes the segment that enough has been written for.
func TestFinishMakesASegment(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	for _, want := range []struct{ add, segments, scanned int }{
		{leastSegment + hot - 1, 0, leastSegment + hot - 1},
		{1, 1, hot},
		{1, 1, hot + 1},
	} {
		f.add(want.add)
		s.Finish()
		if segments, scanned := f.Segments(); segments != want.segments || scanned != want.scanned {
			t.Errorf("%d added: %d segments and %d to be scanned, want %+v", want.add, segments, scanned, want)
		}
		if s.Waits() {
			t.Error("something still waits for the end")
		}
	}
	f.Change(len(f.Texts)-1, "one that waits already")
	if s.Waits() {
		t.Error("another line in what waits already has work done at the end")
	}
	f.CheckAll()
}

// A process that was cut off before the end left interviews that wait; the next line in one of them
// indexes all.
func TestFinishAfterOneThatWasCutOff(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	f.add(leastSegment + hot + 10)
	s = open(t, s.Path())
	f.S = s
	f.Change(3, "changed")
	s.Finish()
	if segments, scanned := f.Segments(); segments != 1 || scanned != hot {
		t.Errorf("%d segments and %d to be scanned, want 1 and %d", segments, scanned, hot)
	}
	f.CheckAll()
}

// An index that another hark laid out otherwise is rebuilt by the next line, however few interviews
// wait.
func TestFinishRebuildsAnOddIndex(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	f.add(leastSegment + hot)
	f.Index()
	err := s.Update(context.Background(), func(t *store.Tx) error {
		return t.Index.Put([]byte("s\x00\x00\x00\x00"), make([]byte, leastSegment*24))
	})
	if err != nil {
		t.Fatal(err)
	}
	f.Change(2, "changed")
	s.Finish()
	if segments, scanned := f.Segments(); segments != 1 || scanned != hot {
		t.Errorf("%d segments and %d to be scanned, want 1 and %d", segments, scanned, hot)
	}
	f.CheckAll()
}
