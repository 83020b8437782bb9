package library

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/playbook"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// form is what a new interview needs: a customer's name, and a playbook.
type form struct {
	field  field
	box    widget.Capture
	met    []customer // met before, as far as they fit what was typed
	chosen int        // of met, the one whose name stands in the box; -1 for none

	playbooks []playbook.Item
	picked    int
	last      string // the name of the playbook used last, "" when there is none

	starting bool
	trouble  string // what went wrong the last time
}

// field is where the keys of the form go.
type field int

const (
	customerField field = iota
	playbookField
)

// offered are the playbooks that there are.
type offered struct {
	to    *Model
	form  *form
	items []playbook.Item
	err   error
}

// began is what came of beginning an interview.
type began struct {
	to   *Model
	form *form
	id   interview.ID
	err  error
}

// mostMet is how many customers met before are offered.
const mostMet = 4

// startForm asks what a new interview needs.
func (m *Model) startForm() tea.Cmd {
	f := &form{chosen: -1, met: m.shelf.metAs("", mostMet)}
	f.box.Placeholder = "who do you listen to?"
	if len(m.shelf.all) > 0 {
		f.last = m.shelf.all[0].Playbook
	}
	m.form = f
	library := m.env.Playbooks
	return func() tea.Msg {
		items, err := library.List()
		return offered{to: m, form: f, items: items, err: err}
	}
}

// offer takes in the playbooks and picks the one used last, or the default.
func (f *form) offer(msg offered) {
	f.playbooks = msg.items
	if msg.err != nil {
		f.trouble = msg.err.Error()
	}
	f.picked = max(slices.IndexFunc(f.playbooks, func(it playbook.Item) bool { return it.ID == playbook.Default }), 0)
	if i := slices.IndexFunc(f.playbooks, func(it playbook.Item) bool { return it.Name == f.last }); i >= 0 {
		f.picked = i
	}
}

// input takes what is typed into the customer's name.
func (f *form) input(msg tea.Msg, known shelf) {
	if f.field != customerField || f.starting {
		return
	}
	before := f.box.Value()
	f.box.Update(msg, boxWidth)
	if f.box.Value() != before {
		f.chosen, f.trouble = -1, ""
		f.met = known.metAs(f.box.Value(), mostMet)
	}
}

// name is the customer's name as it was typed, on one line.
func (f *form) name() string { return strings.Join(strings.Fields(f.box.Value()), " ") }

// playbook is the one that is picked.
func (f *form) playbook() (playbook.Item, bool) {
	if f.picked >= len(f.playbooks) {
		return playbook.Item{}, false
	}
	return f.playbooks[f.picked], true
}

// choose puts the name of another customer met before into the box.
func (f *form) choose(n int) {
	if len(f.met) == 0 {
		return
	}
	switch {
	case f.chosen < 0 && n < 0:
		f.chosen = len(f.met) - 1
	default:
		f.chosen = (f.chosen + n + len(f.met)) % len(f.met)
	}
	f.box.SetValue(f.met[f.chosen].name)
}

// pick goes to another playbook.
func (f *form) pick(n int) {
	if len(f.playbooks) > 0 {
		f.picked = (f.picked + n + len(f.playbooks)) % len(f.playbooks)
	}
}

// missing says why the interview cannot begin yet, "" when it can.
func (f *form) missing() string {
	p, ok := f.playbook()
	switch {
	case f.starting:
		return "it is being started"
	case f.name() == "":
		return "type the customer's name first"
	case !ok:
		return "the playbooks are being read"
	case p.Err != nil:
		return "this playbook cannot be used; choose another one"
	}
	return ""
}

// begin begins the interview.
func (m *Model) begin() tea.Cmd {
	f := m.form
	p, ok := f.playbook()
	if !ok || f.missing() != "" {
		return nil
	}
	f.starting, f.trouble = true, ""
	book, library, name := m.env.Book, m.env.Playbooks, f.name()
	return func() tea.Msg {
		guide, err := library.Get(p.ID)
		if err != nil {
			return began{to: m, form: f, err: err}
		}
		r, err := book.Begin(context.Background(), interview.Beginning{Customer: name, Playbook: guide})
		if err != nil {
			return began{to: m, form: f, err: err}
		}
		return began{to: m, form: f, id: r.ID}
	}
}

// began goes to the interview that began, or says why it did not.
func (m *Model) began(msg began) tea.Cmd {
	if msg.err != nil {
		m.form.starting = false
		m.form.trouble = "It could not be started: " + msg.err.Error()
		return nil
	}
	m.form = nil
	return screen.Go(screen.GoLive{Interview: msg.id})
}

const (
	formWidth  = 60
	labelWidth = 12 // of "Customer" and "Playbook", with what sets them apart
	boxWidth   = formWidth - 4 - labelWidth
)

// area is where the form stands on a screen of the given size: over the lists,
// or in their place where it would leave nothing of them to be seen.
func (f *form) area(width, height int) widget.Rect {
	if width < wide {
		return widget.Rect{Y: 1, Width: width, Height: height - 2}
	}
	const rows = 13
	r := widget.Rect{Width: width, Height: height}.Centre(formWidth, rows+2)
	r.Y = min(r.Y, 3)
	return r
}

// rows of the form's content: where what stands.
func (f *form) rows() (offers, book int) {
	offers = 1 + f.box.Height(boxWidth)
	return offers, offers + mostMet + 1
}

// view draws the form in its area and says where in it the cursor is.
func (f *form) view(area widget.Rect, m *Model) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := area.Inset(2, 1)
	label := func(text string, of field, sign string) string {
		if f.field == of {
			return s.Accent.Render(plain.Pad(text, labelWidth-2) + sign)
		}
		return s.Muted.Render(plain.Pad(text, labelWidth))
	}
	box, at := f.box.View(boxWidth, s)
	lines := []string{""}
	for i, line := range box.Lines {
		head := strings.Repeat(" ", labelWidth)
		if i == 0 {
			head = label("Customer", customerField, "  ")
		}
		lines = append(lines, head+line)
	}
	offers := widget.NewBlock(inner.Width, mostMet, f.offers(inner.Width, m)).Lines
	lines = append(append(lines, offers...), "")
	lines = append(lines, label("Playbook", playbookField, "‹ ")+f.drawPlaybook(s))
	lines = append(lines, f.about(inner.Width, s)...)
	view := widget.Box(widget.Frame{Title: "New interview", Focused: true}, area.Width, area.Height, lines, s)
	if f.field != customerField {
		return view, nil
	}
	return view, &tea.Position{X: inner.X + labelWidth + at.X, Y: inner.Y + 1 + at.Y}
}

// offers draws the customers met before that fit.
func (f *form) offers(width int, m *Model) []string {
	s := m.env.Styles()
	var lines []string
	for i, c := range f.met {
		text := "last " + show.ShortDay(c.last, m.env.Now(), m.env.Zone)
		line := widget.Pair(s.Text.Render(plain.Terminal(c.name)), s.Faint.Render(text), width-labelWidth)
		lines = append(lines, strings.Repeat(" ", labelWidth-2)+show.Choice([]string{line}, i == f.chosen, width-labelWidth+2, s)[0])
	}
	if len(f.met) == 0 && f.name() != "" {
		lines = append(lines, strings.Repeat(" ", labelWidth)+s.Faint.Render("a customer not met before"))
	}
	return lines
}

// drawPlaybook draws the playbook that is picked, with an arrow behind it while
// the keys are there; the arrow before it goes with the label.
func (f *form) drawPlaybook(s theme.Styles) string {
	p, ok := f.playbook()
	if !ok {
		return ""
	}
	name := s.Text.Render(plain.Truncate(plain.Terminal(p.Name), boxWidth-4, "…"))
	if f.field == playbookField {
		return name + s.Accent.Render(" ›")
	}
	return name
}

// about says what the playbook is for, and what went wrong.
func (f *form) about(width int, s theme.Styles) []string {
	p, _ := f.playbook()
	text, style := p.About, s.Faint
	if p.Err != nil {
		text, style = p.Err.Error(), s.Warn
	}
	if f.trouble != "" {
		text, style = f.trouble, s.Danger
	}
	lines := show.Hang(strings.Repeat(" ", labelWidth), labelWidth, text, width, style)
	return lines[:min(len(lines), 4)]
}
