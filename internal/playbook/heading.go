package playbook

import (
	"slices"
	"strings"
	"unicode"

	"hark/internal/interview"
	"hark/internal/nearest"
)

// heading begins a section.
func (g *guide) heading(level int, lines []line) {
	if len(lines) == 0 {
		return // a lone "##", which is reported as formatting
	}
	whole := clean(strings.Join(g.flatten(lines), " "))
	at := span{lines[0].number, lines[len(lines)-1].number}
	if whole == "" {
		g.report.ignore(at, "a heading without words")
		return
	}
	raws := make([]string, len(lines))
	for i, l := range lines {
		raws[i] = strings.TrimSpace(l.raw)
	}
	s := section{piece: piece{at, whole}, level: level, whole: whole}
	g.peel(&s, unwrap(strings.Join(raws, " ")))
	if s.mark == interview.MarkNone {
		s.mark = markOfName(s.text)
	}
	g.sections = append(g.sections, s)
}

// peel takes the mark and the time off the end of a heading.
func (g *guide) peel(s *section, raw string) {
	for {
		inner, rest, ok := lastGroup(raw)
		if !ok {
			break
		}
		square := strings.HasSuffix(strings.TrimRight(raw, " \t"), "]")
		mark, nearly := markCalled(inner)
		switch {
		case square && mark != interview.MarkNone && s.mark == interview.MarkNone:
			s.mark = mark
		case isTime(inner) && s.timing == "":
			s.timing = g.inline.flatten([]string{inner})[0]
		default:
			if square && nearly != interview.MarkNone {
				g.report.problem(s.first, "unknown mark [%s]; did you mean [%s]?", inner, nearly)
			}
			ok = false
		}
		if !ok {
			break
		}
		raw = rest
	}
	name := g.inline.flatten([]string{raw})[0]
	switch {
	case name != "":
		s.text = name
	case s.mark != interview.MarkNone:
		s.text = strings.ToUpper(string(s.mark[:1])) + string(s.mark[1:])
	default:
		s.timing = "" // nothing but a time is a name after all
	}
}

// markCalled returns the mark that is written in square brackets, or else the one that was probably
// meant.
func markCalled(s string) (mark, nearly interview.StageMark) {
	bare := bareMark(s)
	for _, m := range interview.StageMarks() {
		switch want := bareMark(string(m)); {
		case bare == want:
			return m, m
		case len(bare) <= 2*len(want) && nearest.Slips(bare, want) <= 2:
			nearly = m
		}
	}
	return interview.MarkNone, nearly
}

// bareMark returns s in lower case without what may join two words.
func bareMark(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// markOfName returns the mark of a stage whose name alone says it.
func markOfName(name string) interview.StageMark {
	switch strings.ToLower(name) {
	case "play it back", "play back", "playback", "playing back":
		return interview.MarkPlayback
	case "work it out", "work it out together", "working it out", "solution":
		return interview.MarkSolution
	}
	return interview.MarkNone
}

// isTime reports whether s is a length of time, such as "~5 mins" or "5-10 min".
func isTime(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if !slices.Contains([]string{
			"s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes",
			"h", "hr", "hrs", "hour", "hours", "to", "or", "about", "approx", "ca",
		}, w) {
			return false
		}
	}
	return len(words) > 0 && strings.ContainsAny(s, "0123456789")
}

// isGuideTitle reports whether a heading says that the guide itself begins there, as "Interview
// guide" and "Customer discovery script" do.
func isGuideTitle(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	n := len(words)
	return n > 1 && slices.Contains([]string{"guide", "script"}, words[n-1]) &&
		slices.Contains([]string{"interview", "discussion", "discovery", "conversation", "study", "research"}, words[n-2])
}
