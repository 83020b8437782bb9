package live

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// playingBack plays back one problem: sentences to read out, then the customer's answer. Any answer
// closes it; what an answer needs opens as a form of its own.
type playingBack struct {
	problem interview.ID
	last    interview.Problem // as it was when the playback opened
	said    string            // the wording that is read out
	who     []string
	at      int // in who; after the last one, somebody whom hark asks for
	// pending is the answer whose letter was pressed last: text, if typing goes on at once.
	pending keymap.Action
	changed bool // another window changed the wording after the playback had opened
}

// answering is a dialog in which one key is an answer, unless typing goes on at once.
type answering interface {
	dialog
	// pressed returns the answer whose key was pressed last, "" for none.
	pressed() keymap.Action
	// answer applies it.
	answer(m *Model) tea.Cmd
}

// answerDue is the end of the time in which the key of an answer may still be text.
type answerDue struct {
	screen.Addressed
	of answering
}

func newPlayback(m *Model, p interview.Problem) *playingBack {
	d := &playingBack{problem: p.ID, last: p, said: p.Statement}
	for _, person := range m.iv.OnSide(interview.Theirs) {
		d.who = append(d.who, person.Name)
	}
	d.at = len(d.who)
	if who, ok := m.iv.Answerer(p); ok {
		d.at = slices.Index(d.who, who.Name)
	}
	return d
}

// The actions of a playback.
const (
	playYes    keymap.Action = "playback.yes"
	playNo     keymap.Action = "playback.no"
	playNearly keymap.Action = "playback.nearly"
	playAside  keymap.Action = "playback.aside"
	playWho    keymap.Action = "playback.who"
	playStop   keymap.Action = "playback.stop"
)

func (d *playingBack) typing() bool { return false }

func (d *playingBack) scroller() *widget.Scroller { return nil }

func (d *playingBack) scope(*Model) keymap.Scope {
	return keymap.Scope{Name: "Playing back", Bindings: []keymap.Binding{
		{Action: playYes, Keys: []string{"y"}, Short: "yes", Long: "Yes, that's it"},
		{Action: playNearly, Keys: []string{"e"}, Short: "nearly", Long: "Nearly: correct the wording or a figure, and read it again"},
		{Action: playNo, Keys: []string{"n"}, Short: "no", Long: "No; then ask what it is"},
		{Action: playAside, Keys: []string{"s"}, Short: "set aside", Long: "Set it aside: not a problem for now"},
		{Action: playWho, Keys: []string{"tab"}, Short: "who answers", Long: "Somebody else answers", Rank: 1},
		{Action: playStop, Keys: []string{"esc"}, Short: "back", Long: "Back to listening"},
	}}
}

// firstUnsettled returns the first problem that is neither confirmed nor set aside and fits.
func (m *Model) firstUnsettled(fits func(interview.Problem) bool) (interview.Problem, bool) {
	for _, p := range m.iv.Problems {
		if p.Status != interview.Confirmed && p.Status != interview.Aside && fits(p) {
			return p, true
		}
	}
	return interview.Problem{}, false
}

func (d *playingBack) act(m *Model, action keymap.Action) tea.Cmd {
	p, ok := m.iv.ProblemByID(d.problem)
	if !ok {
		m.close()
		m.say(hint, fmt.Sprintf("Problem %s was dropped in another window", d.last.Number))
		return nil
	}
	switch action {
	case playWho:
		d.at = (d.at + 1) % (len(d.who) + 1)
		return nil
	case playAside:
		m.setAside(p)
	case playNearly:
		m.open(d.nearly(p))
	case playYes, playNo:
		d.pending = action
		if m.opening.letter == "" { // a click
			return d.answer(m)
		}
		m.opening.at = time.Now()
		return tea.Tick(meantFor, func(time.Time) tea.Msg { return answerDue{screen.For(m), d} })
	case playStop:
		if d.pending != "" {
			return d.answer(m)
		}
		m.close()
	}
	return nil
}

func (d *playingBack) pressed() keymap.Action { return d.pending }

// answer applies the answer whose letter was pressed, and asks for an unknown name.
func (d *playingBack) answer(m *Model) tea.Cmd {
	m.close()
	a := interview.PlayBack{Problem: d.last.Lasting(), Answer: interview.Yes, Said: d.said}
	if d.pending == playNo {
		a.Answer = interview.No
	}
	if d.at < len(d.who) {
		a.By = d.who[d.at]
		return m.answered(a)
	}
	m.open(&form{
		title: "Who said " + string(a.Answer) + "?", about: "Only somebody on their side can answer.",
		fields: []field{newField("name", "", "", d.who...)},
		save: func(m *Model, f *form) tea.Cmd {
			a.By = f.fields[0].value()
			if a.By == "" && a.Answer == interview.Yes {
				m.say(hint, "Without a name the answer does not count; play it back again when you know who it was")
				return nil
			}
			return m.answered(a)
		},
	})
	return nil
}

// answered applies an answer, and after a no asks what the problem is.
func (m *Model) answered(a interview.PlayBack) tea.Cmd {
	cmd, ok := m.keep(a)
	p, there := m.iv.Problem(a.Problem)
	if !ok || !there {
		return cmd
	}
	switch a.Answer {
	case interview.No:
		said := p.Worded() + " — no"
		if a.By != "" {
			said += ", said " + a.By
		}
		m.open(&form{
			keeps: true, title: "What is it, then?", about: said,
			fields: []field{
				newWords("in their words", "It becomes the wording to read back; empty leaves it at the no", "", false),
				newField("or set aside", "Why it is not a problem for now", ""),
			},
			save: func(m *Model, f *form) tea.Cmd {
				var cmds []tea.Cmd
				if text, quoted := f.fields[0].words(); text != "" {
					cmds = append(cmds, m.keepQuietly(interview.Reword{Problem: a.Problem, Text: text, Quoted: quoted}))
				}
				if reason := f.fields[1].value(); reason != "" {
					cmds = append(cmds, m.keepQuietly(interview.SetAside{Problem: a.Problem, Reason: reason}))
				}
				return tea.Batch(cmds...)
			},
		})
	case interview.Yes:
		if next, open := m.toPlayBack(); open && next.Status != interview.Confirmed {
			m.say(calm, fmt.Sprintf("%s is confirmed by %s. Next to play back: %s · esc p", p.Number, a.By, next.Number))
		}
	case interview.Nearly:
		m.say(calm, "Read it to them again as it is now: only a yes to that counts · esc p")
	}
	return cmd
}

// nearly returns the form that corrects the wording, or a figure that was read out. It has a field
// for who said so where that is not known.
func (d *playingBack) nearly(p interview.Problem) *form {
	weigh := newWeighing(p)
	f := &form{
		title: fmt.Sprintf("Nearly: what makes problem %s right?", p.Number), keeps: true,
		fields: append([]field{newWords("wording", "Correct what they corrected; then read it to them again", p.Statement, p.TypedAsQuote())},
			weigh.fields...),
	}
	who := len(f.fields)
	if d.at == len(d.who) {
		f.fields = append(f.fields, newField("who said so", "Somebody on their side", ""))
	}
	f.save = func(m *Model, f *form) tea.Cmd {
		weigh.fields = f.fields[1:who]
		figures, doubt := m.figures(p, weigh)
		a := interview.PlayBack{Problem: p.Lasting(), Answer: interview.Nearly, Said: d.said, Figures: figures}
		if f.changed(0) != nil {
			a.Correction, a.Quoted = f.fields[0].words()
		}
		if d.at < len(d.who) {
			a.By = d.who[d.at]
		} else {
			a.By = f.fields[who].value()
		}
		return tea.Batch(doubt, m.answered(a))
	}
	return f
}

func (d *playingBack) update(m *Model, msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && key.Code == tea.KeyEnter && d.pending != "" {
		return d.answer(m)
	}
	return nil
}

func (d *playingBack) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	problem, ok := m.iv.ProblemByID(d.problem)
	if !ok {
		return widget.NewBlock(width, height, nil), nil
	}
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("", s.Muted.Render("Say it to them, and stop where they stop you:"), "")
	if problem.Statement != d.said {
		// Another window changed the wording: it is read out from the beginning, and an answer
		// typed now is to the old one.
		d.said, d.changed, d.pending, m.opening.at = problem.Statement, true, "", time.Now()
	}
	if d.changed {
		p.add(show.Hang("", 0, "Another window changed the words: read it again", inner, s.Warn)...)
	}
	for i, sentence := range problem.Sentences() {
		style := s.Text
		if i == 0 {
			style = s.Problem
		}
		p.add(show.Hang("  ", 2, sentence, inner, style)...)
	}
	p.add("")
	p.add(wordings(m, problem, inner)...)
	who := "hark asks for the name"
	if d.at < len(d.who) {
		who = d.who[d.at]
	}
	p.addSpot(inner, func(int, int) tea.Cmd { return d.act(m, playWho) },
		widget.Fit(s.Muted.Render("who answers: ")+s.Text.Render(plain.Terminal(who)), inner))
	if problem.Status == interview.Confirmed {
		p.add(s.Confirmed.Render("✓ they said yes to this wording"))
	}
	p.add("")
	p.addKeys(m, d, inner, playYes, playNearly, playNo, playAside)
	return placed(m, fmt.Sprintf("Play back problem %s", problem.Number), p, width, height)
}

// wordings draws the first wording and today's in two columns if they differ.
func wordings(m *Model, p interview.Problem, width int) []string {
	if p.FirstHeard() == p.Statement {
		return nil
	}
	s := m.env.Styles()
	half := (width - 3) / 2
	column := func(title, text string, style theme.Style) []string {
		return append([]string{s.Faint.Render(title)}, show.Hang("", 0, m.iv.Worded(p, text), half, style)...)
	}
	left, right := column("first heard", p.FirstHeard(), s.Muted), column("today", p.Statement, s.Text)
	rows := max(len(left), len(right))
	return append(widget.Columns(widget.NewBlock(half+3, rows, left), widget.NewBlock(half, rows, right)).Lines, "")
}
