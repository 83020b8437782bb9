package live_test

import (
	"strings"
	"testing"
	"time"

	"hark/ui/uitest"
)

// A correction is kept, with or without a name, and however the form closes.
func TestNearlyWithNobodyNamed(t *testing.T) {
	for name, end := range map[string]func(tb *meeting){
		"esc":          func(tb *meeting) { tb.slowly("esc") },
		"enter":        func(tb *meeting) { tb.slowly("enter") },
		"type on":      func(tb *meeting) { tb.Type("we lose"); tb.slowly("enter") },
		"ours":         func(tb *meeting) { tb.After(time.Second); tb.Type("Ben"); tb.slowly("enter") },
		"esc + letter": nil,
	} {
		t.Run(name, func(t *testing.T) {
			inMeeting(t, func(t *testing.T, tb *meeting) {
				tb.slowly("esc", "p", "e", "ctrl+u")
				tb.Type("the big skip overflows")
				if end == nil {
					tb.Press("alt+w")
				} else {
					tb.Press("enter")
					end(tb)
				}
				tb.After(time.Second)
				s := tb.stored()
				d, _ := tb.book.Draft(t.Context(), tb.id)
				if all := texts(s) + s.Problems[0].Statement + d; !strings.Contains(all, "overflows") {
					t.Errorf("the correction is nowhere: %q %+v\n%s", texts(s), s.Problems[0].Playbacks, tb.Screen())
				}
			}, "/person Ben, sales, ours", "!the skip is full", "/impact 1 how-bad=4")
		})
	}
}

// What the rules refuse of a form is kept to be settled.
func TestFormRefused(t *testing.T) {
	t.Run("kind", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("up", "enter", "ctrl+u")
			tb.Type("the very long second wording")
			tb.Press("tab", "tab", "ctrl+u")
			tb.Type("idea")
			tb.slowly("enter")
			if got := texts(tb.stored()) + tb.draft(); !strings.Contains(got, "second wording") {
				t.Errorf("kept %q\n%s", got, tb.Screen())
			}
		}, "first wording")
	})
	t.Run("person", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "n", "enter")
			tb.Type("Miguel")
			tb.Press("tab")
			tb.Type("foreman of the night shift")
			tb.Press("tab", "ctrl+u")
			tb.Type("customer")
			tb.slowly("enter")
			s := tb.stored()
			if got := texts(s) + tb.draft(); len(s.People) == 0 && !strings.Contains(got, "night shift") {
				t.Errorf("kept %q, nobody in the room\n%s", got, tb.Screen())
			}
		})
	})
	t.Run("person without a name", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "n", "enter", "tab")
			tb.Type("foreman of the night shift")
			tb.slowly("enter")
			if got := texts(tb.stored()) + tb.draft(); !strings.Contains(got, "night shift") {
				t.Errorf("kept %q\n%s", got, tb.Screen())
			}
		})
	})
	t.Run("carry without a department", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("esc", "k", "tab")
			tb.Type("Mia Sorensen")
			tb.slowly("enter")
			if got := texts(tb.stored()) + tb.draft(); !strings.Contains(got, "Sorensen") {
				t.Errorf("kept %q\n%s", got, tb.Screen())
			}
		}, "/person Ana, foreman", "!it breaks", "/impact 1 how-bad=4", "/playback 1 yes by Ana")
	})
	t.Run("owner", func(t *testing.T) {
		inMeeting(t, func(t *testing.T, tb *meeting) {
			tb.slowly("up", "enter", "ctrl+u")
			tb.Type("send the second list")
			tb.Press("tab", "ctrl+u")
			tb.Type("Ana")
			tb.slowly("enter")
			s := tb.stored()
			if got := s.Promises[0].Text + texts(s) + tb.draft(); !strings.Contains(got, "second") {
				t.Errorf("kept %q\n%s", got, tb.Screen())
			}
		}, "/person Ana Ruiz, foreman", "/person Ana Berg, owner", "+send the list")
	})
}

// What a digit chose can be edited.
func TestAfterADigit(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want string
	}{
		"backspace": {[]string{"2", "backspace", "backspace", "backspace", "backspace", "d", "a", "y"}, "every day"},
		"name":      {[]string{"2", "left", "x"}, "every weexk"},
	} {
		t.Run(name, func(t *testing.T) {
			inMeeting(t, func(t *testing.T, tb *meeting) {
				tb.slowly("esc", "w")
				tb.Press(c.keys...)
				tb.slowly("esc")
				if got := tb.stored().Problems[0].Impact.HowOften; got != c.want {
					t.Errorf("how often is %q", got)
				}
			}, "!it breaks")
		})
	}
}

// Esc leaves a form as it was: a choice is no line.
func TestEscAfterAChoice(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("up", "enter", "tab", "1", "esc")
		if got := texts(tb.stored()); got != "paraphrase:first" {
			t.Errorf("esc kept %q", got)
		}
	}, "/person Ana, foreman", "first")
}

// Text typed into a field of choices replaces what stood there.
func TestTypingOverAFilledField(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "w")
		tb.Type("daily")
		tb.slowly("esc")
		if got := tb.stored().Problems[0].Impact.HowOften; got != "daily" {
			t.Errorf("how often is %q", got)
		}
	}, "!it breaks", `/impact 1 how-often="every week"`)
}

// After a crash, what stood in the box and in a form comes back as two texts.
func TestDraftOfAForm(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.Type("half a line")
		tb.slowly("alt+w")
		tb.Type("2 of them")
		tb.After(2 * time.Second)
		tb.Terminal = uitest.Start(t, tb.app(), uitest.Size(100, 30)) // after a crash
		tb.slowly("enter")
		if got := texts(tb.stored()); strings.Contains(got, "half a line\n2 of them") {
			t.Errorf("kept as one: %q", got)
		}
	}, "!it breaks")
}

// A paste after a digit is their words.
func TestPasteAfterADigit(t *testing.T) {
	inMeeting(t, func(t *testing.T, tb *meeting) {
		tb.slowly("esc", "w")
		tb.Type("2")
		tb.Paste("when it rains")
		tb.slowly("esc")
		if got := tb.stored().Problems[0].Impact.HowOften; got != "when it rains" && got != "2when it rains" {
			t.Errorf("how often is %q", got)
		}
	}, "!it breaks")
}
