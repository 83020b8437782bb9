package widget_test

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/ui/theme"
	"hark/ui/widget"
)

func TestNote(t *testing.T) {
	s := theme.New(theme.None())
	frame := widget.NewBlock(20, 3, []string{"first", "second", "third"})
	if diff := cmp.Diff(frame, widget.Note{Alarm: true}.Over(frame, s)); diff != "" {
		t.Errorf("without a note (-want +got):\n%s", diff)
	}
	got := widget.Note{Text: "it could not be written", Alarm: true}.Over(frame, s)
	want := []string{"first               ", " ! it could not be  ", "   written          "}
	for i, line := range got.Lines {
		got.Lines[i] = regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(line, "")
	}
	if diff := cmp.Diff(want, got.Lines); diff != "" {
		t.Errorf("with a note (-want +got):\n%s", diff)
	}
}
