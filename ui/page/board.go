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
	Head     string // first line of the screen; of the first page only
	Title    string // title of the frame
	Right    string // corner of the frame: the arrangement
	Detail   string // first line of the screen
	Empty    string // shown when there is nothing, a paragraph per line
	Sections []Section
}

// Query computes what a board shows of all interviews, newest first. It runs off the screen's
// thread; the function that it returns runs on it and must be quick: it only lays out the result.
type Query func(all []interview.Summary) func() Sheet

// Board is a screen over the summaries of all interviews. They are read when it appears and after
// each change, never for a key or a frame. Opening a figure pushes a page with its sources on top
// of the page. Use it by pointer, in the screen that it belongs to.
type Board struct {
	Env *screen.Env

	query   Query
	sheet   func() Sheet // nil until read
	levels  []*level     // from the bottom up, at least one
	failed  error        // why the last read failed
	request int          // number of the newest read
	at      at           // what was read last
	ticking bool         // a timer for the next read runs
	away    bool         // another screen is shown
	changes *screen.Changes
	answer  *answer // nil while none is typed
	note    widget.Note
}

// level is one of the pages. It shows the sources of the item with the key of on the page below, if
// that is known.
type level struct {
	sheet Sheet
	page  Page
	of    any
}

// at is the state of the notebook: its revision, 0 when unknown, and the day.
type at struct {
	revision interview.Revision
	day      interview.Date
}

// answer is a department's answer as it is typed.
type answer struct {
	route insight.Route
	box   widget.Prompt
}

// NewBoard returns a board, which is read by Init.
func NewBoard(env *screen.Env, query Query) *Board {
	return &Board{Env: env, query: query, levels: []*level{{}}, changes: screen.NewChanges(env.Book)}
}

// queried is the result of a read.
type queried struct {
	screen.Addressed
	request int
	sheet   func() Sheet // nil when nothing changed
	at      at
	took    time.Duration
	err     error
}

// again starts the next read.
type again struct{ screen.Addressed }

// Init implements screen.Screen: it reads all interviews, also when the screen is returned to.
func (b *Board) Init() tea.Cmd {
	b.away = false
	return b.read(at{})
}

// read reads all interviews, unless the notebook is still in the state was.
func (b *Board) read(was at) tea.Cmd {
	b.request++
	env, request := b.Env, b.request
	return func() tea.Msg {
		start, msg := time.Now(), queried{Addressed: screen.For(b), request: request}
		latest, err := env.Book.Latest(context.Background())
		if msg.at = (at{latest, env.Today()}); err == nil && latest != 0 && msg.at == was {
			return msg
		}
		all, err := env.Book.List(context.Background(), 0)
		if msg.err = err; err == nil {
			msg.sheet = b.query(all)
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

// Update implements screen.Screen.
func (b *Board) Update(msg tea.Msg) tea.Cmd {
	if !screen.IsFor(msg, b) {
		return nil
	}
	switch msg := msg.(type) {
	case queried:
		if msg.request == b.request {
			return b.take(msg)
		}
	case again:
		b.ticking = false
		if !b.away {
			return b.read(b.at)
		}
	case screen.Changed:
		if note, _, ok := b.changes.Take(msg); ok {
			b.note = note
			return b.Init()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if b.answer != nil {
			b.answer.box.Input(msg)
		}
	case tea.MouseMsg:
		return b.mouse(msg)
	}
	return nil
}

// take shows the result of a read, and starts the timer for the next.
func (b *Board) take(msg queried) tea.Cmd {
	b.failed = msg.err
	switch {
	case msg.err != nil && b.sheet != nil:
		b.note = widget.Note{Text: "The notebook cannot be read just now: " + msg.err.Error(), Alarm: true}
	case msg.sheet != nil:
		b.sheet, b.at = msg.sheet, msg.at
		b.renew()
	}
	if b.ticking || b.away {
		return nil
	}
	b.ticking = true
	return tea.Tick(screen.ReadAgain(msg.took), func(time.Time) tea.Msg { return again{screen.For(b)} })
}

// renew lays out the last result again, on every page. A page whose item is gone stays as it was.
func (b *Board) renew() {
	for i, l := range b.levels {
		if i == 0 {
			l.sheet = b.sheet()
		} else if it, ok := b.levels[i-1].page.find(l.of); ok && it.Sources != nil {
			l.sheet = it.Sources()
		} else {
			return
		}
		l.page.Refill(l.sheet.Sections)
	}
}

// Refill lays out the last result again, for another arrangement.
func (b *Board) Refill() {
	if b.sheet != nil {
		b.levels[0].fill(b.sheet())
	}
}

func (l *level) fill(sheet Sheet) {
	l.sheet = sheet
	l.page.Fill(sheet.Sections)
}

// Do applies an action to an interview, which can be undone here.
func (b *Board) Do(action interview.Action, change screen.Change) tea.Cmd {
	return b.changes.Do(action, change)
}

// Why returns why nothing can be changed now, "" when it can.
func (b *Board) Why() string { return b.changes.Why() }

// top returns the page that is shown.
func (b *Board) top() *level { return b.levels[len(b.levels)-1] }

// Selected returns the selected item.
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
	actSubmit keymap.Action = "answer.submit"
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
	case it.Sources != nil, it.Run != nil:
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

// ticks returns the bindings for a promise or a route.
func (b *Board) ticks(it Item) []keymap.Binding {
	done, told, reply := b.Why(), b.Why(), b.Why()
	if p := it.Promise; p != nil {
		reply = "a promise has no answer: x marks it as done"
		switch {
		case p.Waits():
			told = "it is not done yet: x marks it"
		case p.State(interview.Date{}) == interview.StateTold:
			done, told = "it is done already", "they were told already"
		default:
			done = "it is done already: X when they were told"
		}
	}
	if r := it.Route; r != nil {
		done = "a route is done with its answer: a types it"
		switch {
		case r.Waits():
			told = "there is no answer yet to tell them of: a types it"
		case !r.Owed():
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
	b.note = widget.Note{}
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

func (b *Board) tick(action interview.Action, at insight.Ref, number interview.Number, what string) tea.Cmd {
	return b.Do(action, screen.Change{Interview: at.Interview, Number: number, What: what})
}

// submit saves the typed answer.
func (b *Board) submit() tea.Cmd {
	a := b.answer
	if a == nil {
		return nil
	}
	b.answer = nil
	return b.tick(interview.AnswerRoute{Number: a.route.Number, Text: strings.TrimSpace(a.box.Value())}, a.route.Ref, a.route.Number,
		fmt.Sprintf("%s answered", a.route.Department))
}

// enter opens the sources of an item.
func (b *Board) enter(it Item) tea.Cmd {
	switch {
	case it.Run != nil:
		return it.Run()
	case it.Sources != nil:
		b.Push(it.Sources())
		b.top().of = it.Key
	case !it.Open.Interview.IsZero():
		return screen.Go(it.Open)
	}
	return nil
}

func (b *Board) mouse(msg tea.MouseMsg) tea.Cmd {
	if b.answer != nil {
		b.answer.box.Input(msg)
		return nil
	}
	if _, click := msg.(tea.MouseClickMsg); click {
		b.note = widget.Note{}
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
		return show.Unreadable("The notebook", b.failed, "esc goes back; `hark doctor` in a shell says what is wrong.", width, height, s), nil
	case b.sheet == nil:
		return widget.NewBlock(width, height, []string{" " + s.Faint.Render("reading the interviews…")}), nil
	}
	rows := widget.Rect{Width: width, Height: height}.Rows(widget.Fixed(1), widget.Share(1, 3), widget.Fixed(1))
	name := plain.Truncate(plain.Terminal(b.levels[0].sheet.Head), width-2, "…")
	detail := plain.Truncate(plain.Terminal(b.levels[0].sheet.Detail), max(width-plain.Width(name)-4, 0), "…")
	head := widget.Pair(" "+s.Title.Render(name), s.Muted.Render(detail)+" ", width)
	frame := widget.Frame{Title: l.sheet.Title, Right: l.sheet.Right}
	body := l.page.View(rows[1], frame, l.sheet.Empty, Panel{}, s)
	block := widget.Stack(widget.NewBlock(width, 1, []string{head}), body, widget.NewBlock(width, 1, nil))
	block = b.note.Over(block, s)
	if b.answer == nil {
		return block, nil
	}
	return b.overAnswer(block)
}

// overAnswer draws the box for an answer over the screen.
func (b *Board) overAnswer(block widget.Block) (widget.Block, *tea.Position) {
	s, a := b.Env.Styles(), b.answer
	const widest = 84
	width := min(block.Width-4, widest)
	rows := a.box.Rows(width)
	area := widget.Rect{X: (block.Width - width) / 2, Y: max(block.Height()-rows-2, 0), Width: width, Height: rows}
	frame := widget.Frame{Title: "What " + plain.Terminal(a.route.Department) + " answered"}
	return a.box.Over(widget.Dim(block, s.Border), frame, area, nil, nil, s)
}
