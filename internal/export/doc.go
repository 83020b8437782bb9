// Package export writes interviews down for others: as a JSON document that
// holds everything and can be read back, as Markdown, HTML and CSV for
// colleagues, through templates, as the recap for the customer and the digest for
// a department, and as plain text for a terminal. All of it is pure: the same
// interview gives the same bytes.
//
// The JSON document is the notebook's own record, with names and every word as
// it was kept, so that it can be read back, and Text is for the seller alone. All
// else is for passing on and does what the customer allowed:
//
//   - quoted by name: quotes stand in “ ” with the name of who said them;
//   - by role, and also while nobody asked: quotes stand in “ ” with the role
//     ("foreman", or "customer" where it is not known), and nobody on their side
//     is named;
//   - not at all: quotes are left out, and so is every earlier wording of a
//     problem; how a problem is worded today stands without quotation marks and
//     without saying who put it so, since nothing could be worked on otherwise.
//
// Where nobody is to be named, that goes for what says who does what too: who
// bears a problem, who does which part of a solution, the promises. Other words
// are never changed, so a name that somebody said inside a line stays in it;
// StillNamed says whose. People on our own side are named always.
//
// Quotation marks mean that these words were said: a problem's wording has them
// only if a quote that shows the problem says it, the customer corrected it to
// that, or said yes to it.
package export
