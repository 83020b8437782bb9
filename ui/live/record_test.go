package live_test

import (
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
)

// Nobody is recorded as answering a problem who did not: with two of theirs in the room hark asks
// until somebody has answered or spoken of it, and the name stands there before a key is pressed.
func TestWhoAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana", "/person Piet", "!\"One weld in five is done twice", "@Piet !\"Nobody knows which job is next", "/weigh 1 how-bad=4")
		tb.slowly("esc", "p")
		tb.sees("Play back problem 1", "who answers: hark asks for the name")
		tb.slowly("y")
		tb.sees("Who said yes?", "1 Ana", "2 Piet")
		time.Sleep(wait)
		tb.slowly("2", "enter")
		p := tb.stored().Problems[0]
		if p.Status != interview.Confirmed || tb.stored().Name(p.Playbacks[0].By) != "Piet" {
			t.Fatalf("playbacks: %+v", p.Playbacks)
		}
		tb.sees("1 is confirmed by Piet")
		tb.slowly("esc", "p")
		tb.sees("Play back problem 2", "who answers: Piet")
		tb.slowly("tab")
		tb.sees("who answers: hark asks for the name")
		tb.slowly("n")
		time.Sleep(wait)
		tb.slowly("enter")
		tb.sees("What is it, then?", "no")
		tb.lacks("no, said")
		tb.slowly("esc")
		if b := tb.stored().Problems[1].Playbacks[0]; b.Answer != interview.No || !b.By.IsZero() {
			t.Fatalf("the no: %+v", b)
		}
	})
}

// In the forms for a wording and for what was left out a quotation mark says that the words are
// theirs, as it does in the box, and stands there again when the form opens.
func TestFormsSayWhoseWordsTheyAre(t *testing.T) {
	const words = "one weld in four"
	type read struct {
		text   string
		quoted bool
	}
	wording := func(s *interview.Interview) read { return read{s.Problems[0].Statement, s.Problems[0].Quoted} }
	leftOut := func(s *interview.Interview) read { return read{s.LeftOut.Text, s.LeftOut.Quoted} }
	for form, c := range map[string]struct {
		open   []string
		stored func(*interview.Interview) read
		again  bool // the form opens with what it was left with
	}{
		"reword":   {[]string{"esc", "r"}, wording, true},
		"nearly":   {[]string{"esc", "p", "e"}, wording, true},
		"no":       {[]string{"esc", "p", "n"}, wording, false},
		"left out": {[]string{"esc", "o"}, leftOut, true},
	} {
		for typed, want := range map[string]read{
			words: {words, false}, `"` + words: {words, true}, `“` + words + `”`: {words, true}, `\"` + words: {`"` + words, false},
		} {
			t.Run(form+" "+typed, func(t *testing.T) {
				inMeeting(t, func(t *testing.T, tb *meeting) {
					open := func() {
						for _, key := range c.open {
							tb.slowly(key)
							time.Sleep(wait)
						}
					}
					open()
					tb.Press("ctrl+u")
					tb.Type(typed)
					tb.slowly("enter")
					if got := c.stored(tb.stored()); got != want {
						t.Fatalf("stored %+v, want %+v\n%s", got, want, tb.Screen())
					}
					if !c.again {
						return
					}
					open()
					tb.Type(" today")
					tb.slowly("enter")
					if got := c.stored(tb.stored()); got != (read{want.text + " today", want.quoted}) {
						t.Fatalf("corrected: %+v\n%s", got, tb.Screen())
					}
				}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4")
			})
		}
	}
}

// A line that is corrected in quotation marks is a quote, in its form as in the box.
func TestALineCorrectedInMarks(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("up", "enter", "ctrl+u")
		tb.Type(`"it breaks every Friday`)
		tb.slowly("enter")
		if l := tb.stored().Lines[0]; l.Kind != interview.Quote || l.Text != "it breaks every Friday" || l.First != "they say it breaks" {
			t.Fatalf("in the form: %+v", l)
		}
		tb.enter("/fix 1 “it breaks on Fridays”")
		tb.sees(" “it breaks on Fridays”")
	}, "they say it breaks")
}

// The screen puts marks around their very words alone, where it shows a wording and where it is
// read out, until they say yes to the seller's.
func TestTheScreenQuotesTheirWordsAlone(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.sees("cant click other windows", "“nobody counts the scrap”")
		tb.lacks("“cant click")
		tb.slowly("esc", "p")
		tb.sees("Play back problem 1", "cant click other windows")
		tb.lacks("“cant click")
		tb.slowly("esc")
		tb.enter("/playback 1 yes")
		tb.sees("“cant click other windows”")
		tb.slowly("esc", "o")
		tb.lacks("“the night shift")
		tb.slowly("esc")
		tb.enter("/reword 1 cannot click")
		tb.sees("1 cannot click")
	}, "/person Ana, foreman", "@Ana !cant click other windows", `@Ana !"nobody counts the scrap`, "/weigh 1 how-bad=3", "/left-out the night shift")
}

// Told of a route that nobody answered, typed into the box, leaves it open, and a later answer is
// still to tell.
func TestToldOnTheScreen(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.enter("/told 2")
		tb.sees("What comes of route 2 is still to tell them")
		tb.enter("/answer 2 in March")
		if r := tb.stored().Routes[0]; !r.ToldAt.IsZero() || r.Earlier.At.IsZero() || r.Earlier.Of != "" {
			t.Fatalf("told without an answer: %+v", r)
		}
		tb.enter("/told 2", "/answer 2 in May")
		if r := tb.stored().Routes[0]; !r.ToldAt.IsZero() || r.Earlier.Of != "in March" {
			t.Fatalf("told of another answer: %+v", r)
		}
	}, "/person Ana, foreman", "@Ana !it breaks", "/weigh 1 how-bad=3", "/playback 1 yes", "/route 1 engineering")
}

// A yes makes a quote of a paraphrase, and not of the words that are typed for it afterwards.
func TestCorrectingAConfirmedParaphrase(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "r")
		tb.Type(" on Fridays")
		tb.slowly("enter")
		if p := tb.stored().Problems[0]; p.Statement != "it breaks on Fridays" || p.Quoted {
			t.Fatalf("the wording is %+v", p)
		}
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes")
}

// One key weighs what the gate waits for, and never a problem that was set aside.
func TestWeighWhatIsMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana", "!\"The coffee is bad", "!\"It breaks", "/weigh 1 how-bad=2", "/aside 1", "/playback 2 yes", "/left-out", "a line")
		tb.slowly("esc", "w")
		tb.sees("Weigh problem 2")
		tb.slowly("esc")
		tb.enter("/aside 2")
		tb.slowly("esc", "w")
		tb.lacks("Weigh problem")
		tb.sees("every problem was set aside")
	})
}

// Tab only moves. What is done answers the question that it is about, and the stage follows it.
func TestTabAsksNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana")
		tb.Press("tab", "tab", "tab")
		tb.enter("!It breaks")
		s := tb.stored()
		if len(s.NotAsked()) != s.Playbook.Len()-1 || !s.Asked(4) || s.Problems[0].Raised != "" {
			t.Fatalf("not asked: %v, raised %q", s.NotAsked(), s.Problems[0].Raised)
		}
		tb.lacks("✓ Q")
		tb.sees("● Their world")
		tb.enter("/consent yes role")
		tb.sees("● Open")
		tb.enter("/weigh 1 how-bad=4")
		tb.sees("● What it costs")
		tb.enter("/playback 1 no")
		tb.sees("● Play it back")
		tb.Press("tab")
		tb.sees("● Their world")
		for _, n := range []int{1, 3, 14, 15, 18} {
			if !tb.stored().Asked(n) {
				t.Errorf("question %d counts as not asked", n)
			}
		}
	})
}

// A nearly corrects the number that was read out, in one step that undo takes back. A no asks what
// it is, and can be set aside with a reason at once.
func TestNearlyAndNo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana", "!It breaks", "!It rusts", "/weigh 1 how-bad=5")
		tb.slowly("esc", "p", "e", "tab", "tab")
		tb.slowly("3", "esc")
		p := tb.stored().Problems[0]
		if p.Impact.HowBad != 3 || len(p.Playbacks) != 1 || p.Playbacks[0].Answer != interview.Nearly {
			t.Fatalf("the problem is %+v", p)
		}
		tb.sees("only a yes to that counts")
		tb.enter("/undo")
		if p := tb.stored().Problems[0]; p.Impact.HowBad != 5 || len(p.Playbacks) != 0 {
			t.Fatalf("undone: %+v", p)
		}
		tb.enter("/nearly 1: how-bad=2", "/aside 1", "/confirm 2")
		tb.sees("✓ confirmed", "○ ask how often, and how bad")
		tb.enter("/no 2")
		tb.sees("What is it, then?")
		tb.enter("/take-up 1")
		tb.slowly("esc", "p", "n")
		time.Sleep(wait)
		tb.sees("What is it, then?", "or set aside")
		tb.slowly("tab")
		tb.Type("it was the old machine")
		tb.slowly("enter")
		if p := tb.stored().Problems[0]; p.Status != interview.Aside || p.Reason != "it was the old machine" {
			t.Fatalf("after the no: %+v", p)
		}
	})
}
