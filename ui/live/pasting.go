package live

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
)

// pastedLines returns the lines of a pasted text in which anything can be seen.
func pastedLines(text string) []string {
	return slices.DeleteFunc(plain.Lines(text), capture.Blank)
}

// askPasted asks once what a paste of several lines is: one line or many, and whether what its
// lines begin with are marks. A + or > in pasted Markdown or mail is none.
func (m *Model) askPasted(text string, lines []string) tea.Cmd {
	q := &question{
		title:  "Pasted text",
		text:   fmt.Sprintf("%s, beginning with “%s”. Is it one thing that was said, or one thing on each line?", show.Count(len(lines), "line", "lines"), plain.Truncate(plain.Terminal(strings.TrimSpace(lines[0])), 48, "…")),
		short:  "take it so",
		rows:   []string{"one line: it goes into the box together", "many lines: each is kept for itself"},
		pasted: text,
	}
	if in := m.context(); slices.ContainsFunc(lines, func(line string) bool { return !in.StandsAsText(line) }) {
		q.rows = slices.Replace(q.rows, 1, 2, "many lines, all of them text: what they begin with stays as it is", "many lines, read as if typed: "+m.kindsOf(lines))
	}
	q.yes = func(m *Model, row int) tea.Cmd {
		switch row {
		case 0:
			m.box.Insert(text)
			m.complete()
			return m.touched()
		case 1:
			return m.addEach(lines, literally)
		default:
			return m.addEach(lines, m.read)
		}
	}
	m.open(q)
	return m.touched()
}

// literally is a line as a text in which nothing has a meaning.
func literally(line string) interview.Typed {
	return interview.Typed{Text: line, Action: interview.Add{Kind: interview.Paraphrase, Text: strings.TrimSpace(line)}}
}

// kindsOf says what lines would be: "2 promises, 1 thought".
func (m *Model) kindsOf(lines []string) string {
	count, in := map[capture.Kind]int{}, m.context()
	for _, line := range lines {
		count[in.Label(line).Kind]++
	}
	var all []string
	for _, k := range []struct {
		kind      capture.Kind
		one, many string
	}{
		{capture.KindProblem, "problem", "problems"}, {capture.KindPromise, "promise", "promises"}, {capture.KindQuote, "quote", "quotes"},
		{capture.KindObservation, "observation", "observations"}, {capture.KindStrength, "strength", "strengths"},
		{capture.KindThought, "thought of yours", "thoughts of yours"},
		{capture.KindFollowUp, "thing to ask", "things to ask"}, {capture.KindCommand, "command", "commands"},
		{capture.KindParaphrase, "paraphrase", "paraphrases"},
	} {
		if n := count[k.kind]; n > 0 {
			all = append(all, show.Count(n, k.one, k.many))
		}
	}
	return strings.Join(all, ", ")
}

// addEach adds lines that were pasted. Each is read as the lines in front of it leave the
// interview.
func (m *Model) addEach(lines []string, read func(string) interview.Typed) tea.Cmd {
	var cmds []tea.Cmd
	added := 0
	for _, line := range lines {
		cmd, ok := m.do(read(line), line)
		cmds = append(cmds, cmd)
		if !ok {
			m.box.Insert(line + "\n")
			continue
		}
		added++
	}
	if added > 0 {
		m.say(hint, show.Count(added, "line", "lines")+" kept")
	}
	m.lists[recordPane].End()
	return tea.Batch(append(cmds, m.touched())...)
}
