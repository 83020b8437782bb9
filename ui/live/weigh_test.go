package live_test

import (
	"strings"
	"testing"
	"testing/synctest"
)

// Text that continues the rating stays in its field; none of it goes to what it costs.
func TestHowBadInWords(t *testing.T) {
	for typed, want := range map[string]int{"4 of 5": 4, "4 out of 5": 4, "4/5": 4, "2.": 2, "3": 3} {
		t.Run(typed, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, 100, 30)
				tb.enter("!\"It breaks")
				tb.slowly("esc", "w", "tab")
				tb.enter(typed, "a day a week")
				tb.Press("esc")
				if i := tb.stored().Problems[0].Impact; i.HowBad != want || i.Costs != "a day a week" || i.Bears != "" {
					t.Fatalf("weighed as %+v", i)
				}
			})
		})
	}
}

// Anything but one number is kept to be settled, and nothing of it goes into another field.
func TestHowBadIsOneNumber(t *testing.T) {
	for _, typed := range []string{"3 or 4", "10", "4-5", "4.5", "terrible", "9"} {
		t.Run(typed, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := startMeeting(t, 100, 30)
				tb.enter("!\"It breaks")
				tb.slowly("esc", "w", "tab")
				tb.enter(typed, "2 hours a day")
				tb.Press("esc")
				tb.lacks("Weigh problem 1")
				s := tb.stored()
				if i := s.Problems[0].Impact; i.HowBad != 0 || i.Costs != "2 hours a day" {
					t.Fatalf("weighed as %+v", i)
				}
				open := s.ToSettle()
				if len(open) != 1 || !strings.Contains(open[0].Text, typed) {
					t.Fatalf("to settle: %+v", open)
				}
			})
		})
	}
}

// A digit chooses in the place of what stands in the field.
func TestADigitReplaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!\"It breaks", `/impact 1 how-often="when it rains" how-bad=3`)
		tb.slowly("esc", "w")
		tb.Type("2")
		tb.slowly("tab", "4", "esc")
		if i := tb.stored().Problems[0].Impact; i.HowOften != "every week" || i.HowBad != 4 {
			t.Fatalf("weighed as %+v", i)
		}
	})
}

func TestHowBadPasted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("!\"It breaks")
		tb.slowly("esc", "w", "tab")
		tb.Paste("4 of 5")
		tb.Type("a day a week")
		tb.Press("esc")
		if i := tb.stored().Problems[0].Impact; i.HowBad != 4 || i.Costs != "a day a week" {
			t.Fatalf("weighed as %+v", i)
		}
	})
}
