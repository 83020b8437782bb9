package repair

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
	"hark/store"
	"hark/store/codec"
	"hark/store/internal/files"
)

// mostMissing is how many interviews are named of which something may be missing.
const mostMissing = 10

// recoverer makes a new notebook of what can still be read of a damaged one.
type recoverer struct {
	*recovered
	all     map[interview.ID]*remains
	history bool // all of the history was found, and so everything that was written
	derive  func(*document.Document) (interview.Summary, []byte)
	now     func() interview.Record // a record made now, by hark
	missing []string
	more    int // beyond mostMissing
}

// salvage makes a new notebook, in an unfinished file, of what can still be read of a damaged one.
// missing says in sentences what may be missing.
func (m *Maintainer) salvage(ctx context.Context, damaged string, in *files.Folder) (unfinished string, missing []string, err error) {
	from, err := files.OpenRegular(damaged, false)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = from.Close() }() // it was only read
	found, err := recoverFile(ctx, from, m.path)
	if err != nil {
		return "", nil, err
	}
	r := &recoverer{recovered: found, all: found.interviews(), history: found.whole(codec.Log), derive: m.Derive, now: func() interview.Record {
		return interview.Record{Kind: interview.Merged, Label: "put together from a damaged notebook", At: m.now(), Author: "hark"}
	}}
	if len(r.all) == 0 && r.totals == nil {
		return "", nil, files.NotANotebook(m.path)
	}
	loose, err := store.Fill(in, store.LastID(m.path)) // what it says itself counts more
	if err != nil {
		return "", nil, err
	}
	defer in.Discard(loose)
	to := store.Private(in.Join(loose))
	if err := to.Update(ctx, r.begin); err != nil {
		return "", nil, err
	}
	ids := slices.SortedFunc(maps.Keys(r.all), func(a, b interview.ID) int { return bytes.Compare(a[:], b[:]) })
	const size = 100
	for n, batch := range slices.Collect(slices.Chunk(ids, size)) {
		storage.At(ctx, "recovered interviews", n*size, len(ids))
		err := to.Update(ctx, func(t *store.Tx) error {
			for _, id := range batch {
				if err := r.put(t, id, r.all[id]); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return "", nil, err
		}
	}
	// In a file that is written in the order of its keys every page is left half full.
	unfinished, err = to.Compact(ctx, in)
	return unfinished, r.whatIsMissing(), err
}

// begin puts what is known of the notebook as a whole.
func (r *recoverer) begin(t *store.Tx) error {
	for _, key := range []string{codec.KeyNotebook, codec.KeyCreated} {
		if value, ok := r.meta(key); ok {
			if err := t.Meta.Put([]byte(key), value); err != nil {
				return err
			}
		}
	}
	if r.totals != nil {
		t.Totals.Revision = r.totals.Revision
	}
	for _, one := range r.all {
		if one.header != nil {
			t.Totals.Revision = max(t.Totals.Revision, one.header.Revision)
		}
		if n := len(one.log); n > 0 {
			t.Totals.Revision = max(t.Totals.Revision, one.log[n-1].Revision)
		}
	}
	t.Changed = true
	return nil
}

// put puts one interview.
func (r *recoverer) put(t *store.Tx, id interview.ID, found *remains) error {
	h := codec.Header{ID: id}
	if found.header != nil {
		h = *found.header
	}
	h.Items = codec.Tally{}
	if h.Erased {
		return t.PutHeader(h)
	}
	doc, folded, complete := found.document(id, r.history)
	if doc.Len() == 0 {
		return nil // a draft, or a header, of nothing
	}
	sum, text := r.derive(doc)
	if !complete && !r.history {
		r.lacks(sum)
	}
	if len(found.log) > 0 {
		h.Revision = found.log[len(found.log)-1].Revision
	}
	for rev, entry := range found.entries {
		if err := t.Log.Put(codec.LogKey(id, rev), entry); err != nil {
			return err
		}
	}
	// What the history lacks is told at its end. Undo passes over that.
	if change := difference(folded, doc); len(change) > 0 || len(found.log) == 0 {
		rec := r.now()
		rec.Change = change
		t.Totals.Revision++
		h.Revision = t.Totals.Revision
		if err := t.Log.Put(codec.LogKey(id, h.Revision), codec.EncodeRecord(rec)); err != nil {
			return err
		}
	}
	var items []document.ID
	for _, it := range doc.Items() {
		items = append(items, it.ID)
	}
	if err := cmp.Or(t.PutItems(&h, doc, items), t.PutDerived(&h, sum, text)); err != nil {
		return err
	}
	if len(found.draft) > 0 {
		if err := t.Drafts.Put(id[:], found.draft); err != nil {
			return err
		}
	}
	return t.PutHeader(h)
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
func (r *recoverer) lacks(sum interview.Summary) {
	if len(r.missing) == mostMissing {
		r.more++
		return
	}
	sentence := "An interview has lost its beginning, and with it the customer's name."
	if sum.Customer != "" {
		sentence = fmt.Sprintf("The interview with %s on %s may lack some of what was written.",
			files.Shown(sum.Customer), sum.StartedAt.Format(files.DayLayout))
	}
	r.missing = append(r.missing, sentence)
}

// whatIsMissing says what may be missing, as far as that can be known.
func (r *recoverer) whatIsMissing() []string {
	missing := r.missing
	if r.more > 0 {
		missing = append(missing, fmt.Sprintf("So may %d more.", r.more))
	}
	switch {
	case !r.whole(codec.Interviews) && !r.history:
		missing = append(missing, "Part of the file cannot be read at all, so more may be missing than is known.")
	case !r.history:
		missing = append(missing, "Everything that was written is there, but undo may not reach back everywhere.")
	}
	if !r.whole(codec.Drafts) {
		missing = append(missing, "What was typed and not yet entered may be missing.")
	}
	return slices.Clip(missing)
}
