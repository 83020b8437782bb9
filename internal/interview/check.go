package interview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"hark/internal/document"
)

// Limits that no interview of hark's own reaches. A document from elsewhere must not exceed them.
const (
	mostNumber    = 1_000_000 // of a line, problem, question or solution
	mostQuestions = 10_000
	mostCounter   = 1 << 40
	firstYear     = 1900
	lastYear      = 2200
)

// CanonicalBody returns the body of an item in the exact bytes in which this hark stores it,
// whatever the spelling of the JSON. A body of a newer hark, with a kind or a field that is not
// known here, keeps all of its fields, in their order. The error is an *Error with code Invalid
// when the body does not fit the kind.
func CanonicalBody(kind string, body []byte) ([]byte, error) {
	r, ok := readingOf(kind)
	if !ok {
		return respelled(kind, body)
	}
	b, err := r.canonical(body)
	if errors.Is(err, errNewer) {
		return respelled(kind, body)
	}
	return b, unreadable(kind, err)
}

// respelled returns JSON without blanks and with its strings as encode writes them. All else, such
// as the order of the fields and the digits of numbers, stays.
func respelled(kind string, body []byte) ([]byte, error) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, body); err != nil {
		return nil, unreadable(kind, err)
	}
	rest := compact.Bytes()
	out := make([]byte, 0, len(rest))
	for {
		open := bytes.IndexByte(rest, '"')
		if open < 0 {
			return append(out, rest...), nil
		}
		end := open + 1
		for rest[end] != '"' {
			if rest[end] == '\\' {
				end++
			}
			end++
		}
		var text string
		if err := json.Unmarshal(rest[open:end+1], &text); err != nil {
			return nil, unreadable(kind, err)
		}
		spelled, err := encode(text)
		if err != nil {
			return nil, err
		}
		out = append(append(out, rest[:open]...), spelled...)
		rest = rest[end+1:]
	}
}

// Verify checks that hark itself could have written a document from elsewhere and its log: every
// item has an ID that fits its kind, texts, numbers and times are within the limits, and all
// references resolve. It also checks the gate: a solution, advice or route needs a yes to each of
// its problems from a known person, and solutions and advice need an opening of the gate. What the
// log put and replaced has to pass the same checks.
//
// Of what a newer hark wrote it checks what is known here: an item of an unknown kind passes, may be
// referred to, and may be what the gate asks for; Fold marks such an interview as Newer, and holds
// what rests on no yes that it knows.
//
// The error is an *Error, with code Refused for what the gate forbids, otherwise with code Invalid.
// It wraps ErrNewer for a record of the log whose kind is unknown.
func Verify(doc *document.Document, log []Record) error {
	c := newChecker(doc)
	if err := c.frame(); err != nil {
		return err
	}
	for _, it := range doc.Items() {
		if err := c.item(it); err != nil {
			return err
		}
	}
	if c.solving && !c.opened() && !c.newer {
		return &Error{Code: Refused, Message: "There is a solution or advice, but the gate never opened"}
	}
	for _, r := range log {
		if err := c.record(r); err != nil {
			return err
		}
	}
	return nil
}

// BeganAlike reports whether two documents of one ID can be of one interview: nothing changes what it began
// with, the customer, the time and the playbook.
func BeganAlike(a, b *document.Document) bool {
	for _, kind := range []string{kindHeader, kindPlaybook} {
		mine, _ := a.Item(single(kind))
		theirs, _ := b.Item(single(kind))
		for _, v := range append(slices.Clone(mine.Versions), theirs.Versions...) {
			if !bytes.Equal(v.Body, theirs.Versions[0].Body) {
				return false
			}
		}
	}
	return true
}

func (c *checker) record(r Record) error {
	if among(r.Kind, Did, Moved, Undid, Redid, Merged) != nil {
		return fmt.Errorf("%w: %q is no kind of record that this one knows", ErrNewer, string(r.Kind))
	}
	err := cmp.Or(c.time(r.At), c.text(r.Label, true), c.text(r.Author, true))
	if err != nil {
		return err
	}
	for _, put := range r.Change {
		if err := c.version(put.Item, put.Version); err != nil {
			return err
		}
		for _, v := range put.Replaced {
			if err := c.version(put.Item, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// placed is a version with the item that it is of.
type placed struct {
	item    ID
	version document.Version
}

// agrees reports whether two versions of one dot can be of one change: they are identical, but for
// what is withheld from one of them. An earlier hark withheld without saying so.
func (p placed) agrees(o placed) bool {
	a, b := p.version, o.version
	withheld := func(v document.Version) bool { return v.Withheld || v.Deleted && hasNoContent(v) }
	return p.item == o.item && a.Kind == b.Kind &&
		(a.Deleted == b.Deleted && bytes.Equal(a.Body, b.Body) || withheld(a) || withheld(b))
}

// checker checks one document.
type checker struct {
	doc       *document.Document
	dots      map[document.Dot]placed // the versions checked so far
	questions int                     // in the playbook
	solving   bool                    // a solution or advice exists
	own       bool                    // this hark wrote all of it, so that an unknown kind or field is an error
	newer     bool                    // an item of an unknown kind exists
}

// frame checks the items that every interview has.
func (c *checker) frame() error {
	for inc, n := range c.doc.Seen() {
		if inc == 0 || n == 0 || n > mostCounter {
			return invalid(fmt.Sprintf("It claims %d changes by one notebook", n), "")
		}
	}
	for _, kind := range []string{kindHeader, kindPlaybook} {
		it, ok := c.doc.Item(single(kind))
		if !ok || it.Latest().Kind != kind {
			return invalid("There is no "+kind+" in it", "")
		}
	}
	return nil
}

// written checks that what was put into a document can be read again elsewhere: each version passes
// the checks of Verify. What is dropped is as it was.
func (iv *Interview) written(change document.Change) error {
	c := &checker{doc: iv.doc, dots: map[document.Dot]placed{}, questions: iv.Playbook.Len(), own: true}
	for _, r := range change {
		if r.Version.Deleted {
			continue
		}
		if err := c.version(r.Item, r.Version); err != nil {
			return err
		}
	}
	return nil
}

// newChecker returns a checker that knows the number of questions.
func newChecker(doc *document.Document) *checker {
	c := &checker{doc: doc, dots: map[document.Dot]placed{}}
	it, _ := doc.Item(single(kindPlaybook))
	for _, v := range it.Versions {
		if p, ok := readable[Playbook](v.Body); ok { // otherwise the check of that body fails
			c.questions = max(c.questions, p.Len())
		}
	}
	return c
}

// opened reports whether the gate was opened and a yes is on record.
func (c *checker) opened() bool {
	_, ok := c.doc.Item(single(kindOpening))
	return ok
}

func (c *checker) item(it document.Item) error {
	if it.ID.IsZero() {
		return invalid("An item has no ID", "")
	}
	for _, v := range it.Versions {
		if v.Kind != it.Versions[0].Kind {
			return invalid(fmt.Sprintf("The item %s is a %s and a %s", it.ID, it.Versions[0].Kind, v.Kind), "")
		}
		if _, twice := c.dots[v.Dot]; twice {
			return invalid(fmt.Sprintf("Two items come from one and the same change, %d of %d", v.Dot.Counter, v.Dot.Incarnation), "")
		}
		if err := c.version(it.ID, v); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) version(id ID, v document.Version) error {
	this := placed{id, v}
	switch other, again := c.dots[v.Dot]; {
	case again && !this.agrees(other):
		return invalid(fmt.Sprintf("It says two things under one and the same change, %d of %d", v.Dot.Counter, v.Dot.Incarnation), "")
	case again && bytes.Equal(v.Body, other.version.Body):
		return nil // the log repeats what the document has
	}
	c.dots[v.Dot] = this
	wall := time.UnixMilli(v.Clock.Wall)
	switch {
	case v.Dot.Incarnation == 0, v.Dot.Counter == 0, v.Dot.Counter > mostCounter:
		return invalid(fmt.Sprintf("A %s comes from change %d of a notebook", v.Kind, v.Dot.Counter), "")
	case len(v.Author) > maxName, len(v.First.Author) > maxName:
		return invalid(fmt.Sprintf("A %s has an author of %d bytes; %d are the most", v.Kind, max(len(v.Author), len(v.First.Author)), maxName), "")
	case v.Kind == "" || len(v.Kind) > maxName:
		return invalid(fmt.Sprintf("An item has a kind of %d bytes", len(v.Kind)), "")
	}
	if err := cmp.Or(c.time(wall), c.time(time.UnixMilli(v.Origin().Wall))); err != nil {
		return err
	}
	r, ok := readingOf(v.Kind)
	switch {
	case !ok && c.own:
		return fmt.Errorf("%w: %q is no kind of item that this one knows", ErrNewer, v.Kind)
	case !ok:
		c.newer = true
		return nil
	}
	if err := withheldRight(v); err != nil {
		return err
	}
	if v.Withheld || v.Deleted && hasNoContent(v) {
		return r.readable(v.Body)
	}
	return r.check(c, id, v.Body)
}

// reading decodes and checks the bodies of one kind.
type reading struct {
	canonical func([]byte) ([]byte, error)
	readable  func([]byte) error
	check     func(*checker, ID, []byte) error
}

func reads[T any](check func(*checker, ID, T) error) (reading, bool) {
	return reading{
		canonical: func(b []byte) ([]byte, error) {
			body, err := decode[T](b)
			if err != nil {
				return nil, err
			}
			return encode(body)
		},
		readable: func(b []byte) error {
			if _, err := decode[T](b); !errors.Is(err, errNewer) {
				return unreadable("dropped item", err)
			}
			return nil
		},
		check: func(c *checker, id ID, b []byte) error {
			body, err := decode[T](b)
			if err != nil && (c.own || !errors.Is(err, errNewer)) {
				return unreadable("item", err)
			}
			return check(c, id, body)
		},
	}, true
}

// unreadable converts an error of decode into one of this package.
func unreadable(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNewer):
		return fmt.Errorf("%w: a field of a %s is not known to this one", ErrNewer, what)
	}
	return invalid(fmt.Sprintf("A %s cannot be read: %v", what, err), "")
}

// readable decodes the known fields of a body and reports whether it could.
func readable[T any](b []byte) (T, bool) {
	body, err := decode[T](b)
	return body, err == nil || errors.Is(err, errNewer)
}

// knownKind reports whether this hark knows a kind of item.
func knownKind(kind string) bool {
	_, ok := readingOf(kind)
	return ok
}

func readingOf(kind string) (reading, bool) {
	switch kind {
	case kindHeader:
		return reads((*checker).header)
	case kindPlaybook:
		return reads((*checker).playbook)
	case kindConsent:
		return reads((*checker).consent)
	case kindPosition:
		return reads((*checker).position)
	case kindAsked:
		return reads((*checker).asked)
	case kindLeftOut:
		return reads((*checker).leftOut)
	case kindOpening:
		return reads(moment(kindOpening))
	case kindEnding:
		return reads((*checker).ending)
	case kindOutcome:
		return reads((*checker).outcome)
	case kindPerson:
		return reads((*checker).person)
	case kindSame:
		return reads((*checker).samePerson)
	case kindAdviser:
		return reads((*checker).adviser)
	case kindLine:
		return reads((*checker).line)
	default:
		return readingOfProblems(kind)
	}
}

// readingOfProblems is readingOf for problems, solutions and what follows from them.
func readingOfProblems(kind string) (reading, bool) {
	switch kind {
	case kindProblem:
		return reads((*checker).problem)
	case kindAside:
		return reads((*checker).aside)
	case kindImpact:
		return reads((*checker).impact)
	case kindPlayback:
		return reads((*checker).playback)
	case kindSolution:
		return reads((*checker).solution)
	case kindReaction:
		return reads((*checker).reaction)
	case kindRespect:
		return reads((*checker).respect)
	case kindAdvice:
		return reads((*checker).advice)
	case kindPromise:
		return reads((*checker).promise)
	case kindProgress:
		return reads((*checker).progress)
	case kindRoute:
		return reads((*checker).route)
	case kindFact:
		return reads((*checker).fact)
	case kindDropped:
		return reads((*checker).dropped)
	}
	return reading{}, false
}

// The checks below return nil for a valid value.

func (c *checker) text(text string, mayBeEmpty bool) error {
	if mayBeEmpty && text == "" {
		return nil
	}
	return checkText("An item", text)
}

func (c *checker) time(t time.Time) error {
	if y := t.Year(); y < firstYear || y > lastYear {
		return invalid(
			fmt.Sprintf("Something happened in the year %d; hark keeps the years from %d to %d", y, firstYear, lastYear),
			"set the clock of this computer right, or correct the year",
		)
	}
	return nil
}

// sometime is time for a time that may be zero.
func (c *checker) sometime(t time.Time) error {
	if t.IsZero() {
		return nil
	}
	return c.time(t)
}

func (c *checker) number(n int) error {
	if n < 1 || n > mostNumber {
		return invalid(fmt.Sprintf("%d is no number that hark gives", n), "")
	}
	return nil
}

// question checks the number of a question; 0 stands for none.
func (c *checker) question(n int) error {
	if n < 0 || n > c.questions {
		return invalid(fmt.Sprintf("There is no question %d; its playbook has %d", n, c.questions), "")
	}
	return nil
}

// is checks that an ID is the one derived for its kind.
func (c *checker) is(id, want ID) error {
	if id != want {
		return invalid(fmt.Sprintf("The item %s has not the ID that it must have", id), "")
	}
	return nil
}

// refers checks that an ID belongs to an item of one of the kinds, or of a kind that is not known.
// The zero ID is valid.
func (c *checker) refers(id ID, kinds ...string) error {
	if id.IsZero() {
		return nil
	}
	it, ok := c.doc.Item(id)
	if !ok || !slices.Contains(kinds, it.Latest().Kind) && knownKind(it.Latest().Kind) {
		return invalid(fmt.Sprintf("It speaks of a %s %s that is not there", kinds[0], id), "")
	}
	return nil
}

// must is refers for an ID that must not be zero.
func (c *checker) must(id ID, kinds ...string) error {
	if id.IsZero() {
		return invalid(fmt.Sprintf("It does not say of which %s it speaks", kinds[0]), "")
	}
	return c.refers(id, kinds...)
}

// among checks that a value is one of the given ones.
func among[T ~string](word T, all ...T) error {
	if !slices.Contains(all, word) {
		return invalid(fmt.Sprintf("%q is a word that hark does not know there", string(word)), "")
	}
	return nil
}

// confirmed checks that one of the given playbacks is a yes to a problem. An item of an unknown
// kind may be one.
func (c *checker) confirmed(problem ID, proofs ...ID) error {
	for _, id := range proofs {
		it, ok := c.doc.Item(id)
		switch {
		case ok && !knownKind(it.Latest().Kind):
			return nil
		case !ok || it.Latest().Kind != kindPlayback:
			continue
		}
		for _, v := range it.Versions {
			b, ok := readable[playbackBody](v.Body)
			if ok && (b.Problem == problem && b.Answer == Yes || v.Deleted && hasNoContent(v)) {
				return nil
			}
		}
	}
	return &Error{Code: Refused, Message: "There is a solution, advice or route for a problem that nobody said yes to"}
}
