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

// doubted is a thing for whose fields several values stand, or the interview itself, without a number.
type doubted struct {
	id       interview.ID
	what     interview.Thing
	number   interview.Number // as shown
	lasting  interview.Number
	text     string
	standing []interview.Concurrent
}

// doubted returns the thing with an ID; ok is false when one value stands for each of its fields. The
// zero ID is that of the interview itself.
func (m *Model) doubted(id interview.ID) (of doubted, ok bool) {
	iv := m.iv
	if id.IsZero() {
		return doubted{text: iv.Customer, standing: iv.Concurrent}, len(iv.Concurrent) > 0
	}
	for i := range iv.Lines { // by index: it is asked with each frame, and a line is large
		if l := &iv.Lines[i]; l.ID == id {
			return doubted{id, interview.Numbered, l.Number, l.Lasting(), l.Worded(), l.Concurrent}, len(l.Concurrent) > 0
		}
	}
	for _, p := range iv.Promises {
		if p.ID == id {
			return doubted{id, interview.Numbered, p.Number, p.Lasting(), p.Text, p.Concurrent}, len(p.Concurrent) > 0
		}
	}
	for _, r := range iv.Routes {
		if r.ID == id {
			return doubted{id, interview.Numbered, r.Number, r.Lasting(), r.Department, r.Concurrent}, len(r.Concurrent) > 0
		}
	}
	for _, s := range iv.Solutions {
		if s.ID == id {
			return doubted{id, interview.ThingSolution, s.Number, s.Lasting(), s.Text, s.Concurrent}, len(s.Concurrent) > 0
		}
	}
	p, _ := iv.ProblemByID(id)
	return doubted{id, interview.ThingProblem, p.Number, p.Lasting(), p.Worded(), p.Concurrent}, len(p.Concurrent) > 0
}

// allDoubted returns what several values stand for: of the interview, its problems and solutions, and what
// is in the record.
func (m *Model) allDoubted() []doubted {
	iv := m.iv
	var all []doubted
	add := func(id interview.ID, standing []interview.Concurrent) {
		if len(standing) > 0 {
			of, _ := m.doubted(id)
			all = append(all, of)
		}
	}
	add(interview.ID{}, iv.Concurrent)
	for _, p := range iv.Problems {
		add(p.ID, p.Concurrent)
	}
	for _, s := range iv.Solutions {
		add(s.ID, s.Concurrent)
	}
	for i := range iv.Lines {
		add(iv.Lines[i].ID, iv.Lines[i].Concurrent)
	}
	for _, p := range iv.Promises {
		add(p.ID, p.Concurrent)
	}
	for _, r := range iv.Routes {
		add(r.ID, r.Concurrent)
	}
	return all
}

// selectedInDoubt returns the selected thing where several values stand for a field of it.
func (m *Model) selectedInDoubt() (of doubted, ok bool) {
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
		return doubted{}, false
	}
	return m.doubted(id)
}

// name returns what the thing is called in a title.
func (t doubted) name() string {
	switch {
	case t.number == 0:
		return "the interview"
	case t.what == interview.Numbered:
		return t.number.String()
	}
	return fmt.Sprintf("%s %s", t.what, t.number)
}

// fields returns the fields for which several values stand, in the order of their names.
func (t doubted) fields() []interview.Field {
	var all []interview.Field
	for _, c := range t.standing {
		if !slices.Contains(all, c.Field) {
			all = append(all, c.Field)
		}
	}
	return all
}

// after returns the field in doubt that follows one, the first behind the last. A field that was
// settled meanwhile has the place that it had.
func (t doubted) after(field interview.Field) interview.Field {
	all := t.fields()
	if i := slices.IndexFunc(all, func(f interview.Field) bool { return f > field }); i >= 0 {
		return all[i]
	}
	return all[0]
}

// typed returns what sets a field to a text; nil for a field that is no text.
func (t doubted) typed(field interview.Field, text string) interview.Action {
	switch field { //nolint:exhaustive // the others are chosen, not typed
	case interview.FieldText:
		return interview.Fix{What: t.what, Number: t.lasting, Text: text}
	case interview.FieldStatement:
		return interview.Reword{Problem: t.lasting, Text: text}
	case interview.FieldReason:
		return interview.SetAside{Problem: t.lasting, Reason: text}
	case interview.FieldHowOften:
		return interview.Weigh{Problem: t.lasting, HowOften: &text}
	case interview.FieldCosts:
		return interview.Weigh{Problem: t.lasting, Costs: &text}
	case interview.FieldBears:
		return interview.Weigh{Problem: t.lasting, Bears: &text}
	case interview.FieldTried:
		return interview.Weigh{Problem: t.lasting, Tried: &text}
	case interview.FieldWants:
		return interview.Weigh{Problem: t.lasting, Wants: &text}
	case interview.FieldAnswer:
		return interview.AnswerRoute{Number: t.lasting, Text: text}
	case interview.FieldOurs:
		return interview.Share{Solution: t.lasting, Ours: &text}
	case interview.FieldTheirs:
		return interview.Share{Solution: t.lasting, Theirs: &text}
	case interview.FieldReaction:
		return interview.React{Solution: t.lasting, Text: text}
	case interview.FieldLeftOut:
		return interview.AskLeftOut{Text: text}
	}
	return nil
}

// picking asks which value of a field holds, of those that windows set without seeing each other. It
// shows them as they stood when it opened: what is picked is the version that was seen, and refused
// when that does not stand any more. Fields in doubt come one after the other.
type picking struct {
	of     doubted
	field  interview.Field
	values []interview.Concurrent
	// pending is the value whose digit was pressed last: text, if typing goes on at once.
	pending keymap.Action
	back    func(m *Model) // opens what the picking was opened from; nil for nothing
}

// newPicking returns the dialog for one field of a thing.
func newPicking(of doubted, field interview.Field, back func(m *Model)) *picking {
	return &picking{of: of, field: field, values: interview.InDoubt(of.standing, field), back: back}
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
	if d.of.typed(d.field, "") != nil {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: pickJoin, Keys: []string{"j"}, Short: "join", Long: "Join the texts, and smooth what comes of it"})
	}
	if d.correct(m) != nil {
		scope.Bindings = append(scope.Bindings, keymap.Binding{Action: pickCorrect, Keys: []string{"f"}, Short: "correct", Long: "Correct it in its own fields", Rank: 2})
	}
	if len(d.of.fields()) > 1 {
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
func (d *picking) title() string { return d.of.name() + ": " + d.field.Words() }

// correct returns what opens the form of the field, nil where there is none.
func (d *picking) correct(m *Model) func() {
	t := d.of
	switch {
	case t.what == interview.ThingSolution:
		return nil
	case t.what == interview.ThingProblem:
		p, ok := m.iv.ProblemByID(t.id)
		switch {
		case !ok:
			return nil
		case d.field == interview.FieldStatement:
			return func() { m.open(editProblem(p)) }
		}
		return func() { m.open(newWeighing(p)) }
	case t.number != 0:
		return func() { m.editNumber(t.lasting) }
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
		m.open(newPicking(d.of, d.of.after(d.field), d.back))
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
	cmd, ok := m.do(interview.Pick{What: d.of.what, Number: d.of.lasting, Field: d.field, Dot: c.Dot}, "")
	return d.settled(m, cmd, ok)
}

// settled goes on with the next field in doubt, if this one was settled.
func (d *picking) settled(m *Model, cmd tea.Cmd, ok bool) tea.Cmd {
	if !ok {
		return cmd
	}
	note := m.note
	if of, more := m.doubted(d.of.id); more {
		m.open(newPicking(of, of.after(d.field), d.back))
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
		cmd, ok := m.keep(d.of.typed(d.field, text))
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
		p.add(show.Hang("", 0, d.of.text, inner, s.Problem)...)
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
		lines := show.Hang(head, 2, cmp.Or(c.Value, "none"), inner, s.Text)
		p.addSpot(inner, do, append(lines, show.Hang("  ", 2, c.Who(), inner, s.Muted)...)...)
	}
	p.add("")
	p.addKeys(m, d, inner, pickJoin, pickCorrect, pickNext, pickStop)
	return placed(m, "≠ "+d.title(), p, width, height)
}

// pick opens the dialog for the first field in doubt of a thing.
func (m *Model) pick(of doubted, back func(m *Model)) {
	m.open(newPicking(of, of.fields()[0], back))
}

// typedPick returns the dialog for a pick that was typed without saying which value; nil where it says
// so, or one value stands.
func (m *Model) typedPick(a interview.Pick) *picking {
	if a.Nth != 0 {
		return nil
	}
	all := m.allDoubted()
	i := slices.IndexFunc(all, func(t doubted) bool {
		return t.what == a.What && (t.number == a.Number || a.Number != 0 && t.lasting == a.Number)
	})
	if i < 0 {
		return nil
	}
	if a.Field == "" {
		a.Field = all[i].fields()[0]
	}
	if d := newPicking(all[i], a.Field, nil); len(d.values) > 0 {
		return d
	}
	return nil
}
