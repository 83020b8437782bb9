package interview

import (
	"slices"
	"sync/atomic"
	"time"

	"hark/internal/document"
)

// Interview is one meeting with one customer, folded from a document. Fold or Apply makes it; it is
// not changed afterwards.
type Interview struct {
	ID        ID
	Customer  string
	Playbook  Playbook
	StartedAt time.Time // when the interview was begun; see MetAt
	EndedAt   time.Time // zero while the interview is open
	Outcome   Outcome
	Consent   Consent
	Debrief   bool // the whole interview was entered after the meeting
	// MetUntil is the time at which the meeting of a debrief ended; zero when it is not known, and
	// in an interview that is no debrief.
	MetUntil  time.Time
	Discarded bool // removed from the lists
	People    []Person
	Lines     []Line
	Problems  []Problem
	Solutions []Solution
	Respects  []Respect
	Advice    []Advice
	Promises  []Promise
	Routes    []Route
	LeftOut   LeftOut
	// Concurrent are the concurrent values of a field of the interview itself.
	Concurrent []Concurrent
	Position   int // the question the next lines answer, 0 before the first; see For
	Gate       Gate
	// Newer is true when a newer hark wrote part of the document. Such an interview is read-only.
	Newer bool

	reopened time.Time     // when an end was taken back, zero while none was
	open     time.Duration // how long it was open before that; see Lasted
	answered map[int]bool  // questions that a line answers; see Asked
	// moved is when the position was chosen, and done when something about a subject was done last.
	moved     document.Clock
	done      map[subject]document.Clock
	positions []position // of everybody, the newest first
	// alias holds by other items of one person the one that stands for all; itemsOf all items of
	// those who have several, by that one.
	alias   map[ID]ID
	itemsOf map[ID][]ID
	typed   typed
	// standing holds what Concurrent of each thing is made of, by its ID; that of the interview itself has the zero ID.
	standing map[ID][]standing
	unplaced bool        // a part belongs to an item that is not here, or the next number is not above all
	parts    map[ID][]ID // the items that say something of another, by that one
	kept     map[ID]bool // what was dropped and is there; see changedUnseen
	// The next free numbers: of lines, promises and routes together, of problems, and of solutions.
	nextNumber, nextProblem, nextSolution Number
	doc                                   *document.Document
	// The fields below serve the next fold and do not change after this one.
	bodies map[document.Dot]any // decoded item bodies by version
	// lines is Lines with its spare capacity. used is the number of elements of that array in use
	// by this fold and by the folds that extended it.
	lines []Line
	used  *atomic.Int64
}

// Thing is a kind of numbered thing in an interview.
type Thing string

// The kinds of numbered things. Lines, promises and routes share one sequence of numbers, so that a
// number alone identifies one of them.
const (
	Numbered      Thing = "" // a line, a promise or a route, by its number
	ThingLine     Thing = "line"
	ThingPromise  Thing = "promise"
	ThingRoute    Thing = "route"
	ThingProblem  Thing = "problem"
	ThingSolution Thing = "solution"
)

// Document returns the document that the interview was folded from. The caller must not change it.
func (iv *Interview) Document() *document.Document { return iv.doc }

// MetAt returns the time of the meeting: the end of a debriefed meeting where it is known,
// otherwise the time at which the interview was begun. Dates and the order of interviews are based
// on it.
func (iv *Interview) MetAt() time.Time {
	if !iv.MetUntil.IsZero() {
		return iv.MetUntil
	}
	return iv.StartedAt
}

// Ended reports whether the interview is over.
func (iv *Interview) Ended() bool { return !iv.EndedAt.IsZero() }

// RefusesNotes reports whether nothing may be noted now: the customer refused notes, and the
// meeting goes on. What is recalled after a meeting is not noted in it.
func (iv *Interview) RefusesNotes() bool {
	return iv.Consent.Notes == NotesRefused && !iv.Ended() && !iv.Debrief
}

// Current returns the number of the question to ask now: the position, or the first question before
// there is one; 0 when the playbook has no questions.
func (iv *Interview) Current() int {
	if iv.Position > 0 {
		return iv.Position
	}
	return min(1, iv.Playbook.Len())
}

// Problem returns the problem with the given number.
func (iv *Interview) Problem(number Number) (Problem, bool) {
	return find(iv.Problems, func(p Problem) bool { return number.names(p.Number, p.ID) })
}

// ProblemByID returns the problem with the given ID.
func (iv *Interview) ProblemByID(id ID) (Problem, bool) {
	return find(iv.Problems, func(p Problem) bool { return p.ID == id })
}

// ProblemNumber returns the number of the problem with the given ID, 0 if it is not there.
func (iv *Interview) ProblemNumber(id ID) Number {
	p, _ := iv.ProblemByID(id)
	return p.Number
}

// ProblemNumbers returns the numbers of those problems that have not been dropped.
func (iv *Interview) ProblemNumbers(ids []ID) []Number {
	var numbers []Number
	for _, id := range ids {
		if n := iv.ProblemNumber(id); n != 0 {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// Line returns the line with the given number.
func (iv *Interview) Line(number Number) (Line, bool) {
	i, ok := slices.BinarySearchFunc(iv.Lines, number, func(l Line, n Number) int { return l.Number.Compare(n) })
	if ok {
		return iv.Lines[i], true
	}
	// A number that is longer than that of the line comes behind it.
	if i > 0 && number.names(iv.Lines[i-1].Number, iv.Lines[i-1].ID) {
		return iv.Lines[i-1], true
	}
	return Line{}, false
}

// Promise returns the promise with the given number.
func (iv *Interview) Promise(number Number) (Promise, bool) {
	return find(iv.Promises, func(p Promise) bool { return number.names(p.Number, p.ID) })
}

// Route returns the route with the given number.
func (iv *Interview) Route(number Number) (Route, bool) {
	return find(iv.Routes, func(r Route) bool { return number.names(r.Number, r.ID) })
}

// Solution returns the solution with the given number.
func (iv *Interview) Solution(number Number) (Solution, bool) {
	return find(iv.Solutions, func(s Solution) bool { return number.names(s.Number, s.ID) })
}

// Person returns the person with the given ID. The zero ID belongs to nobody.
func (iv *Interview) Person(id ID) (Person, bool) {
	id = iv.one(id)
	return find(iv.People, func(p Person) bool { return p.ID == id })
}

// Name returns the name of the person with the given ID, or "".
func (iv *Interview) Name(id ID) string {
	p, _ := iv.Person(id)
	return p.Name
}

// Named returns the people that a name means: see [Meant].
func (iv *Interview) Named(name string, fold func(string) string) []Person {
	return meantOf(iv.People, name, fold)
}

// OnSide returns the people of one side, including those who only own a promise or a route.
func (iv *Interview) OnSide(side Side) []Person {
	var of []Person
	for _, p := range iv.People {
		if p.Side == side {
			of = append(of, p)
		}
	}
	return of
}

// InRoom returns the people of one side who took part in the meeting.
func (iv *Interview) InRoom(side Side) []Person {
	return slices.DeleteFunc(iv.Present(), func(p Person) bool { return p.Side != side })
}

// Present returns everybody who took part in the meeting.
func (iv *Interview) Present() []Person {
	return slices.DeleteFunc(slices.Clone(iv.People), func(p Person) bool { return p.Absent })
}

// HeldThoughts returns the thoughts that were typed as solutions too early and have not become a
// solution since.
func (iv *Interview) HeldThoughts() []Line {
	return slices.DeleteFunc(iv.Thoughts(), func(l Line) bool { return !l.TooEarly })
}

// Held reports whether a thought that was typed as a solution too early still cannot become one. A
// problem that was set aside holds nothing back.
func (iv *Interview) Held(l Line) bool {
	if !l.TooEarly {
		return false
	}
	var numbers []Number
	for _, id := range l.For {
		if p, ok := iv.ProblemByID(id); ok && p.Status != Aside {
			numbers = append(numbers, p.Number)
		}
	}
	return len(iv.Lock(numbers...)) > 0
}

// Thoughts returns the thoughts that have not become a solution, including those typed too early.
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

// FollowUps returns the follow-ups that have not been asked.
func (iv *Interview) FollowUps() []Line {
	var open []Line
	for _, l := range iv.Lines {
		if l.ToAsk() {
			open = append(open, l)
		}
	}
	return open
}

// NotAsked returns the numbers of the questions that have not been asked, without those meant for
// the seller alone.
func (iv *Interview) NotAsked() []int {
	var gaps []int
	n := 0
	for _, s := range iv.Playbook.Stages {
		for range s.Questions {
			n++
			if s.Mark.Aloud() && !iv.Asked(n) {
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
