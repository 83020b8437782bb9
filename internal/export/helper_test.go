package export_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/document"
	"hark/internal/interchange"
	"hark/internal/interview"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// meeting is an interview in the making: its clock goes on by a minute with
// every action, and its IDs are always the same.
type meeting struct {
	t   testing.TB
	iv  *interview.Interview
	now time.Time
	ids int
	// incarnation is that of the notebook in which it is written.
	incarnation document.Incarnation
}

// began is when every meeting begins.
func began() time.Time { return time.Date(2026, time.November, 5, 14, 0, 0, 123_456_789, time.UTC) }

func begin(t testing.TB, b interview.Beginning) *meeting {
	t.Helper()
	m := &meeting{t: t, now: began(), incarnation: 1}
	step, err := interview.Begin(document.DerivedID("interview"), b, m.stamp())
	if err != nil {
		t.Fatal(err)
	}
	m.iv = step.After
	return m
}

func (m *meeting) stamp() interview.Stamp {
	return interview.Stamp{
		Now:    m.now,
		Writer: document.Writer{Incarnation: m.incarnation, Author: "Jo"},
		NewID: func() (interview.ID, error) {
			m.ids++
			return document.DerivedID("item", fmt.Sprint(m.ids)), nil
		},
	}
}

// do applies actions, a minute apart. Refused text is fine: it is kept.
func (m *meeting) do(actions ...interview.Action) {
	m.t.Helper()
	for _, a := range actions {
		m.now = m.now.Add(time.Minute)
		step, err := interview.Apply(m.iv, a, m.stamp())
		if err != nil {
			m.t.Fatalf("%T: %v", a, err)
		}
		m.iv = step.After
	}
}

// consenting returns the interview with another consent to quotes.
func (m *meeting) consenting(q interview.Quoting) *interview.Interview {
	m.t.Helper()
	step, err := interview.Apply(m.iv, interview.SetConsent{Quotes: q}, m.stamp())
	if err != nil {
		m.t.Fatal(err)
	}
	return step.After
}

func add(kind interview.LineKind, speaker, text string, themes ...string) interview.Add {
	return interview.Add{Kind: kind, Speaker: speaker, Text: text, Themes: themes}
}

// rich is the meeting that the tests of package interchange made, with something of everything in
// it; their helper_test.go lists what was done.
func rich(t testing.TB) *meeting {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "interchange", "testdata", "rich.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for in, err := range interchange.Read(f) {
		if err != nil {
			t.Fatal(err)
		}
		iv, _, err := in.Stored()
		if err != nil {
			t.Fatal(err)
		}
		return &meeting{t: t, iv: iv, now: iv.Lines[len(iv.Lines)-1].At, ids: 1000, incarnation: 1}
	}
	t.Fatal("the file holds no interview")
	return nil
}

// sameAsGolden compares what came out with a file in testdata.
func sameAsGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}
