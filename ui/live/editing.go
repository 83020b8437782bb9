package live

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/capture"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/show"
)

// Forms that correct the selected item. Each applies the same actions as the typed commands.

// edit opens the form that corrects the selected item, or what picks one of the values that stand there.
func (m *Model) edit() tea.Cmd {
	if of, ok := m.selectedInDoubt(); ok {
		m.pick(of, nil)
		return nil
	}
	switch m.pane {
	case recordPane:
		m.editNumber(m.selectedRow())
	case problemsPane:
		if p, ok := m.selectedProblem(); ok {
			m.open(editProblem(p))
		}
	case questionsPane:
		a, ok := m.selectedAsk()
		switch {
		case ok && a.question > 0:
			return m.doQuietly(interview.Ask{Number: a.question})
		case ok:
			m.editNumber(a.followUp.Number)
		}
	case panes:
	}
	return nil
}

// editNumber opens the form of a line, a promise or a route. An unsettled line goes back into the
// box, to be typed as it was meant.
func (m *Model) editNumber(n interview.Number) {
	if l, ok := m.iv.Line(n); ok {
		if l.Kind == interview.Unsettled {
			m.reenter(l)
			return
		}
		m.open(m.editLine(l))
	} else if p, ok := m.iv.Promise(n); ok {
		m.open(m.editPromise(p))
	} else if r, ok := m.iv.Route(n); ok {
		m.open(m.editRoute(r))
	}
}

// reenter puts an unsettled line back into the box; the text there is stashed.
func (m *Model) reenter(l interview.Line) {
	m.prefill(l.Text)
	m.reentered = l.Lasting()
	m.say(hint, l.Why)
}

// names returns the people in the room, to choose from with a digit.
func (m *Model) names(more ...string) []string {
	var names []string
	for _, p := range m.iv.Present() {
		names = append(names, p.Name)
	}
	return append(names, more...)
}

func (m *Model) editLine(l interview.Line) *form {
	var kinds []string
	for _, kind := range interview.LineKinds() {
		if kind != interview.Unsettled { // which says that nobody has chosen
			kinds = append(kinds, string(kind))
		}
	}
	return &form{
		title: fmt.Sprintf("Correct %s", l.Number),
		fields: []field{
			newField("text", "The first wording is kept too", l.Text),
			newField("who said it", "", m.iv.Name(l.Speaker), m.names()...),
			newField("what it is", "", string(l.Kind), kinds...),
		},
		save: func(m *Model, f *form) tea.Cmd {
			fix := interview.Fix{Number: l.Lasting(), Speaker: f.changed(1)}
			if text := f.changed(0); text != nil {
				fix.Text = *text
				if said, quoted := f.fields[0].words(); quoted {
					fix.Said = said
				}
			}
			if kind := f.changed(2); kind != nil {
				k := interview.LineKind(*kind)
				fix.Kind = &k
			}
			return m.correct(fix, l.Lasting())
		},
	}
}

func (m *Model) editPromise(p interview.Promise) *form {
	return &form{
		title: fmt.Sprintf("Correct promise %s", p.Number),
		fields: []field{
			newField("what", "The first wording is kept too", p.Text),
			newField("who", "Whose promise is it?", show.Owner(m.iv.Name(p.Owner), p.Side), m.names("us", "them")...),
			newField("by when", "A day, such as friday or 3 dec; empty for none", p.Due.String()),
		},
		save: func(m *Model, f *form) tea.Cmd {
			fix := interview.Fix{Number: p.Lasting(), Owner: f.changed(1)}
			if text := f.changed(0); text != nil {
				fix.Text = *text
			}
			return m.correctDay(fix, p.Number, f.changed(2))
		},
	}
}

func (m *Model) editRoute(r interview.Route) *form {
	return &form{
		title: fmt.Sprintf("Correct route %s", r.Number),
		fields: []field{
			newField("department", "", r.Department, m.departments()...),
			newField("who", "Who sees to it there?", m.iv.Name(r.Owner), m.names()...),
			newField("by when", "A day, such as friday or 3 dec; empty for none", r.Due.String()),
			newField("their answer", "What did they answer?", r.Answer),
		},
		save: func(m *Model, f *form) tea.Cmd {
			fix := interview.Fix{Number: r.Lasting(), Department: f.changed(0), Owner: f.changed(1)}
			var answered tea.Cmd
			if text := f.changed(3); text != nil && *text != "" {
				answered = m.keepQuietly(interview.AnswerRoute{Number: r.Lasting(), Text: *text})
			}
			return tea.Batch(answered, m.correctDay(fix, r.Number, f.changed(2)))
		},
	}
}

// correctDay applies a correction with a typed day to what is shown with a number. A day that is not understood, or in doubt, is
// read as the capture language reads it after "due".
func (m *Model) correctDay(fix interview.Fix, number interview.Number, day *string) tea.Cmd {
	var typed tea.Cmd
	if day != nil && *day == "" {
		fix.Due = &interview.Date{}
	} else if day != nil {
		due := m.read(fmt.Sprintf("/fix %s due %s", fix.Number, *day))
		due.Text = fmt.Sprintf("/fix %s due %s", number, *day)
		typed = m.doQuietly(due)
	}
	return tea.Batch(m.correct(fix, fix.Number), typed)
}

// correct applies a correction, unless it is empty.
func (m *Model) correct(fix interview.Fix, number interview.Number) tea.Cmd {
	if fix == (interview.Fix{Number: number}) {
		return nil
	}
	return m.keepQuietly(fix)
}

func editProblem(p interview.Problem) *form {
	return &form{
		title: fmt.Sprintf("Correct problem %s", p.Number),
		fields: []field{
			newWords("wording", "A yes to the old wording lapses; what was heard first is kept", p.Statement, p.TypedAsQuote()),
			newField("themes", "Words, separated by blanks", strings.Join(p.Themes, " ")),
		},
		save: func(m *Model, f *form) tea.Cmd {
			var cmds []tea.Cmd
			if themes := f.changed(1); themes != nil {
				add, remove := differ(p.Themes, strings.Fields(*themes))
				cmds = append(cmds, m.keepQuietly(interview.Tag{Problem: p.Lasting(), Add: add, Remove: remove}))
			}
			if text, quoted := f.fields[0].words(); f.changed(0) != nil && text != "" {
				cmds = append(cmds, m.keepQuietly(interview.Reword{Problem: p.Lasting(), Text: text, Quoted: quoted}))
			}
			return tea.Batch(cmds...)
		},
	}
}

// differ returns the elements that a list gained and lost.
func differ(had, has []string) (more, less []string) {
	in := map[string]bool{}
	for _, s := range has {
		in[interview.Theme(s)] = true
	}
	for _, s := range had {
		if !in[s] {
			less = append(less, s)
		}
	}
	return has, less
}

// people lists who is in the room; enter corrects one of them.
func (m *Model) people() {
	everyone := m.iv.People
	q := &question{title: "Who is here", short: "correct", yes: func(m *Model, row int) tea.Cmd {
		if row < len(everyone) {
			m.open(m.editPerson(everyone[row]))
		} else {
			m.open(newPerson())
		}
		return nil
	}}
	for _, p := range everyone {
		q.rows = append(q.rows, p.Name+" · "+roleOf(p.Role, p.Side))
	}
	q.rows = append(q.rows, "somebody new")
	m.open(q)
}

func personFields(p interview.Person) []field {
	return []field{
		newField("name", "", p.Name),
		newField("role", "", p.Role),
		newField("side", "Only their side can say yes to a playback", string(p.Side), string(interview.Theirs), string(interview.Ours)),
	}
}

func newPerson() *form {
	return &form{title: "Somebody new", fields: personFields(interview.Person{Side: interview.Theirs}), save: func(m *Model, f *form) tea.Cmd {
		if f.fields[0].value() == "" {
			return f.leave(m)
		}
		return m.keepQuietly(interview.Introduce{Name: f.fields[0].value(), Role: f.fields[1].value(), Side: interview.Side(f.fields[2].value())})
	}}
}

// editPerson corrects somebody. Another person's name there joins the two, and no name drops them.
func (m *Model) editPerson(p interview.Person) *form {
	fields := personFields(p)
	fields[0].ask = "The name of somebody else here joins the two; empty drops " + p.Name
	for _, o := range m.iv.People {
		if o.ID != p.ID {
			fields[0].offers = append(fields[0].offers, o.Name)
		}
	}
	return &form{title: p.Name, fields: fields, save: func(m *Model, f *form) tea.Cmd {
		var cmds []tea.Cmd
		name := p.Name
		if role, side := f.changed(1), f.changed(2); role != nil || side != nil {
			cmds = append(cmds, m.keepQuietly(interview.Introduce{Name: name, Role: f.fields[1].value(), Side: interview.Side(f.fields[2].value())}))
		}
		switch to := f.changed(0); {
		case to == nil:
		case *to == "":
			m.ask("Drop "+name, "", "drop "+name, func(m *Model) tea.Cmd { return m.doQuietly(interview.DropPerson{Person: name}) })
		case m.named(*to, p.ID):
			m.ask(fmt.Sprintf("Join %s with %s", name, *to), "All that "+name+" said, promised and answered is then "+*to+"'s.", "join them",
				func(m *Model) tea.Cmd { return m.doQuietly(interview.JoinPeople{Person: name, Into: *to}) })
		default:
			cmds = append(cmds, m.keepQuietly(interview.Rename{Person: name, Name: *to}))
		}
		return tea.Batch(cmds...)
	}}
}

// named reports whether somebody else than one person has a name.
func (m *Model) named(name string, but interview.ID) bool {
	for _, p := range m.iv.Named(name, plain.FoldName) {
		if p.ID != but && strings.EqualFold(p.Name, name) {
			return true
		}
	}
	return false
}

// leftOut asks what has been left out.
func (m *Model) leftOut() {
	m.open(&form{
		keeps: true, title: "What has been left out?", about: "Ask them: what have I not asked that I should have?",
		fields: []field{newWords("they said", "Their answer; enter on an empty field means “nothing”", m.iv.LeftOut.Text, m.iv.LeftOut.Quoted)},
		save: func(m *Model, f *form) tea.Cmd {
			text, quoted := f.fields[0].words()
			return m.keepQuietly(interview.AskLeftOut{Text: text, Quoted: quoted})
		},
	})
}

// askConsent asks what the customer allows.
func (m *Model) askConsent() {
	answers := []interview.SetConsent{
		{Notes: interview.NotesAllowed, Quotes: interview.QuoteByName},
		{Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole},
		{Notes: interview.NotesAllowed, Quotes: interview.QuoteNone},
		{Notes: interview.NotesAllowed},
		{Notes: interview.NotesRefused},
	}
	m.open(&question{
		title: "May you take notes, and may they be quoted?", short: "that is their answer", at: max(slices.Index(answers, interview.SetConsent{Notes: m.iv.Consent.Notes, Quotes: m.iv.Consent.Quotes}), 0),
		rows: []string{
			"notes yes, quoted by name", "notes yes, quoted by role", "notes yes, not quoted", "notes yes, quoting not asked yet", "no notes",
		},
		yes: func(m *Model, row int) tea.Cmd { return m.doQuietly(answers[row]) },
	})
}

// carry opens the form that carries a problem to a department.
func (m *Model) carry(p interview.Problem) {
	m.open(&form{
		title: fmt.Sprintf("Carry problem %s to a department", p.Number), about: p.Worded(),
		fields: []field{
			newField("department", "", "", m.departments()...),
			newField("who", "Who sees to it there?", ""),
			newField("by when", "A day, such as friday or 3 dec", ""),
		},
		save: func(m *Model, f *form) tea.Cmd {
			if f.fields[0].value() == "" {
				return f.leave(m)
			}
			line := fmt.Sprintf("/route %s %s", p.Number, f.fields[0].value())
			if who := f.fields[1].value(); who != "" {
				line += " " + capture.Mention(who)
			}
			if day := f.fields[2].value(); day != "" {
				line += " due " + day
			}
			return m.doQuietly(m.read(line))
		},
	})
}

// chooseProblem asks for one of the problems except one. Its numbers are lasting ones.
func (m *Model) chooseProblem(title, short string, but interview.Number, yes func(m *Model, problem interview.Number) tea.Cmd) {
	q := &question{title: title, short: short}
	var numbers []interview.Number
	for _, p := range m.iv.Problems {
		if p.Lasting() != but {
			numbers = append(numbers, p.Lasting())
			q.rows = append(q.rows, fmt.Sprintf("problem %s, %s", p.Number, p.Worded()))
		}
	}
	if len(numbers) == 0 {
		m.say(hint, "There is no other problem")
		return
	}
	q.yes = func(m *Model, row int) tea.Cmd { return yes(m, numbers[row]) }
	m.open(q)
}

// setAside asks for confirmation, then for the reason.
func (m *Model) setAside(p interview.Problem) {
	m.ask(fmt.Sprintf("Set aside problem %s", p.Number), p.Worded(), "set it aside", func(m *Model) tea.Cmd {
		m.open(&form{
			title: fmt.Sprintf("Why is problem %s set aside?", p.Number), about: p.Worded(),
			fields: []field{newField("because", "May stay empty; esc leaves it among the problems", "")},
			save: func(m *Model, f *form) tea.Cmd {
				return m.keepQuietly(interview.SetAside{Problem: p.Lasting(), Reason: f.fields[0].value()})
			},
		})
		return nil
	})
}

// toSettle lists what is to be settled.
func (m *Model) toSettle() {
	open := m.iv.ToSettle()
	if len(open) == 0 {
		m.say(calm, "Nothing is to settle")
		return
	}
	q := &question{title: "To settle", short: "settle it", yes: func(_ *Model, row int) tea.Cmd {
		m.settleDoubt(open[row])
		return nil
	}}
	for _, o := range open {
		q.rows = append(q.rows, o.Shown()+" · "+o.Why)
	}
	m.open(q)
}

// settleDoubt opens what settles one thing.
func (m *Model) settleDoubt(o interview.ToSettle) {
	if o.Apart != nil {
		m.pick(*o.Apart, nil)
		return
	}
	if who, ok := m.iv.Person(o.Person); ok {
		m.askSide(fmt.Sprintf("Which side is %s on?", who.Name), who.Doubt, "theirs: only they can say yes to a playback", "ours",
			func(m *Model, side interview.Side) tea.Cmd {
				return m.doQuietly(interview.Introduce{Name: who.Name, Side: side})
			})
		return
	}
	p, ok := m.iv.Promise(o.Number)
	of, apart := m.iv.Apart(p.ID)
	switch {
	case ok && apart:
		m.pick(of, nil)
	case !ok:
		m.editNumber(o.Number)
	case !p.Whose.IsZero():
		m.askSide(fmt.Sprintf("Whose promise is %s?", p.Number), p.Whose, "them", "us", func(m *Model, side interview.Side) tea.Cmd {
			owner := show.Owner("", side)
			return m.doQuietly(interview.Fix{Number: p.Lasting(), Owner: &owner})
		})
	default:
		m.askDay(p)
	}
}

// askSide asks which side was meant, the likelier one first.
func (m *Model) askSide(title string, doubt interview.SideDoubt, theirs, ours string, yes func(m *Model, side interview.Side) tea.Cmd) {
	q := &question{title: title, text: "Typed as: " + doubt.Words, short: "that is the side", rows: []string{theirs, ours}}
	sides := []interview.Side{interview.Theirs, interview.Ours}
	if doubt.Reading == interview.Ours {
		slices.Reverse(q.rows)
		slices.Reverse(sides)
	}
	q.yes = func(m *Model, row int) tea.Cmd { return yes(m, sides[row]) }
	m.open(q)
}

// askDay asks which day was meant by a promise, among the days that its words can mean.
func (m *Model) askDay(p interview.Promise) {
	days := append(slices.Clone(p.Doubt.Readings), interview.Date{})
	q := &question{title: fmt.Sprintf("When is promise %s due?", p.Number), text: p.Text, short: "that is the day"}
	for _, day := range p.Doubt.Readings {
		q.rows = append(q.rows, day.Words())
	}
	q.rows = append(q.rows, "no day", "another day")
	q.yes = func(m *Model, row int) tea.Cmd {
		if row == len(days) {
			f := m.editPromise(p)
			f.at = len(f.fields) - 1
			m.open(f)
			return nil
		}
		return m.doQuietly(interview.Fix{Number: p.Lasting(), Due: &days[row]})
	}
	m.open(q)
}
