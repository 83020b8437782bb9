package codec

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Values are laid out by hand: a byte that names the format, then the fields in a fixed order.
// Numbers are varints as in encoding/binary, except incarnations and checksums, which are random
// and take their 8 bytes; text and bodies have their length in front. A format that changes gets a
// new first byte.
const format = 1

// coder writes a value, or reads one. The layout of each value is described once, by a method that
// hands over its fields in their order: writing, the coder appends them to rest; reading, it fills
// them from rest.
//
// What it reads is a copy. It never panics: after the first thing that cannot be, it reads zeros,
// and done returns what was wrong.
type coder struct {
	writing bool
	rest    []byte // what was written, or what is left to read

	bucket string // the bucket that values are read from
	err    error
	brief  bool              // texts are passed over
	words  map[string]string // names and kinds, which repeat
	zones  map[int64]*time.Location
	space  []byte // for copies of bodies
	slots  []document.Version
}

// encode returns a value in a format; layout hands its fields to the coder.
func encode(format byte, layout func(*coder)) []byte {
	c := coder{writing: true, rest: []byte{format}}
	layout(&c)
	return c.rest
}

// start begins to read a value and its format, which must be the given one.
func (c *coder) start(format byte, value []byte) {
	c.rest, c.err = value, nil
	var f byte
	c.octet(&f)
	if c.err == nil && f != format {
		c.fail(fmt.Errorf("%w: its part %q has a record in format %d", interview.ErrNewer, c.bucket, f))
	}
}

// done returns what was wrong. Nothing may be left over.
func (c *coder) done() error {
	if c.err == nil && len(c.rest) > 0 {
		c.bad("is too long")
	}
	return c.err
}

func (c *coder) fail(err error) {
	if c.err == nil {
		c.err = err
	}
	c.rest = nil
}

func (c *coder) bad(what string) { c.fail(Damaged(c.bucket, "a record "+what)) }

// take returns the next n bytes, which still lie in the value.
func (c *coder) take(n uint64) []byte {
	if n > uint64(len(c.rest)) {
		c.bad("is cut short")
		return nil
	}
	b := c.rest[:n]
	c.rest = c.rest[n:]
	return b
}

func (c *coder) octet(b *byte) {
	if c.writing {
		c.rest = append(c.rest, *b)
	} else if read := c.take(1); read != nil {
		*b = read[0]
	}
}

// fixed is a number that takes 8 bytes.
func (c *coder) fixed(n *uint64) {
	if c.writing {
		c.rest = binary.BigEndian.AppendUint64(c.rest, *n)
	} else if read := c.take(8); read != nil {
		*n = binary.BigEndian.Uint64(read)
	}
}

func (c *coder) uvarint(n *uint64) {
	if c.writing {
		c.rest = binary.AppendUvarint(c.rest, *n)
		return
	}
	read, size := binary.Uvarint(c.rest)
	if size <= 0 {
		c.bad("has a number that does not end")
		return
	}
	*n, c.rest = read, c.rest[size:]
}

func (c *coder) varint(n *int64) {
	if c.writing {
		c.rest = binary.AppendVarint(c.rest, *n)
		return
	}
	read, size := binary.Varint(c.rest)
	if size <= 0 {
		c.bad("has a number that does not end")
		return
	}
	*n, c.rest = read, c.rest[size:]
}

func (c *coder) integer(n *int) {
	wide := int64(*n)
	c.varint(&wide)
	*n = int(wide)
}

// number is the number of a line, promise or route, of a problem, or of a solution.
func (c *coder) number(n *interview.Number) { c.varint((*int64)(n)) }

// limited returns a number that may not be larger than most.
func (c *coder) limited(n, most uint64) uint64 {
	c.uvarint(&n)
	if !c.writing && n > most {
		c.bad("has a number that is too large")
		return 0
	}
	return n
}

// count is how many things follow, each of at least so many bytes: no count that is read can be
// true that asks for more than are left.
func (c *coder) count(n, least int) int {
	return int(c.limited(uint64(n), uint64(len(c.rest)/least)))
}

// flags is a byte with a bit for each of some booleans, the lowest first.
func (c *coder) flags(all ...*bool) {
	var b byte
	for i, flag := range all {
		if *flag {
			b |= 1 << i
		}
	}
	c.octet(&b)
	if b>>len(all) != 0 {
		c.fail(fmt.Errorf("%w: its part %q has a record with unknown marks", interview.ErrNewer, c.bucket))
		return
	}
	for i, flag := range all {
		*flag = b&(1<<i) != 0
	}
}

func (c *coder) id(id *document.ID) {
	if c.writing {
		c.rest = append(c.rest, id[:]...)
	} else {
		copy(id[:], c.take(uint64(IDSize)))
	}
}

// bytes returns bytes with their length in front; those that are read still lie in the value.
func (c *coder) bytes(b []byte) []byte {
	n := uint64(len(b))
	c.uvarint(&n)
	if c.writing {
		c.rest = append(c.rest, b...)
		return b
	}
	return c.take(n)
}

// text is text that is not likely to have been read before.
func (c *coder) text(s *string) {
	if c.writing {
		c.rest = append(binary.AppendUvarint(c.rest, uint64(len(*s))), *s...)
	} else if b := c.bytes(nil); !c.brief {
		*s = string(b)
	}
}

// word is text that repeats, and shares its memory when it is read again.
func (c *coder) word(s *string) {
	if c.writing || c.brief {
		c.text(s)
		return
	}
	c.name(s)
}

// name is a word that is read whether or not texts are passed over.
func (c *coder) name(s *string) {
	if c.writing {
		c.text(s)
		return
	}
	b := c.bytes(nil)
	word, known := c.words[string(b)]
	if !known {
		word = string(b)
		c.words[word] = word
	}
	*s = word
}

// wordList is a list of words.
func (c *coder) wordList(all *[]string) {
	if !c.brief {
		list(c, leastText, all, (*coder).word)
		return
	}
	for range c.count(0, leastText) {
		c.bytes(nil)
	}
}

// body is bytes; none are nil when they are read. Small ones share their memory.
func (c *coder) body(body *[]byte) {
	if c.writing {
		c.bytes(*body)
		return
	}
	const block, large = 16 << 10, 2 << 10
	switch b := c.bytes(nil); {
	case len(b) == 0:
		*body = nil
	case len(b) > large:
		*body = bytes.Clone(b)
	default:
		if len(b) > cap(c.space)-len(c.space) {
			c.space = make([]byte, 0, block)
		}
		at := len(c.space)
		c.space = append(c.space, b...)
		*body = c.space[at:len(c.space):len(c.space)]
	}
}

// time is a moment and the offset from UTC, so that 14:32 stays 14:32 where it was said.
func (c *coder) time(t *time.Time) {
	var sec, offset int64
	var nsec uint64
	if c.writing {
		_, east := t.Zone()
		sec, nsec, offset = t.Unix(), uint64(t.Nanosecond()), int64(east)
	}
	c.varint(&sec)
	nsec = c.limited(nsec, 999_999_999)
	c.varint(&offset)
	if c.writing {
		return
	}
	const day = 24 * 60 * 60
	if offset < -day || offset > day {
		c.bad("has a time in a zone that cannot be")
	}
	if c.err != nil {
		return
	}
	zone := c.zones[offset]
	if zone == nil {
		zone = time.FixedZone("", int(offset))
		c.zones[offset] = zone
	}
	*t = time.Unix(sec, int64(nsec)).In(zone)
}

// list is a count and so many things, each of at least so many bytes. What is read takes the memory
// of the list that is there; an empty list stays nil.
func list[T any](c *coder, least int, all *[]T, one func(*coder, *T)) {
	n := c.count(len(*all), least)
	if !c.writing {
		if cap(*all) < n {
			*all = make([]T, n)
		}
		*all = (*all)[:n]
	}
	for i := range *all {
		one(c, &(*all)[i])
	}
}
