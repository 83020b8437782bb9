package laptops

import (
	"strconv"
	"strings"

	"hark/internal/interview"
)

// standing returns the values that an interview shows for a field of a thing; there is false when it
// does not have the thing.
func standing(iv *interview.Interview, of interview.ID, field interview.Field) (values []string, there bool) {
	shown, all, there := shownOf(iv, of, field)
	for _, c := range all {
		if c.Field == field {
			shown = append(shown, c.Value)
		}
	}
	return shown, there
}

// shownOf returns the values that are shown first, and those that stand next to them.
func shownOf(iv *interview.Interview, of interview.ID, field interview.Field) (shown []string, all []interview.Concurrent, there bool) {
	if of == iv.ID {
		return []string{string(iv.Outcome)}, iv.Concurrent, true
	}
	if theme, is := strings.CutPrefix(string(field), string(fieldTheme)); is {
		p, there := iv.ProblemByID(of)
		for _, t := range p.Themes {
			if t == theme {
				shown = append(shown, t)
			}
		}
		return shown, nil, there
	}
	for _, x := range iv.Problems {
		if x.ID == of {
			return ofProblem(x, field), x.Concurrent, true
		}
	}
	for _, x := range iv.Lines {
		if x.ID != of {
			continue
		}
		if field == interview.FieldProblem {
			shown = append(shown, x.Problem.String())
			for _, id := range x.Ties {
				shown = append(shown, id.String())
			}
			return shown, nil, true
		}
		return []string{only(field, interview.FieldText, x.Text) + only(field, interview.FieldSpeaker, iv.Name(x.Speaker))}, x.Concurrent, true
	}
	for _, x := range iv.Promises {
		if x.ID == of {
			return []string{only(field, interview.FieldText, x.Text) + only(field, interview.FieldOwner, iv.Name(x.Owner)) + only(field, interview.FieldDue, x.Due.String())}, x.Concurrent, true
		}
	}
	for _, x := range iv.Routes {
		if x.ID == of {
			return []string{only(field, interview.FieldAnswer, x.Answer) + only(field, interview.FieldDue, x.Due.String())}, x.Concurrent, true
		}
	}
	for _, x := range iv.Solutions {
		if x.ID == of {
			return []string{
				only(field, interview.FieldText, x.Text) + only(field, interview.FieldReaction, x.Reaction) +
					only(field, interview.FieldOurs, x.Ours) + only(field, interview.FieldDecision, string(x.Decision)),
			}, x.Concurrent, true
		}
	}
	if x, ok := iv.Person(of); ok {
		return []string{only(field, interview.FieldRole, x.Role) + only(field, interview.FieldSide, string(x.Side))}, x.Concurrent, true
	}
	return nil, nil, false
}

func ofProblem(p interview.Problem, field interview.Field) []string {
	return []string{only(field, interview.FieldStatement, p.Statement) + only(field, interview.FieldHowBad, strconv.Itoa(p.Impact.HowBad)) +
		only(field, interview.FieldCosts, p.Impact.Costs) + only(field, interview.FieldRaised, string(p.Raised))}
}

// only returns a value where its field is asked for.
func only(asked, field interview.Field, value string) string {
	if asked == field {
		return value
	}
	return ""
}

// named returns what a number names.
func named(iv *interview.Interview, t interview.Touched) interview.ID {
	switch t.Thing {
	case interview.ThingProblem:
		x, _ := iv.Problem(t.Number)
		return x.ID
	case interview.ThingSolution:
		x, _ := iv.Solution(t.Number)
		return x.ID
	case interview.ThingPromise:
		x, _ := iv.Promise(t.Number)
		return x.ID
	case interview.ThingRoute:
		x, _ := iv.Route(t.Number)
		return x.ID
	case interview.ThingLine, interview.Numbered:
	}
	x, _ := iv.Line(t.Number)
	return x.ID
}
