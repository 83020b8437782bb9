package interview

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/document"
)

// MaxText is the largest size of one text, in bytes. A longer text is refused: nothing that is said
// in one go is that long.
const MaxText = 64 << 10

// Stamp is the context of an action. The package has no clock and draws no random numbers of its
// own.
type Stamp struct {
	Now    time.Time
	Writer document.Writer
	// Device is the notebook, as a file on one machine, that the action is entered in; see
	// Interview.For. What is written there can have several incarnations.
	Device document.Incarnation
	NewID  func() (ID, error)
	// Debrief marks the action as entered after the meeting, so that its lines are recalled.
	Debrief bool
	// NoNudge turns off the notice about lines that sound like a pitch.
	NoNudge bool
	// Departments are the usual ones. An action can name one of them by an unambiguous prefix.
	Departments []string
	// Fold returns the form in which names and themes are compared, so that two spellings of one
	// name are equal. Nil stands for lower case.
	Fold func(string) string
	// Earlier looks up a name among the people of earlier meetings with the customer. It is called
	// only for names that this interview does not know. Nil stands for a first meeting.
	Earlier func(name string) (PersonSummary, bool)
}

// fold returns the form in which names and themes are compared.
func (st Stamp) fold(name string) string {
	if st.Fold == nil {
		return strings.ToLower(strings.TrimSpace(name))
	}
	return st.Fold(name)
}

// same reports whether two names differ in their spelling alone.
func (st Stamp) same(a, b string) bool { return st.fold(a) == st.fold(b) }

// samePerson reports whether two names are the same name in two spellings.
func (st Stamp) samePerson(a, b string) bool {
	one, other := nameOf(a, st.fold), nameOf(b, st.fold)
	return one.text == other.text || one.is(other)
}

// earlier looks up a name among the people of earlier meetings.
func (st Stamp) earlier(name string) (PersonSummary, bool) {
	if st.Earlier == nil {
		return PersonSummary{}, false
	}
	return st.Earlier(name)
}

// Step is the effect of an action.
type Step struct {
	// Change is what to write, in order; empty when there is nothing to write.
	Change document.Change
	// After is the interview with the change applied.
	After *Interview
	// Label describes the step in the history: "quote 12", "weighed problem 2".
	Label string
	// Touched are the numbered things that were made or changed.
	Touched []Touched
	// Notices are messages for the seller that need no answer.
	Notices []Notice
	// Move is true for a move between questions, which undo skips.
	Move bool
	// Refused, when not nil, says why the action was refused. Change then only saves the text that
	// was typed.
	Refused *Error
}

// Touched names a numbered thing that a step made or changed.
type Touched struct {
	Thing  Thing
	Number Number
}

// NoticeKind is the subject of a notice.
type NoticeKind string

// The kinds of notice.
const (
	NoticeNudge  NoticeKind = "nudge"  // the line sounds like a pitch
	NoticeOpened NoticeKind = "opened" // the gate has just opened
	NoticePerson NoticeKind = "person" // a new person was named
	NoticeHint   NoticeKind = "hint"
)

// Notice is a message for the seller that needs no answer.
type Notice struct {
	Kind NoticeKind
	Text string
}

// Beginning is the initial content of an interview.
type Beginning struct {
	Customer string
	Playbook Playbook
	// Debrief is true when the whole interview is entered after the meeting.
	Debrief bool
	// MetUntil is the time at which the meeting of a debrief ended, zero when it is not known. Each
	// line then records how long after the meeting it was entered.
	MetUntil time.Time
}

// Begin starts an interview with the given ID. The error is an *Error with code Invalid when the
// customer has no name, or the meeting cannot have ended then.
func Begin(id ID, b Beginning, st Stamp) (*Step, error) {
	customer := strings.TrimSpace(b.Customer)
	if err := checkName("The customer", customer); err != nil {
		return nil, err
	}
	switch {
	case b.MetUntil.IsZero():
	case !b.Debrief:
		return nil, invalid("Only a debrief is of a meeting that is over", "leave away when it ended, or begin a debrief")
	case b.MetUntil.After(st.Now):
		return nil, invalid("The meeting cannot have ended in the future", "say when it ended, or leave that away")
	}
	w := newWork(Fold(document.New(id)), st)
	w.label("began")
	w.iv.Newer = false
	w.put(single(kindHeader), kindHeader, headerBody{
		Customer: customer, StartedAt: st.Now, Debrief: b.Debrief, MetUntil: b.MetUntil,
	})
	w.put(single(kindPlaybook), kindPlaybook, b.Playbook)
	return w.finish()
}

// Apply applies one action to an interview and returns the step to write. The interview itself is
// not changed.
//
// The error is an *Error that says why the action is refused. When the gate or a lock refuses text,
// the error is nil: Step.Refused says what is missing, and the step saves the text as a thought, so
// that nothing typed is lost. Undo and Redo need the history and are refused here; see Revert.
func Apply(iv *Interview, action Action, st Stamp) (*Step, error) {
	var ids *IDs
	if d, ok := action.(Drawn); ok {
		action, ids = d.Action, d.IDs
	}
	if iv.Newer {
		return nil, errReadOnly()
	}
	if iv.doc.Erased() {
		return nil, notFound("This interview was erased for good, and takes nothing any more", "hark new CUSTOMER begins another")
	}
	if iv.Discarded {
		return nil, notFound("This interview was deleted", "/undo brings it back")
	}
	if err := checkTexts(reflect.ValueOf(action)); err != nil {
		return nil, err
	}
	if err := iv.checkConsent(action, st); err != nil {
		return nil, err
	}
	w := newWork(iv, st)
	w.ids = ids
	if err := action.apply(w); err != nil {
		return nil, err
	}
	return w.finish()
}

// work collects the puts of one action.
type work struct {
	iv   *Interview
	st   Stamp
	puts []document.Put
	step *Step
	err  error // the first failure to encode or to draw an ID

	ids  *IDs           // nil for none drawn
	made map[string]int // the number of items that were created, by kind

	newPeople []Person
}

// newWork begins an action on an interview as its writer sees it.
func newWork(iv *Interview, st Stamp) *work {
	st.Writer.Author = AuthorName(st.Writer.Author)
	return &work{iv: iv.For(st.Writer.Author, st.Device), st: st, step: &Step{}}
}

// put adds a new body of an item.
func (w *work) put(id ID, kind string, body any) {
	b, err := encode(body)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.puts = append(w.puts, document.Put{Item: id, Kind: kind, Body: b})
}

// remove deletes an item. The deletion carries the last body, for undo.
func (w *work) remove(id ID) {
	it, ok := w.iv.doc.Item(id)
	if !ok || slices.ContainsFunc(w.puts, func(p document.Put) bool { return p.Item == id && p.Deleted }) {
		return
	}
	v := it.Latest()
	w.puts = append(w.puts, document.Put{Item: id, Kind: v.Kind, Deleted: true, Body: v.Body})
	w.dropped(id, v.Kind)
}

// create puts a new item and returns its ID.
func (w *work) create(kind string, body any) ID {
	id, err := w.ids.of(kind, w.made[kind], w.st.NewID)
	if err != nil && w.err == nil {
		w.err = err
	}
	set(&w.made, kind, w.made[kind]+1)
	w.put(id, kind, body)
	return id
}

func (w *work) touch(thing Thing, number Number) {
	w.step.Touched = append(w.step.Touched, Touched{thing, number})
}

// did adds a numbered thing that was made or changed, and sets the label.
func (w *work) did(thing Thing, number Number, format string, args ...any) {
	w.touch(thing, number)
	w.label(format, args...)
}

func (w *work) label(format string, args ...any) { w.step.Label = fmt.Sprintf(format, args...) }

func (w *work) notice(kind NoticeKind, format string, args ...any) {
	w.step.Notices = append(w.step.Notices, Notice{kind, fmt.Sprintf(format, args...)})
}

// finish applies the puts to a copy of the document. When the gate stands open for the first time,
// its opening is recorded in the same change; so is that of a merge by a hark that did not.
func (w *work) finish() (*Step, error) {
	if w.err != nil {
		return nil, w.err
	}
	before := w.iv
	if len(w.puts) > 0 {
		var err error
		if before, w.step.Change, err = w.iv.RecordOpening(w.st.Writer, w.st.Now); err != nil {
			return nil, err
		}
	}
	doc := before.doc.Clone()
	w.step.Change = append(w.step.Change, doc.Put(w.st.Writer, w.st.Now, w.puts...)...)
	after, ok := before.extended(doc, w.putItems(doc))
	if !ok {
		after = Refold(doc, before)
	}
	after, opening, err := after.RecordOpening(w.st.Writer, w.st.Now)
	if err != nil {
		return nil, err
	}
	if len(opening) > 0 {
		w.step.Change = append(w.step.Change, opening...)
		w.notice(NoticeOpened, "That is everything: solutions can be worked out now")
		if held := len(after.HeldThoughts()); held > 0 {
			w.notice(NoticeHint, "%s kept for this moment", count(held, "thought was", "thoughts were"))
		}
	}
	if err := after.written(w.step.Change); err != nil {
		return nil, err
	}
	w.step.After = after.For(w.st.Writer.Author, w.st.Device)
	return w.step, nil
}

// AuthorName returns the name of an author as it can be kept: whatever a system calls somebody, no
// line is lost for it.
func AuthorName(name string) string {
	name = strings.ToValidUTF8(name, "\ufffd")
	for len(name) > maxName {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	return name
}

// putItems yields the items of the puts as they are in doc.
func (w *work) putItems(doc *document.Document) iter.Seq[document.Item] {
	return func(yield func(document.Item) bool) {
		for _, p := range w.puts {
			if it, ok := doc.Item(p.Item); ok && !yield(it) {
				return
			}
		}
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// single is the ID of an item that an interview has once.
func single(kind string) ID { return document.DerivedID(kind) }

// belonging is the ID of the one item of its kind that belongs to another.
func belonging(kind string, to ID, more ...string) ID {
	return document.DerivedID(append([]string{kind, to.String()}, more...)...)
}

// checkText refuses text that cannot be stored.
func checkText(what, text string) error {
	if strings.TrimSpace(text) == "" {
		return invalid(what+" has no text", "type what was said")
	}
	return checkReadable(text)
}

// maxName is the largest size of a name, in bytes. A name has to fit on one line.
const maxName = 200

func checkName(what, name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return invalid(what+" needs a name", "")
	case len(name) > maxName:
		return invalid(fmt.Sprintf("%s has a name of %d bytes; %d are the most", what, len(name), maxName), "use a shorter one")
	case !utf8.ValidString(name):
		return invalid(what+" has a name that is not readable as UTF-8 text", "")
	case strings.ContainsAny(name, "\n\r"):
		return invalid(what+" has a name of more than one line", "")
	}
	return nil
}

// checkConsent stops live capture while notes are refused.
func (iv *Interview) checkConsent(action Action, st Stamp) error {
	if !iv.RefusesNotes() || st.Debrief {
		return nil
	}
	if t, ok := action.(Typed); ok && t.Action != nil {
		action = t.Action
	}
	switch action.(type) {
	case SetConsent, Pick, Introduce, Rename, JoinPeople, DropPerson, Ask, Next, EnterStage, SetOutcome, End, Reopen, Discard, Drop, Undo, Redo:
		return nil
	default:
		return refused("They asked for no notes, so nothing is kept now", "/consent yes when that changes, or /end and write down afterwards what you recall")
	}
}
