package interview_test

import (
	"testing"
	"time"

	"hark/internal/interview"
)

// A clock that was far ahead once leaves room for what is changed afterwards.
func TestRevisionsAfterAClockThatWasAhead(t *testing.T) {
	m := start(t)
	due := func(day int) interview.Action {
		return interview.Fix{Number: 1, Due: &interview.Date{Year: 2026, Month: time.December, Day: day}}
	}
	m.do(interview.Promises{Text: "send the list"}, due(1))
	right := m.now
	m.now = right.AddDate(150, 0, 0)
	m.do(due(2))
	m.now = right.Add(time.Minute)
	last := m.iv.Dated()[0].Revision
	for day := 3; day < 8; day++ {
		m.do(due(day))
		if got := m.iv.Dated()[0].Revision; got <= last {
			t.Errorf("due on the %dth: revision %d after %d", day, got, last)
		} else {
			last = got
		}
	}
}
