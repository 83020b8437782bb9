package live_test

import (
	"testing"
	"testing/synctest"
)

// Text that continues the rating stays in its field; none of it goes to what it costs.
func TestHowBadInWords(t *testing.T) {
	for typed, want := range map[string]int{"4 of 5": 4, "4 out of 5": 4, "4/5": 4, "2.": 2, "3": 3} {
		t.Run(typed, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, 100, 30)
				tb.enter("!It breaks")
				tb.Press("esc", "w", "tab")
				tb.enter(typed, "a day a week")
				tb.Press("esc")
				if i := tb.stored().Problems[0].Impact; i.HowBad != want || i.Costs != "a day a week" || i.Bears != "" {
					t.Fatalf("weighed as %+v", i)
				}
			})
		})
	}
}

// Anything but one number is refused; the text stays until it is one.
func TestHowBadIsOneNumber(t *testing.T) {
	for _, typed := range []string{"3 or 4", "10", "4-5", "4.5", "terrible", "9"} {
		t.Run(typed, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, 100, 30)
				tb.enter("!It breaks")
				tb.Press("esc", "w", "tab")
				tb.enter(typed)
				tb.sees("▸ how bad", "one number of theirs from 1 to 5, not “"+typed+"”")
				tb.Press("esc")
				tb.sees("Weigh problem 1")
				tb.Press("ctrl+u")
				tb.Type("3")
				tb.Press("esc")
				tb.lacks("from 1 to 5")
				if i := tb.stored().Problems[0].Impact; i.HowBad != 3 || i.Costs != "" {
					t.Fatalf("weighed as %+v", i)
				}
			})
		})
	}
}

func TestHowBadPasted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!It breaks")
		tb.Press("esc", "w", "tab")
		tb.Paste("4 of 5")
		tb.Type("a day a week")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowBad != 4 || i.Costs != "a day a week" {
			t.Fatalf("weighed as %+v", i)
		}
	})
}
