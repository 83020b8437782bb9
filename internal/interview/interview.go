package interview

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"hark/internal/document"
)

// Interview is one meeting with one customer as it stands: what a document
// says, folded into the field's own terms. It is made by Fold or Apply and is
// not changed afterwards.
type Interview struct {
	ID        ID
	Customer  string
	Playbook  Playbook
	StartedAt time.Time // when writing began; see MetAt
	EndedAt   time.Time // zero while open
	Outcome   Outcome
	Consent   Consent
	Debrief   bool // entered after the meeting as a whole
	// MetUntil is when the meeting of a debrief was over; zero when that is not
	// known, and of an interview that was no debrief.
	MetUntil  time.Time
	Discarded bool // taken out of the lists
	People    []Person
	Lines     []Line
	Problems  []Problem
	Solutions []Solution
	Respects  []Respect
	Advice    []Advice
	Promises  []Promise
	Routes    []Route
	LeftOut   LeftOut
	Position  int // the question the next lines answer, 0 before the first
	Gate      Gate
	// Newer says that a newer hark wrote some of it; then it can be read only.
	Newer bool

	asked map[int]bool
	// The next free numbers: of lines, promises and routes together, of
	// problems, of solutions.
	nextNumber, nextProblem, nextSolution int
	doc                                   *document.Document
	// What follows is for the next fold, and is not changed once this one is done.
	bodies     map[document.Dot]any // what was decoded
	renumbered bool                 // not everything has the number that it was stored with
	// lines is Lines with its spare capacity, and used says how much of that is in
	// use, by this fold and by those that went on from it.
	lines []Line
	used  *atomic.Int64
}

// Thing is a sort of numbered thing in an interview.
type Thing string

// The numbered things. Lines, promises and routes share one row of numbers, so
// that a number alone names one of them.
const (
	Numbered      Thing = "" // whichever carries the number
	ThingLine     Thing = "line"
	ThingPromise  Thing = "promise"
	ThingRoute    Thing = "route"
	ThingProblem  Thing = "problem"
	ThingSolution Thing = "solution"
)

// Document returns the document that the interview was folded from. It must not
// be changed.
func (iv *Interview) Document() *document.Document { return iv.doc }

// MetAt returns when the meeting was: when the interview began, and of one that
// was written down afterwards when the meeting was over, where that is known.
// Days and the order of interviews go by it.
func (iv *Interview) MetAt() time.Time {
	if !iv.MetUntil.IsZero() {
		return iv.MetUntil
	}
	return iv.StartedAt
}

// Ended reports whether the interview is over.
func (iv *Interview) Ended() bool { return !iv.EndedAt.IsZero() }

// Asked reports whether question n was asked: ticked, or answered by a line.
func (iv *Interview) Asked(n int) bool { return iv.asked[n] }

// Current is the question to ask now: the position, or the first question
// before there is one; 0 when the playbook has none.
func (iv *Interview) Current() int {
	if iv.Position > 0 {
		return iv.Position
	}
	return min(1, iv.Playbook.Len())
}

// Problem returns the problem with the given number.
func (iv *Interview) Problem(number int) (Problem, bool) {
	return find(iv.Problems, func(p Problem) bool { return p.Number == number })
}

// ProblemByID returns the problem with the given ID.
func (iv *Interview) ProblemByID(id ID) (Problem, bool) {
	return find(iv.Problems, func(p Problem) bool { return p.ID == id })
}

// ProblemNumber returns the number of the problem with the given ID, 0 if it is not there.
func (iv *Interview) ProblemNumber(id ID) int {
	p, _ := iv.ProblemByID(id)
	return p.Number
}

// ProblemNumbers returns the numbers of those problems that have not been dropped.
func (iv *Interview) ProblemNumbers(ids []ID) []int {
	var numbers []int
	for _, id := range ids {
		if n := iv.ProblemNumber(id); n != 0 {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// Line returns the line with the given number.
func (iv *Interview) Line(number int) (Line, bool) {
	return find(iv.Lines, func(l Line) bool { return l.Number == number })
}

// Promise returns the promise with the given number.
func (iv *Interview) Promise(number int) (Promise, bool) {
	return find(iv.Promises, func(p Promise) bool { return p.Number == number })
}

// Route returns the route with the given number.
func (iv *Interview) Route(number int) (Route, bool) {
	return find(iv.Routes, func(r Route) bool { return r.Number == number })
}

// Solution returns the solution with the given number.
func (iv *Interview) Solution(number int) (Solution, bool) {
	return find(iv.Solutions, func(s Solution) bool { return s.Number == number })
}

// Person returns the person with the given ID; the zero ID names nobody.
func (iv *Interview) Person(id ID) (Person, bool) {
	return find(iv.People, func(p Person) bool { return p.ID == id })
}

// Name returns the name of the person with the given ID, or "".
func (iv *Interview) Name(id ID) string {
	p, _ := iv.Person(id)
	return p.Name
}

// Named returns the people whose names fit: the one with that very name, or
// else all whose name, or a word of it, begins so. Case does not matter.
func (iv *Interview) Named(name string) []Person {
	want := strings.ToLower(strings.TrimSpace(name))
	if want == "" {
		return nil
	}
	var fit []Person
	for _, p := range iv.People {
		have := strings.ToLower(p.Name)
		if have == want {
			return []Person{p}
		}
		if strings.HasPrefix(have, want) || slices.Contains(strings.Fields(have), want) {
			fit = append(fit, p)
		}
	}
	return fit
}

// OnSide returns the people of one side, those who own a promise or a route alone
// among them.
func (iv *Interview) OnSide(side Side) []Person {
	var of []Person
	for _, p := range iv.People {
		if p.Side == side {
			of = append(of, p)
		}
	}
	return of
}

// InRoom returns the people of one side who were there.
func (iv *Interview) InRoom(side Side) []Person {
	return slices.DeleteFunc(iv.OnSide(side), func(p Person) bool { return p.Absent })
}

// HeldThoughts are the thoughts that were typed as solutions before they could
// be, and have not become one since: what to look at again once the gate is
// open.
func (iv *Interview) HeldThoughts() []Line {
	return slices.DeleteFunc(iv.Thoughts(), func(l Line) bool { return !l.TooEarly })
}

// Held reports whether a thought that was typed as a solution too early cannot
// be one yet. What became of problems that were set aside holds nothing back.
func (iv *Interview) Held(l Line) bool {
	if !l.TooEarly {
		return false
	}
	var numbers []int
	for _, id := range l.For {
		if p, ok := iv.ProblemByID(id); ok && p.Status != Aside {
			numbers = append(numbers, p.Number)
		}
	}
	return len(iv.Lock(numbers...)) > 0
}

// Thoughts are the thoughts that have not become a solution, those that were
// typed too early among them.
func (iv *Interview) Thoughts() []Line {
	var open []Line
	for _, l := range iv.Lines {
		used := slices.ContainsFunc(iv.Solutions, func(s Solution) bool { return s.Text == l.Text })
		if l.Kind == Thought && !used {
			open = append(open, l)
		}
	}
	return open
}

// FollowUps are the follow-ups that were not asked yet.
func (iv *Interview) FollowUps() []Line {
	var open []Line
	for _, l := range iv.Lines {
		if l.Kind == FollowUp && l.AskedAt.IsZero() {
			open = append(open, l)
		}
	}
	return open
}

// NotAsked returns the numbers of the questions that were not asked, those for
// the seller alone left out.
func (iv *Interview) NotAsked() []int {
	var gaps []int
	n := 0
	for _, s := range iv.Playbook.Stages {
		for range s.Questions {
			n++
			if s.Mark.Aloud() && !iv.asked[n] {
				gaps = append(gaps, n)
			}
		}
	}
	return gaps
}

func find[T any](all []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	var none T
	return none, false
}
