package show_test

import (
	"strings"
	"testing"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/ui/show"
	"hark/ui/theme"
)

// In a debrief no line has the time at which it was typed, and none says again that it was
// recalled.
func TestLineOfADebrief(t *testing.T) {
	typed := time.Date(2026, 11, 28, 20, 51, 0, 0, time.UTC)
	ids := 0
	st := interview.Stamp{Now: typed, Writer: document.Writer{Incarnation: 1}, NewID: func() (interview.ID, error) {
		ids++
		return document.DerivedID("item", string(rune('a'+ids))), nil
	}}
	b := interview.Beginning{Customer: "Mill", Debrief: true, MetUntil: time.Date(2026, 1, 20, 14, 30, 0, 0, time.UTC)}
	step, err := interview.Begin(document.DerivedID("interview"), b, st)
	for _, a := range []interview.Action{interview.Add{Kind: interview.Quote, Text: "Dust"}, interview.Promises{Text: "Call"}} {
		if err == nil {
			step, err = interview.Apply(step.After, a, st)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	iv, s := step.After, theme.New(theme.Palette{})
	got := append(show.Line(iv.Lines[0], iv, time.UTC, 60, s), show.Promise(iv.Promises[0], iv, time.UTC, interview.DateOf(typed), 60, s)...)
	for _, line := range got {
		if strings.Contains(line, ":") || strings.Contains(line, "recalled") {
			t.Errorf("it says when it was typed: %q", line)
		}
	}
	if met := show.Met(iv, time.UTC); met != "20 Jan 2026, until 14:30" {
		t.Errorf("the meeting was %q", met)
	}
	if iv.WrittenDown() != "written down after the meeting, 312 days later" {
		t.Errorf("it was %q", iv.WrittenDown())
	}
}
