package live_test

import (
	"slices"
	"testing"
	"testing/synctest"
)

// A mark typed in the moving mode goes back to the box and begins a line there; no letter of the
// line is taken as a key.
func TestAMarkOutsideTheBoxBeginsALine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("The night shift board is empty")
		tb.Press("esc")
		tb.Press("?")
		tb.sees("\" ~ > + @ # \\ /  Back to the box with a line")
		tb.Press("esc")
		tb.enter("/person Lee, support")
		if p := tb.stored().People; len(p) != 1 || p[0].Name != "Lee" || p[0].Role != "support" {
			t.Fatalf("in the room: %+v", p)
		}
		for _, line := range []string{`"Our boss decides, in the end`, "~the owner looks at his watch", "+send the norm sheet", "@Lee we wait", `\~ten a day`} {
			tb.Press("esc")
			tb.enter(line)
		}
		s := tb.stored()
		var added []string
		for _, l := range s.Lines {
			added = append(added, string(l.Kind)+" "+l.Text)
		}
		want := []string{
			"paraphrase The night shift board is empty", "quote Our boss decides, in the end", "observation the owner looks at his watch",
			"paraphrase we wait", "paraphrase ~ten a day",
		}
		if !slices.Equal(added, want) || len(s.Promises) != 1 {
			t.Fatalf("kept %q and %+v", added, s.Promises)
		}
		if s.Ended() {
			t.Fatal("the meeting was ended")
		}
	})
}

// The text in the box is stashed meanwhile, and restored after the line.
func TestAMarkOutsideTheBoxLeavesWhatStoodThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("unfinished")
		tb.Press("esc")
		tb.Type(`"Ours`)
		tb.sees(`│ "Ours`, "what you were typing comes back after this")
		tb.Press("enter")
		tb.sees("“Ours”", "│ unfinished")
	})
}

// A mark that is a key of the pane keeps its meaning there.
func TestAMarkThatIsAKeyStaysOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("It breaks")
		tb.Press("esc", "!")
		if p := tb.stored().Problems; len(p) != 1 {
			t.Fatalf("problems: %+v", p)
		}
		tb.Press(">") // not a key of the record
		tb.sees("│ >")
		tb.Press("ctrl+u", "esc", "tab", "#")
		tb.sees("/theme 1 #")
	})
}
