package interview_test

import (
	"errors"
	"strings"
	"testing"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/plain"
)

// Each spelling that is typed finds the same person wherever a name can stand, or is asked about;
// and nobody new comes in with it.
func TestSpellingsAsTheyAreTyped(t *testing.T) {
	names, typed := spelled()
	m := start(t)
	for _, name := range names {
		m.do(interview.Introduce{Name: name})
	}
	m.do(interview.Raise{Text: "the skip is full"})
	who := map[string]func(iv *interview.Interview) interview.ID{
		`@NAME "late again`:        lastSpeaker,
		`@NAME: late again`:        lastSpeaker,
		`NAME: late again`:         lastSpeaker,
		`NAME: "late again`:        lastSpeaker,
		`+send the list @NAME`:     lastOwner,
		`+@NAME: send the list`:    lastOwner,
		`+NAME: send the list`:     lastOwner,
		`+NAME will send the list`: lastOwner,
		`/playback 1 no by NAME`:   lastAnswerer,
		`/fix 1 @NAME "late again`: lastSpeaker,
	}
	tried := 0
	for name, all := range typed {
		for _, spelling := range all {
			spelling, ask := strings.CutSuffix(strings.TrimSpace(spelling), "?")
			for form, found := range who {
				if !strings.Contains(form, "@") && (spelling == "An" || strings.HasPrefix(spelling, `"`)) && !strings.HasPrefix(form, "/") {
					continue // a beginning of a name, or a quote, where nothing says that it is a name
				}
				line := strings.Replace(form, "NAME", spelling, 1)
				tried++
				st := m.stamp()
				st.Fold = plain.FoldName
				action, err := capture.In(m.iv, st.Now).Parse(line)
				if err != nil {
					t.Errorf("%s: %v", line, err)
					continue
				}
				step, err := interview.Apply(m.iv, action, st)
				var refusal *interview.Error
				switch {
				case ask && errors.As(err, &refusal) && refusal.Code == interview.NotFound:
				case err != nil || ask:
					t.Errorf("%s: %v", line, err)
				case step.After.Name(found(step.After)) != name || len(step.After.People) != len(names):
					t.Errorf("%s: %q of %d people, want %q", line, step.After.Name(found(step.After)), len(step.After.People), name)
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d lines were tried", tried)
	}
}

func lastSpeaker(iv *interview.Interview) interview.ID { return iv.Lines[len(iv.Lines)-1].Speaker }

func lastOwner(iv *interview.Interview) interview.ID {
	if len(iv.Promises) == 0 {
		return interview.ID{}
	}
	return iv.Promises[len(iv.Promises)-1].Owner
}

func lastAnswerer(iv *interview.Interview) interview.ID {
	return iv.Problems[0].Playbacks[len(iv.Problems[0].Playbacks)-1].By
}
