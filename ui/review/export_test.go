package review_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"hark/internal/interview"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// The review exports with the same key as the library.
func TestExport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		want := meeting(d)
		var folders []string
		d.Env.Export = func(_ context.Context, id interview.ID, folder string) (string, error) {
			if folders = append(folders, folder); id != want || len(folders) == 1 {
				return "", errors.New("/notes/harbour.md is there already")
			}
			return folder + "/harbour.md", nil
		}
		r := start(t, d, want, 0, 80, 24)
		r.Press("e")
		r.Shows("Export Harbour Welding", "into the folder", "your thoughts stay out")
		screentest.Check(t, r.Root.Screen)
		r.Press("ctrl+u")
		r.Type("/notes")
		r.Press("enter")
		r.Shows("! /notes/harbour.md is there already", "│ /notes ")
		r.Type("/b")
		r.Press("enter")
		r.Shows("› Exported to /notes/b/harbour.md")
		if len(folders) != 2 || folders[0] != "/notes" || folders[1] != "/notes/b" {
			t.Errorf("asked for %q", folders)
		}
		r.Quit()

		// The next review remembers the folder, and esc goes back to reading.
		again := start(t, d, want, 0, 80, 24)
		again.Press("e")
		again.Shows("│ /notes/b ")
		again.Press("esc")
		again.Type("e")
		again.Shows("Export Harbour Welding")
		again.Press("esc", "c")
		if got := again.Root.Gone(); len(got) != 1 || got[0] != (screen.GoLive{Interview: want}) {
			t.Errorf("went to %+v", got)
		}
	})
}
