package notebook

import (
	"context"
	"errors"

	"hark/internal/interview"
	"hark/internal/storage"
)

// Draft returns what was left in the capture box of an interview.
func (n *Notebook) Draft(ctx context.Context, id interview.ID) (string, error) {
	if text, ok := n.draft(id); ok {
		return text, nil
	}
	_, standing := n.journalledOf(id)
	if standing.Interview == nil {
		return n.store.Draft(ctx, id)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	text, err := n.store.Draft(ctx, id)
	if err != nil {
		return "", nil //nolint:nilerror // there may be one that cannot be read now; it stays where it is
	}
	return text, nil
}

// SetDraft stores what is in the capture box, in the notebook or in the journal; "" removes it.
func (n *Notebook) SetDraft(ctx context.Context, id interview.ID, text string) error {
	if err := n.takeTurn(ctx); err != nil {
		return err
	}
	defer n.endTurn()
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := n.settle(wait)
	if err == nil {
		err = n.store.SetDraft(wait, id, text)
	}
	if err == nil || errors.Is(err, storage.ErrNotFound) || ctx.Err() != nil || n.journal == nil {
		return err
	}
	if err := n.keepWritten(err); err != nil {
		return err
	}
	return n.append(n.pendingDraft(id, text, err))
}

// pendingDraft is the journal entry of a draft; why is the store's error.
func (n *Notebook) pendingDraft(id interview.ID, text string, why error) interview.Pending {
	return interview.Pending{Interview: id, Draft: text, Window: n.store.Window(), Doubted: errors.Is(why, storage.ErrUnsynced)}
}

// draft returns the journalled draft of an interview; ok is false when there is none.
func (n *Notebook) draft(id interview.ID) (text string, ok bool) {
	journalled, _ := n.journalledOf(id)
	for _, p := range journalled {
		if p.IsDraft() {
			text, ok = p.Draft, true
		}
	}
	return text, ok
}
