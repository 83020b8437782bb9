// Package interview is the domain of hark: a discovery meeting in which the
// customer's problems are written down in the customer's words, weighed, and
// played back until the customer says yes. Only then can solutions be kept.
//
// An interview is a document of versioned items (package document), folded into
// the field's own terms by Fold. All that happens to it is an Action, and Apply
// is the one place that says what an action does. The gate between listening
// and solving lives here, so every way in obeys it.
//
// The package is pure: it does no I/O, and time, author and randomness come
// with the Stamp.
package interview
