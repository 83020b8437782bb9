package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/codec"
)

// A store that remembers what it wrote last writes the same as stores that never wrote before,
// whatever other processes write, and whatever is done to the documents that it hands out.
func TestRememberedInterviews(t *testing.T) {
	const interviews = 2
	blank := bytesOf(t, fresh(t).Path())
	rapid.Check(t, func(rt *rapid.T) {
		remembers, forgets := unsynced(t, blank), unsynced(t, blank)
		for n := range interviews {
			begin(t, remembers, n, 3)
			begin(t, forgets, n, 3)
		}
		for step := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			n := rapid.IntRange(0, interviews-1).Draw(rt, "interview")
			who := writer(rapid.IntRange(0, 1).Draw(rt, "writer"))
			item := lineID(n, rapid.IntRange(0, 5).Draw(rt, "line"))
			kind := rapid.SampledFrom([]string{"keep", "another", "refused", "nothing", "altered"}).Draw(rt, "kind")
			stores := []*store.Store{remembers, withoutSync(open(t, forgets.Path()))}
			if kind == "another" { // hark writes to it too
				stores[0] = withoutSync(open(t, remembers.Path()))
			}
			var revisions []interview.Revision
			for _, s := range stores {
				revisions = append(revisions, changeOnce(rt, s, n, kind, func(doc *document.Document) storage.Write {
					return write(n, doc, who, said(item, fmt.Sprintf("line %d", step)))
				}))
			}
			if revisions[0] != revisions[1] {
				rt.Fatalf("revisions %d", revisions)
			}
		}
		if diff := compare(mustVerify(t, forgets), mustVerify(t, remembers)); diff != "" {
			rt.Fatalf("without remembering, and with (-want +got):\n%s", diff)
		}
	})
}

// changeOnce makes one change of a kind to the n-th interview.
func changeOnce(rt *rapid.T, s *store.Store, n int, kind string, work func(*document.Document) storage.Write) interview.Revision {
	refused := errors.New("refused")
	var kept *document.Document
	rev, err := s.Change(context.Background(), interviewID(n), func(now storage.Stored) (storage.Write, error) {
		w := work(now.Document)
		kept = w.Document
		switch kind {
		case "refused":
			return storage.Write{}, refused
		case "nothing":
			return storage.Write{}, nil
		}
		return w, nil
	})
	if kind != "refused" && err != nil || kind == "refused" && !errors.Is(err, refused) {
		rt.Fatal(err)
	}
	if kind == "altered" { // by the caller, once it was written
		kept.Put(writer(9), start(n), said(lineID(n, 0), "never written"))
	}
	return rev
}

// A line that is kept does not have those before it read again.
func TestKeepingReadsNothingAgain(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 5)
	if _, err := add(s, 1, writer(0), lineID(1, 7), "one"); err != nil {
		t.Fatal(err)
	}
	tamper(t, s.Path(), func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(codec.Interviews)).Delete(codec.ItemKey(interviewID(1), lineID(1, 2)))
	})
	vouch(t, s.Path())
	if _, err := add(s, 1, writer(0), lineID(1, 8), "two"); err != nil {
		t.Error(err)
	}
	if _, _, err := s.Read(context.Background(), interviewID(1)); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("reading: error = %v, want ErrDamaged", err)
	}
}
