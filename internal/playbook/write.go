package playbook

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Write returns a playbook as Markdown, from which Read returns the same playbook but for four
// things: the ID is not in the file; every text becomes one line, and an empty one is left out;
// characters that are invisible or would act on a terminal are spelled out; and what Read adds to
// every playbook (the two stages, a mark that a name implies) is added to this one too.
func Write(p interview.Playbook) []byte {
	var b strings.Builder
	name := shown(p.Name)
	if name == "" {
		name = nameOfID(p.ID)
	}
	b.WriteString("# " + plain.Markdown(name) + "\n")
	if about := prose(p.About); about != "" {
		b.WriteString("\n" + about + "\n")
	}
	for _, s := range p.Stages {
		writeStage(&b, s)
	}
	return []byte(b.String())
}

func writeStage(b *strings.Builder, s interview.Stage) {
	name := shown(s.Name)
	if name == "" {
		name = opening
	}
	words := plain.Markdown(name)
	if _, _, ok := lastGroup(words); ok {
		words = words[:len(words)-1] + `\` + words[len(words)-1:] // no time and no mark
	}
	b.WriteString("\n## " + words)
	if s.Mark != interview.MarkNone {
		b.WriteString(" [" + string(s.Mark) + "]")
	}
	b.WriteString("\n")
	for _, n := range s.Notes {
		if n = prose(n); n != "" {
			b.WriteString("\n" + n + "\n")
		}
	}
	apart := true // whether the next question has to stand apart from what is above it
	for _, q := range s.Questions {
		text := spoken(q.Text)
		if text == "" {
			continue
		}
		if apart {
			b.WriteString("\n")
		}
		if words := clean(q.Text); isStatement(words) || isLead(words) {
			text = "Q: " + text // or it would be something to say, or a lead to its probes
		}
		b.WriteString("- " + text + "\n")
		apart = false
		for _, n := range q.Notes {
			if n = prose(n); n != "" {
				b.WriteString("\n  " + n + "\n")
				apart = true
			}
		}
		for i, probe := range q.Probes {
			if probe = spoken(probe); probe != "" {
				if apart && i == 0 {
					b.WriteString("\n")
				}
				b.WriteString("  - " + probe + "\n")
			}
		}
	}
}

// shown returns a text as one line of visible characters.
func shown(s string) string {
	return clean(plain.Terminal(clean(s)))
}

// spoken returns a question or probe as Markdown.
func spoken(s string) string {
	s = plain.Markdown(shown(s))
	if n := len(label(s)); n > 0 {
		return s[:n-1] + `\` + s[n-1:]
	}
	return s
}

// prose returns a note as Markdown that asks nothing.
func prose(s string) string {
	s = spoken(s)
	if at := promptAt(s); at >= 0 {
		s = s[:at] + "&#" + strconv.Itoa(int(s[at])) + ";" + s[at+1:]
	}
	at := questionMark(s)
	if at < 0 {
		return s
	}
	if s[at] == '?' {
		return s[:at] + `\` + s[at:]
	}
	r, size := utf8.DecodeRuneInString(s[at:])
	return s[:at] + "&#" + strconv.Itoa(int(r)) + ";" + s[at+size:]
}
