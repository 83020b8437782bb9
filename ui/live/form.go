package live

import (
	"slices"
	"strconv"
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

// form is a dialog of short fields: what weighs a problem, or what is corrected about a line, a
// promise or a person.
type form struct {
	title  string
	about  string // subject, drawn above the fields
	fields []field
	at     int
	// keeps: esc saves what changed, because the customer said it. In other forms esc leaves what
	// stood there as it was, and what was typed into an empty field is kept as a line to settle.
	keeps bool
	steps bool // enter goes to the next field until the last
	// save applies what changed. It is called with the form closed.
	save func(m *Model, f *form) tea.Cmd

	touched bool   // the current field has had a key since the form moved to it
	picked  string // the digit that chose the answer in it, while that may still be text
	ahead   bool   // a digit just moved on to the current field
}

// field is one of the fields of a form.
type field struct {
	name, ask string
	before    string // its text when the form opened
	box       widget.Capture
	offers    []string // answers that one digit chooses
	// rating says that the answer is one number of the offers, and that choosing it goes on.
	rating bool
}

// newField returns a field with its text.
func newField(name, ask, text string, offers ...string) field {
	f := field{name: name, ask: ask, before: text, offers: offers}
	f.box.SetValue(text)
	return f
}

// value returns the text of a field.
func (f *field) value() string { return strings.TrimSpace(f.box.Value()) }

// newWords returns a field of words of theirs. As everywhere, a quotation mark in front says that
// they are the customer's very words.
func newWords(name, ask, text string, quoted bool) field {
	return newField(name, ask, capture.WordsForm(text, quoted))
}

// words returns the words in such a field, and whether they are a quote.
func (f *field) words() (text string, quoted bool) { return capture.Words(f.value()) }

// changed returns the text of field n, nil when it is as it was.
func (f *form) changed(n int) *string {
	if text := f.fields[n].value(); text != strings.TrimSpace(f.fields[n].before) {
		return &text
	}
	return nil
}

// The actions of a form.
const (
	formEnter keymap.Action = "form.enter"
	formNext  keymap.Action = "form.next"
	formBack  keymap.Action = "form.back"
	formStop  keymap.Action = "form.stop"
)

func (f *form) typing() bool { return true }

func (f *form) scroller() *widget.Scroller { return nil }

func (f *form) scope(*Model) keymap.Scope {
	enter := keymap.Binding{Action: formEnter, Keys: []string{"enter"}, Short: "keep", Long: "Keep what is filled in"}
	stop := keymap.Binding{Action: formStop, Keys: []string{"esc"}, Short: "leave it", Long: "Leave it as it was"}
	if f.keeps {
		stop.Short, stop.Long = "keep and close", "Keep what is filled in (undo takes it back)"
	}
	scope := keymap.Scope{Name: f.title, Bindings: []keymap.Binding{enter}}
	if len(f.fields) > 1 {
		if f.steps && f.at < len(f.fields)-1 {
			scope.Bindings[0].Short, scope.Bindings[0].Long = "next", "Next field; after the last one, keep what is filled in"
		}
		scope.Bindings = append(scope.Bindings,
			keymap.Binding{Action: formNext, Keys: []string{"tab", "down"}, Long: "Next field"},
			keymap.Binding{Action: formBack, Keys: []string{"shift+tab", "up"}, Label: "tab ↑↓", Short: "fields", Long: "Field before", Rank: 1})
	}
	scope.Bindings = append(scope.Bindings, stop)
	return scope
}

func (f *form) act(m *Model, action keymap.Action) tea.Cmd {
	switch ahead := f.ahead; {
	case ahead && (action == formEnter || action == formNext):
		f.ahead = false // who presses enter after every answer must not skip a field
	case action == formNext:
		f.goTo((f.at + 1) % len(f.fields))
	case action == formBack:
		f.goTo((f.at + len(f.fields) - 1) % len(f.fields))
	case action == formEnter && f.steps && f.at < len(f.fields)-1:
		f.goTo(f.at + 1)
	case action == formEnter, f.keeps && f.differs():
		m.close()
		return tea.Batch(f.save(m, f), m.touched())
	default:
		m.close()
		return f.leave(m)
	}
	return m.touched()
}

// leave keeps what was typed into empty fields as a line to settle.
func (f *form) leave(m *Model) tea.Cmd {
	if text := f.added(); text != "" {
		return m.doQuietly(interview.Typed{Text: text, Why: "It was typed into “" + f.title + "”, and that was left"})
	}
	return m.touched()
}

// differs reports whether a field is not as it was when the form opened.
func (f *form) differs() bool {
	return slices.ContainsFunc(f.fields, func(f field) bool { return f.value() != strings.TrimSpace(f.before) })
}

// added returns the text typed into fields that were empty, without what was chosen there.
func (f *form) added() string {
	var texts []string
	for n := range f.fields {
		field := &f.fields[n]
		if text := field.value(); field.before == "" && text != "" && !slices.Contains(field.offers, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, ", ")
}

// goTo goes to a field.
func (f *form) goTo(n int) {
	f.at, f.touched, f.picked, f.ahead = n, false, "", false
}

func (f *form) update(m *Model, msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && f.ahead && goesOn(key.Text) {
		f.goTo(f.at - 1)
		f.fields[f.at].box.CursorEnd()
		f.touched = true
	}
	f.ahead = false
	at := f.at
	if !f.choose(msg) {
		f.fields[f.at].box.Update(msg, fieldWidth(m.dialogSpace))
		f.picked = ""
	}
	f.touched = f.at == at // not in a field that a digit moved on to
	return m.touched()
}

// goesOn reports whether a character right after a digit continues it; no answer to another
// question begins so.
func goesOn(text string) bool { return text != "" && strings.ContainsAny(text[:1], " /.,+-0") }

// choose handles the first text typed into a field with offers, which replaces what stands there: a
// digit by its offer, other text by itself. Text right after such a digit means that it began their
// words, as in "3 times a week". A paste may be the number of a rating with words, as "4 of 5".
func (f *form) choose(msg tea.Msg) bool {
	field := &f.fields[f.at]
	text := ""
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		text = msg.Text
	case tea.PasteMsg:
		text = msg.Content
		if n, ok := capture.Rating(text); ok && n > 0 && field.rating {
			text = strconv.Itoa(n)
		}
	}
	switch n, err := strconv.Atoi(text); {
	case text == "" || len(field.offers) == 0:
		return false
	case f.picked != "":
		field.box.SetValue(f.picked + text)
		f.picked = ""
	case f.touched:
		return false
	case err == nil && n >= 1 && n <= len(field.offers):
		field.box.SetValue(field.offers[n-1])
		f.picked = text
		if field.rating {
			f.goTo(min(f.at+1, len(f.fields)-1))
			f.ahead = true
		}
	default:
		field.box.SetValue(text)
	}
	return true
}

// unentered returns what was typed into the fields so far.
func (f *form) unentered() string {
	var texts []string
	for n := range f.fields {
		if text := f.changed(n); text != nil && *text != "" {
			texts = append(texts, *text)
		}
	}
	return strings.Join(texts, ", ")
}

const nameWidth = 18

func fieldWidth(width int) int { return max(dialogWidth(width)-4-nameWidth, 8) }

func (f *form) view(m *Model, width, height int) (widget.Block, *tea.Position) {
	s := m.env.Styles()
	inner := dialogWidth(width) - 4
	p := &content{}
	p.add("")
	if f.about != "" {
		p.add(show.Hang("", 0, f.about, inner, s.Problem)...)
		p.add("")
	}
	if ask := f.fields[f.at].ask; ask != "" {
		p.add(show.Hang("", 0, ask, inner, s.Accent)...)
	}
	f.drawChoices(m, p, inner, s)
	p.add("")
	for n := range f.fields {
		f.drawField(p, n, fieldWidth(width), s)
	}
	return placed(m, f.title, p, width, height)
}

// drawField draws a field with its name; the current one has the cursor.
func (f *form) drawField(p *content, n, width int, s theme.Styles) {
	field := &f.fields[n]
	box, at := field.box.View(width, s)
	style, lead := s.Muted, "  "
	if field.rating && !ratingFits(field.value()) {
		style = s.Warn
	}
	if n == f.at {
		style, lead = s.Accent, "▸ "
		p.at = &tea.Position{X: nameWidth + at.X, Y: len(p.lines) + at.Y}
	}
	name := style.Render(plain.Pad(lead+field.name, nameWidth))
	lines := make([]string, len(box.Lines))
	for i, line := range box.Lines {
		lines[i] = name + line
		name = plain.Pad("", nameWidth)
	}
	p.addSpot(nameWidth+width, func(x, y int) tea.Cmd {
		f.goTo(n)
		field.box.PlaceCursor(x-nameWidth, y, width)
		return nil
	}, lines...)
}

// drawChoices draws the answers that take one key, where there are any.
func (f *form) drawChoices(m *Model, p *content, width int, s theme.Styles) {
	field := &f.fields[f.at]
	if len(field.offers) == 0 {
		return
	}
	var choices []choice
	for i, offer := range field.offers {
		key, text := strconv.Itoa(i+1), offer
		if text == key {
			text = ""
		}
		choices = append(choices, choice{key, text, func() tea.Cmd {
			f.touched = false
			return f.update(m, textKey(key))
		}})
	}
	if !field.rating {
		choices = append(choices, choice{text: "or type it"})
	}
	p.addChoices(width, s, choices...)
}

func ratingFits(text string) bool {
	_, ok := capture.Rating(text)
	return ok
}
