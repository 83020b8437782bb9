package library_test

import (
	"testing"
	"time"

	"hark/internal/interview"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// A meeting without a screen is written down afterwards.
func TestBeginAfterTheMeeting(t *testing.T) {
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		h.Type("Harbour Welding")
		h.Press("tab", "tab")
		h.Shows("Meeting   ‹ going on now ›")
		h.Press("right")
		h.Shows("‹ over; written down from memory ›", "Ended", "or leave it empty")
		h.Press("tab")
		h.Type("tomorrow")
		h.Press("enter")
		h.Shows("“tomorrow” is no time that hark knows")
		h.Goes()
		h.Press("ctrl+u")
		h.Type("2h ago")
		h.Press("enter")
		iv := newest(h)
		if !iv.Debrief || !iv.MetUntil.Equal(iv.StartedAt.Add(-2*time.Hour)) {
			t.Errorf("began at %v, debrief %v of a meeting until %v", iv.StartedAt, iv.Debrief, iv.MetUntil)
		}
		h.Goes(screen.GoLive{Interview: iv.ID})
	})
}

// The end of the meeting may be unknown, and the choice can be reversed.
func TestBeginAfterTheMeetingWithoutATime(t *testing.T) {
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		h.Type("Harbour Welding")
		h.Press("shift+tab", "space", "tab")
		h.Type("no time at all")
		h.Press("shift+tab", "left") // going on after all: the typed end is ignored
		h.Hides("Ended")
		h.Press("enter")
		if iv := newest(h); iv.Debrief || !iv.MetUntil.IsZero() {
			t.Errorf("debrief %v of a meeting until %v", iv.Debrief, iv.MetUntil)
		}
	})
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		h.Type("Harbour Welding")
		h.Press("shift+tab", "right", "enter")
		if iv := newest(h); !iv.Debrief || !iv.MetUntil.IsZero() {
			t.Errorf("debrief %v of a meeting until %v", iv.Debrief, iv.MetUntil)
		}
	})
}

func TestFormByMouse(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		h.Click(40, 8) // the third customer met before
		h.Shows("Customer    Café Lumière")
		h.Click(40, 11)
		h.Click(40, 11)
		h.Hides("Playbook  ‹ Listen first ›")
		h.Click(40, 16)
		h.Click(40, 16)
		h.Shows("over; written down from memory")
		h.Click(40, 17)
		h.Type("1h ago")
		h.Shows("Ended       1h ago")
	})
}
