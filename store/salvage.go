package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/internal/files"
)

// mostMissing is how many interviews are named of which something may be missing.
const mostMissing = 10

// salvor makes a new notebook of what can still be read of a damaged one.
type salvor struct {
	history bool // all of the history was found, and so everything that was written
	derive  func(*document.Document) (interview.Summary, []byte)
	now     func() interview.Record // a record made now, by hark
	missing []string
	more    int // beyond mostMissing
}

// salvage makes a new notebook, in a file that is not finished, of what can still
// be read of a damaged one. What may be missing is said in sentences.
func (m *Maintainer) salvage(ctx context.Context, kept string, in *files.Folder) (unfinished string, missing []string, err error) {
	from, err := files.OpenRegular(kept, false)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = from.Close() }() // it was only read
	w, err := readWreck(ctx, from, m.path)
	if err != nil {
		return "", nil, err
	}
	all := w.interviews()
	if len(all) == 0 && w.totals == nil {
		return "", nil, files.NotANotebook(m.path)
	}
	loose, err := fillIn(in)
	if err != nil {
		return "", nil, err
	}
	defer in.Discard(loose)
	s := &salvor{history: w.whole(bucketLog), derive: m.derive, now: func() interview.Record {
		return interview.Record{Kind: interview.Merged, Label: "put together from a damaged notebook", At: m.now(), Author: "hark"}
	}}
	to := &Store{path: in.Join(loose), private: true}
	if err := to.update(ctx, func(t *transaction) error { return s.begin(t, w, all) }); err != nil {
		return "", nil, err
	}
	ids := slices.SortedFunc(maps.Keys(all), func(a, b interview.ID) int { return bytes.Compare(a[:], b[:]) })
	for batch := range slices.Chunk(ids, 100) {
		err := to.update(ctx, func(t *transaction) error {
			for _, id := range batch {
				if err := s.keep(t, id, all[id]); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return "", nil, err
		}
	}
	// In a file that is written in the order of its keys every page is left half
	// full.
	unfinished, err = compact(ctx, to, in)
	return unfinished, s.whatIsMissing(w), err
}

// begin carries over what is known of the notebook as a whole.
func (s *salvor) begin(t *transaction, w *wreck, all map[interview.ID]*remains) error {
	for _, key := range []string{keyNotebook, keyCreated} {
		if value, ok := w.get(bucketMeta, key); ok {
			if err := t.meta.put([]byte(key), value); err != nil {
				return err
			}
		}
	}
	if w.totals != nil {
		t.totals.revision = w.totals.revision
	}
	for _, r := range all {
		if r.header != nil {
			t.totals.revision = max(t.totals.revision, r.header.revision)
		}
		if n := len(r.log); n > 0 {
			t.totals.revision = max(t.totals.revision, r.log[n-1].Revision)
		}
	}
	t.changed = true
	return nil
}

// keep writes one interview.
func (s *salvor) keep(t *transaction, id interview.ID, r *remains) error {
	h := header{id: id}
	if r.header != nil {
		h = *r.header
	}
	if h.erased {
		h.items = tally{}
		return t.interviews.put(itemKey(id, document.ID{}), h.encode())
	}
	doc, folded, complete := r.document(id, s.history)
	if doc.Len() == 0 {
		return nil // a draft, or a header, of nothing
	}
	sum, text := s.derive(doc)
	if !complete && !s.history {
		s.lacks(sum)
	}
	if len(r.log) > 0 {
		h.revision = r.log[len(r.log)-1].Revision
	}
	for rev, entry := range r.entries {
		if err := t.log.put(logKey(id, rev), entry); err != nil {
			return err
		}
	}
	// What the history lacks is told at its end. Undo passes over that.
	if change := difference(folded, doc); len(change) > 0 || len(r.log) == 0 {
		rec := s.now()
		rec.Change = change
		t.totals.revision++
		h.revision = t.totals.revision
		if err := t.log.put(logKey(id, h.revision), encodeRecord(rec)); err != nil {
			return err
		}
	}
	before := *t.interviews.total
	for _, it := range doc.Items() {
		if err := t.interviews.put(itemKey(id, it.ID), encodeItem(it.Versions)); err != nil {
			return err
		}
	}
	h.items = t.interviews.total.minus(before)
	h.seen, h.lacks = doc.Seen(), doc.Lacking()
	if err := t.putSummary(&h, sum); err != nil {
		return err
	}
	err := cmp.Or(
		t.interviews.put(itemKey(id, document.ID{}), h.encode()),
		t.text.put(id[:], text),
		t.unindex(id, h.started),
	)
	if err == nil && len(r.draft) > 0 {
		err = t.drafts.put(id[:], r.draft)
	}
	return err
}

// difference is what makes of a folded history the document as it stands.
func difference(folded, doc *document.Document) document.Change {
	var change document.Change
	for _, it := range doc.Items() {
		had, _ := folded.Item(it.ID)
		for _, v := range it.Versions {
			if !slices.ContainsFunc(had.Versions, func(o document.Version) bool { return o.Dot == v.Dot }) {
				change = append(change, document.Replacement{Item: it.ID, Version: v, Replaced: had.Versions})
			}
		}
	}
	return change
}

// lacks notes that an interview may not be whole.
func (s *salvor) lacks(sum interview.Summary) {
	if len(s.missing) == mostMissing {
		s.more++
		return
	}
	sentence := "An interview has lost its beginning, and with it the customer's name."
	if sum.Customer != "" {
		sentence = fmt.Sprintf("The interview with %s on %s may lack some of what was written.",
			files.Shown(sum.Customer), sum.StartedAt.Format(files.DayLayout))
	}
	s.missing = append(s.missing, sentence)
}

// whatIsMissing says what may be missing, as far as that can be known.
func (s *salvor) whatIsMissing(w *wreck) []string {
	missing := s.missing
	if s.more > 0 {
		missing = append(missing, fmt.Sprintf("So may %d more.", s.more))
	}
	interviews, drafts := w.whole(bucketInterviews), w.whole(bucketDrafts)
	switch {
	case !interviews && !s.history:
		missing = append(missing, "Part of the file cannot be read at all, so more may be missing than is known.")
	case !s.history:
		missing = append(missing, "Everything that was written is there, but undo may not reach back everywhere.")
	}
	if !drafts {
		missing = append(missing, "What was typed and not yet entered may be missing.")
	}
	return slices.Clip(missing)
}

// better orders remedies: first one that brings everything back, then by how new
// what they bring is.
func better(a, b storage.Remedy) int {
	whole := func(r storage.Remedy) int { return min(len(r.Missing), 1) }
	return cmp.Or(
		cmp.Compare(whole(a), whole(b)),
		b.Newest.Compare(a.Newest),
		cmp.Compare(b.Interviews, a.Interviews),
	)
}
