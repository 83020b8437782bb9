package capture

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"hark/internal/interview"
)

// readProblem reads a text as in a line, for a problem has themes.
func readProblem(a *args) (interview.Action, error) {
	n, err := a.number("a line", "")
	if err != nil {
		return nil, err
	}
	s := a.text()
	read, err := a.in.readText(s, marks{themes: true, words: true})
	if err != nil {
		return nil, err
	}
	if onlyTags(s) {
		read.text = "" // the words of the problem are those of the line
	}
	return interview.Raise{Line: n, Text: read.text, Themes: read.themes}, nil
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

// The keys of /impact.
const (
	keyHowOften = "how-often"
	keyHowBad   = "how-bad"
	keyCosts    = "costs"
	keyBears    = "bears"
	keyTried    = "tried"
	keyWants    = "wants"
)

func readImpact(a *args) (interview.Action, error) {
	n, err := a.number("a problem", "p")
	if err != nil {
		return nil, err
	}
	read, err := a.pairs([]string{keyHowOften, keyHowBad, keyCosts, keyBears, keyTried, keyWants})
	if err != nil {
		return nil, err
	}
	if len(read) == 0 {
		return nil, a.needs("something to weigh the problem by")
	}
	w := interview.Weigh{Problem: n}
	for _, p := range read {
		switch p.key {
		case keyHowOften:
			w.HowOften = &p.value
		case keyHowBad:
			bad, err := strconv.Atoi(p.value)
			if p.value != "" && (err != nil || bad < 1 || bad > 5 || len(p.value) > 1) {
				return nil, &Error{"How bad it is goes by their own rating from 1 to 5, not " + quoted(p.value), fmt.Sprintf("/impact %d how-bad=1..5", n)}
			}
			w.HowBad = &bad
		case keyCosts:
			w.Costs = &p.value
		case keyBears:
			w.Bears = &p.value
		case keyTried:
			w.Tried = &p.value
		case keyWants:
			w.Wants = &p.value
		}
	}
	return w, nil
}

func impactForm(w interview.Weigh) string {
	var bad *string
	if w.HowBad != nil {
		s := ""
		if *w.HowBad != 0 {
			s = strconv.Itoa(*w.HowBad)
		}
		bad = &s
	}
	return fmt.Sprintf("/impact %d%s", w.Problem, facetsForm(
		facet{keyHowOften, w.HowOften}, facet{keyHowBad, bad}, facet{keyCosts, w.Costs},
		facet{keyBears, w.Bears}, facet{keyTried, w.Tried}, facet{keyWants, w.Wants},
	))
}

// facet is a pair that may be missing.
type facet struct {
	key   string
	value *string
}

func facetsForm(all ...facet) string {
	form := ""
	for _, f := range all {
		if f.value != nil {
			form += pairsForm([]pair{{f.key, *f.value}})
		}
	}
	return form
}

func readPlayback(a *args) (interview.Action, error) {
	n, err := a.number("a problem", "p")
	if err != nil {
		return nil, err
	}
	p := interview.PlayBack{Problem: n, By: a.by}
	s := trimLeft(a.rest)
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	answer := s[:end]
	s = trimLeft(strings.TrimLeft(s[end:], ".,!"))
	if strings.EqualFold(answer, "n") {
		answer = string(interview.No)
	}
	if answer == "" && s != "" {
		answer, _ = cutWord(s)
	}
	if answer, err = a.pick(answer, "an answer to a playback", string(interview.Yes), string(interview.Nearly), string(interview.No)); err != nil {
		return nil, err
	}
	p.Answer = interview.Answer(answer)
	a.form = strings.Replace(a.form, "yes|nearly|no", answer, 1)
	if word, after := cutWord(s); strings.EqualFold(word, "by") {
		if p.By, s = answeredBy(after); p.By == "" {
			a.form = strings.Replace(a.form, "[by NAME]", "by NAME", 1)
			return nil, a.fail("There is no name behind by")
		}
	}
	if s == "" {
		return p, nil
	}
	correction, ok := strings.CutPrefix(s, ":")
	if !ok {
		return nil, &Error{"A colon goes in front of the correction", shownLine(fmt.Sprintf("/playback %d %s: %s", n, answer, s))}
	}
	p.Correction = words(strings.TrimSpace(correction))
	return p, nil
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
	form := fmt.Sprintf("/playback %d %s", p.Problem, p.Answer)
	if p.By != "" {
		form += " by " + nameForm(p.By, ":")
	}
	if p.Correction != "" {
		form += ": " + wordsForm(p.Correction)
	}
	return form
}

func readAside(a *args) (interview.Action, error) {
	n, err := a.number("a problem", "p")
	if err != nil {
		return nil, err
	}
	reason := strings.TrimPrefix(trimLeft(a.rest), ":")
	return interview.SetAside{Problem: n, Reason: strings.TrimSpace(reason)}, nil
}

func asideForm(s interview.SetAside) string {
	if s.Reason == "" {
		return fmt.Sprintf("/aside %d", s.Problem)
	}
	return fmt.Sprintf("/aside %d: %s", s.Problem, s.Reason)
}

func readTakeUp(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a problem", "p")
	return interview.TakeUp{Problem: n}, err
}

func readRaised(a *args) (interview.Action, error) {
	n, err := a.number("a problem", "p")
	if err != nil {
		return nil, err
	}
	raised, err := a.pick(a.text(), "how a problem comes up", string(interview.Unprompted), string(interview.WhenAsked))
	return interview.SetRaised{Problem: n, Raised: interview.Raised(raised)}, err
}

func readLeftOut(a *args) (interview.Action, error) {
	return interview.AskLeftOut{Text: words(a.text())}, nil
}

func readTie(a *args) (interview.Action, error) {
	n, err := a.number("a line", "")
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
	if _, size := numberAt(trimLeft(a.rest), "p"); size == 0 {
		if who, into := twoNames(a.rest, "with"); who != "" && into != "" {
			return interview.JoinPeople{Person: who, Into: into}, nil
		}
	}
	a.form, _, _ = strings.Cut(a.form, " |")
	p, err := a.number("a problem", "p")
	if err != nil {
		return nil, err
	}
	if word, rest := cutWord(trimLeft(a.rest)); strings.EqualFold(word, "with") || strings.EqualFold(word, "into") {
		a.rest = rest
	}
	into, err := a.onlyNumber("a problem", "p")
	return interview.Join{Problem: p, Into: into}, err
}

func readReword(a *args) (interview.Action, error) {
	n, err := a.number("a problem", "p")
	if err != nil {
		return nil, err
	}
	text, err := a.needWords("the new wording")
	return interview.Reword{Problem: n, Text: text}, err
}

func readTheme(a *args) (interview.Action, error) {
	n, err := a.number("a problem", "p")
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
	return fmt.Sprintf("/theme %d%s%s", t.Problem, themesForm(" #", t.Add), themesForm(" -#", t.Remove))
}
