package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
)

// Load reads an interview as it stands. Nothing in it lies in the file.
func (t *Tx) Load(id interview.ID) (*document.Document, codec.Header, error) {
	return t.loadWith(codec.NewDecoder(codec.Interviews), id)
}

// loadWith is Load for several interviews, with one decoder.
func (t *Tx) loadWith(d *codec.Decoder, id interview.ID) (*document.Document, codec.Header, error) {
	const likely = 1 << 12 // capacity for more items than that is not made before they are there
	var (
		h     codec.Header
		items []document.Item
		seen  codec.Tally
		found bool
	)
	for rec, err := range t.Interviews.Forwards(id[:]) {
		if err != nil {
			return nil, h, err
		}
		_, item, err := codec.ParseItemKey(rec.Key)
		if err != nil {
			return nil, h, err
		}
		if item.IsZero() {
			found = true
			h, err = d.Header(id, rec.Value)
			items = make([]document.Item, 0, min(h.Items.Count, likely))
		} else {
			var vs []document.Version
			vs, err = d.Item(rec.Value)
			items = append(items, document.Item{ID: item, Versions: vs})
			seen = seen.Plus(rec.Tally())
		}
		if err != nil {
			return nil, h, err
		}
	}
	switch {
	case !found && len(items) > 0:
		return nil, h, codec.Headless(id)
	case !found:
		return nil, h, NotFound(id)
	case seen != h.Items:
		return nil, h, codec.WrongItems(h, seen)
	}
	return document.Restore(id, items, h.Seen, h.Lacks, h.Erased), h, nil
}

// create writes a new interview with all items of its document and all of its history, and returns
// its revision.
func (t *Tx) create(w storage.Write) (interview.Revision, error) {
	if w.Document == nil {
		return 0, errors.New("a new interview needs a document")
	}
	id := w.Document.ID()
	_, found, err := t.Header(id)
	if err != nil {
		return 0, err
	}
	if found {
		return 0, fmt.Errorf("there is already an interview %s", id)
	}
	given := map[interview.Revision]interview.Revision{} // the revisions here, by those elsewhere
	for _, r := range w.Earlier {
		t.Totals.Revision++
		given[r.Revision] = t.Totals.Revision
		if r.Of != 0 {
			r.Of = given[r.Of]
		}
		if err := t.Log.Put(codec.LogKey(id, t.Totals.Revision), codec.EncodeRecord(r)); err != nil {
			return 0, err
		}
	}
	if w.Record.Of != 0 {
		w.Record.Of = given[w.Record.Of]
	}
	items := make([]document.ID, 0, w.Document.Len())
	for _, it := range w.Document.Items() {
		items = append(items, it.ID)
	}
	return t.write(codec.Header{ID: id}, w, items)
}

// write stores what one write changes in an interview whose header is h: the given items, and what
// goes with them. It returns the new revision.
func (t *Tx) write(h codec.Header, w storage.Write, items []document.ID) (interview.Revision, error) {
	switch {
	case h.Erased || w.Document.Erased():
		return 0, errErased
	case w.Summary.ID != h.ID:
		return 0, fmt.Errorf("interview %s came with the summary of another", h.ID)
	}
	t.Totals.Revision++
	h.Revision = t.Totals.Revision
	if err := cmp.Or(t.PutItems(&h, w.Document, items), t.PutDerived(&h, w.Summary, w.Text)); err != nil {
		return 0, err
	}
	return h.Revision, cmp.Or(t.Log.Put(codec.LogKey(h.ID, h.Revision), codec.EncodeRecord(w.Record)), t.PutHeader(h))
}

// MarkErased marks interviews as erased that the notebook does not know, in one transaction, and
// returns how many it marked, and those that are here, which stay as they are. Nothing can be
// written to a marked one.
func (s *Store) MarkErased(ctx context.Context, ids []interview.ID) (marked int, here []interview.ID, err error) {
	err = s.Update(ctx, func(t *Tx) error {
		for _, id := range ids {
			h, found, err := t.Header(id)
			switch {
			case err != nil:
				return err
			case found && !h.Erased:
				here = append(here, id)
			case !found:
				if err := t.PutErased(codec.Header{ID: id}); err != nil {
					return err
				}
				marked++
			}
		}
		return nil
	})
	if err != nil {
		return 0, nil, err
	}
	return marked, here, nil
}

// PutErased stores the mark of an erased interview in place of its header. Of that only what it had
// seen stays.
func (t *Tx) PutErased(h codec.Header) error {
	t.Totals.Revision++
	return t.PutHeader(codec.Header{ID: h.ID, Erased: true, Revision: t.Totals.Revision, Seen: h.Seen})
}

// PutHeader stores the header of an interview.
func (t *Tx) PutHeader(h codec.Header) error {
	return t.Interviews.Put(codec.ItemKey(h.ID, document.ID{}), h.Encode())
}

// PutItems stores some items of an interview as they stand in its document, and notes that in its
// header, which the caller stores. An item that is no longer there is removed.
func (t *Tx) PutItems(h *codec.Header, doc *document.Document, items []document.ID) error {
	before := *t.Interviews.Total
	for _, item := range items {
		if item.IsZero() {
			return fmt.Errorf("interview %s has an item without an ID", h.ID)
		}
		key := codec.ItemKey(h.ID, item)
		var err error
		if it, ok := doc.Item(item); ok {
			err = t.Interviews.Put(key, codec.EncodeItem(it.Versions))
		} else {
			err = t.Interviews.Remove(key)
		}
		if err != nil {
			return err
		}
	}
	h.Items = h.Items.Plus(t.Interviews.Total.Minus(before))
	h.Seen, h.Lacks = doc.Seen(), doc.Lacking()
	return nil
}

// PutDerived stores the summary and the text of an interview, and notes in its header, which the
// caller stores, when it started.
func (t *Tx) PutDerived(h *codec.Header, s interview.Summary, text []byte) error {
	if err := t.putDerived(h, s, text); err != nil {
		return err
	}
	return t.Search.Withdraw(h.ID, h.Started)
}

// putDerived is PutDerived for a text with the same words as before, which the index need not learn
// again.
func (t *Tx) putDerived(h *codec.Header, s interview.Summary, text []byte) error {
	if err := t.Search.List(*h, s); err != nil {
		return err
	}
	if started := s.StartedAt.UnixMilli(); started != h.Started {
		if err := t.Summary.Remove(codec.SummaryKey(h.Started, h.ID)); err != nil { // none there for a new one
			return err
		}
		h.Started = started
	}
	return cmp.Or(
		t.Summary.Put(codec.SummaryKey(h.Started, h.ID), codec.EncodeSummary(s)),
		t.Text.Put(h.ID[:], text),
	)
}

// decide asks the caller what to write.
func (t *Tx) decide(doc *document.Document, h codec.Header, ask func(storage.Stored) (storage.Write, error)) (storage.Write, error) {
	over := false
	defer func() { over = true }()
	var err error
	incarnation := t.incarnation()
	w := Lend(t, func() (w storage.Write) {
		w, err = ask(storage.Stored{
			Document: doc, Revision: h.Revision, Incarnation: incarnation,
			Log: lent(t, &over, t.history(h.ID)), SameCustomer: lent(t, &over, t.Search.SameCustomer(h)),
		})
		return w
	})
	if err != nil || len(w.Record.Change) == 0 {
		t.returnLease()
	}
	return w, err
}

// lent is what the caller's code goes through while the transaction lasts.
func lent[T any](t *Tx, over *bool, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if *over {
			var none T
			yield(none, errors.New("it was asked for after its transaction"))
			return
		}
		t.lent = false
		all(func(one T, err error) bool { return Lend(t, func() bool { return yield(one, err) }) })
		t.lent = true
	}
}

// history yields the log of an interview, newest first.
func (t *Tx) history(id document.ID) iter.Seq2[interview.Record, error] {
	return func(yield func(interview.Record, error) bool) {
		d := codec.NewDecoder(codec.Log)
		for rec, err := range t.Log.Backwards(id[:]) {
			var r interview.Record
			if err == nil {
				r, err = d.LogRecord(rec)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}
