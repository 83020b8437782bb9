package live_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

// sentences are what people say, one for each letter.
func sentences() []string {
	return []string{
		"A lot of people complain about it", "but they never tell us", "customers wait half a day", "doctors hate it too",
		"everybody does it by hand", "for us it is the forms", "goes wrong every friday", "he said the same last year",
		"it takes two days", "just the small jobs", "keeps coming back", "last month it was worse", "most of it is paper",
		"nobody knows which job is next", "On mondays we start over", "People ring us up", "quite a few people complain",
		"rework is one in five", "some of them leave", "they count it twice", "usually it is the night shift",
		"very annoying", "we lose two days", "X-rays get lost", "yes and the phones too", "zero of them are on time",
	}
}

// place is somewhere that the keyboard has been and come back from, or is just now.
type place struct {
	name  string
	keys  []string
	shows string   // what must be seen on the way, "" for nothing
	given []string // lines before
	// comes is what another window said of the same at the same time; nil for nothing.
	comes interview.Action
}

// wait lets a person look at what has opened.
const wait = 600 * time.Millisecond

// slowly presses keys as somebody who looks at the screen does.
func (tb *meeting) slowly(keys ...string) {
	tb.t.Helper()
	for _, k := range keys {
		tb.Press(k)
		time.Sleep(wait)
	}
}

func places() []place {
	keys := func(keys ...string) []string { return keys }
	confirmed := []string{"/playback 1 yes by Ana"}
	reworded := []string{"/reword 1 it spills over"}
	unlocked := append(confirmed, "/aside 2", "/left-out", "/solve 1 a jig")
	return append(plainPlaces(keys),
		place{name: "carrying, left", keys: keys("esc", "k", "esc"), shows: "by when", given: append(confirmed, "/aside 2")},
		place{name: "working it out, unlocked", keys: keys("ctrl+g", "esc"), shows: "Work it out together", given: unlocked},
		place{name: "working it out, written", keys: keys("ctrl+g", "a", "space", "j", "i", "g", "enter", "esc"), given: unlocked},
		place{name: "a promise, corrected", keys: keys("up", "enter", "tab", "tab", "esc"), shows: "by when", given: []string{"+send it due friday"}},
		place{name: "picking", keys: keys("up", "right", "enter"), given: reworded, comes: interview.Reword{Problem: 1, Text: "it overflows"}},
		place{name: "picking, left", keys: keys("up", "right", "enter", "esc"), given: reworded, comes: interview.Reword{Problem: 1, Text: "it overflows"}},
		place{name: "picking, joining, left", keys: keys("up", "right", "enter", "j", "esc"), given: reworded, comes: interview.Reword{Problem: 1, Text: "it overflows"}},
	)
}

// plainPlaces are those that need nothing said before.
func plainPlaces(keys func(keys ...string) []string) []place {
	var all []place
	for _, p := range []struct {
		name string
		keys []string
	}{
		{"the box", keys()},
		{"weighing, left", keys("esc", "w", "esc")},
		{"weighing, by its last enter", keys("esc", "w", "enter", "enter", "enter", "enter", "enter", "enter")},
		{"a playback, left", keys("esc", "p", "esc")},
		{"a playback, no, left", keys("esc", "p", "n", "esc")},
		{"a playback, nearly, left", keys("esc", "p", "e", "esc")},
		{"a playback, who answers", keys("esc", "p", "tab", "tab", "esc")},
		{"a playback, set aside, left", keys("esc", "p", "s", "esc")},
		{"setting aside, left at the reason", keys("esc", "s", "enter", "esc")},
		{"what was left out, left", keys("esc", "o", "esc")},
		{"consent, left", keys("esc", "c", "down", "esc")},
		{"names, left", keys("esc", "n", "enter", "esc")},
		{"rewording, left", keys("esc", "r", "esc")},
		{"joining, left", keys("esc", "j", "esc")},
		{"a command that cannot be used", keys("esc", "m", "esc")},
		{"dropping, left", keys("up", "esc", "z", "esc")},
		{"a line, selected", keys("up", "up")},
		{"a problem, selected", keys("up", "right")},
		{"a question, selected", keys("up", "left")},
		{"a line, corrected and left", keys("up", "enter", "esc")},
		{"a problem, corrected and left", keys("up", "right", "enter", "esc")},
		{"to settle, left", keys("esc", "i", "esc")},
		{"undo, left", keys("esc", "u", "esc")},
		{"the end, left", keys("esc", "e", "esc")},
		{"the library, left", keys("esc", "l", "esc")},
		{"the review, left", keys("esc", "v", "esc")},
		{"work it out", keys("ctrl+g", "esc")},
		{"the help", keys("f1", "esc")},
		{"the commands", keys("ctrl+p", "esc")},
		{"the next question", keys("tab", "shift+tab")},
	} {
		all = append(all, place{name: p.name, keys: p.keys})
	}
	return all
}

// typeAt types text, its first keys with a pause behind each: what opens does so with the first.
func (tb *meeting) typeAt(text string, pause time.Duration) {
	tb.t.Helper()
	for pause > 0 && len(text) > 0 && text[0] != ' ' {
		tb.Type(text[:1])
		time.Sleep(pause)
		text = text[1:]
	}
	tb.Type(text)
}

// seesOnTheWay checks that a place is reached: its text is on the screen before the last key of the
// way.
func (tb *meeting) seesOnTheWay(p place) {
	tb.t.Helper()
	tb.slowly(p.keys[:len(p.keys)-1]...)
	tb.sees(p.shows)
	tb.slowly(p.keys[len(p.keys)-1])
}

// keyboardSentences is the variable that says how many sentences are typed at each place.
const keyboardSentences = "HARK_KEYBOARD"

// Typing on without looking at the screen is safe: a sentence typed at any speed lands in the box
// whole, after everything that opens has closed, with and without an esc too many.
func TestTheBoxOwnsTheKeyboard(t *testing.T) {
	count, each := len(sentences()), 3
	if n, err := strconv.Atoi(os.Getenv(keyboardSentences)); err == nil {
		count, each = n, 1
	}
	pauses := []time.Duration{0, 133 * time.Millisecond, 300 * time.Millisecond} // 90 and 40 words a minute
	for i, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, 100, 30)
				tb.enter("/person Ana, foreman", "!the skip is full", "!nobody knows which job is next", "/impact 1 how-bad=4", "+Ana sends the list due friday", "/fix 99 nothing")
				come := func() {}
				if p.comes != nil {
					come = tb.elsewhere(t, p.comes)
				}
				tb.enter(p.given...)
				come()
				tb.After(2 * time.Second)
				if p.shows != "" {
					tb.seesOnTheWay(p)
				}
				for n := i % each; n < count; n += each { // the suite types a third, another one at the next place
					said := sentences()[n%len(sentences())]
					// Every letter meets every pause and every way of esc, over the places and the
					// rounds.
					mix := n + len(p.name) + n/len(sentences())
					tb.slowly(p.keys...)
					tb.lands(said, pauses[mix%3], []string{"", "esc", "alt"}[mix/3%3], n%5 == 0)
				}
			})
		})
	}
}

// lands types a sentence, with an esc in front when esc is "esc"; "alt" makes one key of that and
// of the first letter, as a terminal does that waits after esc. With waits, the sentence must be a
// draft within a second; once entered it must be all that changes.
func (tb *meeting) lands(said string, pause time.Duration, esc string, waits bool) {
	tb.t.Helper()
	before, had := record(tb.stored())
	rest := said
	switch esc {
	case "esc":
		tb.Press("esc")
		time.Sleep(pause)
	case "alt":
		tb.Press("alt+" + said[:1])
		time.Sleep(pause)
		rest = said[1:]
	}
	tb.typeAt(rest, pause)
	if waits {
		time.Sleep(time.Second + wait)
		if draft, err := tb.book.Draft(tb.t.Context(), tb.id); err != nil || draft != said {
			tb.t.Fatalf("%s %q, %v: the draft is %q, %v", esc, said, pause, draft, err)
		}
	}
	tb.Press("enter")
	after, has := record(tb.stored())
	if len(has) != len(had)+1 || has[len(has)-1] != said {
		tb.t.Fatalf("%s %q, %v: kept %q\n%s", esc, said, pause, has[len(had):], tb.Screen())
	}
	if diff := cmp.Diff(before, after); diff != "" {
		tb.t.Fatalf("%s %q, %v: something else changed:\n%s", esc, said, pause, diff)
	}
}

// record returns what was said in an interview, and all else that a key could change.
func record(iv *interview.Interview) (facts, said []string) {
	for _, l := range iv.Lines {
		if l.Kind == interview.Paraphrase {
			said = append(said, l.Text)
		} else {
			facts = append(facts, fmt.Sprintf("%s %s %s", l.Number, l.Kind, l.Text))
		}
	}
	for _, p := range iv.Problems {
		facts = append(facts, fmt.Sprintf("%s %s %s %+v %d", p.Number, p.Statement, p.Status, p.Impact, len(p.Playbacks)))
	}
	for _, p := range iv.Promises {
		facts = append(facts, fmt.Sprintf("%s %s %v %v %s %s", p.Number, p.Text, p.DoneAt, p.Due, iv.Name(p.Owner), p.Side))
	}
	for _, p := range iv.People {
		facts = append(facts, fmt.Sprintf("%s %s %s", p.Name, p.Role, p.Side))
	}
	return append(facts, fmt.Sprint(iv.Consent, iv.LeftOut, iv.EndedAt, iv.Outcome, iv.Current(), iv.Solutions, iv.Routes, iv.Respects, iv.Advice)), said
}
