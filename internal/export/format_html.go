package export

import (
	_ "embed"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// style is the style sheet of exports, for screens and paper.
//
//go:embed style.css
var style string

// HTML returns the page as one HTML file for reading and printing. It contains no script and
// nothing from outside, and a policy in its head forbids both.
func (p *Page) HTML() []byte {
	return slices.Concat([]byte(HTMLHead(p.w.iv.Customer, nil, p.w.opts)), p.HTMLArticle(), []byte(HTMLFoot()))
}

// HTMLArticle returns the page as a part of an HTML file, between HTMLHead and HTMLFoot.
func (p *Page) HTMLArticle() []byte { return htmlArticle(p.blocks(), p.w.iv.ID.String()) }

// HTMLEntry is an entry in the table of contents of an HTML file.
type HTMLEntry struct {
	ID        interview.ID
	Customer  string
	StartedAt time.Time
}

// HTMLHead returns the beginning of an HTML file with the given title and table of contents, which
// is left out if there are no entries. The articles that the entries link to, and HTMLFoot, follow.
func HTMLHead(titled string, contents []HTMLEntry, opts Options) string {
	var b strings.Builder
	b.WriteString(htmlTop(titled, style))
	if len(contents) > 0 {
		b.WriteString("<nav>\n<h1>" + plain.HTML(plain.Terminal(titled)) + "</h1>\n<ol>\n")
		for _, e := range contents {
			day := e.StartedAt.In(opts.zone()).Format(dayLayout)
			b.WriteString(`<li><a href="#` + e.ID.String() + `"><bdi>` + plain.HTML(plain.Terminal(e.Customer)) + "</bdi></a>, " + day + "</li>\n")
		}
		b.WriteString("</ol>\n</nav>\n")
	}
	return b.String()
}

// htmlTop returns the beginning of an HTML file with the given title and style sheet, up to the
// start of the body.
func htmlTop(titled, style string) string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>` + plain.HTML(plain.Terminal(titled)) + `</title>
<style>
` + style + `</style>
</head>
<body>
`
}

// HTMLFoot returns the end of an HTML file.
func HTMLFoot() string { return "</body>\n</html>\n" }

// htmlArticle returns blocks as an article with the given ID.
func htmlArticle(blocks []block, id string) []byte {
	var b strings.Builder
	b.WriteString(`<article id="` + plain.HTML(id) + "\">\n")
	writeHTML(&b, blocks)
	b.WriteString("</article>\n")
	return []byte(b.String())
}

// writeHTML writes blocks, with the items of a list in one element.
func writeHTML(b *strings.Builder, blocks []block) {
	inList := false
	for _, bl := range blocks {
		if bl.kind.inList() != inList {
			inList = !inList
			if inList {
				b.WriteString("<ul>\n")
			} else {
				b.WriteString("</ul>\n")
			}
		}
		open, end := htmlElement(bl.kind)
		b.WriteString(open)
		if bl.at != "" {
			b.WriteString("<time>" + bl.at + "</time> ")
		}
		writeHTMLSpans(b, bl.spans)
		b.WriteString(end + "\n")
	}
	if inList {
		b.WriteString("</ul>\n")
	}
}

// htmlElement returns the tags around a block.
func htmlElement(k blockKind) (open, end string) {
	switch k {
	case title:
		return "<h1>", "</h1>"
	case section:
		return "<h2>", "</h2>"
	case subsection:
		return "<h3>", "</h3>"
	case statement:
		return "<blockquote><p>", "</p></blockquote>"
	case item:
		return "<li>", "</li>"
	case todo:
		return `<li class="todo">☐ `, "</li>"
	case done:
		return `<li class="done">☑ `, "</li>"
	case paragraph:
	}
	return "<p>", "</p>"
}

// writeHTMLSpans writes text. What people entered is put into an element of its own, which keeps
// its blanks and line breaks, and in which right-to-left text cannot reorder what is around it.
func writeHTMLSpans(b *strings.Builder, spans []span) {
	for _, s := range spans {
		switch s.sort {
		case ownText:
			b.WriteString(plain.HTML(s.text))
		case oneLine:
			b.WriteString("<bdi>" + plain.HTML(plain.Terminal(s.text)) + "</bdi>")
		case saidText:
			b.WriteString("<bdi>" + plain.HTML(s.text) + "</bdi>")
		case quotedText:
			b.WriteString("“<bdi>" + plain.HTML(s.text) + "</bdi>”")
		}
	}
}
