package book

import (
	"fmt"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Apply applies an action to an interview and returns the result.
type Apply func(interview.Action) (*interview.Interview, []interview.Touched, error)

// InMemory begins an interview without a notebook, the same for the same seed. Its guide bears the
// name of the customer.
func InMemory(customer string, seed uint64) (Apply, error) {
	now, ids := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC), 0
	stamp := func() interview.Stamp {
		now = now.Add(time.Second)
		return interview.Stamp{
			Now: now, Writer: document.Writer{Incarnation: 1, Author: "me"},
			NewID: func() (interview.ID, error) {
				ids++
				return document.DerivedID("campaign", fmt.Sprint(seed), fmt.Sprint(ids)), nil
			},
		}
	}
	guide := interview.Playbook{ID: "p", Name: customer, About: customer, Stages: []interview.Stage{
		{Name: customer, Questions: []interview.Question{{Text: customer}, {Text: "Why " + customer}}},
	}}
	step, err := interview.Begin(document.DerivedID("meeting", fmt.Sprint(seed)), interview.Beginning{Customer: customer, Playbook: guide}, stamp())
	if err != nil {
		return nil, err
	}
	iv := step.After
	return func(a interview.Action) (*interview.Interview, []interview.Touched, error) {
		step, err := interview.Apply(iv, a, stamp())
		if err != nil {
			return nil, nil, err
		}
		iv = step.After
		if step.Refused != nil {
			return iv, step.Touched, step.Refused
		}
		return iv, step.Touched, nil
	}, nil
}
