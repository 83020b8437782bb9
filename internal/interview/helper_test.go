package interview_test

import (
	"encoding/binary"
	"errors"
	"time"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
)

// meeting drives one interview with a clock and IDs of its own.
type meeting struct {
	t   rapid.TB
	iv  *interview.Interview
	now time.Time
	ids uint64
	log []entry
}

type entry struct {
	change document.Change
	label  string
}

func start(t rapid.TB) *meeting {
	t.Helper()
	m := &meeting{t: t, now: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)}
	step, err := interview.Begin(document.DerivedID("test"), interview.Beginning{Customer: "Harbour Welding", Playbook: playbook()}, m.stamp())
	if err != nil {
		t.Fatal(err)
	}
	m.took(step)
	return m
}

func playbook() interview.Playbook {
	p := interview.Playbook{ID: "p", Name: "P", Stages: []interview.Stage{
		{Name: "Open", Questions: []interview.Question{{Text: "May I take notes?"}, {Text: "How long do we have?"}}},
		{Name: "The problem", Questions: []interview.Question{{Text: "What is in your way?"}}},
		{Name: "Afterwards", Mark: interview.MarkOnlyYou, Questions: []interview.Question{{Text: "What surprised me?"}}},
	}}
	for _, mark := range interview.StageMarks() {
		p.Stages = append(p.Stages, interview.Stage{Name: "Marked " + string(mark), Mark: mark})
	}
	return p
}

func (m *meeting) stamp() interview.Stamp {
	m.now = m.now.Add(time.Minute)
	return interview.Stamp{
		Now:    m.now,
		Writer: document.Writer{Incarnation: 1, Author: "me"},
		NewID: func() (interview.ID, error) {
			m.ids++
			var b [8]byte
			binary.BigEndian.PutUint64(b[:], m.ids)
			return document.DerivedID("item", string(b[:])), nil
		},
	}
}

func (m *meeting) took(step *interview.Step) {
	if len(step.Change) > 0 {
		m.log = append(m.log, entry{step.Change, step.Label})
	}
	m.iv = step.After
}

// do applies an action that must not be refused.
func (m *meeting) do(actions ...interview.Action) *interview.Step {
	m.t.Helper()
	var step *interview.Step
	for _, a := range actions {
		var err error
		if step, err = interview.Apply(m.iv, a, m.stamp()); err != nil {
			m.t.Fatalf("%T%+v: %v", a, a, err)
		}
		if step.Refused != nil {
			m.t.Fatalf("%T%+v: refused: %v", a, a, step.Refused)
		}
		m.took(step)
	}
	return step
}

// refused applies an action that the gate or a lock must refuse.
func (m *meeting) refused(a interview.Action) *interview.Error {
	m.t.Helper()
	step, err := interview.Apply(m.iv, a, m.stamp())
	if err != nil {
		m.t.Fatalf("%T%+v: %v, want a refusal", a, a, err)
	}
	if step.Refused == nil {
		m.t.Fatalf("%T%+v was not refused", a, a)
	}
	m.took(step)
	return step.Refused
}

// fails applies an action that must fail with the given code.
func (m *meeting) fails(a interview.Action, code interview.Code) *interview.Error {
	m.t.Helper()
	_, err := interview.Apply(m.iv, a, m.stamp())
	var refusal *interview.Error
	if !errors.As(err, &refusal) {
		m.t.Fatalf("%T%+v: error %v, want an *interview.Error", a, a, err)
	}
	if refusal.Code != code {
		m.t.Fatalf("%T%+v: code %s (%v), want %s", a, a, refusal.Code, refusal, code)
	}
	return refusal
}

func (m *meeting) problem(n interview.Number) interview.Problem {
	m.t.Helper()
	p, ok := m.iv.Problem(n)
	if !ok {
		m.t.Fatalf("there is no problem %s", n)
	}
	return p
}

func (m *meeting) solution(n interview.Number) interview.Solution {
	m.t.Helper()
	s, ok := m.iv.Solution(n)
	if !ok {
		m.t.Fatalf("there is no solution %s", n)
	}
	return s
}

func ptr[T any](v T) *T { return &v }

// unlocked is a meeting whose gate has just opened on problem 1.
func unlocked(t rapid.TB) *meeting {
	t.Helper()
	m := start(t)
	m.do(
		interview.Raise{Text: "One weld in five is done twice", Speaker: "Ana"},
		interview.Weigh{Problem: 1, HowBad: ptr(4)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes},
		interview.AskLeftOut{},
	)
	if !m.iv.Gate.Open {
		t.Fatalf("the gate is shut: %+v", m.iv.Gate)
	}
	return m
}
