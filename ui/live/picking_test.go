package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// apart is a meeting in which this window and another laptop's each put problem 1 and line 2 in other words and
// rated it, without seeing each other. The problem is selected.
func apart(t *testing.T, width int, f func(t *testing.T, tb *meeting)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, width, 30)
		tb.setApart(t)
		tb.slowly("up", "right")
		f(t, tb)
	})
}

// setApart gives problem 1 two wordings and two ratings, and line 2 two texts.
func (tb *meeting) setApart(t *testing.T) {
	t.Helper()
	five := 5
	tb.enter("/person Ana, foreman", "!the skip is full", "it smells")
	come := tb.elsewhere(t,
		interview.Reword{Problem: 1, Text: "the skip overflows"}, interview.Weigh{Problem: 1, HowBad: &five}, interview.Fix{Number: 2, Text: "it stinks"})
	tb.After(time.Minute)
	tb.enter("/reword 1 the skip spills over", "/impact 1 how-bad=3", "/fix 2 it smells of paint")
	come()
	tb.After(2 * time.Second)
}

// standing returns what stands for the problem and the line that were set apart.
func (tb *meeting) standing() []string {
	iv := tb.stored()
	l, _ := iv.Line(2)
	var all []string
	for _, c := range slices.Concat(iv.Problems[0].Concurrent, l.Concurrent) {
		all = append(all, string(c.Field)+" "+c.Value)
	}
	return all
}

// Of what stands twice, a digit picks one, with who and when next to each; the next field follows, and
// undo brings both back.
func TestPicking(t *testing.T) {
	for _, width := range []int{100, 60} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			apart(t, width, func(t *testing.T, tb *meeting) {
				tb.sees("≠ ", "enter pick")
				tb.slowly("enter")
				tb.sees("problem 1: how bad, from 1 to 5", "1 5", "Mia, 20 Nov 14:14", "2 3", "me, 20 Nov 14:15")
				tb.slowly("2")
				time.Sleep(wait)
				tb.sees("problem 1: wording", "1 the skip overflows", "2 the skip spills over")
				tb.Golden(fmt.Sprintf("picking-%d", width))
				tb.slowly("1")
				time.Sleep(wait)
				tb.sees("picked for problem 1: wording")
				tb.After(2 * time.Second)
				if p := tb.stored().Problems[0]; p.Impact.HowBad != 3 || p.Statement != "the skip overflows" || len(p.Concurrent) > 0 {
					t.Errorf("the problem is %+v", p)
				}
				tb.slowly("esc", "u", "enter", "esc", "u", "enter")
				tb.After(2 * time.Second)
				if got := tb.standing(); len(got) != 6 {
					t.Errorf("undone, there stand %q\n%s", got, tb.Screen())
				}
			})
		})
	}
}

// Esc leaves all values; f corrects in the field itself, tab shows the next field in doubt.
func TestLeavingAPick(t *testing.T) {
	apart(t, 100, func(t *testing.T, tb *meeting) {
		before := tb.standing()
		tb.slowly("enter")
		tb.sees("Which one")
		tb.slowly("esc")
		tb.lacks("Which one")
		tb.slowly("enter", "tab")
		tb.sees("problem 1: wording")
		tb.slowly("tab")
		tb.sees("problem 1: how bad, from 1 to 5")
		tb.slowly("f")
		tb.sees("Weigh problem 1")
		tb.slowly("esc", "enter", "tab", "f")
		tb.sees("Correct problem 1")
		tb.slowly("esc", "enter", "tab", "j")
		tb.sees("Join, for problem 1: wording", "the skip overflows / the skip")
		tb.slowly("esc")
		tb.After(2 * time.Second)
		if got := tb.standing(); !slices.Equal(got, before) {
			t.Errorf("there stand %q, before %q", got, before)
		}
	})
}

// J joins two texts, which can be smoothed before enter keeps them; one of them left alone is picked.
func TestJoiningTexts(t *testing.T) {
	for name, c := range map[string]struct{ clear, types, want string }{
		"as it stands": {"", "", "it stinks / it smells of paint"},
		"smoothed":     {"ctrl+u", "it stinks of paint", "it stinks of paint"},
		"one of them":  {"ctrl+u", "it stinks", "it stinks"},
		"the other":    {"ctrl+u", "it smells of paint", "it smells of paint"},
	} {
		t.Run(name, func(t *testing.T) {
			apart(t, 100, func(t *testing.T, tb *meeting) {
				tb.slowly("left", "enter")
				tb.sees("2: wording")
				tb.slowly("j")
				if c.clear != "" {
					tb.slowly(c.clear)
				}
				tb.Type(c.types)
				tb.slowly("enter")
				tb.After(2 * time.Second)
				if l, _ := tb.stored().Line(2); l.Text != c.want || len(l.Concurrent) > 0 {
					t.Errorf("the line is %+v\n%s", l, tb.Screen())
				}
			})
		})
	}
}

// A value that stands no more when it is picked changes nothing, and the screen says so.
func TestPickingWhatStandsNoMore(t *testing.T) {
	apart(t, 100, func(t *testing.T, tb *meeting) {
		tb.slowly("enter", "tab")
		if _, err := tb.book.Apply(t.Context(), tb.id, interview.Reword{Problem: 1, Text: "the skip is too small"}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		tb.After(2 * time.Second)
		tb.slowly("1")
		tb.sees("one value stands")
		tb.After(2 * time.Second)
		if p := tb.stored().Problems[0]; p.Statement != "the skip is too small" {
			t.Errorf("the problem is %+v", p)
		}
	})
}

// A sentence picks nothing, whatever digit or letter begins it, and lands in the box whole.
func TestTypingOnInAPick(t *testing.T) {
	for _, c := range []struct{ looks, pause time.Duration }{{0, 0}, {0, 300 * time.Millisecond}, {wait, 133 * time.Millisecond}, {wait, 300 * time.Millisecond}} {
		for _, said := range []string{"2 of them are full", "9 of ten", "just the small jobs", "for us it is the forms"} {
			t.Run(fmt.Sprint(c.looks, c.pause, said[:4]), func(t *testing.T) {
				apart(t, 100, func(t *testing.T, tb *meeting) {
					before := tb.standing()
					tb.Press("enter")
					time.Sleep(c.looks)
					for i := range said {
						tb.Type(said[i : i+1])
						time.Sleep(c.pause)
					}
					tb.boxHas(said)
					tb.Press("enter")
					tb.After(2 * time.Second)
					if got := tb.standing(); !slices.Equal(got, before) {
						t.Errorf("there stand %q, before %q", got, before)
					}
					if all := tb.stored().Lines; all[len(all)-1].Text != said {
						t.Errorf("kept as %+v", all[len(all)-1])
					}
				})
			})
		}
	}
}

// The help says what the sign is for.
func TestTheSignOfTwoValuesIsInTheHelp(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Press("f1")
		for range 20 {
			if strings.Contains(tb.Screen(), "Two values stand there") {
				return
			}
			tb.Press("pgdown")
		}
		t.Errorf("the help does not say it:\n%s", tb.Screen())
	})
}

// What stands twice waits in the list of what is to settle, that of the interview itself too.
func TestWhatStandsTwiceIsToSettle(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		fourth := interview.Date{Year: 2026, Month: 12, Day: 4}
		come := tb.elsewhere(t, interview.SetOutcome{Outcome: interview.NoFit}, interview.Fix{Number: 2, Due: &fourth},
			interview.Reword{Problem: 1, Text: "the skip overflows"})
		tb.enter("/outcome worked-out", "/fix 2 due 2026-12-11", "/reword 1 the skip spills over")
		come()
		tb.After(2 * time.Second)
		tb.sees("3 to settle")
		tb.slowly("esc", "i")
		tb.sees("2  send the list", "the interview  Harbour Welding", "problem 1  the skip")
		tb.Golden("picking-to-settle")
		for range 3 {
			tb.slowly("enter")
			tb.sees("Which one")
			tb.slowly("1")
			time.Sleep(wait)
			tb.slowly("esc", "i")
		}
		tb.sees("Nothing is to settle")
		iv := tb.stored()
		if iv.Outcome != interview.NoFit || len(iv.Concurrent) > 0 || iv.Promises[0].Due != fourth || iv.Problems[0].Statement != "the skip overflows" {
			t.Errorf("%v %+v %+v", iv.Outcome, iv.Promises, iv.Problems)
		}
	}, "!the skip is full", "+send the list due friday")
}

// While it is worked out, enter on an empty field picks what stands twice of a solution, and comes back.
func TestPickingOfASolution(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		come := tb.elsewhere(t, interview.Decide{Solution: 1, Decision: interview.Declined})
		tb.After(time.Minute)
		tb.enter("/agree 1")
		come()
		tb.After(2 * time.Second)
		tb.slowly("ctrl+g", "down")
		tb.sees("decision: declined", "enter pick")
		tb.slowly("enter")
		tb.sees("solution 1: decision", "1 declined", "2 agreed")
		tb.slowly("2")
		time.Sleep(wait)
		tb.sees("Work it out together", "agreed")
		tb.lacks("declined")
		tb.After(2 * time.Second)
		if s := tb.stored().Solutions[0]; s.Decision != interview.Agreed || len(s.Concurrent) > 0 {
			t.Errorf("the solution is %+v", s)
		}
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/left-out", "/solve 1 a jig")
}

// A pick typed without a value opens what picks one, and keeps nothing by that; without a number it
// lists what is to settle.
func TestATypedPickOpensTheDialog(t *testing.T) {
	apart(t, 100, func(t *testing.T, tb *meeting) {
		before := len(tb.stored().Lines)
		for line, sees := range map[string]string{
			"/pick 2": "2: wording", "/pick p1": "problem 1: how bad, from 1 to 5", "/pick p1 wording": "problem 1: wording", "/pick": "To settle",
		} {
			tb.enter(line)
			tb.sees(sees)
			tb.slowly("esc")
		}
		tb.enter("/pick 2 2")
		tb.After(2 * time.Second)
		if l, _ := tb.stored().Line(2); l.Text != "it smells of paint" || len(tb.stored().Lines) != before {
			t.Errorf("the line is %+v of %d\n%s", l, len(tb.stored().Lines), tb.Screen())
		}
	})
}
