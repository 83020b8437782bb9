package playbook

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"hark/internal/interview"
)

// piece is some text of a guide and its lines.
type piece struct {
	span
	text string
}

// node is a question with what belongs to it, or a note.
type node struct {
	piece
	question bool
	listed   bool // an item of a list, not a paragraph that asks
	labelled bool // it begins with "Q:", and is a question whatever it says
	probes   []piece
	notes    []piece
}

// section is a heading with everything below it, up to the next heading. The first section of a
// guide has no heading.
type section struct {
	piece         // the name, without mark and time
	level  int    // of the heading, from 1; 0 without one
	whole  string // the name as it is written, with mark and time
	mark   interview.StageMark
	timing string
	nodes  []node
}

// asking reports whether there is a question directly below the heading.
func (s *section) asking() bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool { return n.question })
}

// guide reads a file into sections.
type guide struct {
	src      source
	inline   inliner
	report   *Report
	sections []section
	// bold says that paragraphs in bold are headings, since nothing else is.
	bold bool
	// column is the column of the marker of the question above, to which items with a larger one
	// belong; -1 when there is none.
	column int
	// asked says that a question is the paragraph just above, to which a list directly below it
	// belongs.
	asked bool
}

// readGuide reads src into sections, the first of which has no heading.
func readGuide(src source, report *Report) []section {
	refs := parser.NewContext()
	blocks := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(util.Prioritized(linkTargets{}, 1)),
	)
	doc := blocks.Parse(text.NewReader(src.text), parser.WithContext(refs))
	g := &guide{src: src, inline: newInliner(refs), report: report, sections: make([]section, 1), column: -1}
	if src.matter > 0 {
		report.ignore(span{1, src.matter}, "front matter")
	}
	headings := 0
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			headings++
			g.bold = h.Level == 1
		}
	}
	g.bold = headings == 0 || headings == 1 && g.bold
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		g.block(n)
	}
	return g.sections
}

// here returns the section that is being read.
func (g *guide) here() *section { return &g.sections[len(g.sections)-1] }

// note adds notes for the seller to the section.
func (g *guide) note(pieces ...piece) {
	for _, p := range pieces {
		g.here().nodes = append(g.here().nodes, node{piece: p})
	}
}

// question adds a question to the section.
func (g *guide) question(q node) {
	q.question = true
	g.here().nodes = append(g.here().nodes, q)
}

// last returns the question that was read last, if nothing came after it. The pointer is valid
// until more is added.
func (g *guide) last() *node {
	nodes := g.here().nodes
	if len(nodes) == 0 || !nodes[len(nodes)-1].question {
		return nil
	}
	return &nodes[len(nodes)-1]
}

// block reads one block at the top level.
func (g *guide) block(n ast.Node) {
	asked := g.asked && !n.HasBlankPreviousLines()
	g.asked = false
	if l, ok := n.(*ast.List); ok {
		g.list(l, asked)
		return
	}
	g.column = -1
	switch n := n.(type) {
	case *ast.Heading:
		g.heading(n.Level, g.lines(n))
	case *ast.Paragraph:
		g.paragraph(g.lines(n))
	case *ast.CodeBlock:
		g.indented(g.lines(n))
	default:
		g.note(g.notes(n)...)
	}
}

// paragraph reads a paragraph that is no part of a list.
func (g *guide) paragraph(lines []line) {
	if g.bold && len(lines) == 1 {
		if words, ok := boldHeading(lines[0].raw); ok {
			lines[0].raw = words
			g.heading(2, lines)
			return
		}
	}
	for _, u := range g.units(lines) {
		q := g.last()
		g.asked = false
		switch {
		case u.label == 'A' && q != nil:
			if u.text != "A:" {
				q.notes = append(q.notes, u.piece)
			} else {
				g.report.ignore(u.span, "an empty answer")
			}
		case u.text == "":
			g.report.ignore(u.span, "nothing to read")
		case u.label == 'Q' || u.asks:
			g.question(node{piece: u.piece})
			g.asked = true
		default:
			g.note(u.piece)
		}
	}
}

// list reads a list at the top level. Its items are probes of the question in the paragraph above
// if there is one. So are items with a larger column than a question above: teams write " - " for
// that, which in Markdown is merely another list.
func (g *guide) list(l *ast.List, asked bool) {
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		column := g.src.column(item.Pos())
		if q := g.last(); q != nil && (asked || g.column >= 0 && column > g.column) {
			g.item(item, q, true)
			continue
		}
		if g.leads(item) {
			g.lead(item)
			continue
		}
		g.column = column
		var q node
		g.item(item, &q, false)
		switch {
		case !q.labelled && isProbing(q.text) && g.last() != nil:
			above := g.last()
			above.notes = append(append(above.notes, q.piece), q.notes...)
			above.probes = append(above.probes, q.probes...)
		case q.text != "" && !q.labelled && isStatement(q.text):
			g.statement(q)
		case q.text != "":
			q.listed = true
			g.question(q)
		case len(q.probes)+len(q.notes) == 0:
			n := g.src.lineAt(item.Pos())
			g.report.ignore(span{n, n}, "an empty item")
		default: // a bullet without words of its own: its contents move up
			g.note(q.notes...)
			for _, p := range q.probes {
				g.question(node{piece: p, listed: true})
			}
		}
	}
	g.asked = asked
}

// indented reads what Markdown takes for code because it is indented by four blanks or a tab. Items
// are items all the same.
func (g *guide) indented(lines []line) {
	for _, l := range lines {
		words, column, ok := listItem(l.raw)
		p := piece{span{l.number, l.number}, g.inline.flatten([]string{withoutBox(words)})[0]}
		switch q := g.last(); {
		case !ok:
			g.note(g.plain([]line{l})...)
		case p.text == "":
			g.report.ignore(p.span, "an empty item")
		case q != nil && g.column >= 0 && column > g.column:
			q.probes = append(q.probes, p)
		case isStatement(p.text):
			g.note(p)
			g.column = column
		default:
			g.question(node{piece: p, listed: true})
			g.column = column
		}
	}
}

// item reads an item of a list into question q: as the question itself, or as a probe of it.
func (g *guide) item(item ast.Node, q *node, probe bool) {
	named := false
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.(type) {
		case *ast.List:
			for sub := n.FirstChild(); sub != nil; sub = sub.NextSibling() {
				g.item(sub, q, true)
			}
			continue
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		default:
			q.notes = append(q.notes, g.notes(n)...)
			continue
		}
		lines := g.lines(n)
		if !named && len(lines) > 0 {
			lines[0].raw = withoutBox(lines[0].raw)
		}
		for _, u := range g.units(lines) {
			switch {
			case u.text == "":
				g.report.ignore(u.span, "nothing to read")
			case !named && !probe:
				q.piece, q.labelled, named = u.piece, u.label == 'Q', true
			case !named || u.asks || u.label == 'Q':
				q.probes, named = append(q.probes, u.piece), true
			default:
				q.notes = append(q.notes, u.piece)
			}
		}
	}
}

// notes returns all text in a block that asks nothing, whatever the block is.
func (g *guide) notes(n ast.Node) []piece {
	var pieces []piece
	switch n := n.(type) {
	case *ast.ThematicBreak:
	case *ast.LinkReferenceDefinition:
		lines := g.lines(n)
		if !bytes.ContainsAny(n.Destination, "/.#:@") {
			return g.plain(lines) // such as "[Note]: wait", which is no target
		}
		g.report.ignore(span{lines[0].number, lines[len(lines)-1].number}, "a link target")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return g.plain(g.lines(n))
	case *ast.HTMLBlock:
		return g.html(n)
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		for _, u := range g.units(g.lines(n)) {
			if u.text == "" {
				g.report.ignore(u.span, "nothing to read")
				continue
			}
			pieces = append(pieces, u.piece)
		}
	default:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			pieces = append(pieces, g.notes(c)...)
		}
	}
	return pieces
}

// plain returns each line as it is written.
func (g *guide) plain(lines []line) []piece {
	var pieces []piece
	for _, l := range lines {
		if t := clean(l.raw); t != "" {
			pieces = append(pieces, piece{span{l.number, l.number}, t})
		}
	}
	return pieces
}

// html returns the text between tags.
func (g *guide) html(n *ast.HTMLBlock) []piece {
	lines := g.lines(n)
	if !n.ClosureLine.IsEmpty() {
		lines = append(lines, g.lineOf(n.ClosureLine))
	}
	all := span{lines[0].number, lines[len(lines)-1].number}
	switch n.HTMLBlockType {
	case ast.HTMLBlockType1:
		tag := strings.ToLower(strings.TrimSpace(lines[0].raw))
		if strings.HasPrefix(tag, "<script") || strings.HasPrefix(tag, "<style") {
			g.report.ignore(all, "a script or style sheet")
			return nil
		}
	case ast.HTMLBlockType2:
		last := lines[len(lines)-1]
		_, after, closed := strings.Cut(last.raw, "-->")
		switch {
		case !closed:
			g.report.problem(all.first, "a comment begins here and is never closed")
		case clean(after) == "":
			g.report.ignore(all, "a comment")
			return nil
		default:
			if all.first < last.number {
				g.report.ignore(span{all.first, last.number - 1}, "a comment")
			}
			lines = []line{{after, last.number}}
		}
	case ast.HTMLBlockType3, ast.HTMLBlockType4, ast.HTMLBlockType5, ast.HTMLBlockType6, ast.HTMLBlockType7:
	}
	var pieces []piece
	for _, u := range g.units(lines) {
		if u.text == "" {
			g.report.ignore(u.span, "HTML")
			continue
		}
		pieces = append(pieces, u.piece)
	}
	return pieces
}
