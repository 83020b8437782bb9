package interview_test

import (
	"testing"

	"hark/internal/document"
	"hark/internal/interview"
)

// at is one author on one device.
type at struct {
	author string
	device document.Incarnation
}

// who lets somebody do something to an interview that must not be refused.
func (m *meeting) who(a at, action interview.Action) *interview.Interview {
	m.t.Helper()
	st := m.stamp()
	st.Writer, st.Device = document.Writer{Incarnation: a.device, Author: a.author}, a.device
	step, err := interview.Apply(m.iv, action, st)
	if err != nil {
		m.t.Fatalf("%+v: %T%+v: %v", a, action, action, err)
	}
	m.took(step)
	return m.iv
}

// Where everybody stands, after what was done.
func TestWhereOneStands(t *testing.T) {
	mia, phone, leo := at{"Mia", 1}, at{"Mia", 2}, at{"Leo", 3}
	type did struct {
		who at
		do  interview.Action
	}
	goTo := func(who at, n int) did { return did{who, interview.Ask{Number: n}} }
	line := func(who at) did { return did{who, interview.Add{Kind: interview.Quote, Text: "so it is"}} }
	for name, tc := range map[string]struct {
		did  []did
		want map[at]int
	}{
		"nobody went anywhere":                            {nil, map[at]int{mia: 0, phone: 0, leo: 0}},
		"one goes: who only looks follows":                {[]did{goTo(mia, 2)}, map[at]int{mia: 2, phone: 2, leo: 2}},
		"the other goes too: each stays":                  {[]did{goTo(mia, 2), goTo(leo, 3)}, map[at]int{mia: 2, phone: 2, leo: 3}},
		"going on on another device":                      {[]did{goTo(mia, 2), goTo(leo, 3), goTo(phone, 4)}, map[at]int{mia: 2, phone: 4, leo: 3}},
		"who entered a line before any question stays":    {[]did{line(mia), goTo(leo, 3)}, map[at]int{mia: 0, leo: 3}},
		"who entered a line where the others were stays":  {[]did{goTo(mia, 2), line(leo), goTo(mia, 3)}, map[at]int{mia: 3, leo: 2}},
		"who entered a line on another device goes along": {[]did{goTo(mia, 2), line(phone), goTo(mia, 3)}, map[at]int{mia: 3, phone: 3, leo: 3}},
		"who goes back goes back alone":                   {[]did{goTo(mia, 2), goTo(leo, 2), goTo(leo, 1)}, map[at]int{mia: 2, leo: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			m := start(t)
			for _, d := range tc.did {
				m.who(d.who, d.do)
			}
			for who, want := range tc.want {
				for what, iv := range map[string]*interview.Interview{"step by step": m.iv, "folded": interview.Fold(m.iv.Document())} {
					if got := iv.For(who.author, who.device); got.Position != want {
						t.Errorf("%s: %+v stands at %d, want %d", what, who, got.Position, want)
					}
				}
			}
			if err := interview.Verify(m.iv.Document(), nil); err != nil {
				t.Errorf("what was done here would be refused elsewhere: %v", err)
			}
		})
	}
}

// A line answers the question of the one who enters it, and next goes on from
// there.
func TestALineAnswersTheQuestionOfItsWriter(t *testing.T) {
	m := start(t)
	mia, leo := at{"Mia", 1}, at{"Leo", 2}
	m.who(mia, interview.Ask{Number: 3})
	m.who(leo, interview.Ask{Number: 1})
	if l := m.who(mia, interview.Add{Kind: interview.Quote, Text: "the saw"}).Lines[0]; l.Question != 3 {
		t.Errorf("the line of Mia, who stands at 3, answers %d", l.Question)
	}
	if iv := m.who(leo, interview.Next{}); iv.Position != 2 {
		t.Errorf("Leo, who stood at 1, goes on to %d", iv.Position)
	}
}

// Two laptops apart: after a merge each stands where they were, and the stage is that of who looks.
func TestPositionsOfTwoLaptops(t *testing.T) {
	base := start(t)
	one, other := newWindow(t, base.iv, 2), newWindow(t, base.iv, 3)
	mine, theirs := at{"Mia", 2}, at{"Leo", 3}
	one.who(mine, interview.Ask{Number: 3})
	other.who(theirs, interview.Ask{Number: 2})
	both := interview.Fold(document.Merge(one.iv.Document(), other.iv.Document()))
	if a, b := both.For(mine.author, mine.device), both.For(theirs.author, theirs.device); a.Position != 3 || b.Position != 2 || a.Stage() != 1 || b.Stage() != 0 {
		t.Errorf("they stand at %d and %d, in the stages %d and %d", a.Position, b.Position, a.Stage(), b.Stage())
	}
}

// A position as earlier harks stored it, one for all, is its writer's, and the others' until they
// take part.
func TestThePositionOfEarlierHarks(t *testing.T) {
	m := start(t)
	doc := m.iv.Document().Clone()
	doc.Put(document.Writer{Incarnation: 7, Author: "Mia"}, m.now, document.Put{Item: document.DerivedID("position"), Kind: "position", Body: []byte(`{"question":3}`)})
	m.iv = interview.Fold(doc)
	mia, leo := at{"Mia", 1}, at{"Leo", 2}
	for _, who := range []at{mia, leo} {
		if got := m.iv.For(who.author, who.device).Position; got != 3 {
			t.Errorf("%+v stands at %d, not where that says", who, got)
		}
	}
	m.who(leo, interview.Ask{Number: 1})
	if got := m.iv.For(mia.author, mia.device).Position; got != 3 {
		t.Errorf("Mia was moved to %d", got)
	}
	if err := interview.Verify(m.iv.Document(), nil); err != nil {
		t.Error(err)
	}
}
