package document

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

// ID names a document or an item: 128 bits, random or derived from other IDs.
// It is written as 26 characters of lower-case base32, leaks no time, and is
// told apart by a short beginning.
type ID [16]byte

// IDLength is how many characters a written ID has.
const IDLength = 26

// ErrID is wrapped by errors about text that is not an ID.
var ErrID = errors.New("not an ID")

// digits are the digits of base32, in the order of what they stand for.
const digits = "abcdefghijklmnopqrstuvwxyz234567"

// NewID draws an ID from random, which must be a source of random bytes.
func NewID(random io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return ID{}, fmt.Errorf("drawing an ID: %w", err)
	}
	return id, nil
}

// DerivedID returns the ID that belongs to the given parts: always the same
// for the same parts. Two writers that create the same singular thing beside
// each other (the impact of one problem, say) so create one item, not two.
func DerivedID(parts ...string) ID {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d:%s", len(p), p) // a hash never fails to write
	}
	var id ID
	copy(id[:], h.Sum(nil))
	return id
}

// ParseID reads an ID as String writes it. The error wraps ErrID.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != IDLength {
		return ID{}, fmt.Errorf("%q: %w", s, ErrID)
	}
	var bits, have uint // what was read and not written yet, and how many bits that are
	at := 0
	for i := range len(s) {
		digit := uint(s[i] - 'a')
		if c := s[i]; '2' <= c && c <= '7' {
			digit = uint(c-'2') + 26
		} else if c < 'a' || c > 'z' {
			return ID{}, fmt.Errorf("%q: %w", s, ErrID)
		}
		bits, have = bits<<5|digit, have+5
		if have >= 8 {
			have -= 8
			id[at] = byte(bits >> have)
			at++
		}
	}
	if bits&(1<<have-1) != 0 { // the last character carries three bits only
		return ID{}, fmt.Errorf("%q: %w", s, ErrID)
	}
	return id, nil
}

// String returns the ID as 26 characters of lower-case base32.
func (id ID) String() string {
	var written [IDLength]byte
	return string(id.append(written[:0]))
}

func (id ID) append(b []byte) []byte {
	var bits, have uint // what was read and not written yet, and how many bits that are
	for _, octet := range id {
		bits, have = bits<<8|uint(octet), have+8
		for have >= 5 {
			have -= 5
			b = append(b, digits[bits>>have&31])
		}
	}
	return append(b, digits[bits<<(5-have)&31])
}

// shortLength is how many characters of an ID lists show: enough to tell a
// hundred thousand of them apart.
const shortLength = 7

// Short returns the beginning of the ID that lists show.
func (id ID) Short() string { return id.String()[:shortLength] }

// IsZero reports whether id is the zero ID, which names nothing.
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
