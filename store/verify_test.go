package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
	"hark/internal/storage"
)

// TestFlippedBytes changes a notebook in one place at a time. Either Verify
// says so, or all that can be read is as it was.
func TestFlippedBytes(t *testing.T) {
	s := fresh(t)
	for n := range 3 {
		begin(t, s, n, 40)
	}
	for i := range 30 {
		if _, err := keep(s, i%3, writer(i%2), number(1, i), fmt.Sprintf("later %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SetDraft(context.Background(), interviewID(1), "half a sen"); err != nil {
		t.Fatal(err)
	}
	if _, err := keep(s, 0, writer(1), number(2, 2), "last"); err != nil {
		t.Fatal(err)
	}
	now := fingerprint(t, mustVerify(t, s))
	file := bytesOf(t, s.Path())

	flips := 1000 // the campaign has many more, of every sort
	if testing.Short() {
		flips = 200
	}
	s = &Store{path: s.Path(), private: true} // which puts no copies into quarantine
	random := rand.New(rand.NewPCG(7, 7))
	reported := 0
	for range flips {
		at := random.IntN(pagesOf(file) * pageSize)
		if random.IntN(4) == 0 {
			at = at/pageSize*pageSize + random.IntN(80) // where the structure is
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

// tamper changes a notebook behind the store's back, and names its commit as hark
// would.
func tamper(t *testing.T, path string, do func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		key := []byte(keyTotals)
		meta := tx.Bucket([]byte(bucketMeta))
		stored := bytes.Clone(meta.Get(key))
		if err := do(tx); err != nil {
			return err
		}
		if len(stored) > sumSize && bytes.Equal(stored, meta.Get(key)) {
			if all, err := decodeTotals(stored[:len(stored)-sumSize]); err == nil {
				all.commit = uint64(tx.ID())
				return meta.Put(key, forged(bucketMeta, key, all.encode()))
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// forged returns a stored value with a right checksum.
func forged(bucket string, key, value []byte) []byte {
	r := &records{name: bucket}
	return binary.BigEndian.AppendUint64(bytes.Clone(value), r.checksum(key, value))
}

// TestTampered takes records away, adds them, swaps and changes them, checksums
// and all. Verify must tell, and name the bucket.
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
	header0 := itemKey(id, interview.ID{})
	tests := []struct {
		name   string
		bucket string // "" when it is the page that cannot be read
		do     func(*bbolt.Tx) error
	}{
		{"an item gone", bucketInterviews, remove(bucketInterviews, itemKey(id, lineID(1, 3)))},
		{"a header gone", bucketInterviews, remove(bucketInterviews, header0)},
		{"an entry of the log gone", bucketLog, remove(bucketLog, logKey(id, 3))},
		{"a summary gone", bucketSummary, remove(bucketSummary, summaryKey(start(1).UnixMilli(), id))},
		{"a text gone", bucketText, remove(bucketText, id[:])},
		{"a draft gone", bucketDrafts, remove(bucketDrafts, id[:])},
		{"a draft out of nowhere", bucketDrafts, put(bucketDrafts, other[:], []byte("x"))},
		{"an older wording of a draft", bucketDrafts, put(bucketDrafts, id[:], []byte("half"))},
		{"totals gone", bucketMeta, remove(bucketMeta, []byte(keyTotals))},
		{"schema gone", bucketMeta, remove(bucketMeta, []byte(keySchema))},
		{"the notebook's ID gone", bucketMeta, remove(bucketMeta, []byte(keyNotebook))},
		{"a bucket gone", bucketText, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte(bucketText)) }},
		{"a key of the wrong length", bucketText, put(bucketText, []byte("short"), []byte("x"))},
		{"a value without a checksum", bucketText, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketText)).Put(id[:], []byte("x")) }},
		{"a bucket in place of a value", "", func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketDrafts))
			if err := b.Delete(id[:]); err != nil {
				return err
			}
			_, err := b.CreateBucket(id[:])
			return err
		}},
		{"two texts swapped", bucketText, func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketText))
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
				if _, err := keep(s, 1, writer(0), lineID(1, i), "again"); err != nil {
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

// What is damaged is noticed by whoever reads it, not only by Verify.
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
	item, head, text, sum := itemKey(id, lineID(1, 2)), itemKey(id, interview.ID{}), id[:], summaryKey(start(1).UnixMilli(), id)
	reads := func(s *Store) error { _, _, err := s.Read(ctx, id); return err }
	changes := func(s *Store) error { _, err := keep(s, 1, writer(0), lineID(1, 9), "x"); return err }
	lists := func(s *Store) error { return s.Summaries(ctx, func(interview.Summary) bool { return true }) }
	tests := []struct {
		name   string
		bucket string
		do     func(*bbolt.Tx) error
		use    func(*Store) error
	}{
		{"item, reading", bucketInterviews, flip(bucketInterviews, item), reads},
		{"item, writing", bucketInterviews, flip(bucketInterviews, item), changes},
		{"lost item, reading", bucketInterviews, vanish(bucketInterviews, item), reads},
		{"lost item, writing", bucketInterviews, vanish(bucketInterviews, item), changes},
		{"header, revision", bucketInterviews, flip(bucketInterviews, head), func(s *Store) error { _, err := s.Revision(ctx, id); return err }},
		{"lost header, reading", bucketInterviews, vanish(bucketInterviews, head), reads},
		{"lost header, finding", bucketInterviews, vanish(bucketInterviews, head), func(s *Store) error { _, err := s.Find(ctx, "", 9); return err }},
		{"log", bucketLog, flip(bucketLog, logKey(id, 1)), func(s *Store) error { _, err := s.Log(ctx, id); return err }},
		{"log, undoing", bucketLog, flip(bucketLog, logKey(id, 1)), func(s *Store) error {
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
		{"text, searching", bucketText, flip(bucketText, text), func(s *Store) error {
			return s.Candidates(ctx, nil, func(interview.ID, []byte) bool { return true })
		}},
		{"text, writing over it", bucketText, flip(bucketText, text), changes},
		{"summary", bucketSummary, flip(bucketSummary, sum), lists},
		{"lost summary", bucketSummary, vanish(bucketSummary, sum), lists},
		{"draft", bucketDrafts, flip(bucketDrafts, text), func(s *Store) error { _, err := s.Draft(ctx, id); return err }},
		{"draft, writing over it", bucketDrafts, flip(bucketDrafts, text), func(s *Store) error { return s.SetDraft(ctx, id, "another") }},
		{"totals", bucketMeta, flip(bucketMeta, []byte(keyTotals)), changes},
		{"schema", bucketMeta, flip(bucketMeta, []byte(keySchema)), func(s *Store) error { _, err := Open(s.Path()); return err }},
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
	h := &head{file: opened(t, s.Path())}
	if !h.meta() {
		t.Fatal("there is no meta page")
	}
	broken := bytes.Clone(sound)
	for page := 2; page < pagesOf(sound); page++ {
		if uint64(page) != h.root && uint64(page) != h.freelist { // those are looked at before
			copy(broken[page*pageSize+8:], "\xff\xff\xff\xff\xff\xff\xff\xff") // what sort of page, and how much is in it
		}
	}
	for range 3 {
		if err := os.WriteFile(s.Path(), broken, 0o600); err != nil {
			t.Fatal(err)
		}
		vouch(t, s.Path())
		_, changeErr := keep(s, 1, writer(0), lineID(1, 0), "x")
		_, _, readErr := s.Read(context.Background(), interviewID(1))
		for _, err := range []error{changeErr, readErr} {
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), "reading it failed") || strings.Contains(err.Error(), "\n") {
				t.Errorf("error = %v, want ErrDamaged on one line, from a panic", err)
			}
		}
		if err := os.WriteFile(s.Path(), sound, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := keep(s, 1, writer(0), lineID(1, 0), "x"); err != nil { // would wait for ever for a lock left behind
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
			all = errors.Join(all, tx.Bucket([]byte(bucketText)).Delete(id[:]))
		}
		return all
	})
	err := s.Verify(context.Background())
	if !errors.Is(err, storage.ErrDamaged) {
		t.Fatalf("error = %v, want ErrDamaged", err)
	}
	if lines := strings.Count(err.Error(), "\n") + 1; lines != mostFaults+1 {
		t.Errorf("it says %d lines, want %d", lines, mostFaults+1)
	}
}

// vouch leaves the stamp of a notebook, as if a hark had just looked at every
// page of it.
func vouch(t testing.TB, path string) {
	t.Helper()
	stampCommit(opened(t, path), path, time.Now().Unix()/(24*60*60))
}

func opened(t testing.TB, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// Pages that bbolt would follow for ever, or write over, are found without it. A
// writer finds what is wrong with the lists that it uses.
func TestTangledPages(t *testing.T) {
	s := fresh(t)
	for n := range 4 {
		begin(t, s, n, 40)
	}
	sound := bytesOf(t, s.Path())
	h := &head{file: opened(t, s.Path()), deep: true}
	if !h.meta() {
		t.Fatal("there is no meta page")
	}
	h.seen = allPages(h.pages)
	if err := h.tree(h.root, true, deepest); err != nil {
		t.Fatalf("the pages are not sound to begin with: %v", err)
	}
	order := binary.NativeEndian
	branch := uint64(0)
	for page := range h.pages {
		if h.seen.has(page) && order.Uint16(sound[page*pageSize+8:]) == pageBranch {
			branch = page
		}
	}
	free := order.Uint16(sound[h.freelist*pageSize+10:])
	if branch == 0 || free < 2 {
		t.Fatalf("no branch among the pages, or %d free ones", free)
	}
	at := func(file []byte, bucket string) []byte { return bucketAt(t, file, h, bucket) }
	below := branch*pageSize + pageHeader + 8
	tests := map[string]func(file []byte){
		"a page below itself":      func(f []byte) { order.PutUint64(f[below:], branch) },
		"two ways to a page":       func(f []byte) { order.PutUint64(f[below:], order.Uint64(f[below+pageElement:])) },
		"a page beyond the end":    func(f []byte) { order.PutUint64(f[below:], h.pages) },
		"a meta page":              func(f []byte) { order.PutUint64(f[below:], 1) },
		"the list of what is free": func(f []byte) { order.PutUint64(f[below:], h.freelist) },
		"keys out of order":        func(f []byte) { order.PutUint32(f[below-8:], order.Uint32(f[below-8+pageElement:])+pageElement) },
		"no entries":               func(f []byte) { order.PutUint16(f[branch*pageSize+10:], 0) },
		"entries beyond the page":  func(f []byte) { order.PutUint16(f[branch*pageSize+10:], 0xFFFF) },
		"a key beyond the page":    func(f []byte) { order.PutUint32(f[below-4:], 0xFFFFFFF0) },
		"running over the end":     func(f []byte) { order.PutUint32(f[branch*pageSize+12:], 0xFFFFFFF0) },
		"the number of another":    func(f []byte) { f[branch*pageSize]++ },
		"neither branch nor leaf":  func(f []byte) { f[branch*pageSize+8] = 3 },
		"a page in use and free":   func(f []byte) { order.PutUint64(f[h.freelist*pageSize+pageHeader:], branch) },
		"a page free twice":        func(f []byte) { copy(f[h.freelist*pageSize+pageHeader+8:], f[h.freelist*pageSize+pageHeader:][:8]) },
		"too many free pages":      func(f []byte) { order.PutUint16(f[h.freelist*pageSize+10:], 0xFFF0) },
		"far too many free pages": func(f []byte) {
			order.PutUint16(f[h.freelist*pageSize+10:], 0xFFFF)
			order.PutUint64(f[h.freelist*pageSize+pageHeader:], 1<<61)
		},
		"a long list of free pages": func(f []byte) { f[h.freelist*pageSize+14] = 1 },
		"no list of free pages":     func(f []byte) { f[h.freelist*pageSize+8] = pageLeaf },
		"a bucket beyond the end":   func(f []byte) { order.PutUint64(at(f, bucketInterviews), h.pages) },
		"a bucket in another":       func(f []byte) { copy(at(f, bucketInterviews), at(f, bucketText)[:8]) },
		"a bucket that is a list":   func(f []byte) { order.PutUint64(at(f, bucketInterviews), h.root) },
		"a bucket that is nowhere":  func(f []byte) { order.PutUint64(at(f, bucketInterviews), 0) },
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			tangled := bytes.Clone(sound)
			do(tangled)
			if bytes.Equal(sound, tangled) {
				t.Fatal("nothing was changed")
			}
			if err := os.WriteFile(s.Path(), tangled, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(context.Background()); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("error = %v, want ErrDamaged", err)
			}
			if _, err := keep(s, 1, writer(0), lineID(1, 0), "x"); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("writing: error = %v, want ErrDamaged", err)
			}
			if _, _, err := s.Read(context.Background(), interviewID(1)); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("reading: error = %v, want ErrDamaged", err)
			}
			if strings.Contains(name, "free page") {
				vouch(t, s.Path()) // a writer looks at the list that it uses all the same
				if _, err := keep(s, 1, writer(0), lineID(1, 0), "x"); !errors.Is(err, storage.ErrDamaged) {
					t.Errorf("writing, vouched for: error = %v, want ErrDamaged", err)
				}
			}
			if !bytes.Equal(tangled, bytesOf(t, s.Path())) {
				t.Error("the file was changed")
			}
		})
	}
}

// bucketAt returns what the list of buckets says of one: first its page.
func bucketAt(t *testing.T, file []byte, h *head, bucket string) []byte {
	t.Helper()
	all, ok := elements(file[h.root*pageSize:][:pageSize], pageLeaf)
	for _, e := range all {
		if string(e.key) == bucket {
			return e.value
		}
	}
	t.Fatalf("no bucket %s in the list: %v", bucket, ok)
	return nil
}
