package live_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/ui/uitest"
)

// slow is a store that takes its time to read.
type slow struct{ storage.Store }

func (s slow) Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error) {
	time.Sleep(3 * time.Second)
	return s.Store.Read(ctx, id)
}

// openSlowly opens the interview in another window, of a notebook that takes its
// time.
func (tb *meeting) openSlowly() {
	tb.t.Helper()
	tb.Quit()
	tb.reopen(slow{tb.store})
	tb.Terminal = uitest.Start(tb.t, tb.app(), uitest.Size(100, 30))
}

// Nothing of what is typed before the interview is read is lost.
func TestKeysBeforeItIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.openSlowly()
		tb.Type(`"First words`)
		tb.Press("enter")
		tb.Type("!It breaks")
		tb.Press("ctrl+j", "tab") // enter, as the terminal sends it before hark has it
		tb.Type("half a li")
		tb.Press("backspace")
		tb.After(5 * time.Second)
		tb.sees("“First words”", "“It breaks”", "half a l")
		if s := tb.stored(); len(s.Lines) != 2 || len(s.Problems) != 1 || s.Current() != 2 {
			t.Fatalf("kept %+v, at question %d", s.Lines, s.Current())
		}
	})
}

func TestKeysBeforeItIsReadGoBeforeTheDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.Type("a draft")
		tb.After(time.Second)
		tb.openSlowly()
		tb.Type("news")
		tb.Press("enter")
		tb.After(5 * time.Second)
		tb.sees("news", "a draft")
		if l := tb.stored().Lines; len(l) != 1 || l[0].Text != "news" {
			t.Fatalf("kept %+v", l)
		}
	})
}

// A promise for a day that hark does not know is kept, and the screen says so.
func TestUndatedPromise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, width := range []int{100, 60} {
			tb := startMeeting(t, width, 24)
			tb.enter("+send the drawings by nextmonth")
			tb.sees("send the drawings by nextmonth", "“nextmonth” was not understood as a day", "/fix 1")
			tb.enter("+send the drawings by nextweek")
			if p := tb.stored().Promises; len(p) != 2 || !p[0].Due.IsZero() || p[1].Due.IsZero() {
				t.Errorf("kept %+v", p)
			}
			tb.Quit()
		}
	})
}

// A bar that is cut shows where the talk is and what comes next, and how much
// more there is.
func TestStageBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 60, 20)
		stages := tb.stored().Playbook.Stages
		for i, st := range stages[:len(stages)-1] {
			if len(st.Questions) == 0 {
				continue
			}
			tb.enter("/stage " + st.Name)
			tb.sees("● " + st.Name[:min(len(st.Name), 8)])
			if next := stages[i+1].Name; i+1 < len(stages)-1 {
				tb.sees(next[:min(len(next), 7)])
			}
			if i > 2 {
				tb.sees(" before ──")
			}
			if i < len(stages)-3 {
				tb.sees(" more\n")
			}
		}
	})
}
