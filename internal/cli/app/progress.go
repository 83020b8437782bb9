package app

import (
	"fmt"
	"strings"
	"time"

	"hark/internal/plain"
)

const (
	progressAfter = 500 * time.Millisecond // a shorter wait needs none
	progressEvery = 100 * time.Millisecond
)

// Progress shows on standard error how far a command has come, once it takes long, and where
// somebody is there to see it.
type Progress struct {
	app     *App
	quiet   bool
	began   time.Time
	shownAt time.Time
	width   int // cells of what stands on the line
}

// Progress begins one. It stays quiet when the results go to the same terminal.
func (a *App) Progress(toStdout bool) *Progress {
	return &Progress{app: a, quiet: !a.StderrIsTerminal || toStdout && a.StdoutIsTerminal, began: a.Now()}
}

// At shows that done of total are done. A total of 0 is not known.
func (p *Progress) At(what string, done, total int) {
	if p.quiet {
		return
	}
	now := p.app.Now()
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

// End clears the line.
func (p *Progress) End() {
	if p.width > 0 {
		p.write("")
	}
}

func (p *Progress) write(text string) {
	// A failure to show it is ignored: there is nobody to tell.
	_, _ = fmt.Fprint(p.app.Stderr, "\r"+text+strings.Repeat(" ", max(0, p.width-plain.Width(text))))
	if text == "" {
		_, _ = fmt.Fprint(p.app.Stderr, "\r")
	}
	p.width = plain.Width(text)
}
