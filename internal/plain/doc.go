// Package plain makes text safe for each output of hark.
//
// What people say, paste and import is stored as it came. Before it reaches a terminal, a Markdown,
// HTML, CSV or JSON file, or a file name, it passes through one function of this package. In the
// result nothing is active for that output and nothing is hidden. Characters that could be either
// are written out visibly: as a control picture such as ␛, or as the number of the character, as in
// \u{202E}, or of the byte, as in \x9B.
//
// Ordinary writing passes unchanged in every script: accents, Arabic and Hebrew letters,
// ideographs, vowel signs, joiners where the script needs them, and emoji.
//
// The package also folds text for searching, and measures and wraps it as the screen does.
package plain
