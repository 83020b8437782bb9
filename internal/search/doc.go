// Package search holds what searching needs to know of an interview: the query language, the text
// record that is stored with each interview, and the matching of one with the other.
//
// Words are matched folded (plain.Fold) and at their beginning, in any order.
package search
