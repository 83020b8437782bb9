package capture

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hark/internal/capture/day"
	"hark/internal/interview"
)

// Format writes an action as a line that Parse reads as the same action. It is
// "" for interview.Discard, which no line does, and for nil.
//
// The action must be one that could be applied: texts and names that it needs
// are there, without blanks at their ends, names are no pronouns, numbers are above 0, themes are
// as interview.Theme returns them, and a day is in doubt where Parse finds it so, which one that is
// over always is. A theme that no #tag can name is left out, and a number of a line, promise or
// route is written without saying which. Which value is picked is written as its place among those that
// stand.
func Format(action interview.Action) string {
	switch a := action.(type) {
	case interview.Add:
		return lineForm(kindOf(a.Kind), a.Speaker, a.Text, a.Themes)
	case interview.Raise:
		if a.Line != 0 {
			text, _ := strings.CutSuffix(" "+problemForm(a), " ")
			number := a.Line.String()
			if a.Line.Letters() != "" {
				number = "line " + number // 3d can be text
			}
			return "/problem " + number + text + themesForm(" #", a.Themes)
		}
		return saidForm(a.Speaker, marked(KindProblem, problemForm(a))+themesForm(" #", a.Themes))
	case interview.Promises:
		return promiseForm(a)
	case interview.Introduce:
		return personForm(a)
	case interview.SetConsent:
		return consentForm(a)
	case interview.SetAdviser:
		return adviserForm(a)
	case interview.Rename:
		return "/rename " + inMarks(a.Person) + " to " + inMarks(a.Name)
	case interview.JoinPeople:
		return "/join " + inMarks(a.Person) + " with " + inMarks(a.Into)
	case interview.DropPerson:
		return "/drop " + inMarks(a.Person)
	case interview.Ask:
		return fmt.Sprintf("/ask %d", a.Number)
	case interview.Next:
		return "/next"
	case interview.EnterStage:
		return stageForm(a.Name)
	case interview.SetOutcome:
		return "/outcome " + string(a.Outcome)
	case interview.End:
		return "/end"
	case interview.Reopen:
		return "/reopen"
	case interview.Undo:
		return "/undo"
	case interview.Redo:
		return "/redo"
	default:
		return formatProblem(action)
	}
}

// formatProblem is Format for what is done to problems.
func formatProblem(action interview.Action) string {
	switch a := action.(type) {
	case interview.Weigh:
		return impactForm(a)
	case interview.PlayBack:
		return playbackForm(a)
	case interview.SetAside:
		return asideForm(a)
	case interview.TakeUp:
		return fmt.Sprintf("/take-up %s", a.Problem)
	case interview.SetRaised:
		return fmt.Sprintf("/raised %s %s", a.Problem, a.Raised)
	case interview.AskLeftOut:
		return strings.TrimSuffix("/left-out "+WordsForm(a.Text, a.Quoted), " ")
	case interview.Reword:
		return fmt.Sprintf("/reword %s %s", a.Problem, WordsForm(a.Text, a.Quoted))
	case interview.Tag:
		return tagForm(a)
	case interview.Tie:
		if a.Problem == 0 {
			return fmt.Sprintf("/untie %s", a.Number)
		}
		return fmt.Sprintf("/tie %s %s", a.Number, a.Problem)
	case interview.Join:
		return fmt.Sprintf("/join %s %s", a.Problem, a.Into)
	case interview.Fix:
		switch {
		case a.What == interview.ThingProblem:
			return fmt.Sprintf("/fix %s %s", thingForm(a.What, a.Number), WordsForm(a.Text, a.Quoted))
		case a.Text == "" && a.Due != nil:
			return dueForm(a.Number, *a.Due)
		}
		text := a.Text
		if bare := strings.TrimLeft(text, `\`); a.What == interview.Numbered && (markSize(bare, '@') > 0 || a.Said == "" && opensAny(bare)) {
			text = `\` + text // no name of a speaker, and no mark of a quote
		}
		if a.Speaker != nil {
			text = saidForm(*a.Speaker, text)
		}
		return fmt.Sprintf("/fix %s %s", thingForm(a.What, a.Number), text)
	case interview.Drop:
		return "/drop " + thingForm(a.What, a.Number)
	case interview.Pick:
		return pickForm(a)
	default:
		return formatSolution(action)
	}
}

// formatSolution is Format for solutions, and for what comes after a meeting.
func formatSolution(action interview.Action) string {
	switch a := action.(type) {
	case interview.Solve:
		return solveForm(a)
	case interview.MustRespect:
		return fmt.Sprintf("/respect %s %s", a.Problem, a.Text)
	case interview.Advise:
		return fmt.Sprintf("/advise %s %s", a.Problem, a.Text)
	case interview.Share:
		return fmt.Sprintf("/share %s%s", a.Solution, facetsForm(facet{keyOurs, a.Ours}, facet{keyTheirs, a.Theirs}))
	case interview.React:
		return fmt.Sprintf("/react %s %s", a.Solution, a.Text)
	case interview.Decide:
		if a.Decision == interview.Declined {
			return fmt.Sprintf("/decline %s", a.Solution)
		}
		return fmt.Sprintf("/agree %s", a.Solution)
	case interview.Carry:
		return fmt.Sprintf("/route %s %s", a.Problem, departmentForm(a.Department, a.Owner, a.Due))
	case interview.AnswerRoute:
		return fmt.Sprintf("/answer %s %s", a.Number, a.Text)
	case interview.Done:
		return fmt.Sprintf("/done %s", a.Number)
	case interview.Told:
		return fmt.Sprintf("/told %s", a.Number)
	default: // Discard
		return ""
	}
}

// lineForm writes a line: who said it, the mark, the text, and its themes.
func lineForm(kind Kind, speaker, text string, themes []string) string {
	k := textKind{front: kind == KindParaphrase, quote: kind == KindQuote}
	return saidForm(speaker, marked(kind, textForm(text, k))+themesForm(" #", themes))
}

// problemForm writes the wording of a problem, with the mark in front of their very words.
func problemForm(a interview.Raise) string {
	if a.Quoted {
		return `"` + textForm(a.Text, textKind{quote: true})
	}
	return textForm(a.Text, textKind{words: true})
}

// saidForm puts who said it in front of a line. A name whose end would not be seen, because what
// follows reads like more of it, stands in quotes.
func saidForm(speaker, line string) string {
	if speaker == "" {
		return line
	}
	form := Mention(speaker) + " " + line
	if h := (Context{}).readHead(form); h.naming || h.speaker != speaker {
		return "@" + inMarks(speaker) + " " + line
	}
	return form
}

// marked puts the mark of a kind in front of a text. A blank goes between where the two would be
// read as text: the + of +5.
func marked(kind Kind, text string) string {
	row := markOf(kind)
	if _, n := opens(row.Char + text); n == 0 && row.Char != "" {
		return row.Char + " " + text
	}
	return row.Char + text
}

func promiseForm(a interview.Promises) string {
	text := escapeSubject(a, textForm(a.Text, textKind{promise: true, doubt: a.Doubt.Words}))
	owed := owedForm(a.Text, text, a.Owner, a.Due)
	return saidForm(a.Speaker, marked(KindPromise, owed)+themesForm(" #", a.Themes))
}

// departmentForm writes who answers a route, by when.
func departmentForm(department, owner string, due interview.Date) string {
	return owedForm(department, textForm(department, textKind{words: true, promise: true}), owner, due)
}

// owedForm writes what somebody owes, form being how its text is written. The owner goes behind it,
// as people type it, or in front where a name behind it would belong to the sentence.
func owedForm(text, form, owner string, due interview.Date) string {
	switch {
	case owner != "" && awaitsName(text):
		form = Mention(owner) + " " + form
	case owner != "":
		form += " " + Mention(owner)
	}
	if !due.IsZero() {
		form += " due " + due.String()
	}
	return form
}

// themesForm writes the themes that tags can name, each with mark in front.
func themesForm(mark string, themes []string) string {
	form := ""
	for _, t := range themes {
		if t != "" && onlyTag("#"+t) == t {
			form += mark + t
		}
	}
	return form
}

// textKind says where a text is written, which decides what has to be escaped.
type textKind struct {
	front   bool // nothing stands in front of it that says what it is
	quote   bool
	words   bool
	promise bool
	doubt   string // the words of a promise that stay in doubt
	marks   bool   // quotation marks are escaped wherever they stand
}

// textForm writes a text so that readText reads it.
func textForm(text string, k textKind) string {
	if k.promise {
		text = day.Escape(text, k.doubt)
	}
	if k.front {
		if n := backslashes(text); !escapable(text[n:], true) && (n > 0 || mustSign(text)) {
			text = `\` + text
		}
	}
	form := escaped(text, k)
	if _, n := closing(form, 0, '"'); k.quote && n > 0 {
		k.marks = true
		return escaped(text, k)
	}
	return form
}

// mustSign reports whether a text that begins with what can be a mark would be read as one.
func mustSign(text string) bool {
	_, n := opens(text)
	return n > 0 || skipUnseen(text) != text || markSize(text, '\\') > 0
}

// escaped writes a text with backslashes in front of what would have a meaning in it.
func escaped(text string, k textKind) string {
	var b strings.Builder
	begins := true
	for i := 0; i < len(text); {
		n := backslashes(text[i:])
		b.WriteString(text[i : i+n])
		at := i + n
		special := escapable(text[at:], begins)
		switch {
		case special && n > 0:
			b.WriteString(text[i:at])
			b.WriteByte('\\')
		case special && k.mustEscape(text, at):
			b.WriteByte('\\')
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		b.WriteString(text[at : at+size])
		begins = beginsWord(r)
		i = at + size
	}
	return b.String()
}

// opensAny reports whether a text would be read as a quote.
func opensAny(text string) bool {
	_, n := opensQuote(text)
	return n > 0
}

// mustEscape reports whether what stands at a place of a text, and could be
// escaped, has to be.
func (k textKind) mustEscape(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	switch {
	case anyMark(text[at:]) > 0 || isSingle(r):
		return k.marks || (k.front || k.words) && at == 0 && opensAny(text)
	case asMark(r) == '@':
		_, n := mention(text[at:])
		return k.promise && n > 0 || k.front && at == 0
	default:
		return true // a theme
	}
}
