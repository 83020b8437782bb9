package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
)

// TestFlippedBytes changes a notebook in one place at a time. Either Verify says so, or all that
// can be read is as it was.
func TestFlippedBytes(t *testing.T) {
	s := fresh(t)
	for n := range 3 {
		begin(t, s, n, 40)
	}
	for i := range 30 {
		if _, err := add(s, i%3, writer(i%2), number(1, i), fmt.Sprintf("later %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SetDraft(context.Background(), interviewID(1), "half a sen"); err != nil {
		t.Fatal(err)
	}
	if _, err := add(s, 0, writer(1), number(2, 2), "last"); err != nil {
		t.Fatal(err)
	}
	now := fingerprint(t, mustVerify(t, s))
	file := bytesOf(t, s.Path())

	flips := 1000 // the campaign has many more, of every sort
	if testing.Short() {
		flips = 200
	}
	s = store.Private(s.Path()) // which puts no copies into quarantine
	random := rand.New(rand.NewPCG(7, 7))
	reported := 0
	for range flips {
		at := random.IntN(pagesOf(file) * check.PageSize)
		if random.IntN(4) == 0 {
			at = at/check.PageSize*check.PageSize + random.IntN(80) // where the structure is
		}
		flipped := bytes.Clone(file)
		flipped[at] ^= byte(1 + random.IntN(255))
		if err := os.WriteFile(s.Path(), flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.Verify(context.Background()); err != nil {
			if !errors.Is(err, storage.ErrDamaged) && !errors.Is(err, interview.ErrNewer) {
				t.Fatalf("byte %d: error %v is of the wrong sort", at, err)
			}
			reported++
			continue
		}
		c, err := read(s)
		if err != nil {
			t.Fatalf("byte %d: Verify saw nothing, reading fails: %v", at, err)
		}
		if got := fingerprint(t, c); got != now {
			t.Fatalf("byte %d was changed, and what is read differs without an error", at)
		}
	}
	t.Logf("%d of %d changes were reported, the rest changed nothing", reported, flips)
	if reported < flips/20 {
		t.Errorf("only %d of %d changes were reported: they miss the records", reported, flips)
	}
}

func fingerprint(t *testing.T, c content) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestTampered takes records away, adds them, swaps and changes them, checksums and all. Verify
// must tell, and name the bucket.
func TestTampered(t *testing.T) {
	id, other := interviewID(1), interviewID(2)
	remove := func(bucket string, key []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			if tx.Bucket([]byte(bucket)).Get(key) == nil {
				return fmt.Errorf("nothing to remove from %s", bucket)
			}
			return tx.Bucket([]byte(bucket)).Delete(key)
		}
	}
	put := func(bucket string, key, value []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucket)).Put(key, forged(bucket, key, value)) }
	}
	header0 := codec.ItemKey(id, interview.ID{})
	tests := []struct {
		name   string
		bucket string // "" when it is the page that cannot be read
		do     func(*bbolt.Tx) error
	}{
		{"an item gone", codec.Interviews, remove(codec.Interviews, codec.ItemKey(id, lineID(1, 3)))},
		{"a header gone", codec.Interviews, remove(codec.Interviews, header0)},
		{"an entry of the log gone", codec.Log, remove(codec.Log, codec.LogKey(id, 3))},
		{"a summary gone", codec.Summary, remove(codec.Summary, codec.SummaryKey(start(1).UnixMilli(), id))},
		{"a text gone", codec.Text, remove(codec.Text, id[:])},
		{"a draft gone", codec.Drafts, remove(codec.Drafts, id[:])},
		{"a draft out of nowhere", codec.Drafts, put(codec.Drafts, other[:], []byte("x"))},
		{"an older wording of a draft", codec.Drafts, put(codec.Drafts, id[:], []byte("half"))},
		{"totals gone", codec.Meta, remove(codec.Meta, []byte(codec.KeyTotals))},
		{"schema gone", codec.Meta, remove(codec.Meta, []byte(codec.KeySchema))},
		{"the notebook's ID gone", codec.Meta, remove(codec.Meta, []byte(codec.KeyNotebook))},
		{"a bucket gone", codec.Text, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte(codec.Text)) }},
		{"a key of the wrong length", codec.Text, put(codec.Text, []byte("short"), []byte("x"))},
		{"a value without a checksum", codec.Text, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(codec.Text)).Put(id[:], []byte("x")) }},
		{"a bucket in place of a value", "", func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(codec.Drafts))
			if err := b.Delete(id[:]); err != nil {
				return err
			}
			_, err := b.CreateBucket(id[:])
			return err
		}},
		{"two texts swapped", codec.Text, func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(codec.Text))
			mine, theirs := bytes.Clone(b.Get(id[:])), bytes.Clone(b.Get(other[:]))
			return errors.Join(b.Put(id[:], theirs), b.Put(other[:], mine))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			begin(t, s, 1, 5)
			begin(t, s, 2, 5)
			for i := range 2 {
				if _, err := add(s, 1, writer(0), lineID(1, i), "again"); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.SetDraft(context.Background(), id, "half a sen"); err != nil {
				t.Fatal(err)
			}
			mustVerify(t, s)
			tamper(t, s.Path(), tt.do)
			err := s.Verify(context.Background())
			says := fmt.Sprintf("%q", tt.bucket)
			if tt.bucket == "" {
				says = "page"
			}
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), says) {
				t.Errorf("error = %v, want ErrDamaged with %s", err, says)
			}
		})
	}
}

// Damage is noticed by any read of it, not only by Verify.
func TestDamageIsNoticedInUse(t *testing.T) {
	ctx, id := context.Background(), interviewID(1)
	flip := func(bucket string, key []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			value := bytes.Clone(tx.Bucket([]byte(bucket)).Get(key))
			value[len(value)/2] ^= 1
			return tx.Bucket([]byte(bucket)).Put(key, value)
		}
	}
	vanish := func(bucket string, key []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucket)).Delete(key) }
	}
	item, head, text, sum := codec.ItemKey(id, lineID(1, 2)), codec.ItemKey(id, interview.ID{}), id[:], codec.SummaryKey(start(1).UnixMilli(), id)
	reads := func(s *store.Store) error { _, _, err := s.Read(ctx, id); return err }
	changes := func(s *store.Store) error { _, err := add(s, 1, writer(0), lineID(1, 9), "x"); return err }
	lists := func(s *store.Store) error { return s.Summaries(ctx, func(interview.Summary) bool { return true }) }
	tests := []struct {
		name   string
		bucket string
		do     func(*bbolt.Tx) error
		use    func(*store.Store) error
	}{
		{"item, reading", codec.Interviews, flip(codec.Interviews, item), reads},
		{"item, writing", codec.Interviews, flip(codec.Interviews, item), changes},
		{"lost item, reading", codec.Interviews, vanish(codec.Interviews, item), reads},
		{"lost item, writing", codec.Interviews, vanish(codec.Interviews, item), changes},
		{"header, revision", codec.Interviews, flip(codec.Interviews, head), func(s *store.Store) error { _, err := s.Revision(ctx, id); return err }},
		{"lost header, reading", codec.Interviews, vanish(codec.Interviews, head), reads},
		{"lost header, finding", codec.Interviews, vanish(codec.Interviews, head), func(s *store.Store) error { _, err := s.Find(ctx, "", 9); return err }},
		{"log", codec.Log, flip(codec.Log, codec.LogKey(id, 1)), func(s *store.Store) error { _, err := s.Log(ctx, id); return err }},
		{"log, undoing", codec.Log, flip(codec.Log, codec.LogKey(id, 1)), func(s *store.Store) error {
			_, err := s.Change(ctx, id, func(now storage.Stored) (storage.Write, error) {
				for _, err := range now.Log {
					if err != nil {
						return storage.Write{}, err
					}
				}
				return storage.Write{}, nil
			})
			return err
		}},
		{"text, searching", codec.Text, flip(codec.Text, text), func(s *store.Store) error {
			return s.Candidates(ctx, nil, func(interview.ID, []byte) bool { return true })
		}},
		{"text, writing over it", codec.Text, flip(codec.Text, text), changes},
		{"summary", codec.Summary, flip(codec.Summary, sum), lists},
		{"lost summary", codec.Summary, vanish(codec.Summary, sum), lists},
		{"draft", codec.Drafts, flip(codec.Drafts, text), func(s *store.Store) error { _, err := s.Draft(ctx, id); return err }},
		{"draft, writing over it", codec.Drafts, flip(codec.Drafts, text), func(s *store.Store) error { return s.SetDraft(ctx, id, "another") }},
		{"totals", codec.Meta, flip(codec.Meta, []byte(codec.KeyTotals)), changes},
		{"schema", codec.Meta, flip(codec.Meta, []byte(codec.KeySchema)), func(s *store.Store) error { _, err := store.Open(s.Path()); return err }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			begin(t, s, 1, 5)
			begin(t, s, 2, 5)
			if err := s.SetDraft(ctx, id, "half a sen"); err != nil {
				t.Fatal(err)
			}
			if err := tt.use(s); err != nil {
				t.Fatalf("before: %v", err)
			}
			s = open(t, s.Path()) // one that remembers no interview
			tamper(t, s.Path(), tt.do)
			vouch(t, s.Path()) // else it is found before it comes to that
			before := bytesOf(t, s.Path())
			if err := tt.use(s); !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprintf("%q", tt.bucket)) {
				t.Errorf("error = %v, want ErrDamaged in %q", err, tt.bucket)
			}
			if !bytes.Equal(before, bytesOf(t, s.Path())) {
				t.Error("a damaged notebook was written to")
			}
		})
	}
}

// A panic out of bbolt is damage, and gives up the lock.
func TestPanicGivesUpTheLock(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 40)
	sound := bytesOf(t, s.Path())
	meta := metaOf(sound)
	broken := bytes.Clone(sound)
	for page := 2; page < pagesOf(sound); page++ {
		if uint64(page) != meta.Root && uint64(page) != meta.Freelist { // those are looked at before
			copy(broken[page*check.PageSize+8:], "\xff\xff\xff\xff\xff\xff\xff\xff") // what sort of page, and how much is in it
		}
	}
	for range 3 {
		if err := os.WriteFile(s.Path(), sound, 0o600); err != nil {
			t.Fatal(err)
		}
		s = open(t, s.Path())
		if err := os.WriteFile(s.Path(), broken, 0o600); err != nil {
			t.Fatal(err)
		}
		vouch(t, s.Path())
		_, changeErr := add(s, 1, writer(0), lineID(1, 0), "x")
		_, _, readErr := s.Read(context.Background(), interviewID(1))
		for _, err := range []error{changeErr, readErr} {
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), "reading it failed") || strings.Contains(err.Error(), "\n") {
				t.Errorf("error = %v, want ErrDamaged on one line, from a panic", err)
			}
		}
		if err := os.WriteFile(s.Path(), sound, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := add(s, 1, writer(0), lineID(1, 0), "x"); err != nil { // would wait for ever for a lock left behind
			t.Fatal(err)
		}
	}
}

func TestVerifyManyFaults(t *testing.T) {
	s := fresh(t)
	for n := range 30 {
		begin(t, s, n, 1)
	}
	tamper(t, s.Path(), func(tx *bbolt.Tx) error {
		var all error
		for n := range 30 {
			id := interviewID(n)
			all = errors.Join(all, tx.Bucket([]byte(codec.Text)).Delete(id[:]))
		}
		return all
	})
	err := s.Verify(context.Background())
	if !errors.Is(err, storage.ErrDamaged) {
		t.Fatalf("error = %v, want ErrDamaged", err)
	}
	const want = 20 + 1 // and how many more
	if lines := strings.Count(err.Error(), "\n") + 1; lines != want {
		t.Errorf("it says %d lines, want %d", lines, want)
	}
}
