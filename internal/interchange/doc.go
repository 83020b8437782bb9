// Package interchange writes an interview as JSON and reads it in again.
//
// The JSON of one interview has two parts. The fields for people and other programs (Interview)
// come from Shown, or from Listed for a list. The document (Document) is what the notebook stores,
// with its history; Exported adds it, and Read gives it back. Everything in the first part follows
// from the second, so Read takes the ID and the document and ignores the rest: a field added by a
// later version, or changed by hand, makes no difference.
//
// JSON holds names and every word as entered, whatever the customer allowed. Package export applies
// consent to what is handed on.
package interchange
