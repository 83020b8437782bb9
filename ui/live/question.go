package live

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/widget"
)

// question asks before something is removed, set aside, left or chosen. Only enter means yes; esc
// cancels, and so does a letter, which goes into the box.
type question struct {
	title string
	text  string
	short string // what enter does, in one to three words
	leave string // what esc does; "" for that it leaves everything as it was
	rows  []string
	at    int
	yes   func(m *Model, row int) tea.Cmd // called with the question closed
	// pasted is what the question is about, "" for nothing. It goes into the box when somebody
	// types on.
	pasted string
	// digits are those that chose a row so far: text, if typing goes on.
	digits string
	shown  int // the row that was last scrolled into view
}

// The actions of a question.
const (
	askYes  keymap.Action = "ask.yes"
	askNo   keymap.Action = "ask.no"
	askUp   keymap.Action = "ask.up"
	askDown keymap.Action = "ask.down"
	askRow  keymap.Action = "ask.row." // followed by the number of the row, from 1
)

// mostRows is how many rows a digit can choose.
const mostRows = 9

func (q *question) typing() bool { return false }

func (q *question) scroller() *widget.Scroller { return nil }

func (q *question) scope(*Model) keymap.Scope {
	if q.yes == nil {
		return keymap.Scope{Name: q.title, Bindings: []keymap.Binding{
			{Action: askNo, Keys: []string{"esc", "enter"}, Short: "type on", Long: "Back to typing"},
		}}
	}
	scope := keymap.Scope{Name: q.title, Bindings: []keymap.Binding{
		{Action: askYes, Keys: []string{"enter"}, Short: q.short, Long: "Yes: " + q.short},
		{Action: askNo, Keys: []string{"esc"}, Short: cmp.Or(q.leave, "leave it"), Long: "Leave it as it was; so does typing on"},
	}}
	if len(q.rows) > 1 {
		scope.Bindings = append(scope.Bindings,
			keymap.Binding{Action: askUp, Keys: []string{"up"}, Long: "Row above"},
			keymap.Binding{Action: askDown, Keys: []string{"down", "tab"}, Label: "↑↓", Short: "choose", Long: "Row below"})
		for i := range min(len(q.rows), mostRows) {
			n := strconv.Itoa(i + 1)
			scope.Bindings = append(scope.Bindings, keymap.Binding{Action: askRow + keymap.Action(n), Keys: []string{n}, Long: "Choose: " + q.rows[i]})
		}
	}
	return scope
}

func (q *question) act(m *Model, action keymap.Action) tea.Cmd {
	switch action {
	case askYes:
		m.close()
		if q.yes != nil {
			return q.yes(m, q.at)
		}
	case askNo:
		m.close()
	case askUp:
		q.at, q.digits = (q.at+len(q.rows)-1)%len(q.rows), ""
	case askDown:
		q.at, q.digits = (q.at+1)%len(q.rows), ""
	default:
		digit := string(action[len(askRow):])
		if n, err := strconv.Atoi(digit); err == nil && n <= len(q.rows) {
			q.at, q.digits = n-1, q.digits+digit
		}
	}
	return nil
}

func (q *question) update(*Model, tea.Msg) tea.Cmd { return nil }

// view draws the question as a box of its own height, with the places to click counted from its
// corner.
func (q *question) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := dialogWidth(width) - 4
	p := &content{}
	if q.text != "" {
		for line := range strings.SplitSeq(q.text, "\n") {
			p.add(show.Hang("", 0, line, inner, s.Text)...)
		}
	}
	from, to := 0, 0 // the lines of the chosen row
	for i, row := range q.rows {
		lead, style := "  ", s.Text
		if i == q.at {
			lead, style = s.Accent.Render("▸ "), s.Title
		}
		head := lead
		if len(q.rows) > 1 && i < mostRows {
			head += s.Key.Render(fmt.Sprint(i+1)) + " "
		}
		if i == q.at {
			from = len(p.lines)
		}
		p.addSpot(inner, func(int, int) tea.Cmd {
			if q.at == i {
				return q.act(m, askYes)
			}
			q.at = i
			return nil
		}, show.Hang(head, plain.Width(head), row, inner, style)...)
		if i == q.at {
			to = len(p.lines)
		}
	}
	keys := &content{}
	keys.addKeys(m, q, inner, askYes, askNo)
	rows := min(len(p.lines), height-2-len(keys.lines))
	m.beyond = len(p.lines) - rows
	if q.at != q.shown { // scrolling goes on from there
		m.above = min(max(m.above, to-rows), from)
		q.shown = q.at
	}
	m.scrollPage(0)
	add := func(spots []spot, y int) {
		for _, s := range spots {
			if s.area.Y -= y; s.area.Y >= 0 && s.area.Y < rows+len(keys.lines) {
				s.area.X, s.area.Y = s.area.X+2, s.area.Y+1
				m.spots = append(m.spots, s)
			}
		}
	}
	add(p.spots, m.above)
	add(keys.spots, -rows)
	frame := widget.Frame{Title: q.title, Focused: true}
	if m.beyond > 0 {
		frame.Foot = fmt.Sprintf("↑%d ↓%d", m.above, m.beyond-m.above)
	}
	return widget.Box(frame, dialogWidth(width), rows+len(keys.lines)+2, append(p.lines[m.above:m.above+rows:m.above+rows], keys.lines...), s), nil
}

// Refuse shows why a command cannot be used now. It reports false for a binding that is not a
// command.
func (m *Model) Refuse(b keymap.Binding) bool {
	action, byLetter := strings.CutPrefix(string(b.Action), byLetter)
	letter := m.letterOf(keymap.Action(action))
	if m.iv == nil || m.dialog != nil || letter == "" || !byLetter {
		return false
	}
	m.armed, m.opening.letter = false, letter
	m.open(&question{title: b.Long, text: "Not now: " + b.Why})
	return true
}

// ask opens a question without rows.
func (m *Model) ask(title, text, short string, yes func(m *Model) tea.Cmd) {
	m.open(&question{title: title, text: text, short: short, yes: func(m *Model, _ int) tea.Cmd { return yes(m) }})
}

// askLeaving asks before the screen is left.
func (m *Model) askLeaving(where, short string, to tea.Msg) {
	m.ask(where, "Everything is saved; what is in the box waits here.", short, func(*Model) tea.Cmd { return screen.Go(to) })
}
