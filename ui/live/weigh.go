package live

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"hark/internal/interview"
	"hark/internal/plain"
	"hark/ui/keymap"
	"hark/ui/show"
	"hark/ui/theme"
	"hark/ui/widget"
)

// weighing is the form of six optional fields that weighs a problem.
type weighing struct {
	problem int
	fields  [facets]widget.Capture
	at      int
	picked  string // the digit that was just expanded in how often
	ahead   bool   // a digit just moved on to the current field
	refused note   // the note about an invalid rating
}

// The fields in their order.
const (
	howOften = iota
	howBad
	costs
	bears
	tried
	wants
	facets // how many there are
)

// facet is a field's name and its question.
type facet struct{ name, ask string }

func facetNames() [facets]facet {
	return [facets]facet{
		howOften: {"how often", "How often does it come up?"},
		howBad:   {"how bad", "On your own scale of 1 to 5, how bad is it?"},
		costs:    {"what it costs", "What does it cost you in time, money or goodwill?"},
		bears:    {"who bears it", "Who feels it most?"},
		tried:    {"tried so far", "What have you already tried, and what came of it?"},
		wants:    {"wanted instead", "What would you want instead?"},
	}
}

func newWeighing(p interview.Problem) *weighing {
	w := &weighing{problem: p.Number}
	i := p.Impact
	for n, text := range [facets]string{i.HowOften, "", i.Costs, i.Bears, i.Tried, i.Wants} {
		w.fields[n].SetValue(text)
	}
	if i.HowBad > 0 {
		w.fields[howBad].SetValue(strconv.Itoa(i.HowBad))
	}
	return w
}

// The actions of the form.
const (
	weighSave  keymap.Action = "weigh.save"
	weighNext  keymap.Action = "weigh.next"
	weighBack  keymap.Action = "weigh.back"
	weighEnter keymap.Action = "weigh.enter"
)

func (w *weighing) typing() bool { return true }

func (w *weighing) scroller() *widget.Scroller { return nil }

func (w *weighing) scope(*Model) keymap.Scope {
	return keymap.Scope{Name: "Weighing", Bindings: []keymap.Binding{
		{Action: weighEnter, Keys: []string{"enter"}, Short: "next", Long: "Next field; after the last one, keep what is filled in"},
		{Action: weighNext, Keys: []string{"tab", "down"}, Long: "Next field"},
		{Action: weighBack, Keys: []string{"shift+tab", "up"}, Label: "tab ↑↓", Short: "fields", Long: "Field before", Rank: 1},
		{Action: weighSave, Keys: []string{"esc"}, Short: "keep and close", Long: "Keep what is filled in (undo takes it back)"},
	}}
}

func (w *weighing) act(m *Model, action keymap.Action) tea.Cmd {
	w.picked = ""
	if w.ahead {
		w.ahead = false
		if action == weighEnter || action == weighNext {
			return nil // the digit moved on already: who presses enter after every answer must not skip a field
		}
	}
	if action != weighSave && w.at == howBad && !w.settle(m) {
		return nil
	}
	switch action {
	case weighEnter:
		if w.at == facets-1 {
			return w.save(m)
		}
		w.at++
	case weighNext:
		w.at = (w.at + 1) % facets
	case weighBack:
		w.at = (w.at + facets - 1) % facets
	case weighSave:
		return w.save(m)
	}
	return nil
}

func (w *weighing) update(m *Model, msg tea.Msg) tea.Cmd {
	ahead := w.ahead
	w.ahead = false
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if ahead && goesOn(msg.Text) {
			w.at = howBad
			w.fields[howBad].CursorEnd()
		}
		if w.oneKey(msg.Text) {
			return nil
		}
	case tea.PasteMsg:
		if n, ok := rating(msg.Content); ok && w.at == howBad {
			w.oneKey(strconv.Itoa(n))
			return nil
		}
	}
	w.fields[w.at].Update(msg, fieldWidth(m.width))
	return nil
}

// oneKey takes a digit as the whole answer where there is a choice, replacing the one chosen
// before. How bad moves on to the next field, except for characters that continue the digit, as in
// "4 of 5": those, and invalid text, are read when the field is left. In how often, text after the
// digit means that the digit begins their words, as in "3 times a week".
func (w *weighing) oneKey(text string) bool {
	if text == "" {
		return false
	}
	n, err := strconv.Atoi(text)
	switch w.at {
	case howBad:
		now := w.fields[howBad].Value()
		if len(now) > 1 || now != "" && goesOn(text) {
			return false
		}
		if err != nil || n < 1 || n > 5 {
			return false // it stays visible, and is refused when the field is left
		}
		w.fields[howBad].SetValue(strconv.Itoa(n))
		w.at++
		w.ahead = true
		return true
	case howOften:
		often := oftens()
		if w.picked != "" {
			w.fields[howOften].SetValue(w.picked + text)
			w.picked = ""
			return true
		}
		now := w.fields[howOften].Value()
		if err == nil && n >= 1 && n <= len(often) && (now == "" || slices.Contains(often[:], now)) {
			w.fields[howOften].SetValue(often[n-1])
			w.picked = text
			return true
		}
	}
	return false
}

// goesOn reports whether a character right after a digit continues it; no answer to another
// question begins so.
func goesOn(text string) bool { return text != "" && strings.ContainsAny(text[:1], " /.,+-0") }

// rating parses how bad a problem is, 1 to 5: "4", "4 of 5". Empty text is 0.
func rating(text string) (n int, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, true
	}
	switch strings.ToLower(strings.Join(strings.Fields(text[1:]), "")) {
	case "", ".", ",", "of5", "outof5", "/5":
		n = int(text[0]) - '0'
	}
	return n, n >= 1 && n <= 5
}

// settle turns the text of how bad into one number. On failure it returns false and says why; the
// text stays.
func (w *weighing) settle(m *Model) bool {
	text := w.fields[howBad].Value()
	n, ok := rating(text)
	if !ok {
		w.at = howBad
		m.say(alarm, fmt.Sprintf("How bad it is goes by one number of theirs from 1 to 5, not “%s”", text))
		w.refused = m.note
		return false
	}
	if m.note == w.refused {
		m.note = note{}
	}
	if len(text) > 1 {
		w.fields[howBad].SetValue(strconv.Itoa(n))
	}
	return true
}

// oftens are the answers to how often that have a key.
func oftens() [4]string {
	return [...]string{"every day", "every week", "every month", "now and then"}
}

// save applies the fields that changed.
func (w *weighing) save(m *Model) tea.Cmd {
	p, ok := m.iv.Problem(w.problem)
	if !ok {
		m.dialog = nil
		m.say(alarm, fmt.Sprintf("Problem %d was dropped in another window", w.problem))
		return nil
	}
	if !w.settle(m) {
		return nil
	}
	before := newWeighing(p)
	changed := func(n int) *string {
		if text := w.fields[n].Value(); text != before.fields[n].Value() {
			return &text
		}
		return nil
	}
	a := interview.Weigh{
		Problem: w.problem, HowOften: changed(howOften), Costs: changed(costs),
		Bears: changed(bears), Tried: changed(tried), Wants: changed(wants),
	}
	if text := changed(howBad); text != nil {
		n, _ := strconv.Atoi(*text) // empty clears
		a.HowBad = &n
	}
	if a == (interview.Weigh{Problem: w.problem}) {
		m.dialog = nil
		return nil
	}
	cmd, ok := m.do(a, "")
	if ok {
		m.dialog = nil // on refusal the form stays open with its text
	}
	return cmd
}

const nameWidth = 18

func fieldWidth(width int) int { return max(dialogWidth(width)-4-nameWidth, 8) }

func (w *weighing) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	problem, _ := m.iv.Problem(w.problem)
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("")
	p.add(show.Hang("", 0, "“"+problem.Statement+"”", inner, s.Problem)...)
	names := facetNames()
	p.add("", s.Accent.Render(names[w.at].ask))
	w.drawChoices(p, inner, s)
	p.add("")
	for n := range w.fields {
		w.drawField(p, n, fieldWidth(width), s)
	}
	if m.note.tone == alarm {
		p.add("")
		p.add(m.noteLines(inner)...)
	}
	return placed(m, fmt.Sprintf("Weigh problem %d", w.problem), p, width, height)
}

// drawField draws a field with its name, and the cursor in the focused one.
func (w *weighing) drawField(p *content, n, width int, s theme.Styles) {
	box, at := w.fields[n].View(width, s)
	name := s.Muted.Render(plain.Pad("  "+facetNames()[n].name, nameWidth))
	if n == w.at {
		name = s.Accent.Render(plain.Pad("▸ "+facetNames()[n].name, nameWidth))
		p.at = &tea.Position{X: nameWidth + at.X, Y: len(p.lines) + at.Y}
	}
	lines := make([]string, len(box.Lines))
	for i, line := range box.Lines {
		lines[i] = name + line
		name = plain.Pad("", nameWidth)
	}
	p.addSpot(nameWidth+width, func(x, y int) tea.Cmd {
		w.at, w.picked, w.ahead = n, "", false
		w.fields[n].PlaceCursor(x-nameWidth, y, width)
		return nil
	}, lines...)
}

// drawChoices draws the answers that have a key, if the field has any.
func (w *weighing) drawChoices(p *content, width int, s theme.Styles) {
	var choices []choice
	offer := func(n int, text string) {
		choices = append(choices, choice{strconv.Itoa(n), text, func() tea.Cmd {
			w.picked = ""
			w.fields[w.at].SetValue("")
			w.oneKey(strconv.Itoa(n))
			return nil
		}})
	}
	switch w.at {
	case howBad:
		for n := range 5 {
			offer(n+1, "")
		}
	case howOften:
		for i, often := range oftens() {
			offer(i+1, often)
		}
		choices = append(choices, choice{text: "or in their words"})
	}
	p.addChoices(width, s, choices...)
}
