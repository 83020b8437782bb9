package playbook

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Guides mix questions with statements, instructions and blanks to fill in. This file tells them
// apart. Where a text could be either, it is a question: a reminder among the questions costs less
// than a question among the reminders.

// isStatement reports whether an item of a list asks nothing: it says something to the customer
// ("We are testing the design, not you"), gives an address, or is a blank to fill in.
func isStatement(text string) bool {
	if strings.ContainsAny(text, "?？؟") {
		return false
	}
	return isAddress(text) || isBlank(text) || beginsSo(text)
}

// isAddress reports whether a text gives an address: "Prototype: https://…".
func isAddress(text string) bool {
	return strings.Contains(text, "://") && regexp.MustCompile(`(?i)^[^.:]{1,40}: ?https?://`).MatchString(text)
}

// isBlank reports whether a text is a blank to fill in: "[Name and role]", "Role: [Job title]".
func isBlank(text string) bool {
	return strings.Contains(text, "]") &&
		regexp.MustCompile(`^([^.!:]{1,60}: ?)?\[[^\]]+\][.:]?( - [^.!:]{1,30}: ?\[[^\]]+\])*$`).MatchString(text)
}

// beginsSo reports whether a text begins as a statement does, unless the speaker wants to hear
// something.
func beginsSo(text string) bool {
	words := strings.Fields(strings.NewReplacer("’", "'", "“", "", "”", "", `"`, "").Replace(strings.ToLower(text)))
	if len(words) < 2 {
		return false
	}
	two := words[0] + " " + words[1]
	switch strings.TrimRight(words[0], ",.!") {
	case "i", "i'm", "i'd", "i'll", "i've", "we", "we're", "we'd", "we'll", "we've":
		for _, w := range words {
			switch strings.TrimRight(w, ",.!") {
			case "hear", "know", "learn", "understand", "tell", "ask":
				return false
			}
		}
		return true
	case "thank", "thanks", "welcome", "hi", "hello", "there's", "it's":
		return true
	}
	switch two {
	case "there are", "there is", "it is", "this is", "you can", "you can't", "you may", "not everything":
		return true
	}
	return false
}

// promptAt returns where a prompt begins, such as "Tell me about …", after the marks before it; -1
// when the text is none.
func promptAt(raw string) int {
	bare := strings.TrimLeft(raw, " \t*_\"“'‘")
	lower := strings.ToLower(bare)
	for _, begins := range []string{"tell me ", "tell us ", "walk me ", "walk us ", "talk me through ", "talk us through "} {
		if strings.HasPrefix(lower, begins) || strings.HasPrefix(lower, "please "+begins) {
			return len(raw) - len(bare)
		}
	}
	return -1
}

// isLead reports whether a text leads up to what is below it: "After all options are presented:".
func isLead(text string) bool {
	return strings.HasSuffix(text, ":") && !strings.ContainsAny(text, "?？؟")
}

// leads reports whether an item only leads up to the questions in the list below it, which are no
// probes of it then.
func (g *guide) leads(item ast.Node) bool {
	first := item.FirstChild()
	if first == nil || !holdsText(first) {
		return false
	}
	lines := g.lines(first)
	if len(lines) == 0 || label(withoutBox(lines[0].raw)) != "" || !isLead(clean(strings.Join(g.flatten(lines), " "))) {
		return false
	}
	return g.asksBeneath(item)
}

// asksBeneath reports whether an item in a list below an item asks something.
func (g *guide) asksBeneath(item ast.Node) bool {
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*ast.List); !ok {
			continue
		}
		for sub := n.FirstChild(); sub != nil; sub = sub.NextSibling() {
			if g.asksFirst(sub) {
				return true
			}
		}
	}
	return false
}

// asksFirst reports whether the first words of an item ask something.
func (g *guide) asksFirst(item ast.Node) bool {
	first := item.FirstChild()
	if first == nil || !holdsText(first) {
		return false
	}
	for _, l := range g.lines(first) {
		if questionMark(l.raw) >= 0 {
			return true
		}
	}
	return false
}

func holdsText(n ast.Node) bool {
	switch n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		return true
	}
	return false
}

// lead reads an item that leads up to the questions beneath it.
func (g *guide) lead(item ast.Node) {
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		g.column = -1
		if l, ok := n.(*ast.List); ok {
			g.list(l, false)
			continue
		}
		g.note(g.notes(n)...)
	}
	g.column = -1
}

// isProbing reports whether a text leads up to probes of the question above it: "Probes, as
// applicable:".
func isProbing(text string) bool {
	first, _, _ := strings.Cut(strings.ToLower(text), " ")
	switch strings.TrimRight(first, ",:") {
	case "probe", "probes", "prompts":
		return isLead(text)
	}
	return false
}

// statement adds an item that asks nothing. Of what is below it, what asks something is a question.
func (g *guide) statement(q node) {
	g.note(q.piece)
	g.note(q.notes...)
	for _, p := range q.probes {
		if strings.ContainsAny(p.text, "?？؟") || promptAt(p.text) >= 0 {
			g.question(node{piece: p, listed: true})
		} else {
			g.note(p)
		}
	}
}
