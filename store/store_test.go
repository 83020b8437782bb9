package store_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
)

// TestLikeInMemory does the same things at random to a notebook in a file, in use by two Stores,
// and to one in memory.
func TestLikeInMemory(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		path := filepath.Join(dir, fmt.Sprint(runs), "hark.db")
		file := []*store.Store{withoutSync(open(t, path)), withoutSync(open(t, path))}
		memory := newMemory()
		in := func(rt *rapid.T, one *store.Store, do func(storage.Store) (any, error)) {
			want, wantErr := do(memory)
			got, err := do(one)
			if errors.Is(err, storage.ErrNotFound) != errors.Is(wantErr, storage.ErrNotFound) || (err == nil) != (wantErr == nil) {
				rt.Fatalf("error %v, in memory %v", err, wantErr)
			}
			if diff := compare(want, got); diff != "" {
				rt.Fatalf("differs (-memory +file):\n%s", diff)
			}
		}
		each := func(rt *rapid.T, do func(storage.Store) (any, error)) {
			in(rt, file[rapid.IntRange(0, 1).Draw(rt, "store")], do)
		}
		ctx := context.Background()
		made := 0
		anyOne := func(rt *rapid.T) int { return rapid.IntRange(0, made).Draw(rt, "interview") } // the last is not there
		rt.Repeat(map[string]func(*rapid.T){
			"create": func(rt *rapid.T) {
				lines := rapid.IntRange(0, 3).Draw(rt, "lines")
				n := made
				each(rt, func(s storage.Store) (any, error) { begin(t, s, n, lines); return nil, nil })
				made++
			},
			"change": func(rt *rapid.T) {
				n, w, line := anyOne(rt), rapid.IntRange(0, 2).Draw(rt, "writer"), rapid.IntRange(0, 5).Draw(rt, "line")
				moved := time.Duration(rapid.IntRange(-1, 1).Draw(rt, "moved")) * time.Hour
				gone := rapid.Bool().Draw(rt, "deleted")
				each(rt, func(s storage.Store) (any, error) {
					return s.Change(ctx, interviewID(n), func(now storage.Stored) (storage.Write, error) {
						put := said(lineID(n, line), fmt.Sprintf("at %d", now.Revision))
						put.Deleted = gone
						out := write(n, now.Document, writer(w), put)
						out.Summary.StartedAt = out.Summary.StartedAt.Add(moved)
						return out, nil
					})
				})
			},
			"refuse": func(rt *rapid.T) {
				n := anyOne(rt)
				each(rt, func(s storage.Store) (any, error) {
					return s.Change(ctx, interviewID(n), func(now storage.Stored) (storage.Write, error) {
						return write(n, now.Document, writer(0), said(lineID(n, 0), "refused")), errors.New("no")
					})
				})
			},
			"draft": func(rt *rapid.T) {
				n, text := anyOne(rt), rapid.SampledFrom([]string{"", "half a sen", "half a sentence"}).Draw(rt, "draft")
				in(rt, file[0], func(s storage.Store) (any, error) { return nil, s.SetDraft(ctx, interviewID(n), text) }) // memory is one window
			},
			"find": func(rt *rapid.T) {
				prefix := interviewID(anyOne(rt)).String()[:rapid.IntRange(1, 26).Draw(rt, "letters")]
				each(rt, func(s storage.Store) (any, error) {
					ids, err := s.Find(ctx, strings.ToUpper(prefix), 9)
					slices.SortFunc(ids, func(a, b interview.ID) int { return strings.Compare(a.String(), b.String()) })
					return ids, err
				})
			},
			"mark": func(rt *rapid.T) {
				ids := []interview.ID{interviewID(rapid.IntRange(1000, 1004).Draw(rt, "stranger"))}
				if n := anyOne(rt); n < made {
					ids = append(ids, interviewID(n))
				}
				each(rt, func(s storage.Store) (any, error) {
					marked, here, err := s.MarkErased(ctx, ids)
					return []any{marked, here}, err
				})
			},
			"read": func(rt *rapid.T) {
				each(rt, func(s storage.Store) (any, error) { return read(s) })
			},
			"log": func(rt *rapid.T) {
				n := anyOne(rt)
				each(rt, func(s storage.Store) (any, error) { return s.Log(ctx, interviewID(n)) })
			},
			"": func(rt *rapid.T) {
				n := anyOne(rt)
				each(rt, func(s storage.Store) (any, error) { return s.Revision(ctx, interviewID(n)) })
			},
		})
		each(rt, func(s storage.Store) (any, error) { return read(s) })
		mustVerify(t, file[0])
	})
}

func TestNothingThere(t *testing.T) {
	s, ctx, id := fresh(t), context.Background(), interviewID(1)
	_, _, err := s.Read(ctx, id)
	calls := map[string]error{"Read": err}
	_, calls["Log"] = s.Log(ctx, id)
	_, calls["Draft"] = s.Draft(ctx, id)
	calls["SetDraft"] = s.SetDraft(ctx, id, "x")
	_, calls["Change"] = s.Change(ctx, id, func(storage.Stored) (storage.Write, error) {
		t.Error("Change asked what to write to nothing")
		return storage.Write{}, nil
	})
	for name, err := range calls {
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("%s: error = %v, want ErrNotFound", name, err)
		}
	}
	if rev, err := s.Revision(ctx, id); rev != 0 || err != nil {
		t.Errorf("Revision = %d, %v; want 0 and no error", rev, err)
	}
	mustVerify(t, s)
}

func TestCreateTwice(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 2)
	before := mustVerify(t, s)
	if _, err := s.Create(context.Background(), write(1, document.New(interviewID(1)), writer(1), said(lineID(1, 9), "again"))); err == nil {
		t.Error("an interview was created over another")
	}
	if diff := compare(before, mustVerify(t, s)); diff != "" {
		t.Errorf("the first one changed (-before +after):\n%s", diff)
	}
}

func TestCreateWithoutDocument(t *testing.T) {
	if _, err := fresh(t).Create(context.Background(), storage.Write{}); err == nil {
		t.Error("an interview without a document was created")
	}
}

// A write that cannot be is refused whole.
func TestImpossibleWrites(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 2)
	begin(t, s, 2, 2)
	before := mustVerify(t, s)
	erased := document.New(interviewID(1))
	erased.Erase()
	tests := map[string]func(storage.Stored) storage.Write{
		"another document": func(storage.Stored) storage.Write {
			return write(2, document.New(interviewID(2)), writer(1), said(lineID(2, 9), "x"))
		},
		"another summary": func(now storage.Stored) storage.Write {
			return write(2, now.Document, writer(1), said(lineID(1, 9), "x"))
		},
		"an item without an ID": func(now storage.Stored) storage.Write {
			return write(1, now.Document, writer(1), said(document.ID{}, "x"))
		},
		"no document": func(now storage.Stored) storage.Write {
			w := write(1, now.Document, writer(1), said(lineID(1, 9), "x"))
			w.Document = nil
			return w
		},
		"an erased document": func(now storage.Stored) storage.Write {
			w := write(1, now.Document, writer(1), said(lineID(1, 9), "x"))
			w.Document = erased
			return w
		},
	}
	for name, decide := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := s.Change(context.Background(), interviewID(1), func(now storage.Stored) (storage.Write, error) {
				return decide(now), nil
			})
			if err == nil {
				t.Error("it was written")
			}
			if diff := compare(before, mustVerify(t, s)); diff != "" {
				t.Errorf("the notebook changed (-before +after):\n%s", diff)
			}
		})
	}
}

// An empty change, a refused one and a draft that is kept already leave the file as it is: not a
// byte is written.
func TestNothingToWrite(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	begin(t, s, 1, 2)
	if err := s.SetDraft(ctx, interviewID(1), "half a sen"); err != nil {
		t.Fatal(err)
	}
	before := bytesOf(t, s.Path())
	refusal := errors.New("not yet")
	rev, err := s.Change(ctx, interviewID(1), func(now storage.Stored) (storage.Write, error) {
		return write(1, now.Document, writer(0)), nil
	})
	if rev != 1 || err != nil {
		t.Errorf("an empty change gave %d, %v; want the revision as it was", rev, err)
	}
	_, err = s.Change(ctx, interviewID(1), func(now storage.Stored) (storage.Write, error) {
		return write(1, now.Document, writer(0), said(lineID(1, 0), "new")), refusal
	})
	if !errors.Is(err, refusal) {
		t.Errorf("error = %v, want the one of the caller", err)
	}
	if err := s.SetDraft(ctx, interviewID(1), "half a sen"); err != nil {
		t.Error(err)
	}
	if string(before) != string(bytesOf(t, s.Path())) {
		t.Error("the file changed")
	}
}

// Only the items that the record names are written, and one that the document no longer has goes.
func TestNamedItemsOnly(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	begin(t, s, 1, 3)
	was, _, err := s.Read(ctx, interviewID(1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Change(ctx, interviewID(1), func(now storage.Stored) (storage.Write, error) {
		w := write(1, now.Document, writer(1), said(lineID(1, 0), "named"))
		w.Document.Put(writer(1), start(9), said(lineID(1, 1), "not named"))
		merged := slices.DeleteFunc(w.Document.Items(), func(it document.Item) bool { return it.ID == lineID(1, 2) })
		w.Document = document.Restore(interviewID(1), merged, w.Document.Seen(), nil, false)
		w.Record.Change = append(w.Record.Change, document.Replacement{Item: lineID(1, 2), Version: w.Record.Change[0].Version})
		return w, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	is, _, err := s.Read(ctx, interviewID(1))
	if err != nil {
		t.Fatal(err)
	}
	body := func(d *document.Document, line int) string {
		it, ok := d.Item(lineID(1, line))
		if !ok {
			return "gone"
		}
		return string(it.Latest().Body)
	}
	if got := body(is, 0); !strings.Contains(got, "named") {
		t.Errorf("the named item says %s", got)
	}
	if got := body(is, 1); got != body(was, 1) {
		t.Errorf("an item that was not named says %s", got)
	}
	if got := body(is, 2); got != "gone" {
		t.Errorf("an item that the document no longer has says %s", got)
	}
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// What the caller keeps of a write may be changed afterwards.
func TestWritesAreCopied(t *testing.T) {
	s := fresh(t)
	w := write(1, document.New(interviewID(1)), writer(0), said(lineID(1, 0), "x"))
	w.Text = append(make([]byte, 0, 64), "welding"...)
	if _, err := s.Create(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	if rest := w.Text[:64][len(w.Text):]; string(rest) != string(make([]byte, len(rest))) {
		t.Errorf("there is something behind the text of the caller: %q", rest)
	}
}

func TestSummariesNewestFirst(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	times := []time.Time{
		start(0), start(3), start(1),
		time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), time.Unix(0, 0), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), {},
	}
	for n, at := range times {
		w := write(n, document.New(interviewID(n)), writer(0), said(lineID(n, 0), "x"))
		w.Summary.StartedAt = at
		if _, err := s.Create(ctx, w); err != nil {
			t.Fatal(err)
		}
	}
	list := func(limit int) (all []time.Time) {
		err := s.Summaries(ctx, func(sum interview.Summary) bool {
			all = append(all, sum.StartedAt)
			return len(all) < limit
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	if diff := compare(times, list(99)); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	if diff := compare(times[:2], list(2)); diff != "" {
		t.Errorf("two (-want +got):\n%s", diff)
	}
	// One that turns out to have begun at another time moves and leaves nothing.
	_, err := s.Change(ctx, interviewID(0), func(now storage.Stored) (storage.Write, error) {
		w := write(0, now.Document, writer(0), said(lineID(0, 1), "y"))
		w.Summary.StartedAt = start(99)
		return w, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := list(99); len(got) != len(times) || !got[0].Equal(start(99)) {
		t.Errorf("after one moved: %v", got)
	}
	mustVerify(t, s)
}

func TestFind(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	const interviews = 300
	all := map[string]bool{}
	for n := range interviews {
		begin(t, s, n, 1)
		all[interviewID(n).String()] = true
	}
	for id := range maps.Keys(all) {
		for _, n := range []int{1, 2, 5, 25, 26} {
			want := map[string]bool{}
			for other := range all {
				if strings.HasPrefix(other, id[:n]) {
					want[other] = true
				}
			}
			ids, err := s.Find(ctx, strings.ToUpper(id[:n]), interviews)
			got := map[string]bool{}
			for _, id := range ids {
				got[id.String()] = true
			}
			if err != nil || !maps.Equal(want, got) || len(ids) != len(want) {
				t.Fatalf("Find(%q): error %v, found %v, want %v", id[:n], err, got, want)
			}
		}
	}
	if ids, err := s.Find(ctx, "", 10); err != nil || len(ids) != 10 {
		t.Errorf("with a limit: %d, %v", len(ids), err)
	}
	for _, none := range []string{"!", "a b", "0", "ä", "\x00", strings.Repeat("a", 27), strings.Repeat("a", 25) + "b"} {
		if ids, err := s.Find(ctx, none, 10); err != nil || len(ids) != 0 {
			t.Errorf("Find(%q) = %v, %v; want nothing", none, ids, err)
		}
	}
	if ids, err := s.Find(ctx, "", 0); err != nil || len(ids) != 0 {
		t.Errorf("with limit 0: %v, %v", ids, err)
	}
}

func TestHistory(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	begin(t, s, 1, 1)
	begin(t, s, 2, 1)
	for i := range 5 {
		if _, err := add(s, 1, writer(i%2), lineID(1, 0), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := s.Log(ctx, interviewID(1))
	if err != nil || len(want) != 6 || want[0].Revision != 7 || want[5].Revision != 1 {
		t.Fatalf("%d records, %v", len(want), err)
	}
	var lent func(func(interview.Record, error) bool)
	_, err = s.Change(ctx, interviewID(1), func(now storage.Stored) (storage.Write, error) {
		lent = now.Log
		var got []interview.Record
		for r, err := range now.Log {
			if err != nil {
				return storage.Write{}, err
			}
			if got = append(got, r); len(got) == 3 {
				break
			}
		}
		if diff := compare(want[:3], got); diff != "" {
			t.Errorf("the newest three (-want +got):\n%s", diff)
		}
		return storage.Write{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range lent {
		if err == nil {
			t.Errorf("after its transaction the history still gives %v", r)
		}
	}
}

// A panic of the caller is the caller's, and the notebook can be used after it.
func TestCallersPanic(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	begin(t, s, 1, 2)
	panics := func(name string, do func()) {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if p := recover(); p != "mine" {
					t.Errorf("recovered %v, want the caller's own", p)
				}
				if _, err := add(s, 1, writer(0), lineID(1, 0), name); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			}()
			do()
		})
	}
	panics("Change", func() {
		_, _ = s.Change(ctx, interviewID(1), func(storage.Stored) (storage.Write, error) { panic("mine") })
	})
	panics("Log", func() {
		_, _ = s.Change(ctx, interviewID(1), func(now storage.Stored) (storage.Write, error) {
			for _, err := range now.Log {
				_ = err
				panic("mine")
			}
			return storage.Write{}, nil
		})
	})
	panics("after Log", func() {
		_, _ = s.Change(ctx, interviewID(1), func(now storage.Stored) (storage.Write, error) {
			for _, err := range now.Log {
				_ = err
				break
			}
			panic("mine")
		})
	})
	panics("Summaries", func() {
		_ = s.Summaries(ctx, func(interview.Summary) bool { panic("mine") })
	})
	mustVerify(t, s)
}

// A context that ends ends the wait for the notebook, and nothing is written.
func TestContextEndsTheWait(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 2)
	reading, done := make(chan bool), make(chan error)
	go func() {
		done <- s.Summaries(context.Background(), func(interview.Summary) bool {
			reading <- true
			<-reading
			return false
		})
	}()
	<-reading
	for range 3 {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		_, err := open(t, s.Path()).Change(ctx, interviewID(1), func(storage.Stored) (storage.Write, error) {
			t.Error("Change went on beside a reader")
			return storage.Write{}, nil
		})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, storage.ErrUnwritable) {
			t.Errorf("error = %v, want the context's", err)
		}
	}
	reading <- true
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if rev, err := add(s, 1, writer(0), lineID(1, 0), "x"); err != nil || rev != 2 {
		t.Errorf("afterwards: revision %d, %v", rev, err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.SetDraft(ended, interviewID(1), "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want the context's", err)
	}
	mustVerify(t, s)
}

func TestManyGoroutines(t *testing.T) {
	s := fresh(t)
	const writers, writes = 6, 40
	for n := range 2 {
		begin(t, s, n, 1)
	}
	errs := make(chan error, 2*writers)
	stop := make(chan bool)
	for w := range writers {
		go func() {
			own, err := store.Open(s.Path())
			for i := 0; i < writes && err == nil; i++ {
				_, err = add(own, i%2, writer(w), number(w, i), fmt.Sprintf("%d by %d", i, w))
			}
			errs <- err
		}()
		go func() {
			var err error
			for err == nil {
				select {
				case <-stop:
					errs <- nil
					return
				default:
					_, err = read(s)
				}
			}
			errs <- err
		}()
	}
	for range writers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	close(stop)
	for range writers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	c := mustVerify(t, s)
	wantGapless(t, c, 2+writers*writes)
	for w := range writers {
		for i := range writes {
			wantLine(t, c, i%2, number(w, i), fmt.Sprintf("%d by %d", i, w))
		}
	}
}

// wantGapless checks that the revisions of all records are 1 to last.
func wantGapless(t *testing.T, c content, last int) {
	t.Helper()
	seen := map[interview.Revision]bool{}
	for _, log := range c.Logs {
		for _, r := range log {
			if seen[r.Revision] || r.Revision == 0 || int(r.Revision) > last {
				t.Errorf("revision %d was given twice, or never", r.Revision)
			}
			seen[r.Revision] = true
		}
	}
	if len(seen) != last {
		t.Errorf("there are %d records, want %d", len(seen), last)
	}
}

// wantLine checks that the n-th interview has an item that says text.
func wantLine(t *testing.T, c content, n int, item document.ID, text string) {
	t.Helper()
	for _, d := range c.Documents {
		if d.ID != interviewID(n) {
			continue
		}
		i, found := slices.BinarySearchFunc(d.Items, item, func(it document.Item, id document.ID) int { return slices.Compare(it.ID[:], id[:]) })
		if found && strings.Contains(string(d.Items[i].Latest().Body), fmt.Sprintf("%q", text)) {
			return
		}
	}
	t.Errorf("interview %d has lost %q", n, text)
}
