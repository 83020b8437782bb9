package notebook

import (
	"context"
	"sync"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// Earlier returns what the customer of an interview told us in the meetings before
// it, so that nobody asks them again; without interviews when there was none. The
// error is the store's.
func (n *Notebook) Earlier(ctx context.Context, iv *interview.Interview) (insight.Customer, error) {
	var theirs []interview.Summary
	err := n.withJournalled(
		func(s interview.Summary) bool { return plain.FoldName(s.Customer) == plain.FoldName(iv.Customer) },
		func(yield func(interview.Summary) bool) error { return n.store.OfCustomer(ctx, iv.Customer, yield) },
		func(s interview.Summary) bool {
			theirs = append(theirs, s)
			return true
		},
	)
	if err != nil {
		return insight.Customer{}, err
	}
	earlier := insight.CustomerBefore(iv, theirs)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.met[iv.ID] = earlier.People
	return earlier, nil
}

// metPeople are the people of the meetings before an interview, as Earlier found
// them last; ok is false when it was never asked.
func (n *Notebook) metPeople(id interview.ID) (people []insight.Person, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	people, ok = n.met[id]
	return people, ok
}

// called tells whom a name means among the people of earlier meetings. They are
// read at the first name.
type called func(name string) (interview.PersonSummary, bool)

func calledAmong(people func() []insight.Person) called {
	read := sync.OnceValue(people)
	return func(name string) (interview.PersonSummary, bool) {
		p, ok := insight.PersonCalled(read(), name)
		return interview.PersonSummary{Name: p.Name, Role: p.Role, Side: p.Side}, ok
	}
}

// calledIn is what called is inside a transaction. What goes wrong is put into
// failed.
func calledIn(s storage.Stored, iv *interview.Interview, failed *error) called {
	return calledAmong(func() []insight.Person {
		var theirs []interview.Summary
		for one, err := range s.SameCustomer {
			if err != nil {
				*failed = err
				return nil
			}
			theirs = append(theirs, one)
		}
		return insight.CustomerBefore(iv, theirs).People
	})
}

// calledJournalled is what called is when an action goes into the journal: as far as it can
// still be read, or was before.
func (n *Notebook) calledJournalled(ctx context.Context, iv *interview.Interview) called {
	return calledAmong(func() []insight.Person {
		people, ok := n.metPeople(iv.ID)
		if ok {
			return people
		}
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		earlier, _ := n.Earlier(ctx, iv) // without it, they are taken for somebody new
		return earlier.People
	})
}
