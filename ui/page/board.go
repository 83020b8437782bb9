package page

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/widget"
)

// Sheet is what one page of a board shows.
type Sheet struct {
	Head     string // in the first line of the screen; of the first page alone
	Title    string // in the frame
	Right    string // in the corner of the frame: how it is arranged
	Detail   string // in the first line of the screen
	Empty    string // what stands there when there is nothing, a paragraph a line
	Sections []Section
}

// Look works out what a board shows of all interviews, newest first. It runs off
// the screen's thread; what it returns runs on it and is to be quick: it lays
// out what was worked out.
type Look func(all []interview.Summary) func() Sheet

// Board is a screen over the summaries of all interviews: they are read once
// when it appears and after each change, and never for a key or a frame. What
// stands behind a figure is a page on top of the page it is on. It is kept by
// pointer, in the screen that it belongs to.
type Board struct {
	Env *screen.Env

	look    Look
	sheet   func() Sheet // nil until it was read
	levels  []*level     // the pages from the bottom up, at least one
	failed  error        // why it could not be read the last time
	request int          // the newest request to read
	at      at           // what was read last
	ticking bool         // the next look at the notebook is due by itself
	away    bool         // another screen is shown
	changes *screen.Changes
	answer  *answer // nil when none is typed
	text    string  // the note above the keys
	alarm   bool
}

// level is one of the pages. It shows what is behind the thing of on the page
// below, if that is known.
type level struct {
	sheet Sheet
	page  Page
	of    any
}

// at is how the notebook stood: at which revision, 0 when that is not known, and
// on which day.
type at struct {
	revision interview.Revision
	day      interview.Date
}

// answer is what a department answered, as it is typed.
type answer struct {
	route insight.Route
	box   widget.Capture
	area  widget.Rect // inside its frame, as drawn
}

// NewBoard returns a board, which is read by Init.
func NewBoard(env *screen.Env, look Look) *Board {
	return &Board{Env: env, look: look, levels: []*level{{}}, changes: screen.NewChanges(env.Book)}
}

// looked is what was worked out.
type looked struct {
	to      *Board
	request int
	sheet   func() Sheet // nil when it would be the one that is there already
	at      at
	took    time.Duration
	err     error
}

// again says that it is time to look at the notebook anew.
type again struct{ to *Board }

const (
	// refreshEvery is how often a board looks whether something was written in
	// another window.
	refreshEvery = 4 * time.Second
	// refreshShare keeps working out much to a small share of the time: it is not
	// done again before this many times as long as it took.
	refreshShare = 40
)

// Init implements screen.Screen: it reads all interviews, also when the screen is
// come back to.
func (b *Board) Init() tea.Cmd {
	b.away = false
	return b.read(at{})
}

// read reads all interviews, unless the notebook still stands as it was.
func (b *Board) read(was at) tea.Cmd {
	b.request++
	env, request := b.Env, b.request
	return func() tea.Msg {
		start, msg := time.Now(), looked{to: b, request: request}
		latest, err := env.Book.Latest(context.Background())
		if msg.at = (at{latest, env.Today()}); err == nil && latest != 0 && msg.at == was {
			return msg
		}
		all, err := env.Book.List(context.Background(), 0)
		if msg.err = err; err == nil {
			msg.sheet = b.look(all)
		}
		msg.took = time.Since(start)
		return msg
	}
}

// Title implements screen.Screen.
func (b *Board) Title() string { return plain.Terminal(b.levels[0].sheet.Head) }

// Typing implements screen.Screen.
func (b *Board) Typing() bool { return b.answer != nil }

// Leave implements screen.Screen.
func (b *Board) Leave() tea.Cmd {
	b.away = true
	return nil
}

// Update implements screen.Screen. Every message that a command of a board
// brings says which board it is for.
func (b *Board) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case looked:
		if msg.to == b && msg.request == b.request {
			return b.take(msg)
		}
	case again:
		if msg.to == b {
			b.ticking = false
			if !b.away {
				return b.read(b.at)
			}
		}
	case screen.Changed:
		if came, ok := b.changes.Take(msg); ok {
			b.Say(came.Text, came.Alarm)
			return b.Init()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if b.answer != nil {
			b.answer.box.Update(msg, max(b.answer.area.Width, 1))
		}
	case tea.MouseMsg:
		return b.mouse(msg)
	}
	return nil
}

// take shows what was worked out, and sees to it that the notebook is looked at
// again.
func (b *Board) take(msg looked) tea.Cmd {
	b.failed = msg.err
	switch {
	case msg.err != nil && b.sheet != nil:
		b.Say("The notebook cannot be read just now: "+msg.err.Error(), true)
	case msg.sheet != nil:
		b.sheet, b.at = msg.sheet, msg.at
		b.renew()
	}
	if b.ticking || b.away {
		return nil
	}
	b.ticking = true
	return tea.Tick(max(refreshEvery, refreshShare*msg.took), func(time.Time) tea.Msg { return again{b} })
}

// renew lays out what was worked out anew, on every page. What is not behind
// anything any more stays as it was.
func (b *Board) renew() {
	for i, l := range b.levels {
		if i == 0 {
			l.sheet = b.sheet()
		} else if it, ok := b.levels[i-1].page.find(l.of); ok && it.Behind != nil {
			l.sheet = it.Behind()
		} else {
			return
		}
		l.page.Refill(l.sheet.Sections)
	}
}

// Refill lays out in another way what was worked out.
func (b *Board) Refill() {
	if b.sheet != nil {
		b.levels[0].fill(b.sheet())
	}
}

func (l *level) fill(sheet Sheet) {
	l.sheet = sheet
	l.page.Fill(sheet.Sections)
}

// Say puts a note above the keys.
func (b *Board) Say(text string, alarm bool) { b.text, b.alarm = text, alarm }

// Do does something to an interview, that can be taken back.
func (b *Board) Do(action interview.Action, change screen.Change) tea.Cmd {
	return b.changes.Do(action, change)
}

// Why says why nothing can be changed just now, "" when it can.
func (b *Board) Why() string { return b.changes.Why() }

// top is the page that is shown.
func (b *Board) top() *level { return b.levels[len(b.levels)-1] }

// Selected returns the item that is selected.
func (b *Board) Selected() (Item, bool) { return b.top().page.Selected() }

// GoSection goes to a section of the page that is shown.
func (b *Board) GoSection(title string) { b.top().page.GoSection(title) }

// Deeper reports whether a page is on top of the first one.
func (b *Board) Deeper() bool { return len(b.levels) > 1 }

// Push puts a page on top.
func (b *Board) Push(sheet Sheet) {
	l := &level{}
	l.fill(sheet)
	b.levels = append(b.levels, l)
}

// The actions of every board.
const (
	actEnter  keymap.Action = "board.enter"
	actBack   keymap.Action = "board.back"
	actDone   keymap.Action = "promise.done"
	actTold   keymap.Action = "promise.told"
	actAnswer keymap.Action = "route.answer"
	actUndo   keymap.Action = "undo"
	actSubmit keymap.Action = "answer.keep"
	actStop   keymap.Action = "answer.stop"
)

// Scopes implements screen.Screen.
func (b *Board) Scopes() []keymap.Scope {
	if b.answer != nil {
		none := ""
		if strings.TrimSpace(b.answer.box.Value()) == "" {
			none = "type what they answered first"
		}
		return []keymap.Scope{{Name: "Answer", Bindings: []keymap.Binding{
			{Action: actSubmit, Keys: []string{"enter"}, Short: "keep", Long: "Keep the answer", Why: none},
			{Action: actStop, Keys: []string{"esc"}, Short: "back", Long: "Leave the answer as it was"},
		}}}
	}
	it, _ := b.Selected()
	enter := keymap.Binding{Action: actEnter, Keys: []string{"enter"}, Short: "read", Long: "Read where it was said"}
	switch {
	case it.Behind != nil, it.Run != nil:
		enter.Short, enter.Long = "what is behind it", "What stands behind it"
	case it.Open.Interview.IsZero():
		enter.Why = "there is nothing behind it"
	}
	bindings := []keymap.Binding{enter}
	if it.Promise != nil || it.Route != nil {
		bindings = append(bindings, b.ticks(it)...)
	}
	undo := b.Why()
	if undo == "" && b.changes.None() {
		undo = "nothing was changed here yet"
	}
	back := keymap.Binding{Action: actBack, Keys: []string{"esc", "q"}, Short: "back", Long: "Back to where you came from"}
	return []keymap.Scope{
		{Name: "Selected", Bindings: bindings},
		{Name: "Page", Bindings: []keymap.Binding{
			{Action: actUndo, Keys: []string{"u"}, Short: "undo", Long: "Undo the last change made here", Why: undo, Rank: 1},
			back,
		}},
		b.top().page.Scope(),
	}
}

// ticks are the bindings for a promise or a route.
func (b *Board) ticks(it Item) []keymap.Binding {
	done, told, reply := b.Why(), b.Why(), b.Why()
	if p := it.Promise; p != nil {
		reply = "a promise has no answer: x marks it as done"
		switch {
		case !p.ToldAt.IsZero():
			done, told = "it is done already", "they were told already"
		case !p.DoneAt.IsZero():
			done = "it is done already: X when they were told"
		default:
			told = "it is not done yet: x marks it"
		}
	}
	if r := it.Route; r != nil {
		done = "a route is done with its answer: a types it"
		switch {
		case r.Answer == "":
			told = "there is no answer yet to tell them of: a types it"
		case !r.ToldAt.IsZero():
			told = "they were told already"
		}
	}
	return []keymap.Binding{
		{Action: actDone, Keys: []string{"x"}, Short: "done", Long: "Mark the promise as done", Why: done},
		{Action: actTold, Keys: []string{"X"}, Short: "told", Long: "The customer was told of it", Why: told},
		{Action: actAnswer, Keys: []string{"a"}, Short: "answer", Long: "Type what the department answered", Why: reply},
	}
}

// Act implements screen.Screen.
func (b *Board) Act(action keymap.Action) tea.Cmd {
	b.Say("", false)
	it, _ := b.Selected()
	switch action {
	case actEnter:
		return b.enter(it)
	case actBack:
		if b.Deeper() {
			b.levels = b.levels[:len(b.levels)-1]
			return nil
		}
		return screen.Go(screen.GoBack{})
	case actDone:
		if p := it.Promise; p != nil {
			return b.tick(interview.Done{Number: p.Number}, p.Ref, p.Number, "Done: "+p.Text)
		}
	case actTold:
		if p := it.Promise; p != nil {
			return b.tick(interview.Told{Number: p.Number}, p.Ref, p.Number, "They were told: "+p.Text)
		}
		if r := it.Route; r != nil {
			return b.tick(interview.Told{Number: r.Number}, r.Ref, r.Number, "They were told what "+r.Department+" answered")
		}
	case actAnswer:
		if it.Route != nil {
			b.answer = &answer{route: *it.Route}
			b.answer.box.Placeholder = "what they answered"
			b.answer.box.SetValue(it.Route.Answer)
		}
	case actSubmit:
		return b.submit()
	case actStop:
		b.answer = nil
	case actUndo:
		return b.changes.Undo()
	default:
		b.top().page.Act(action)
	}
	return nil
}

func (b *Board) tick(action interview.Action, at insight.Ref, number int, what string) tea.Cmd {
	return b.Do(action, screen.Change{Interview: at.Interview, Number: number, What: what})
}

// submit keeps the answer that was typed.
func (b *Board) submit() tea.Cmd {
	a := b.answer
	if a == nil {
		return nil
	}
	b.answer = nil
	return b.tick(interview.AnswerRoute{Number: a.route.Number, Text: strings.TrimSpace(a.box.Value())}, a.route.Ref, a.route.Number,
		fmt.Sprintf("%s answered", a.route.Department))
}

// enter goes to what stands behind an item.
func (b *Board) enter(it Item) tea.Cmd {
	switch {
	case it.Run != nil:
		return it.Run()
	case it.Behind != nil:
		b.Push(it.Behind())
		b.top().of = it.Of
	case !it.Open.Interview.IsZero():
		return screen.Go(it.Open)
	}
	return nil
}

func (b *Board) mouse(msg tea.MouseMsg) tea.Cmd {
	if b.answer != nil {
		if at := msg.Mouse(); b.answer.area.Contains(at.X, at.Y) {
			b.answer.box.PlaceCursor(at.X-b.answer.area.X, at.Y-b.answer.area.Y, b.answer.area.Width)
		}
		return nil
	}
	if _, click := msg.(tea.MouseClickMsg); click {
		b.Say("", false)
	}
	if b.top().page.Mouse(msg) {
		it, _ := b.Selected()
		return b.enter(it)
	}
	return nil
}

// View implements screen.Screen.
func (b *Board) View(width, height int) (widget.Block, *tea.Position) {
	s, l := b.Env.Styles(), b.top()
	switch {
	case b.sheet == nil && b.failed != nil:
		lines := append([]string{""}, show.Hang("  ", 2, "The notebook cannot be read: "+b.failed.Error(), width-2, s.Danger)...)
		lines = append(lines, show.Hang("  ", 2, "esc goes back; `hark doctor` in a shell says what is wrong.", width-2, s.Text)...)
		return widget.NewBlock(width, height, lines), nil
	case b.sheet == nil:
		return widget.NewBlock(width, height, []string{" " + s.Faint.Render("reading the interviews…")}), nil
	}
	rows := widget.Rect{Width: width, Height: height}.Rows(widget.Fixed(1), widget.Share(1, 3), widget.Fixed(1))
	name := plain.Truncate(plain.Terminal(b.levels[0].sheet.Head), width-2, "…")
	detail := plain.Truncate(plain.Terminal(b.levels[0].sheet.Detail), max(width-plain.Width(name)-4, 0), "…")
	head := widget.Pair(" "+s.Title.Render(name), s.Muted.Render(detail)+" ", width)
	frame := widget.Frame{Title: l.sheet.Title, Right: l.sheet.Right}
	body := l.page.View(rows[1], frame, l.sheet.Empty, Below{}, s)
	block := widget.Stack(widget.NewBlock(width, 1, []string{head}), body, widget.NewBlock(width, 1, nil))
	block = show.OverNote(block, b.text, b.alarm, s)
	if b.answer == nil {
		return block, nil
	}
	return b.overAnswer(block)
}

// overAnswer lays the box for an answer over the screen.
func (b *Board) overAnswer(block widget.Block) (widget.Block, *tea.Position) {
	s, a := b.Env.Styles(), b.answer
	const widest = 84
	width := min(block.Width-4, widest)
	rows := a.box.Height(width-4) + 2
	at := widget.Rect{X: (block.Width - width) / 2, Y: max(block.Height()-rows-2, 0), Width: width, Height: rows}
	a.area = at.Inset(2, 1)
	typed, cursor := a.box.View(a.area.Width, s)
	box := widget.Box(widget.Frame{Title: "What " + plain.Terminal(a.route.Department) + " answered", Focused: true}, at.Width, at.Height, typed.Lines, s)
	return widget.Overlay(widget.Dim(block, s.Border), box, at.X, at.Y), &tea.Position{X: a.area.X + cursor.X, Y: a.area.Y + cursor.Y}
}
