package store_test

import (
	"context"
	"testing"

	"go.etcd.io/bbolt"

	"hark/store"
	"hark/store/codec"
	"hark/store/index"
)

func TestTheIndexLeavesNothingOut(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	f.add(leastSegment + hot - 1)
	if made := f.Index(); made != 0 {
		t.Errorf("%d segments were made of too few interviews", made)
	}
	f.CheckAll()
	f.add(1)
	if made := f.Index(); made != 1 {
		t.Fatalf("%d segments were made, want 1", made)
	}
	f.CheckAll()

	// What changes later is found as it is now, and no longer as it was.
	f.Change(5, "changed")
	f.Change(5, "changed twice")
	f.Change(77, "common changed")
	f.CheckAll()
	if _, scanned := f.Segments(); scanned != hot+2 {
		t.Errorf("%d interviews are scanned, want %d", scanned, hot+2)
	}

	// Small segments are joined.
	f.add(leastSegment)
	f.Index()
	f.CheckAll()
	if n, _ := f.Segments(); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
}

// An interview that is written while a segment is being made is scanned. Every place can be given
// up, the first of the first segment included, and the notebook is well.
func TestEveryPlaceCanBeGivenUp(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	f.add(leastSegment + hot)
	if made := f.Index(); made != 1 {
		t.Fatalf("%d segments were made", made)
	}
	for _, i := range []int{leastSegment - 1, 0, 100} { // the newest in it stands first
		f.Change(i, "changed")
		f.CheckAll()
	}
}

func TestAChangeWhileASegmentIsMade(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	f.add(leastSegment + hot)
	var b *index.Batch
	err := s.View(context.Background(), func(tx *store.Tx) (err error) {
		b, err = tx.Search.Gather(context.Background())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f.Change(5, "changed")
	publish := func() (done bool) {
		err := s.Update(context.Background(), func(tx *store.Tx) (err error) {
			done, err = tx.Search.Publish(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	if !publish() {
		t.Fatal("the segment was not put in its place")
	}
	if _, scanned := f.Segments(); scanned != hot+1 {
		t.Errorf("%d interviews are scanned, want %d", scanned, hot+1)
	}
	f.Check("changed")
	if err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
	if publish() {
		t.Error("a segment was put in the place of another hark's")
	}
}

// The index is a help: a search goes on without it.
func TestADamagedIndexIsDoneWithout(t *testing.T) {
	s := fresh(t)
	f := newCorpus(t, s)
	f.add(leastSegment + hot)
	f.Index()
	tamper(t, s.Path(), func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(codec.Index)).Put([]byte("w\x00\x00\x00\x00common"), []byte("not what was written"))
	})
	vouch(t, s.Path())
	f.Check("common")

	if err := s.Update(context.Background(), func(t *store.Tx) error { return t.Search.Reset() }); err != nil {
		t.Fatal(err)
	}
	f.Index()
	f.CheckAll()
	if n, _ := f.Segments(); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
}
