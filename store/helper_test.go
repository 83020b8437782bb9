package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/repair"
)

// A notebook takes them.
var (
	_ storage.Store      = (*store.Store)(nil)
	_ storage.Maintainer = (*repair.Maintainer)(nil)
)

// open opens the notebook at path.
func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fresh makes a new notebook in a folder of its own.
func fresh(t testing.TB) *store.Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "hark.db"))
}

func maintainer(path string) *repair.Maintainer { return repair.New(path, time.Now) }

// interviewID returns the n-th of a row of IDs that look random.
func interviewID(n int) interview.ID {
	return document.DerivedID("interview", fmt.Sprint(n))
}

// start is when the n-th interview began.
func start(n int) time.Time {
	return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
}

// said is an item as a line has it.
func said(item document.ID, text string) document.Put {
	return document.Put{Item: item, Kind: "line", Body: fmt.Appendf(nil,
		`{"number":1,"kind":"quote","text":%q,"speaker":"k6rdjvfwvy2yvmbvsfhb2mwsoe","at":"2026-03-01T14:29:07.123+01:00","question":3}`, text)}
}

// summary is what lists show of the n-th interview.
func summary(n, lines int) interview.Summary {
	s := interview.Summary{
		ID: interviewID(n), Customer: fmt.Sprintf("Harbour Welding %d", n), Playbook: "Discovery",
		StartedAt: start(n), Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole, Lines: lines,
	}
	for i := range 3 {
		s.Problems = append(s.Problems, interview.ProblemSummary{
			Number: interview.Number(i + 1), Statement: "One weld in five is done twice", Status: interview.Weighed,
			Raised: interview.Unprompted, Themes: []string{"rework", "scrap"}, Impact: interview.Impact{HowBad: 4},
		})
	}
	s.People = []interview.PersonSummary{{Name: "Ana", Role: "foreman", Side: interview.Theirs}}
	s.Promises = []interview.PromiseSummary{{
		Number: 7, Text: "Send the list of alloys", Owner: "Ben", Side: interview.Ours, Due: interview.Date{Year: 2026, Month: 3, Day: 8},
	}}
	return s
}

// folded is the text of an interview with so many lines.
func folded(lines int) []byte {
	var b []byte
	for i := range lines {
		b = fmt.Appendf(b, "%d: we do one weld in five twice, and nobody counts the scrap\n", i)
	}
	return b
}

// writer is who writes in a test.
func writer(n int) document.Writer {
	return document.Writer{Incarnation: document.Incarnation(0x9e3779b97f4a7c15 * uint64(n+1)), Author: fmt.Sprintf("writer %d", n)}
}

// write makes the write of some puts to doc, which it changes.
func write(n int, doc *document.Document, w document.Writer, puts ...document.Put) storage.Write {
	at := start(n).Add(time.Duration(doc.Len()) * time.Second)
	change := doc.Put(w, at, puts...)
	return storage.Write{
		Document: doc,
		Record:   interview.Record{Kind: interview.Did, Label: "keep a line", At: at, Author: w.Author, Change: change},
		Summary:  summary(n, doc.Len()),
		Text:     folded(doc.Len()),
	}
}

// begin creates the n-th interview with so many lines.
func begin(t testing.TB, s storage.Store, n, lines int) {
	t.Helper()
	var puts []document.Put
	for i := range lines {
		puts = append(puts, said(lineID(n, i), fmt.Sprintf("line %d", i)))
	}
	if _, err := s.Create(context.Background(), write(n, document.New(interviewID(n)), writer(0), puts...)); err != nil {
		t.Fatal(err)
	}
}

func lineID(n, line int) document.ID {
	return document.DerivedID("line", fmt.Sprint(n), fmt.Sprint(line))
}

// add adds a line to the n-th interview.
func add(s storage.Store, n int, w document.Writer, item document.ID, text string) (interview.Revision, error) {
	return s.Change(context.Background(), interviewID(n), func(now storage.Stored) (storage.Write, error) {
		return write(n, now.Document, w, said(item, text)), nil
	})
}

// whole is everything a document holds.
type whole struct {
	ID     document.ID
	Items  []document.Item
	Seen   map[document.Incarnation]uint64
	Erased bool
}

func state(d *document.Document) whole { return whole{d.ID(), d.Items(), d.Seen(), d.Erased()} }

// content is everything a notebook holds, read through its own methods.
type content struct {
	Documents []whole
	Revisions []interview.Revision
	Logs      [][]interview.Record
	Drafts    []string
	Summaries []interview.Summary
	Texts     map[interview.ID]string
	Erased    []interview.ID
}

// read reads everything in a notebook.
func read(s storage.Store) (content, error) {
	ctx := context.Background()
	c := content{Texts: map[interview.ID]string{}}
	whole := func(interview.Summary) interview.Detail { return interview.Whole }
	err := s.SummariesIn(ctx, whole, func(sum interview.Summary) bool {
		c.Summaries = append(c.Summaries, sum)
		return true
	})
	if err != nil {
		return c, err
	}
	err = s.Candidates(ctx, nil, func(id interview.ID, folded []byte) bool {
		c.Texts[id] = string(folded)
		return true
	})
	if err != nil {
		return c, err
	}
	ids := make([]interview.ID, len(c.Summaries))
	for i, sum := range c.Summaries {
		ids[i] = sum.ID
	}
	all, err := s.ReadMany(ctx, ids, true) // each transaction maps the file, which takes longer than what is read here
	if err != nil {
		return c, err
	}
	for _, one := range all {
		c.Documents = append(c.Documents, state(one.Document))
		c.Revisions = append(c.Revisions, one.Revision)
		c.Logs = append(c.Logs, one.Log)
	}
	if c.Erased, err = s.Erased(ctx); err != nil {
		return c, err
	}
	c.Drafts, err = allDrafts(s, ids)
	return c, err
}

// allDrafts is what all windows have in the capture boxes of interviews, those that live included.
func allDrafts(s storage.Store, ids []interview.ID) ([]string, error) {
	var drafts []string
	file, is := s.(*store.Store)
	if !is {
		for _, id := range ids {
			draft, err := s.Draft(context.Background(), id)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, draft)
		}
		return drafts, nil
	}
	err := file.View(context.Background(), func(t *store.Tx) error {
		for _, id := range ids {
			all, _, err := t.DraftsOf(id)
			if err != nil {
				return err
			}
			var texts []string
			for _, d := range all {
				texts = append(texts, d.Text)
			}
			drafts = append(drafts, strings.Join(texts, "\n"))
		}
		return nil
	})
	return drafts, err
}

// mustRead is read for notebooks that must be good.
func mustRead(t testing.TB, s storage.Store) content {
	t.Helper()
	c, err := read(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// MustVerify checks a notebook that must be good, and that the log of every interview folds to its
// document.
func mustVerify(t testing.TB, s storage.Store) content {
	t.Helper()
	if err := s.Verify(context.Background()); err != nil {
		t.Fatalf("the notebook is not sound: %v", err)
	}
	c := mustRead(t, s)
	for i, d := range c.Documents {
		folded := document.New(d.ID)
		for j := len(c.Logs[i]) - 1; j >= 0; j-- {
			folded.Replay(c.Logs[i][j].Change)
		}
		if diff := compare(d, state(folded)); diff != "" {
			t.Fatalf("the log of %s does not fold to its document (-document +log):\n%s", d.ID, diff)
		}
		if c.Logs[i][0].Revision != c.Revisions[i] {
			t.Fatalf("%s is at revision %d, its newest record at %d", d.ID, c.Revisions[i], c.Logs[i][0].Revision)
		}
	}
	return c
}

// Compare compares what was written with what was read. Times are compared as moments.
func compare(want, got any) string {
	// Byte by byte, as cmp would go about it by itself, takes minutes.
	whole := cmp.FilterValues(func(a, b []byte) bool { return len(a)+len(b) > 0 }, cmp.Comparer(bytes.Equal))
	ids := cmp.Comparer(func(a, b document.ID) bool { return a == b })
	return cmp.Diff(want, got, cmpopts.EquateEmpty(), whole, ids)
}

// number makes an item ID that carries two numbers.
func number(a, b int) document.ID {
	var id document.ID
	binary.BigEndian.PutUint64(id[:8], uint64(a)+1)
	binary.BigEndian.PutUint64(id[8:], uint64(b)+1)
	return id
}

// bytesOf reads a file.
func bytesOf(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
