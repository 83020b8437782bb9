// Package show draws the things of an interview as lines of text, the same on every screen. It
// makes safe whatever a person typed.
package show
