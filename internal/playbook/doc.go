// Package playbook reads and writes playbooks as Markdown, and finds them: the built-in ones and
// those in the user's own folder.
//
// # What a playbook looks like
//
//	# Listen first
//
//	When to use it, in a sentence or two.
//
//	## The problem in their words
//
//	- What is getting in your way?
//	  - When was the last time?
//
//	## Play it back [playback]
//
// A mark in square brackets at the end of a heading says what a stage is for: [playback],
// [solution] or [only you].
//
// # How other guides are read
//
// A discovery guide that a team already has should work as it is, so [Read] takes far more than
// that. These are its rules:
//
//   - The name is the heading that says so ("Interview guide", "Discussion
//     guide" and the like, at the top level); else the only heading of the top
//     level; else the first of several, unless it looks like a stage, having a
//     question, a time or a mark. A file without one is named after its ID.
//   - What comes before a heading like "Interview guide" is the plan behind
//     it: a first stage for the seller alone, all of it notes.
//   - Every other heading begins a stage, at whatever level. One that has
//     deeper headings beneath it and no question of its own gives its words and
//     notes to the first stage beneath it. A heading under a marked one has its
//     mark. Where nothing else is a heading, a paragraph all in bold is one.
//   - A time in brackets at the end of a heading, "(5 min)", is a note.
//   - Each item of a list is a question; bullets, numbers and boxes to tick
//     make no difference, nor does a list set in so far that Markdown takes it
//     for code. Items beneath it, set further in by even one blank, are its
//     probes, at whatever depth.
//   - But an item that says something ("We are testing the design, not you"),
//     gives an address or is a blank to fill in ("Role: [Job title]") is a
//     note, unless it begins with "Q:". One that leads up to questions beneath
//     it ("Once they begin:") is a note too, and those are the questions. What
//     is below "Probes:" probes the question above.
//   - A paragraph that ends in a question mark is a question, and so is one
//     that begins with "Q:" or with "Tell me …" and the like. A list straight
//     beneath it holds its probes. A paragraph in which lines end in question
//     marks is several.
//   - Other paragraphs, rows of tables, quotations and code are notes. They
//     belong to the stage when they stand before its first question or after
//     its last, and otherwise to the question that follows. Further paragraphs
//     of an item, and an "A:" beneath a "Q:", are notes of that question.
//   - Before the first stage, text is About, and list items go to a stage
//     called "Questions".
//   - Emphasis, code marks, links and HTML tags leave their text; escapes and
//     entities are resolved; blanks are run together. Every text of a playbook
//     is one line.
//   - Comments, front matter, rules and link targets are ignored.
//   - A backslash takes its character literally, here as everywhere in hark:
//     "\[playback\]" is no mark, "\?" asks nothing.
//   - Playing back and working it out are always there: a stage called
//     "Playback" or "Solution" (or one of their few other names) has that mark
//     without saying so, and a stage that is missing altogether is added.
//
// The [Report] of a reading says how each line was understood.
package playbook
