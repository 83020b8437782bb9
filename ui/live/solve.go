package live

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// solving is the dialog for working it out. While the gate is shut it lists what is missing, and
// enter goes to the first gap. Once open it lists problems, what a good answer must respect, held
// thoughts and solutions.
//
// Text is typed into a field at the bottom, which has the cursor: no letter is a key here.
type solving struct {
	list     widget.Scroller
	items    []solveItem
	box      widget.Capture
	answer   int  // index of the answer that enter adds
	unlocked bool // as the gate was when the dialog opened
}

// solveItem is one row: a problem, a held thought or a solution.
type solveItem struct {
	problem  interview.Number // lasting
	thought  interview.Line
	solution interview.Solution
	standing []string // what stands twice of it and its problems
	last     bool     // of its problem's rows
}

func newSolving(m *Model) *solving {
	d := &solving{unlocked: m.iv.Gate.Open}
	d.fill(m)
	d.list.Select(0)
	d.box.SetValue(m.solveText)
	return d
}

// fill lists the rows.
func (d *solving) fill(m *Model) {
	d.items = nil
	solved := map[interview.ID]bool{}
	for _, p := range m.iv.Problems {
		if p.Status == interview.Aside {
			continue
		}
		d.items = append(d.items, solveItem{problem: p.Lasting()})
		for _, l := range m.iv.HeldThoughts() {
			if slices.Contains(l.For, p.ID) {
				d.items = append(d.items, solveItem{problem: p.Lasting(), thought: l})
			}
		}
		for _, s := range m.iv.Solutions {
			if slices.Contains(s.Problems, p.ID) && !solved[s.ID] {
				solved[s.ID] = true
				d.items = append(d.items, solveItem{problem: p.Lasting(), solution: s, standing: m.iv.StandingFor(s)})
			}
		}
		d.items[len(d.items)-1].last = true
	}
	d.fillOwn(m)
	d.list.SetItems(len(d.items), func(i, width int, selected bool) []string {
		s, it := m.env.Styles(), d.items[i]
		lines := show.Choice(it.draw(m, max(width-2, 8), s), selected, width, s)
		if it.last && i < len(d.items)-1 {
			lines = append(lines, "") // between two problems
		}
		return lines
	})
}

// fillOwn lists the thoughts that belong to no problem, once solutions are unlocked. Each is
// offered for the first unlocked problem.
func (d *solving) fillOwn(m *Model) {
	first := slices.IndexFunc(m.iv.Problems, func(p interview.Problem) bool { return len(m.iv.Lock(p.Number)) == 0 })
	if first < 0 {
		return
	}
	for _, l := range m.iv.Thoughts() {
		if len(l.For) == 0 {
			d.items = append(d.items, solveItem{problem: m.iv.Problems[first].Lasting(), thought: l})
		}
	}
}

// The actions of the dialog.
const (
	solveGap  keymap.Action = "solve.gap"
	solveAdd  keymap.Action = "solve.add"
	solveNext keymap.Action = "solve.next"
	solveBack keymap.Action = "solve.back"
	solveUp   keymap.Action = "solve.up"
	solveDown keymap.Action = "solve.down"
	solveStop keymap.Action = "solve.stop"
)

// answer is one thing that can be written about a row.
type answer struct {
	name string // what enter adds
	// bare: it can be added without text.
	bare bool
	make func(it solveItem, text string) []interview.Action
}

// answers lists what can be written about the selected row.
func (d *solving) answers() []answer {
	item, ok := d.selected()
	one := func(name string, action func(it solveItem, text string) interview.Action) answer {
		return answer{name: name, make: func(it solveItem, text string) []interview.Action { return []interview.Action{action(it, text)} }}
	}
	solution := one("a solution", func(it solveItem, text string) interview.Action {
		return interview.Solve{Problems: []interview.Number{it.problem}, Text: text}
	})
	switch {
	case !ok:
		return nil
	case item.thought.Number != 0:
		return []answer{solution}
	case item.solution.Number == 0:
		return []answer{
			solution,
			one("what a good answer must respect", func(it solveItem, text string) interview.Action {
				return interview.MustRespect{Problem: it.problem, Text: text}
			}),
			one("what we advise", func(it solveItem, text string) interview.Action {
				return interview.Advise{Problem: it.problem, Text: text}
			}),
		}
	}
	decide := func(name string, decision interview.Decision) answer {
		return answer{name: name, bare: true, make: func(it solveItem, text string) []interview.Action {
			actions := []interview.Action{interview.Decide{Solution: it.solution.Lasting(), Decision: decision}}
			if text != "" {
				actions = append([]interview.Action{interview.React{Solution: it.solution.Lasting(), Text: text}}, actions...)
			}
			return actions
		}}
	}
	return []answer{
		one("their reaction", func(it solveItem, text string) interview.Action {
			return interview.React{Solution: it.solution.Lasting(), Text: text}
		}),
		one("what stays in their hands", func(it solveItem, text string) interview.Action {
			return interview.Share{Solution: it.solution.Lasting(), Theirs: &text}
		}),
		one("what comes into ours", func(it solveItem, text string) interview.Action {
			return interview.Share{Solution: it.solution.Lasting(), Ours: &text}
		}),
		decide("they agree (their words may stay empty)", interview.Agreed),
		decide("they decline (their words may stay empty)", interview.Declined),
	}
}

// chosen returns what enter adds to the selected row.
func (d *solving) chosen() (answer, bool) {
	all := d.answers()
	if len(all) == 0 {
		return answer{}, false
	}
	return all[d.answer%len(all)], true
}

// typing reports whether keys are text: the field has them once solutions are unlocked.
func (d *solving) typing() bool { return d.unlocked }

func (d *solving) scroller() *widget.Scroller { return &d.list }

func (d *solving) selected() (solveItem, bool) {
	return widget.Selected(&d.list, d.items)
}

func (d *solving) scope(m *Model) keymap.Scope {
	back := keymap.Binding{Action: solveStop, Keys: []string{"esc"}, Short: "back", Long: "Back to listening; what is in the field waits here"}
	if !m.iv.Gate.Open {
		return keymap.Scope{Name: "Working it out", Bindings: []keymap.Binding{
			{Action: solveGap, Keys: []string{"enter"}, Short: "go to what is missing", Long: "Go to the first thing that is missing"}, back,
		}}
	}
	keep := keymap.Binding{Action: solveAdd, Keys: []string{"enter"}, Short: "keep", Long: "Keep what is in the field"}
	if _, ok := d.chosen(); !ok {
		keep.Why = "there is no problem to work on"
	}
	if _, ok := d.toPick(m); ok {
		keep.Short, keep.Long = "pick", "Pick one of the values that stand there, or join them"
	}
	return keymap.Scope{Name: "Working it out", Bindings: []keymap.Binding{
		keep,
		{Action: solveNext, Keys: []string{"tab"}, Short: "something else", Long: "What else can be written about this row"},
		{Action: solveBack, Keys: []string{"shift+tab"}, Long: "The one before"},
		{Action: solveUp, Keys: []string{"up"}, Label: "↑↓", Short: "problems, solutions", Long: "Row above", Rank: 1},
		{Action: solveDown, Keys: []string{"down"}, Long: "Row below"},
		back,
	}}
}

func (d *solving) act(m *Model, action keymap.Action) tea.Cmd {
	n := max(len(d.answers()), 1)
	switch action {
	case solveStop:
		m.solveText = d.unentered()
		m.close()
		return m.touched()
	case solveGap:
		m.goToGap(0)
	case solveUp:
		d.move(-1)
	case solveDown:
		d.move(1)
	case solveNext:
		d.answer = (d.answer + 1) % n
	case solveBack:
		d.answer = (d.answer + n - 1) % n
	case solveAdd:
		return d.add(m)
	}
	return nil
}

// move selects another row. A thought typed too early is put into the field, to become a solution.
func (d *solving) move(n int) {
	before, _ := d.selected()
	d.list.Move(n)
	after, _ := d.selected()
	d.answer = 0
	if text := d.box.Value(); text == "" || text == before.thought.Text {
		d.box.SetValue(after.thought.Text)
	}
}

// toPick returns the selected row where several values stand and nothing is being written about it:
// enter picks one of them.
func (d *solving) toPick(m *Model) (of interview.Apart, ok bool) {
	it, ok := d.selected()
	if !ok || d.answer != 0 || it.thought.Number != 0 || strings.TrimSpace(d.box.Value()) != "" {
		return interview.Apart{}, false
	}
	if it.solution.Number != 0 {
		return m.iv.Apart(it.solution.ID)
	}
	p, ok := m.iv.Problem(it.problem)
	if !ok {
		return interview.Apart{}, false
	}
	return m.iv.Apart(p.ID)
}

// add adds the text of the field. Its problem stays in view.
func (d *solving) add(m *Model) tea.Cmd {
	item, _ := d.selected()
	chosen, ok := d.chosen()
	text := strings.TrimSpace(d.box.Value())
	if of, doubt := d.toPick(m); doubt {
		m.pick(of, func(m *Model) { m.open(d) })
		return nil
	}
	if !ok || text == "" && !chosen.bare {
		return nil
	}
	if text != "" && !item.takes(m.context().Label(text).Kind) {
		d.box.SetValue("")
		return m.doQuietly(m.read(text))
	}
	var cmds []tea.Cmd
	for _, action := range chosen.make(item, text) {
		cmd, done := m.do(action, "")
		cmds = append(cmds, cmd)
		if !done {
			return tea.Batch(cmds...)
		}
	}
	d.box.SetValue("")
	d.answer = 0
	d.fill(m)
	return tea.Batch(cmds...)
}

func (d *solving) update(m *Model, msg tea.Msg) tea.Cmd {
	d.box.Update(msg, m.dialogSpace-4)
	return m.touched()
}

// unentered returns what was typed into the field; a held thought there is kept already.
func (d *solving) unentered() string {
	if item, _ := d.selected(); d.box.Value() == item.thought.Text {
		return ""
	}
	return d.box.Value()
}

// takes reports whether a text of a kind is written about a row. One with another mark is what its
// mark says, wherever it is typed; their words about a solution are their reaction.
func (it solveItem) takes(kind capture.Kind) bool {
	switch kind {
	case capture.KindParaphrase, capture.KindLiteral:
		return true
	case capture.KindQuote:
		return it.solution.Number != 0
	case capture.KindProblem, capture.KindStrength, capture.KindObservation, capture.KindThought, capture.KindFollowUp, capture.KindPromise, capture.KindSpeaker, capture.KindTheme, capture.KindCommand:
	}
	return false
}

// goToGap opens the dialog, or begins the command, that closes a gap.
func (m *Model) goToGap(i int) {
	m.stop()
	if i >= len(m.iv.Gate.Missing) {
		return
	}
	gap := m.iv.Gate.Missing[i]
	p, _ := m.iv.Problem(gap.Problem)
	switch gap.Kind {
	case interview.GapRaise:
		m.prefill("!")
	case interview.GapLeftOut:
		m.leftOut()
	case interview.GapWeigh:
		m.open(newWeighing(p))
	case interview.GapSettle:
		if !p.Weighed() {
			m.open(newWeighing(p))
		} else {
			m.open(newPlayback(m, p))
		}
	case interview.GapWording:
		if of, ok := m.iv.Apart(p.ID); ok {
			m.open(newPicking(of, interview.FieldStatement, nil))
		}
	case interview.GapConfirm, interview.GapAside, interview.GapGone:
		m.say(hint, gap.Text)
	}
}

func (d *solving) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	if !m.iv.Gate.Open {
		return d.locked(m, width, height)
	}
	selected := d.list.Selected()
	d.fill(m)
	if selected != d.list.Selected() {
		d.list.Select(selected)
	}
	frame := widget.Frame{Title: "Work it out together", Right: "you know your trade, they know theirs"}
	rows := d.box.Height(width-4) + 2
	leftOut := drawLeftOut(m.iv.LeftOut, width, m.env.Styles())
	body := listed(m, &d.list, frame, width, height-rows-len(leftOut), func() tea.Cmd { return nil })
	chosen, _ := d.chosen()
	item, _ := d.selected()
	problem, _ := m.iv.Problem(item.problem)
	about := fmt.Sprintf("for problem %s", problem.Number)
	if item.solution.Number != 0 {
		about = fmt.Sprintf("to solution %s", item.solution.Number)
	}
	field, at := d.box.View(width-4, m.env.Styles())
	drawn := widget.Box(widget.Frame{Title: chosen.name, Right: about, Foot: "tab: something else", Focused: true}, width, rows, field.Lines, m.env.Styles())
	body = widget.Stack(body, widget.NewBlock(width, len(leftOut), leftOut))
	return widget.Stack(body, drawn), &tea.Position{X: 2 + at.X, Y: body.Height() + 1 + at.Y}
}

// drawLeftOut draws what the customer said has been left out, on two lines at most; no line for
// nothing.
func drawLeftOut(l interview.LeftOut, width int, s theme.Styles) []string {
	if l.Text == "" {
		return nil
	}
	const head = "  left out: "
	lines := show.Hang(s.Muted.Render(head), len(head), l.Worded(), width, s.Text)
	return lines[:min(len(lines), 2)]
}

// locked draws what is still missing, while solutions are locked.
func (d *solving) locked(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("")
	p.add(show.Hang("", 0, "Solutions unlock when they have said: yes, that's it.", inner, s.Text)...)
	p.add("")
	p.add(m.gateLines(inner)...)
	p.add("", s.Muted.Render("Still missing:"))
	for i, g := range m.iv.Gate.Missing {
		head := "  "
		if i == 0 {
			head = s.Accent.Render("▸ ")
		}
		p.addSpot(inner, func(int, int) tea.Cmd {
			m.goToGap(i)
			return nil
		}, show.Hang(head, 2, m.gapText(g), inner, s.Text)...)
	}
	if held := len(m.iv.HeldThoughts()); held > 0 {
		p.add("")
		p.add(show.Hang("", 0, "What you typed too early waits here: "+show.Count(held, "thought", "thoughts")+".", inner, s.Muted)...)
	}
	return placed(m, "⊘ Work it out", p, width, height)
}

// gapText describes a gap for somebody who uses keys rather than commands.
func (m *Model) gapText(g interview.Gap) string {
	p, _ := m.iv.Problem(g.Problem)
	name := fmt.Sprintf("problem %s, %s", g.Problem, plain.Truncate(p.Worded(), 42, "…"))
	switch g.Kind {
	case interview.GapRaise:
		return "a problem in their words: start a line with !"
	case interview.GapLeftOut:
		return "ask them what has been left out"
	case interview.GapWeigh:
		return "weigh " + name
	case interview.GapSettle:
		if p.Weighed() {
			return "play back " + name + " until they say yes, or set it aside"
		}
		return "weigh " + name + ", and play it back"
	case interview.GapWording:
		return name + " has two wordings: pick or join them"
	case interview.GapConfirm, interview.GapAside, interview.GapGone:
	}
	return g.Text
}

// draw draws one row.
func (it solveItem) draw(m *Model, width int, s theme.Styles) []string {
	p, _ := m.iv.Problem(it.problem)
	switch {
	case it.thought.Number != 0:
		return show.Hang("   "+s.Thought.Render("thought: "), 12, it.thought.Text, width, s.Thought)
	case it.solution.Number != 0:
		return it.drawSolution(width, s)
	}
	lines := show.Hang(s.Faint.Render(fmt.Sprintf("%2s ", p.Number)), 3, p.Worded(), width, s.Problem)
	detail := func(name, text string) {
		if text != "" {
			lines = append(lines, show.Hang("   "+s.Muted.Render(plain.Pad(name, 15)), 18, text, width, s.Text)...)
		}
	}
	for _, text := range show.Standing(p.Concurrent) {
		lines = append(lines, show.Hang("   ", 3, text, width, s.Warn)...)
	}
	detail("weighs", strings.Join(p.Impact.Weight(), " · "))
	detail("they tried", p.Impact.Tried)
	detail("they want", p.Impact.Wants)
	respected := false
	for _, r := range m.iv.Respects {
		if r.Problem == p.ID {
			detail("must respect", r.Text)
			respected = true
		}
	}
	if !respected {
		lines = append(lines, "   "+s.Faint.Render(plain.Pad("must respect", 15)+"not asked yet"))
	}
	for _, a := range m.iv.Advice {
		if a.Problem == p.ID {
			if a.Held {
				a.Text += " (held)"
			}
			detail("we advise", a.Text)
		}
	}
	if gaps := m.iv.Lock(p.Number); len(gaps) > 0 {
		lines = append(lines, show.Hang("   "+s.Warn.Render("○ "), 5, m.gapText(gaps[0]), width, s.Warn)...)
	}
	return lines
}

func (it solveItem) drawSolution(width int, s theme.Styles) []string {
	sol := it.solution
	head := fmt.Sprintf("   ★ %s ", sol.Number)
	lines := show.Hang(s.Accent.Render(head), plain.Width(head), sol.Text, width, s.Text)
	detail := func(name, text string) {
		if text != "" {
			lines = append(lines, show.Hang("     "+s.Muted.Render(plain.Pad(name, 16)), 21, text, width, s.Muted)...)
		}
	}
	detail("in their hands", sol.Theirs)
	detail("in ours", sol.Ours)
	detail("they say", sol.Reaction)
	detail("so far", standingOf(sol))
	for _, text := range it.standing {
		detail("≠", text)
	}
	return lines
}

// standingOf returns how far a solution has come in a word, "" before anything was decided.
func standingOf(s interview.Solution) string {
	if s.Held {
		return "held"
	}
	return map[interview.Decision]string{interview.Agreed: "agreed", interview.Declined: "declined"}[s.Decision]
}
