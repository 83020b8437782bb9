package interchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Document is an interview as the notebook stores it. hark import reads it; every other field of the
// JSON follows from it.
type Document struct {
	// Withheld means that thoughts and dropped items have their place and number but no words, and
	// that the log is left out.
	Withheld bool `json:"withheld,omitempty"`
	// Seen counts for each incarnation of a notebook how many of its changes are known.
	Seen map[Incarnation]uint64 `json:"seen"`
	// Lacking lists those of them that have not arrived, usually none.
	Lacking []Span `json:"lacking,omitempty"`
	// Items are what the interview consists of, ordered by ID.
	Items []Item `json:"items"`
	// Log is the history, oldest first.
	Log []Record `json:"log,omitempty"`
}

// Incarnation identifies one opening of a notebook. It is written in hexadecimal digits, because many
// readers of JSON lose precision in numbers this large.
type Incarnation document.Incarnation

// MarshalText implements encoding.TextMarshaler.
func (i Incarnation) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%016x", uint64(i)), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It takes exactly 16 hexadecimal digits.
func (i *Incarnation) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 16, 64)
	if err != nil || len(text) != 16 {
		return fmt.Errorf("%q is not the number of a notebook in 16 hexadecimal digits", text)
	}
	*i = Incarnation(n)
	return nil
}

// Span is a range of changes by one incarnation, both ends included.
type Span struct {
	By   Incarnation `json:"by"`
	From uint64      `json:"from"`
	To   uint64      `json:"to"`
}

// Item is one thing in an interview.
type Item struct {
	ID interview.ID `json:"id"`
	// Versions is what it says: one version, or several concurrent ones.
	Versions []Version `json:"versions"`
}

// Version is what one change made an item say.
type Version struct {
	// By and Count identify the change: the Count-th by that incarnation.
	By    Incarnation `json:"by"`
	Count uint64      `json:"count"`
	// Clock is the time in milliseconds since 1970, and Tick the order within one millisecond.
	Clock   int64  `json:"clock"`
	Tick    uint32 `json:"tick,omitempty"`
	Author  string `json:"author,omitempty"`
	Kind    string `json:"kind"`
	Deleted bool   `json:"deleted,omitempty"`
	// Body has the fields of that kind.
	Body json.RawMessage `json:"body"`
}

// Record is one step of the history.
type Record struct {
	// Revision counts the records of this interview from 1.
	Revision interview.Revision   `json:"revision"`
	Kind     interview.RecordKind `json:"kind"`
	Of       interview.Revision   `json:"of,omitempty"` // what was undone or redone
	Label    string               `json:"label"`
	At       time.Time            `json:"at"`
	Author   string               `json:"author,omitempty"`
	Change   []Replacement        `json:"change"`
}

// Replacement is one version that a record put, with the versions that it replaced.
type Replacement struct {
	Item     interview.ID `json:"item"`
	Put      Version      `json:"put"`
	Replaced []Version    `json:"replaced,omitempty"`
}

// Exported returns an interview as hark export --format json writes it: with the document from which
// hark import restores it. Without thoughts, the words of thoughts and of dropped items are left out,
// and so is the log. log is newest first, as the notebook returns it.
func Exported(iv *interview.Interview, log []interview.Record, thoughts bool) Interview {
	doc := iv.Document()
	block := &Document{Seen: map[Incarnation]uint64{}}
	if thoughts {
		block.Log = history(log)
	} else {
		doc = interview.Withhold(doc)
		iv = interview.Fold(doc)
		block.Withheld = true
	}
	for inc, n := range doc.Seen() {
		block.Seen[Incarnation(inc)] = n
	}
	block.Lacking = list(doc.Lacking(), func(s document.Span) Span {
		return Span{By: Incarnation(s.Incarnation), From: s.From, To: s.To}
	})
	block.Items = list(doc.Items(), func(it document.Item) Item {
		return Item{ID: it.ID, Versions: list(it.Versions, versionOf)}
	})
	exported := Shown(iv)
	exported.Document = block
	return exported
}

// history returns the records oldest first, numbered from 1: the revisions of one notebook mean
// nothing in another.
func history(log []interview.Record) []Record {
	all := make([]Record, 0, len(log))
	count := map[interview.Revision]interview.Revision{}
	for _, r := range slices.Backward(log) {
		one := recordOf(r)
		one.Revision = interview.Revision(len(all) + 1)
		count[r.Revision] = one.Revision
		one.Of = count[r.Of] // 0 for none
		all = append(all, one)
	}
	return all
}

func versionOf(v document.Version) Version {
	return Version{
		By: Incarnation(v.Dot.Incarnation), Count: v.Dot.Counter, Clock: v.Clock.Wall, Tick: v.Clock.Tick,
		Author: v.Author, Kind: v.Kind, Deleted: v.Deleted, Body: v.Body,
	}
}

func recordOf(r interview.Record) Record {
	return Record{
		Kind: r.Kind, Label: r.Label, At: r.At.UTC(), Author: r.Author,
		Change: list(r.Change, func(p document.Replacement) Replacement {
			return Replacement{Item: p.Item, Put: versionOf(p.Version), Replaced: list(p.Replaced, versionOf)}
		}),
	}
}

// restorer converts a Document to a document.Document.
type restorer struct {
	bodies  map[document.Dot][]byte // canonical, by their changes
	scratch bytes.Buffer
}

// version converts one version. Its body gets the canonical bytes, whatever the spelling in the file.
// Most versions occur in the items and again in the log, where the body is not parsed a second time.
func (r *restorer) version(v Version) (document.Version, error) {
	dot := document.Dot{Incarnation: document.Incarnation(v.By), Counter: v.Count}
	body, known := r.bodies[dot]
	r.scratch.Reset()
	if err := json.Compact(&r.scratch, v.Body); err != nil || !known || !bytes.Equal(body, r.scratch.Bytes()) {
		var err error
		if body, err = interview.CanonicalBody(v.Kind, v.Body); err != nil {
			return document.Version{}, err
		}
		r.bodies[dot] = body
	}
	return document.Version{
		Dot: dot, Clock: document.Clock{Wall: v.Clock, Tick: v.Tick}, Author: v.Author, Kind: v.Kind, Deleted: v.Deleted, Body: body,
	}, nil
}

func (r *restorer) versions(all []Version) ([]document.Version, error) {
	out := make([]document.Version, len(all))
	for i, v := range all {
		var err error
		if out[i], err = r.version(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// restore returns the document and the log, oldest first. Unless checked is set, both must satisfy
// interview.Verify.
func (d Document) restore(id interview.ID, checked bool) (*document.Document, []interview.Record, error) {
	r := &restorer{bodies: make(map[document.Dot][]byte, len(d.Items))}
	items := make([]document.Item, len(d.Items))
	known := make(map[interview.ID]bool, len(d.Items))
	for i, it := range d.Items {
		if known[it.ID] {
			return nil, nil, invalid("the item %s is in it twice", it.ID)
		}
		known[it.ID] = true
		if len(it.Versions) == 0 {
			return nil, nil, invalid("the item %s says nothing at all", it.ID)
		}
		versions, err := r.versions(it.Versions)
		if err != nil {
			return nil, nil, err
		}
		items[i] = document.Item{ID: it.ID, Versions: versions}
	}
	seen := map[document.Incarnation]uint64{}
	for inc, n := range d.Seen {
		seen[document.Incarnation(inc)] = n
	}
	var lacks []document.Span
	for _, s := range d.Lacking {
		if s.From == 0 || s.From > s.To || s.To > d.Seen[s.By] {
			return nil, nil, invalid("it lacks changes %d to %d by %016x, of which it claims %d", s.From, s.To, uint64(s.By), d.Seen[s.By])
		}
		lacks = append(lacks, document.Span{Incarnation: document.Incarnation(s.By), From: s.From, To: s.To})
	}
	doc := document.Restore(id, items, seen, lacks, false)
	log, err := r.log(d.Log)
	if err != nil || checked {
		return doc, log, err
	}
	if err := interview.Verify(doc, log); err != nil {
		return nil, nil, err
	}
	return doc, log, nil
}

func (r *restorer) log(all []Record) ([]interview.Record, error) {
	log := make([]interview.Record, len(all))
	for i, one := range all {
		if i > 0 && one.Revision <= all[i-1].Revision {
			return nil, invalid("its history is out of order at %d", one.Revision)
		}
		log[i] = interview.Record{Revision: one.Revision, Kind: one.Kind, Of: one.Of, Label: one.Label, At: one.At, Author: one.Author}
		for _, p := range one.Change {
			put, err := r.version(p.Put)
			if err != nil {
				return nil, err
			}
			replaced, err := r.versions(p.Replaced)
			if err != nil {
				return nil, err
			}
			log[i].Change = append(log[i].Change, document.Replacement{Item: p.Item, Version: put, Replaced: replaced})
		}
	}
	return log, nil
}

// invalid returns an error with code Invalid.
func invalid(format string, args ...any) error {
	return &interview.Error{Code: interview.Invalid, Message: fmt.Sprintf(format, args...)}
}
