package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// Values are laid out by hand: a byte that names the format, then the fields in
// a fixed order. Numbers are varints as in encoding/binary, except incarnations
// and checksums, which are random and take their 8 bytes; text and bodies have
// their length in front. A format that changes gets a new first byte.
const format = 1

// flagDeleted is the only flag of a version so far.
const flagDeleted = 1

// The flags of a header. A hark that knows nothing of gaps leaves an interview
// with one alone.
const (
	flagErased = 1
	flagLacks  = 2
)

// The fewest bytes that these can take: no count in a value can be true that
// asks for more than are left.
const (
	leastVersion     = 8 + 7
	leastReplacement = idSize + leastVersion + 1
	leastSeen        = 8 + 1
	leastLack        = 8 + 2
)

func flag(set bool, bit byte) byte {
	if set {
		return bit
	}
	return 0
}

func appendText[T ~string | ~[]byte](b []byte, text T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendVersion(b []byte, v document.Version) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(v.Dot.Incarnation))
	b = binary.AppendUvarint(b, v.Dot.Counter)
	b = binary.AppendVarint(b, v.Clock.Wall)
	b = binary.AppendUvarint(b, uint64(v.Clock.Tick))
	b = append(b, flag(v.Deleted, flagDeleted))
	b = appendText(b, v.Author)
	b = appendText(b, v.Kind)
	return appendText(b, v.Body)
}

func appendVersions(b []byte, vs []document.Version) []byte {
	b = binary.AppendUvarint(b, uint64(len(vs)))
	for _, v := range vs {
		b = appendVersion(b, v)
	}
	return b
}

// appendTime keeps the moment and the offset from UTC, so that 14:32 stays 14:32
// where it was said.
func appendTime(b []byte, t time.Time) []byte {
	_, offset := t.Zone()
	b = binary.AppendVarint(b, t.Unix())
	b = binary.AppendUvarint(b, uint64(t.Nanosecond()))
	return binary.AppendVarint(b, int64(offset))
}

// encodeItem returns the value of an item in interviews.
func encodeItem(vs []document.Version) []byte {
	return appendVersions([]byte{format}, vs)
}

// encodeRecord returns the value of an entry in log, without the revision.
func encodeRecord(r interview.Record) []byte {
	b := appendText([]byte{format}, r.Kind)
	b = binary.AppendUvarint(b, uint64(r.Of))
	b = appendText(b, r.Label)
	b = appendTime(b, r.At)
	b = appendText(b, r.Author)
	b = binary.AppendUvarint(b, uint64(len(r.Change)))
	for _, c := range r.Change {
		b = append(b, c.Item[:]...)
		b = appendVersion(b, c.Version)
		b = appendVersions(b, c.Replaced)
	}
	return b
}

// encode returns the value of a header in interviews.
func (h header) encode() []byte {
	b := []byte{format, flag(h.erased, flagErased) | flag(len(h.lacks) > 0, flagLacks)}
	b = binary.AppendUvarint(b, uint64(h.revision))
	b = binary.AppendVarint(b, h.started)
	b = appendTally(b, h.items)
	b = binary.AppendUvarint(b, uint64(len(h.seen)))
	for _, inc := range slices.Sorted(maps.Keys(h.seen)) {
		b = binary.BigEndian.AppendUint64(b, uint64(inc))
		b = binary.AppendUvarint(b, h.seen[inc])
	}
	if len(h.lacks) == 0 {
		return b
	}
	b = binary.AppendUvarint(b, uint64(len(h.lacks)))
	for _, s := range h.lacks {
		b = binary.BigEndian.AppendUint64(b, uint64(s.Incarnation))
		b = binary.AppendUvarint(b, s.From)
		b = binary.AppendUvarint(b, s.To)
	}
	return b
}

func appendTally(b []byte, t tally) []byte {
	return binary.BigEndian.AppendUint64(binary.AppendUvarint(b, t.count), t.sum)
}

// encode returns the value of the totals in meta.
func (t totals) encode() []byte {
	b := binary.AppendUvarint([]byte{format}, uint64(t.revision))
	for _, tally := range t.tallies {
		b = appendTally(b, tally)
	}
	return binary.AppendUvarint(b, t.commit)
}

// decoder takes values apart. What it returns is its own copy. It never panics:
// after the first thing that cannot be, it returns zeros, and done says what was
// wrong.
type decoder struct {
	bucket string // where the values come from
	rest   []byte
	err    error
	words  map[string]string // names and kinds, which repeat
	zones  map[int64]*time.Location
	space  []byte // room for copies of bodies
	slots  []document.Version
	short  short
}

func newDecoder(bucket string) *decoder {
	return &decoder{bucket: bucket, words: map[string]string{}, zones: map[int64]*time.Location{0: time.UTC}}
}

// start begins with a value of today's format.
func (d *decoder) start(value []byte) { d.startIn(format, value) }

// startIn begins with a value and reads its format, which must be the given one.
func (d *decoder) startIn(format byte, value []byte) {
	d.rest, d.err = value, nil
	if f := d.octet(); d.err == nil && f != format {
		d.fail(fmt.Errorf("%w: its part %q has a record in format %d", interview.ErrNewer, d.bucket, f))
	}
}

// done returns what was wrong. Nothing may be left over.
func (d *decoder) done() error {
	if d.err == nil && len(d.rest) > 0 {
		d.bad("is too long")
	}
	return d.err
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.rest = nil
}

func (d *decoder) bad(what string) {
	d.fail(damaged(d.bucket, "a record "+what))
}

// take returns the next n bytes, which still lie in the value.
func (d *decoder) take(n uint64) []byte {
	if n > uint64(len(d.rest)) {
		d.bad("is cut short")
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) octet() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) fixed() uint64 {
	if b := d.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (d *decoder) uvarint() uint64 {
	n, size := binary.Uvarint(d.rest)
	if size <= 0 {
		d.bad("has a number that does not end")
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) varint() int64 {
	n, size := binary.Varint(d.rest)
	if size <= 0 {
		d.bad("has a number that does not end")
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

// number reads a number that may not be larger than highest.
func (d *decoder) number(highest uint64) uint64 {
	n := d.uvarint()
	if n > highest {
		d.bad("has a number that is too large")
		return 0
	}
	return n
}

// count reads how many things of at least the given size follow.
func (d *decoder) count(least int) int {
	return int(d.number(uint64(len(d.rest) / least)))
}

// flags reads a byte of which only some bits are known.
func (d *decoder) flags(known byte) byte {
	f := d.octet()
	if f&^known != 0 {
		d.fail(fmt.Errorf("%w: its part %q has a record with unknown marks", interview.ErrNewer, d.bucket))
	}
	return f
}

// word reads text that is likely to have been read before.
func (d *decoder) word() string {
	b := d.take(d.uvarint())
	if s, ok := d.words[string(b)]; ok {
		return s
	}
	s := string(b)
	d.words[s] = s
	return s
}

// text reads text that is not.
func (d *decoder) text() string { return string(d.take(d.uvarint())) }

// body reads bytes; none are nil. Small ones share their memory.
func (d *decoder) body() []byte {
	b := d.take(d.uvarint())
	if len(b) == 0 {
		return nil
	}
	const room, large = 16 << 10, 2 << 10
	if len(b) > large {
		return bytes.Clone(b)
	}
	if len(b) > cap(d.space)-len(d.space) {
		d.space = make([]byte, 0, room)
	}
	at := len(d.space)
	d.space = append(d.space, b...)
	return d.space[at:len(d.space):len(d.space)]
}

func (d *decoder) time() time.Time {
	sec := d.varint()
	nsec := d.number(999_999_999)
	offset := d.varint()
	const day = 24 * 60 * 60
	if offset < -day || offset > day {
		d.bad("has a time in a zone that cannot be")
	}
	if d.err != nil {
		return time.Time{}
	}
	zone := d.zones[offset]
	if zone == nil {
		zone = time.FixedZone("", int(offset))
		d.zones[offset] = zone
	}
	return time.Unix(sec, int64(nsec)).In(zone)
}

func (d *decoder) version() document.Version {
	var v document.Version
	v.Dot.Incarnation = document.Incarnation(d.fixed())
	v.Dot.Counter = d.uvarint()
	v.Clock.Wall = d.varint()
	v.Clock.Tick = uint32(d.number(math.MaxUint32))
	v.Deleted = d.flags(flagDeleted) != 0
	v.Author = d.word()
	v.Kind = d.word()
	v.Body = d.body()
	return v
}

// versions reads versions; none are nil. Few, as there mostly are, share their
// memory with those of other items.
func (d *decoder) versions() []document.Version {
	n := d.count(leastVersion)
	if n == 0 {
		return nil
	}
	const room = 64
	if n > cap(d.slots)-len(d.slots) {
		d.slots = make([]document.Version, 0, max(n, room))
	}
	at := len(d.slots)
	for range n {
		d.slots = append(d.slots, d.version())
	}
	return d.slots[at:len(d.slots):len(d.slots)]
}

func (d *decoder) tally() tally { return tally{count: d.uvarint(), sum: d.fixed()} }

// item reads the value of an item in interviews.
func (d *decoder) item(value []byte) ([]document.Version, error) {
	d.start(value)
	vs := d.versions()
	return vs, d.done()
}

// record reads the value of an entry in log; its revision is in the key.
func (d *decoder) record(value []byte) (interview.Record, error) {
	d.start(value)
	r := interview.Record{Kind: interview.RecordKind(d.word())}
	r.Of = interview.Revision(d.uvarint())
	r.Label = d.text()
	r.At = d.time()
	r.Author = d.word()
	r.Change = list(d, leastReplacement, d.replacement)
	return r, d.done()
}

func (d *decoder) replacement() document.Replacement {
	var r document.Replacement
	copy(r.Item[:], d.take(uint64(idSize)))
	r.Version = d.version()
	r.Replaced = d.versions()
	return r
}

// logged reads an entry of the log with its key.
func (d *decoder) logged(rec record) (interview.Record, error) {
	if len(rec.key) != idSize+8 {
		return interview.Record{}, badKey(bucketLog)
	}
	r, err := d.record(rec.value)
	r.Revision = interview.Revision(binary.BigEndian.Uint64(rec.key[idSize:]))
	return r, err
}

// header reads the value of the header of interview id.
func (d *decoder) header(id interview.ID, value []byte) (header, error) {
	d.start(value)
	flags := d.flags(flagErased | flagLacks)
	h := header{id: id, erased: flags&flagErased != 0}
	h.revision = interview.Revision(d.uvarint())
	h.started = d.varint()
	h.items = d.tally()
	n := d.count(leastSeen)
	h.seen = make(map[document.Incarnation]uint64, n)
	for range n {
		inc := document.Incarnation(d.fixed())
		h.seen[inc] = d.uvarint()
	}
	if flags&flagLacks != 0 {
		h.lacks = list(d, leastLack, func() document.Span {
			return document.Span{Incarnation: document.Incarnation(d.fixed()), From: d.uvarint(), To: d.uvarint()}
		})
	}
	return h, d.done()
}

func decodeTotals(value []byte) (totals, error) {
	d := newDecoder(bucketMeta)
	d.start(value)
	t := totals{revision: interview.Revision(d.uvarint())}
	for i := range t.tallies {
		t.tallies[i] = d.tally()
	}
	if len(d.rest) > 0 { // the first notebooks do without
		t.commit = d.uvarint()
	}
	return t, d.done()
}
