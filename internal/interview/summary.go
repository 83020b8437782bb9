package interview

import "time"

// Summary is what lists show of an interview, so that they need not read it.
// It can always be made anew from the interview.
type Summary struct {
	ID        ID               `json:"id"`
	Customer  string           `json:"customer"`
	Playbook  string           `json:"playbook"` // its name
	StartedAt time.Time        `json:"started_at"`
	EndedAt   time.Time        `json:"ended_at,omitzero"`
	Outcome   Outcome          `json:"outcome,omitempty"`
	Notes     Notes            `json:"notes,omitempty"`
	Quotes    Quoting          `json:"quotes,omitempty"`
	Discarded bool             `json:"discarded,omitempty"`
	Lines     int              `json:"lines"`
	GateOpen  bool             `json:"gate_open,omitempty"`
	Problems  []ProblemSummary `json:"problems,omitempty"`
	Promises  []PromiseSummary `json:"promises,omitempty"`
	Routes    []RouteSummary   `json:"routes,omitempty"`
	People    []PersonSummary  `json:"people,omitempty"`
}

// ProblemSummary is one problem in a list.
type ProblemSummary struct {
	Number    int      `json:"number"`
	Statement string   `json:"statement"`
	Status    Status   `json:"status"`
	Raised    Raised   `json:"raised,omitempty"`
	Themes    []string `json:"themes,omitempty"`
	HowBad    int      `json:"how_bad,omitempty"`
	HowOften  string   `json:"how_often,omitempty"`
	// Corrected says that the wording changed before the customer said yes.
	Corrected bool `json:"corrected,omitempty"`
}

// PromiseSummary is one promise in a list.
type PromiseSummary struct {
	Number int       `json:"number"`
	Text   string    `json:"text"`
	Owner  string    `json:"owner,omitempty"`
	Side   Side      `json:"side"`
	Due    Date      `json:"due,omitzero"`
	DoneAt time.Time `json:"done_at,omitzero"`
	ToldAt time.Time `json:"told_at,omitzero"`
}

// RouteSummary is one route in a list.
type RouteSummary struct {
	Number     int       `json:"number"`
	Problem    int       `json:"problem"`
	Department string    `json:"department"`
	Owner      string    `json:"owner,omitempty"`
	Due        Date      `json:"due,omitzero"`
	Answer     string    `json:"answer,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	ToldAt     time.Time `json:"told_at,omitzero"`
}

// PersonSummary is one person in a list.
type PersonSummary struct {
	Name          string `json:"name"`
	Role          string `json:"role,omitempty"`
	Side          Side   `json:"side"`
	Adviser       bool   `json:"adviser,omitempty"`
	AskedToAdvise bool   `json:"asked_to_advise,omitempty"`
}

// Summarise returns what lists show of the interview.
func (iv *Interview) Summarise() Summary {
	s := Summary{
		ID: iv.ID, Customer: iv.Customer, Playbook: iv.Playbook.Name,
		StartedAt: iv.StartedAt, EndedAt: iv.EndedAt, Outcome: iv.Outcome,
		Notes: iv.Consent.Notes, Quotes: iv.Consent.Quotes,
		Discarded: iv.Discarded, Lines: len(iv.Lines), GateOpen: iv.Gate.Open,
	}
	for _, p := range iv.Problems {
		s.Problems = append(s.Problems, ProblemSummary{
			Number: p.Number, Statement: p.Statement, Status: p.Status, Raised: p.Raised, Themes: p.Themes,
			HowBad: p.Impact.HowBad, HowOften: p.Impact.HowOften, Corrected: len(p.Wordings) > 1,
		})
	}
	for _, p := range iv.Promises {
		s.Promises = append(s.Promises, PromiseSummary{
			Number: p.Number, Text: p.Text, Owner: iv.Name(p.Owner), Side: p.Side, Due: p.Due, DoneAt: p.DoneAt, ToldAt: p.ToldAt,
		})
	}
	for _, r := range iv.Routes {
		p, _ := iv.ProblemByID(r.Problem)
		s.Routes = append(s.Routes, RouteSummary{
			Number: r.Number, Problem: p.Number, Department: r.Department, Owner: iv.Name(r.Owner),
			Due: r.Due, Answer: r.Answer, AnsweredAt: r.AnsweredAt, ToldAt: r.ToldAt,
		})
	}
	for _, p := range iv.People {
		s.People = append(s.People, PersonSummary{
			Name: p.Name, Role: p.Role, Side: p.Side, Adviser: p.Adviser, AskedToAdvise: p.AskedToAdvise,
		})
	}
	return s
}
