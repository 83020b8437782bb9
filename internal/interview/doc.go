// Package interview is the domain of hark: a discovery meeting in which the customer's problems are
// written down in the customer's words, weighed, and played back until the customer says yes.
// Solutions can be added only then.
//
// An interview is a document of versioned items (package document). Fold reads a document as the
// types of the domain. Every change is an Action, and Apply alone decides what an action does. The
// gate between listening and solving is part of Apply, so that every front end obeys it.
//
// The package does no I/O. Time, author and random IDs come with the Stamp.
package interview
