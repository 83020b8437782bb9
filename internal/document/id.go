package document

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ID identifies a document or an item: 128 bits, random or derived from other IDs. Its text form is
// 26 characters of lower-case base32. It contains no time. A short prefix is enough to tell IDs
// apart.
type ID [16]byte

// IDLength is the number of characters of the text form.
const IDLength = 26

// ErrID is wrapped by errors about text that is no ID.
var ErrID = errors.New("not an ID")

// NewID draws an ID from random, which must be a source of random bytes.
func NewID(random io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return ID{}, fmt.Errorf("drawing an ID: %w", err)
	}
	return id, nil
}

// DerivedID returns the ID derived from the given parts, always the same for the same parts. Two
// writers that concurrently create the same single thing, such as the impact of one problem,
// therefore create one item.
func DerivedID(parts ...string) ID {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d:%s", len(p), p) // a hash never fails to write
	}
	var id ID
	copy(id[:], h.Sum(nil))
	return id
}

// written is base32 without padding: 26 characters for the 128 bits of an ID.
func written() *base32.Encoding { return base32.StdEncoding.WithPadding(base32.NoPadding) }

// ParseID parses an ID in the form of String: lower case, with zeros in the two spare bits of the
// last character. The error wraps ErrID.
func ParseID(s string) (ID, error) {
	const noSpareBits = "aeimquy4" // these characters end in two zero bits
	var id ID
	good := len(s) == IDLength && strings.ToLower(s) == s && strings.Contains(noSpareBits, s[IDLength-1:])
	if good {
		n, err := written().Decode(id[:], []byte(strings.ToUpper(s)))
		good = err == nil && n == len(id) // Decode skips line breaks
	}
	if !good {
		return ID{}, fmt.Errorf("%q: %w", s, ErrID)
	}
	return id, nil
}

// String returns the ID as 26 characters of lower-case base32.
func (id ID) String() string { return string(id.append(make([]byte, 0, IDLength))) }

func (id ID) append(b []byte) []byte {
	at := len(b)
	b = written().AppendEncode(b, id[:])
	for i := range b[at:] {
		b[at+i] |= 'a' - 'A' // the digits 2 to 7 have this bit already
	}
	return b
}

// shortLength is the number of characters of an ID in lists, enough to tell a hundred thousand IDs
// apart.
const shortLength = 7

// Short returns the prefix of the ID that lists show.
func (id ID) Short() string { return id.String()[:shortLength] }

// IsZero reports whether id is the zero ID, which identifies nothing.
func (id ID) IsZero() bool { return id == ID{} }

// MarshalText implements encoding.TextMarshaler; the zero ID is empty text.
func (id ID) MarshalText() ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id.append(make([]byte, 0, IDLength)), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = ID{}
		return nil
	}
	parsed, err := ParseID(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}
