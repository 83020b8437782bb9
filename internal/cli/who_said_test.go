package cli_test

import (
	"strings"
	"testing"
	"time"
)

// Who said a wording, who corrected it and who said yes to it are told apart on every page; so is what
// counts from what does not.
func TestWhoSaidIt(t *testing.T) {
	const people = "/person Ana, foreman\n/person Piet, planner\n/person Hy, seller, ours\n/consent yes name\n"
	for name, c := range map[string]struct {
		lines     string
		page, not []string
		csv       string
	}{
		"another one says yes": {
			"@Piet !the jigs are worn\n/no 1 by Piet\n/yes 1 by Ana\n",
			[]string{"> “the jigs are worn”\n", "first heard: “the jigs are worn”\n", "played back: no — Piet", "played back: yes — Ana", "confirmed by Ana"},
			[]string{"“the jigs are worn” — Ana"}, ",the jigs are worn,yes,,confirmed",
		},
		"one of us said it": {
			"@Hy !the crane is slow\n/yes 1 by Ana\n/reword 1 the crane is late\n",
			[]string{"first heard: “the crane is slow”\n"}, []string{"“the crane is slow” — Ana", "“the crane is slow” — Hy"}, ",the crane is late,no,,heard",
		},
		"one corrects it and another says yes": {
			"!the drawings get lost\n/nearly 1 by Ana: \"the drawings get lost on Fridays\"\n/yes 1 by Piet\n",
			[]string{"corrected: “the drawings get lost on Fridays” — Ana", "> “the drawings get lost on Fridays” — Ana", "confirmed by Piet"},
			[]string{"on Fridays” — Piet"}, ",the drawings get lost on Fridays,yes,Ana,confirmed",
		},
		"nobody is known to have said it": {
			"!dust everywhere\n/reword 1 dust\n/yes 1 by Ana\n", []string{"> “dust” — Ana", "reworded: “dust”\n"}, nil, ",dust,yes,Ana,confirmed",
		},
		"who confirmed turned out to be ours": {
			"!the roof leaks\n/person Bo\n/yes 1 by Bo\n/reword 1 the roof drips\n/nearly 1 by Bo: \"the roof is wet\"\n/person Bo, ours\n",
			[]string{"the roof is wet", "played back: yes — Bo (not on their side, so it does not count)"},
			[]string{"“the roof", "an earlier wording was confirmed"}, ",the roof is wet,no,,heard",
		},
		"what was seen": {
			"~jigs lie in a box\n/problem 1\n/yes 1 by Piet\n", []string{"> “jigs lie in a box”\n"}, []string{"box” — Piet"}, ",jigs lie in a box,yes,,confirmed",
		},
		"the line of ours was untied": {
			"@Hy !the lift sticks\n/untie 1\n/yes 1 by Piet\n", []string{"> “the lift sticks”\n"}, []string{"sticks” — Piet"}, ",the lift sticks,yes,,confirmed",
		},
		"a no of another one": {
			"!the roof leaks\n/yes 1 by Piet\n/no 1 by Ana\n", []string{"yes — Piet (a later no stands against it)"}, []string{"taken back"}, "",
		},
		"a no of the same": {
			"!the roof leaks\n/yes 1 by Piet\n/no 1 by Piet\n", []string{"yes — Piet (taken back later)"}, nil, "",
		},
		"asked for the correction": {
			"!the roof leaks #roof\n/weigh 1 how-bad=4\n/nearly 1 by Ana: how-bad=5\n/yes 1 by Ana\n",
			[]string{"Which of those words are mine"}, []string{"If nearly, what one change"}, "",
		},
		"the talk has moved on": {
			"/ask 7\n@Ana !the jigs are worn\n/weigh 1 weekly\n/yes 1 by Ana\n/left-out\n@Ana !nobody sweeps\n",
			[]string{"“the jigs are worn” — Ana\n\nconfirmed by Ana, 14:00 · came up when asked", "nobody sweeps"}, []string{"not confirmed yet · came up"}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
			for _, db := range d.typed("Harbour", people+c.lines) {
				page := d.hark(db, "", "export", "Harbour", "--out", "-")
				for _, want := range c.page {
					if !strings.Contains(page, want) {
						t.Errorf("%s: the page lacks %q:\n%s", db, want, page)
					}
				}
				for _, not := range c.not {
					if strings.Contains(page, not) {
						t.Errorf("%s: the page says %q:\n%s", db, not, page)
					}
				}
				if rows := d.hark(db, "", "export", "Harbour", "--format", "csv", "--table", "problems", "--out", "-"); !strings.Contains(rows, c.csv) {
					t.Errorf("%s: the table lacks %q:\n%s", db, c.csv, rows)
				}
			}
		})
	}
}

// What only our own people said is no problem of the customer's, tied to its line or not.
func TestOurOwnUntied(t *testing.T) {
	d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
	for _, db := range d.typed("Harbour", "/person Ana, foreman\n/person Hy, seller, ours\n@Ana !it rusts\n@Hy !the fan hums #fan\n/untie 2\n") {
		for _, way := range []string{"customers", "themes"} {
			if text := d.hark(db, "", way); strings.Contains(text, "hums") || strings.Contains(text, "2 problems") {
				t.Errorf("%s, hark %s:\n%s", db, way, text)
			}
		}
	}
}

// Confirmed without correction is what they had nothing to correct of, whatever the rep put in other words.
func TestConfirmedWithoutCorrection(t *testing.T) {
	d := newStory(t, time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC))
	for lines, want := range map[string]string{
		"!the roof leaks #roof\n/weigh 1 how-bad=4\n/nearly 1: how-bad=5\n/yes 1\n": "0 of 1",
		"!the rof leaks #roof\n/reword 1 the roof leaks\n/yes 1\n":                  "1 of 1",
	} {
		db := want[:1] + ".db"
		d.hark(db, "/person Ana, foreman\n"+lines, "take", "--new", "Harbour")
		if got := d.hark(db, "", "themes"); !strings.Contains(got, want) {
			t.Errorf("%q: want %s confirmed without correction:\n%s", lines, want, got)
		}
	}
}
