package interview_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// What is written can be read by an import, or is refused at the writing with a sentence.
func TestWhatIsWrittenCanBeRead(t *testing.T) {
	long := strings.Repeat("é", interview.MaxText)
	far, early := interview.Date{Year: 2999, Month: 1, Day: 1}, interview.Date{Year: 1066, Month: 10, Day: 14}
	asking := func(q interview.Question) interview.Playbook {
		return interview.Playbook{ID: "p", Name: "P", Stages: []interview.Stage{{Name: "S", Questions: []interview.Question{q}}}}
	}
	many := make([]interview.Question, 10_001)
	for i := range many {
		many[i].Text = "Why?"
	}
	for name, w := range map[string]struct {
		begin  interview.Beginning
		action interview.Action
		author string
		now    time.Time
	}{
		"a long author":             {author: strings.Repeat("ö", 300)},
		"an author of other bytes":  {author: "Jos\xe9"},
		"an author with a newline":  {author: "Mia\nMeyer"},
		"a clock of another age":    {now: time.Date(2301, 1, 1, 0, 0, 0, 0, time.UTC)},
		"a clock before computers":  {now: time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)},
		"no clock":                  {now: time.Time{}.Add(time.Second)},
		"a long question":           {begin: interview.Beginning{Playbook: asking(interview.Question{Text: long})}},
		"a question of other bytes": {begin: interview.Beginning{Playbook: asking(interview.Question{Text: "Caf\xe9?"})}},
		"a long probe":              {begin: interview.Beginning{Playbook: asking(interview.Question{Text: "Why?", Probes: []string{long}})}},
		"a long name of a playbook": {begin: interview.Beginning{Playbook: interview.Playbook{Name: long}}},
		"many questions":            {begin: interview.Beginning{Playbook: interview.Playbook{Stages: []interview.Stage{{Questions: many}}}}},
		"an unknown mark":           {begin: interview.Beginning{Playbook: interview.Playbook{Stages: []interview.Stage{{Mark: "x"}}}}},
		"a meeting of long ago":     {begin: interview.Beginning{Debrief: true, MetUntil: early.Time()}},
		"a promise far away":        {action: interview.Promises{Text: "send it", Due: far}},
		"a promise of long ago":     {action: interview.Promises{Text: "send it", Due: early}},
		"a day that is none":        {action: interview.Promises{Text: "send it", Due: interview.Date{Year: 2026, Month: 13, Day: 40}}},
		"a long line":               {action: interview.Add{Kind: interview.Quote, Text: long}},
		"a long theme":              {action: interview.Raise{Text: "It breaks", Themes: []string{long}}},
		"a long name":               {action: interview.Introduce{Name: strings.Repeat("n", 201)}},
		"an unknown kind":           {action: interview.Add{Kind: "shout", Text: "It breaks"}},
		"an unknown side":           {action: interview.Introduce{Name: "Ana", Side: "third"}},
		"a rating of nine":          {action: interview.Weigh{Problem: 1, HowBad: new(9)}},
		"a question that is none":   {action: interview.Ask{Number: 999}},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t)
			m.do(interview.Raise{Text: "It breaks"})
			st := m.stamp()
			if w.author != "" {
				st.Writer.Author = w.author
			}
			if !w.now.IsZero() {
				st.Now = w.now
			}
			var step *interview.Step
			var err error
			switch {
			case w.action != nil:
				step, err = interview.Apply(m.iv, w.action, st)
			default:
				w.begin.Customer = "Harbour Welding"
				step, err = interview.Begin(document.DerivedID("test"), w.begin, st)
			}
			if err != nil {
				var refused *interview.Error
				if !errors.As(err, &refused) {
					t.Errorf("refused with %q", err)
				}
				return
			}
			if err := interview.Verify(step.After.Document(), nil); err != nil {
				t.Errorf("it is written, and cannot be read: %v", err)
			}
		})
	}
}
