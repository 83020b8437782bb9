package library_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/ui/library"
	"hark/ui/screentest"
)

const (
	refresh = 5 * time.Second        // the list has been read again by then
	typed   = 200 * time.Millisecond // and the typed text searched for
)

// start opens the library on a terminal.
func start(t *testing.T, d *screentest.Desk, width, height int) *screentest.Reader {
	t.Helper()
	return d.Read(t, library.New(d.Env), width, height)
}

func ptr[T any](v T) *T { return &v }

func quote(who, text string) interview.Action {
	return interview.Add{Kind: interview.Quote, Text: text, Speaker: who}
}

// week fills a notebook with some weeks of meetings.
func week(d *screentest.Desk) (ids map[string]interview.ID) {
	ids = map[string]interview.ID{}
	d.At(2025, 12, 4, 9, 0)
	id := d.Begin("Nordwind Logistik")
	ids["nordwind"] = id
	d.Do(id,
		interview.Raise{Text: "Half the lorries drive home empty", Quoted: true, Speaker: "Jens Petersen"},
		interview.SetOutcome{Outcome: interview.NoFit}, interview.End{})

	d.At(2026, 11, 12, 16, 0)
	id = d.Begin("Café Lumière")
	ids["cafe"] = id
	d.Do(id,
		interview.Introduce{Name: "Claire", Role: "owner"},
		interview.Raise{Text: "The till and the kitchen never agree", Quoted: true, Speaker: "Claire"},
		interview.Weigh{Problem: 1, HowOften: ptr("every evening"), HowBad: ptr(3), Costs: ptr("an hour of counting")},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Claire"},
		interview.AskLeftOut{},
		interview.Promises{Text: "Show what the kitchen printer sends", Owner: "us", Due: interview.Date{Year: 2026, Month: 11, Day: 17}},
		interview.Promises{Text: "Send the till reports of October", Owner: "Claire", Due: interview.Date{Year: 2026, Month: 11, Day: 24}},
		interview.SetOutcome{Outcome: interview.WorkedOut}, interview.End{})

	d.At(2026, 11, 18, 10, 0)
	id = d.Begin("Bäckerei Sonnenschein und Töchter")
	ids["bakery"] = id
	d.Do(id,
		interview.Raise{Text: "We throw bread away every night", Quoted: true},
		interview.Promises{Text: "Come back with somebody who bakes", Owner: "us"},
		interview.SetOutcome{Outcome: interview.MoreToLearn}, interview.End{})

	d.At(2026, 11, 20, 14, 0)
	id = d.Begin("Harbour Welding")
	ids["harbour"] = id
	d.Do(id,
		interview.Introduce{Name: "Ana", Role: "foreman"},
		interview.Raise{Text: "One weld in five is done twice", Quoted: true, Speaker: "Ana"},
		quote("Ana", "We rework about one weld in five."),
		interview.Add{Kind: interview.Observation, Text: "Scrap goes in the skip, nobody counts it"},
		interview.Add{Kind: interview.FollowUp, Text: "ask what a skip costs"},
		interview.Weigh{Problem: 1, HowOften: ptr("every day"), HowBad: ptr(4)},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Ana"},
		interview.Raise{Text: "Nobody knows which job is next", Quoted: true, Speaker: "Ana"},
		quote("Ana", "The whole Friday batch came back, all of it, and we stood there."),
		interview.Promises{Text: "Send the list of filler metals", Owner: "us", Due: interview.Date{Year: 2026, Month: 11, Day: 20}})
	d.At(2026, 11, 20, 14, 30)
	return ids
}

func TestScreens(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {200, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				golden := func(h *screentest.Reader, name string) {
					screentest.Check(t, h.Root.Screen)
					h.Golden(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]))
				}
				d := screentest.NewDesk(t)
				h := start(t, d, size[0], size[1])
				golden(h, "empty")
				week(d)
				h.After(refresh)
				golden(h, "list")
				h.Press("tab", "down")
				golden(h, "promises")
				h.Press("/")
				golden(h, "search-begun")
				h.Type("week")
				h.Press("backspace", "backspace")
				h.After(typed)
				golden(h, "search")
				h.Press("esc", "tab", "n")
				golden(h, "form")
				h.Type("c")
				h.Press("down", "tab", "right")
				golden(h, "form-playbook")
				h.Press("tab", "right", "tab")
				h.Type("yesterday 15:00")
				golden(h, "form-over")
			})
		})
	}
}
