//go:build !unix

package foreign

// special are the targets that are no ordinary files; there are none here.
func special() []target { return nil }
