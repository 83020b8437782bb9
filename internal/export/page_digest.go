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

// Digest is what was carried to one department, out of many interviews: each
// problem with its impact and what shows it, who has it, by when, what was
// answered, and what the customer was told. The zero value is not usable; call
// NewDigest.
type Digest struct {
	department string
	opts       Options
	routes     []carried
}

// carried is one route with what is told of it.
type carried struct {
	state routeState
	at    time.Time
	order string // settles routes of one moment
	page  page
}

// routeState is how far a route has come.
type routeState int

const (
	waiting routeState = iota
	answeredNotTold
	toldThem
)

// NewDigest returns an empty digest for a department. Its name is that of the
// routes, without regard to case, accents and blanks.
func NewDigest(department string, opts Options) *Digest {
	return &Digest{department: department, opts: opts}
}

// SameDepartment reports whether two names mean one department.
func SameDepartment(a, b string) bool { return plain.FoldName(a) == plain.FoldName(b) }

// Add takes what an interview carried to the department. Each interview is named
// and quoted as far as its customer allowed.
func (d *Digest) Add(iv *interview.Interview) {
	for _, r := range iv.Routes {
		if !SameDepartment(r.Department, d.department) {
			continue
		}
		w := newWriter(iv, d.opts, allowed(iv))
		w.carried(r)
		state := waiting
		switch {
		case !r.ToldAt.IsZero():
			state = toldThem
		case !r.AnsweredAt.IsZero():
			state = answeredNotTold
		}
		d.routes = append(d.routes, carried{state, r.At, r.ID.String(), w.page})
	}
}

// Len is how many routes there are.
func (d *Digest) Len() int { return len(d.routes) }

// carried writes one route.
func (w *writer) carried(r interview.Route) {
	p, there := w.iv.ProblemByID(r.Problem)
	w.add(subsection, span{oneLine, w.iv.Customer}, own(", %s", w.day(w.iv.MetAt())))
	if there {
		w.today(p)
	} else {
		w.add(paragraph, own("The problem was dropped since."))
	}
	if there {
		w.evidence(p, interview.Wording{Text: p.Statement})
	}
	w.add(paragraph, own("What became of it:"))
	spans := []span{own("Carried %s", w.day(r.At))}
	if who := w.voice.who(r.Owner); who != "" {
		spans = append(spans, own(" to "), span{oneLine, who})
	}
	w.add(item, append(spans, w.due(r.Due)...)...)
	if !r.AnsweredAt.IsZero() {
		w.add(item, own("Answered %s: ", w.day(r.AnsweredAt)), span{saidText, r.Answer})
	}
	if !r.ToldAt.IsZero() {
		w.add(item, own("The customer was told %s", w.day(r.ToldAt)))
	}
}

// page lays the digest out, oldest first.
func (d *Digest) page() page {
	slices.SortFunc(d.routes, func(a, b carried) int {
		return cmp.Or(cmp.Compare(a.state, b.state), a.at.Compare(b.at), cmp.Compare(a.order, b.order))
	})
	w := &writer{}
	w.add(title, own("Carried to "), span{oneLine, d.department})
	w.add(paragraph, own("%s", d.counted()))
	all := w.page
	last := routeState(-1)
	for _, r := range d.routes {
		if r.state != last {
			all = append(all, block{kind: section, spans: []span{own("%s", r.state.String())}})
			last = r.state
		}
		all = append(all, r.page...)
	}
	return all
}

// counted says how many routes there are of each state.
func (d *Digest) counted() string {
	counts := map[routeState]int{}
	for _, r := range d.routes {
		counts[r.state]++
	}
	var parts []string
	for _, s := range []routeState{waiting, answeredNotTold, toldThem} {
		if counts[s] > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", s.String(), counts[s]))
		}
	}
	return strings.Join(parts, " · ")
}

// String names a state as the heading of a section.
func (s routeState) String() string {
	switch s {
	case answeredNotTold:
		return "Answered, the customer not told yet"
	case toldThem:
		return "Answered and told"
	case waiting:
	}
	return "Waiting for an answer"
}

// Markdown returns the digest as Markdown, with a front matter.
func (d *Digest) Markdown() []byte {
	var b strings.Builder
	b.WriteString("---\ndepartment: " + plain.JSONScalar(d.department) + "\n---\n")
	b.Write(appendMarkdownPage(nil, d.page()))
	return []byte(b.String())
}

// HTML returns the digest as one HTML file.
func (d *Digest) HTML() []byte {
	head := HTMLHead("Carried to "+d.department, nil, d.opts)
	return []byte(head + string(htmlPage(d.page(), "digest")) + HTMLFoot())
}
