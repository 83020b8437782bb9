// Package storage is the port between a notebook and whatever stores it: what a notebook needs of a
// store, of its journal and of its maintenance, and the errors that they wrap. It holds no code
// that stores anything.
package storage
