package interview

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"hark/internal/document"
)

// Field names one field of a thing in an interview, as the JSON does.
type Field string

// The fields that two windows can set to two values.
const (
	FieldText       Field = "text"
	FieldStatement  Field = "statement"
	FieldKind       Field = "kind"
	FieldSpeaker    Field = "speaker"
	FieldProblem    Field = "problem" // that a line shows
	FieldRaised     Field = "raised"
	FieldReason     Field = "reason"
	FieldHowOften   Field = facetHowOften
	FieldHowBad     Field = facetHowBad
	FieldCosts      Field = facetCosts
	FieldBears      Field = facetBears
	FieldTried      Field = facetTried
	FieldWants      Field = facetWants
	FieldDue        Field = "due"
	FieldOwner      Field = "owner"
	FieldDepartment Field = "department"
	FieldAnswer     Field = "answer"
	FieldOurs       Field = "ours"
	FieldTheirs     Field = "theirs"
	FieldReaction   Field = "reaction"
	FieldDecision   Field = "decision"
	FieldName       Field = "name"
	FieldRole       Field = "role"
	FieldSide       Field = "side"
	FieldAdviser    Field = "adviser"
	FieldOutcome    Field = "outcome"
	FieldEnding     Field = "ending"
	FieldLeftOut    Field = "left_out"
	FieldNotes      Field = "notes"
	FieldQuotes     Field = "quotes"

	fieldTheme Field = "theme" // of which there can be several; see Tag
)

// nothingLeftOut is the answer that nothing was left out, in words.
const nothingLeftOut = "nothing"

// Concurrent is one of several values that stand for one field: versions that did not see each
// other say different things, and nobody has picked one.
type Concurrent struct {
	Field  Field
	Value  string // in words; "" for none
	Person ID     // whom Value names, zero for nobody
	Author string
	At     time.Time // when it was written, in the zone of the interview's beginning
	Item   ID        // the item that holds it, and the version in it
	Dot    document.Dot
}

// OtherValues returns the values of a field that stand as well as the one shown.
func OtherValues(all []Concurrent, field Field, shown string) []string {
	var others []string
	for _, c := range all {
		if c.Field == field && c.Value != shown {
			others = append(others, c.Value)
		}
	}
	return others
}

// InDoubt returns the values that stand for a field, none where there is one value only.
func InDoubt(all []Concurrent, field Field) []Concurrent {
	var of []Concurrent
	for _, c := range all {
		if c.Field == field {
			of = append(of, c)
		}
	}
	return of
}

// OtherWordings returns the texts that stand as well as Text.
func (l Line) OtherWordings() []string { return OtherValues(l.Concurrent, FieldText, l.Text) }

// OtherWordings returns the wordings that stand as well as Statement. While there are any, no playback
// can confirm the problem.
func (p Problem) OtherWordings() []string {
	return OtherValues(p.Concurrent, FieldStatement, p.Statement)
}

// OtherWordings returns the texts that stand as well as Text.
func (s Solution) OtherWordings() []string { return OtherValues(s.Concurrent, FieldText, s.Text) }

// OtherWordings returns the texts that stand as well as Text.
func (p Promise) OtherWordings() []string { return OtherValues(p.Concurrent, FieldText, p.Text) }

// Shows reports whether the line shows a problem: it is tied to it, or one of two windows tied it so.
func (l *Line) Shows(problem ID) bool {
	return l.Problem == problem && !problem.IsZero() || slices.Contains(l.Ties, problem)
}

// standing is one of several values that stand for a field.
type standing struct {
	field   Field
	value   factBody // without Of and Field
	item    ID
	version document.Version
}

// isEmpty reports whether a fact says that its field is empty.
func (b factBody) isEmpty() bool { return reflect.DeepEqual(b.value(), factBody{}) }

// value returns a fact without what it belongs to.
func (b factBody) value() factBody {
	b.Of, b.Field = ID{}, ""
	return b
}

// factID is the ID of the one fact of a field, and for themes of one theme.
func factID(b factBody) ID {
	if b.Field == fieldTheme {
		return belonging(kindFact, b.Of, string(b.Field), b.Text)
	}
	return belonging(kindFact, b.Of, string(b.Field))
}

// state sets one field of an item: whatever stood there is replaced.
func (w *work) state(of ID, field Field, value factBody) {
	value.Of, value.Field = of, field
	id := factID(value)
	w.puts = slices.DeleteFunc(w.puts, func(p document.Put) bool { return p.Item == id })
	w.put(id, kindFact, value)
}

// restate changes each of the values that stand for a field, and leaves them standing. now is the
// value where there is only one.
func (w *work) restate(of ID, field Field, now factBody, change func(*factBody)) {
	values := []factBody{now}
	if stood := w.iv.standingOf(of, field); len(stood) > 0 {
		values = values[:0]
		for _, s := range stood {
			values = append(values, s.value)
		}
	}
	for i := range values {
		change(&values[i])
		if !slices.ContainsFunc(values[:i], func(o factBody) bool { return reflect.DeepEqual(o, values[i]) }) {
			values[i].Of, values[i].Field = of, field
			w.put(factID(values[i]), kindFact, values[i])
			values[i] = values[i].value()
		}
	}
}

// theme puts a theme to a problem.
func (w *work) theme(of ID, theme string) { w.state(of, fieldTheme, factBody{Text: theme}) }

// untheme takes a theme away from a problem. One that stands in the body, where earlier harks put it, is
// said not to belong to it.
func (w *work) untheme(of ID, theme string) {
	it, _ := w.iv.doc.Item(of)
	for _, v := range it.Versions {
		if b, ok := readable[problemBody](v.Body); ok && slices.Contains(b.Themes, theme) {
			w.state(of, fieldTheme, factBody{Text: theme, Out: true})
			return
		}
	}
	w.remove(factID(factBody{Of: of, Field: fieldTheme, Text: theme}))
}

// standingOf returns the values that stand for a field of an item, none where there is only one.
func (iv *Interview) standingOf(of ID, field Field) []standing {
	var all []standing
	for _, s := range iv.standing[of] {
		if s.field == field {
			all = append(all, s)
		}
	}
	return all
}

// mayBe reports whether a person is one of the values that stand for a field.
func (iv *Interview) mayBe(of ID, field Field, person ID) bool {
	return slices.ContainsFunc(iv.standingOf(of, field), func(s standing) bool { return iv.one(s.value.Item) == person })
}

// fieldOf is one field of a body that a fact can set.
type fieldOf[T any] struct {
	name Field
	// get returns what the body says, set puts what a fact says into it.
	get func(*T) factBody
	set func(*T, factBody)
}

func lineFields() []fieldOf[lineBody] {
	return []fieldOf[lineBody]{
		{FieldKind, func(b *lineBody) factBody { return factBody{Text: string(b.Kind)} }, func(b *lineBody, v factBody) {
			if b.Kind = LineKind(v.Text); b.Kind != Unsettled {
				b.Why = ""
			}
		}},
		{FieldSpeaker, func(b *lineBody) factBody { return factBody{Item: b.Speaker} }, func(b *lineBody, v factBody) { b.Speaker = v.Item }},
		{FieldProblem, func(b *lineBody) factBody { return factBody{Item: b.Problem} }, func(b *lineBody, v factBody) { b.Problem = v.Item }},
	}
}

func problemFields() []fieldOf[problemBody] {
	return []fieldOf[problemBody]{
		{FieldRaised, func(b *problemBody) factBody { return factBody{Text: string(b.CameUp)} }, func(b *problemBody, v factBody) { b.CameUp = Raised(v.Text) }},
	}
}

func promiseFields() []fieldOf[promiseBody] {
	return []fieldOf[promiseBody]{
		{
			FieldOwner,
			func(b *promiseBody) factBody { return ownedBy(b.Owner, b.Side, b.Whose) },
			func(b *promiseBody, v factBody) { b.Owner, b.Side, b.Whose = v.Item, v.Side, v.Whose },
		},
		{
			FieldDue,
			func(b *promiseBody) factBody { return factBody{Due: b.Due, Doubt: b.Doubt} },
			func(b *promiseBody, v factBody) { b.Due, b.Doubt = v.Due, v.Doubt },
		},
	}
}

func routeFields() []fieldOf[routeBody] {
	return []fieldOf[routeBody]{
		{FieldDepartment, func(b *routeBody) factBody { return factBody{Text: b.Department} }, func(b *routeBody, v factBody) { b.Department = v.Text }},
		{FieldOwner, func(b *routeBody) factBody { return factBody{Item: b.Owner} }, func(b *routeBody, v factBody) { b.Owner = v.Item }},
		{FieldDue, func(b *routeBody) factBody { return factBody{Due: b.Due} }, func(b *routeBody, v factBody) { b.Due = v.Due }},
	}
}

func solutionFields() []fieldOf[solutionBody] {
	return []fieldOf[solutionBody]{
		{FieldOurs, func(b *solutionBody) factBody { return factBody{Text: b.Ours} }, func(b *solutionBody, v factBody) { b.Ours = v.Text }},
		{FieldTheirs, func(b *solutionBody) factBody { return factBody{Text: b.Theirs} }, func(b *solutionBody, v factBody) { b.Theirs = v.Text }},
	}
}

func personFields() []fieldOf[personBody] {
	return []fieldOf[personBody]{
		{FieldRole, func(b *personBody) factBody { return factBody{Text: b.Role} }, func(b *personBody, v factBody) { b.Role = v.Text }},
		{
			FieldSide,
			func(b *personBody) factBody { return factBody{Side: b.Side, Whose: b.Doubt} },
			func(b *personBody, v factBody) { b.Side, b.Doubt = v.Side, v.Whose },
		},
	}
}

// takeFact notes a fact for the item that it belongs to.
func (f *folder) takeFact(it document.Item) {
	b, ok := live[factBody](f, it)
	if !ok {
		return
	}
	if slices.Contains([]Field{FieldOurs, FieldTheirs, FieldDecision}, b.value.Field) {
		f.did(it, aboutSolving)
	}
	of := b.value.Of
	f.part(of, it)
	if b.value.Field == fieldTheme {
		out := b.value.Out
		for _, o := range b.concurrent { // what one window puts there stays there
			out = out && o.Out
		}
		set(&f.themes, of, append(f.themes[of], themeFact{b.value.Text, out, it.Latest()}))
		return
	}
	set(&f.facts, of, append(f.facts[of], b))
}

// themeFact says that a theme belongs to an item, or does not.
type themeFact struct {
	theme   string
	out     bool
	version document.Version
}

// withThemes returns the themes of a problem: those that any version of its body has, with what
// facts say of them.
func (f *folder) withThemes(b body[problemBody]) []string {
	facts := f.themes[b.id]
	if len(b.concurrent) == 0 && len(facts) == 0 {
		return b.value.Themes
	}
	var all []string
	for _, v := range append([]*problemBody{b.value}, b.concurrent...) {
		all = append(all, v.Themes...)
	}
	slices.SortFunc(facts, func(a, b themeFact) int { return a.version.Compare(b.version) })
	for _, t := range facts {
		if t.out {
			all = slices.DeleteFunc(all, func(o string) bool { return o == t.theme })
			continue
		}
		all = append(all, t.theme)
	}
	var once []string
	for _, t := range all {
		if !slices.Contains(once, t) {
			once = append(once, t)
		}
	}
	return once
}

// ownedBy returns the fact of who owns something. The side is that of the person, where one is named.
func ownedBy(owner ID, side Side, whose SideDoubt) factBody {
	if !owner.IsZero() {
		return factBody{Item: owner}
	}
	return factBody{Side: side, Whose: whose}
}

// overlay puts the facts of items into their bodies, and notes where several values of these, or
// several texts, stand.
func overlay[T any](f *folder, all []body[T], wording Field, text func(*T) string, fields []fieldOf[T]) {
	for i := range all {
		b := &all[i]
		if b.deleted && f.changedUnseen(b.id, b.clock) {
			b.deleted = false
			set(&f.iv.kept, b.id, true)
		}
		if len(b.versions) == 0 && f.facts[b.id] == nil {
			continue
		}
		texts(f, b.id, wording, *b, text)
		value := *b.value
		for _, field := range fields {
			var said []standing
			for _, v := range b.versions {
				said = append(said, standing{field.name, field.get(v.value), b.id, v.version})
			}
			now, ok := f.fact(b.id, field.name, said)
			if field.name == FieldKind && ok {
				now.Text = string(f.iv.leastKind(b.id, LineKind(now.Text)))
			}
			if ok {
				field.set(&value, now)
			}
		}
		b.value = &value
	}
}

// fact returns the value of a field that has a fact, or of which the versions of a body say several
// things. An empty field of a body says nothing: nobody need have set it.
func (f *folder) fact(of ID, field Field, said []standing) (now factBody, ok bool) {
	i := slices.IndexFunc(f.facts[of], func(b body[factBody]) bool { return b.value.Field == field })
	if i < 0 {
		said = slices.DeleteFunc(said, func(s standing) bool { return s.value.isEmpty() })
		if len(said) == 0 {
			return factBody{}, false
		}
		f.stands(of, said)
		return said[len(said)-1].value, true
	}
	b := f.facts[of][i]
	said = said[:0:0]
	for _, v := range b.versions {
		said = append(said, standing{field, v.value.value(), b.id, v.version})
	}
	f.stands(of, said)
	return b.value.value(), true
}

// stands notes the values of a field, one of each, where there are several.
func (f *folder) stands(of ID, said []standing) {
	var different []standing
	for _, s := range said {
		same := s.value
		same.Item = f.iv.one(same.Item)
		if !slices.ContainsFunc(different, func(o standing) bool {
			o.value.Item = f.iv.one(o.value.Item)
			return reflect.DeepEqual(o.value, same)
		}) {
			different = append(different, s)
		}
	}
	if len(different) > 1 {
		set(&f.iv.standing, of, append(f.iv.standing[of], different...))
	}
}

// overlays puts all facts into the bodies of their items.
func (f *folder) overlays() {
	overlay(f, f.persons, FieldName, func(b *personBody) string { return b.Name }, personFields())
	f.samePeople()
	overlay(f, f.saids, FieldText, func(b *lineBody) string { return b.Text }, lineFields())
	overlay(f, f.raised, FieldStatement, (*problemBody).statement, problemFields())
	overlay(f, f.solved, FieldText, func(b *solutionBody) string { return b.Text }, solutionFields())
	overlay(f, f.promised, FieldText, func(b *promiseBody) string { return b.Text }, promiseFields())
	overlay(f, f.routes, "", func(*routeBody) string { return "" }, routeFields())
}

// texts notes the texts that the versions of an item say, where they differ. An empty one says
// nothing.
func texts[T any](f *folder, of ID, field Field, b body[T], text func(*T) string) {
	var said []standing
	for _, v := range b.versions {
		if t := text(v.value); t != "" {
			said = append(said, standing{field, factBody{Text: t}, b.id, v.version})
		}
	}
	f.stands(of, said)
}

// concurrentOf returns the concurrent values of an item, ordered by field, then
// as their versions are.
func (f *folder) concurrentOf(of ID) []Concurrent {
	stood := f.iv.standing[of]
	if len(stood) == 0 {
		return nil
	}
	slices.SortStableFunc(stood, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.field, b.field), a.version.Compare(b.version))
	})
	all := make([]Concurrent, len(stood))
	for i, s := range stood {
		wrote := s.version.Origin()
		all[i] = Concurrent{
			Field: s.field, Value: f.inWords(s), Author: wrote.Author,
			At:   time.UnixMilli(wrote.Wall).In(f.iv.StartedAt.Location()),
			Item: s.item, Dot: s.version.Dot,
		}
		if s.field == FieldSpeaker || s.field == FieldOwner {
			all[i].Person = s.value.Item
		}
	}
	return all
}

// inWords returns a value as a person says it, "" for none.
func (f *folder) inWords(s standing) string {
	v := s.value
	switch {
	case s.field == FieldProblem && !v.Item.IsZero():
		return fmt.Sprintf("problem %s", f.numberOf[v.Item])
	case !v.Item.IsZero():
		return f.iv.Name(v.Item)
	case !v.Whose.IsZero():
		return v.Whose.Words
	case v.Side != "":
		return string(v.Side)
	case !v.Doubt.IsZero():
		return v.Doubt.Words
	case !v.Due.IsZero():
		return v.Due.String()
	}
	return v.Text
}

// leastKind returns the kind of a line for which several stand: one that is the seller's alone, else
// one that is no quote.
func (iv *Interview) leastKind(line ID, kind LineKind) LineKind {
	for _, s := range iv.standingOf(line, FieldKind) {
		if other := LineKind(s.value.Text); other.Private() || kind == Quote {
			kind = other
		}
		if kind.Private() {
			break
		}
	}
	return kind
}

// MayBe reports whether the line is of a kind, or one of two windows made it so.
func (l *Line) MayBe(kind LineKind) bool {
	return l.Kind == kind || slices.ContainsFunc(l.Concurrent, func(c Concurrent) bool { return c.Field == FieldKind && c.Value == string(kind) })
}

// sideInDoubt returns the doubt about a side for which several values stand: nobody's yes counts on
// it. It is zero where there is one value.
func (iv *Interview) sideInDoubt(person ID) SideDoubt {
	var words []string
	for _, s := range iv.standingOf(person, FieldSide) {
		words = append(words, cmp.Or(string(s.value.Side), s.value.Whose.Words))
	}
	return SideDoubt{Words: strings.Join(words, " / ")}
}

// dayInDoubt returns the doubt about a day for which several values stand, the newest first: nothing
// is due on any of them. It is zero where there is one value.
func (iv *Interview) dayInDoubt(of ID) DayDoubt {
	var d DayDoubt
	var words []string
	for _, s := range slices.Backward(iv.standingOf(of, FieldDue)) {
		readings := s.value.Doubt.Readings
		if !s.value.Due.IsZero() {
			readings = []Date{s.value.Due}
		}
		for _, day := range readings {
			if !slices.Contains(d.Readings, day) {
				d.Readings = append(d.Readings, day)
			}
		}
		switch {
		case !s.value.Doubt.IsZero():
			words = append(words, s.value.Doubt.Words)
		case s.value.Due.IsZero():
			words = append(words, "no day")
		default:
			words = append(words, s.value.Due.String())
		}
	}
	d.Words = strings.Join(words, " / ")
	return d
}

// Words returns the name of a field as it stands in front of its value.
func (f Field) Words() string {
	switch f { //nolint:exhaustive // the others are called as they are stored
	case FieldText, FieldStatement:
		return "wording"
	case FieldSpeaker:
		return "said by"
	case FieldProblem:
		return "shows"
	case FieldRaised:
		return "came up"
	case FieldHowBad:
		return "how bad, from 1 to 5"
	case FieldBears:
		return "who bears it"
	case FieldOurs:
		return "in our hands"
	case FieldTheirs:
		return "in their hands"
	case FieldNotes:
		return "may notes be taken"
	case FieldQuotes:
		return "how to quote"
	}
	return strings.ReplaceAll(string(f), "_", " ")
}

// Typed returns the name of a field as it is typed: "how-bad".
func (f Field) Typed() string { return strings.ReplaceAll(string(f), "_", "-") }

// Who returns who wrote a value, and when: "Mia, 2 Dec 14:05".
func (c Concurrent) Who() string {
	at := c.At.Format("2 Jan 15:04")
	if c.Author == "" {
		return at
	}
	return c.Author + ", " + at
}

// Standing returns in one text for each field which values stand for it, with who wrote each and when:
// "how bad, from 1 to 5: 5 (Mia, 2 Dec 14:05) or 3 (Jo, 2 Dec 14:20)". The texts contain typed text as
// it is.
func Standing(all []Concurrent) []string {
	var out []string
	for i, c := range all {
		one := fmt.Sprintf("%s (%s)", cmp.Or(c.Value, "none"), c.Who())
		if i > 0 && all[i-1].Field == c.Field {
			out[len(out)-1] += " or " + one
			continue
		}
		out = append(out, c.Field.Words()+": "+one)
	}
	return out
}

// StandingFor is Standing for a solution together with what stands for its problems: it can be worked
// on whatever they are rated.
func (iv *Interview) StandingFor(s Solution) []string {
	out := Standing(s.Concurrent)
	for _, id := range s.Problems {
		p, _ := iv.ProblemByID(id)
		for _, text := range Standing(p.Concurrent) {
			out = append(out, fmt.Sprintf("problem %s, %s", p.Number, text))
		}
	}
	return out
}
