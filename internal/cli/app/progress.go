package app

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"hark/internal/plain"
)

const (
	progressAfter = 500 * time.Millisecond // a shorter wait needs none
	progressEvery = 100 * time.Millisecond
)

// status is the last line on standard error, as far as it says how far something has come.
type status struct {
	mu    sync.Mutex
	width int // cells of what stands on it
}

// show writes the line, over the one before. A failure is ignored: there is nobody to tell.
func (s *status) show(w io.Writer, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if text == "" && s.width == 0 {
		return
	}
	_, _ = fmt.Fprint(w, "\r"+text+strings.Repeat(" ", max(0, s.width-plain.Width(text))))
	if text == "" {
		_, _ = fmt.Fprint(w, "\r")
	}
	s.width = plain.Width(text)
}

// shows reports whether something stands on the line.
func (s *status) shows() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.width > 0
}

// clear takes the line away.
func (s *status) clear(w io.Writer) { s.show(w, "") }

// Progress shows on standard error how far a command has come, once it takes long, and where
// somebody is there to see it. It is safe for several goroutines.
type Progress struct {
	app   *App
	quiet bool
	now   func() time.Time
	began time.Time

	mu      sync.Mutex
	shownAt time.Time
}

// Progress begins one. It stays quiet when the results go to the same terminal.
func (a *App) Progress(toStdout bool) *Progress {
	return &Progress{app: a, quiet: !a.StderrIsTerminal || toStdout && a.StdoutIsTerminal, now: a.Now, began: a.Now()}
}

// At shows that done of total are done. A total of 0 is not known.
func (p *Progress) At(what string, done, total int) {
	if p.quiet {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if now.Sub(p.began) < progressAfter || now.Sub(p.shownAt) < progressEvery {
		return
	}
	p.shownAt = now
	text := fmt.Sprintf("%s %d", what, done)
	if total > 0 {
		text += fmt.Sprintf(" of %d", total)
	}
	p.app.status.show(p.app.Stderr, plain.Terminal(text))
}

// End clears the line.
func (p *Progress) End() { p.app.status.clear(p.app.Stderr) }
