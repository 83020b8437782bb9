package live_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/notebook/notebooktest"
)

// file is a notebook as it is exported.
func file(t *testing.T, book *notebook.Notebook, id interview.ID) []byte {
	t.Helper()
	v, err := book.Open(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	log, err := book.Log(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal([]interchange.Interview{interchange.Exported(v.Interview, log, true)})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func imports(t *testing.T, book *notebook.Notebook, file []byte) {
	t.Helper()
	if _, err := book.Import(t.Context(), interchange.Read(bytes.NewReader(file)), nil); err != nil {
		t.Fatal(err)
	}
}

// elsewhere does some actions to the interview as it is now on another laptop, and returns what brings
// them here.
func (tb *meeting) elsewhere(t *testing.T, actions ...interview.Action) (come func()) {
	t.Helper()
	other, err := notebook.New(notebook.Options{Store: notebooktest.New(t), Now: tb.now, Random: rand.NewChaCha8([32]byte{2}), Author: "Mia"})
	if err != nil {
		t.Fatal(err)
	}
	imports(t, other, file(t, tb.book, tb.id))
	for _, a := range actions {
		if _, err := other.Apply(t.Context(), tb.id, a, notebook.Live); err != nil {
			t.Fatal(err)
		}
	}
	there := file(t, other, tb.id)
	return func() { imports(t, tb.book, there) }
}

// A dialog that is open about a problem, and the line that is selected, stay about it when another
// laptop's gets the same number.
func TestDialogsKeepToTheirThing(t *testing.T) {
	for name, c := range map[string]struct {
		open, close []string // keys
		types       string
		done        func(p interview.Problem) bool
	}{
		"weighing":     {[]string{"esc", "w"}, []string{"esc"}, "every week", func(p interview.Problem) bool { return p.Impact.HowOften == "every week" }},
		"playing back": {[]string{"esc", "p"}, []string{"y"}, "", func(p interview.Problem) bool { return len(p.Playbacks) == 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			inMeeting(t, func(t *testing.T, tb *meeting) {
				come := tb.elsewhere(t, interview.Raise{Text: "no parking", Speaker: "Ana"})
				tb.enter("@Ana !the skip is full")
				tb.slowly(c.open...)
				come()
				tb.After(2 * time.Second)
				tb.Type(c.types)
				tb.slowly(c.close...)
				tb.After(2 * time.Second)
				iv := tb.stored()
				i := slices.IndexFunc(iv.Problems, func(p interview.Problem) bool { return p.Statement == "the skip is full" })
				if i < 0 || len(iv.Problems) != 2 || iv.Problems[0].Number.Count() != iv.Problems[1].Number.Count() {
					t.Fatalf("the problems are %+v", iv.Problems)
				}
				if mine, theirs := iv.Problems[i], iv.Problems[1-i]; !c.done(mine) || c.done(theirs) {
					t.Errorf("mine: %+v\ntheirs: %+v\n%s", mine, theirs, tb.Screen())
				}
			}, "/person Ana, foreman")
		})
	}
}

// The selected line stays selected when another laptop's line comes to stand in front of it.
func TestTheSelectionKeepsToItsLine(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		come := tb.elsewhere(t, interview.Add{Kind: interview.Quote, Text: "no parking"}, interview.Add{Kind: interview.Quote, Text: "nor a bay"})
		tb.enter("it smells", "the skip is full", "one more")
		tb.slowly("up", "up")
		come()
		tb.After(2 * time.Second)
		tb.slowly("esc", "z", "enter")
		tb.After(2 * time.Second)
		var left []string
		for _, l := range tb.stored().Lines {
			left = append(left, l.Text)
		}
		if slices.Sort(left); !slices.Equal(left, []string{"it smells", "no parking", "nor a bay", "one more"}) {
			t.Errorf("left are %q", left)
		}
	})
}

// A yes typed to a number that two problems have by then is kept to be settled, with both wordings.
func TestATypedYesToANumberGivenTwice(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		come := tb.elsewhere(t, interview.Raise{Text: "no parking", Speaker: "Ana"})
		tb.enter("@Ana !the skip is full")
		tb.After(2 * time.Second)
		come()
		tb.After(2 * time.Second)
		tb.enter("/playback 1 yes by Ana")
		tb.After(2 * time.Second)
		iv := tb.stored()
		for _, p := range iv.Problems {
			if len(p.Playbacks) > 0 {
				t.Errorf("%q was answered: %+v", p.Statement, p.Playbacks)
			}
		}
		last := iv.Lines[len(iv.Lines)-1]
		if last.Kind != interview.Unsettled || !strings.Contains(last.Why, "“no parking”") || !strings.Contains(last.Why, "“the skip is full”") {
			t.Errorf("kept as %+v", last)
		}
		for _, p := range iv.Problems {
			tb.sees(p.Number.String() + " " + p.Statement)
		}
		tb.enter("/playback " + iv.Problems[0].Number.String() + " yes by Ana")
		tb.After(2 * time.Second)
		if now := tb.stored().Problems; now[0].Status != interview.Confirmed && len(now[0].Playbacks) == 0 || len(now[1].Playbacks) > 0 {
			t.Errorf("the problems are %+v", now)
		}
	}, "/person Ana, foreman")
}
