package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/repair"
)

// corpus is a notebook of many small interviews, and what their texts are.
type corpus struct {
	T       *testing.T
	S       storage.Store
	Texts   []string
	Numbers map[interview.ID]int
}

// newCorpus returns a corpus on an empty notebook.
func newCorpus(t *testing.T, s storage.Store) *corpus {
	return &corpus{T: t, S: s, Numbers: map[interview.ID]int{}}
}

// add creates n interviews in one transaction.
func (f *corpus) add(n int) {
	f.T.Helper()
	var all []storage.Write
	for range n {
		i := len(f.Texts)
		f.Texts = append(f.Texts, fmt.Sprintf("common word%d every%d one weld in five", i, i%10))
		f.Numbers[interviewID(i)] = i
		w := write(i, document.New(interviewID(i)), writer(0), said(lineID(i, 0), f.Texts[i]))
		w.Text = []byte(f.Texts[i])
		all = append(all, w)
	}
	if err := f.S.CreateMany(context.Background(), all); err != nil {
		f.T.Fatal(err)
	}
}

// Change gives interview i another text.
func (f *corpus) Change(i int, text string) {
	f.T.Helper()
	f.Texts[i] = text
	_, err := f.S.Change(context.Background(), interviewID(i), func(now storage.Stored) (storage.Write, error) {
		w := write(i, now.Document, writer(0), said(lineID(i, now.Document.Len()), text))
		w.Text = []byte(text)
		return w, nil
	})
	if err != nil {
		f.T.Fatal(err)
	}
}

// Index makes segments until there is nothing left to do, and returns how many.
func (f *corpus) Index() (made int) {
	f.T.Helper()
	for {
		more, err := f.S.Index(context.Background())
		if err != nil {
			f.T.Fatal(err)
		}
		if !more {
			return made
		}
		made++
	}
}

// Segments returns how many segments there are, and interviews that are scanned.
func (f *corpus) Segments() (segments, scanned int) {
	f.T.Helper()
	db, err := bbolt.Open(f.S.Path(), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		f.T.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("index")).ForEach(func(key, _ []byte) error {
			switch key[0] {
			case 's':
				segments++
			case 'f':
				scanned++
			}
			return nil
		})
	})
	if err != nil {
		f.T.Fatal(err)
	}
	return segments, scanned
}

// Check asks for words and compares with what holds them.
func (f *corpus) Check(words ...string) {
	f.T.Helper()
	var got []int
	err := f.S.Candidates(context.Background(), words, func(id interview.ID, folded []byte) bool {
		i, ok := f.Numbers[id]
		if !ok || string(folded) != f.Texts[i] {
			f.T.Errorf("interview %d came with the text %q", i, folded)
		}
		got = append(got, i)
		return true
	})
	if err != nil {
		f.T.Fatal(err)
	}
	var want []int // newest first
	for i := len(f.Texts) - 1; i >= 0; i-- {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(" "+f.Texts[i], " "+w) }) {
			want = append(want, i)
		}
	}
	// What is scanned may hold a word in the middle of another one.
	got = slices.DeleteFunc(got, func(i int) bool { return !slices.Contains(want, i) && strings.Contains(f.Texts[i], words[0]) })
	if !slices.Equal(got, want) {
		f.T.Errorf("%q: %d candidates, want %d: %v and %v", words, len(got), len(want), got[:min(9, len(got))], want[:min(9, len(want))])
	}
}

// CheckAll asks for all sorts of words, and verifies the notebook.
func (f *corpus) CheckAll() {
	f.T.Helper()
	for _, words := range [][]string{
		{"word5"}, {"word77", "common"}, {"every3"}, {"common", "one weld"}, {"changed"}, {"nowhere"}, {"every9", "word1", "weld"},
	} {
		f.Check(words...)
	}
	if err := f.S.Verify(context.Background()); err != nil {
		f.T.Fatal(err)
	}
}

// Finds asks for words, and misses none that holds them; that others come with them is what going
// without an index means. They come newest first, each once.
func (f *corpus) Finds(words ...string) {
	f.T.Helper()
	missing := map[int]bool{}
	for i, text := range f.Texts {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(" "+text, " "+w) }) {
			missing[i] = true
		}
	}
	before := len(f.Texts)
	err := f.S.Candidates(context.Background(), words, func(id interview.ID, folded []byte) bool {
		i := f.Numbers[id]
		if i >= before {
			f.T.Errorf("%q: interview %d came after %d", words, i, before)
		}
		before = i
		if string(folded) == f.Texts[i] {
			delete(missing, i)
		}
		return true
	})
	if err != nil || len(missing) > 0 {
		f.T.Errorf("%q: %d are missing, %v", words, len(missing), err)
	}
}

// Derive makes of an interview of the corpus what was written with it.
func (f *corpus) Derive(doc *document.Document) (interview.Summary, []byte) {
	i := f.Numbers[doc.ID()]
	return summary(i, doc.Len()), []byte(f.Texts[i])
}

// maintainer returns a maintainer of a notebook that holds the corpus.
func (f *corpus) maintainer(path string) *repair.Maintainer {
	m := repair.New(path, time.Now)
	m.Derive = f.Derive
	return m
}
