// Package insight looks back over many interviews: which themes come up at how
// many customers, what a customer has told us already, what was promised and
// carried to whom, who advises us and what we owe them.
//
// It works on summaries alone, so that no interview has to be read for it, and it is pure: the same
// summaries give the same answer, in whatever order they come. Discarded interviews are left out.
// Every figure says what is behind it: the interview, and the number of the problem or line in it.
// Nothing is a score.
//
// What it returns is as it was said and typed; make it safe on its way out.
package insight
