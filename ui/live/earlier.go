package live

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/widget"
)

// earlierFound is what the customer told us in earlier meetings.
type earlierFound struct {
	screen.Addressed
	earlier insight.Customer
	err     error
}

// readEarlier reads what the customer told us in earlier meetings.
func (m *Model) readEarlier() tea.Cmd {
	book, iv := m.env.Book, m.iv
	return func() tea.Msg {
		earlier, err := book.Earlier(context.Background(), iv)
		return earlierFound{screen.For(m), earlier, err}
	}
}

// takeEarlier stores what they told us earlier, and announces it when the interview is about to
// begin. A read error is not shown: the key then says that there is nothing.
func (m *Model) takeEarlier(msg earlierFound) {
	if msg.err != nil || len(msg.earlier.Interviews) == 0 {
		return
	}
	m.earlier = msg.earlier
	m.complete()
	if len(m.iv.Lines) == 0 && m.note.text == "" {
		text := "Met before: " + m.metBefore()
		if m.hasEarlier() {
			text += " · ctrl+t: what they told us"
		}
		m.say(hint, text)
	}
}

// metBefore describes how often and when they were met before.
func (m *Model) metBefore() string {
	return show.Count(len(m.earlier.Interviews), "interview", "interviews") + ", last on " + show.Day(m.earlier.LastMet(), m.env.Zone)
}

// hasEarlier reports whether there is anything to show of earlier meetings.
func (m *Model) hasEarlier() bool {
	return len(m.earlier.Troubles)+len(m.openPromises())+len(m.earlier.People) > 0
}

// openPromises returns the promises of earlier meetings that are not done.
func (m *Model) openPromises() []insight.Promise {
	return slices.DeleteFunc(slices.Clone(m.earlier.Promises), func(p insight.Promise) bool { return !p.Waits() })
}

// earlierBinding is the key to what they told us in earlier meetings.
func (m *Model) earlierBinding(keys ...string) keymap.Binding {
	b := keymap.Binding{Action: actEarlier, Keys: keys, Long: "What they told us before, so that nobody asks them again", Rank: 3, Words: "told before"}
	switch {
	case len(m.earlier.Interviews) == 0:
		b.Why = "there is no earlier interview with this customer"
	case !m.hasEarlier():
		b.Why = "nothing of theirs was kept before"
	default:
		b.Short = "told before"
	}
	return b
}

// elsewhere returns the people of earlier meetings who are not in the room.
func (m *Model) elsewhere() []insight.Person {
	return slices.DeleteFunc(slices.Clone(m.earlier.People), func(p insight.Person) bool { return m.inRoom(p.Name) })
}

// inRoom reports whether somebody is in the room.
func (m *Model) inRoom(name string) bool {
	return slices.ContainsFunc(m.iv.Present(), func(p interview.Person) bool { return plain.FoldName(p.Name) == plain.FoldName(name) })
}

// earlier is the dialog for what the customer told us before.
type earlier struct {
	list  widget.Scroller
	items []earlierItem
}

// earlierItem is a problem, a promise or a person of earlier interviews.
type earlierItem struct {
	heading string // drawn above the first item of its group
	lines   func(width int) []string
	short   string                 // what enter does with it
	long    string                 // the same in full
	enter   func(*earlier) tea.Cmd // nil when it does nothing
	why     string                 // why it does nothing
	place   screen.GoReview        // where it was told; zero for none
}

func newEarlier(m *Model) *earlier {
	d := &earlier{}
	d.fill(m)
	d.list.Select(0)
	return d
}

// fill lists the items.
func (d *earlier) fill(m *Model) {
	d.items = nil
	add := func(heading string, of []earlierItem) {
		if len(of) > 0 {
			of[0].heading = heading
			d.items = append(d.items, of...)
		}
	}
	again := slices.DeleteFunc(slices.Clone(m.earlier.Troubles), insight.Trouble.AlreadyKnown)
	add("Problems: don't ask again, ask what became of them", d.problems(m, m.earlier.AlreadyKnown()))
	add("Problems: named, and not asked about yet", d.problems(m, again))
	add("Promised and not done yet", d.promises(m))
	add("People", d.people(m))
	d.list.SetItems(len(d.items), func(i, width int, selected bool) []string {
		s, it := m.env.Styles(), d.items[i]
		var lines []string
		if it.heading != "" && i > 0 {
			lines = append(lines, "")
		}
		if it.heading != "" {
			lines = append(lines, s.Muted.Render(plain.Truncate(it.heading, width, "…")))
		}
		return append(lines, show.Choice(it.lines(width-2), selected, width, s)...)
	})
}

func (d *earlier) problems(m *Model, troubles []insight.Trouble) []earlierItem {
	s := m.env.Styles()
	var items []earlierItem
	for _, p := range troubles {
		items = append(items, earlierItem{
			lines: func(width int) []string {
				// The day is that of the status; what weighs the problem may be of other meetings.
				detail := s.Muted.Render(plain.Terminal(show.Status(p.Status)))
				if p.Status == interview.Confirmed {
					detail = s.Confirmed.Render("✓ confirmed")
				}
				rest := show.Joined(p.No(), show.Day(p.Ref.Met, m.env.Zone), p.Impact.Rating(), plain.Terminal(p.Impact.HowOften))
				return append(show.Hang("", 0, p.Worded(), width, s.Problem),
					widget.Fit(detail+s.Muted.Render(" · "+rest), width))
			},
			short: "still so today", long: "Put it into the box, to keep it as a problem of today",
			enter: func(*earlier) tea.Cmd {
				m.prefill(capture.Format(interview.Raise{Text: p.Statement}))
				return nil
			},
			place: screen.GoReview{Interview: p.Ref.Interview, Thing: interview.ThingProblem, Number: p.Number},
		})
	}
	return items
}

func (d *earlier) promises(m *Model) []earlierItem {
	s := m.env.Styles()
	var items []earlierItem
	for _, p := range m.openPromises() {
		items = append(items, earlierItem{
			lines: func(width int) []string {
				detail := s.Muted.Render(plain.Terminal(show.Owner(p.Owner, p.Side)) + " · " + show.Day(p.Ref.Met, m.env.Zone))
				if due, late := show.Due(p.Due, m.env.Today()); late {
					detail += s.Muted.Render(" · ") + s.Danger.Render(due)
				} else if due != "" {
					detail += s.Muted.Render(" · " + due)
				}
				return append(show.Hang("", 0, p.Text, width, s.Text), widget.Fit(detail, width))
			},
			why:   "the library marks it as done, in the interview that it belongs to",
			place: screen.GoReview{Interview: p.Ref.Interview, Number: p.Number},
		})
	}
	return items
}

func (d *earlier) people(m *Model) []earlierItem {
	s := m.env.Styles()
	var items []earlierItem
	for _, p := range m.earlier.People {
		it := earlierItem{
			lines: func(width int) []string {
				line := s.Text.Render(plain.Terminal(p.Name)) + s.Muted.Render(" · "+plain.Terminal(roleOf(p.Role, p.Side)))
				if m.inRoom(p.Name) {
					return []string{widget.Pair(line, s.Confirmed.Render("✓ here today"), width)}
				}
				return []string{widget.Fit(line, width)}
			},
			short: "here today", long: "Take them along into this interview",
			enter: func(d *earlier) tea.Cmd {
				cmd := m.doQuietly(interview.Introduce{Name: p.Name, Role: p.Role, Side: p.Side})
				d.refill(m)
				return cmd
			},
		}
		if m.inRoom(p.Name) {
			it.enter, it.why = nil, p.Name+" is here today already"
		}
		items = append(items, it)
	}
	return items
}

// refill lists the items again; the selection stays.
func (d *earlier) refill(m *Model) {
	selected := d.list.Selected()
	d.fill(m)
	d.list.Select(selected)
}

// The actions of the dialog.
const (
	earlierEnter keymap.Action = "told.enter"
	earlierRead  keymap.Action = "told.read"
	earlierStop  keymap.Action = "told.stop"
)

func (d *earlier) typing() bool { return false }

func (d *earlier) scroller() *widget.Scroller { return &d.list }

func (d *earlier) scope(*Model) keymap.Scope {
	enter := keymap.Binding{Action: earlierEnter, Keys: []string{"enter"}, Long: "Take it along into this interview", Why: "there is nothing to choose"}
	read := keymap.Binding{Action: earlierRead, Keys: []string{"right"}, Short: "read", Long: "Read where it was told; what is typed here stays", Why: "choose a problem or a promise first"}
	if it, ok := widget.Selected(&d.list, d.items); ok {
		if !it.place.Interview.IsZero() {
			read.Why = ""
		}
		enter.Why = plain.Terminal(it.why)
		if it.enter != nil {
			enter.Short, enter.Long = it.short, it.long
		}
	}
	return keymap.Scope{Name: "Told before", Bindings: []keymap.Binding{
		enter,
		read,
		{Action: screen.Up, Keys: []string{"up"}, Long: "Up"},
		{Action: screen.Down, Keys: []string{"down"}, Label: "↑↓", Short: "choose", Long: "Down", Rank: 1},
		{Action: screen.PageUp, Keys: []string{"pgup"}, Long: "Page up"},
		{Action: screen.PageDown, Keys: []string{"pgdown"}, Long: "Page down"},
		{Action: earlierStop, Keys: []string{"esc", "ctrl+t"}, Short: "back", Long: "Back to listening"},
	}}
}

func (d *earlier) act(m *Model, action keymap.Action) tea.Cmd {
	switch action {
	case earlierStop:
		m.close()
	case earlierRead:
		if it, _ := widget.Selected(&d.list, d.items); !it.place.Interview.IsZero() {
			m.askLeaving("Read where it was told", "read it", it.place)
		}
	case earlierEnter:
		if it, _ := widget.Selected(&d.list, d.items); it.enter != nil {
			return it.enter(d)
		}
	default:
		screen.Move(&d.list, action)
	}
	return nil
}

func (d *earlier) update(*Model, tea.Msg) tea.Cmd { return nil }

func (d *earlier) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	frame := widget.Frame{
		Title: "Told before", Focused: true,
		Right: m.metBefore(),
	}
	return listed(m, &d.list, frame, width, height, func() tea.Cmd { return d.act(m, earlierEnter) }), nil
}
