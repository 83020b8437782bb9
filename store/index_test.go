package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// shelf is a notebook of many small interviews, and what their texts are.
type shelf struct {
	t       *testing.T
	s       *Store
	texts   []string
	numbers map[interview.ID]int
}

// add creates n interviews in one transaction.
func (f *shelf) add(n int) {
	f.t.Helper()
	var all []storage.Write
	for range n {
		i := len(f.texts)
		f.texts = append(f.texts, fmt.Sprintf("common word%d every%d one weld in five", i, i%10))
		f.numbers[interviewID(i)] = i
		w := write(i, document.New(interviewID(i)), writer(0), said(lineID(i, 0), f.texts[i]))
		w.Text = []byte(f.texts[i])
		all = append(all, w)
	}
	if err := f.s.CreateMany(context.Background(), all); err != nil {
		f.t.Fatal(err)
	}
}

// change gives interview i another text.
func (f *shelf) change(i int, text string) {
	f.t.Helper()
	f.texts[i] = text
	_, err := f.s.Change(context.Background(), interviewID(i), func(now storage.Stored) (storage.Write, error) {
		w := write(i, now.Document, writer(0), said(lineID(i, now.Document.Len()), text))
		w.Text = []byte(text)
		return w, nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// index makes segments until there is nothing left to do, and returns how many.
func (f *shelf) index() (made int) {
	f.t.Helper()
	for {
		more, err := f.s.Index(context.Background())
		if err != nil {
			f.t.Fatal(err)
		}
		if !more {
			return made
		}
		made++
	}
}

// segments returns how many segments there are, and interviews that are scanned.
func (f *shelf) segments() (segments, scanned int) {
	f.t.Helper()
	err := f.s.view(context.Background(), func(t *transaction) error {
		for _, err := range t.index.forwards([]byte{indexSegment}) {
			if err != nil {
				return err
			}
			segments++
		}
		for _, err := range t.index.forwards([]byte{indexFresh}) {
			if err != nil {
				return err
			}
			scanned++
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return segments, scanned
}

// check asks for words and compares with what holds them.
func (f *shelf) check(words ...string) {
	f.t.Helper()
	var got []int
	err := f.s.Candidates(context.Background(), words, func(id interview.ID, folded []byte) bool {
		i, ok := f.numbers[id]
		if !ok || string(folded) != f.texts[i] {
			f.t.Errorf("interview %d came with the text %q", i, folded)
		}
		got = append(got, i)
		return true
	})
	if err != nil {
		f.t.Fatal(err)
	}
	var want []int // newest first
	for i := len(f.texts) - 1; i >= 0; i-- {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(" "+f.texts[i], " "+w) }) {
			want = append(want, i)
		}
	}
	// What is scanned may hold a word in the middle of another one.
	got = slices.DeleteFunc(got, func(i int) bool { return !slices.Contains(want, i) && strings.Contains(f.texts[i], words[0]) })
	if !slices.Equal(got, want) {
		f.t.Errorf("%q: %d candidates, want %d: %v and %v", words, len(got), len(want), got[:min(9, len(got))], want[:min(9, len(want))])
	}
}

func (f *shelf) checkAll() {
	f.t.Helper()
	for _, words := range [][]string{
		{"word5"}, {"word77", "common"}, {"every3"}, {"common", "one weld"}, {"changed"}, {"nowhere"}, {"every9", "word1", "weld"},
	} {
		f.check(words...)
	}
	if err := f.s.Verify(context.Background()); err != nil {
		f.t.Fatal(err)
	}
}

func TestTheIndexLeavesNothingOut(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot - 1)
	if made := f.index(); made != 0 {
		t.Errorf("%d segments were made of too few interviews", made)
	}
	f.checkAll()
	f.add(1)
	if made := f.index(); made != 1 {
		t.Fatalf("%d segments were made, want 1", made)
	}
	f.checkAll()

	// What changes later is found as it is now, and no longer as it was.
	f.change(5, "changed")
	f.change(5, "changed twice")
	f.change(77, "common changed")
	f.checkAll()
	if _, scanned := f.segments(); scanned != hot+2 {
		t.Errorf("%d interviews are scanned, want %d", scanned, hot+2)
	}

	// Small segments are joined.
	f.add(leastSegment)
	f.index()
	f.checkAll()
	if n, _ := f.segments(); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
}

// An interview that is written while a segment is being made is scanned.
// Every place can be given up, the first of the first segment included, and the
// notebook is well.
func TestEveryPlaceCanBeGivenUp(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot)
	if made := f.index(); made != 1 {
		t.Fatalf("%d segments were made", made)
	}
	for _, i := range []int{leastSegment - 1, 0, 100} { // the newest in it stands first
		f.change(i, "changed")
		f.checkAll()
	}
}

func TestAChangeWhileASegmentIsMade(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot)
	var b *batch
	err := f.s.view(context.Background(), func(tx *transaction) (err error) {
		b, err = tx.gather(context.Background())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f.change(5, "changed")
	publish := func() (done bool) {
		err := f.s.update(context.Background(), func(tx *transaction) (err error) {
			done, err = tx.publish(b, nil)
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
	if _, scanned := f.segments(); scanned != hot+1 {
		t.Errorf("%d interviews are scanned, want %d", scanned, hot+1)
	}
	f.check("changed")
	if err := f.s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
	if publish() {
		t.Error("a segment was put in the place of another hark's")
	}
}

// The index is a help: a search goes on without it.
func TestADamagedIndexIsDoneWithout(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot)
	f.index()
	err := f.s.update(context.Background(), func(tx *transaction) error {
		tx.changed = true
		return tx.index.bucket.Put(append(segmentKey(indexWords, 0), "common"...), []byte("not what was written"))
	})
	if err != nil {
		t.Fatal(err)
	}
	f.check("common")

	if err := f.s.update(context.Background(), (*transaction).resetIndex); err != nil {
		t.Fatal(err)
	}
	f.index()
	f.checkAll()
	if n, _ := f.segments(); n != 1 {
		t.Errorf("%d segments, want 1", n)
	}
}

// Whoever ends the use of a notebook makes the segment that what was written is
// enough for.
func TestFinishMakesASegment(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	for _, want := range []struct{ add, segments, scanned int }{
		{leastSegment + hot - 1, 0, leastSegment + hot - 1},
		{1, 1, hot},
		{1, 1, hot + 1},
	} {
		f.add(want.add)
		f.s.Finish()
		if segments, scanned := f.segments(); segments != want.segments || scanned != want.scanned {
			t.Errorf("%d added: %d segments and %d to be scanned, want %+v", want.add, segments, scanned, want)
		}
		if f.s.waits.Load() {
			t.Error("something still waits for the end")
		}
	}
	f.change(len(f.texts)-1, "one that waits already")
	if f.s.waits.Load() {
		t.Error("another line in what waits already has work done at the end")
	}
	f.checkAll()
}

// Whoever was cut off before the end left interviews that wait; the next line in
// one of them sees to all.
func TestFinishAfterOneThatWasCutOff(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot + 10)
	f.s = open(t, f.s.Path())
	f.change(3, "changed")
	f.s.Finish()
	if segments, scanned := f.segments(); segments != 1 || scanned != hot {
		t.Errorf("%d segments and %d to be scanned, want 1 and %d", segments, scanned, hot)
	}
	f.checkAll()
}

// An index that another hark laid out otherwise is made anew by the next line,
// however few interviews wait.
func TestFinishMakesAnOddIndexAnew(t *testing.T) {
	f := &shelf{t: t, s: fresh(t), numbers: map[interview.ID]int{}}
	f.add(leastSegment + hot)
	f.index()
	err := f.s.update(context.Background(), func(t *transaction) error {
		return t.index.put(segmentKey(indexSegment, 0), make([]byte, leastSegment*listedSize))
	})
	if err != nil {
		t.Fatal(err)
	}
	f.change(2, "changed")
	f.s.Finish()
	if segments, scanned := f.segments(); segments != 1 || scanned != hot {
		t.Errorf("%d segments and %d to be scanned, want 1 and %d", segments, scanned, hot)
	}
	f.checkAll()
}
