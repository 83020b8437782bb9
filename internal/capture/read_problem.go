package capture

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hark/internal/interview"
	"hark/internal/plain"
)

// readProblem reads a text as in a line, for a problem has themes. Without the number of a line the
// text is a problem, whatever its first words are.
func readProblem(a *args) (interview.Action, error) {
	if s := trimLeft(a.rest); s == "" || !isDigit(strings.TrimPrefix(strings.TrimPrefix(s, "line "), "#")[0]) {
		return readLine(KindProblem)(a)
	}
	whole := *a
	n, err := a.readNumber("a line", "")
	if err != nil || isDigit(trimLeft(whole.rest)[0]) && !a.in.isLine(n) {
		return readLine(KindProblem)(&whole) // 5% of the welds, 3d prints
	}
	if a.by != "" {
		return nil, &Error{"/" + a.name + " takes nobody's name in front of the number of a line", shownLine(a.form)}
	}
	s := a.text()
	read, err := a.in.readText(s, textRules{themes: true, words: true})
	if err != nil {
		return nil, err
	}
	if onlyTags(s) {
		read.text = "" // the words of the problem are those of the line
	}
	return interview.Raise{Line: n, Text: read.text, Quoted: read.quoted && read.text != "", Themes: read.themes}, nil
}

// onlyTags reports whether s is nothing but themes.
func onlyTags(s string) bool {
	for s != "" {
		word, rest := cutWord(s)
		if onlyTag(word) == "" {
			return false
		}
		s = rest
	}
	return true
}

// readPlayback reads an answer. /yes, /nearly, /no and /confirm have it in their names.
func readPlayback(a *args) (interview.Action, error) {
	answers := []string{string(interview.Yes), string(interview.Nearly), string(interview.No)}
	named := answerNamed(a.name)
	if named != "" {
		a.form = strings.Replace(a.form, " yes|nearly|no", "", 1)
	}
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	p := interview.PlayBack{Problem: n, By: a.by, Said: a.in.wording(n)}
	answer, s := answerIn(a.rest)
	if _, again := choose(answer, answers...); named != "" && !again {
		answer, s = named, trimLeft(strings.TrimLeft(trimLeft(a.rest), ",."))
	}
	if answer, err = a.pick(answer, "an answer to a playback", answers...); err != nil {
		return nil, err
	}
	p.Answer = interview.Answer(answer)
	a.form = strings.Replace(a.form, "yes|nearly|no", answer, 1)
	if word, after := cutWord(s); strings.EqualFold(word, "by") {
		if p.By, s = answeredBy(after); p.By == "" {
			a.form = strings.Replace(a.form, "[by NAME]", "by NAME", 1)
			return nil, a.fail("There is no name behind by")
		}
	} else if who, after := answeredBy(s); a.in.isHere(who) {
		p.By, s = who, after
	}
	if a.by != "" && plain.FoldName(a.by) != plain.FoldName(p.By) {
		return nil, &Error{"Only one person answers: " + quoted(a.by) + " stands in front and " + quoted(p.By) + " behind the answer",
			shownLine(fmt.Sprintf("/playback %s %s by %s%s", n, answer, nameForm(p.By, ":"), s))}
	}
	correction, colon := strings.CutPrefix(s, ":")
	if s != "" && !colon && p.Answer == interview.Yes {
		return nil, &Error{"A yes goes to the wording that was read out", shownLine(fmt.Sprintf("/playback %s yes, or /playback %s nearly: %s", n, n, s))}
	}
	return a.corrected(p, strings.TrimSpace(correction))
}

// corrected adds what they corrected to a playback: the wording, or behind keys what weighs the
// problem (how-bad=3 wording="one weld in four").
func (a *args) corrected(p interview.PlayBack, correction string) (interview.Action, error) {
	keys := correctionKeys()
	if !beginsWithKey(correction, keys) {
		p.Correction, p.Quoted = Words(correction)
		return p, nil
	}
	a.rest, a.form = correction, fmt.Sprintf("/playback %s %s: %s=…", p.Problem, p.Answer, keys[0])
	read, err := a.values(keys)
	if err != nil {
		return nil, err
	}
	read = joinLoose(read)
	if i := slices.IndexFunc(read, func(r pair) bool { return r.key == keyWording }); i >= 0 {
		p.Correction, p.Quoted = Words(read[i].value)
		read = slices.Delete(read, i, i+1)
	}
	if len(read) > 0 {
		p.Figures, err = weighing(p.Problem, read)
	}
	return p, err
}

// correctionKeys returns the keys of what they corrected.
func correctionKeys() []string { return append(facetKeys(), keyWording) }

// beginsWithKey reports whether s begins with one of the keys and an =.
func beginsWithKey(s string, keys []string) bool {
	typed, ok := beforeEquals(s)
	if ok {
		_, ok = knownKey(typed, keys)
	}
	return ok
}

// answerNamed returns the answer that a word for the command is, "" for none.
func answerNamed(word string) string {
	switch word {
	case "yes", "confirm", "confirmed", "ok", "okay", "right", "ja", "oui", "si":
		return string(interview.Yes)
	case "nearly", "almost":
		return string(interview.Nearly)
	case "no", "wrong", "nein", "non", "nee":
		return string(interview.No)
	}
	return ""
}

// answerIn reads the word of an answer, and what follows it.
func answerIn(s string) (answer, rest string) {
	s = trimLeft(s)
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	answer, rest = s[:end], trimLeft(strings.TrimLeft(s[end:], ".,!"))
	switch {
	case strings.EqualFold(answer, "n"):
		answer = string(interview.No)
	case answer == "" && rest != "":
		answer, _ = cutWord(s)
	}
	return answer, rest
}

// answeredBy reads a name up to a colon, or in quotes.
func answeredBy(s string) (who, rest string) {
	quotes := strings.TrimPrefix(s, "@")
	if inner, n := inQuotes(quotes); n > 0 {
		if after := trimLeft(quotes[n:]); after == "" || after[0] == ':' {
			return strings.TrimSpace(inner), after
		}
	}
	end := strings.IndexByte(s, ':')
	if end < 0 {
		end = len(s)
	}
	return readName(s[:end]), s[end:]
}

func playbackForm(p interview.PlayBack) string {
	form := fmt.Sprintf("/playback %s %s", p.Problem, p.Answer)
	if p.By != "" {
		form += " by " + nameForm(p.By, ":")
	}
	switch figures := weighingForm(p.Figures); {
	case figures != "" && p.Correction != "":
		form += ":" + figures + wordingForm(p.Correction, p.Quoted)
	case figures != "":
		form += ":" + figures
	case !p.Quoted && beginsWithKey(p.Correction, correctionKeys()):
		form += ":" + wordingForm(p.Correction, false)
	case p.Correction != "":
		form += ": " + WordsForm(p.Correction, p.Quoted)
	}
	return form
}

func readAside(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	reason := strings.TrimPrefix(trimLeft(a.rest), ":")
	return interview.SetAside{Problem: n, Reason: unquote(strings.TrimSpace(reason))}, nil
}

func asideForm(s interview.SetAside) string {
	if s.Reason == "" {
		return fmt.Sprintf("/aside %s", s.Problem)
	}
	return fmt.Sprintf("/aside %s: %s", s.Problem, quotedForm(s.Reason))
}

func readTakeUp(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a problem", "p")
	return interview.TakeUp{Problem: n}, err
}

func readRaised(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	raised, err := a.pick(a.text(), "how a problem comes up", string(interview.Unprompted), string(interview.WhenAsked))
	return interview.SetRaised{Problem: n, Raised: interview.Raised(raised)}, err
}

func readLeftOut(a *args) (interview.Action, error) {
	asks := strings.HasPrefix(a.rest, "?")
	text := a.text()
	if asks && strings.Trim(text, "?!. ") == "" {
		return nil, a.needs("what they said; nothing behind it means that they said “nothing”")
	}
	said, quoted := Words(text)
	return interview.AskLeftOut{Text: said, Quoted: quoted && said != ""}, nil
}

func readTie(a *args) (interview.Action, error) {
	n, err := a.readNumber("a line", "")
	if err != nil {
		return nil, err
	}
	if word, rest := cutWord(trimLeft(a.rest)); strings.EqualFold(word, "to") {
		a.rest = rest
	}
	p, err := a.onlyNumber("a problem", "p")
	return interview.Tie{Number: n, Problem: p}, err
}

func readUntie(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a line", "")
	return interview.Tie{Number: n}, err
}

func readJoin(a *args) (interview.Action, error) {
	who, into := twoNames(a.rest, "with", "into")
	_, size := numberAt(trimLeft(a.rest), "p")
	switch {
	case who != "" && into != "" && !(isNumber(who) && isNumber(into)): // somebody can be called 3M
		return interview.JoinPeople{Person: who, Into: into}, nil
	case size == 0 && strings.TrimSpace(a.rest) != "":
		a.form = "/join NAME with NAME"
		return nil, a.needs("two numbers or two names")
	}
	a.form, _, _ = strings.Cut(a.form, " |")
	p, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	if word, rest := cutWord(trimLeft(a.rest)); strings.EqualFold(word, "with") || strings.EqualFold(word, "into") {
		a.rest = rest
	}
	other, err := a.onlyNumber("a problem", "p")
	return interview.Join{Problem: p, Into: other}, err
}

// isNumber reports whether a text is the number of a problem and nothing else.
func isNumber(text string) bool {
	_, size := numberAt(text, "p")
	return size > 0 && size == len(text)
}

func readReword(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	text, quoted, err := a.needWords("the new wording")
	return interview.Reword{Problem: n, Text: text, Quoted: quoted}, err
}

func readTheme(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	t := interview.Tag{Problem: n}
	for word := range strings.FieldsSeq(a.rest) {
		bare, remove := strings.CutPrefix(strings.TrimRight(word, ","), "-")
		theme := onlyTag("#" + bare[markSize(bare, '#'):])
		if theme == "" {
			return nil, a.fail(quoted(word) + " is not a theme: one word that begins with a letter")
		}
		if remove {
			t.Remove = append(t.Remove, theme)
		} else {
			t.Add = append(t.Add, theme)
		}
	}
	t.Add, t.Remove = themesOf(t.Add), themesOf(t.Remove)
	if len(t.Add)+len(t.Remove) == 0 {
		return nil, a.needs("a theme")
	}
	return t, nil
}

func tagForm(t interview.Tag) string {
	return fmt.Sprintf("/theme %s%s%s", t.Problem, themesForm(" #", t.Add), themesForm(" -#", t.Remove))
}
