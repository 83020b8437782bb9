package export

import (
	"bytes"
	"slices"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Markdown returns the interview as one Markdown file, for colleagues who read
// it on GitHub, in Obsidian or anywhere else. Whom it names and what it quotes
// follows from what the customer allowed, as the package comment says. The
// front matter holds quoted scalars, and arrays of them.
//
// Everything that people wrote comes out as they wrote it, with no markup of its
// own, and nothing in the file acts on a terminal.
func Markdown(iv *interview.Interview, opts Options) []byte {
	return LayOut(iv, opts).Markdown()
}

// Markdown returns what the function Markdown does.
func (l *Laid) Markdown() []byte {
	p := l.page()
	var head strings.Builder
	l.w.frontMatter(&head)
	return appendMarkdownPage(append(make([]byte, 0, head.Len()+p.capacity()), head.String()...), p)
}

// markdownPage writes a page as Markdown, without front matter.
func markdownPage(p page) []byte {
	return bytes.TrimPrefix(appendMarkdownPage(make([]byte, 0, p.capacity()), p), []byte("\n"))
}

// capacity is about how many bytes a page takes as Markdown.
func (p page) capacity() int {
	n := 0
	for _, bl := range p {
		n += 16
		for _, s := range bl.spans {
			n += len(s.text) + 8
		}
	}
	return n
}

// appendMarkdownPage appends blocks with empty lines between them, but for those
// of a list.
func appendMarkdownPage(b []byte, p page) []byte {
	last := title
	for i := range p {
		if !listed(last) || !listed(p[i].kind) {
			b = append(b, '\n')
		}
		b = appendMarkdown(b, &p[i])
		last = p[i].kind
	}
	return b
}

// listed reports whether a block is an item of a list.
func listed(k blockKind) bool { return k == item || k == todo || k == done }

// frontMatter writes what the programs that collect such files look for.
func (w *writer) frontMatter(b *strings.Builder) {
	iv := w.iv
	scalar := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + plain.JSONScalar(value) + "\n")
		}
	}
	array := func(key string, values []string) {
		if len(values) == 0 {
			return
		}
		for i, v := range values {
			values[i] = plain.JSONScalar(v)
		}
		b.WriteString(key + ": [" + strings.Join(values, ", ") + "]\n")
	}
	b.WriteString("---\n")
	scalar("id", iv.ID.String())
	scalar("customer", iv.Customer)
	scalar("date", interview.DateOf(iv.MetAt().In(w.opts.Location)).String())
	scalar("playbook", iv.Playbook.Name)
	scalar("outcome", string(iv.Outcome))
	var people, themes []string
	for _, side := range []interview.Side{interview.Theirs, interview.Ours} {
		for _, c := range w.callings(side) {
			people = append(people, c.label)
		}
	}
	array("people", people)
	for _, p := range iv.Problems {
		themes = append(themes, p.Themes...)
	}
	for _, l := range iv.Lines {
		if w.shown(l) {
			themes = append(themes, l.Themes...)
		}
	}
	slices.Sort(themes)
	array("themes", slices.Compact(themes))
	b.WriteString("---\n")
}

// appendMarkdown appends one block and the newline at its end. hark's own words
// hold nothing that means anything in Markdown, so they go as they are.
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

// markdownLead is what a block begins with, and what its further lines do.
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
