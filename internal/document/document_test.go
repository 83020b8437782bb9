package document_test

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/document"
)

// same compares two documents completely.
func same(t testing.TB, what string, a, b *document.Document) {
	t.Helper()
	if d := cmp.Diff(state(a), state(b)); d != "" {
		t.Fatalf("%s (-a +b):\n%s", what, d)
	}
}

type whole struct {
	ID     document.ID
	Items  []document.Item
	Seen   map[document.Incarnation]uint64
	Lacks  []document.Span
	Erased bool
}

func state(d *document.Document) whole {
	return whole{d.ID(), d.Items(), d.Seen(), d.Lacking(), d.Erased()}
}

func item(name string) document.ID { return document.DerivedID("test", name) }

func put(name, body string) document.Put {
	return document.Put{Item: item(name), Kind: "note", Body: []byte(body)}
}

func bodies(d *document.Document, name string) string {
	it, ok := d.Item(item(name))
	if !ok {
		return "<none>"
	}
	var out []string
	for _, v := range it.Live() {
		out = append(out, string(v.Body))
	}
	return strings.Join(out, "|")
}

func TestIDRoundTrip(t *testing.T) {
	id, err := document.NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	got, err := document.ParseID(id.String())
	if err != nil || got != id {
		t.Fatalf("ParseID(%s) = %v, %v", id, got, err)
	}
	for _, bad := range []string{
		"", "abc", strings.Repeat("a", 25) + "b", strings.Repeat("A", 26), strings.Repeat("1", 26), strings.Repeat("ſ", 13),
	} {
		if _, err := document.ParseID(bad); !errors.Is(err, document.ErrID) {
			t.Errorf("ParseID(%q) error = %v, want ErrID", bad, err)
		}
	}
	if document.DerivedID("a", "bc") == document.DerivedID("ab", "c") {
		t.Error("derived IDs run their parts together")
	}
}

// IDs are standard base32, to the last bit.
func TestIDIsBase32(t *testing.T) {
	other := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	rapid.Check(t, func(t *rapid.T) {
		id := document.ID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		written := other.EncodeToString(id[:])
		if id.String() != written {
			t.Fatalf("%x is written %s, not %s", id[:], id, written)
		}
		changed := []byte(written)
		changed[rapid.IntRange(0, len(changed)-1).Draw(t, "at")] = rapid.SampledFrom([]byte("abz27189A\n{`/:é")).Draw(t, "to")
		want, err := other.DecodeString(string(changed))
		good := err == nil && other.EncodeToString(want) == string(changed)
		got, err := document.ParseID(string(changed))
		if good != (err == nil) || good && string(got[:]) != string(want) {
			t.Fatalf("ParseID(%q) = %x, %v", changed, got[:], err)
		}
	})
}

func TestConcurrentEditsBothStay(t *testing.T) {
	now := time.UnixMilli(1000)
	base := document.New(item("doc"))
	base.Put(document.Writer{Incarnation: 1}, now, put("x", "first"))
	a, b := base.Clone(), base.Clone()
	a.Put(document.Writer{Incarnation: 2}, now, put("x", "from a"))
	b.Put(document.Writer{Incarnation: 3}, now, put("x", "from b"))

	m := document.Merge(a, b)
	if got := bodies(m, "x"); got != "from a|from b" {
		t.Fatalf("after the merge: %q", got)
	}
	m.Put(document.Writer{Incarnation: 2}, now, put("x", "joined"))
	if got := bodies(document.Merge(m, b), "x"); got != "joined" {
		t.Fatalf("after joining: %q, want the joined wording alone", got)
	}
}

func TestEditBeatsConcurrentDeletion(t *testing.T) {
	now := time.UnixMilli(1000)
	base := document.New(item("doc"))
	base.Put(document.Writer{Incarnation: 1}, now, put("x", "first"))
	a, b := base.Clone(), base.Clone()
	a.Put(document.Writer{Incarnation: 2}, now, document.Put{Item: item("x"), Kind: "note", Deleted: true})
	if got := bodies(a, "x"); got != "" {
		t.Fatalf("deleted item still says %q", got)
	}
	b.Put(document.Writer{Incarnation: 3}, now, put("x", "edited"))
	if got := bodies(document.Merge(a, b), "x"); got != "edited" {
		t.Fatalf("after the merge: %q, want the edit", got)
	}
}

func TestPutsOfOneChangeAreSiblings(t *testing.T) {
	d := document.New(item("doc"))
	d.Put(document.Writer{Incarnation: 1}, time.UnixMilli(1), put("x", "old"))
	d.Put(document.Writer{Incarnation: 1}, time.UnixMilli(2), put("x", "one"), put("x", "two"))
	if got := bodies(d, "x"); got != "one|two" {
		t.Fatalf("got %q, want both of the change and not the old one", got)
	}
}

func TestClockNeverGoesBack(t *testing.T) {
	d := document.New(item("doc"))
	c1 := d.Put(document.Writer{Incarnation: 1}, time.UnixMilli(5000), put("x", "one"))
	c2 := d.Put(document.Writer{Incarnation: 1}, time.UnixMilli(10), put("y", "two"))
	if c2[0].Version.Clock.Compare(c1[0].Version.Clock) <= 0 {
		t.Fatalf("clock went back: %v then %v", c1[0].Version.Clock, c2[0].Version.Clock)
	}
}

func TestEraseAbsorbs(t *testing.T) {
	now := time.UnixMilli(1)
	a := document.New(item("doc"))
	a.Put(document.Writer{Incarnation: 1}, now, put("x", "secret"))
	b := a.Clone()
	b.Put(document.Writer{Incarnation: 2}, now, put("y", "more"))
	a.Erase()
	for _, m := range []*document.Document{document.Merge(a, b), document.Merge(b, a)} {
		if !m.Erased() || m.Len() != 0 {
			t.Fatalf("erased=%v with %d items", m.Erased(), m.Len())
		}
		m.Put(document.Writer{Incarnation: 3}, now, put("z", "again"))
		if m.Len() != 0 {
			t.Fatal("an erased document took a put")
		}
	}
}

// replicas returns three documents that were written and merged at random, with the changes of each
// in order. Some changes reach one of them without the ones before.
func replicas(t *rapid.T) []*document.Document {
	docs := []*document.Document{}
	var made []document.Change
	for range 3 {
		docs = append(docs, document.New(item("doc")))
	}
	names := []string{"p", "q", "r"}
	for i := range rapid.IntRange(0, 30).Draw(t, "steps") {
		who := rapid.IntRange(0, 2).Draw(t, "who")
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0, 1:
			made = append(made, docs[who].Put(document.Writer{Incarnation: document.Incarnation(who + 1)},
				time.UnixMilli(rapid.Int64Range(0, 50).Draw(t, "now")),
				document.Put{
					Item:    item(rapid.SampledFrom(names).Draw(t, "item")),
					Kind:    "note",
					Deleted: rapid.IntRange(0, 4).Draw(t, "delete") == 0,
					Body:    fmt.Appendf(nil, "%d by %d", i, who),
				}))
		case 2:
			from := docs[rapid.IntRange(0, 2).Draw(t, "from")]
			if rapid.Bool().Draw(t, "withheld") {
				from = withhold(from)
			}
			docs[who] = document.Merge(docs[who], from)
		case 3:
			if rapid.IntRange(0, 40).Draw(t, "erase") == 0 {
				docs[who].Erase()
			} else if len(made) > 0 {
				docs[who].Replay(rapid.SampledFrom(made).Draw(t, "change"))
			}
		}
	}
	return docs
}

// withhold returns a copy of a document in which every other version has no content.
func withhold(d *document.Document) *document.Document {
	items := d.Items()
	for i, it := range items {
		items[i].Versions = slices.Clone(it.Versions)
		for n, v := range it.Versions {
			if v.Counter%2 == 0 {
				v.Withheld, v.Body = true, nil
				items[i].Versions[n] = v
			}
		}
	}
	return document.Restore(d.ID(), items, d.Seen(), d.Lacking(), d.Erased())
}

// Of two versions of one dot the whole one stays, however it comes: by a merge in either direction,
// or by its change. Two states that differ in it are not the same.
func TestContentReplacesWhatWasWithheld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := replicas(t)[0]
		held := withhold(d)
		replayed := held.Clone()
		for _, it := range d.Items() {
			for _, v := range it.Versions {
				replayed.Replay(document.Change{{Item: it.ID, Version: v}})
			}
		}
		for what, got := range map[string]*document.Document{
			"whole and withheld": document.Merge(d, held), "withheld and whole": document.Merge(held, d), "replayed": replayed,
		} {
			if diff := cmp.Diff(state(d), state(got)); diff != "" || !got.Same(d) {
				t.Fatalf("%s (-whole +got):\n%s", what, diff)
			}
		}
		if held.Same(d) != cmp.Equal(state(held), state(d)) {
			t.Fatalf("%v and %v pass for the same, or do not", state(held), state(d))
		}
	})
}

// Nobody replaces words that they have not seen, and a deletion is seen as one.
func TestPutLeavesWhatIsWithheld(t *testing.T) {
	now := time.UnixMilli(1000)
	base := document.New(item("doc"))
	base.Put(document.Writer{Incarnation: 1}, now, put("x", "heard"))
	base.Put(document.Writer{Incarnation: 1}, now, put("x", "thought"), put("y", "one"))
	base.Put(document.Writer{Incarnation: 1}, now, document.Put{Item: item("y"), Kind: "note", Deleted: true, Body: []byte("one")})
	there := withhold(base)
	there.Put(document.Writer{Incarnation: 2}, now, put("x", "theirs"), put("y", "again"))
	if got := bodies(there, "x"); got != "theirs" {
		t.Errorf("where it is withheld it says %q", got)
	}
	both := document.Merge(base, there)
	if x, y := bodies(both, "x"), bodies(both, "y"); x != "thought|theirs" || y != "again" {
		t.Errorf("together it says %q and %q", x, y)
	}
}

func TestMergeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := replicas(t)
		a, b, c := d[0], d[1], d[2]
		before := state(a)
		ab := document.Merge(a, b)
		if diff := cmp.Diff(before, state(a)); diff != "" {
			t.Fatalf("merging changed its input:\n%s", diff)
		}
		check := func(what string, x, y *document.Document) {
			if diff := cmp.Diff(state(x), state(y)); diff != "" {
				t.Fatalf("%s:\n%s", what, diff)
			}
		}
		check("not commutative", ab, document.Merge(b, a))
		check("not associative", document.Merge(ab, c), document.Merge(a, document.Merge(b, c)))
		check("not idempotent", a, document.Merge(a, a))
		check("merging again changes", ab, document.Merge(ab, b))
	})
}

// A merge keeps every wording that was not replaced by somebody who had seen it.
func TestMergeKeepsUnseenWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := replicas(t)
		m := document.Merge(d[0], d[1])
		if m.Erased() {
			return
		}
		for side, doc := range d[:2] {
			other := d[1-side]
			for _, it := range doc.Items() {
				for _, v := range it.Versions {
					if other.Has(v.Dot) {
						continue // the other side saw it and may have replaced it
					}
					got, _ := m.Item(it.ID)
					found := false
					for _, w := range got.Versions {
						found = found || w.Dot == v.Dot
					}
					if !found {
						t.Fatalf("%q was lost in the merge", v.Body)
					}
				}
			}
		}
	})
}

func TestReplayFoldsToTheDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := document.New(item("doc"))
		var log []document.Change
		for i := range rapid.IntRange(1, 20).Draw(t, "steps") {
			var puts []document.Put
			for range rapid.IntRange(1, 3).Draw(t, "puts") {
				puts = append(puts, put(rapid.SampledFrom([]string{"p", "q"}).Draw(t, "item"), fmt.Sprint(i)))
			}
			log = append(log, d.Put(document.Writer{Incarnation: 7, Author: "me"}, time.UnixMilli(int64(i)), puts...))
		}
		folded := document.New(item("doc"))
		for _, c := range log {
			folded.Replay(c)
			folded.Replay(c)
		}
		if diff := cmp.Diff(state(d), state(folded)); diff != "" {
			t.Fatalf("folding the log:\n%s", diff)
		}
	})
}

func TestRestore(t *testing.T) {
	d := document.New(item("doc"))
	d.Put(document.Writer{Incarnation: 1}, time.UnixMilli(9), put("x", "one"), put("y", "two"))
	same(t, "restored", d, document.Restore(d.ID(), d.Items(), d.Seen(), d.Lacking(), d.Erased()))
}

// A document that claims to have seen changes that never came takes nothing from others by it: what they wrote
// is missing there, or older than what is there, and so was not replaced.
func TestAClaimReplacesNothing(t *testing.T) {
	honest := document.New(item("doc"))
	honest.Put(document.Writer{Incarnation: 1}, time.UnixMilli(1), put("x", "first"))
	seen := honest.Seen()
	seen[1] = 1_000_000
	forged := document.Restore(honest.ID(), honest.Items(), seen, nil, false)
	honest.Put(document.Writer{Incarnation: 1}, time.UnixMilli(2), put("x", "second"), put("y", "new"))
	for _, m := range []*document.Document{document.Merge(forged, honest), document.Merge(honest, forged), document.Merge(document.Merge(forged, honest), honest)} {
		if x, y := bodies(m, "x"), bodies(m, "y"); x != "second" || y != "new" {
			t.Errorf("merged with a claim, there is %q and %q", x, y)
		}
	}
}

// A clock that cannot be counted up any more goes on in the next millisecond.
func TestClockDoesNotOverflow(t *testing.T) {
	last := document.Clock{Wall: 7, Tick: math.MaxUint32}
	if next := last.After(time.UnixMilli(1)); next.Compare(last) <= 0 {
		t.Errorf("after %v comes %v", last, next)
	}
}
