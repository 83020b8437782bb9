package export

import (
	"fmt"
	"time"

	"hark/internal/interview"
)

// Options say how an interview is written for reading. The zero value gives
// times in UTC, no private thoughts, and lines of 80 cells.
type Options struct {
	// Location is where times are given; nil is UTC.
	Location *time.Location
	// Thoughts writes the seller's own thoughts too.
	Thoughts bool
	// Width is how many cells a line of Text may take; less than 1 is 80, and
	// less than 30 is 30. Markdown is not wrapped.
	Width int
}

// A page is an interview put in order for reading: one block after the other,
// each made of spans. What it says and whom it names is settled here; how that
// is written, and made safe, is left to Markdown and Text.
type page []block

type block struct {
	kind blockKind
	// number is the number that the capture language knows an item by, 0 for
	// none.
	number int
	// at is the time at which an item was kept, "" for none.
	at    string
	spans []span
}

type blockKind int

const (
	title      blockKind = iota // the one at the top
	section                     // a part of the page
	subsection                  // a part of a section
	paragraph
	statement // how the customer put a problem, set off
	item      // in a list
	todo      // a promise in a list
	done      // a promise that was kept
)

// A span is a piece of text of one sort.
type span struct {
	sort spanSort
	text string
}

type spanSort int

const (
	ownText    spanSort = iota // hark's own words, which mean nothing to any reader of markup
	oneLine                    // somebody's text, to stand on one line
	saidText                   // somebody's text, with its lines
	quotedText                 // the same in quotation marks
)

func own(format string, args ...any) span {
	if len(args) == 0 {
		return span{ownText, format}
	}
	return span{ownText, fmt.Sprintf(format, args...)}
}

// A writer puts an interview into a page.
type writer struct {
	iv    *interview.Interview
	opts  Options
	voice voice
	page  page
	spans []span         // capacity for those of the page
	met   interview.Date // the day of the meeting, in opts.Location
}

func newWriter(iv *interview.Interview, opts Options, v voice) *writer {
	if opts.Location == nil {
		opts.Location = time.UTC
	}
	return &writer{iv: iv, opts: opts, voice: v, met: interview.DateOf(iv.MetAt().In(opts.Location))}
}

// Laid is an interview laid out for passing on, for whoever makes more than one
// thing of it. It is for one goroutine at a time.
type Laid struct{ w *writer }

// LayOut lays out an interview, named and quoted as far as the customer allowed.
func LayOut(iv *interview.Interview, opts Options) *Laid {
	return &Laid{newWriter(iv, opts, allowed(iv))}
}

// page returns the whole interview, which is written at the first call.
func (l *Laid) page() page {
	if l.w.page == nil {
		l.w.write()
	}
	return l.w.page
}

// write lays out the whole interview.
func (w *writer) write() page {
	w.page = make(page, 0, len(w.iv.Lines)+8*len(w.iv.Problems)+64)
	w.head()
	w.problems()
	w.solving()
	w.leftOut()
	w.promises()
	w.routes()
	w.record()
	w.followUps()
	w.notAsked()
	return w.page
}

func (w *writer) add(kind blockKind, spans ...span) { w.put(block{kind: kind}, spans...) }

// put adds a block with these spans, of which it makes a copy: a page is many
// short lists of them, which share their memory.
func (w *writer) put(b block, spans ...span) {
	const capacity = 128
	if len(spans) > cap(w.spans)-len(w.spans) {
		w.spans = make([]span, 0, max(capacity, len(spans)))
	}
	at := len(w.spans)
	w.spans = append(w.spans, spans...)
	b.spans = w.spans[at:len(w.spans):len(w.spans)]
	w.page = append(w.page, b)
}

// facet adds an item "label: text" unless the text is empty.
func (w *writer) facet(label, text string) {
	if text != "" {
		w.add(item, own("%s: ", label), span{saidText, text})
	}
}

// clock gives a time on the day of the meeting as 14:29, and one on
// another day with its date.
func (w *writer) clock(t time.Time) string {
	t = t.In(w.opts.Location)
	if interview.DateOf(t) == w.met {
		return t.Format("15:04")
	}
	return t.Format("2 January 2006, 15:04")
}

// day gives the date of a time.
func (w *writer) day(t time.Time) string { return t.In(w.opts.Location).Format(dayLayout) }

const dayLayout = "2 January 2006"

// joined returns items one after the other, with a separator between them.
func joined(items [][]span, separator string) []span {
	var all []span
	for i, spans := range items {
		if i > 0 {
			all = append(all, own("%s", separator))
		}
		all = append(all, spans...)
	}
	return all
}
