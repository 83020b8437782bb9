package live

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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
type solving struct {
	list  widget.Scroller
	items []solveItem
}

// solveItem is one row: a problem, a held thought or a solution.
type solveItem struct {
	problem  int
	thought  interview.Line
	solution interview.Solution
	last     bool // of its problem's rows
}

func newSolving(m *Model) *solving {
	d := &solving{}
	d.fill(m)
	d.list.Select(0)
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
		d.items = append(d.items, solveItem{problem: p.Number})
		for _, l := range m.iv.HeldThoughts() {
			if slices.Contains(l.For, p.ID) {
				d.items = append(d.items, solveItem{problem: p.Number, thought: l})
			}
		}
		for _, s := range m.iv.Solutions {
			if slices.Contains(s.Problems, p.ID) && !solved[s.ID] {
				solved[s.ID] = true
				d.items = append(d.items, solveItem{problem: p.Number, solution: s})
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
			d.items = append(d.items, solveItem{problem: m.iv.Problems[first].Number, thought: l})
		}
	}
}

// The actions of the dialog.
const (
	solveGap     keymap.Action = "solve.gap"
	solveSolve   keymap.Action = "solve.solve"
	solveRespect keymap.Action = "solve.respect"
	solveAdvise  keymap.Action = "solve.advise"
	solveShare   keymap.Action = "solve.share"
	solveReact   keymap.Action = "solve.react"
	solveAgree   keymap.Action = "solve.agree"
	solveDecline keymap.Action = "solve.decline"
	solveUp      keymap.Action = "solve.up"
	solveDown    keymap.Action = "solve.down"
	solveStop    keymap.Action = "solve.stop"
)

func (d *solving) typing() bool { return false }

func (d *solving) scroller() *widget.Scroller { return &d.list }

func (d *solving) selected() (solveItem, bool) {
	if i := d.list.Selected(); i >= 0 && i < len(d.items) {
		return d.items[i], true
	}
	return solveItem{}, false
}

func (d *solving) scope(m *Model) keymap.Scope {
	scope := keymap.Scope{Name: "Working it out"}
	back := keymap.Binding{Action: solveStop, Keys: []string{"esc"}, Short: "back", Long: "Back to listening"}
	if !m.iv.Gate.Open {
		scope.Bindings = []keymap.Binding{
			{Action: solveGap, Keys: []string{"enter"}, Short: "go to what is missing", Long: "Go to the first thing that is missing"}, back,
		}
		return scope
	}
	item, ok := d.selected()
	noProblem, locked, noSolution := "", "", ""
	if !ok {
		noProblem, locked = "there is no problem to work on", "there is no problem to work on"
	} else if gaps := m.iv.Lock(item.problem); len(gaps) > 0 {
		locked = gaps[0].Text
	}
	switch {
	case item.solution.Number == 0:
		noSolution = "choose a solution first"
	case item.solution.Held:
		noSolution = "this solution is held until its problem is confirmed again"
	}
	scope.Bindings = []keymap.Binding{
		{Action: solveUp, Keys: []string{"up", "k"}, Long: "Row above"},
		{Action: solveDown, Keys: []string{"down", "j"}, Long: "Row below"},
		{Action: solveSolve, Keys: []string{"enter", "s"}, Short: "solution", Long: "A solution for this problem, or out of this thought", Why: locked},
		{Action: solveRespect, Keys: []string{"r"}, Short: "must respect", Long: "What a good answer to this problem must respect", Why: noProblem, Rank: 2},
		{Action: solveAdvise, Keys: []string{"v"}, Short: "advice", Long: "What we advise on this problem", Why: locked, Rank: 3},
		{Action: solveReact, Keys: []string{"c"}, Short: "their reaction", Long: "What the customer says to this solution", Why: noSolution, Rank: 1},
		{Action: solveAgree, Keys: []string{"a"}, Short: "agreed", Long: "They agreed to this solution", Why: noSolution, Rank: 1},
		{Action: solveDecline, Keys: []string{"x"}, Short: "declined", Long: "They declined this solution", Why: noSolution, Rank: 2},
		{Action: solveShare, Keys: []string{"h"}, Short: "who does what", Long: "What stays in their hands, what comes into ours", Why: noSolution, Rank: 2},
		back,
	}
	return scope
}

func (d *solving) act(m *Model, action keymap.Action) tea.Cmd {
	item, _ := d.selected()
	n := item.solution.Number
	switch action {
	case solveStop:
		m.close()
	case solveGap:
		m.goToGap(0)
	case solveUp:
		d.list.Move(-1)
	case solveDown:
		d.list.Move(1)
	case solveSolve:
		m.prefill(strings.TrimRight(fmt.Sprintf("/solve %d %s", item.problem, item.thought.Text), " ") + trailing(item.thought.Text))
	case solveRespect:
		m.prefill(fmt.Sprintf("/respect %d ", item.problem))
	case solveAdvise:
		m.prefill(fmt.Sprintf("/advise %d ", item.problem))
	case solveReact:
		m.prefill(fmt.Sprintf("/react %d ", n))
	case solveShare:
		theirs := fmt.Sprintf(`/share %d theirs="`, n)
		m.prefill(theirs + `" ours=""`)
		m.box.PlaceCursor(plain.Width(theirs), 0, m.width-4)
	case solveAgree, solveDecline:
		decision := interview.Agreed
		if action == solveDecline {
			decision = interview.Declined
		}
		cmd, _ := m.do(interview.Decide{Solution: n, Decision: decision}, "")
		d.fill(m)
		return cmd
	}
	return nil
}

// trailing returns the blank after a command that has no text yet.
func trailing(text string) string {
	if text == "" {
		return " "
	}
	return ""
}

func (d *solving) update(*Model, tea.Msg) tea.Cmd { return nil }

// goToGap opens the dialog, or begins the command, that closes a gap.
func (m *Model) goToGap(i int) {
	m.close()
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
		m.open(editProblem(p))
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
	frame := widget.Frame{Title: "Work it out together", Right: "you know your trade, they know theirs", Focused: true}
	return listed(m, &d.list, frame, width, height, func() tea.Cmd {
		b, ok := keymap.Find("enter", d.scope(m))
		if ok && !b.Enabled() {
			m.say(hint, b.Why)
			return nil
		}
		return d.act(m, solveSolve)
	}), nil
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
	name := fmt.Sprintf("problem %d, “%s”", g.Problem, plain.Truncate(p.Statement, 40, "…"))
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
	lines := show.Hang(s.Faint.Render(fmt.Sprintf("%2d ", p.Number)), 3, "“"+p.Statement+"”", width, s.Problem)
	detail := func(name, text string) {
		if text != "" {
			lines = append(lines, show.Hang("   "+s.Muted.Render(plain.Pad(name, 15)), 18, text, width, s.Text)...)
		}
	}
	detail("it costs", p.Impact.Costs)
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
	state := map[interview.Decision]string{interview.Agreed: "agreed", interview.Declined: "declined"}[sol.Decision]
	if sol.Held {
		state = "held"
	}
	head := fmt.Sprintf("   ★ %d ", sol.Number)
	lines := show.Hang(s.Accent.Render(head), plain.Width(head), sol.Text, width, s.Text)
	detail := func(name, text string) {
		if text != "" {
			lines = append(lines, show.Hang("     "+s.Muted.Render(plain.Pad(name, 16)), 21, text, width, s.Muted)...)
		}
	}
	detail("in their hands", sol.Theirs)
	detail("in ours", sol.Ours)
	detail("they say", sol.Reaction)
	detail("so far", state)
	return lines
}
