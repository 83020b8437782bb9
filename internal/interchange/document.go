package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
)

// Document is an interview as the notebook stores it. hark import reads it; every other field of
// the JSON follows from it.
type Document struct {
	// Withheld means that thoughts and dropped items have their place and number but no words, and
	// that the log is left out.
	Withheld bool `json:"withheld,omitempty"`
	// Seen counts for each incarnation of a notebook how many of its changes are known.
	Seen map[document.Incarnation]uint64 `json:"seen"`
	// Lacking lists those of them that have not arrived, usually none.
	Lacking []document.Span `json:"lacking,omitempty"`
	// Items are what the interview consists of, ordered by ID.
	Items []document.Item `json:"items"`
	// Log is the history, oldest first, its revisions counted from 1.
	Log []interview.Record `json:"log,omitempty"`
}

// Exported returns an interview as hark export --format json writes it: with the document from
// which hark import restores it. Without thoughts, the words of thoughts and of dropped items are
// left out, and so is the log. log is newest first, as the notebook returns it. The same
// interview gives the same file, by any author.
func Exported(iv *interview.Interview, log []interview.Record, thoughts bool) Interview {
	doc := iv.Document()
	block := &Document{}
	if thoughts {
		block.Log = history(log)
	} else {
		doc = interview.Withhold(doc)
		iv = interview.Fold(doc)
		block.Withheld = true
	}
	block.Seen, block.Lacking, block.Items = doc.Seen(), doc.Lacking(), orEmpty(doc.Items())
	exported := Shown(iv.ForAll())
	exported.Document = block
	return exported
}

// ExportedErased returns an erased interview as hark export --format json writes it, so that it stays
// out of every notebook into which that is imported.
func ExportedErased(id interview.ID) Erased { return Erased{ID: id, Erased: true} }

// history returns the records oldest first, numbered from 1: the revisions of one notebook mean
// nothing in another.
func history(log []interview.Record) []interview.Record {
	all := make([]interview.Record, 0, len(log))
	count := map[interview.Revision]interview.Revision{}
	for _, r := range slices.Backward(log) {
		of := r.Revision
		r.Revision, r.Of, r.At = interview.Revision(len(all)+1), count[r.Of], r.At.UTC() // 0 of none
		count[of] = r.Revision
		all = append(all, r)
	}
	return all
}

// restorer gives versions the canonical bytes of their bodies, whatever the spelling in the file.
// Most versions occur in the items and again in the log, where the body is not parsed a second
// time.
type restorer struct {
	bodies  map[document.Dot][]byte // canonical, by their changes
	scratch bytes.Buffer
}

func (r *restorer) version(v *document.Version) error {
	body, known := r.bodies[v.Dot]
	r.scratch.Reset()
	if err := json.Compact(&r.scratch, v.Body); err != nil || !known || !bytes.Equal(body, r.scratch.Bytes()) {
		var err error
		if body, err = interview.CanonicalBody(v.Kind, v.Body); err != nil {
			return err
		}
		r.bodies[v.Dot] = body
	}
	v.Body = body
	return nil
}

func (r *restorer) versions(all []document.Version) error {
	for i := range all {
		if err := r.version(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

// restore returns the document and the log, oldest first, which satisfy interview.Verify.
func (d Document) restore(id interview.ID) (*document.Document, []interview.Record, error) {
	r := &restorer{bodies: make(map[document.Dot][]byte, len(d.Items))}
	known := make(map[interview.ID]bool, len(d.Items))
	for _, it := range d.Items {
		if known[it.ID] {
			return nil, nil, invalid("the item %s is in it twice", it.ID)
		}
		known[it.ID] = true
		if len(it.Versions) == 0 {
			return nil, nil, invalid("the item %s says nothing at all", it.ID)
		}
		if err := r.versions(it.Versions); err != nil {
			return nil, nil, err
		}
	}
	for _, s := range d.Lacking {
		if claimed := d.Seen[s.Incarnation]; s.From == 0 || s.From > s.To || s.To > claimed {
			return nil, nil, invalid("it lacks changes %d to %d by %016x, of which it claims %d", s.From, s.To, uint64(s.Incarnation), claimed)
		}
	}
	doc := document.Restore(id, d.Items, d.Seen, d.Lacking, false)
	if err := r.log(d.Log); err != nil {
		return nil, nil, err
	}
	if err := interview.Verify(doc, d.Log); err != nil {
		return nil, nil, err
	}
	for _, it := range d.Items {
		for _, v := range it.Versions {
			if claimed := d.Seen[v.Incarnation]; v.Counter > claimed {
				return nil, nil, invalid("it has change %d by %016x, of which it claims %d", v.Counter, uint64(v.Incarnation), claimed)
			}
		}
	}
	return doc, d.Log, nil
}

func (r *restorer) log(all []interview.Record) error {
	for i, one := range all {
		if i > 0 && one.Revision <= all[i-1].Revision {
			return invalid("its history is out of order at %d", one.Revision)
		}
		for c := range one.Change {
			if err := errors.Join(r.version(&one.Change[c].Version), r.versions(one.Change[c].Replaced)); err != nil {
				return err
			}
		}
	}
	return nil
}

// invalid returns an error with code Invalid.
func invalid(format string, args ...any) error {
	return &interview.Error{Code: interview.Invalid, Message: fmt.Sprintf(format, args...)}
}
