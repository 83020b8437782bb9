package live

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/ui/keymap"
	"hark/ui/screen"
	"hark/ui/show"
	"hark/ui/widget"
)

// selectedInDoubt returns the selected thing where several values stand for a field of it.
func (m *Model) selectedInDoubt() (of interview.Apart, ok bool) {
	var id interview.ID
	switch m.pane {
	case recordPane:
		r, _ := widget.Selected(&m.lists[recordPane], m.record)
		id = r.id
	case problemsPane:
		p, _ := m.selectedProblem()
		id = p.ID
	case questionsPane:
		a, _ := m.selectedAsk()
		id = a.followUp.ID
	case panes:
	}
	if id.IsZero() {
		return interview.Apart{}, false
	}
	return m.iv.Apart(id)
}

// after returns the field in doubt that follows one, the first behind the last. A field that was
// settled meanwhile has the place that it had.
func after(t interview.Apart, field interview.Field) interview.Field {
	all := t.Fields()
	if i := slices.IndexFunc(all, func(f interview.Field) bool { return f > field }); i >= 0 {
		return all[i]
	}
	return all[0]
}

// typed returns what sets a field to a text; nil for a field that is no text.
func typedFor(t interview.Apart, field interview.Field, text string) interview.Action {
	switch field { //nolint:exhaustive // the others are chosen, not typed
	case interview.FieldText:
		return interview.Fix{What: t.What, Number: t.Lasting, Text: text}
	case interview.FieldStatement:
		return interview.Reword{Problem: t.Lasting, Text: text}
	case interview.FieldReason:
		return interview.SetAside{Problem: t.Lasting, Reason: text}
	case interview.FieldHowOften:
		return interview.Weigh{Problem: t.Lasting, HowOften: &text}
	case interview.FieldCosts:
		return interview.Weigh{Problem: t.Lasting, Costs: &text}
	case interview.FieldBears:
		return interview.Weigh{Problem: t.Lasting, Bears: &text}
	case interview.FieldTried:
		return interview.Weigh{Problem: t.Lasting, Tried: &text}
	case interview.FieldWants:
		return interview.Weigh{Problem: t.Lasting, Wants: &text}
	case interview.FieldAnswer:
		return interview.AnswerRoute{Number: t.Lasting, Text: text}
	case interview.FieldOurs:
		return interview.Share{Solution: t.Lasting, Ours: &text}
	case interview.FieldTheirs:
		return interview.Share{Solution: t.Lasting, Theirs: &text}
	case interview.FieldReaction:
		return interview.React{Solution: t.Lasting, Text: text}
	case interview.FieldLeftOut:
		return interview.AskLeftOut{Text: text}
	}
	return nil
}

// picking asks which value of a field holds, of those that windows set without seeing each other. It
// shows them as they stood when it opened: what is picked is the version that was seen, and refused
// when that does not stand any more. Fields in doubt come one after the other.
type picking struct {
	of     interview.Apart
	field  interview.Field
	values []interview.Concurrent
	// pending is the value whose digit was pressed last: text, if typing goes on at once.
	pending keymap.Action
	back    func(m *Model) // opens what the picking was opened from; nil for nothing
}

// newPicking returns the dialog for one field of a thing.
func newPicking(of interview.Apart, field interview.Field, back func(m *Model)) *picking {
	return &picking{of: of, field: field, values: interview.InDoubt(of.Standing, field), back: back}
}

// The actions of picking.
const (
	pickValue   keymap.Action = "pick." // followed by the number of the value, from 1
	pickJoin    keymap.Action = "pick.join"
	pickCorrect keymap.Action = "pick.correct"
	pickNext    keymap.Action = "pick.next"
	pickStop    keymap.Action = "pick.stop"
)

func (d *picking) typing() bool { return false }

func (d *picking) scroller() *widget.Scroller { return nil }

func (d *picking) scope(m *Model) keymap.Scope {
	scope := keymap.Scope{Name: "Several values stand"}
	for i, c := range d.values[:min(len(d.values), mostRows)] {
		n := strconv.Itoa(i + 1)
		scope.Bindings = append(scope.Bindings, keymap.Binding{
			Action: pickValue + keymap.Action(n), Keys: []string{n}, Short: "pick",
			Long: fmt.Sprintf("Pick “%s”, of %s", cmp.Or(c.Value, "none"), c.Who()),
		})
	}
	if typedFor(d.of, d.field, "") != nil {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: pickJoin, Keys: []string{"j"}, Short: "join", Long: "Join the texts, and smooth what comes of it"})
	}
	if d.correct(m) != nil {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: pickCorrect, Keys: []string{"f"}, Short: "correct", Long: "Correct it in its own fields", Rank: 2})
	}
	if len(d.of.Fields()) > 1 {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: pickNext, Keys: []string{"tab"}, Short: "next field", Long: "Next field for which several values stand", Rank: 2})
	}
	leave := "leave both"
	if len(d.values) > 2 {
		leave = "leave all"
	}
	scope.Bindings = append(scope.Bindings, keymap.Binding{Action: pickStop, Keys: []string{"esc"}, Short: leave, Long: "Leave them all standing; so does typing on"})
	return scope
}

// title names the thing and the field.
func (d *picking) title() string { return d.of.Name() + ": " + d.field.Words() }

// correct returns what opens the form of the field, nil where there is none.
func (d *picking) correct(m *Model) func() {
	t := d.of
	switch {
	case t.What == interview.ThingSolution:
		return nil
	case t.What == interview.ThingProblem:
		p, ok := m.iv.ProblemByID(t.ID)
		switch {
		case !ok:
			return nil
		case d.field == interview.FieldStatement:
			return func() { m.open(editProblem(p)) }
		}
		return func() { m.open(newWeighing(p)) }
	case t.Number != 0:
		return func() { m.editNumber(t.Lasting) }
	case d.field == interview.FieldLeftOut:
		return m.leftOut
	case d.field == interview.FieldNotes, d.field == interview.FieldQuotes:
		return m.askConsent
	}
	return m.askHow
}

func (d *picking) act(m *Model, action keymap.Action) tea.Cmd {
	switch action {
	case pickJoin:
		d.join(m)
	case pickCorrect:
		if correct := d.correct(m); correct != nil {
			m.close()
			correct()
		}
	case pickNext:
		m.open(newPicking(d.of, after(d.of, d.field), d.back))
	case pickStop:
		if d.pending != "" {
			return d.answer(m)
		}
		m.close()
		d.leave(m)
	default:
		d.pending = action
		if m.opening.letter == "" { // a click
			return d.answer(m)
		}
		m.opening.at = time.Now()
		return tea.Tick(meantFor, func(time.Time) tea.Msg { return answerDue{screen.For(m), d} })
	}
	return nil
}

func (d *picking) pressed() keymap.Action { return d.pending }

// answer picks the value whose digit was pressed.
func (d *picking) answer(m *Model) tea.Cmd {
	n, _ := strconv.Atoi(strings.TrimPrefix(string(d.pending), string(pickValue)))
	m.close()
	m.opening.letter = "" // it was no text
	return d.pick(m, d.values[n-1])
}

// pick picks a value.
func (d *picking) pick(m *Model, c interview.Concurrent) tea.Cmd {
	cmd, ok := m.do(interview.Pick{What: d.of.What, Number: d.of.Lasting, Field: d.field, Dot: c.Dot}, "")
	return d.settled(m, cmd, ok)
}

// settled goes on with the next field in doubt, if this one was settled.
func (d *picking) settled(m *Model, cmd tea.Cmd, ok bool) tea.Cmd {
	if !ok {
		return cmd
	}
	note := m.note
	if of, more := m.iv.Apart(d.of.ID); more {
		m.open(newPicking(of, after(of, d.field), d.back))
	} else {
		d.leave(m)
	}
	m.note = note
	return cmd
}

// leave opens again what the picking was opened from.
func (d *picking) leave(m *Model) {
	if d.back != nil {
		d.back(m)
	}
}

// join opens the texts as one, to be smoothed. One that is left as it is settles the field, too.
func (d *picking) join(m *Model) {
	var texts []string
	for _, c := range d.values {
		if c.Value != "" {
			texts = append(texts, c.Value)
		}
	}
	f := &form{
		title:  "Join, for " + d.title(),
		fields: []field{newField(d.field.Words(), "Make one text of them; enter keeps it, esc leaves them apart", strings.Join(texts, " / "))},
	}
	f.save = func(m *Model, f *form) tea.Cmd {
		text := f.fields[0].value()
		if text == "" {
			m.say(hint, "Nothing was left of the texts: all of them still stand")
			return nil
		}
		if i := slices.IndexFunc(d.values, func(c interview.Concurrent) bool { return c.Value == text }); i >= 0 {
			return d.pick(m, d.values[i])
		}
		cmd, ok := m.keep(typedFor(d.of, d.field, text))
		return d.settled(m, cmd, ok)
	}
	m.open(f)
}

func (d *picking) update(m *Model, msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && key.Code == tea.KeyEnter && d.pending != "" {
		return d.answer(m)
	}
	return nil
}

func (d *picking) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("")
	if d.field != interview.FieldText && d.field != interview.FieldStatement {
		p.add(show.Hang("", 0, d.of.Text, inner, s.Problem)...)
		p.add("")
	}
	stand := "Written apart, both stand. Which one holds?"
	if len(d.values) > 2 {
		stand = "Written apart, all of them stand. Which one holds?"
	}
	p.add(show.Hang("", 0, stand, inner, s.Muted)...)
	p.add("")
	for i, c := range d.values {
		head, do := "  ", func(int, int) tea.Cmd { return nil }
		if i < mostRows {
			n := strconv.Itoa(i + 1)
			head = s.Key.Render(n) + " "
			do = func(int, int) tea.Cmd { return d.act(m, pickValue+keymap.Action(n)) }
		}
		value := cmp.Or(c.Value, "none")
		if d.field == interview.FieldHowBad {
			value += " of 5" // the number in front is that of the key
		}
		lines := show.Hang(head, 2, value, inner, s.Text)
		p.addSpot(inner, do, append(lines, show.Hang("  ", 2, c.Who(), inner, s.Muted)...)...)
	}
	p.add("")
	p.addKeys(m, d, inner, pickJoin, pickCorrect, pickNext, pickStop)
	return placed(m, "≠ "+d.title(), p, width, height)
}

// pick opens the dialog for the first field in doubt of a thing.
func (m *Model) pick(of interview.Apart, back func(m *Model)) {
	m.open(newPicking(of, of.Fields()[0], back))
}

// typedPick returns the dialog for a pick that was typed without saying which value; nil where it says
// so, or one value stands.
func (m *Model) typedPick(a interview.Pick) *picking {
	if a.Nth != 0 {
		return nil
	}
	all := m.iv.AllApart()
	i := slices.IndexFunc(all, func(t interview.Apart) bool {
		return t.What == a.What && (t.Number == a.Number || a.Number != 0 && t.Lasting == a.Number)
	})
	if i < 0 {
		return nil
	}
	if a.Field == "" {
		a.Field = all[i].Fields()[0]
	}
	if d := newPicking(all[i], a.Field, nil); len(d.values) > 0 {
		return d
	}
	return nil
}
