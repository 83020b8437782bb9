package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hark/internal/document"
	"hark/internal/interview"
)

// A draft belongs to the window that it is typed in, which is one opening of the notebook. The record
// of an interview in the bucket drafts holds those of all windows.

// draft is what one window has, or had, in its capture box.
type draft struct {
	window document.ID // zero when it was stored before windows were told apart
	text   string
}

// draftsFormat begins the record of an interview's drafts. No text begins so: a record without it is
// the text of one draft, as it was stored before windows were told apart.
const draftsFormat = 0xff

// leastDraft is the fewest bytes that a draft takes.
const leastDraft = idSize + 2

func encodeDrafts(all []draft) []byte {
	b := []byte{draftsFormat}
	for _, d := range all {
		b = appendText(append(b, d.window[:]...), d.text)
	}
	return b
}

// drafts reads the value of a record in the bucket drafts; nil is none.
func (d *decoder) drafts(value []byte) ([]draft, error) {
	switch {
	case len(value) == 0:
		return nil, nil
	case value[0] != draftsFormat:
		return []draft{{text: string(value)}}, nil
	}
	d.startIn(draftsFormat, value)
	all := make([]draft, 0, len(d.rest)/leastDraft)
	for d.err == nil && len(d.rest) > 0 {
		var one draft
		copy(one.window[:], d.take(uint64(idSize)))
		one.text = d.text()
		all = append(all, one)
	}
	return all, d.done()
}

// draftsOf returns the drafts of an interview. The error wraps storage.ErrNotFound when there is no
// such interview.
func (t *transaction) draftsOf(id interview.ID) ([]draft, header, error) {
	h, found, err := t.header(id)
	if err != nil || !found {
		return nil, h, cmp.Or(err, notFound(id))
	}
	value, err := t.drafts.get(id[:])
	if err != nil {
		return nil, h, err
	}
	all, err := newDecoder(bucketDrafts).drafts(value)
	return all, h, err
}

// putDrafts stores the drafts of an interview; none removes the record.
func (t *transaction) putDrafts(h header, all []draft) error {
	switch {
	case len(all) == 0:
		return t.drafts.remove(h.id[:])
	case h.erased:
		return errErased
	}
	return t.drafts.put(h.id[:], encodeDrafts(all))
}

// Draft returns what is to stand in the capture box of an interview, "" for nothing: what this window
// left there, and behind what windows left there that are gone. From then on those are this window's:
// what it stores next stands for them. The error wraps storage.ErrNotFound when there is no such
// interview.
func (s *Store) Draft(ctx context.Context, id interview.ID) (string, error) {
	var texts []string
	var taken []draft
	err := s.view(ctx, func(t *transaction) error {
		all, _, err := t.draftsOf(id)
		for _, d := range all {
			switch {
			case d.window == s.Window():
				texts = append(texts, d.text)
			case !s.lives(d.window):
				texts, taken = append(texts, d.text), append(taken, d)
			}
		}
		return err
	})
	if err != nil {
		return "", err
	}
	s.window.take(id, taken)
	return strings.Join(texts, "\n"), nil
}

// SetDraft stores what is in the capture box of an interview in this window; "" removes it. The
// error wraps storage.ErrNotFound when there is no such interview.
func (s *Store) SetDraft(ctx context.Context, id interview.ID, text string) error {
	return s.update(ctx, func(t *transaction) error { return t.setDraft(id, text) })
}

// setDraft is SetDraft within a transaction.
func (t *transaction) setDraft(id interview.ID, text string) error {
	w := &t.store.window
	own, taken := t.store.Window(), w.tookOver(id)
	all, h, err := t.draftsOf(id)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d draft) bool { return d.window == own || slices.Contains(taken, d) })
	if text != "" {
		w.open(t.store.path)
		all = append(all, draft{own, text})
	}
	return t.putDrafts(h, all)
}

// LeaveDraft stores what another window had in the capture box when it ended, unless what is stored
// of it says as much. "" removes it. The error wraps storage.ErrNotFound when there is no such
// interview.
func (s *Store) LeaveDraft(ctx context.Context, id interview.ID, window document.ID, text string) error {
	return s.update(ctx, func(t *transaction) error {
		all, h, err := t.draftsOf(id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(d draft) bool { return d.window == window })
		switch {
		case i >= 0 && text == "":
			all = slices.Delete(all, i, i+1)
		case i >= 0 && !strings.Contains(all[i].text, text):
			all[i].text = text
		case i < 0 && text != "":
			all = append(all, draft{window, text})
		}
		return t.putDrafts(h, all)
	})
}
