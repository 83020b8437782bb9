package insight

import (
	"cmp"
	"slices"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Adviser is somebody at a customer's who agreed to be asked again.
type Adviser struct {
	Customer string
	Person
	// Themes are the problems that they raised, by theme: those with more
	// problems first, and the problems without a theme last.
	Themes []AdviserTheme
	// Tagged are the lines with themes that they said, newest first.
	Tagged []Line
	// OwedPromises are ours from interviews they took part in that are not done,
	// or done without anybody telling the customer.
	OwedPromises []Promise
	// OwedRoutes are those of their problems of whose answer nobody has told them,
	// answered or not; oldest first.
	OwedRoutes []Route
}

// LastAsked returns when the last interview that they took part in began.
func (a Adviser) LastAsked() time.Time { return a.Met[0].Met }

// Introduced returns name, role and customer: "Ana Ruiz, foreman, Harbour Welding".
func (a Adviser) Introduced() string {
	name := a.Name
	for _, more := range []string{a.Role, a.Customer} {
		if more != "" {
			name += ", " + more
		}
	}
	return name
}

// AdviserTheme holds the problems of one theme that an adviser raised.
type AdviserTheme struct {
	Theme    string // "" for problems without one
	Problems []Followed
}

// Followed is a problem and what was done about it.
type Followed struct {
	Problem
	Routes    []Route
	Solutions []interview.SolutionSummary
}

// Advisers returns the board of advisers: everybody on a customer's side who
// agreed to be asked again when they were asked last. Those not met for longest
// come first, and of these they are ordered by name.
//
// A problem is raised by an adviser who said a line that shows it or said yes, or
// nearly, to it, and by one who was alone on their side when nobody was named and
// nobody said no.
func Advisers(all []interview.Summary) []Adviser {
	var board []Adviser
	for _, c := range Customers(all) {
		for _, p := range c.People {
			if p.Adviser && p.Side == interview.Theirs {
				board = append(board, advising(c, p))
			}
		}
	}
	slices.SortFunc(board, func(a, b Adviser) int {
		return cmp.Or(
			a.LastAsked().Compare(b.LastAsked()), cmp.Compare(plain.FoldName(a.Name), plain.FoldName(b.Name)), cmp.Compare(plain.FoldName(a.Customer), plain.FoldName(b.Customer)),
		)
	})
	return board
}

// advising gathers what one person at a customer's told us and is owed.
func advising(c Customer, p Person) Adviser {
	a := Adviser{Customer: c.Name, Person: p}
	for i := range c.Interviews {
		s := &c.Interviews[i]
		if !p.tookPart(s.ID) {
			continue
		}
		for _, one := range problemsOf(s) {
			if p.raised(s, one) {
				a.file(follow(c, s, one))
			}
		}
		for _, l := range s.Tagged {
			if p.named(l.Speaker) {
				ref := refTo(s)
				ref.Line, ref.Problem = l.Number, l.Problem
				a.Tagged = append(a.Tagged, Line{Ref: ref, LineSummary: l})
			}
		}
	}
	for _, one := range c.Promises {
		if one.Owed() && p.tookPart(one.Ref.Interview) {
			a.OwedPromises = append(a.OwedPromises, one)
		}
	}
	for _, r := range c.Routes {
		if r.Owed() && a.raisedProblemOf(r) {
			a.OwedRoutes = append(a.OwedRoutes, r)
		}
	}
	slices.SortStableFunc(a.Themes, func(x, y AdviserTheme) int {
		return cmp.Or(cmp.Compare(last(x.Theme == ""), last(y.Theme == "")), cmp.Compare(len(y.Problems), len(x.Problems)), cmp.Compare(x.Theme, y.Theme))
	})
	return a
}

func (p Person) tookPart(id interview.ID) bool {
	return slices.ContainsFunc(p.Met, func(r Ref) bool { return r.Interview == id })
}

// raised reports whether the person raised a problem of an interview; see Advisers.
func (p Person) raised(s *interview.Summary, one Problem) bool {
	if len(one.By) > 0 {
		return slices.ContainsFunc(one.By, p.named)
	}
	if one.Denied {
		return false
	}
	theirs := 0
	for _, other := range s.People {
		if other.Side != interview.Ours {
			theirs++
		}
	}
	return theirs == 1
}

// file files a problem under each of its themes.
func (a *Adviser) file(f Followed) {
	themes := f.Themes
	if len(themes) == 0 {
		themes = []string{""}
	}
	for _, theme := range themes {
		i := slices.IndexFunc(a.Themes, func(t AdviserTheme) bool { return sameTheme(t.Theme, theme) })
		if i < 0 {
			i = len(a.Themes)
			a.Themes = append(a.Themes, AdviserTheme{Theme: theme})
		}
		a.Themes[i].Problems = append(a.Themes[i].Problems, f)
	}
}

// raisedProblemOf reports whether a route is of a problem that the adviser raised.
func (a *Adviser) raisedProblemOf(r Route) bool {
	for _, t := range a.Themes {
		for _, p := range t.Problems {
			if p.Ref.Interview == r.Ref.Interview && p.Number == r.Problem {
				return true
			}
		}
	}
	return false
}

// follow gathers what was done about a problem.
func follow(c Customer, s *interview.Summary, p Problem) Followed {
	f := Followed{Problem: p}
	for _, r := range c.Routes {
		if r.Ref.Interview == s.ID && r.Problem == p.Number {
			f.Routes = append(f.Routes, r)
		}
	}
	for _, one := range s.Solutions {
		if slices.Contains(one.Problems, p.Number) {
			f.Solutions = append(f.Solutions, one)
		}
	}
	return f
}

// Board is a theme put to the advisers.
type Board struct {
	Theme string
	// Questions are what to read out, a problem each, strongest first. A problem
	// of a customer who is not to be quoted is not among them.
	Questions []Problem
	// Answered are the advisers who have spoken of the theme since it was put to
	// the board, and Waiting the others; each in the order of Advisers.
	Answered []Reply
	Waiting  []Adviser
}

// mostAsked is how many problems fit on a card with room to write.
const mostAsked = 12

// Guide returns what to ask one adviser about the theme, to print on a card. Its
// name says who they are.
func (b Board) Guide(to Adviser) interview.Playbook {
	questions := []interview.Question{{Text: "When did you last have to do with this? Tell me from the start."}}
	for _, p := range b.Questions[:min(len(b.Questions), mostAsked)] {
		questions = append(questions, interview.Question{Text: "Somebody told us: " + p.Worded() + " How is that with you?"})
	}
	questions = append(questions, interview.Question{Text: "What have we left out?"})
	return interview.Playbook{Name: to.Introduced(), Stages: []interview.Stage{{Name: "About #" + b.Theme, Questions: questions}}}
}

// Reply is an adviser who has spoken of a theme.
type Reply struct {
	Adviser Adviser
	Refs    []Ref // where, newest first
}

// Put puts a theme to the board of advisers. Nothing is stored for it: an adviser has answered who,
// in an interview that began at or after since, told us of a problem with the theme or said a line
// tagged with it. The zero since is any time, so that nobody is asked what they have told us
// already. ok is false when there is no such theme.
func Put(all []interview.Summary, theme string, since time.Time) (b Board, ok bool) {
	themes := Themes(all)
	i := slices.IndexFunc(themes, func(t Theme) bool { return sameTheme(t.Name, theme) })
	if i < 0 {
		return Board{}, false
	}
	b = Board{Theme: themes[i].Name}
	asked := map[string]bool{}
	for _, p := range themes[i].Problems {
		if words := sameWords(p.Statement); p.Ref.Quoting != interview.QuoteNone && !asked[words] {
			asked[words] = true
			b.Questions = append(b.Questions, p)
		}
	}
	for _, a := range Advisers(all) {
		if refs := a.spokeOf(theme, since); len(refs) > 0 {
			b.Answered = append(b.Answered, Reply{a, refs})
		} else {
			b.Waiting = append(b.Waiting, a)
		}
	}
	return b, true
}

// spokeOf returns where the adviser spoke of a theme at or after a time.
func (a Adviser) spokeOf(theme string, since time.Time) []Ref {
	var refs []Ref
	for _, t := range a.Themes {
		for _, p := range t.Problems {
			if sameTheme(t.Theme, theme) && !p.Ref.Met.Before(since) {
				refs = append(refs, p.Ref)
			}
		}
	}
	for _, l := range a.Tagged {
		if slices.ContainsFunc(l.Themes, func(t string) bool { return sameTheme(t, theme) }) && !l.Ref.Met.Before(since) {
			refs = append(refs, l.Ref)
		}
	}
	slices.SortFunc(refs, compareRefs)
	return refs
}
