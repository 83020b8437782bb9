package live

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// playingBack plays back one problem: sentences to read out, then the customer's answer. Any answer
// closes it; what an answer needs opens as a form of its own.
type playingBack struct {
	problem interview.ID
	number  int
	said    string // the wording that is read out
	who     []string
	at      int // in who; after the last one, somebody else
}

func newPlayback(m *Model, p interview.Problem) *playingBack {
	d := &playingBack{problem: p.ID, number: p.Number, said: p.Statement}
	for _, person := range m.iv.OnSide(interview.Theirs) {
		d.who = append(d.who, person.Name)
	}
	d.at = max(slices.Index(d.who, m.answerer(p)), 0)
	return d
}

// answerer returns the name of who will probably answer: the last one to answer in this interview,
// else the one who named the problem; "" for neither.
func (m *Model) answerer(p interview.Problem) string {
	var last interview.Playback
	for _, o := range m.iv.Problems {
		for _, b := range o.Playbacks {
			if !b.By.IsZero() && !b.At.Before(last.At) {
				last = b
			}
		}
	}
	if name := m.iv.Name(last.By); name != "" {
		return name
	}
	for _, n := range p.Evidence {
		if l, ok := m.iv.Line(n); ok && !l.Speaker.IsZero() {
			return m.iv.Name(l.Speaker)
		}
	}
	return ""
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
	p, ok := m.iv.ProblemByID(d.problem)
	if !ok {
		m.close()
		m.say(hint, fmt.Sprintf("Problem %d was dropped in another window", d.number))
		return nil
	}
	switch action {
	case playWho:
		d.at = (d.at + 1) % (len(d.who) + 1)
		return nil
	case playAside:
		m.setAside(p)
		return nil
	}
	m.close()
	switch action {
	case playYes:
		return d.byName(m, interview.PlayBack{Problem: p.Number, Answer: interview.Yes, Said: d.said})
	case playNo:
		return d.byName(m, interview.PlayBack{Problem: p.Number, Answer: interview.No, Said: d.said})
	case playNearly:
		m.open(d.nearly(p))
	}
	return nil
}

// byName applies an answer with the name of who gave it, and asks for an unknown name.
func (d *playingBack) byName(m *Model, a interview.PlayBack) tea.Cmd {
	if d.at < len(d.who) {
		a.By = d.who[d.at]
		return m.answered(a)
	}
	m.open(&form{
		title: "Who said " + string(a.Answer) + "?", about: "Only somebody on their side can answer.",
		fields: []field{newField("name", "", "")},
		save: func(m *Model, f *form) tea.Cmd {
			a.By = f.fields[0].value()
			if a.By == "" {
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
	cmd, ok := m.do(a, "")
	p, there := m.iv.Problem(a.Problem)
	if !ok || !there {
		return cmd
	}
	switch a.Answer {
	case interview.No:
		m.open(&form{
			keeps: true, title: "What is it, then?", about: show.Wording(p) + " — no, said " + a.By,
			fields: []field{newField("in their words", "It becomes the wording to read back; empty leaves it at the no", "")},
			save: func(m *Model, f *form) tea.Cmd {
				if text := f.fields[0].value(); text != "" {
					return m.doQuietly(interview.Reword{Problem: a.Problem, Text: text})
				}
				return nil
			},
		})
	case interview.Yes:
		if next, open := m.toPlayBack(); open && next.Status != interview.Confirmed {
			m.say(calm, fmt.Sprintf("%d is confirmed. Next to play back: %d · esc p", p.Number, next.Number))
		}
	case interview.Nearly:
		m.say(calm, "Read it to them again: only a yes to the new words counts · esc p")
	}
	return cmd
}

// nearly returns the form that corrects the wording, or a figure that was read out.
func (d *playingBack) nearly(p interview.Problem) *form {
	weigh := newWeighing(p)
	return &form{
		title: fmt.Sprintf("Nearly: what makes problem %d right?", p.Number), keeps: true,
		fields: append([]field{newField("wording", "Correct what they corrected; then read it to them again", p.Statement)},
			weigh.fields...),
		save: func(m *Model, f *form) tea.Cmd {
			weigh.fields = f.fields[1:]
			figures := m.weigh(p.ID, p.Number, weigh)
			correction := f.fields[0].value()
			if correction == p.Statement {
				correction = ""
			}
			a := interview.PlayBack{Problem: p.Number, Answer: interview.Nearly, Said: d.said, Correction: correction}
			return tea.Batch(figures, d.byName(m, a))
		},
	}
}

func (d *playingBack) update(*Model, tea.Msg) tea.Cmd { return nil }

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
		d.said, m.opening.at = problem.Statement, time.Now()
		p.add(show.Hang("", 0, "It was put in other words in another window: read it again", inner, s.Warn)...)
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
	who := "somebody else (hark asks for the name)"
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
	return placed(m, fmt.Sprintf("Play back problem %d", d.number), p, width, height)
}

// wordings draws the first wording and today's in two columns if they differ.
func wordings(m *Model, p interview.Problem, width int) []string {
	if p.FirstHeard() == p.Statement {
		return nil
	}
	s := m.env.Styles()
	half := (width - 3) / 2
	column := func(title, text string, style theme.Style) []string {
		return append([]string{s.Faint.Render(title)}, show.Hang("", 0, "“"+text+"”", half, style)...)
	}
	left, right := column("first heard", p.FirstHeard(), s.Muted), column("today", p.Statement, s.Text)
	rows := max(len(left), len(right))
	return append(widget.Columns(widget.NewBlock(half+3, rows, left), widget.NewBlock(half, rows, right)).Lines, "")
}
