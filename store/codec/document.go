package codec

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"hark/internal/document"
	"hark/internal/interview"
)

// The fewest bytes that these take.
const (
	leastVersion     = 8 + 7
	leastReplacement = IDSize + leastVersion + 1
	leastSeen        = 8 + 1
	leastLack        = 8 + 2
)

// Decoder reads values of one bucket. What it returns is its own copy.
type Decoder struct {
	coder
	short interview.Summary // the last that was not read whole: the next one takes the memory of its lists
}

// NewDecoder returns a decoder of values of a bucket, which its errors name.
func NewDecoder(bucket string) *Decoder {
	return &Decoder{coder: coder{bucket: bucket, words: map[string]string{}, zones: map[int64]*time.Location{0: time.UTC}}}
}

func (c *coder) version(v *document.Version) {
	c.fixed((*uint64)(&v.Dot.Incarnation))
	c.uvarint(&v.Dot.Counter)
	c.varint(&v.Clock.Wall)
	v.Clock.Tick = uint32(c.limited(uint64(v.Clock.Tick), math.MaxUint32))
	first := v.First != (document.Origin{})
	c.flags(&v.Deleted, &v.Withheld, &first) // a hark that knows nothing of the last two leaves such a version alone
	c.word(&v.Author)
	c.word(&v.Kind)
	c.body((*[]byte)(&v.Body))
	if first {
		c.word(&v.First.Author)
		c.varint(&v.First.Wall)
	} else {
		v.First = document.Origin{}
	}
}

// versions are read as nil when there are none. Few, as there mostly are, share their memory with
// those of other items.
func (c *coder) versions(vs *[]document.Version) {
	n := c.count(len(*vs), leastVersion)
	if !c.writing {
		const block = 64
		if n > cap(c.slots)-len(c.slots) {
			c.slots = make([]document.Version, 0, max(n, block))
		}
		at := len(c.slots)
		c.slots = c.slots[:at+n]
		if *vs = nil; n > 0 {
			*vs = c.slots[at : at+n : at+n]
		}
	}
	for i := range *vs {
		c.version(&(*vs)[i])
	}
}

// EncodeItem returns the value of an item in interviews.
func EncodeItem(vs []document.Version) []byte {
	return encode(format, func(c *coder) { c.versions(&vs) })
}

// Item reads the value of an item in interviews.
func (d *Decoder) Item(value []byte) (vs []document.Version, err error) {
	d.start(format, value)
	d.versions(&vs)
	return vs, d.done()
}

func (c *coder) replacement(r *document.Replacement) {
	c.id(&r.Item)
	c.version(&r.Version)
	c.versions(&r.Replaced)
}

// record leaves the revision out, which is in the key.
func (c *coder) record(r *interview.Record) {
	c.word((*string)(&r.Kind))
	c.uvarint((*uint64)(&r.Of))
	c.text(&r.Label)
	c.time(&r.At)
	c.word(&r.Author)
	list(c, leastReplacement, (*[]document.Replacement)(&r.Change), (*coder).replacement)
}

// EncodeRecord returns the value of an entry in log.
func EncodeRecord(r interview.Record) []byte {
	return encode(format, func(c *coder) { c.record(&r) })
}

// LogRecord reads an entry of the log with its key.
func (d *Decoder) LogRecord(rec Record) (interview.Record, error) {
	if len(rec.Key) != IDSize+8 {
		return interview.Record{}, BadKey(Log)
	}
	r := interview.Record{Revision: interview.Revision(binary.BigEndian.Uint64(rec.Key[IDSize:]))}
	d.start(format, rec.Value)
	d.record(&r)
	return r, d.done()
}

func (c *coder) tally(t *Tally) {
	c.uvarint(&t.Count)
	c.fixed(&t.Sum)
}

func (c *coder) span(s *document.Span) {
	c.fixed((*uint64)(&s.Incarnation))
	c.uvarint(&s.From)
	c.uvarint(&s.To)
}

func (c *coder) seen(seen *map[document.Incarnation]uint64) {
	n := c.count(len(*seen), leastSeen)
	if c.writing {
		for _, inc := range slices.Sorted(maps.Keys(*seen)) {
			counter := (*seen)[inc]
			c.fixed((*uint64)(&inc))
			c.uvarint(&counter)
		}
		return
	}
	*seen = make(map[document.Incarnation]uint64, n)
	for range n {
		var inc, counter uint64
		c.fixed(&inc)
		c.uvarint(&counter)
		(*seen)[document.Incarnation(inc)] = counter
	}
}

// header marks whether there are gaps: a hark that knows nothing of them leaves an interview that
// has some alone.
func (c *coder) header(h *Header) {
	lacks := len(h.Lacks) > 0
	c.flags(&h.Erased, &lacks)
	c.uvarint((*uint64)(&h.Revision))
	c.varint(&h.Started)
	c.tally(&h.Items)
	c.seen(&h.Seen)
	if lacks {
		list(c, leastLack, &h.Lacks, (*coder).span)
	}
}

// Encode returns the value of a header in interviews.
func (h Header) Encode() []byte { return encode(format, func(c *coder) { c.header(&h) }) }

// Header reads the value of the header of an interview.
func (d *Decoder) Header(id interview.ID, value []byte) (Header, error) {
	h := Header{ID: id}
	d.start(format, value)
	d.header(&h)
	return h, d.done()
}

// totals end with the number of the commit, which the first notebooks do without.
func (c *coder) totals(t *Totals) {
	c.uvarint((*uint64)(&t.Revision))
	for i := range t.Tallies {
		c.tally(&t.Tallies[i])
	}
	if c.writing || len(c.rest) > 0 {
		c.uvarint(&t.Commit)
	}
}

// Encode returns the value of the totals in meta.
func (t Totals) Encode() []byte { return encode(format, func(c *coder) { c.totals(&t) }) }

// DecodeTotals reads the value of the totals in meta.
func DecodeTotals(value []byte) (t Totals, err error) {
	d := NewDecoder(Meta)
	d.start(format, value)
	d.totals(&t)
	return t, d.done()
}

// pending has the record as an entry of the log with its own format byte.
func (c *coder) pending(p *interview.Pending) {
	draft, window, state := p.IsDraft(), !p.Window.IsZero(), p.State != nil
	c.flags(&p.Begins, &p.Doubted, &draft, &window, &state)
	c.id(&p.Interview)
	if state {
		c.state(p.Interview, &p.State)
	}
	if window {
		c.id(&p.Window)
	}
	if draft {
		c.text(&p.Draft)
		if state && c.err == nil {
			c.bad("is two things at once")
		}
		return
	}
	c.fixed((*uint64)(&p.Of.Incarnation))
	c.uvarint(&p.Of.Counter)
	if c.writing {
		c.rest = append(c.rest, EncodeRecord(p.Record)...)
		return
	}
	if c.err == nil {
		c.start(format, c.rest)
		c.record(&p.Record)
	}
	if c.err == nil && p.IsAction() == state {
		c.fail(Damaged(c.bucket, fmt.Sprintf("an entry of interview %s says nothing", p.Interview)))
	}
}

// state is an interview as a whole.
func (c *coder) state(id interview.ID, doc **document.Document) {
	var (
		items []document.Item
		seen  map[document.Incarnation]uint64
		lacks []document.Span
	)
	if c.writing {
		items, seen, lacks = (*doc).Items(), (*doc).Seen(), (*doc).Lacking()
	}
	list(c, IDSize+1, &items, func(c *coder, it *document.Item) {
		c.id(&it.ID)
		c.versions(&it.Versions)
	})
	c.seen(&seen)
	list(c, leastLack, &lacks, (*coder).span)
	if !c.writing && c.err == nil {
		*doc = document.Restore(id, items, seen, lacks, false)
	}
}

// EncodePending returns something that waits in the journal.
func EncodePending(p interview.Pending) []byte {
	return encode(format, func(c *coder) { c.pending(&p) })
}

// Pending reads something that waits in the journal.
func (d *Decoder) Pending(value []byte) (p interview.Pending, err error) {
	d.start(format, value)
	d.pending(&p)
	return p, d.done()
}

// Draft is what one window has, or had, in its capture box.
type Draft struct {
	Window document.ID // zero when it was stored before windows were told apart
	Text   string
}

// formatDrafts is the format of the drafts of an interview. No text begins so: a record without it
// is the text of one draft, as it was stored before windows were told apart.
const formatDrafts = 0xff

func (c *coder) draft(d *Draft) {
	c.id(&d.Window)
	c.text(&d.Text)
}

// EncodeDrafts returns the value of an interview in drafts.
func EncodeDrafts(all []Draft) []byte {
	return encode(formatDrafts, func(c *coder) {
		for i := range all {
			c.draft(&all[i])
		}
	})
}

// Drafts reads the value of an interview in drafts; nil is none.
func (d *Decoder) Drafts(value []byte) (all []Draft, err error) {
	switch {
	case len(value) == 0:
		return nil, nil
	case value[0] != formatDrafts:
		return []Draft{{Text: string(value)}}, nil
	}
	d.start(formatDrafts, value)
	for d.err == nil && len(d.rest) > 0 {
		var one Draft
		d.draft(&one)
		all = append(all, one)
	}
	return all, d.done()
}
