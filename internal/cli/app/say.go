package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// Complain reports an error on standard error, in one line.
func (a *App) Complain(err error) {
	var (
		said    *saidError
		stopped *stoppedError
	)
	switch {
	case err == nil, errors.As(err, &said):
	case errors.As(err, &stopped):
		a.Note("hark: %s", stopped)
	case errors.Is(err, context.Canceled):
		a.Note("hark: stopped; what was kept until then is kept")
	case errors.Is(err, storage.ErrNotFound):
		a.Note("hark: there is no such interview any more; `hark list` shows what there is")
	default:
		a.Note("hark: %s", strings.ReplaceAll(err.Error(), "`hark doctor`", "`"+a.DoctorCall()+"`"))
	}
}

// Note says something on standard error, on a line of its own. What was printed before comes first.
// A failure to say it is ignored: there is nobody to tell.
func (a *App) Note(format string, args ...any) {
	_ = a.Out.Flush() // the writer holds on to its error until the end
	a.NoteAside(format, args...)
}

// NoteAside is Note from another goroutine than that of the command, which may be printing.
func (a *App) NoteAside(format string, args ...any) {
	a.status.clear(a.Stderr)
	_, _ = fmt.Fprintln(a.Stderr, plain.Terminal(fmt.Sprintf(format, args...)))
}

// DoctorCall is how hark doctor is called for the notebook in use.
func (a *App) DoctorCall() string {
	switch {
	case a.DB == "":
		return "hark doctor"
	case strings.ContainsFunc(a.DB, unicode.IsSpace):
		return fmt.Sprintf("hark doctor --db %q", a.DB)
	}
	return "hark doctor --db " + a.DB
}

// Tell prints a line of text that may hold what people wrote.
func (a *App) Tell(format string, args ...any) error {
	_, err := fmt.Fprintln(a.Out, plain.Terminal(fmt.Sprintf(format, args...)))
	return err
}

// Say prints text that is safe already, at once.
func (a *App) Say(text string) error {
	if _, err := a.Out.WriteString(text); err != nil {
		return err
	}
	return a.Out.Flush()
}

// Confirm asks a question at the terminal that is answered with yes or no. No answer is no. The
// error is that of ctx.
func (a *App) Confirm(ctx context.Context, question string) (bool, error) {
	answer, _ := a.Ask(ctx, plain.Terminal(question)+" (y/n) ")
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(answer)), ctx.Err()
}

// Ask prints a question and returns the line that is typed at the terminal, without the blanks
// around it. It reads nothing behind that line, which belongs to whatever reads next. The error is
// that of ctx when that ends first, and io.EOF when nothing was typed before the end.
func (a *App) Ask(ctx context.Context, question string) (string, error) {
	if err := a.Say(question); err != nil {
		return "", err
	}
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := readLine(a.Stdin)
		read <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case l := <-read:
		return l.text, l.err
	}
}

// readLine reads a line byte by byte, and keeps no more of it than a text may have.
func readLine(r io.Reader) (string, error) {
	var line []byte
	for b := make([]byte, 1); ; {
		n, err := r.Read(b)
		if err != nil || n > 0 && b[0] == '\n' {
			text := strings.TrimSpace(string(line))
			if text != "" {
				err = nil // what was typed before the end counts
			}
			return text, err
		}
		if n > 0 && len(line) <= interview.MaxText {
			line = append(line, b[0])
		}
	}
}
