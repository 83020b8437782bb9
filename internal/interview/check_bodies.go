package interview

import (
	"cmp"
	"errors"
	"fmt"
)

// The checks of the bodies, one method for each kind.

func (c *checker) header(id ID, b headerBody) error {
	return cmp.Or(c.is(id, single(kindHeader)), checkName("The customer", b.Customer), c.time(b.StartedAt), c.sometime(b.MetUntil))
}

func (c *checker) playbook(id ID, b Playbook) error {
	err := c.playbookTexts(id, b)
	var e *Error
	if errors.As(err, &e) {
		return invalid("The playbook cannot be kept with the interview: "+e.Message, "shorten it; hark playbooks check FILE says how it is understood")
	}
	return err
}

func (c *checker) playbookTexts(id ID, b Playbook) error {
	if err := cmp.Or(c.is(id, single(kindPlaybook)), c.text(b.ID, true), c.text(b.Name, true), c.text(b.About, true)); err != nil {
		return err
	}
	if b.Len() > mostQuestions || len(b.Stages) > mostQuestions {
		return invalid(fmt.Sprintf("A playbook has %d questions; %d are the most", b.Len(), mostQuestions), "")
	}
	for _, s := range b.Stages {
		err := cmp.Or(c.text(s.Name, true), among(s.Mark, append(StageMarks(), MarkNone)...), c.texts(s.Notes, true))
		if err != nil {
			return err
		}
		for _, q := range s.Questions {
			if err := cmp.Or(c.text(q.Text, true), c.texts(q.Probes, true), c.texts(q.Notes, true)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) texts(all []string, mayBeEmpty bool) error {
	for _, t := range all {
		if err := c.text(t, mayBeEmpty); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) consent(id ID, b Consent) error {
	return cmp.Or(c.is(id, single(kindConsent)),
		among(b.Notes, NotesNotAsked, NotesAllowed, NotesRefused),
		among(b.Quotes, QuotingNotAsked, QuoteByName, QuoteByRole, QuoteNone))
}

func (c *checker) position(id ID, b positionBody) error {
	return cmp.Or(c.is(id, positionID(b.Author, b.Device)), checkReadable(b.Author), c.question(b.Question))
}

func (c *checker) asked(id ID, b askedBody) error {
	return cmp.Or(c.is(id, belonging(kindAsked, c.doc.ID(), fmt.Sprint(b.Question))), c.question(b.Question), c.time(b.At))
}

func (c *checker) leftOut(id ID, b leftOutBody) error {
	return cmp.Or(c.is(id, single(kindLeftOut)), c.text(b.Text, true), c.time(b.At), typedAs(b.Kind))
}

// moment returns the check of a kind whose body is a time only.
func (c *checker) ending(id ID, b endingBody) error {
	if b.Open < 0 {
		return invalid("An interview was open for less than no time", "")
	}
	return cmp.Or(c.is(id, single(kindEnding)), c.time(b.At))
}

func moment(kind string) func(*checker, ID, momentBody) error {
	return func(c *checker, id ID, b momentBody) error { return cmp.Or(c.is(id, single(kind)), c.time(b.At)) }
}

func (c *checker) outcome(id ID, b outcomeBody) error {
	return cmp.Or(c.is(id, single(kindOutcome)), among(b.Outcome, WorkedOut, NoFit, MoreToLearn))
}

func (c *checker) person(_ ID, b personBody) error {
	return cmp.Or(checkName("A person", b.Name), c.text(b.Role, true), c.side(b.Side, b.Doubt), c.time(b.At))
}

func (c *checker) samePerson(id ID, b samePersonBody) error {
	return cmp.Or(c.is(id, samePersonID(b.Person, b.Into)), c.must(b.Person, kindPerson), c.must(b.Into, kindPerson), c.time(b.At),
		among(b.Side, Theirs, Ours, ""), c.text(b.Role, true))
}

func (c *checker) adviser(id ID, b adviserBody) error {
	return cmp.Or(c.is(id, belonging(kindAdviser, b.Person)), c.must(b.Person, kindPerson), c.time(b.At))
}

func (c *checker) line(_ ID, b lineBody) error {
	if b.After < 0 {
		return invalid("A line was recalled before the meeting was over", "")
	}
	for _, id := range b.For {
		if err := c.must(id, kindProblem); err != nil {
			return err
		}
	}
	return cmp.Or(
		c.number(b.Number), among(b.Kind, LineKinds()...),
		c.text(b.Text, false), c.text(b.First, true), typedAs(b.FirstKind), c.text(b.Why, true), c.refers(b.Speaker, kindPerson), c.time(b.At),
		c.question(b.Question), c.refers(b.Problem, kindProblem), c.texts(b.Themes, false),
	)
}

func (c *checker) problem(_ ID, b problemBody) error {
	if len(b.Wordings) == 0 {
		return invalid(fmt.Sprintf("Problem %d has no wording", b.Number), "")
	}
	for _, w := range b.Wordings {
		if err := cmp.Or(c.text(w.Text, false), c.time(w.At), typedAs(w.Kind)); err != nil {
			return err
		}
	}
	return cmp.Or(c.number(b.Number), among(b.Raised, Unprompted, WhenAsked, ""), among(b.CameUp, Unprompted, WhenAsked, ""), c.texts(b.Themes, false), c.time(b.At))
}

// typedAs checks what a wording of a problem or a line was typed as.
func typedAs(kind LineKind) error { return among(kind, Quote, Paraphrase, "") }

func (c *checker) aside(id ID, b asideBody) error {
	return cmp.Or(c.is(id, belonging(kindAside, b.Problem)), c.must(b.Problem, kindProblem), c.refers(b.Into, kindProblem), c.text(b.Reason, true), c.time(b.At))
}

func (c *checker) impact(id ID, b impactBody) error {
	if b.Rating < 0 || b.Rating > 5 {
		return invalid(fmt.Sprintf("%d is not on the scale; how bad is a rating from 1 to 5", b.Rating), "")
	}
	return cmp.Or(c.is(id, belonging(kindImpact, b.Problem, b.Facet)), c.must(b.Problem, kindProblem),
		among(b.Facet, facetHowOften, facetHowBad, facetCosts, facetBears, facetTried, facetWants), c.text(b.Text, true))
}

func (c *checker) playback(_ ID, b playbackBody) error {
	who := c.refers
	if b.Answer == Yes {
		who = c.must
	}
	for _, id := range b.After {
		if err := c.must(id, kindPlayback); err != nil {
			return err
		}
	}
	return cmp.Or(c.must(b.Problem, kindProblem), c.text(b.Said, false), among(b.Answer, Yes, Nearly, No),
		c.text(b.Correction, true), who(b.By, kindPerson), c.time(b.At))
}

func (c *checker) solution(_ ID, b solutionBody) error {
	c.solving = true
	if len(b.Problems) == 0 {
		return invalid(fmt.Sprintf("Solution %d is for no problem", b.Number), "")
	}
	for _, id := range b.Problems {
		if err := cmp.Or(c.must(id, kindProblem), c.confirmed(id, b.Proofs...)); err != nil {
			return err
		}
	}
	for _, id := range b.Proofs {
		if err := c.must(id, kindPlayback); err != nil {
			return err
		}
	}
	return cmp.Or(c.number(b.Number), c.text(b.Text, false), c.text(b.Ours, true), c.text(b.Theirs, true), c.time(b.At))
}

func (c *checker) reaction(id ID, b reactionBody) error {
	return cmp.Or(c.is(id, belonging(kindReaction, b.Solution)), c.must(b.Solution, kindSolution),
		c.text(b.Text, true), among(b.Decision, Undecided, Agreed, Declined))
}

func (c *checker) respect(_ ID, b respectBody) error {
	return cmp.Or(c.must(b.Problem, kindProblem), c.text(b.Text, false), c.time(b.At))
}

func (c *checker) advice(_ ID, b adviceBody) error {
	c.solving = true
	return cmp.Or(c.must(b.Problem, kindProblem), c.confirmed(b.Problem, b.Proof), c.text(b.Text, false), c.time(b.At))
}

func (c *checker) promise(_ ID, b promiseBody) error {
	return cmp.Or(c.number(b.Number), c.text(b.Text, false), c.text(b.First, true), c.refers(b.Owner, kindPerson),
		c.ownerSide(b), c.refers(b.Speaker, kindPerson), c.due(b.Due), c.doubt(b.Doubt), c.texts(b.Themes, false), c.time(b.At))
}

// side checks a side, which may be missing only while it is in doubt.
func (c *checker) side(s Side, d SideDoubt) error {
	if s == "" && !d.IsZero() {
		return cmp.Or(c.text(d.Words, false), among(d.Reading, Theirs, Ours, ""))
	}
	if !d.IsZero() {
		return invalid(fmt.Sprintf("A side is %s, and in doubt", s), "")
	}
	return among(s, Theirs, Ours)
}

// ownerSide checks whose promise it is. It has no side of its own while that of its owner is in
// doubt.
func (c *checker) ownerSide(b promiseBody) error {
	if !b.Owner.IsZero() && b.Side == "" && b.Whose.IsZero() {
		return nil
	}
	return c.side(b.Side, b.Whose)
}

func (c *checker) due(d Date) error {
	if d.IsZero() {
		return nil
	}
	if d.Year < 1 || d.Year > 9999 || DateOf(d.Time()) != d {
		return invalid(fmt.Sprintf("%d-%02d-%02d is no day of a calendar", d.Year, d.Month, d.Day), "write it as in 2026-12-03")
	}
	return nil
}

func (c *checker) doubt(d DayDoubt) error {
	err := c.text(d.Words, true)
	for _, day := range d.Readings {
		err = cmp.Or(err, c.due(day))
	}
	return err
}

func (c *checker) progress(id ID, b progressBody) error {
	return cmp.Or(c.is(id, belonging(kindProgress, b.Of, b.Step)), c.must(b.Of, kindPromise, kindRoute, kindLine),
		among(b.Step, stepDone, stepAnswered, stepTold), c.text(b.Text, true), c.text(b.Promised, true), c.time(b.At))
}

func (c *checker) route(_ ID, b routeBody) error {
	return cmp.Or(c.number(b.Number), c.must(b.Problem, kindProblem), c.confirmed(b.Problem, b.Proof),
		checkName("A department", b.Department), c.refers(b.Owner, kindPerson), c.due(b.Due), c.time(b.At))
}

func (c *checker) dropped(id ID, b droppedBody) error {
	return cmp.Or(c.is(id, belonging(kindDropped, b.Of)), c.must(b.Of, kindLine, kindProblem, kindSolution, kindPromise, kindRoute, kindPerson))
}

func (c *checker) fact(id ID, b factBody) error {
	err := cmp.Or(c.is(id, factID(b)), c.text(b.Text, true), c.due(b.Due), c.doubt(b.Doubt))
	if err != nil {
		return err
	}
	switch b.Field { //nolint:exhaustive // the others are never facts
	case FieldKind:
		return cmp.Or(c.must(b.Of, kindLine), among(LineKind(b.Text), LineKinds()...))
	case FieldSpeaker:
		return cmp.Or(c.must(b.Of, kindLine), c.refers(b.Item, kindPerson))
	case FieldProblem:
		return cmp.Or(c.must(b.Of, kindLine), c.refers(b.Item, kindProblem))
	case FieldRaised:
		return cmp.Or(c.must(b.Of, kindProblem), among(Raised(b.Text), Unprompted, WhenAsked))
	case fieldTheme:
		return cmp.Or(c.must(b.Of, kindProblem), c.text(b.Text, false))
	case FieldDue:
		return c.must(b.Of, kindPromise, kindRoute)
	case FieldOwner:
		return cmp.Or(c.must(b.Of, kindPromise, kindRoute), c.refers(b.Item, kindPerson), c.factSide(b, true))
	case FieldDepartment:
		return cmp.Or(c.must(b.Of, kindRoute), checkName("A department", b.Text))
	case FieldOurs, FieldTheirs:
		return c.must(b.Of, kindSolution)
	case FieldDecision:
		return cmp.Or(c.must(b.Of, kindSolution), among(Decision(b.Text), Agreed, Declined))
	case FieldRole:
		return c.must(b.Of, kindPerson)
	case FieldSide:
		return cmp.Or(c.must(b.Of, kindPerson), c.factSide(b, false))
	default:
		return fmt.Errorf("%w: %q is no field of an item that this one knows", ErrNewer, b.Field)
	}
}

// factSide checks the side in a fact; none is a value where mayBeNone is true.
func (c *checker) factSide(b factBody, mayBeNone bool) error {
	if mayBeNone && b.Side == "" && b.Whose.IsZero() {
		return nil
	}
	return c.side(b.Side, b.Whose)
}
