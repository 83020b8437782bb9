package live

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/widget"
)

// playingBack plays back one problem: sentences to read out, then the customer's answer. It stays
// open until the yes, or until it is closed.
type playingBack struct {
	problem int
	said    string // the wording read out
	ask     asking
	box     widget.Capture
	who     int    // how many people after the default one
	name    string // the typed name, when nobody is in the room yet
	grace   widget.Grace
	after   interview.Answer // the answer that waits for the name
}

// asking is the purpose of the playback's text box.
type asking int

const (
	answering asking = iota
	correcting
	naming
	settingAside
)

func newPlayback(m *Model, p interview.Problem) *playingBack {
	return &playingBack{problem: p.Number, said: p.Statement, grace: widget.NewGrace(m.env.Now())}
}

// The actions of a playback.
const (
	playYes    keymap.Action = "playback.yes"
	playNo     keymap.Action = "playback.no"
	playNearly keymap.Action = "playback.nearly"
	playAside  keymap.Action = "playback.aside"
	playWho    keymap.Action = "playback.who"
	playNext   keymap.Action = "playback.next"
	playStop   keymap.Action = "playback.stop"
	playEnter  keymap.Action = "playback.enter"
	playBack   keymap.Action = "playback.back"
)

func (d *playingBack) typing() bool { return d.ask != answering }

func (d *playingBack) scroller() *widget.Scroller { return nil }

func (d *playingBack) scope(m *Model) keymap.Scope {
	scope := keymap.Scope{Name: "Playing back"}
	if d.ask != answering {
		scope.Bindings = []keymap.Binding{
			{Action: playEnter, Keys: []string{"enter"}, Short: "keep", Long: "Keep it"},
			{Action: playBack, Keys: []string{"esc"}, Short: "back", Long: "Back to the playback"},
		}
		return scope
	}
	who, next := "", ""
	if len(m.iv.OnSide(interview.Theirs)) < 2 {
		who = "there is nobody else on their side"
	}
	if len(m.unsettled()) == 0 {
		next = "every problem is settled"
	}
	scope.Bindings = []keymap.Binding{
		{Action: playYes, Keys: []string{"y"}, Short: "yes", Long: "Yes, that's it"},
		{Action: playNearly, Keys: []string{"e"}, Short: "nearly", Long: "Nearly: correct the wording and read it again"},
		{Action: playNo, Keys: []string{"n"}, Short: "no", Long: "No"},
		{Action: playAside, Keys: []string{"s"}, Short: "set aside", Long: "Set it aside: not a problem for now"},
		{Action: playWho, Keys: []string{"tab"}, Short: "who answers", Long: "Somebody else answers", Why: who, Rank: 1},
		{Action: playNext, Keys: []string{"right"}, Short: "next problem", Long: "Next problem that is not settled", Why: next, Rank: 2},
		{Action: playStop, Keys: []string{"esc"}, Short: "back", Long: "Back to listening"},
	}
	return scope
}

// unsettled returns the problems that are neither confirmed nor set aside.
func (m *Model) unsettled() []interview.Problem {
	var open []interview.Problem
	for _, p := range m.iv.Problems {
		if p.Status != interview.Confirmed && p.Status != interview.Aside {
			open = append(open, p)
		}
	}
	return open
}

func (d *playingBack) act(m *Model, action keymap.Action) tea.Cmd {
	p, ok := m.iv.Problem(d.problem)
	if !ok {
		m.dialog = nil
		return nil
	}
	if d.ask == answering && action != playStop && m.tooSoon(&d.grace) {
		return nil
	}
	switch action {
	case playYes:
		return d.answer(m, interview.Yes, "")
	case playNo:
		return d.answer(m, interview.No, "")
	case playNearly:
		d.open(correcting, p.Statement)
	case playAside:
		d.open(settingAside, "")
	case playWho:
		d.who++
	case playNext:
		d.next(m)
	case playStop:
		m.dialog = nil
	case playBack:
		d.ask = answering
	case playEnter:
		return d.enter(m, p)
	}
	return nil
}

func (d *playingBack) open(what asking, text string) {
	d.ask = what
	d.box.SetValue(text)
}

// enter handles a typed correction, name or reason.
func (d *playingBack) enter(m *Model, p interview.Problem) tea.Cmd {
	text := strings.TrimSpace(d.box.Value())
	what := d.ask
	d.ask = answering
	switch what {
	case correcting:
		if text == "" || text == p.Statement {
			m.say(hint, "The wording is as it was: y if that is it, e to change it")
			return nil
		}
		return d.answer(m, interview.Nearly, text)
	case naming:
		d.name = text
		if text == "" {
			return nil
		}
		return d.answer(m, d.after, "")
	case settingAside:
		cmd, ok := m.do(interview.SetAside{Problem: d.problem, Reason: text}, "")
		if ok {
			d.next(m)
		}
		return cmd
	case answering:
	}
	return nil
}

// answer applies the customer's answer, and goes to the next problem after a yes.
func (d *playingBack) answer(m *Model, a interview.Answer, correction string) tea.Cmd {
	by := d.by(m)
	if by == "" && a == interview.Yes {
		d.after = a
		d.open(naming, "")
		return nil
	}
	cmd, ok := m.do(interview.PlayBack{Problem: d.problem, Answer: a, By: by, Correction: correction, Said: d.said}, "")
	if !ok {
		d.name = ""
		return cmd
	}
	if p, there := m.iv.Problem(d.problem); there {
		d.said = p.Statement // the correction is read out next
	}
	if a == interview.Yes {
		d.next(m)
	}
	return cmd
}

// by returns the name of the person who answers.
func (d *playingBack) by(m *Model) string {
	if d.name != "" {
		return d.name
	}
	theirs := m.iv.OnSide(interview.Theirs)
	if len(theirs) == 0 {
		return ""
	}
	return theirs[(d.raiser(m, theirs)+d.who)%len(theirs)].Name
}

// raiser returns the index of the person who raised the problem, 0 when that is unknown.
func (d *playingBack) raiser(m *Model, theirs []interview.Person) int {
	p, _ := m.iv.Problem(d.problem)
	for _, n := range p.Evidence {
		l, _ := m.iv.Line(n)
		for i, person := range theirs {
			if person.ID == l.Speaker {
				return i
			}
		}
	}
	return 0
}

// next goes to the next unsettled problem, or closes the dialog.
func (d *playingBack) next(m *Model) {
	open := m.unsettled()
	if len(open) == 0 {
		m.dialog = nil
		return
	}
	next := open[0]
	for _, p := range open {
		if p.Number > d.problem {
			next = p
			break
		}
	}
	d.problem, d.said, d.ask, d.who, d.name = next.Number, next.Statement, answering, 0, ""
	d.grace = widget.NewGrace(m.env.Now())
}

func (d *playingBack) update(m *Model, msg tea.Msg) tea.Cmd {
	if d.ask != answering {
		d.box.Update(msg, dialogWidth(m.width)-4)
	}
	return nil
}

func (d *playingBack) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	problem, ok := m.iv.Problem(d.problem)
	if !ok {
		return widget.NewBlock(width, height, nil), nil
	}
	if problem.Statement != d.said {
		// Another window changed the wording: it has to be read out again.
		d.said, d.grace = problem.Statement, widget.NewGrace(m.env.Now())
		m.say(hint, "It was put in other words in another window: read it again")
	}
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("", s.Muted.Render("Say it to them, and stop where they stop you:"), "")
	for i, sentence := range problem.Sentences() {
		style := s.Text
		if i == 0 {
			style = s.Problem
		}
		p.add(show.Hang("  ", 2, sentence, inner, style)...)
	}
	p.add("")
	p.add(wordings(m, problem, inner)...)
	d.drawAnswer(m, p, problem, inner)
	if m.note.text != "" {
		p.add("")
		p.add(m.noteLines(inner)...)
	}
	return placed(m, fmt.Sprintf("Play back problem %d", d.problem), p, width, height)
}

// drawAnswer draws who answers and the possible answers, or the text box.
func (d *playingBack) drawAnswer(m *Model, p *content, problem interview.Problem, width int) {
	s := m.env.Styles()
	title := ""
	switch d.ask {
	case answering:
		who := d.by(m)
		if who == "" {
			who = "? (hark asks for the name)"
		}
		p.addSpot(width, func(int, int) tea.Cmd {
			if len(m.iv.OnSide(interview.Theirs)) > 1 {
				d.who++
			}
			return nil
		}, widget.Fit(s.Muted.Render("who answers: ")+s.Text.Render(plain.Terminal(who)), width))
		if problem.Status == interview.Confirmed {
			p.add(s.Confirmed.Render("✓ they said yes to this wording"))
		}
		p.add("")
		p.addKeys(m, d, width, playYes, playNearly, playNo, playAside)
		return
	case correcting:
		title = "Nearly. What makes it right?"
	case naming:
		title = "Who said yes? Only their side can confirm."
	case settingAside:
		title = "Why is it set aside? (may stay empty)"
	}
	p.add(s.Accent.Render(title))
	p.addBox(m, &d.box, width)
}

// wordings draws the first wording and today's in two columns if they differ.
func wordings(m *Model, p interview.Problem, width int) []string {
	if p.FirstHeard() == p.Statement {
		return nil
	}
	s := m.env.Styles()
	half := (width - 3) / 2
	left := widgetText(plain.Wrap("“"+plain.Terminal(p.FirstHeard())+"”", max(half, 8)), s.Muted.Render)
	right := widgetText(plain.Wrap("“"+plain.Terminal(p.Statement)+"”", max(half, 8)), s.Text.Render)
	rows := max(len(left), len(right))
	a := widget.NewBlock(half, rows+1, append([]string{s.Faint.Render("first heard")}, left...))
	b := widget.NewBlock(half, rows+1, append([]string{s.Faint.Render("today")}, right...))
	return append(widget.Columns(a, widget.NewBlock(3, rows+1, nil), b).Lines, "")
}

func widgetText(parts []string, render func(string) string) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = render(p)
	}
	return out
}
