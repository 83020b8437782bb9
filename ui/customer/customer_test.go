package customer_test

import (
	"testing"
	"testing/synctest"
	"time"

	"hark/internal/interview"
	"hark/ui/customer"
	"hark/ui/screen"
	"hark/ui/screentest"
)

// at opens the page of one customer.
func at(name string) screentest.Opens {
	return func(d *screentest.Desk) screen.Screen { return customer.New(d.Env, name) }
}

func TestScreens(t *testing.T) {
	at("Harbour Welding").Sizes(t, func(r *screentest.Reader, name func(string) string) {
		r.Golden(name("top"))
		r.Press("end")
		r.Golden(name("end"))
	})
}

func TestOpensWhereItWasSaid(t *testing.T) {
	at("Harbour Welding").On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Shows("met 2 times, from 6 Oct 2026 to 17 Nov 2026", "“One weld in five is done twice”", "(confirmed)")
		r.Down("“Nobody knows which job is next”")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["again"], Thing: interview.ThingProblem, Number: 2})
		r.Down("☐ Send the norm sheet")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["harbour"], Number: 3})
		r.Down("→ “One weld in five")
		r.Press("enter")
		r.Goes(screen.GoReview{Interview: ids["harbour"], Number: 5})
		r.Down("6 Oct 2026")
		r.Press("enter", "esc")
		r.Goes(screen.GoReview{Interview: ids["harbour"]}, screen.GoBack{})
	})
}

func TestTicksPromises(t *testing.T) {
	at("harbour welding").On(t, func(r *screentest.Reader, _ *screentest.Desk, ids map[string]interview.ID) {
		r.Press("x") // a problem is not a promise
		r.Down("☐ Send the norm sheet")
		r.Press("x")
		r.Shows("› Done: Send the norm sheet", "▸ ☑ Send the norm sheet")
		if p := r.Summary(ids["harbour"]).Promises[0]; p.DoneAt.IsZero() {
			t.Errorf("it is kept as %+v", p)
		}
		r.Press("u")
		r.Shows("▸ ☐ Send the norm sheet")
		r.Down("☐ Count the welds")
		r.Press("x")
		r.Hides("☐ Count the welds", "What they promised")
		r.Press("u")
		r.Shows("☐ Count the welds")
	})
}

// Changes made elsewhere show when the page is returned to.
func TestComesBack(t *testing.T) {
	at("Café Lumière").On(t, func(r *screentest.Reader, d *screentest.Desk, ids map[string]interview.ID) {
		r.Down("“The till") // said only once, and not confirmed
		d.Do(ids["cafe"], interview.Reopen{}, interview.Promises{Text: "Bring the tray"})
		r.Send(r.Root.Init()())
		r.Shows("☐ Bring the tray", "▸ “The till and the kitchen never agree”")
		d.Do(ids["cafe"], interview.Promises{Text: "Count the cups"})
		r.After(5 * time.Second) // and by itself, while it is open
		r.Shows("☐ Count the cups", "▸ “The till and the kitchen never agree”")
	})
}

func TestHostileText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := screentest.NewDesk(t)
		d.Hostile()
		all, err := d.Book.List(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			d.Read(t, customer.New(d.Env, s.Customer), 100, 30).Walk(6)
		}
	})
}
