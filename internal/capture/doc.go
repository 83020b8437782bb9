// Package capture reads and writes the capture language: one line, one thing.
// Parse turns a line into an interview.Action, Format turns an action into a
// line that Parse reads as the same action. The package is pure: it does no I/O
// and has no clock, so what "friday" means comes in with the Context.
//
// A line is, in this order and all of it optional but the last: who said it
// (@Ana, @"Ana Ruiz"), themes (#invoices), and a mark with a text, a command,
// or a text alone. Marks and Commands list what there is; parsing, the label
// of the capture box, completion and help all read these two tables.
//
// Marks count in full width as well (asMark), and not directly in front of an
// amount where they say more, less or about (isAmount). Which quotation marks open
// and close a quote is closersOf; opensQuote tells them from apostrophes.
//
// # Text
//
// A text is kept byte for byte, without the blanks at its ends and what cannot be
// seen in front of a line, with these exceptions:
//
//   - A theme is a # at the beginning of a word, followed by a letter. Themes
//     in front of the mark (or of a text without one) and a run of them at the
//     end are taken out. Anywhere else, and directly behind a mark, a theme is
//     part of the sentence: the word stays, without its #. A text that is
//     nothing but themes keeps their words.
//   - A quote loses the closing quotation mark at its end, if it is the partner of
//     the one in front and does not close an inner quotation: "he said "no" keeps
//     it. What only begins with something in quotes keeps both: "no" was all he said.
//   - A backslash takes away the meaning of what follows it, and is itself taken
//     out: in front of everything before a mark, @, # or another backslash;
//     inside a text before a quotation mark, before # and @ where a word begins,
//     and in a promise before a word of a day. Two backslashes there stand for one.
//     Any other backslash is text, so that C:\temp and \\server\files within a
//     sentence stay as they are.
//
// The text of a command has no themes and nothing to escape: it is kept byte
// for byte. Of the commands, /problem and /route read theirs like a line.
//
// # Promises
//
// Who keeps a promise (@tom) leaves the text when he stands at its beginning or
// at its end. In the middle of the sentence, and at its end behind a word like
// "to", "for" or "with", somebody is named but does not keep it: the name stays
// in the text, without its @. Without any @ the words in front say who it is: the
// longest name that is known, a pronoun, the customer; subjectOf has the rules, and
// what they leave open is an [interview.SideDoubt]. A backslash in front keeps such
// words text.
//
// "due" or "by" and a day leave the text wherever they stand, when they say one
// day for certain; of several the last one counts. [hark/internal/capture/day] reads
// them.
//
// A day in doubt stays in the text, and [interview.DayDoubt] has what it can mean:
// two days, a stretch of time, a mistyped word, a day that is over, or one that
// nothing announces. Words behind "due" that say no day are a doubt without any
// day. Behind "by" stands much else: who does something, how, and how much. A
// time of day stays in the text as well, for a promise has none.
package capture
