package live_test

import (
	"testing"
	"testing/synctest"

	"hark/internal/interview"
)

// A command opens what its key opens, and keeps nothing by that.
func TestCommandsOpenWhatTheirKeysOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana, foreman", "!\"One weld in five is done twice", "@Ana the skip is full", "+send the drawings due next friday")
		before := len(tb.stored().Lines)
		for _, c := range []struct{ line, sees string }{
			{"/weigh 1", "Weigh problem 1"},
			{"/weigh", "Weigh problem 1"},
			{"/impact problem 1", "Weigh problem 1"},
			{"/playback 1", "Play back problem 1"},
			{"/confirm", "Play back problem 1"},
			{"/play back", "Play back problem 1"},
			{"/set aside", "Set aside problem 1"},
			{"/reword 1", "Correct problem 1"},
			{"/theme 1", "Correct problem 1"},
			{"/carry 1", "Carry problem 1 to a department"},
			{"/work it out", "Still missing"},
			{"/missing", "Still missing"},
			{"/consent", "May you take notes"},
			{"/who", "Who is here"},
			{"/names", "Who is here"},
			{"/person", "Who is here"},
			{"/to settle", "To settle"},
			{"/edit 2", "Correct 2"},
			{"/fix p1", "Correct problem 1"},
			{"/due 3", "When is promise 3 due?"},
			{"/done", "↑ selects a promise first"},
			{"/outcome", "How did it end?"},
			{"/help", "What you type, enter keeps"},
			{"/keys", "What you type, enter keeps"},
			{"/commands", "what do you want to do?"},
			{"/export", "No files can be written from here"},
			{"/library", "Back to the library"},
			{"/review", "Read this interview"},
			{"/search the skip", "Search everything that was said"},
			{"/recap", "In a shell: hark recap " + tb.id.Short()},
			{"/backup", "In a shell: hark backup FILE"},
			{"/told before", "there is no earlier interview"},
			{"/problems", "correct"},
			{"/questions", "ask this"},
		} {
			tb.enter(c.line)
			tb.sees(c.sees)
			tb.slowly("esc")
		}
		// What removes waits for enter, and so does the yes of a problem; a yes by its number is
		// recorded.
		tb.enter("/drop")
		tb.sees("↑ selects a line first")
		tb.enter("/raise 2")
		tb.sees("Kept as typed")
		tb.enter("/confirm 7")
		tb.sees("Kept as typed")
		if p := tb.stored().Problems[0]; p.Status != interview.Heard || len(p.Playbacks) > 0 {
			t.Errorf("the commands changed the problem: %+v", p)
		}
		tb.enter("/confirm 1")
		iv := tb.stored()
		if len(iv.Lines) != before+2 || len(iv.ToSettle()) != 3 {
			t.Errorf("the commands left lines behind: %+v", iv.Lines)
		}
		p := iv.Problems[0]
		if p.Status != interview.Confirmed || len(p.Playbacks) != 1 || p.Playbacks[0].Said != p.Statement || iv.Name(p.Playbacks[0].By) != "Ana" {
			t.Errorf("/confirm 1 made of the problem: %+v", p)
		}
	})
}

// A word for a command, and an answer about consent, are a line when they are typed without a
// slash: they may be what the customer said. A hint says what the command is.
func TestALineThatMayBeACommand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		for line, command := range map[string]string{
			"quit": "/quit", "Help!": "/help", "to settle": "/to-settle", "undo": "/undo", "yes, that's fine, by role please": "/consent yes role",
		} {
			tb.enter(line)
			tb.sees("Kept as a line. As a command it is " + command)
		}
		if n := len(tb.stored().Lines); n != 5 {
			t.Errorf("%d lines are kept, want 5", n)
		}
		tb.enter("/consent yes, but don't name us")
		tb.sees("The least of that answer is noted", "no quotes? · 1 to settle")
		tb.enter("by role please, as I said")
		tb.lacks("As a command it is /consent")
	})
}
