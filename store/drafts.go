package store

import (
	"context"
	"slices"
	"strings"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
)

// A draft belongs to the window that it is typed in, which is one opening of the notebook. The
// record of an interview in the bucket drafts holds those of all windows.

// DraftsOf returns the drafts of an interview. The error wraps storage.ErrNotFound when there is no
// such interview.
func (t *Tx) DraftsOf(id interview.ID) ([]codec.Draft, codec.Header, error) {
	h, err := t.existing(id)
	if err != nil {
		return nil, h, err
	}
	value, err := t.Drafts.Get(id[:])
	if err != nil {
		return nil, h, err
	}
	all, err := codec.NewDecoder(codec.Drafts).Drafts(value)
	return all, h, err
}

// putDrafts stores the drafts of an interview; none removes the record.
func (t *Tx) putDrafts(h codec.Header, all []codec.Draft) error {
	switch {
	case len(all) == 0:
		return t.Drafts.Remove(h.ID[:])
	case h.Erased:
		return errErased
	}
	return t.Drafts.Put(h.ID[:], codec.EncodeDrafts(all))
}

// Draft returns what is to stand in the capture box of an interview, "" for nothing: what this
// window left there, and behind that what windows left there that are gone. From then on those are
// this window's: what it stores next stands for them. The error wraps storage.ErrNotFound when
// there is no such interview.
func (s *Store) Draft(ctx context.Context, id interview.ID) (string, error) {
	var texts []string
	var taken []codec.Draft
	err := s.View(ctx, func(t *Tx) error {
		all, _, err := t.DraftsOf(id)
		for _, d := range all {
			switch {
			case d.Window == s.Window():
				texts = append(texts, d.Text)
			case !s.lives(d.Window):
				texts, taken = append(texts, d.Text), append(taken, d)
			}
		}
		return err
	})
	if err != nil {
		return "", err
	}
	s.window.take(id, taken)
	return strings.Join(texts, storage.BetweenDrafts), nil
}

// SetDraft stores what is in the capture box of an interview in this window; "" removes it. The
// error wraps storage.ErrNotFound when there is no such interview.
func (s *Store) SetDraft(ctx context.Context, id interview.ID, text string) error {
	return s.Update(ctx, func(t *Tx) error { return t.setDraft(id, text) })
}

// setDraft is SetDraft within a transaction.
func (t *Tx) setDraft(id interview.ID, text string) error {
	w := &t.store.window
	own, taken := t.store.Window(), w.tookOver(id)
	all, h, err := t.DraftsOf(id)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d codec.Draft) bool { return d.Window == own || slices.Contains(taken, d) })
	if text != "" {
		w.open(t.store.path)
		all = append(all, codec.Draft{Window: own, Text: text})
	}
	return t.putDrafts(h, all)
}

// LeaveDraft stores what another window had in the capture box when it ended, unless what is stored
// of it says as much. "" removes it. The error wraps storage.ErrNotFound when there is no such
// interview.
func (s *Store) LeaveDraft(ctx context.Context, id interview.ID, window document.ID, text string) error {
	return s.Update(ctx, func(t *Tx) error {
		all, h, err := t.DraftsOf(id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(d codec.Draft) bool { return d.Window == window })
		switch {
		case i >= 0 && text == "":
			all = slices.Delete(all, i, i+1)
		case i >= 0 && !strings.Contains(all[i].Text, text):
			all[i].Text = text
		case i < 0 && text != "":
			all = append(all, codec.Draft{Window: window, Text: text})
		}
		return t.putDrafts(h, all)
	})
}
