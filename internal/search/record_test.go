package search

import (
	"testing"

	"pgregory.net/rapid"

	"hark/internal/plain"
)

// Whatever was typed comes back, from as little as is kept of it.
func TestTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[A-Za-z .,]{0,80}`), rapid.String(), rapid.Just("zero\x00 and\nnext")).Draw(t, "text")
		line := oneLine(plain.Fold(text))
		kept := appendTyped(nil, text, []byte(line))
		got, ok := typed(kept, []byte(line))
		if !ok || got != text {
			t.Fatalf("%q came back as %q, %t", text, got, ok)
		}
		if len(kept) > len(text)+1 {
			t.Fatalf("%q takes %d bytes", text, len(kept))
		}
	})
}

// What lies in a damaged record is refused or read, and nothing else happens.
func FuzzTyped(f *testing.F) {
	f.Add([]byte{byCapitals, 0, 4}, []byte("the whole friday batch"))
	f.Add([]byte{verbatim, 'a'}, []byte{})
	f.Add([]byte{byCapitals, 0xFF, 0xFF}, []byte("ab"))
	f.Fuzz(func(_ *testing.T, kept, line []byte) { _, _ = typed(kept, line) })
}
