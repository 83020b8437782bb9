package library_test

import (
	"errors"
	"testing"

	"hark/internal/interview"
	"hark/ui/screen"
	"hark/ui/screentest"
)

func TestBeginTheFirst(t *testing.T) {
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Shows("begins the first interview")
		h.Press("n")
		h.Press("enter")
		h.Shows("type the customer's name first")
		h.Goes()
		h.Type("  Harbour  Welding ")
		h.Shows("a customer not met before", "Listen first")
		h.Press("enter")
		iv := newest(h)
		if iv.Customer != "Harbour Welding" || iv.Playbook.ID != "listen-first" {
			t.Errorf("began %q with %q", iv.Customer, iv.Playbook.ID)
		}
		h.Goes(screen.GoLive{Interview: iv.ID})
	})
}

func TestBeginWithSomebodyMetBefore(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.At(2026, 11, 20, 16, 0)
		h.Press("n")
		h.Shows("Harbour Welding", "last today")
		h.Type("lumi")
		h.Shows("Café Lumière", "last 12 Nov")
		h.Press("down", "enter")
		if iv := newest(h); iv.Customer != "Café Lumière" {
			t.Errorf("began with %q", iv.Customer)
		}
	})
}

func TestBeginChoosesAmongThoseMet(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.At(2026, 11, 20, 16, 0)
		h.Press("n", "up", "down", "down") // from the last one around to the second
		h.Type(" GmbH")
		h.Press("enter")
		if iv := newest(h); iv.Customer != "Bäckerei Sonnenschein und Töchter GmbH" {
			t.Errorf("began with %q", iv.Customer)
		}
	})
}

func TestBeginWithAnotherPlaybook(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.At(2026, 11, 20, 16, 0)
		items, err := h.Desk.Env.Playbooks.List()
		if err != nil {
			t.Fatal(err)
		}
		h.Press("n")
		h.Type("New Co")
		h.Press("tab", "right", "right", "left", "right")
		h.Shows("‹ " + items[2].Name + " ›")
		h.Press("enter")
		iv := newest(h)
		if iv.Playbook.ID != items[2].ID {
			t.Errorf("began with %q, want %q", iv.Playbook.ID, items[2].ID)
		}
		// It is offered first the next time.
		h.After(refresh)
		h.Press("n")
		h.Shows("Playbook    " + items[2].Name)
	})
}

func TestPlaybookOfTheSettings(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.Env.Playbook = "LOYAL" // as it can be typed on the command line
		h.Press("n")
		h.Shows("Playbook    Loyal customer")
		h.Press("esc")
		h.Desk.Env.Playbook = "no such thing"
		h.Press("n")
		h.Shows("No playbook is called \"no such thing\"")
	})
}

func TestBeginFails(t *testing.T) {
	on(t, nil, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Desk.Store.Fail(errors.New("the disk is full"))
		h.Press("n")
		h.Type("Harbour Welding")
		h.Press("enter")
		h.Shows("It could not be started: the disk is full", "Harbour Welding")
		h.Goes()
		h.Desk.Store.Fail(nil)
		h.Press("enter")
		h.Goes(screen.GoLive{Interview: newest(h).ID})
	})
}

func TestFormIsLeft(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		if x, y, visible := h.Cursor(); !visible || x != 34 || y != 5 {
			t.Errorf("the cursor is at %d,%d (%v)", x, y, visible)
		}
		h.Type("q/d")
		h.Press("esc")
		h.Hides("New interview")
		h.Shows("4 interviews")
		if _, _, visible := h.Cursor(); visible {
			t.Error("there is a cursor although nothing is typed")
		}
		h.Goes()
	})
}

func TestMouseInForm(t *testing.T) {
	on(t, week, func(h *screentest.Reader, _ map[string]interview.ID) {
		h.Press("n")
		h.ClickOn("Bäckerei Sonnenschein und Töc")
		h.Shows("Customer    Bäckerei Sonnenschein und Töchter")
		h.ClickOn("Listen first")
		h.Shows("‹ Listen first ›")
		h.ClickOn("Listen first")
		items, err := h.Desk.Env.Playbooks.List()
		if err != nil {
			t.Fatal(err)
		}
		h.Shows("‹ " + items[1].Name)
		h.ClickOn("‹ ")
		h.Shows("‹ Listen first ›")
		h.ClickOn("äckerei") // after the first letter of the name
		h.Type("x")
		h.Shows("Bxäckerei")
	})
}
