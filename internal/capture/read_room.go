package capture

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hark/internal/interview"
)

func readPerson(a *args) (interview.Action, error) {
	name, rest := personName(strings.TrimSpace(strings.TrimPrefix(a.rest, ":")))
	if name == "" {
		return nil, a.needs("a name")
	}
	read := readAbout(behind(rest))
	return interview.Introduce{Name: name, Role: read.role, Side: read.side, Doubt: read.doubt}, nil
}

func personForm(p interview.Introduce) string {
	all := about{p.Role, p.Side, p.Doubt}
	form := nameForm(p.Name, ",;，；、") + aboutForm(all)
	if name, rest := personName(form); name != p.Name || readAbout(behind(rest)) != all {
		form = inMarks(p.Name) + aboutForm(all)
	}
	return "/person " + form
}

func readRename(a *args) (interview.Action, error) {
	who, name := twoNames(a.rest, "to")
	if who == "" || name == "" {
		return nil, a.needs("two names")
	}
	if bare, rest := personName(name); rest != "" && !strings.HasSuffix(trimRight(a.rest), `"`) {
		if read := readAbout(behind(rest)); read.side != "" || !read.doubt.IsZero() {
			return nil, &Error{"A side is no part of a name", shownLine("/rename " + nameForm(who, ":") + " to " + bare)}
		}
	}
	return interview.Rename{Person: who, Name: name}, nil
}

// twoNames reads "NAME to NAME", with one of the words between them, or "NAME: NEW"; without either
// also two names of which each is one word or in quotes. Both names are "" when there are not two.
func twoNames(s string, between ...string) (who, other string) {
	s = strings.TrimSpace(s)
	from := 0
	if _, n := inQuotes(s); n > 0 {
		from = n
	}
	for i := from; i < len(s); {
		if s[i] == ':' {
			return readName(s[:i]), readName(s[i+1:])
		}
		if followsBlank(s, i) {
			word, rest := cutWord(s[i:])
			if slices.ContainsFunc(between, func(b string) bool { return strings.EqualFold(word, b) }) {
				if rest == "" {
					return "", ""
				}
				return readName(s[:i]), readName(rest)
			}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	if s, from = strings.TrimPrefix(s, "@"), strings.IndexFunc(s, unicode.IsSpace); from < 0 {
		return "", ""
	}
	if _, n := inQuotes(s); n > 0 {
		from = n
	} else {
		from = strings.IndexFunc(s, unicode.IsSpace)
	}
	rest := strings.TrimPrefix(strings.TrimSpace(s[from:]), "@")
	if _, n := inQuotes(rest); n < len(rest) && strings.ContainsFunc(rest, unicode.IsSpace) {
		return "", ""
	}
	return readName(s[:from]), readName(rest)
}

func readAdviser(a *args) (interview.Action, error) {
	s := withoutPlease(a.rest)
	act := interview.SetAdviser{Joins: true}
	i := lastWord(s)
	if joins, ok := yesNo(s[i:]); ok {
		act.Joins, s = joins, s[:i]
	}
	if act.Name = readName(s); act.Name == "" {
		return nil, a.needs("a name")
	}
	return act, nil
}

func adviserForm(a interview.SetAdviser) string {
	if a.Joins {
		return "/adviser " + nameForm(a.Name, "") + " yes"
	}
	return "/adviser " + nameForm(a.Name, "") + " no"
}

// readAsk reads the number of a question. Words are something to ask later.
func readAsk(a *args) (interview.Action, error) {
	if first, _ := utf8.DecodeRuneInString(trimLeft(a.rest)); unicode.IsLetter(first) {
		later := *a
		if _, err := later.onlyNumber("a question", "q"); err != nil {
			return readLine(KindFollowUp)(a)
		}
	}
	n, err := a.onlyNumber("a question", "q")
	if err == nil && n.Letters() != "" {
		return nil, a.fail(quoted(n.String()) + " is not the number of a question")
	}
	return interview.Ask{Number: n.Count()}, err
}

func readNext(a *args) (interview.Action, error) { return interview.Next{}, a.end() }

func readStage(a *args) (interview.Action, error) {
	stage, err := a.needText("the name of a stage")
	return interview.EnterStage{Name: unquote(stage)}, err
}

func stageForm(stage string) string {
	if openingMark(stage) > 0 {
		stage = inMarks(stage)
	}
	return "/stage " + stage
}

func readOutcome(a *args) (interview.Action, error) {
	outcomes := []string{string(interview.WorkedOut), string(interview.NoFit), string(interview.MoreToLearn)}
	text := a.text()
	if _, named := choose(a.name, outcomes...); named && text == "" {
		text = a.name // /no-fit
	}
	o, err := a.pick(text, "an outcome", outcomes...)
	return interview.SetOutcome{Outcome: interview.Outcome(o)}, err
}

func readEnd(a *args) (interview.Action, error)    { return interview.End{}, a.end() }
func readReopen(a *args) (interview.Action, error) { return interview.Reopen{}, a.end() }
func readUndo(a *args) (interview.Action, error)   { return interview.Undo{}, a.end() }
func readRedo(a *args) (interview.Action, error)   { return interview.Redo{}, a.end() }
