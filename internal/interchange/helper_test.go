package interchange_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/plain"
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

func add(kind interview.LineKind, speaker, text string, themes ...string) interview.Add {
	return interview.Add{Kind: kind, Speaker: speaker, Text: text, Themes: themes}
}

// guide is a small playbook.
func guide() interview.Playbook {
	return interview.Playbook{
		ID: "short-talk", Name: "Short talk", About: "For a first visit.",
		Stages: []interview.Stage{
			{Name: "Open", Notes: []string{"Ten minutes at most."}, Questions: []interview.Question{
				{Text: "May I take notes?"},
			}},
			{Name: "The problem", Questions: []interview.Question{
				{Text: "What is getting in your way?", Probes: []string{"Since when?"}},
				{Text: "What have you tried?", Notes: []string{"Wait for the answer."}},
			}},
			{Name: "Play back", Mark: interview.MarkPlayback, Questions: []interview.Question{
				{Text: "What did I get wrong?"},
				{Text: "What have I left out?"},
			}},
			{Name: "Afterwards", Mark: interview.MarkOnlyYou, Questions: []interview.Question{
				{Text: "What did I assume?"},
			}},
		},
	}
}

// rich is a meeting with something of everything in it: a problem corrected in playback and
// confirmed, one reworded by us after a yes, so that its solution is held, one set aside, and what
// follows from them. The tests of package export read it from testdata/rich.json.
func rich(t testing.TB) *meeting {
	t.Helper()
	m := begin(t, interview.Beginning{Customer: "Harbour Welding", Playbook: guide()})
	m.do(
		interview.Introduce{Name: "Ana", Role: "foreman"},
		interview.Introduce{Name: "Ben"},
		interview.Introduce{Name: "Jo", Role: "sales", Side: interview.Ours},
		interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByName},
		add(interview.Observation, "", "The yard is full on a Thursday"),
		interview.Ask{Number: 2},
		interview.Raise{Text: "We rework about one weld in five", Quoted: true, Speaker: "Ana", Themes: []string{"rework"}},
		add(interview.Paraphrase, "Ben", "Scrap goes in the skip,\nand nobody counts it", "scrap"),
		interview.Tie{Number: 3, Problem: 1},
		add(interview.Quote, "Ana", "The *whole* Friday batch came back."),
		interview.Tie{Number: 4, Problem: 1},
		interview.Fix{Number: 4, Text: "The *whole* Friday batch came back, twice."},
		add(interview.FollowUp, "", "ask what a skip costs"),
		add(interview.Thought, "", "They could do with our weld camera"),
		interview.Raise{Text: "Nobody knows which job is next", Quoted: true, Speaker: "Ben"},
		interview.Raise{Text: "The coffee is bad", Quoted: true, Speaker: "Ben"},
		add(interview.Paraphrase, "Ana", "Drawings arrive late"),
		interview.Raise{Line: 9},
		interview.Solve{Problems: []interview.Number{1}, Text: "Camera on line two"},
		interview.Weigh{Problem: 1, HowOften: new("every week"), HowBad: new(4), Costs: new("about 30 hours"),
			Bears: new("the night shift"), Tried: new("a second inspector"), Wants: new("to see it before it cools")},
		interview.Weigh{Problem: 2, HowOften: new("each morning")},
		interview.Weigh{Problem: 4, HowBad: new(2)},
		interview.Next{},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Ana", Correction: "One weld in five is done twice"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"},
		interview.PlayBack{Problem: 2, Answer: interview.Yes, By: "Ben"},
		interview.SetAside{Problem: 3, Reason: "they have ordered another machine"},
		interview.SetAside{Problem: 4},
		interview.TakeUp{Problem: 4},
		interview.PlayBack{Problem: 4, Answer: interview.Yes, By: "Ana"},
		interview.AskLeftOut{Text: "the apprentices, who clean up"},
		interview.MustRespect{Problem: 1, Text: "nobody may be timed"},
		interview.Solve{Problems: []interview.Number{1}, Text: "Mark each weld that is done again"},
		interview.Share{Solution: 1, Ours: new("printing the tags"), Theirs: new("who marks, and when")},
		interview.React{Solution: 1, Text: "That we can start on Monday"},
		interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Solve{Problems: []interview.Number{1, 2}, Text: "A board by the door"},
		interview.Advise{Problem: 2, Text: "hang it where the shift changes"},
		interview.Tag{Problem: 2, Add: []string{"planning"}},
		interview.Reword{Problem: 2, Text: "Nobody can see which job is next"},
		interview.Promises{Text: "Send the figures", Owner: "Ana", Due: interview.Date{Year: 2026, Month: time.December, Day: 3}},
		interview.Promises{Text: "Print forty tags", Owner: "Jo", Due: interview.Date{Year: 2026, Month: time.November, Day: 12}},
		interview.Promises{Text: "Call the yard", Owner: "us", Speaker: "Jo"},
		interview.Promises{Text: "Count the skips", Owner: "them"},
		interview.Done{Number: 12},
		interview.Told{Number: 12},
		interview.Done{Number: 13},
		interview.Fix{Number: 14, Text: "Count the skips for a week"},
		interview.Carry{Problem: 1, Department: "Engineering", Owner: "Kim", Due: interview.Date{Year: 2026, Month: time.November, Day: 20}},
		interview.Carry{Problem: 4, Department: "Design"},
		interview.AnswerRoute{Number: 15, Text: "A tag printer is in the next release"},
		interview.SetAdviser{Name: "Ana", Joins: true},
		interview.SetOutcome{Outcome: interview.WorkedOut},
		interview.End{},
	)
	m.now = m.now.Add(2 * time.Hour)
	m.do(add(interview.Quote, "Ben", "Friday is the worst day"))
	return m
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

// sparse is a debrief with one line, without a playbook and with nobody asked about quoting.
func sparse(t testing.TB) *interview.Interview {
	t.Helper()
	m := begin(t, interview.Beginning{Customer: "Mill & Sons", Debrief: true})
	m.do(add(interview.Quote, "Lou", "We are fine as we are"))
	return m.iv
}

// checkPlain checks that nothing in a file acts on a terminal or hides.
func checkPlain(t rapid.TB, file string) {
	t.Helper()
	for l := range strings.Lines(file) {
		if l = strings.TrimSuffix(l, "\n"); plain.Terminal(l) != l {
			t.Errorf("%q is not plain", l)
		}
	}
}
