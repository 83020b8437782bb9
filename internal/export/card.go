package export

import (
	_ "embed"
	"fmt"
	"strings"

	"hark/internal/interview"
	"hark/internal/plain"
)

// A card as plain text fits on one sheet of paper in a fixed-width font.
const (
	cardWidth  = 78
	cardLines  = 66
	cardBlanks = 3 // most lines to write on below a question
)

// Card returns the questions of a playbook as plain text to print, for a meeting without a screen:
// with their numbers, and with as many lines to write on as fit on one page, the same below each
// question.
func Card(p interview.Playbook) []byte {
	lines := cardWith(p, 0)
	for blanks := 1; blanks <= cardBlanks; blanks++ {
		more := cardWith(p, blanks)
		if len(more) > cardLines {
			break
		}
		lines = more
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// cardWith returns the lines of a card with the given number of lines to write on below each
// question.
func cardWith(p interview.Playbook, blanks int) []string {
	lines := plain.Wrap(plain.Terminal(p.Name), cardWidth)
	lines = append(lines, "Customer ______________________________  Date ____________  With _____________")
	for _, s := range cardStages(p) {
		lines = append(lines, "")
		name := strings.ToUpper(plain.Terminal(s.name))
		if s.when != "" {
			name += " (" + s.when + ")"
		}
		lines = append(lines, plain.Wrap(name, cardWidth)...)
		for i, q := range s.questions {
			lines = append(lines, cardQuestion(s.first+i, q.Text, blanks)...)
		}
	}
	return lines
}

// cardQuestion returns the lines of one question: its number, its text, and lines to write on.
func cardQuestion(number int, text string, blanks int) []string {
	const margin = 4
	var lines []string
	for i, part := range plain.Wrap(plain.Terminal(text), cardWidth-margin) {
		lead := strings.Repeat(" ", margin)
		if i == 0 {
			lead = fmt.Sprintf("%2d  ", number)
		}
		lines = append(lines, lead+part)
	}
	for range blanks {
		lines = append(lines, strings.Repeat(" ", margin)+strings.Repeat("_", cardWidth-margin))
	}
	return lines
}

// cardStage is a stage that has questions.
type cardStage struct {
	name, when string
	first      int // the number of its first question
	questions  []interview.Question
}

func cardStages(p interview.Playbook) []cardStage {
	var stages []cardStage
	n := 1
	for _, s := range p.Stages {
		if len(s.Questions) == 0 {
			continue
		}
		when := ""
		switch s.Mark {
		case interview.MarkSolution:
			when = "once they say yes"
		case interview.MarkOnlyYou:
			when = "for you, not to ask aloud"
		case interview.MarkNone, interview.MarkPlayback:
		}
		stages = append(stages, cardStage{s.Name, when, n, s.Questions})
		n += len(s.Questions)
	}
	return stages
}

// cardStyle is the style sheet of a card, for paper.
//
//go:embed card.css
var cardStyle string

// CardHTML returns the questions of a playbook as one HTML file for paper, with their numbers. What
// is left of a page is divided into space to write on. It contains no script and nothing from
// outside.
func CardHTML(p interview.Playbook) []byte {
	var b strings.Builder
	b.WriteString(htmlTop(p.Name, cardStyle))
	b.WriteString("<header>\n<h1>" + bdi(p.Name) + "</h1>\n" +
		"<p><span>Customer</span><span>Date</span><span>With</span></p>\n</header>\n<main>\n")
	for _, s := range cardStages(p) {
		b.WriteString("<section>\n<h2>" + bdi(s.name))
		if s.when != "" {
			b.WriteString(" <small>" + s.when + "</small>")
		}
		fmt.Fprintf(&b, "</h2>\n<ol start=\"%d\">\n", s.first)
		for i, q := range s.questions {
			fmt.Fprintf(&b, "<li><b>%d</b><p>%s</p><div></div></li>\n", s.first+i, bdi(q.Text))
		}
		b.WriteString("</ol>\n</section>\n")
	}
	b.WriteString("</main>\n" + HTMLFoot())
	return []byte(b.String())
}

// bdi returns a text on one line of HTML, in which right-to-left text cannot reorder what is around
// it.
func bdi(text string) string { return "<bdi>" + plain.HTML(plain.Terminal(text)) + "</bdi>" }
