package capture

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hark/internal/interview"
	"hark/internal/nearest"
)

// pickable is a field for which two values can stand, and the words for it besides those it is stored
// and shown as.
type pickable struct {
	field interview.Field
	also  string // as they are written together, with blanks between them
}

// pickables returns the fields of what has a number. What a problem is called is FieldStatement.
func pickables() []pickable {
	return []pickable{
		{interview.FieldText, "wording statement words said"},
		{interview.FieldKind, "mark"},
		{interview.FieldSpeaker, "saidby who whosaidit by"},
		{interview.FieldProblem, "shows tie"},
		{interview.FieldRaised, "cameup howitcameup"},
		{interview.FieldReason, "why because"},
		{interview.FieldHowOften, "often"},
		{interview.FieldHowBad, "bad rating severity"},
		{interview.FieldCosts, "cost whatitcosts"},
		{interview.FieldBears, "whobearsit whofeelsit"},
		{interview.FieldTried, "whattheytried whatwastried"},
		{interview.FieldWants, "whattheywant whatiswanted"},
		{interview.FieldDue, "day date deadline when bywhen"},
		{interview.FieldOwner, "whose whodoesit"},
		{interview.FieldDepartment, ""},
		{interview.FieldAnswer, "answered reply"},
		{interview.FieldOurs, "inourhands ourpart"},
		{interview.FieldTheirs, "intheirhands theirpart"},
		{interview.FieldReaction, "whattheysaid"},
		{interview.FieldDecision, "decided agreed"},
	}
}

// pickablesOfAll returns the fields of the interview itself, which has no number.
func pickablesOfAll() []pickable {
	return []pickable{
		{interview.FieldOutcome, "result howitended"},
		{interview.FieldEnding, "end"},
		{interview.FieldLeftOut, "whatsleftout whatisleftout"},
		{interview.FieldNotes, "maynotesbetaken takingnotes"},
		{interview.FieldQuotes, "howtoquote quoting"},
	}
}

// wholeInterview stands where a number would, for the interview itself.
const wholeInterview = "interview"

// readPick reads which of several values holds: "3 2", "p2 how bad 1", "outcome 1". Without the last
// number, the answer is which values stand.
func readPick(a *args) (interview.Action, error) {
	fields, typed := pickables(), trimLeft(a.rest)
	what, n, err := a.thing()
	if err != nil {
		if fields = pickablesOfAll(); !ofInterview(pickWords(typed), fields) {
			return nil, a.noThing(err, typed, fields)
		}
		a.form = "/" + a.name + " [FIELD] [VALUE]"
	}
	pick := interview.Pick{What: what, Number: n}
	words := pickWords(a.rest)
	if n == 0 && len(words) > 0 && joinedName(words[0]) == wholeInterview {
		words = words[1:]
	}
	if len(words) > 0 {
		first, last := nthOf(words[0]), nthOf(words[len(words)-1])
		switch {
		case last >= 0:
			pick.Nth, words = last, words[:len(words)-1]
		case first >= 0:
			pick.Nth, words = first, words[1:]
		}
		if max(first, last) == 0 {
			return nil, a.fail("The values are counted from 1")
		}
	}
	if len(words) == 0 {
		return pick, nil
	}
	var known bool
	if pick.Field, known = fieldNamed(words, fields); !known {
		return nil, a.noField(words, fields)
	}
	if pick.Field == interview.FieldText && what == interview.ThingProblem {
		pick.Field = interview.FieldStatement
	}
	return pick, nil
}

// pickWords returns the words of a text, whatever sign stands between them.
func pickWords(s string) []string {
	return strings.Fields(strings.NewReplacer(":", " ", "=", " ", ",", " ").Replace(withoutPlease(s)))
}

// ofInterview reports whether words begin with a field of the interview itself, or with the word for
// all of it.
func ofInterview(words []string, fields []pickable) bool {
	for n := range min(len(words), mostWords) {
		if _, known := fieldNamed(words[:n+1], fields); known || joinedField(words[:n+1]) == wholeInterview {
			return true
		}
	}
	return false
}

// noThing is the error of a line that says neither a number nor a field of the interview itself.
func (a *args) noThing(err error, typed string, fields []pickable) error {
	word, rest := cutWord(typed)
	if near := nearest.Word(strings.ToLower(word), fieldWords(fields)); near != "" {
		return &Error{quoted(word) + " is not the number of something, nor what there are two values of", shownLine("/" + a.name + " " + near + " " + trimRight(rest))}
	}
	if strings.HasPrefix(typed, "@") {
		return &Error{"Of somebody in the room the last that is typed holds, and nothing is picked", "/person NAME, role, ours|theirs"}
	}
	return err
}

// noField is the error of words that name no field, and no value.
func (a *args) noField(words []string, fields []pickable) error {
	near := nearest.Word(joinedField(words), fieldWords(fields))
	if near == "" {
		return a.fail(quoted(strings.Join(words, " ")) + " is not what there are two values of, nor the number of one")
	}
	return &Error{quoted(strings.Join(words, " ")) + " is not what there are two values of", strings.Replace(a.form, "[FIELD]", near, 1)}
}

// nthOf returns which value a word counts, -1 for no number.
func nthOf(word string) int {
	word = strings.TrimPrefix(strings.TrimRight(word, ".)"), "#")
	if n, err := strconv.ParseUint(word, 10, 16); err == nil {
		return int(n)
	}
	if n := wordNumber(word); n > 0 && n.Letters() == "" {
		return int(n)
	}
	return -1
}

// joinedField makes the words for a field comparable.
func joinedField(words []string) string {
	return strings.ReplaceAll(joinedName(strings.Join(words, "")), "_", "")
}

// fieldNamed returns the field that words name.
func fieldNamed(words []string, fields []pickable) (interview.Field, bool) {
	named := joinedField(words)
	for _, f := range fields {
		if named == joinedField([]string{string(f.field)}) || slices.Contains(strings.Fields(f.also), named) {
			return f.field, true
		}
	}
	return "", false
}

// fieldWords returns the fields as they are typed.
func fieldWords(fields []pickable) []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.field.Typed()
	}
	return all
}

func pickForm(a interview.Pick) string {
	form := "/pick"
	switch {
	case a.Number != 0:
		form += " " + thingForm(a.What, a.Number)
	case a.Field == "":
		form += " " + wholeInterview
	}
	if a.Field != "" {
		form += " " + a.Field.Typed()
	}
	if a.Nth > 0 {
		form += fmt.Sprintf(" %d", a.Nth)
	}
	return form
}
