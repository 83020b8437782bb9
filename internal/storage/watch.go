package storage

import "context"

// Watch is told what takes long, by calls that get it in their context. Several goroutines may call
// its functions at once, and they must return at once. Either may be nil.
type Watch struct {
	// Waiting is called when a call has waited for a second for the notebook, or for another file. who
	// names those who have it, as far as that is known: "hark (process 4242)", "another program".
	Waiting func(who string)
	// At is called now and then with what was done of a total: "checked pages", 200, 5000. A total of 0
	// is not known.
	At func(what string, done, total int)
}

// watchKey is the context key of a Watch.
type watchKey struct{}

// WithWatch returns a context in which calls tell w what takes long.
func WithWatch(ctx context.Context, w Watch) context.Context {
	return context.WithValue(ctx, watchKey{}, w)
}

// Waiting tells the watch of a context, if there is one, that a call waits for who.
func Waiting(ctx context.Context, who func() string) {
	if w, ok := ctx.Value(watchKey{}).(Watch); ok && w.Waiting != nil {
		w.Waiting(who())
	}
}

// At tells the watch of a context, if there is one, how far a call has come.
func At(ctx context.Context, what string, done, total int) {
	if w, ok := ctx.Value(watchKey{}).(Watch); ok && w.At != nil {
		w.At(what, done, total)
	}
}
