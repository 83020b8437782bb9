package notebook

import (
	"context"
	"errors"
	"fmt"

	"hark/internal/interview"
	"hark/internal/search"
	"hark/internal/storage"
)

// Search returns the passages that a query finds (see search.Parse): those of the newest interviews
// first, at most limit of them, or all when limit is 0. The error is a *search.QueryError when the
// query cannot be understood.
func (n *Notebook) Search(ctx context.Context, query string, limit int) ([]search.Hit, error) {
	q, err := search.Parse(query, n.now())
	if err != nil || q.Empty() {
		return nil, err
	}
	var (
		hits   []search.Hit
		broken error
	)
	err = n.store.Candidates(ctx, q.Words(), func(id interview.ID, record []byte) bool {
		found, err := q.Hits(id, record, n.now().Location())
		if err != nil {
			broken = fmt.Errorf("%w: %w", storage.ErrDamaged, err)
		}
		hits = append(hits, found...)
		return err == nil && (limit == 0 || len(hits) < limit)
	})
	if err := errors.Join(err, broken); err != nil {
		return nil, err
	}
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	return hits, nil
}

// Index does one step of what makes searching faster, and reports whether there was one: then there
// may be more. A step takes up to a second, in which others can write.
func (n *Notebook) Index(ctx context.Context) (bool, error) { return n.store.Index(ctx) }
