// Package document keeps versioned items that can always be merged.
//
// A document is a set of items. What an item says is an immutable version,
// named by a dot: the incarnation of the notebook that wrote it and a counter.
// A put replaces the versions its writer had seen, and those only. Versions
// that did not see each other both stay, as siblings, until a later put has
// seen both. The document remembers every dot it has ever seen, in a version
// vector and the gaps in it, which is how a merge tells "not here yet" from "was
// replaced here".
//
// Merging is commutative, associative and idempotent. Clocks order the display
// and nothing else.
//
// The scheme is that of dotted version vectors with an optimised observed-remove
// set (Preguiça and others, 2010; Bieniusa and others, 2012).
//
// The package knows nothing of interviews and does no I/O.
package document
