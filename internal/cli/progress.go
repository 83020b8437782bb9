package cli

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/plain"
)

const (
	progressAfter = 500 * time.Millisecond // anything shorter needs none
	progressEvery = 100 * time.Millisecond
)

// progress says on standard error how far something has come, once it takes
// long enough to wonder, and where somebody is there to see it.
type progress struct {
	app     *app
	quiet   bool
	began   time.Time
	shownAt time.Time
	width   int // of what stands on the line
}

// progress begins one. It stays quiet when the results go to the same terminal.
func (a *app) progress(toStdout bool) *progress {
	return &progress{app: a, quiet: !a.env.StderrIsTerminal || toStdout && a.env.StdoutIsTerminal, began: a.env.Now()}
}

// at says that done of total are done; a total of 0 is not known.
func (p *progress) at(what string, done, total int) {
	if p.quiet {
		return
	}
	now := p.app.env.Now()
	if now.Sub(p.began) < progressAfter || now.Sub(p.shownAt) < progressEvery {
		return
	}
	p.shownAt = now
	text := fmt.Sprintf("%s %d", what, done)
	if total > 0 {
		text += fmt.Sprintf(" of %d", total)
	}
	p.write(plain.Terminal(text))
}

// end takes the line away again.
func (p *progress) end() {
	if p.width > 0 {
		p.write("")
	}
}

func (p *progress) write(text string) {
	// There is nobody to tell when it cannot be said.
	_, _ = fmt.Fprint(p.app.env.Stderr, "\r"+text+strings.Repeat(" ", max(0, p.width-plain.Width(text))))
	if text == "" {
		_, _ = fmt.Fprint(p.app.env.Stderr, "\r")
	}
	p.width = plain.Width(text)
}
