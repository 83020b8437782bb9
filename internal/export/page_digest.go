package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

// Digest collects what several interviews carried to one department: each problem with its impact
// and evidence, its owner and due date, the answer, and what the customer was told. NewDigest makes
// one.
type Digest struct {
	department string
	opts       Options
	routes     []digestRoute
}

type digestRoute struct {
	state  int // index of digestStates
	at     time.Time
	id     string // orders routes of the same time
	blocks []block
}

// digestStates are the headings of a digest, by how far a route has come.
func digestStates() []string {
	return []string{"Waiting for an answer", "Answered, the customer not told yet", "Answered and told"}
}

// digestState returns the place of a route in digestStates.
func digestState(r interview.Route) int {
	switch state := r.State(interview.Date{}); {
	case state.Waits():
		return 0
	case state == interview.StateTold:
		return 2
	}
	return 1
}

// NewDigest returns an empty digest for the department with the given name, ignoring case, accents
// and blanks.
func NewDigest(department string, opts Options) *Digest {
	return &Digest{department: department, opts: opts}
}

// Add adds the routes of an interview to the department, with names and quotes as far as its
// customer allowed, and returns who is named in them all the same. known is Options.Known of it.
func (d *Digest) Add(iv *interview.Interview, known []Known) Still {
	opts := d.opts
	opts.Known = known
	a := others(iv, opts)
	var all []block
	for _, r := range iv.Routes {
		if !d.has(r) {
			continue
		}
		w := newWriter(iv, opts, a)
		w.route(r)
		all = append(all, w.blocks...)
		d.routes = append(d.routes, digestRoute{digestState(r), r.At, r.ID.String(), w.blocks})
	}
	return a.still(all)
}

// has reports whether a route goes to the department. One of which several departments stand goes to
// each of them.
func (d *Digest) has(r interview.Route) bool {
	is := func(department string) bool { return plain.FoldName(department) == plain.FoldName(d.department) }
	return is(r.Department) || slices.ContainsFunc(interview.InDoubt(r.Concurrent, interview.FieldDepartment), func(c interview.Concurrent) bool { return is(c.Value) })
}

// Len returns the number of routes.
func (d *Digest) Len() int { return len(d.routes) }

// route writes one route, for people who do not know the interview.
func (w *writer) route(r interview.Route) {
	w.add(subsection, span{oneLine, w.iv.Customer}, own(", %s", w.day(w.iv.MetAt())))
	if written := w.iv.WrittenDown(); written != "" {
		w.add(paragraph, own("All of it was %s.", written))
	}
	if p, ok := w.iv.ProblemByID(r.Problem); ok {
		w.current(p)
		if p.Status == interview.Aside {
			w.add(paragraph, own("It was set aside since."))
		}
		if r.Held {
			w.add(paragraph, own("It is %s.", r.Hold()))
		}
		w.evidence(p, interview.Wording{Text: p.Statement})
	} else {
		w.add(paragraph, own("The problem was dropped since."))
	}
	w.add(paragraph, own("What became of it:"))
	spans := []span{own("Carried %s", w.day(r.At))}
	if who := w.routeOwner(r); who != "" {
		spans = append(spans, own(" to "), span{oneLine, who})
	}
	w.add(item, append(spans, w.due(r.Due)...)...)
	state := r.State(interview.Date{})
	if !state.Waits() {
		w.add(item, append([]span{own("Answered %s", w.day(r.AnsweredAt))}, answerTo(r)...)...)
	}
	if state == interview.StateTold {
		w.add(item, own("The customer was told %s", w.day(r.ToldAt)))
	}
	w.concurrent(r.Concurrent, interview.Pick{Number: r.Number})
}

// blocks returns the digest by state, with the oldest route of each state first.
func (d *Digest) blocks() []block {
	slices.SortFunc(d.routes, func(a, b digestRoute) int {
		return cmp.Or(cmp.Compare(a.state, b.state), a.at.Compare(b.at), cmp.Compare(a.id, b.id))
	})
	w := &writer{}
	var counts []string
	for state, heading := range digestStates() {
		n := 0
		w.section(heading, func() {
			for _, r := range d.routes {
				if r.state == state {
					n++
					w.blocks = append(w.blocks, r.blocks...)
				}
			}
		})
		if n > 0 {
			counts = append(counts, fmt.Sprintf("%s: %d", heading, n))
		}
	}
	return append([]block{
		{kind: title, spans: []span{own("Carried to "), {oneLine, d.department}}},
		{kind: paragraph, spans: []span{{ownText, strings.Join(counts, " · ")}}},
	}, w.blocks...)
}

// Markdown returns the digest as Markdown with a front matter.
func (d *Digest) Markdown() []byte {
	front := "---\ndepartment: " + plain.JSONScalar(d.department) + "\n---\n"
	return appendMarkdownBlocks([]byte(front), d.blocks())
}

// HTML returns the digest as one HTML file.
func (d *Digest) HTML() []byte {
	head := HTMLHead("Carried to "+d.department, nil, d.opts)
	return []byte(head + string(htmlArticle(d.blocks(), "digest")) + HTMLFoot())
}
