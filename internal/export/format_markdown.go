package export

import (
	"bytes"
	"slices"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Markdown returns the page as one Markdown file. The front matter holds quoted scalars and arrays
// of them. Everything that people entered comes out as entered, without markup of its own, and
// nothing in the file acts on a terminal.
func (p *Page) Markdown() []byte {
	blocks := p.blocks()
	return appendMarkdownBlocks(append(make([]byte, 0, capacity(blocks)), p.w.frontMatter()...), blocks)
}

// markdownBlocks returns blocks as Markdown, without front matter.
func markdownBlocks(blocks []block) []byte {
	return bytes.TrimPrefix(appendMarkdownBlocks(nil, blocks), []byte("\n"))
}

// capacity estimates how many bytes blocks take as Markdown.
func capacity(blocks []block) int {
	n := 0
	for _, bl := range blocks {
		n += 16
		for _, s := range bl.spans {
			n += len(s.text) + 8
		}
	}
	return n
}

// appendMarkdownBlocks appends blocks, with empty lines around those that are not in a list.
func appendMarkdownBlocks(b []byte, blocks []block) []byte {
	last := title
	for i := range blocks {
		if !last.inList() || !blocks[i].kind.inList() {
			b = append(b, '\n')
		}
		b = appendMarkdown(b, &blocks[i])
		last = blocks[i].kind
	}
	return b
}

// frontMatter returns the fields that programs which collect Markdown files look for.
func (w *writer) frontMatter() string {
	var b strings.Builder
	scalar := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + plain.JSONScalar(value) + "\n")
		}
	}
	array := func(key string, values []string) {
		if len(values) > 0 {
			b.WriteString(key + ": [" + strings.Join(mapped(values, plain.JSONScalar), ", ") + "]\n")
		}
	}
	iv := w.iv
	b.WriteString("---\n")
	scalar("id", iv.ID.String())
	scalar("customer", iv.Customer)
	scalar("date", w.met.String())
	scalar("playbook", iv.Playbook.Name)
	if interview.InDoubt(iv.Concurrent, interview.FieldOutcome) == nil {
		scalar("outcome", string(iv.Outcome))
	}
	array("people", mapped(slices.Concat(w.labels(interview.Theirs), w.labels(interview.Ours), w.labels("")), func(l label) string { return l.text }))
	var themes []string
	for _, p := range iv.Problems {
		themes = append(themes, p.Themes...)
	}
	for _, l := range iv.Lines {
		if w.audience.shows(l) {
			themes = append(themes, l.Themes...)
		}
	}
	slices.Sort(themes)
	array("themes", w.audience.themes(themes))
	b.WriteString("---\n")
	return b.String()
}

// appendMarkdown appends one block with the newline at its end. hark's own words contain no markup
// and are not escaped.
func appendMarkdown(b []byte, bl *block) []byte {
	lead, prefix := markdownLead(bl.kind)
	b = append(b, lead...)
	if bl.at != "" {
		b = append(append(b, bl.at...), ' ')
	}
	for _, s := range bl.spans {
		switch s.sort {
		case ownText:
			b = append(b, s.text...)
		case oneLine:
			b = plain.AppendMarkdown(b, plain.Terminal(s.text), "")
		case saidText:
			b = plain.AppendMarkdown(b, s.text, prefix)
		case quotedText:
			b = append(plain.AppendMarkdown(append(b, "“"...), s.text, prefix), "”"...)
		}
	}
	return append(b, '\n')
}

// markdownLead returns what a block begins with, and what its further lines begin with.
func markdownLead(k blockKind) (lead, prefix string) {
	switch k {
	case title:
		return "# ", ""
	case section:
		return "## ", ""
	case subsection:
		return "### ", ""
	case statement:
		return "> ", "> "
	case item:
		return "- ", "  "
	case todo:
		return "- [ ] ", "  "
	case done:
		return "- [x] ", "  "
	case paragraph:
	}
	return "", ""
}
