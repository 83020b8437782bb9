package interview

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Summary is the part of an interview that lists show, so that they need not read the document. It
// can be rebuilt from the interview at any time.
type Summary struct {
	ID        ID        `json:"id"`
	Customer  string    `json:"customer"`
	Playbook  string    `json:"playbook"`          // of the playbook, its name
	StartedAt time.Time `json:"started_at"`        // Interview.MetAt
	EndedAt   time.Time `json:"ended_at,omitzero"` // zero while it is open; see Happened
	Outcome   Outcome   `json:"outcome,omitempty"`
	Notes     Notes     `json:"notes,omitempty"`
	Quotes    Quoting   `json:"quotes,omitempty"`
	Discarded bool      `json:"discarded,omitempty"`
	Lines     int       `json:"lines"`
	GateOpen  bool      `json:"gate_open,omitempty"`
	// Questions is the number of questions to ask, without those for the seller alone. Asked is the
	// number of those that were asked.
	Questions int              `json:"questions,omitempty"`
	Asked     int              `json:"asked,omitempty"`
	Problems  []ProblemSummary `json:"problems,omitempty"`
	Promises  []PromiseSummary `json:"promises,omitempty"`
	Routes    []RouteSummary   `json:"routes,omitempty"`
	// People are the people who were in the room.
	People    []PersonSummary   `json:"people,omitempty"`
	Solutions []SolutionSummary `json:"solutions,omitempty"`
	// Tagged are the lines with themes of their own that the customer said or that were observed:
	// no thoughts or follow-ups, and nothing that our own people said.
	Tagged []LineSummary `json:"tagged,omitempty"`
}

// Detail is how much of each summary the caller needs who reads all of them.
type Detail int

const (
	// Whole is everything.
	Whole Detail = iota
	// Listed is what a list of interviews shows: number and status of the problems, all promises
	// and routes, no people, solutions or tagged lines.
	Listed
	// Head is the scalar fields only, no lists.
	Head
)

// In returns the summary reduced to a detail.
func (s Summary) In(d Detail) Summary {
	switch d {
	case Whole:
		return s
	case Listed:
		short := make([]ProblemSummary, len(s.Problems))
		for i, p := range s.Problems {
			short[i] = ProblemSummary{Number: p.Number, Status: p.Status}
		}
		s.Problems = short
	case Head:
		s.Problems, s.Promises, s.Routes, s.Questions, s.Asked = nil, nil, nil, 0, 0
	}
	s.People, s.Solutions, s.Tagged = nil, nil, nil
	return s
}

// Tally counts the problems that were not set aside, the confirmed ones of them, and the promises
// that are not done.
func (s Summary) Tally() (problems, confirmed, promised int) {
	for _, p := range s.Problems {
		if p.Status != Aside {
			problems++
		}
		if p.Status == Confirmed {
			confirmed++
		}
	}
	for _, p := range s.Promises {
		if p.Waits() {
			promised++
		}
	}
	return problems, confirmed, promised
}

// ProblemSummary is one problem in a list.
type ProblemSummary struct {
	Number    Number `json:"number"`
	Statement string `json:"statement"`
	Quoted    bool   `json:"quoted,omitempty"` // as Problem.Quoted
	Status    Status `json:"status"`
	Reason    string `json:"reason,omitempty"` // why it was set aside
	// Joined is the number of the problem that this one was joined into, 0 for none. A joined
	// problem is set aside.
	Joined Number   `json:"joined,omitempty"`
	Raised Raised   `json:"raised,omitempty"`
	Themes []string `json:"themes,omitempty"`
	Impact
	// Corrected is true when the customer had something to correct; see Problem.Corrected.
	Corrected bool `json:"corrected,omitempty"`
	// Answer is the answer to the last playback, "" when there was none.
	Answer Answer `json:"answer,omitempty"`
	Denied bool   `json:"denied,omitempty"` // as Problem.Denied
	// OursOnly is Interview.OursOnly.
	OursOnly bool `json:"ours_only,omitempty"`
	// Evidence is the number of lines that show it. Quote is the best of them to quote.
	Evidence int          `json:"evidence,omitempty"`
	Quote    QuoteSummary `json:"quote,omitzero"`
	// By are the names of the people on their side who said it, or whose last answer to a playback of
	// it was no no, in that order, without duplicates.
	By []string `json:"by,omitempty"`
}

// QuoteSummary is one line in the customer's own words. The zero QuoteSummary means none.
type QuoteSummary struct {
	Line    Number `json:"line"`
	Text    string `json:"text"`
	Speaker string `json:"speaker,omitempty"`
}

// LineSummary is one line with themes in a list.
type LineSummary struct {
	Number  Number   `json:"number"`
	Kind    LineKind `json:"kind"`
	Text    string   `json:"text"`
	Speaker string   `json:"speaker,omitempty"`
	Problem Number   `json:"problem,omitempty"` // the problem that it shows, 0 for none
	Themes  []string `json:"themes"`
}

// SolutionSummary is one solution in a list.
type SolutionSummary struct {
	Number   Number   `json:"number"`
	Problems []Number `json:"problems"`
	Text     string   `json:"text"`
	Decision Decision `json:"decision,omitempty"` // see Decided
	Held     bool     `json:"held,omitempty"`
}

// Decided is Solution.Decided.
func (s SolutionSummary) Decided() Decision { return decided(s.Decision, s.Held) }

// PromiseSummary is one promise in a list.
type PromiseSummary struct {
	Number Number    `json:"number"`
	Text   string    `json:"text"`
	Owner  string    `json:"owner,omitempty"`
	Side   Side      `json:"side"`
	Due    Date      `json:"due,omitzero"`
	DoneAt time.Time `json:"done_at,omitzero"`
	ToldAt time.Time `json:"told_at,omitzero"`
	At     time.Time `json:"at,omitzero"`
}

// RouteSummary is one route in a list.
type RouteSummary struct {
	Number     Number    `json:"number"`
	Problem    Number    `json:"problem"`
	Department string    `json:"department"`
	Owner      string    `json:"owner,omitempty"`
	Due        Date      `json:"due,omitzero"`
	Answer     string    `json:"answer,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	ToldAt     time.Time `json:"told_at,omitzero"`
	At         time.Time `json:"at,omitzero"`
}

// PersonSummary is one person in a list.
type PersonSummary struct {
	Name          string `json:"name"`
	Role          string `json:"role,omitempty"`
	Side          Side   `json:"side"`
	Adviser       bool   `json:"adviser,omitempty"`
	AskedToAdvise bool   `json:"asked_to_advise,omitempty"`
}

// Summarise returns the summary of the interview.
func (iv *Interview) Summarise() Summary {
	s := Summary{
		ID: iv.ID, Customer: iv.Customer, Playbook: iv.Playbook.Name,
		StartedAt: iv.MetAt(), EndedAt: iv.happened(iv.EndedAt), Outcome: settled(iv.Concurrent, FieldOutcome, iv.Outcome),
		Notes: iv.Consent.Notes, Quotes: iv.Consent.Quotes,
		Discarded: iv.Discarded, Lines: len(iv.Lines), GateOpen: iv.Gate.Open,
		Questions: iv.Playbook.toAsk(),
	}
	s.Asked = s.Questions - len(iv.NotAsked())
	for _, p := range iv.Problems {
		s.Problems = append(s.Problems, iv.summariseProblem(p))
	}
	for _, p := range iv.Promises {
		s.Promises = append(s.Promises, iv.SummarisePromise(p))
	}
	for _, r := range iv.Routes {
		s.Routes = append(s.Routes, RouteSummary{
			Number: r.Number, Problem: iv.ProblemNumber(r.Problem), Department: r.Department,
			Owner: iv.ownerOrOwners(r.Owner, r.Concurrent), Due: r.Due, Answer: r.Answer, AnsweredAt: r.AnsweredAt, ToldAt: r.ToldAt, At: r.At,
		})
	}
	for _, p := range iv.Present() {
		s.People = append(s.People, PersonSummary{
			Name: p.Name, Role: p.Role, Side: p.Side, Adviser: p.Adviser, AskedToAdvise: p.AskedToAdvise,
		})
	}
	for _, one := range iv.Solutions {
		s.Solutions = append(s.Solutions, SolutionSummary{
			Number: one.Number, Problems: iv.ProblemNumbers(one.Problems), Text: one.Text, Decision: one.Decision, Held: one.Held,
		})
	}
	s.Tagged = iv.tagged()
	return s
}

// SummarisePromise returns a promise of the interview as a list has it.
func (iv *Interview) SummarisePromise(p Promise) PromiseSummary {
	return PromiseSummary{
		Number: p.Number, Text: p.Text, Owner: iv.ownerOrOwners(p.Owner, p.Concurrent),
		Side: settled(p.Concurrent, FieldOwner, p.Side), Due: p.Due,
		DoneAt: p.DoneAt, ToldAt: p.ToldAt, At: iv.happened(p.At),
	}
}

// settled returns the value of a field, or the zero value while several stand for it: a list has no
// room for who set which, and hands on neither as the truth.
func settled[T any](all []Concurrent, field Field, value T) T {
	if InDoubt(all, field) != nil {
		var none T
		return none
	}
	return value
}

// ownerOrOwners returns the name of an owner; "Ana or Kim" while two stand.
func (iv *Interview) ownerOrOwners(owner ID, all []Concurrent) string {
	var names []string
	for _, c := range InDoubt(all, FieldOwner) {
		if c.Value != "" {
			names = append(names, c.Value)
		}
	}
	return cmp.Or(strings.Join(names, " or "), iv.Name(owner))
}

// settledImpact returns the facets of the impact for which one value stands.
func (p Problem) settledImpact() Impact {
	return Impact{
		HowOften: settled(p.Concurrent, FieldHowOften, p.Impact.HowOften),
		HowBad:   settled(p.Concurrent, FieldHowBad, p.Impact.HowBad),
		Costs:    settled(p.Concurrent, FieldCosts, p.Impact.Costs),
		Bears:    settled(p.Concurrent, FieldBears, p.Impact.Bears),
		Tried:    settled(p.Concurrent, FieldTried, p.Impact.Tried),
		Wants:    settled(p.Concurrent, FieldWants, p.Impact.Wants),
	}
}

func (iv *Interview) summariseProblem(p Problem) ProblemSummary {
	s := ProblemSummary{
		Number: p.Number, Statement: p.Statement, Quoted: p.Quoted, Status: p.Status, Reason: p.Reason, Joined: joinedWith(p.Reason),
		Raised: p.Raised, Themes: p.Themes, Impact: p.settledImpact(), Corrected: p.Corrected(),
		Evidence: len(p.Evidence), Quote: iv.bestQuote(p),
	}
	add := func(who ID) {
		by, _ := iv.Person(who)
		if by.Side == Theirs && !slices.Contains(s.By, by.Name) {
			s.By = append(s.By, by.Name)
		}
	}
	for _, n := range p.Evidence {
		l, _ := iv.Line(n)
		add(l.Speaker)
	}
	_, s.Denied = p.Denied()
	s.OursOnly = iv.OursOnly(p)
	last := map[ID]Answer{}
	for _, pb := range p.Playbacks {
		if !pb.Apart && !pb.Early {
			s.Answer, last[pb.By] = pb.Answer, pb.Answer
		}
	}
	for _, pb := range p.Playbacks {
		if !pb.Apart && !pb.Early && last[pb.By] != No {
			add(pb.By)
		}
	}
	return s
}

// bestQuote returns the quote that shows a problem best: one entered during the meeting before a
// recalled one, one with a speaker before one without, then the first. What our own people said, or
// somebody whose side is in doubt, is not a quote of the customer.
func (iv *Interview) bestQuote(p Problem) QuoteSummary {
	var (
		best QuoteSummary
		most int
	)
	for _, n := range p.Evidence {
		l, _ := iv.Line(n)
		if !l.Quoted || !iv.mayBeTheirs(l.Speaker) {
			continue
		}
		worth := 1
		if !l.Recalled {
			worth += 2
		}
		who, named := iv.Person(l.Speaker)
		if named {
			worth++
		}
		if worth > most {
			best, most = QuoteSummary{Line: l.Number, Text: l.Text, Speaker: who.Name}, worth
		}
	}
	return best
}

// tagged returns the lines with themes; see Summary.Tagged.
func (iv *Interview) tagged() []LineSummary {
	var tagged []LineSummary
	for _, l := range iv.Lines {
		if len(l.Themes) == 0 || l.Kind.Private() || l.Kind == FollowUp || !iv.mayBeTheirs(l.Speaker) {
			continue
		}
		tagged = append(tagged, LineSummary{
			Number: l.Number, Kind: l.CountsAs(), Text: l.Text, Speaker: iv.Name(l.Speaker), Problem: iv.ProblemNumber(l.Problem), Themes: l.Themes,
		})
	}
	return tagged
}

// toAsk is the number of questions in the playbook, without those for the seller alone.
func (p Playbook) toAsk() int {
	n := 0
	for _, s := range p.Stages {
		if s.Mark.Aloud() {
			n += len(s.Questions)
		}
	}
	return n
}

// joined is what the reason of a problem begins with that was joined into another one, whose number follows.
const joined = "the same as problem "

// joinedWith returns the number of the problem in such a reason, 0 for none.
func joinedWith(reason string) Number {
	number, is := strings.CutPrefix(reason, joined)
	if n, ok := ParseNumber(number); is && ok {
		return n
	}
	return 0
}
