package take

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"hark/internal/capture"
	"hark/internal/cli/app"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// talk stores what is typed at a terminal, line by line. It prints prompts and answers one below
// the other and never moves the cursor.
func (t *taking) talk(ctx context.Context) error {
	t.talking = true
	if err := t.begin(ctx); err != nil {
		return err
	}
	keys := &keyboard{in: t.app.Stdin, write: func(s string) { _ = t.app.Say(s) }} // the next prompt reports it
	restore, handed := takeKeys(t.app.Stdin, keys)
	defer restore()
	t.welcome(ctx)
	var lines <-chan typed
	if handed {
		lines = keys.read(ctx)
	} else {
		lines = readLines(ctx, bufio.NewReaderSize(t.app.Stdin, inputBuffer))
	}
	warned := false
	for {
		if err := t.app.Say(""); err != nil {
			return t.stop(ctx, err)
		}
		keys.show(t.prompt())
		select {
		case <-ctx.Done():
			keys.hide()
			return t.stop(ctx, ctx.Err())
		case s := <-t.app.Stopping():
			keys.hide()
			t.app.Note("")
			if s != os.Interrupt || warned {
				return t.stop(ctx, nil)
			}
			warned = true
			t.tell("Ctrl+C once more leaves. All that was answered is kept, and what you were typing still stands: go on, or Ctrl+U wipes it")
		case line := <-lines:
			warned = false
			switch goOn, err := t.hearAll(ctx, keys, arrived(lines, line)); {
			case err != nil:
				return t.stop(ctx, err)
			case !goOn:
				return t.stop(ctx, nil)
			}
		}
	}
}

// stop keeps what was asked about, and leaves.
func (t *taking) stop(ctx context.Context, err error) error {
	pasted := t.pasted
	t.pasted = nil
	return t.leave(errors.Join(err, t.settleLater(ctx), t.keepAsText(ctx, pasted)))
}

// hear takes one typed line. goOn is false when the person leaves. An error ends the input: nothing
// more can be stored.
func (t *taking) hear(ctx context.Context, line typed) (goOn bool, err error) {
	text := strings.TrimSpace(line.text)
	if line.err != nil && app.ExitCode(line.err) != app.ExitUsage {
		t.app.Note("") // below the prompt
		return false, nil
	}
	if t.pasted != nil {
		if answered, err := t.hearPasted(ctx, text); answered || err != nil {
			return err == nil, err
		}
	}
	if shows := t.shows(text); shows != nil {
		if shows.Command == "quit" {
			return false, nil
		}
		if show := t.display(shows.Command); show != nil {
			t.print(show()...)
		} else {
			t.tell("In a shell: %s", shows.Shell(t.view.ID.Short(), t.view.Customer))
		}
		return true, nil
	}
	// What came in before the question was shown is no answer to it.
	if t.asked != nil && text != "" && !line.unseen && t.context().Label(text).Kind == t.context().Label(t.asked.Text).Kind {
		t.asked = nil // typed again
	}
	if err := t.settleLater(ctx); err != nil {
		return false, err
	}
	if capture.Blank(text) && line.err == nil {
		return true, nil
	}
	before := t.view
	var action interview.Action
	err = line.err
	if err == nil {
		// What was typed is stored even when the terminal goes away meanwhile.
		meant := t.context().Meant(line.text)
		var r notebook.Result
		action, r, err = t.do(context.WithoutCancel(ctx), line.text)
		if err == nil && meant != "" {
			t.tell("Kept as a line. As a command it is %s", meant)
		}
		for _, n := range r.Notices {
			if n.Kind != interview.NoticeOpened { // the answer says it
				t.tell("%s", n.Text)
			}
		}
	}
	switch {
	case err == nil:
	case aboutLine(err):
		t.tell("%s", err)
		var refused *interview.Error
		switch {
		case errors.As(err, &refused) && refused.Line > 0:
		case line.err == nil && t.mayKeep():
			t.app.Note("Not kept yet: %s", line.text)
			t.ask(line.text, action, err)
		default:
			t.app.Note("Not kept: %s", line.text)
		}
	default:
		t.app.Note("Not kept: %s", line.text)
		return false, err
	}
	t.follow(before.Interview)
	return true, nil
}

// shows returns what a line asks to look at, nil for a line to keep.
func (t *taking) shows(line string) *capture.Opens {
	_, err := t.context().Parse(line)
	if opens, ok := errors.AsType[*capture.Opens](err); ok && (opens.Command == "quit" || opens.Shell("", "") != "") {
		return opens
	}
	return nil
}

// mayKeep reports whether the customer allows notes, or they are taken after the meeting.
func (t *taking) mayKeep() bool {
	return !t.view.RefusesNotes() || t.mode == notebook.Debrief
}

// ask asks about a line that was refused, at the next prompt. Typed again, it takes the place of
// what was typed first; enter, a line of another kind and leaving keep it as it is, to settle
// later.
func (t *taking) ask(text string, action interview.Action, why error) {
	t.asked = &interview.Typed{Text: text, Action: action}
	if action == nil { // it was not understood
		t.asked.Why = why.Error()
	}
}

// settleLater keeps the line that was asked about, if there is one.
func (t *taking) settleLater(ctx context.Context) error {
	if t.asked == nil {
		return nil
	}
	typed := *t.asked
	t.asked = nil
	_, err := t.apply(context.WithoutCancel(ctx), typed)
	var refused *interview.Error
	switch {
	case errors.As(err, &refused) && refused.Line > 0:
		return nil
	case err != nil:
		t.app.Note("Not kept: %s", typed.Text)
		if aboutLine(err) {
			t.tell("%s", err)
			return nil
		}
	}
	return err
}

// follow says what comes next, when the last line changed that.
func (t *taking) follow(before *interview.Interview) {
	now := t.view
	if now.Position != before.Position {
		t.print(t.question()...)
		_, stage, ok := now.Playbook.Question(now.Position)
		_, was, known := before.Playbook.Question(before.Position)
		if ok && (!known || stage != was) {
			t.enter(now.Playbook.Stages[stage].Mark)
		}
	}
	if now.Gate.Open && !before.Gate.Open {
		t.print(t.held()...)
	}
	if now.Ended() && !before.Ended() && now.Outcome == interview.NoOutcome {
		t.print("How did it end? /outcome worked-out, /outcome no-fit (a good ending, too) or /outcome more-to-learn")
	}
	for _, p := range now.Problems {
		was, _ := before.Problem(p.Number)
		if due := p.Status == interview.Weighed; due && (was.Status != interview.Weighed || was.Statement != p.Statement) {
			t.print(t.playback(p)...)
		}
	}
}

// enter says what a stage is for.
func (t *taking) enter(mark interview.StageMark) {
	switch mark {
	case interview.MarkPlayback:
		for _, p := range t.view.Problems {
			if p.Status == interview.Weighed {
				t.print(t.playback(p)...)
			}
		}
	case interview.MarkSolution:
		t.print(t.missing()...)
	case interview.MarkNone, interview.MarkOnlyYou:
	}
}

// print prints lines of safe text, wrapped to the terminal.
func (t *taking) print(lines ...string) {
	for _, line := range lines {
		for _, part := range t.wrap(line) {
			_, _ = fmt.Fprintln(t.app.Out, part) // the next prompt reports it
		}
	}
}

// tell is app.Note, wrapped to the terminal.
func (t *taking) tell(format string, args ...any) {
	for _, part := range t.wrap(plain.Terminal(fmt.Sprintf(format, args...))) {
		t.app.Note("%s", part)
	}
}

// wrap breaks a line at the width of the terminal. The further lines of an indented line are
// indented alike.
func (t *taking) wrap(line string) []string {
	const least = 20
	text := strings.TrimLeft(line, " ")
	margin := strings.Repeat(" ", len(line)-len(text))
	parts := plain.Wrap(text, max(least, t.app.LineWidth()-1-len(margin)))
	for i := range parts {
		parts[i] = margin + parts[i]
	}
	return parts
}

// prompt says what the next line is for.
func (t *taking) prompt() string {
	if t.pasted != nil {
		return "enter keeps each line as text; or type marks> "
	}
	if t.asked != nil {
		return "enter keeps it as it is, to settle later; or type it again> "
	}
	v := t.view
	label := "before the questions"
	switch {
	case v.Ended():
		label = "recalled, after the end"
	case v.RefusesNotes():
		label = "no notes allowed"
	case v.Position > 0:
		label = fmt.Sprintf("answer to %d", v.Position)
	}
	if t.mode == notebook.Debrief && !v.Ended() {
		label = "recalled, " + label
	}
	return label + "> "
}

// question returns the question to ask now, with its probes.
func (t *taking) question() []string {
	v := t.view
	n := v.Current()
	q, stage, ok := v.Playbook.Question(n)
	if !ok {
		return []string{"This playbook has no questions."}
	}
	lines := []string{"", fmt.Sprintf("%s, question %d of %d:", plain.Terminal(v.Playbook.Stages[stage].Name), n, v.Playbook.Len())}
	lines = append(lines, "  "+plain.Terminal(q.Text))
	for _, note := range q.Notes {
		lines = append(lines, "  (for you: "+plain.Terminal(note)+")")
	}
	for _, probe := range q.Probes {
		lines = append(lines, "    - "+plain.Terminal(probe))
	}
	return lines
}

// welcome says which interview this is and where it stands.
func (t *taking) welcome(ctx context.Context) {
	v := t.view
	head := plain.Terminal(v.Customer) + ", " + plain.Terminal(v.Playbook.Name) + ", " + t.app.Day(v.MetAt())
	if t.began == 0 {
		head += fmt.Sprintf(": %s, %s", app.Count(len(v.Lines), "line", "lines"), app.Count(len(v.Problems), "problem", "problems"))
	}
	t.print(head,
		`Enter keeps a line: as it is for their meaning, "their words, !their problem. /next goes to the next question, /help shows the rest, Ctrl+D leaves.`)
	// A draft that cannot be read stays for the screens to offer.
	if draft, err := t.book.Draft(ctx, v.ID); err == nil && strings.TrimSpace(draft) != "" {
		t.print("Left in the capture box, not kept yet: " + plain.Terminal(draft))
	}
	t.print(t.question()...)
}
