// Package export writes interviews for others: as Markdown, HTML and CSV, through templates, as the
// recap for the customer, the digest for a department and a calendar of promises; as plain text for
// the seller's terminal; and the questions of a playbook as a card. All of it is pure: the same
// interview gives the same bytes.
//
// Text is for the seller alone. Everything else is handed on and follows what the customer allowed:
//
//   - quoted by name: quotes stand in “ ” with the name of who said them;
//   - by role, and also while nobody has asked: quotes stand in “ ” with the role ("foreman", or
//     "customer" where it is unknown), and nobody on the customer's side is named;
//   - not at all: quotes are left out, and so is every earlier wording of a problem. Its current wording
//     stands without quotation marks and without attribution, since nothing could be worked on otherwise.
//
// Where people may not be named, names are also replaced, by roles in brackets, in what says who does
// what: who bears a problem, who does which part of a solution, the promises, and in themes. Other text
// is never changed, so that a name within a line stays there, and so does a word that can be a name or
// something else; Still says whose. People on the seller's side are always named.
//
// Quotation marks mean that these words were said. The wording of a problem has them only if a
// quote that shows the problem says so, if the customer corrected it to that, or said yes to it.
package export
