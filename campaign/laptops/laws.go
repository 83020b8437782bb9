package laptops

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hark/internal/document"
	"hark/internal/interview"
)

// The laws of merging, as they are counted.
const (
	numberChanged = "number changed" // a number names the thing that it was shown for, for ever
	factVanished  = "fact vanished"  // what was set stands until somebody who saw it sets it again
	gateShut      = "gate shut"      // an open gate stays open
	refused       = "refused"        // what one hark wrote every other takes
	lost          = "lost"           // each text is there, on every laptop that it has reached
	apart         = "apart"          // laptops that have the same say the same
	withoutYes    = "without a yes"  // a solution rests on a yes to what was read out
	twice         = "dot twice"      // one dot has one content
)

// event is one setting of one field of one thing.
type event struct {
	of     interview.ID
	field  interview.Field
	value  string // "" where what stands is not known
	before []*event
}

// laws is what has happened so far, for the checks.
type laws struct {
	counts map[interview.ID]int // the number that each thing was shown with, without letters
	bodies map[document.Dot][]byte
	failed map[string]bool // the laws that were broken in this round
}

func newLaws() laws {
	return laws{counts: map[interview.ID]int{}, bodies: map[document.Dot][]byte{}, failed: map[string]bool{}}
}

// broken counts a broken law.
func (r *round) broken(law, format string, args ...any) {
	if r.failed[law] {
		return // one mistake shows again and again
	}
	r.failed[law] = true
	r.tally.Fail(law, "round %d: %s", r.nth, fmt.Sprintf(format, args...))
}

// sees is what has reached a window: what stands in the notebook, and what it has in its journal. An
// event is true where its content has arrived, too.
func (l *laptop) sees(w *window) map[*event]bool {
	all := maps.Clone(l.knows)
	maps.Copy(all, w.journalled)
	return all
}

// happened notes an event in a window, with what it replaces there. Items of one person are one.
func (r *round) happened(l *laptop, w *window, iv *interview.Interview, journalled bool, e *event) {
	who, isPerson := iv.Person(e.of)
	for o := range l.sees(w) {
		other, _ := iv.Person(o.of)
		if o.field == e.field && (o.of == e.of || isPerson && who.ID == other.ID) {
			e.before = append(e.before, o)
		}
	}
	if journalled {
		w.journalled[e] = true
		return
	}
	l.knows[e] = true
}

// check checks what a laptop has.
func (r *round) check(ctx context.Context, l *laptop) error {
	for _, w := range l.windows {
		v, err := w.book.Open(ctx, r.id)
		if err != nil {
			return err
		}
		r.numbers(l, v.Interview)
		r.dots(l, v.Interview)
		r.yes(l, v.Interview)
		r.facts(l, l.sees(w), v.Interview)
	}
	return nil
}

// numbers checks that each thing has the number that it had, and that no two have the same one.
func (r *round) numbers(l *laptop, iv *interview.Interview) {
	shown := map[string]bool{}
	is := func(row string, id interview.ID, n interview.Number) {
		had, known := r.counts[id]
		if known && had != n.Count() {
			r.broken(numberChanged, "%s %v is %v now on %s", row, had, n, l.name)
		}
		r.counts[id] = n.Count()
		if label := row + n.String(); shown[label] {
			r.broken(numberChanged, "two things are %s on %s", label, l.name)
		} else {
			shown[label] = true
		}
	}
	for _, x := range iv.Lines {
		is("", x.ID, x.Number)
	}
	for _, x := range iv.Promises {
		is("", x.ID, x.Number)
	}
	for _, x := range iv.Routes {
		is("", x.ID, x.Number)
	}
	for _, x := range iv.Problems {
		is("problem ", x.ID, x.Number)
	}
	for _, x := range iv.Solutions {
		is("solution ", x.ID, x.Number)
	}
}

// dots checks that no dot stands for two contents.
func (r *round) dots(l *laptop, iv *interview.Interview) {
	for it := range iv.Document().All() {
		for _, v := range it.Versions {
			if v.Withheld {
				continue
			}
			had, known := r.bodies[v.Dot]
			if known && !bytes.Equal(had, v.Body) {
				r.broken(twice, "%v is %s and, on %s, %s", v.Dot, had, l.name, v.Body)
			}
			r.bodies[v.Dot] = v.Body
		}
	}
}

// yes checks that each solution that is not held rests on a yes to today's wording.
func (r *round) yes(l *laptop, iv *interview.Interview) {
	for _, s := range iv.Solutions {
		for _, id := range s.Problems {
			p, there := iv.ProblemByID(id)
			if !s.Held && (!there || len(iv.Proofs(p)) == 0 || !p.Weighed()) {
				r.broken(withoutYes, "solution %v on %s", s.Number, l.name)
			}
		}
	}
}

// facts checks that everything that was set stands.
func (r *round) facts(l *laptop, known map[*event]bool, iv *interview.Interview) {
	gone := map[*event]bool{}
	dropped := map[interview.ID]bool{}
	called := false
	for e := range known {
		for _, o := range e.before {
			gone[o] = true
		}
		if e.field == fieldDropped {
			dropped[e.of] = true
		}
		called = called || e.field == fieldCalled
	}
	for e, content := range known {
		byName := e.field == interview.FieldSpeaker || e.field == interview.FieldOwner
		if gone[e] || !content || e.value == "" || byName && called {
			continue
		}
		stand, there := standing(iv, e.of, e.field)
		switch {
		case !there && !dropped[e.of]:
			r.broken(lost, "%s: %q is of a thing that is not there on %s", e.field, e.value, l.name)
		case there && !slices.ContainsFunc(stand, func(v string) bool { return strings.Contains(v, e.value) }):
			law := factVanished
			if e.field == interview.FieldText {
				law = lost
			}
			r.broken(law, "%s: %q on %s, where there is %q", e.field, e.value, l.name, stand)
		}
	}
}
