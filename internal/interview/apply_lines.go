package interview

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hark/internal/document"
)

// line returns the body of a new line with its number, time, question and, after the meeting, the
// recall.
func (w *work) line(kind LineKind, text string) lineBody {
	b := lineBody{Number: w.iv.nextNumber.Count(), Kind: kind, Text: text, At: w.st.Now, Question: w.iv.Position}
	b.Recalled = w.iv.Debrief || w.st.Debrief || w.iv.Ended()
	over := w.iv.MetUntil
	if !w.iv.Debrief {
		over = w.iv.EndedAt // the end of a debrief is the end of writing, not of the meeting
	}
	if b.Recalled && !over.IsZero() {
		b.After = max(0, int64(w.st.Now.Sub(over).Seconds()))
	}
	return b
}

func (a Add) apply(w *work) error {
	if !slices.Contains(LineKinds(), a.Kind) {
		return invalid(fmt.Sprintf("%q is not a kind of line", a.Kind), "")
	}
	if err := checkText("A "+string(a.Kind), a.Text); err != nil {
		return err
	}
	speaker, err := w.person(a.Speaker)
	if err != nil {
		return err
	}
	b := w.line(a.Kind, a.Text)
	b.Speaker, b.Themes = speaker.ID, w.themes(nil, a.Themes, nil)
	w.create(kindLine, b)
	w.did(ThingLine, w.iv.nextNumber, "%s %s", a.Kind, w.iv.nextNumber)
	if !w.st.NoNudge && w.iv.nudges(a, speaker) {
		w.notice(NoticeNudge, "That sounds like an answer already. What else is wrong?")
	}
	return nil
}

func (a Raise) apply(w *work) error {
	b := problemBody{Number: w.iv.nextProblem.Count(), At: w.st.Now}
	if a.Line != 0 {
		return w.raiseFromLine(a, b)
	}
	if err := checkText("A problem", a.Text); err != nil {
		return err
	}
	speaker, err := w.person(a.Speaker)
	if err != nil {
		return err
	}
	b.Wordings = []Wording{{Text: a.Text, At: w.st.Now, Kind: typedKind(a.Quoted)}}
	l := w.line(typedKind(a.Quoted), a.Text)
	b.CameUp = cameUp(l.Kind, speaker, w.iv.atProblems())
	l.Speaker, l.Problem = speaker.ID, w.raise(b, a.Themes)
	w.create(kindLine, l)
	w.touch(ThingLine, w.iv.nextNumber)
	w.did(ThingProblem, w.iv.nextProblem, "problem %s", w.iv.nextProblem)
	return nil
}

// raiseFromLine makes a problem of an existing line. The wording is the text of the line, and a
// quote where the line is one; the playback shows whether it is theirs.
func (w *work) raiseFromLine(a Raise, b problemBody) error {
	l, ok := w.iv.Line(a.Line)
	if !ok {
		return w.iv.noNumber(a.Line, ThingLine)
	}
	text, quoted := a.Text, a.Quoted
	if strings.TrimSpace(text) == "" {
		text, quoted = l.Text, l.Quoted
	}
	if err := checkText("A problem", text); err != nil {
		return err
	}
	if p, tied := w.iv.ProblemByID(l.Problem); tied {
		return invalid(fmt.Sprintf("Line %s shows problem %s already", l.Number, p.Number), fmt.Sprintf("/reword %s puts that problem in other words", p.Number))
	}
	b.Wordings = []Wording{{Text: text, At: w.st.Now, Kind: typedKind(quoted)}}
	speaker, _ := w.iv.Person(l.Speaker)
	b.CameUp = cameUp(l.Kind, speaker, w.iv.Playbook.asksForProblems(l.Question))
	if l.Kind.Private() {
		w.notice(NoticeHint, "Your own words stand as their problem now, and go out with it")
	}
	w.state(l.ID, FieldProblem, factBody{Item: w.raise(b, append(slices.Clone(l.Themes), a.Themes...))})
	w.did(ThingProblem, w.iv.nextProblem, "problem %s", w.iv.nextProblem)
	return nil
}

// raise puts a new problem with its themes, and returns its ID.
func (w *work) raise(b problemBody, themes []string) ID {
	id := w.create(kindProblem, b)
	for _, t := range w.themes(nil, themes, nil) {
		w.theme(id, t)
	}
	return id
}

// cameUp returns how a problem came up that is raised by a line of this kind: when asked, if the line
// is what the customer said to a question about problems; else that is not known.
func cameUp(kind LineKind, speaker Person, toQuestion bool) Raised {
	if toQuestion && kind.theirWords(speaker) {
		return WhenAsked
	}
	return ""
}

// amend changes the body of an item that exists. All concurrent versions are changed and stay
// concurrent: moving a line to another problem does not choose one of its wordings. What was dropped,
// and is there again since something was set of it or refers to it, is no longer dropped then.
func amend[T any](w *work, id ID, kind string, change func(*T)) error {
	it, ok := w.iv.doc.Item(id)
	if !ok {
		return fmt.Errorf("item %s is not in the document", id)
	}
	had := len(w.puts)
	versions := it.Live()
	if len(versions) == 0 {
		versions = []document.Version{it.Latest()}
	}
	for _, v := range versions {
		b, err := decode[T](v.Body)
		if err != nil {
			return err
		}
		change(&b)
		w.put(id, kind, b)
		last := len(w.puts) - 1
		if slices.ContainsFunc(w.puts[had:last], func(p document.Put) bool { return bytes.Equal(p.Body, w.puts[last].Body) }) {
			w.puts = w.puts[:last] // the versions have become equal
		}
	}
	return nil
}

// numbered returns the line, promise or route that a typed number names, by its ID and its own
// number, and which of them it is; Numbered stands for none.
func (iv *Interview) numbered(typed Number) (ID, Number, Thing) {
	if l, ok := iv.Line(typed); ok {
		return l.ID, l.Number, ThingLine
	}
	if p, ok := iv.Promise(typed); ok {
		return p.ID, p.Number, ThingPromise
	}
	if r, ok := iv.Route(typed); ok {
		return r.ID, r.Number, ThingRoute
	}
	return ID{}, 0, Numbered
}

// noNumber returns the error for number n when it is no thing of the wanted kind. The error says
// what n is instead, and which numbers would do.
func (iv *Interview) noNumber(n Number, want Thing) error {
	if err := unclear(n, "things with the number", iv.wordedRow()); err != nil {
		return err
	}
	message := fmt.Sprintf("There is no number %s here", n.shown())
	if _, own, is := iv.numbered(n); is != Numbered {
		if l, ok := iv.Line(n); ok {
			is = Thing(l.Kind)
		}
		message = fmt.Sprintf("Number %s is a %s, not a %s", own, is, want)
	}
	var have []string
	switch want {
	case ThingPromise:
		for _, p := range iv.Promises {
			have = append(have, fmt.Sprint(p.Number))
		}
	case ThingRoute:
		for _, r := range iv.Routes {
			have = append(have, fmt.Sprint(r.Number))
		}
	case Numbered, ThingLine, ThingProblem, ThingSolution:
		return notFound(message, "use a number that is shown beside a line")
	}
	if len(have) == 0 {
		return notFound(message, fmt.Sprintf("there is no %s yet", want))
	}
	return notFound(message, fmt.Sprintf("each %s has its number: %s", want, strings.Join(have, ", ")))
}

func (a Promises) apply(w *work) error {
	if err := checkText("A promise", a.Text); err != nil {
		return err
	}
	w.doubts(a.Doubt, w.iv.nextNumber, Date{})
	speaker, err := w.person(a.Speaker)
	if err != nil {
		return err
	}
	if a.Owner == "" && themselves(a.Speaker) {
		a.Owner = a.Speaker
	}
	owner, side, err := w.owner(a.Owner, speaker)
	if err != nil {
		return err
	}
	if !a.Whose.IsZero() {
		owner, side = Person{}, ""
		w.notice(NoticeHint, "“%s” does not say whose promise it is. /fix %s @us or @them says it", a.Whose.Words, w.iv.nextNumber)
	}
	b := promiseBody{
		Number: w.iv.nextNumber.Count(), Text: a.Text, Owner: owner.ID, Side: side, Whose: a.Whose, Speaker: speaker.ID,
		Due: a.Due, Doubt: a.Doubt, Themes: w.themes(nil, a.Themes, nil), At: w.st.Now,
	}
	if !b.Doubt.IsZero() {
		b.Due = Date{}
	}
	w.create(kindPromise, b)
	w.did(ThingPromise, w.iv.nextNumber, "promise %s", w.iv.nextNumber)
	return nil
}

// owner returns the owner of a promise and their side: the person named, otherwise the speaker,
// otherwise us.
func (w *work) owner(name string, speaker Person) (Person, Side, error) {
	switch {
	case name == "" && speaker.ID.IsZero(), ourselves(name):
		return Person{}, Ours, nil
	case name == "":
		return speaker, speaker.Side, nil
	case themselves(name):
		return Person{}, Theirs, nil
	}
	p, err := w.called(name, Theirs, false)
	return p, p.Side, err
}

// doubts says what is not sure about the day of a promise. It goes before whatever else there is to
// tell: nobody would notice.
func (w *work) doubts(d DayDoubt, number Number, still Date) {
	switch {
	case d.IsZero():
	case len(d.Readings) == 0 && !still.IsZero():
		w.notice(NoticeHint, "%s, so it is still due %s. /due %s says another day", d.why(), still.Words(), number)
	default:
		w.notice(NoticeHint, "%s. /due %s says the day, or none", d.why(), number)
	}
}

func (a Fix) apply(w *work) error {
	if a.What == ThingSolution {
		return w.fixSolution(a)
	}
	if a.What == ThingProblem {
		return Reword{Problem: a.Number, Text: a.Text, Quoted: a.Quoted}.apply(w)
	}
	if l, ok := w.iv.Line(a.Number); ok {
		return w.fixLine(l, a)
	}
	if p, ok := w.iv.Promise(a.Number); ok {
		return w.fixPromise(p, a)
	}
	if r, ok := w.iv.Route(a.Number); ok {
		return w.fixRoute(r, a)
	}
	return w.iv.noNumber(a.Number, Numbered)
}

// textOnly reports whether only the text is corrected.
func (a Fix) textOnly() bool {
	return a.Kind == nil && a.Speaker == nil && a.Owner == nil && a.Due == nil && a.Department == nil
}

// misfit returns the error for a correction of fields that the thing does not have.
func misfit(number Number, is Thing, fields ...bool) error {
	if slices.Contains(fields, true) {
		return invalid(fmt.Sprintf("Number %s is a %s, which has no such thing to correct", number, is), "")
	}
	return nil
}

func (w *work) fixLine(l Line, a Fix) error {
	w.label("corrected %s", l.Number)
	if err := misfit(l.Number, ThingLine, a.Owner != nil, a.Due != nil, a.Department != nil); err != nil {
		return err
	}
	retyped := false
	if a.Said != "" && (l.Kind == Quote || l.Kind == Paraphrase) {
		retyped = l.CountsAs() != Quote
		a.Text, a.Kind = a.Said, cmp.Or(a.Kind, new(Quote))
	}
	text := l.Text
	if a.Text != "" || a.textOnly() {
		if err := checkText("The correction", a.Text); err != nil {
			return err
		}
		text = a.Text
		err := amend(w, l.ID, kindLine, func(b *lineBody) {
			b.First, b.Text = firstWording(b.First, b.Text, text), text
			if retyped && b.First != "" {
				b.FirstKind = Paraphrase
			}
		})
		if err != nil {
			return err
		}
	}
	if a.Kind != nil {
		if !slices.Contains(LineKinds(), *a.Kind) {
			return invalid(fmt.Sprintf("%q is not a kind of line", *a.Kind), "")
		}
		w.state(l.ID, FieldKind, factBody{Text: string(*a.Kind)})
		p, shows := w.iv.ProblemByID(l.Problem)
		if same := *a.Kind == Quote && text == p.FirstHeard() || *a.Kind == Paraphrase; shows && same && p.Wordings[0].At.Equal(l.At) {
			// The wording was typed as what the line was; other words say nothing of whose it is.
			err := amend(w, p.ID, kindProblem, func(b *problemBody) { b.retype(p.Wordings[0].Text, *a.Kind) })
			if err != nil {
				return err
			}
		}
	}
	if a.Speaker != nil {
		speaker, err := w.person(*a.Speaker)
		if err != nil {
			return err
		}
		w.state(l.ID, FieldSpeaker, factBody{Item: speaker.ID})
	}
	w.touch(ThingLine, l.Number)
	return nil
}

func (w *work) fixRoute(r Route, a Fix) error {
	if err := misfit(r.Number, ThingRoute, a.Kind != nil, a.Speaker != nil); err != nil {
		return err
	}
	if a.textOnly() || a.Text != "" {
		if r.AnsweredAt.IsZero() {
			return w.iv.noNumber(a.Number, Numbered)
		}
		answer := AnswerRoute{Number: r.Number, Text: a.Text}
		if err := answer.apply(w); err != nil || a.textOnly() {
			return err
		}
	}
	if a.Owner != nil {
		p, err := w.called(*a.Owner, Ours, false)
		if err != nil {
			return err
		}
		w.state(r.ID, FieldOwner, factBody{Item: p.ID})
	}
	if a.Department != nil {
		department := w.st.department(*a.Department)
		if err := checkName("A department", department); err != nil {
			return err
		}
		w.state(r.ID, FieldDepartment, factBody{Text: department})
	}
	if a.Due != nil {
		w.state(r.ID, FieldDue, factBody{Due: *a.Due})
	}
	w.did(ThingRoute, r.Number, "corrected %s", r.Number)
	return nil
}

// fixPromise corrects the text of a promise, its date, or both. Without a date in the correction
// the date stays.
func (w *work) fixPromise(p Promise, a Fix) error {
	w.label("corrected %s", p.Number)
	if err := misfit(p.Number, ThingPromise, a.Kind != nil, a.Department != nil); err != nil {
		return err
	}
	if a.Speaker != nil && a.Owner == nil {
		a.Owner = a.Speaker // "@Piet sends it": the person named in front of a promise keeps it
	}
	if !a.textOnly() {
		return w.fixOwed(p, a)
	}
	if err := checkText("The correction", a.Text); err != nil {
		return err
	}
	owed := Owed{Text: a.Text}
	if a.Owed != nil {
		owed = *a.Owed
	}
	w.touch(ThingPromise, p.Number)
	w.doubts(owed.Doubt, p.Number, p.Due)
	if owed.Text != "" && !p.Due.IsZero() && owed.Due.IsZero() && owed.Doubt.IsZero() {
		w.notice(NoticeHint, "Promise %s is still due %s", p.Number, p.Due)
	}
	w.dated(p, owed)
	if owed.Text == "" {
		return nil
	}
	if owed.Owner != "" {
		if err := w.owned(p, owed.Owner); err != nil {
			return err
		}
	}
	return w.reworded(p, owed.Text)
}

// dated gives a promise the day of its correction, or the doubt about it. Words that say no day
// leave a day that there is.
func (w *work) dated(p Promise, o Owed) {
	switch {
	case len(o.Doubt.Readings) > 0, !o.Doubt.IsZero() && p.Due.IsZero():
		w.state(p.ID, FieldDue, factBody{Doubt: o.Doubt})
	case !o.Due.IsZero():
		w.state(p.ID, FieldDue, factBody{Due: o.Due})
	}
}

// owned gives a promise the owner of that name; see owner.
func (w *work) owned(p Promise, name string) error {
	owner, side, err := w.owner(name, Person{})
	if err == nil {
		w.state(p.ID, FieldOwner, ownedBy(owner.ID, side, SideDoubt{}))
	}
	return err
}

// reworded corrects the text of a promise.
func (w *work) reworded(p Promise, text string) error {
	return amend(w, p.ID, kindPromise, func(b *promiseBody) {
		b.First, b.Text = firstWording(b.First, b.Text, text), text
	})
}

// fixOwed corrects the given fields of a promise.
func (w *work) fixOwed(p Promise, a Fix) error {
	w.touch(ThingPromise, p.Number)
	if a.Owed != nil {
		a.Text = a.Owed.Text
		w.dated(p, *a.Owed)
	}
	if a.Due != nil {
		w.state(p.ID, FieldDue, factBody{Due: *a.Due})
	}
	if a.Owner != nil {
		if err := w.owned(p, *a.Owner); err != nil {
			return err
		}
	}
	if a.Text == "" {
		return nil
	}
	return w.reworded(p, a.Text)
}

// firstWording returns the first wording to store when the text changes from now to text.
func firstWording(first, now, text string) string {
	if first == "" && text != now {
		return now
	}
	return first
}

func (a Tie) apply(w *work) error {
	l, ok := w.iv.Line(a.Number)
	if !ok {
		return w.iv.noNumber(a.Number, ThingLine)
	}
	var problem ID
	w.label("untied line %s", l.Number)
	if a.Problem != 0 {
		p, err := w.problem(a.Problem)
		if err != nil {
			return err
		}
		problem = p.ID
		w.label("line %s shows problem %s", l.Number, p.Number)
	}
	w.touch(ThingLine, l.Number)
	w.state(l.ID, FieldProblem, factBody{Item: problem})
	return nil
}

func (a Drop) apply(w *work) error {
	switch a.What {
	case ThingProblem:
		p, err := w.problem(a.Number)
		if err != nil {
			return err
		}
		w.label("dropped problem %s", p.Number)
		w.remove(p.ID)
		return nil
	case ThingSolution:
		s, err := w.solution(a.Number)
		if err != nil {
			return err
		}
		w.label("dropped solution %s", s.Number)
		w.remove(s.ID)
		return nil
	case Numbered, ThingLine, ThingPromise, ThingRoute:
	default:
		return invalid(fmt.Sprintf("A %s cannot be dropped", a.What), "")
	}
	id, n, is := w.iv.numbered(a.Number)
	if is == Numbered {
		return w.iv.noNumber(a.Number, Numbered)
	}
	w.label("dropped %s", n)
	w.remove(id)
	return nil
}

// themes returns the tags with some added and some removed, without duplicates. A theme that the
// interview has keeps the spelling it has there.
func (w *work) themes(have, add, remove []string) []string {
	var out []string
	for _, t := range append(slices.Clone(have), add...) {
		if t = w.spelled(Theme(t)); t != "" && !slices.ContainsFunc(out, func(o string) bool { return w.st.same(o, t) }) {
			out = append(out, t)
		}
	}
	for _, t := range remove {
		t = Theme(t)
		out = slices.DeleteFunc(out, func(o string) bool { return w.st.same(o, t) })
	}
	return out
}

// spelled returns a theme as the interview spells it.
func (w *work) spelled(theme string) string {
	first := func(all []string) (string, bool) {
		return find(all, func(t string) bool { return w.st.same(t, theme) })
	}
	for _, p := range w.iv.Problems {
		if t, ok := first(p.Themes); ok {
			return t
		}
	}
	for _, l := range w.iv.Lines {
		if t, ok := first(l.Themes); ok {
			return t
		}
	}
	return theme
}

// Theme returns a tag as it is stored: in lower case, without "#".
func Theme(tag string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(tag), "#"))
}
