package interview

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"hark/internal/document"
)

// Fold reads a document as an interview. It never fails: what a newer hark wrote, or what cannot be
// read, stays in the document and sets Newer, which makes the interview read-only.
func Fold(doc *document.Document) *Interview { return Refold(doc, nil) }

// Refold is Fold that reuses an earlier fold of the same document. Lines that were only added cost
// nothing but themselves, and after any other change only the changed items are decoded. before may
// be nil.
func Refold(doc *document.Document, before *Interview) *Interview {
	if before == nil || before.ID != doc.ID() {
		return refold(doc, nil)
	}
	if before.doc.Same(doc) {
		return before.ForAll()
	}
	if after, ok := before.extended(doc, doc.All()); ok {
		return after.ForAll()
	}
	return refold(doc, before.bodies)
}

// refold folds a whole document. known are item bodies that were decoded earlier.
func refold(doc *document.Document, known map[document.Dot]any) *Interview {
	f := &folder{known: known, iv: &Interview{
		ID: doc.ID(), answered: map[int]bool{}, done: map[subject]document.Clock{}, doc: doc, bodies: make(map[document.Dot]any, doc.Len()), used: new(atomic.Int64),
	}}
	f.iv.Discarded = true // until a live header says otherwise
	f.saids = make([]body[lineBody], 0, doc.Len())
	for it := range doc.All() {
		f.take(it)
	}
	f.positions()
	f.overlays()
	f.people()
	f.numbers()
	f.problems()
	f.iv.Gate = f.gate()
	f.solutions()
	f.promises()
	f.lines()
	f.quoted()
	f.iv.Concurrent = f.concurrentOf(ID{})
	f.iv.lines, f.iv.Lines = f.iv.Lines, slices.Clip(f.iv.Lines)
	f.iv.used.Store(int64(len(f.iv.lines)))
	return f.iv
}

// body is the latest version of one item, with the versions concurrent to it. The values are shared
// between folds and must not be changed.
type body[T any] struct {
	id         ID
	value      *T
	concurrent []*T
	deleted    bool
	clock      document.Clock // of the latest version
	versions   []stated[T]    // all of them, oldest first, where there are several
}

// stated is what one version says.
type stated[T any] struct {
	value   *T
	version document.Version
}

// folder collects the bodies of a document by kind and joins them.
type folder struct {
	iv    *Interview
	known map[document.Dot]any // earlier *decoded[T] by version

	persons   []body[personBody] // in order of time once samePeople has run
	same      []samePersonBody
	advisers  []body[adviserBody]
	saids     []body[lineBody]
	raised    []body[problemBody]
	stored    map[ID]Raised // by earlier harks, by problem
	asides    map[ID]body[asideBody]
	impacts   map[ID]Impact
	weighed   bool // an impact was given, dropped since or not
	playbacks []body[playbackBody]
	yeses     []body[playbackBody]  // the answers that are a yes, of which the words may be withheld
	seen      map[ID][]document.Dot // the parts that were in sight of who dropped an item, by that
	seenAt    map[ID]document.Clock // when it was dropped last
	solved    []body[solutionBody]
	reactions map[ID]reactionBody
	decided   map[ID][]standing // by bodies of reactions, by solution
	respects  []body[respectBody]
	advice    []body[adviceBody]
	promised  []body[promiseBody]
	routes    []body[routeBody]
	progress  map[progressKey]progressBody
	opened    time.Time
	facts     map[ID][]body[factBody] // by what they belong to
	themes    map[ID][]themeFact

	// numberOf holds the number of each numbered item, problem and solution.
	numberOf map[ID]Number
}

type progressKey struct {
	of   ID
	step string
}

// read decodes an item as one kind. ok is false when its body cannot be decoded.
func read[T any](f *folder, it document.Item) (b body[T], ok bool) {
	latest := it.Latest()
	b = body[T]{id: it.ID, deleted: !latest.Live(), clock: latest.Clock}
	for _, v := range it.Versions {
		if v.Live() != latest.Live() {
			continue
		}
		d, known := f.known[v.Dot].(*decoded[T])
		if !known || d.size != len(v.Body) {
			d = &decoded[T]{size: len(v.Body)}
			d.err = decodeInto(v.Body, &d.value)
		}
		f.iv.bodies[v.Dot] = d
		if d.err != nil {
			f.iv.Newer = true
			if !errors.Is(d.err, errNewer) {
				continue
			}
		}
		if v.Dot == latest.Dot {
			b.value, ok = &d.value, true
		} else {
			b.concurrent = append(b.concurrent, &d.value)
		}
		if len(it.Versions) > 1 {
			b.versions = append(b.versions, stated[T]{&d.value, v})
		}
	}
	if len(b.versions) == 1 {
		b.versions = nil
	}
	return b, ok
}

// decoded is the result of decoding one version. Its size tells the content of a dot from what is
// left of it where it is withheld.
type decoded[T any] struct {
	value T
	err   error
	size  int // of the body, in bytes
}

// live is read for kinds whose deleted items are ignored.
func live[T any](f *folder, it document.Item) (b body[T], ok bool) {
	b, ok = read[T](f, it)
	return b, ok && !b.deleted
}

// collect adds the body of an item to those of its kind, with dropped ones where all is true: their
// numbers are not given again.
func collect[T any](f *folder, it document.Item, all bool, into *[]body[T]) {
	if b, ok := read[T](f, it); ok && (all || !b.deleted) {
		*into = append(*into, b)
	}
}

func (f *folder) take(it document.Item) {
	switch it.Latest().Kind {
	case kindPerson:
		collect(f, it, true, &f.persons)
	case kindSame:
		if b, ok := live[samePersonBody](f, it); ok {
			f.same = append(f.same, *b.value)
		}
	case kindAdviser:
		collect(f, it, false, &f.advisers)
	case kindLine:
		collect(f, it, true, &f.saids)
	case kindProblem:
		collect(f, it, true, &f.raised)
	case kindPlayback:
		f.did(it, aboutPlayback)
		f.takePlayback(it)
	case kindSolution:
		f.did(it, aboutSolving)
		collect(f, it, true, &f.solved)
	case kindRespect:
		f.did(it, aboutSolving)
		if b, ok := live[respectBody](f, it); ok {
			f.part(b.value.Problem, it)
			f.respects = append(f.respects, b)
		}
	case kindAdvice:
		f.did(it, aboutSolving)
		if b, ok := live[adviceBody](f, it); ok {
			f.part(b.value.Problem, it)
			f.advice = append(f.advice, b)
		}
	case kindPromise:
		collect(f, it, true, &f.promised)
	case kindRoute:
		collect(f, it, true, &f.routes)
	case kindAside:
		if b, ok := live[asideBody](f, it); ok {
			f.part(b.value.Problem, it)
			set(&f.asides, b.value.Problem, b)
		}
	case kindImpact:
		f.weighed = true
		if v, ok := joinedFact(f, it, func(b *impactBody) *string { return &b.Text }); ok {
			f.did(it, facetSubject(v.Facet))
			f.part(v.Problem, it)
			note(f, it, v.Problem, Field(v.Facet), (*impactBody).inWords)
			set(&f.impacts, v.Problem, f.impacts[v.Problem].with(v))
		}
	case kindReaction:
		f.did(it, aboutSolving)
		if v, ok := joinedFact(f, it, func(b *reactionBody) *string { return &b.Text }); ok {
			f.part(v.Solution, it)
			note(f, it, v.Solution, FieldReaction, func(b *reactionBody) string { return b.Text })
			f.decides(it, v.Solution)
			set(&f.reactions, v.Solution, v)
		}
	case kindProgress:
		if v, ok := joinedFact(f, it, func(b *progressBody) *string { return &b.Text }); ok {
			f.part(v.Of, it)
			if v.Step == stepAnswered {
				note(f, it, v.Of, FieldAnswer, func(b *progressBody) string { return b.Text })
			}
			set(&f.progress, progressKey{v.Of, v.Step}, v)
		}
	case kindFact:
		f.takeFact(it)
	case kindDropped:
		if b, ok := live[droppedBody](f, it); ok {
			of := b.value.Of
			set(&f.seenAt, of, b.clock)
			for _, v := range append(b.concurrent, b.value) {
				set(&f.seen, of, append(f.seen[of], v.Seen...))
			}
		}
	default:
		f.takeSingle(it)
	}
}

// takePlayback takes an answer to a playback.
func (f *folder) takePlayback(it document.Item) {
	b, ok := read[playbackBody](f, it)
	if ok && b.value.Answer == Yes && !it.Latest().Deleted {
		f.yeses = append(f.yeses, b)
	}
	if ok && !b.deleted {
		f.part(b.value.Problem, it)
		f.playbacks = append(f.playbacks, b)
	}
}

// takeSingle takes the items that an interview has once.
func (f *folder) takeSingle(it document.Item) {
	iv := f.iv
	switch it.Latest().Kind {
	case kindHeader:
		if b, ok := read[headerBody](f, it); ok {
			iv.Customer, iv.StartedAt = b.value.Customer, b.value.StartedAt
			iv.Debrief, iv.MetUntil = b.value.Debrief, b.value.MetUntil
			iv.Discarded = b.deleted
		}
	case kindPlaybook:
		if b, ok := live[Playbook](f, it); ok {
			iv.Playbook = *b.value
		}
	case kindConsent:
		if b, ok := live[Consent](f, it); ok {
			iv.Consent = strictest(append(b.concurrent, b.value))
			texts(f, ID{}, FieldNotes, b, func(c *Consent) string { return string(c.Notes) })
			texts(f, ID{}, FieldQuotes, b, func(c *Consent) string { return string(c.Quotes) })
			f.did(it, aboutNotes)
		}
	case kindPosition:
		f.position(it)
	case kindAsked: // an earlier hark put it with each move, so that it says nothing
		_, _ = live[askedBody](f, it)
	case kindLeftOut:
		f.did(it, aboutLeftOut)
		if v, ok := joinedFact(f, it, func(b *leftOutBody) *string { return &b.Text }); ok {
			note(f, it, ID{}, FieldLeftOut, func(b *leftOutBody) string { return cmp.Or(b.Text, nothingLeftOut) })
			iv.LeftOut = LeftOut{Asked: true, Text: v.Text, At: v.At}
			// Two answers that were joined are no quote.
			if b, _ := live[leftOutBody](f, it); v.Kind == Quote && b.value.Text == v.Text {
				iv.LeftOut.Quoted = true
			}
		}
	case kindOpening:
		if b, ok := live[momentBody](f, it); ok {
			f.opened = b.value.At
			for _, other := range b.concurrent { // recorded apart: the first time counts
				if other.At.Before(f.opened) {
					f.opened = other.At
				}
			}
		}
	case kindEnding:
		if b, ok := live[endingBody](f, it); ok {
			texts(f, ID{}, FieldEnding, b, (*endingBody).inWords)
			iv.reopened, iv.open = b.value.Reopened, time.Duration(b.value.Open)*time.Second
			if iv.reopened.IsZero() {
				iv.EndedAt = b.value.At
			}
		}
	case kindOutcome:
		if b, ok := live[outcomeBody](f, it); ok {
			iv.Outcome = b.value.Outcome
			texts(f, ID{}, FieldOutcome, b, func(b *outcomeBody) string { return string(b.Outcome) })
		}
	default:
		iv.Newer = true // of a newer hark
	}
}

// joinedFact returns the body of a single fact, with its text joined with the concurrent ones.
func joinedFact[T any](f *folder, it document.Item, text func(*T) *string) (fact T, ok bool) {
	b, ok := live[T](f, it)
	if !ok {
		return fact, false
	}
	fact = *b.value
	*text(&fact) = joinedText(b, func(b *T) string { return *text(b) })
	return fact, true
}

// joinedText returns the text of a body joined with the concurrent ones: all of them stand until one is
// written over them.
func joinedText[T any](b body[T], text func(*T) string) string {
	shown := text(b.value)
	for _, o := range b.concurrent {
		switch other := text(o); {
		case other == "" || other == shown:
		case shown == "":
			shown = other
		default:
			shown += " / " + other
		}
	}
	return shown
}

// note notes the texts that the versions of an item say, where they differ.
func note[T any](f *folder, it document.Item, of ID, field Field, text func(*T) string) {
	if len(it.Versions) < 2 {
		return
	}
	if b, ok := live[T](f, it); ok {
		texts(f, of, field, b, text)
	}
}

// decides notes the decisions that the versions of a reaction say; "" is none.
func (f *folder) decides(it document.Item, solution ID) {
	b, _ := live[reactionBody](f, it)
	said := b.versions
	if len(said) == 0 {
		said = []stated[reactionBody]{{b.value, it.Latest()}}
	}
	for _, v := range said {
		set(&f.decided, solution, append(f.decided[solution], standing{FieldDecision, factBody{Text: string(v.value.Decision)}, it.ID, v.version}))
	}
}

// did notes when something about a subject was done last.
func (f *folder) did(it document.Item, s subject) {
	if v := it.Latest(); v.Live() && v.Clock.Compare(f.iv.done[s]) > 0 {
		f.iv.done[s] = v.Clock
	}
}

// facetSubject returns the subject of a facet of an impact.
func facetSubject(facet string) subject {
	switch facet {
	case facetHowOften:
		return aboutHowOften
	case facetHowBad:
		return aboutHowBad
	case facetCosts:
		return aboutCosts
	case facetBears:
		return aboutBears
	case facetTried:
		return aboutTried
	case facetWants:
		return aboutWants
	}
	return aboutNothing
}

// statement returns the wording of today, "" where a body has none.
func (b *problemBody) statement() string {
	if n := len(b.Wordings); n > 0 {
		return b.Wordings[n-1].Text
	}
	return ""
}

// inWords returns a facet as it is typed.
func (b *impactBody) inWords() string {
	if b.Facet == facetHowBad && b.Rating > 0 {
		return strconv.Itoa(b.Rating)
	}
	return b.Text
}

// inWords says whether the interview is over.
func (b *endingBody) inWords() string {
	if b.Reopened.IsZero() {
		return "ended"
	}
	return "open"
}

// inWords says whether somebody agreed to be asked again.
func (b *adviserBody) inWords() string {
	if b.Joins {
		return "yes"
	}
	return "no"
}

func set[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}

// strictest joins concurrent consents: what one of them forbids is forbidden.
func strictest(all []*Consent) Consent {
	var c Consent
	rank := map[Quoting]int{QuotingNotAsked: 0, QuoteByName: 1, QuoteByRole: 2, QuoteNone: 3}
	for _, b := range all {
		if c.Notes != NotesRefused && b.Notes != NotesNotAsked {
			c.Notes = b.Notes
		}
		if rank[b.Quotes] > rank[c.Quotes] {
			c.Quotes = b.Quotes
		}
	}
	return c
}

func (i Impact) with(b impactBody) Impact {
	switch b.Facet {
	case facetHowOften:
		i.HowOften = b.Text
	case facetHowBad:
		i.HowBad = b.Rating
	case facetCosts:
		i.Costs = b.Text
	case facetBears:
		i.Bears = b.Text
	case facetTried:
		i.Tried = b.Text
	case facetWants:
		i.Wants = b.Text
	}
	return i
}

// byTime sorts by time, and by ID what has the same time, so that all machines agree.
func byTime[T any](all []T, key func(T) (time.Time, ID)) {
	slices.SortFunc(all, func(a, b T) int {
		at, id := key(a)
		otherAt, otherID := key(b)
		return cmp.Or(at.Compare(otherAt), bytes.Compare(id[:], otherID[:]))
	})
}

func (f *folder) lines() {
	f.iv.Lines = make([]Line, 0, len(f.saids))
	for _, b := range f.saids {
		if !b.deleted {
			l := f.iv.lineOf(b, f.numberOf[b.id])
			l.AskedAt = f.progress[progressKey{b.id, stepDone}].At
			l.Concurrent, l.Ties = f.concurrentOf(b.id), f.tiesOf(b.id)
			f.iv.Lines = append(f.iv.Lines, l)
		}
	}
	shows := map[ID][]Number{}
	for i := range f.iv.Lines {
		l := &f.iv.Lines[i]
		if f.iv.answers(*l) {
			f.iv.answered[l.Question] = true
		}
		if !l.Problem.IsZero() && len(l.Ties) == 0 {
			shows[l.Problem] = append(shows[l.Problem], l.Number)
		}
		for _, problem := range l.Ties {
			shows[problem] = append(shows[problem], l.Number)
		}
	}
	for i := range f.iv.Problems {
		p := &f.iv.Problems[i]
		p.Evidence = shows[p.ID]
		if p.Raised == "" {
			p.Raised = f.iv.cameUpBefore(f.stored[p.ID], p.Evidence)
		}
	}
}

// tiesOf returns the problems that a line shows, where several windows tied it to several.
func (f *folder) tiesOf(line ID) []ID {
	var ties []ID
	for _, s := range f.iv.standingOf(line, FieldProblem) {
		if !s.value.Item.IsZero() {
			ties = append(ties, s.value.Item)
		}
	}
	return ties
}

// lineOf returns a line without AskedAt and what is concurrent in it.
func (iv *Interview) lineOf(b body[lineBody], number Number) Line {
	v := b.value
	l := Line{
		ID: b.id, Number: number, Kind: v.Kind, Text: v.Text, Quoted: v.Kind == Quote, First: v.First,
		Speaker: iv.one(v.Speaker), At: v.At, Question: v.Question, Recalled: v.Recalled,
		RecalledAfter: time.Duration(v.After) * time.Second, Problem: v.Problem,
		FirstQuoted: v.First != "" && cmp.Or(v.FirstKind, v.Kind) == Quote,
		Themes:      v.Themes, TooEarly: v.TooEarly, For: v.For, Why: v.Why,
	}
	if _, stage, ok := iv.Playbook.Question(v.Question); ok {
		l.Stage = iv.Playbook.Stages[stage].Name
	}
	return l
}

func (f *folder) problems() {
	// Answers of the same time stand in the order in which they were written.
	slices.SortFunc(f.playbacks, func(a, b body[playbackBody]) int {
		return cmp.Or(a.value.At.Compare(b.value.At), a.clock.Compare(b.clock), bytes.Compare(a.id[:], b.id[:]))
	})
	for _, b := range f.raised {
		if b.deleted || len(b.value.Wordings) == 0 {
			continue
		}
		v, aside := b.value, f.asides[b.id]
		texts(f, b.id, FieldReason, aside, f.because)
		p := Problem{
			ID: b.id, Number: f.numberOf[b.id], Wordings: v.Wordings,
			Statement: v.statement(), Concurrent: f.concurrentOf(b.id),
			Raised: v.CameUp, Themes: f.withThemes(b), Impact: f.impacts[b.id], At: v.At,
		}
		set(&f.stored, b.id, v.Raised)
		p.Playbacks = f.playbacksOf(b.id)
		p.Status = f.status(p)
		if p.Status == Aside {
			p.Reason = joinedText(aside, f.because)
		}
		f.iv.Problems = append(f.iv.Problems, p)
	}
	slices.SortFunc(f.iv.Problems, func(a, b Problem) int { return a.Number.Compare(b.Number) })
}

// because returns why a problem was set aside: the problem that it was joined into has the number of today.
func (f *folder) because(b *asideBody) string {
	if b.Into.IsZero() {
		return b.Reason
	}
	return joined + f.numberOf[b.Into].String()
}

// answeredApart reports whether an answer that is no yes was given to the words of a yes, without either
// knowing of the other: the yes did not come after it, and it did not take the yes back. Of a yes that an
// earlier hark wrote, the order of the clocks says whether it came after.
func (f *folder) answeredApart(yes body[playbackBody]) bool {
	v := yes.value
	return v.Answer == Yes && !v.Withdrawn && slices.ContainsFunc(f.playbacks, func(b body[playbackBody]) bool {
		came := slices.Contains(v.After, b.id) || v.After == nil && b.clock.Compare(yes.clock) < 0
		o := b.value
		return o.Problem == v.Problem && o.Said == v.Said && o.Answer != Yes && !came && f.isTheirs(o.By)
	})
}

// isEarly reports whether an answer is from before its problem was raised. Of a clock that was set back the
// answer has the time, and its version the clock of what it came after.
func (f *folder) isEarly(b body[playbackBody]) bool {
	p, there := find(f.raised, func(p body[problemBody]) bool { return p.id == b.value.Problem })
	if !there || !b.value.At.Before(p.value.At) {
		return !there
	}
	return b.clock.Tick == 0 || b.clock.Wall < p.value.At.UnixMilli()
}

func (f *folder) playbacksOf(problem ID) []Playback {
	var of []Playback
	for _, b := range f.playbacks {
		if v := b.value; v.Problem == problem {
			// A withdrawal counts even if a concurrent version of the playback has none.
			withdrawn := v.Withdrawn || slices.ContainsFunc(b.concurrent, func(o *playbackBody) bool { return o.Withdrawn })
			of = append(of, Playback{
				ID: b.id, Said: v.Said, Answer: v.Answer, Correction: v.Correction,
				By: f.iv.one(v.By), NotTheirs: !f.isTheirs(v.By), At: v.At, Withdrawn: withdrawn, Apart: f.answeredApart(b),
				Early: f.isEarly(b),
			})
		}
	}
	return of
}
