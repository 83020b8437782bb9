package export

import (
	_ "embed"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// style is what an export looks like, on screens and on paper.
//
//go:embed style.css
var style string

// HTML returns the interview as one HTML file for reading and printing: no
// script, nothing from outside, and a policy in its head that forbids both.
// Whom it names and what it quotes is as in Markdown.
func HTML(iv *interview.Interview, opts Options) []byte {
	return LayOut(iv, opts).HTML()
}

// HTML returns what the function HTML does.
func (l *Laid) HTML() []byte {
	var b strings.Builder
	b.WriteString(HTMLHead(l.w.iv.Customer, nil, l.w.opts))
	b.Write(l.HTMLArticle())
	b.WriteString(HTMLFoot())
	return []byte(b.String())
}

// HTMLEntry is a line in the list of contents of an HTML file.
type HTMLEntry struct {
	ID        interview.ID
	Customer  string
	StartedAt time.Time
}

// HTMLHead returns the beginning of an HTML file with that title, up to the list
// of contents, which is left out when there are no entries. Behind it come the
// articles that the entries lead to, and HTMLFoot.
func HTMLHead(titled string, contents []HTMLEntry, opts Options) string {
	var b strings.Builder
	b.WriteString(htmlTop(titled, style))
	if len(contents) > 0 {
		b.WriteString("<nav>\n<h1>" + plain.HTML(plain.Terminal(titled)) + "</h1>\n<ol>\n")
		for _, e := range contents {
			day := e.StartedAt.In(zone(opts)).Format(dayLayout)
			b.WriteString(`<li><a href="#` + e.ID.String() + `"><bdi>` + plain.HTML(plain.Terminal(e.Customer)) + "</bdi></a>, " + day + "</li>\n")
		}
		b.WriteString("</ol>\n</nav>\n")
	}
	return b.String()
}

// htmlTop returns the beginning of an HTML file with that title and look: its
// head, up to the start of the body.
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

// HTMLArticle returns one interview as a part of an HTML file.
func HTMLArticle(iv *interview.Interview, opts Options) []byte {
	return LayOut(iv, opts).HTMLArticle()
}

// HTMLArticle returns what the function HTMLArticle does.
func (l *Laid) HTMLArticle() []byte {
	return htmlPage(l.page(), l.w.iv.ID.String())
}

// HTMLFoot returns the end of an HTML file.
func HTMLFoot() string { return "</body>\n</html>\n" }

// htmlPage returns a page as an article with that ID.
func htmlPage(p page, id string) []byte {
	var b strings.Builder
	b.WriteString(`<article id="` + plain.HTML(id) + "\">\n")
	writeHTML(&b, p)
	b.WriteString("</article>\n")
	return []byte(b.String())
}

// writeHTML writes the blocks of a page, those of a list together.
func writeHTML(b *strings.Builder, p page) {
	inList := false
	for _, bl := range p {
		if listed(bl.kind) != inList {
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

// htmlElement is what a block stands in.
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

// writeHTMLSpans writes text. What somebody typed stands in an element of its
// own, where its blanks and lines stay, and in which writing from right to left
// cannot reorder what is around it.
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

func zone(opts Options) *time.Location {
	if opts.Location == nil {
		return time.UTC
	}
	return opts.Location
}
