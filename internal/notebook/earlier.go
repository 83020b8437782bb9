package notebook

import (
	"context"
	"sync"

	"hark/internal/insight"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
)

// Earlier returns what the customer of an interview told us in the meetings before it, so that
// nobody asks them again. The result has no interviews when there was none. The error is the
// store's.
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

// metPeople returns the people of the meetings before an interview, as the last call of Earlier
// found them; ok is false when there was no call.
func (n *Notebook) metPeople(id interview.ID) (people []insight.Person, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	people, ok = n.met[id]
	return people, ok
}

// earlierPeople returns the person whom a name means among the people of earlier meetings. They are
// read when the first name is asked for.
type earlierPeople func(name string) (interview.PersonSummary, bool)

func earlierAmong(people func() []insight.Person) earlierPeople {
	read := sync.OnceValue(people)
	return func(name string) (interview.PersonSummary, bool) {
		p, ok := insight.PersonCalled(read(), name)
		return interview.PersonSummary{Name: p.Name, Role: p.Role, Side: p.Side}, ok
	}
}

// earlierIn reads the people of earlier meetings inside a transaction. An error is stored in
// failed.
func earlierIn(s storage.Stored, iv *interview.Interview, failed *error) earlierPeople {
	return earlierAmong(func() []insight.Person {
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

// MetBefore returns the people of the meetings before an interview, as the last call of Earlier found
// them, or else as they are now. For a notebook in use it waits as long as a write does, then
// nobody is known.
func (n *Notebook) MetBefore(ctx context.Context, iv *interview.Interview) []insight.Person {
	if people, ok := n.metPeople(iv.ID); ok {
		return people
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	earlier, _ := n.Earlier(ctx, iv) // an unknown name then becomes somebody new
	return earlier.People
}

// earlierWhileJournalling reads the people of earlier meetings although the store takes no writes.
func (n *Notebook) earlierWhileJournalling(ctx context.Context, iv *interview.Interview) earlierPeople {
	return earlierAmong(func() []insight.Person { return n.MetBefore(ctx, iv) })
}
