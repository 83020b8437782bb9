package interview_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

func TestConsentStopsLiveCapture(t *testing.T) {
	m := start(t)
	m.do(interview.Add{Kind: interview.Quote, Text: "before"}, interview.SetConsent{Notes: interview.NotesRefused})
	m.fails(interview.Add{Kind: interview.Quote, Text: "secret"}, interview.Refused)
	m.fails(interview.Raise{Text: "secret"}, interview.Refused)
	m.do(interview.End{})
	m.now = m.now.Add(time.Hour)
	m.do(interview.Add{Kind: interview.Paraphrase, Text: "what I recall"})
	l := m.iv.Lines[1]
	if !l.Recalled || l.RecalledAfter < time.Hour || l.RecalledAfter > time.Hour+5*time.Minute {
		t.Fatalf("line after the end: %+v", l)
	}
	m.do(interview.Reopen{}, interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole})
	m.do(interview.Add{Kind: interview.Quote, Text: "live again"})
	if m.iv.Lines[2].Recalled {
		t.Error("a live line is stamped recalled")
	}
	if m.iv.Consent != (interview.Consent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole}) {
		t.Errorf("consent %+v", m.iv.Consent)
	}
}

func TestNudgeComesOnce(t *testing.T) {
	m := start(t)
	nudged := func(a interview.Add) bool {
		for _, n := range m.do(a).Notices {
			if n.Kind == interview.NoticeNudge {
				return true
			}
		}
		return false
	}
	for _, text := range []string{"We could never find it", "they lose a day a week", "our foreman counts"} {
		if nudged(interview.Add{Kind: interview.Quote, Text: text}) {
			t.Errorf("nudged by a quote: %q", text)
		}
	}
	if nudged(interview.Add{Kind: interview.Thought, Text: "our product does that"}) {
		t.Error("nudged by a thought")
	}
	if !nudged(interview.Add{Kind: interview.Paraphrase, Text: "we could build them a jig"}) {
		t.Error("a pitch went by without a nudge")
	}
	if nudged(interview.Add{Kind: interview.Paraphrase, Text: "our product does that"}) {
		t.Error("nudged twice")
	}
}

// A window with an interview open that another one erased is told so.
func TestAnErasedInterviewTakesNothing(t *testing.T) {
	m := start(t)
	doc := m.iv.Document().Clone()
	doc.Erase()
	_, err := interview.Apply(interview.Refold(doc, m.iv), interview.Add{Kind: interview.Quote, Text: "x"}, m.stamp())
	var refused *interview.Error
	if !errors.As(err, &refused) || refused.Code != interview.NotFound || !strings.Contains(refused.Message, "erased") {
		t.Fatalf("error %v", err)
	}
}

func TestEndReopenOutcomeDiscard(t *testing.T) {
	m := start(t)
	m.fails(interview.Reopen{}, interview.Invalid)
	m.do(interview.SetOutcome{Outcome: interview.NoFit}, interview.End{})
	m.fails(interview.End{}, interview.Invalid)
	m.fails(interview.SetOutcome{Outcome: "great"}, interview.Invalid)
	if !m.iv.Ended() || m.iv.Outcome != interview.NoFit {
		t.Fatalf("ended %v, outcome %q", m.iv.Ended(), m.iv.Outcome)
	}
	m.do(interview.Reopen{}, interview.Discard{})
	if m.iv.Ended() || !m.iv.Discarded || m.iv.Customer != "Harbour Welding" {
		t.Fatalf("%+v", m.iv)
	}
}

// What a newer hark wrote survives, and makes the interview read-only.
func TestNewerIsReadOnly(t *testing.T) {
	for name, p := range map[string]document.Put{
		"kind":  {Item: document.DerivedID("new"), Kind: "hologram", Body: []byte(`{"x":1}`)},
		"field": {Item: document.DerivedID("new"), Kind: "line", Body: []byte(`{"number":1,"kind":"quote","text":"hi","at":"2026-11-20T14:00:00Z","mood":"calm"}`)},
		"body":  {Item: document.DerivedID("new"), Kind: "line", Body: []byte(`not json`)},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t)
			doc := m.iv.Document().Clone()
			doc.Put(document.Writer{Incarnation: 9}, m.now, p)
			iv := interview.Fold(doc)
			if !iv.Newer || iv.Customer != "Harbour Welding" {
				t.Fatalf("newer %v, customer %q", iv.Newer, iv.Customer)
			}
			if name == "field" && iv.Lines[0].Text != "hi" {
				t.Errorf("the known fields are not shown: %+v", iv.Lines)
			}
			_, err := interview.Apply(iv, interview.End{}, m.stamp())
			if e, ok := err.(*interview.Error); !ok || e.Code != interview.ReadOnly { //nolint:errorlint // the very value
				t.Fatalf("error %v", err)
			}
		})
	}
}

func TestNothingIsAddedToADeletedInterview(t *testing.T) {
	m := start(t)
	m.do(interview.Discard{})
	m.fails(interview.Add{Kind: interview.Quote, Text: "unseen"}, interview.NotFound)
}

func TestDebriefIsAllowedWithoutNotes(t *testing.T) {
	m := start(t)
	m.do(interview.SetConsent{Notes: interview.NotesRefused})
	st := m.stamp()
	st.Debrief = true
	step, err := interview.Apply(m.iv, interview.Add{Kind: interview.Paraphrase, Text: "what I recall"}, st)
	if err != nil || !step.After.Lines[0].Recalled {
		t.Fatalf("%v", err)
	}
}

func TestNoNudgeWhenItIsNotWanted(t *testing.T) {
	m := start(t)
	st := m.stamp()
	st.NoNudge = true
	step, err := interview.Apply(m.iv, interview.Add{Kind: interview.Paraphrase, Text: "we could build them a jig"}, st)
	if err != nil || len(step.Notices) > 0 {
		t.Errorf("notices %v, %v", step.Notices, err)
	}
}

func TestDebriefSaysHowLongAfterwards(t *testing.T) {
	const later = 3 * time.Hour
	tests := []struct {
		name  string
		known bool // when the meeting was over
		end   bool // of writing down, before the line
		want  time.Duration
	}{
		{"known", true, false, later},
		{"known, after the end of writing down", true, true, later},
		{"not known", false, false, 0},
		{"not known, after the end of writing down", false, true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := start(t)
			st := m.stamp()
			b := interview.Beginning{Customer: "Harbour Welding", Debrief: true}
			if tt.known {
				b.MetUntil = st.Now.Add(-later)
			}
			step, err := interview.Begin(document.DerivedID("debrief"), b, st)
			if err != nil {
				t.Fatal(err)
			}
			m.took(step)
			if !m.iv.Debrief || !m.iv.MetUntil.Equal(b.MetUntil) {
				t.Errorf("debrief %t of a meeting until %v, want %v", m.iv.Debrief, m.iv.MetUntil, b.MetUntil)
			}
			if tt.end {
				m.do(interview.End{})
			}
			step, err = interview.Apply(m.iv, interview.Add{Kind: interview.Quote, Text: "It breaks"}, st)
			if err != nil {
				t.Fatal(err)
			}
			if l := step.After.Lines[0]; !l.Recalled || l.RecalledAfter != tt.want {
				t.Errorf("recalled %t after %v, want true after %v", l.Recalled, l.RecalledAfter, tt.want)
			}
		})
	}
}

func TestMetUntilThatCannotBe(t *testing.T) {
	m := start(t)
	st := m.stamp()
	for name, b := range map[string]interview.Beginning{
		"no debrief": {Customer: "Acme", MetUntil: st.Now.Add(-time.Hour)},
		"to come":    {Customer: "Acme", Debrief: true, MetUntil: st.Now.Add(time.Minute)},
	} {
		_, err := interview.Begin(document.DerivedID("debrief"), b, st)
		var refusal *interview.Error
		if !errors.As(err, &refusal) || refusal.Code != interview.Invalid {
			t.Errorf("%s: %v, want a refusal", name, err)
		}
	}
}

// A meeting that was reopened lasted as long as it was open, and one that stood open for days is not said to
// have lasted so long. Undo takes the end back as if there had been none.
func TestHowLongAReopenedMeetingLasted(t *testing.T) {
	m := start(t)
	begun := m.iv.StartedAt
	m.now = begun.Add(29 * time.Minute)
	m.do(interview.End{}) // a minute later
	if d, known := m.iv.Lasted(); !known || d != 30*time.Minute {
		t.Fatalf("it lasted %v, %v", d, known)
	}
	m.now = begun.Add(48 * time.Hour)
	m.do(interview.Reopen{})
	if d, known := m.iv.Running(m.now.Add(5 * time.Minute)); !known || d != 35*time.Minute || m.iv.Ended() {
		t.Errorf("reopened, it runs for %v, %v", d, known)
	}
	m.now = m.now.Add(9 * time.Minute)
	m.do(interview.End{})
	if d, known := m.iv.Lasted(); !known || d != 40*time.Minute {
		t.Errorf("ended again, it lasted %v, %v", d, known)
	}
	m = start(t)
	m.now = begun.Add(62 * time.Hour)
	if d, known := m.iv.Running(m.now); known {
		t.Errorf("left open, it runs for %v", d)
	}
	m.do(interview.End{})
	if d, known := m.iv.Lasted(); known {
		t.Errorf("left open, it lasted %v", d)
	}
}

// A problem that was recalled after the meeting is of the day of its line, and not of the typing.
func TestARecalledProblemIsOfTheMeetingsDay(t *testing.T) {
	m := start(t)
	m.do(interview.Raise{Text: "The jigs are worn"}, interview.End{})
	ended := m.iv.EndedAt
	m.now = m.now.Add(26 * time.Hour)
	m.do(interview.Raise{Text: "The roof leaks"})
	p, l := m.problem(2), m.iv.Lines[1]
	said, known := m.iv.SaidAt(l)
	if at, clock := m.iv.Happened(p.At); !at.Equal(said) || !at.Equal(ended) || clock || known {
		t.Errorf("problem 2 is of %v (%v), its line of %v (%v), want %v", at, clock, said, known, ended)
	}
	if at, clock := m.iv.Happened(m.problem(1).At); !at.Equal(m.problem(1).At) || !clock {
		t.Errorf("problem 1 is of %v (%v)", at, clock)
	}
}

// Answers that were given at the same time, as those of a file are, stand in the order in which they were
// written, whatever their IDs.
func TestAnswersOfOneTimeInOrder(t *testing.T) {
	for first := range uint64(8) { // IDs are drawn from it
		m := start(t)
		m.ids = 1000 * first
		m.do(interview.Raise{Text: "P", Speaker: "Ana"})
		now := m.now
		for _, a := range []interview.PlayBack{{Answer: interview.No}, {Answer: interview.Nearly, Correction: "Q"}, {Answer: interview.Yes}} {
			a.Problem, a.By = 1, "Ana"
			m.now = now
			m.do(a)
		}
		var got []interview.Answer
		for _, pb := range m.problem(1).Playbacks {
			got = append(got, pb.Answer)
		}
		if want := []interview.Answer{interview.No, interview.Nearly, interview.Yes}; !slices.Equal(got, want) {
			t.Errorf("IDs from %d: %v, want %v", m.ids, got, want)
		}
	}
}
