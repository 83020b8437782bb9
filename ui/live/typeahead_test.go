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

// slow is a store whose reads take three seconds.
type slow struct{ storage.Store }

func (s slow) Read(ctx context.Context, id interview.ID) (*document.Document, interview.Revision, error) {
	time.Sleep(3 * time.Second)
	return s.Store.Read(ctx, id)
}

// openSlowly opens the interview in another window, from a slow store.
func (tb *meeting) openSlowly() {
	tb.t.Helper()
	tb.Quit()
	tb.reopen(slow{tb.store})
	tb.Terminal = uitest.Start(tb.t, tb.app(), uitest.Size(100, 30))
}

// Input that comes before the interview is read is not lost.
func TestKeysBeforeItIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.openSlowly()
		tb.Type(`"First words`)
		tb.Press("enter")
		tb.Type("!\"It breaks")
		tb.Press("ctrl+j", "tab") // enter, as a terminal in cooked mode sends it
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
