// Package plain makes text safe for each way out of hark.
//
// What people say, paste and import is kept as it came. Before it reaches a
// terminal, a Markdown, HTML, CSV or JSON file, or the name of a file, it goes
// through one function of this package, and comes out so that nothing in it is
// active there and nothing in it is hidden. Characters that could do either are
// written out where a reader can see them: a control picture such as ␛, or the
// number of the character, as in \u{202E}, or of the byte, as in \x9B.
//
// Ordinary writing passes unchanged, whatever the script: accents, Arabic and
// Hebrew letters, ideographs, vowel signs, joiners where the script needs them,
// and emoji.
//
// The package also folds text for searching, and measures and wraps it as the
// screen does.
package plain
