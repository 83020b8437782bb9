package export

import (
	"fmt"
	"time"

	"hark/internal/interview"
)

// Options control how an interview is written. The zero value gives times in UTC, no thoughts, and
// lines of 80 cells.
type Options struct {
	// Location is the zone of times and days; nil is UTC.
	Location *time.Location
	// Thoughts includes the seller's own thoughts.
	Thoughts bool
	// Width is the width of Text and RecapText in cells; less than 1 is 80, less than 30 is 30.
	Width int
	// Known are people on the customer's side by names that the interview does not have.
	Known []Known
}

// zone returns the location of times and days.
func (o Options) zone() *time.Location {
	if o.Location == nil {
		return time.UTC
	}
	return o.Location
}

// A block is one paragraph, heading or item of a page. Its spans settle what is said and who is
// named; the formats decide how it is written, and make it safe.
type block struct {
	kind   blockKind
	number interview.Number // of an item in the capture language, 0 for none
	at     string           // the time of an item, "" for none
	spans  []span
}

type blockKind int

const (
	title blockKind = iota
	section
	subsection
	paragraph
	statement // a quoted wording of a problem, set off
	item      // of a list
	todo      // an open promise in a list
	done      // a promise in a list that is done
)

// inList reports whether a block is an item of a list.
func (k blockKind) inList() bool { return k == item || k == todo || k == done }

// A span is a piece of text of one sort.
type span struct {
	sort spanSort
	text string
}

type spanSort int

const (
	ownText    spanSort = iota // hark's own words, which contain no markup of any format
	oneLine                    // text that people entered, on one line
	saidText                   // text that people entered, with its line breaks
	quotedText                 // the same in quotation marks
)

// own returns a span of hark's own words.
func own(format string, args ...any) span {
	if len(args) == 0 {
		return span{ownText, format}
	}
	return span{ownText, fmt.Sprintf(format, args...)}
}

// A Page is an interview laid out for passing on, with names and quotes as far as the customer
// allowed. It is not safe for concurrent use.
type Page struct{ w *writer }

// NewPage returns the page of an interview, from which the formats are made.
func NewPage(iv *interview.Interview, opts Options) *Page {
	return &Page{newWriter(iv, opts, others(iv, opts))}
}

// blocks returns all blocks of the page, which are laid out on the first call.
func (p *Page) blocks() []block {
	if p.w.blocks == nil {
		p.w.interview()
	}
	return p.w.blocks
}

// A writer lays out blocks.
type writer struct {
	iv       *interview.Interview
	opts     Options
	audience audience
	met      interview.Date // the day of the meeting
	blocks   []block
	spans    []span // spare capacity, shared by the blocks
}

func newWriter(iv *interview.Interview, opts Options, a audience) *writer {
	return &writer{iv: iv, opts: opts, audience: a, met: interview.DateOf(iv.MetAt().In(opts.zone()))}
}

// interview lays out all of the interview.
func (w *writer) interview() {
	w.blocks = make([]block, 0, len(w.iv.Lines)+8*len(w.iv.Problems)+64)
	w.head()
	w.problems()
	w.workedOut()
	w.leftOut()
	w.promises()
	w.routes()
	w.record()
	w.toSettle()
	w.followUps()
	w.notAsked()
}

func (w *writer) add(kind blockKind, spans ...span) { w.put(block{kind: kind}, spans...) }

// put adds a block with a copy of the spans. The copies share larger arrays, because a page has
// many short ones.
func (w *writer) put(b block, spans ...span) {
	const capacity = 128
	if len(spans) > cap(w.spans)-len(w.spans) {
		w.spans = make([]span, 0, max(capacity, len(spans)))
	}
	at := len(w.spans)
	w.spans = append(w.spans, spans...)
	b.spans = w.spans[at:len(w.spans):len(w.spans)]
	w.blocks = append(w.blocks, b)
}

// section writes a section, and leaves its heading out if there is nothing in it.
func (w *writer) section(heading string, write func()) {
	at := len(w.blocks)
	w.add(section, span{ownText, heading})
	write()
	if len(w.blocks) == at+1 {
		w.blocks = w.blocks[:at]
	}
}

// facet adds an item "label: text" unless the text is empty.
func (w *writer) facet(label, text string) {
	if text != "" {
		w.add(item, own("%s: ", label), span{saidText, text})
	}
}

// clock formats a time as 14:29, with the date if it is not on the day of the meeting, and without
// the time of day if that is not known: "" then on that day.
func (w *writer) clock(t time.Time, known bool) string {
	t = t.In(w.opts.zone())
	switch met := interview.DateOf(t) == w.met; {
	case met && known:
		return t.Format("15:04")
	case met:
		return ""
	case known:
		return t.Format(dayLayout + ", 15:04")
	}
	return t.Format(dayLayout)
}

// day formats the date of a time.
func (w *writer) day(t time.Time) string { return t.In(w.opts.zone()).Format(dayLayout) }

const dayLayout = "2 January 2006"

// joined returns the items with a separator between them.
func joined(items [][]span, separator string) []span {
	var all []span
	for i, spans := range items {
		if i > 0 {
			all = append(all, span{ownText, separator})
		}
		all = append(all, spans...)
	}
	return all
}
