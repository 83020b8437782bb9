// Package document holds versioned items that can always be merged.
//
// A document is a set of items. The content of an item is an immutable version, named by a dot: the
// incarnation of the notebook that wrote it and a counter. A put replaces the versions that its
// writer had seen, and only those. Concurrent versions both stay until a later put has seen both.
// The document remembers every dot that it has ever seen, in a version vector and the gaps in it.
// From that a merge tells "not seen yet" from "replaced". Merging is commutative, associative and
// idempotent. Clocks determine the display order and nothing else.
//
// The scheme is that of dotted version vectors with an optimised observed-remove set (Preguiça and
// others, 2010; Bieniusa and others, 2012). The package knows nothing of interviews and does no
// I/O.
package document
