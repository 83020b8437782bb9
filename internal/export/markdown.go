package export

import (
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
	w := newWriter(iv, opts, allowed(iv))
	var b strings.Builder
	w.frontMatter(&b)
	writeMarkdownPage(&b, w.write())
	return []byte(b.String())
}

// markdownPage writes a page as Markdown, without front matter.
func markdownPage(p page) []byte {
	var b strings.Builder
	writeMarkdownPage(&b, p)
	return []byte(strings.TrimPrefix(b.String(), "\n"))
}

// writeMarkdownPage writes blocks with empty lines between them, but for those
// of a list.
func writeMarkdownPage(b *strings.Builder, p page) {
	var last block
	for _, bl := range p {
		if !listed(last.kind) || !listed(bl.kind) {
			b.WriteByte('\n')
		}
		writeMarkdown(b, bl)
		last = bl
	}
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

// writeMarkdown writes one block and the newline at its end. hark's own words
// hold nothing that means anything in Markdown, so they go as they are.
func writeMarkdown(b *strings.Builder, bl block) {
	prefix := ""
	switch bl.kind {
	case title:
		b.WriteString("# ")
	case section:
		b.WriteString("## ")
	case subsection:
		b.WriteString("### ")
	case paragraph:
	case statement:
		prefix = "> "
		b.WriteString(prefix)
	case item:
		prefix = "  "
		b.WriteString("- ")
	case todo:
		prefix = "  "
		b.WriteString("- [ ] ")
	case done:
		prefix = "  "
		b.WriteString("- [x] ")
	}
	if bl.at != "" {
		b.WriteString(bl.at + " ")
	}
	for _, s := range bl.spans {
		switch s.sort {
		case ownText:
			b.WriteString(s.text)
		case oneLine:
			b.WriteString(plain.Markdown(plain.Terminal(s.text)))
		case saidText:
			b.WriteString(plain.MarkdownBlock(s.text, prefix))
		case quotedText:
			b.WriteString("“" + plain.MarkdownBlock(s.text, prefix) + "”")
		}
	}
	b.WriteByte('\n')
}
