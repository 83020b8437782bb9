package live_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
)

// A meeting with the mouse alone.
func TestMeetingByMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter("/person Ana, foreman", "/person Piet, owner", "!\"One weld in five is done twice", "!\"Nobody knows which job is next")
		tb.clickOn("Before solutions unlock")
		tb.After(time.Second)
		tb.clickOn("weigh problem 2")
		tb.sees("Weigh problem 2")
		tb.After(time.Second)
		tb.clickOn("3 every month")
		tb.clickOn("how bad")
		tb.clickOn("4   5")
		tb.sees("What does it cost you")
		tb.clickOn("wanted instead")
		tb.Type("a plan")
		tb.clickOn("esc keep")
		if i := tb.stored().Problems[1].Impact; i.HowOften != "every month" || i.HowBad != 4 || i.Wants != "a plan" {
			t.Fatalf("weighed as %+v", i)
		}
		// The first click selects, the second does what enter does.
		tb.clickOn("which job is   ")
		tb.sees("enter correct")
		tb.slowly("esc", "p")
		tb.sees("Play back problem 2", "who answers: hark asks for the name")
		tb.clickOn("who answers")
		tb.sees("who answers: Ana")
		tb.clickOn("who answers")
		tb.sees("who answers: Piet")
		tb.clickOn("y yes")
		p := tb.stored().Problems[1]
		if p.Status != interview.Confirmed || tb.stored().Name(p.Playbacks[0].By) != "Piet" {
			t.Fatalf("playbacks: %+v", p.Playbacks)
		}
		tb.enter("/aside 1")
		tb.enter("/left-out")
		tb.clickOn("Unlocked")
		tb.sees("Work it out together", "a solution")
		tb.After(time.Second)
		tb.Type("a board at the gate")
		tb.clickOn("enter keep")
		if got := tb.stored().Solutions; len(got) != 1 || got[0].Text != "a board at the gate" {
			t.Fatalf("solutions: %+v", got)
		}
	})
}

func TestRecordByMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		for range 12 {
			tb.enter("a line", "another line")
		}
		tb.Wheel(20, 15, -20)
		tb.sees("  1  14:14  a line")
		tb.Wheel(20, 15, 20)
		tb.sees(" 24  14:14  another line")
		tb.clickOn(" 23  14:14")
		tb.sees("▸  23  14:14  a line")
		tb.clickOn(" 23  14:14")
		tb.sees("Correct 23")
		tb.slowly("esc", "esc", "esc")
		tb.clickOn("Q2")
		tb.clickOn("Q2")
		if n := tb.stored().Current(); n != 2 {
			t.Fatalf("question %d is asked", n)
		}
		// Offers and the box.
		tb.clickOn("what they say")
		tb.Type("/l")
		tb.clickOn("/left-out")
		tb.sees("│ /left-out")
		tb.Type("x")
		tb.Press("enter")
		if l := tb.stored().LeftOut; l.Text != "x" {
			t.Fatalf("left out: %+v", l)
		}
	})
}

func TestPasteAndOverlaysByMouse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 80, 24)
		tb.Paste("one\ntwo")
		tb.After(time.Second)
		tb.clickOn("many lines")
		tb.clickOn("many lines")
		if n := len(tb.stored().Lines); n != 2 {
			t.Fatalf("%d lines are kept", n)
		}
		tb.clickOn("f1 keys")
		tb.sees("Keys", "Typing")
		before := tb.Screen()
		tb.Wheel(10, 10, 2)
		if tb.Screen() == before {
			t.Fatal("the wheel does not scroll the help")
		}
		tb.Click(10, 10)
		tb.Press("ctrl+p")
		tb.Wheel(20, 10, 2)
		tb.Type("left out")
		tb.clickOn("Ask what has been left out")
		tb.sees("What has been left out?")
		if strings.Contains(tb.Screen(), "Commands") {
			t.Fatalf("the palette stays:\n%s", tb.Screen())
		}
	})
}
