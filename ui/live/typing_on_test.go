package live_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/storage"
	"hark/ui/uitest"
)

// inMeeting runs a test in a meeting in which lines were entered.
func inMeeting(t *testing.T, f func(t *testing.T, tb *meeting), lines ...string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		tb := startMeeting(t, 100, 30)
		tb.enter(lines...)
		f(t, tb)
	})
}

func (tb *meeting) draft() string {
	tb.t.Helper()
	tb.After(2 * time.Second)
	d, err := tb.book.Draft(tb.t.Context(), tb.id)
	if err != nil {
		tb.t.Fatal(err)
	}
	return d
}

func (tb *meeting) boxHas(want string) {
	tb.t.Helper()
	if d := tb.draft(); d != want {
		tb.t.Errorf("the box has %q, want %q\n%s", d, want, tb.Screen())
	}
}

func texts(iv *interview.Interview) string {
	var all []string
	for _, l := range iv.Lines {
		all = append(all, string(l.Kind)+":"+l.Text)
	}
	return strings.Join(all, " | ")
}

// A redo that has nothing to bring back is not put back into the box.
func TestRefusedRedoStaysOutOfTheBox(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.enter("/redo", "we lose two days")
		if got := texts(tb.stored()); !strings.HasSuffix(got, "paraphrase:we lose two days") {
			t.Errorf("kept %q\n%s", got, tb.Screen())
		}
	}, "first")
}

// A sentence typed while a playback is open answers nothing and lands in the box whole.
func TestTypingOnInAPlayback(t *testing.T) {
	for _, said := range []string{"everybody does it by hand", "some of them leave", "nobody knows which job is next"} {
		t.Run(said[:4], func(t *testing.T) {
			inMeeting(t, func(t *testing.T, tb *meeting) {
				tb.slowly("esc", "p")
				tb.Type(said)
				tb.boxHas(said)
			}, "/person Ana, foreman", "!the skip is full", "/impact 1 how-bad=4")
		})
	}
}

// Whatever is open, the first key of a sentence is not lost, at any speed.
func TestTypingOnWhateverIsOpen(t *testing.T) {
	for name, c := range map[string]struct {
		come []string
		said string
	}{
		"? in a question":            {[]string{"esc", "u"}, "?ask what a skip costs"},
		"? in a playback":            {[]string{"esc", "p"}, "?ask what a skip costs"},
		"digit in a question":        {[]string{"esc", "c"}, "3 of them leave"},
		"help":                       {[]string{"f1"}, "but they never tell us"},
		"help, f":                    {[]string{"f1"}, "for us it is the forms"},
		"help, k":                    {[]string{"f1"}, "keeps coming back"},
		"help over a question":       {[]string{"esc", "u", "f1"}, "we lose two days"},
		"help over esc":              {[]string{"esc", "f1"}, "we lose two days"},
		"help over a playback":       {[]string{"esc", "p", "f1"}, "we lose two days"},
		"commands, armed":            {[]string{"esc", "ctrl+p", "esc"}, "we lose two days"},
		"ctrl+g after esc":           {[]string{"esc"}, ""},
		"a letter in locked solving": {[]string{"ctrl+g"}, "we lose two days"},
	} {
		t.Run(name, func(t *testing.T) {
			inMeeting(t, func(t *testing.T, tb *meeting) {
				tb.slowly(c.come...)
				if c.said == "" {
					tb.Press("ctrl+g")
					c.said = "we lose"
					tb.Type(c.said)
				} else {
					tb.typeAt(c.said, 600*time.Millisecond)
				}
				tb.boxHas(c.said)
			}, "/person Ana, foreman", "!the skip is full", "/impact 1 how-bad=4")
		})
	}
}

// An unsettled line in the box is settled by what replaces it, and by nothing else.
func TestReentered(t *testing.T) {
	t.Run("prefill settles another", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "i", "enter", "ctrl+g", "enter") // the first gap: !
			tb.Type("it breaks")
			tb.slowly("enter")
			s := tb.stored()
			if len(s.ToSettle()) != 1 {
				t.Errorf("the unsettled line is gone: %q, problems %d", texts(s), len(s.Problems))
			}
		}, "/nonsense about the skip")
	})
	t.Run("two of them", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("alt+i", "enter", "alt+i", "down", "enter", "enter", "enter")
			if got := tb.stored().ToSettle(); len(got) != 2 {
				t.Errorf("to settle %+v", got)
			}
		}, "/nonsense about the skip", "/rubbish about the jig")
	})
	t.Run("left and back", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "i", "enter")
			tb.After(2 * time.Second)
			tb.Quit()
			tb.reopen(tb.store)
			tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30))
			tb.slowly("enter")
			if got := tb.stored().ToSettle(); len(got) != 1 {
				t.Errorf("to settle %+v", got)
			}
		}, "/nonsense about the skip")
	})
	t.Run("edited, then esc to weigh", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "i", "enter")
			tb.Press("ctrl+u")
			tb.Type("the whole night shift rings us up about the skip")
			tb.slowly("esc", "w", "esc")
			if got := texts(tb.stored()) + tb.draft(); !strings.Contains(got, "night shift") {
				t.Errorf("the words are nowhere: %q\n%s", got, tb.Screen())
			}
		}, "!it breaks", "/nonsense about the skip")
	})
	t.Run("cleared, and another line", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "i", "enter")
			tb.Press("ctrl+u")
			tb.enter("we lose two days")
			if got := tb.stored(); len(got.ToSettle()) != 1 {
				t.Errorf("the unsettled line is gone: %q", texts(got))
			}
		}, "/nonsense about the skip")
	})
}

// The end offers what is to settle, with an outcome too.
func TestEndOffersWhatIsToSettle(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.enter("/outcome no-fit", "/end")
		tb.After(time.Second)
		if !strings.Contains(tb.Screen(), "1 to settle") || !strings.Contains(tb.Screen(), "How did it end") && !strings.Contains(tb.Screen(), "What comes next") {
			t.Errorf("nothing is offered:\n%s", tb.Screen())
		}
	}, "/nonsense about the skip")
}

// Enter on the question for consent leaves what is recorded.
func TestConsentStartsAtWhatIsRecorded(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "c", "enter")
		if c := tb.stored().Consent; c.Quotes != interview.QuoteNone {
			t.Errorf("consent is now %+v", c)
		}
	}, "/consent yes none")
}

// A list longer than the screen keeps its selected row in view.
func TestLongListFollows(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		for range 40 {
			tb.enter("/nonsense about the skip")
		}
		tb.slowly("esc", "i")
		for range 30 {
			tb.Press("down")
		}
		if !strings.Contains(tb.Screen(), "31  /nonsense") {
			t.Errorf("the selected row, line 31, is out of sight:\n%s", tb.Screen())
		}
	})
}

// A solution being written is in the draft, whatever else is open.
func TestSolveTextInTheDraft(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("ctrl+g")
		tb.Type("a jig for each station")
		tb.slowly("esc")
		if d := tb.draft(); !strings.Contains(d, "jig") {
			t.Fatalf("draft %q", d)
		}
		tb.slowly("esc", "w")
		tb.Type("x")
		if d := tb.draft(); !strings.Contains(d, "jig") {
			t.Errorf("a crash now would lose the solution: the draft is %q", d)
		}
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/left-out")
}

// A solution being written is not lost when another window shuts the gate.
func TestGateShutsUnderSolving(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("ctrl+g")
		tb.Type("a jig for each station")
		if _, err := tb.book.Apply(t.Context(), tb.id, interview.Undo{}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		tb.After(6 * time.Second)
		tb.slowly("enter")
		tb.slowly("esc")
		if got := texts(tb.stored()) + tb.draft(); !strings.Contains(got, "jig") {
			t.Errorf("what was typed is nowhere: %q\n%s", got, tb.Screen())
		}
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/left-out")
}

// That another window changed the wording stays on the screen until the playback is answered.
func TestOtherWordingStays(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "p")
		if _, err := tb.book.Apply(t.Context(), tb.id, interview.Reword{Problem: 1, Text: "the skip overflows"}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		tb.After(2 * time.Second)
		tb.sees("read it again")
		tb.slowly("tab")
		tb.sees("read it again")
	}, "/person Ana, foreman", "!the skip is full", "/impact 1 how-bad=4")
}

// The note stands once.
func TestNoteOnce(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("ctrl+g")
		tb.Type("a jig")
		tb.slowly("enter")
		if n := strings.Count(tb.Screen(), "takes it back"); n != 1 {
			t.Errorf("the note stands %d times:\n%s", n, tb.Screen())
		}
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/left-out")
}

// After a click the next letter is text.
func TestArmedClick(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc")
		tb.clickOn("What they said")
		tb.typeAt("we lose two days", 600*time.Millisecond)
		tb.boxHas("we lose two days")
	}, "/person Ana, foreman", "!the skip is full")
}

// Lines typed while notes are refused are not glued together.
func TestRefusedNotes(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.enter("we lose two days", "it is the forms")
		tb.slowly("esc", "c", "enter")
		tb.slowly("enter")
		if got := texts(tb.stored()); strings.Contains(got, "daysit") {
			t.Errorf("kept %q", got)
		}
	}, "/consent no")
}

// A click right after a dialog opened was not meant for it.
func TestClickAtOnce(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Press("up", "esc", "z")
		tb.clickOn("enter drop it")
		if got := texts(tb.stored()); got != "paraphrase:first" {
			t.Errorf("dropped by a click as it opened: %q", got)
		}
	}, "first")
}

// A line that another window makes refused does not come back into what is being typed.
func TestRefusedInAnotherWindowWhileTyping(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Quit()
		tb.reopen(tb.store)
		other := tb.book
		tb.reopen(lazy{tb.store})
		tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30))
		tb.Type("we lose two days")
		tb.Press("enter")
		if _, err := other.Apply(t.Context(), tb.id, interview.SetConsent{Notes: interview.NotesRefused}, notebook.Live); err != nil {
			t.Fatal(err)
		}
		tb.Type("it is the fo")
		tb.After(4 * time.Second)
		tb.Type("rms")
		if s := tb.Screen(); strings.Contains(s, "two daysrms") {
			t.Errorf("glued:\n%s", s)
		}
	})
}

// lazy is a store that takes a tenth of a second before it decides.
type lazy struct{ storage.Store }

func (s lazy) Change(ctx context.Context, id interview.ID, decide func(storage.Stored) (storage.Write, error)) (interview.Revision, error) {
	time.Sleep(100 * time.Millisecond)
	return s.Store.Change(ctx, id, decide)
}

// Neither does a refused undo.
func TestUndoRefusedWhileTyping(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Quit()
		tb.reopen(lazy{tb.store})
		tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30))
		tb.Type("/redo")
		tb.Press("enter")
		tb.Type("we lose ")
		tb.After(4 * time.Second)
		tb.Type("two days")
		tb.Press("enter")
		tb.After(4 * time.Second)
		if got := texts(tb.stored()); got != "paraphrase:we lose two days" {
			t.Errorf("kept %q\n%s", got, tb.Screen())
		}
	})
}

// A question that the window is too small to show takes no answer.
func TestTooSmallToAsk(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("up", "esc", "z")
		tb.Resize(50, 15)
		tb.slowly("enter")
		if got := texts(tb.stored()); got != "paraphrase:first" {
			t.Errorf("dropped unseen: %q", got)
		}
	}, "first")
}

// A paste while the help is open goes into the box.
func TestPasteIntoTheHelp(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("f1")
		tb.Paste("we lose two days")
		tb.slowly("esc")
		tb.boxHas("we lose two days")
	})
}

// A backspace right after a letter erases it, although it has opened a form.
func TestBackspaceIntoAFreshForm(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Press("esc", "w", "backspace")
		tb.Type("every friday")
		tb.boxHas("every friday")
	}, "!it breaks")
}

// What waits for the box comes back into it, once it is empty.
func TestParkedTextComesBack(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Type("half a line")
		tb.slowly("ctrl+g", "enter") // the first gap: !
		tb.Press("ctrl+u")           // not now
		tb.slowly("enter", "esc", "esc")
		tb.sees("half a line")
	})
}

// A sentence becomes nobody's name.
func TestNoWithoutAName(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "p", "n")
		tb.Type("nobody knows which job is next")
		tb.slowly("enter")
		if n := len(tb.stored().People); n != 0 {
			t.Errorf("a sentence became a person: %q", tb.stored().People[0].Name)
		}
	}, "!the skip is full", "/impact 1 how-bad=4")
}

// A typed outcome has a next step, too.
func TestOutcomeTypedHasANextStep(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.enter("/end")
		tb.slowly("esc")
		tb.enter("/outcome no-fit")
		tb.After(time.Second)
		if !strings.Contains(tb.Screen(), "What comes next") {
			t.Errorf("no next step:\n%s", tb.Screen())
		}
	}, "first")
}

// Down selects in an empty box, as up does.
func TestDownSelects(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Press("down")
		tb.sees("enter correct")
	}, "first")
}

// Num lock makes no difference.
func TestNumLock(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "p")
		tb.Send(tea.KeyPressMsg{Code: 'w', Mod: tea.ModAlt | tea.ModNumLock})
		tb.Type("e lose two days")
		tb.boxHas("we lose two days")
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4")
}

// A letter after esc is the key of a Latin keyboard in the same place.
func TestCyrillicAfterEsc(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc")
		tb.Send(tea.KeyPressMsg{Code: 'ц', BaseCode: 'w', Text: "ц"})
		tb.sees("Weigh problem 1")
	}, "!it breaks")
}

// A line with a mark is what its mark says, typed into the field of working it out too.
func TestMarksInWorkingItOut(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("ctrl+g")
		for _, line := range []string{"!the printer is dead", `"we tried one`, "+send the list", "a jig"} {
			tb.Type(line)
			tb.slowly("enter")
		}
		if s := tb.stored(); len(s.Problems) != 2 || len(s.Promises) != 1 || len(s.Solutions) != 1 || s.Solutions[0].Text != "a jig" || !strings.HasSuffix(texts(s), "quote:we tried one") {
			t.Errorf("kept %q, %+v, %+v", texts(s), s.Problems, s.Solutions)
		}
	}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes by Ana", "/left-out")
}

// Weighing is about the problem just named, and never about one set aside while another is left.
func TestWeighsWhatWasJustNamed(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.enter("!the first", "!the second")
		tb.slowly("esc", "w")
		tb.sees("Weigh problem 2")
		tb.slowly("esc")
		tb.enter("a line")
		tb.slowly("esc", "w")
		tb.sees("Weigh problem 1")
		tb.slowly("esc")
		tb.enter("/impact 1 how-bad=4", "/impact 2 how-bad=4", "!the third", "/aside 3 next year", "/aside 3")
		tb.slowly("esc", "w")
		tb.lacks("Weigh problem 3")
		if p := tb.stored().Problems[2]; p.Reason != "next year" {
			t.Errorf("set aside because of %q", p.Reason)
		}
	})
}
