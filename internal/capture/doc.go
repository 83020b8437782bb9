// Package capture reads and writes the capture language: one line, one thing.
// Parse turns a line into an interview.Action, Format turns an action into a
// line that Parse reads as the same action. The package is pure: it does no I/O
// and has no clock, so what "friday" means comes in as a parameter.
//
// A line is, in this order and all of it optional but the last: who said it
// (@Ana, @"Ana Ruiz"), themes (#invoices), and a sigil with a text, a command,
// or a text alone. Sigils and Commands list what there is; parsing, the label
// of the capture box, completion and help all read these two tables.
//
// # Text
//
// A text is kept byte for byte, without the blanks at its ends, with these
// exceptions:
//
//   - A theme is a # at the beginning of a word, followed by a letter. Themes
//     in front of the sigil (or of a text without one) and a run of them at the
//     end are taken out. Anywhere else, and directly behind a sigil, a theme is
//     part of the sentence: the word stays, without its #. A text that is
//     nothing but themes keeps their words.
//   - A quote loses one closing quotation mark at its end, unless that mark
//     closes an inner quotation: "he said "no" keeps it.
//   - A backslash takes away the meaning of what follows it, and is itself taken
//     out: in front of everything before a sigil, @, # or another backslash;
//     inside a text before a quotation mark, before # and @ where a word begins,
//     and in a promise before "due" and "by". Two backslashes there stand for one. Any
//     other backslash is text, so that C:\temp and \\server\files within a
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
// in the text, without its @.
//
// "due" or "by" and a day leave the text when they stand at its end, give or
// take an owner and themes. A weekday is the next such day after today, "last
// friday" the one before it; "next week" is the Friday of next week; a day and
// month without a year is the next such day from today on. Words after "due"
// look like a date when every one of them can be part of one (a number, a month,
// a weekday, "in", "the" and the like) and one of them says so for certain: a
// month, a weekday, yesterday, today, tomorrow, a number of days, weeks or
// months, numbers joined like 2026-12-03, 3.12. or 3/12, or nothing but a number
// from 1 to 31. What looks like a date and is none is an error; everything else
// is text, as in "pay the fee due" or "say what was due yesterday". Behind "by"
// only what can be nothing but a day counts: "cut the scrap by 15" stays text.
package capture
