package check

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"sync/atomic"

	"hark/store/codec"
	"hark/store/internal/files"
)

// The parts of the pages behind the meta pages: a header, then so many elements that say where keys
// and values are.
const (
	pageHeader   = 16
	pageElement  = 16
	pageBranch   = 1 // kinds of page
	pageLeaf     = 2
	pageFreelist = 16
	bucketFlag   = 1 // of an element: the value is a bucket
	bucketHeader = 16
)

// pageSet is a set of pages: a bit each when it is made for all pages of the file, which is too
// much for a look at three, else a list of runs.
type pageSet struct {
	bits []uint64
	runs []pageRun
}

type pageRun struct{ first, last uint64 }

func allPages(count uint64) pageSet { return pageSet{bits: make([]uint64, count/64+1)} }

func (s *pageSet) has(page uint64) bool {
	if s.bits == nil {
		return slices.ContainsFunc(s.runs, func(r pageRun) bool { return r.first <= page && page <= r.last })
	}
	return s.bits[page/64]&(1<<(page%64)) != 0
}

// add reports whether a page is new. Several goroutines may add at once to a set of all pages.
func (s *pageSet) add(page uint64) bool {
	if s.bits != nil {
		bit := uint64(1) << (page % 64)
		return atomic.OrUint64(&s.bits[page/64], bit)&bit == 0
	}
	switch n := len(s.runs); {
	case s.has(page):
		return false
	case n > 0 && s.runs[n-1].last+1 == page:
		s.runs[n-1].last = page
	default:
		s.runs = append(s.runs, pageRun{page, page})
	}
	return true
}

// mark marks a page as seen, with those that it runs over to; it reports false when one of them was
// before.
func (f *Pages) mark(page, over uint64) bool {
	for n := page; n <= page+over; n++ {
		if !f.seen.add(n) {
			return false
		}
	}
	return true
}

// page reads a page, with those that it runs over to, and marks them as seen. No page may be read
// twice.
func (f *Pages) page(page uint64) (p []byte, kind uint16, err error) {
	p, kind, over, err := new(buffer).read(f, page, page)
	if err != nil {
		return nil, 0, err
	}
	if !f.mark(page, over) {
		return nil, 0, f.bad(page)
	}
	return p, kind, nil
}

// buffer is what pages are read into.
type buffer struct {
	buf          []byte
	first, count uint64 // the pages in it
}

// read reads a page, with those that it runs over to; over is their number. The result is valid
// until the next is read. What comes behind the page, up to another one, is read along.
func (b *buffer) read(f *Pages, page, upto uint64) (p []byte, kind uint16, over uint64, err error) {
	order := binary.NativeEndian
	if page < 2 || page >= f.count || !b.has(f, page, min(upto, f.count-1)) {
		return nil, 0, 0, f.bad(page)
	}
	p = b.buf[(page-b.first)*PageSize:]
	over = uint64(order.Uint32(p[12:]))
	if order.Uint64(p) != page || over >= f.count-page || over > 0 && !b.has(f, page, page+over) {
		return nil, 0, 0, f.bad(page)
	}
	p = b.buf[(page-b.first)*PageSize:][:(over+1)*PageSize]
	return p, order.Uint16(p[8:]), over, nil
}

// has reads the pages from one up to another unless they are there; it reports whether they are
// now.
func (b *buffer) has(f *Pages, from, upto uint64) bool {
	if b.first <= from && from < b.first+b.count && upto < b.first+b.count {
		return true
	}
	size := int(upto-from+1) * PageSize
	if size > cap(b.buf) {
		b.buf = make([]byte, max(size, 2*cap(b.buf)))
	}
	b.buf = b.buf[:size]
	b.first, b.count = from, upto-from+1
	_, err := f.file.ReadAt(b.buf, int64(from)*PageSize)
	if err != nil {
		b.count = 0
	}
	return err == nil
}

// checkFree checks the list of free pages: in order, and none of them in use by what was seen
// before.
func (f *Pages) checkFree() error {
	freelist := f.metas[f.newest].freelist
	if freelist == noFreelist {
		return nil
	}
	p, kind, err := f.page(freelist)
	if err != nil {
		return err
	}
	order := binary.NativeEndian
	const many = 0xFFFF // stands for a count in the first entry
	count, at := uint64(order.Uint16(p[10:])), pageHeader
	if count == many {
		count, at = order.Uint64(p[at:]), at+8
	}
	if kind != pageFreelist || count > uint64(len(p)-at)/8 {
		return f.bad(freelist)
	}
	least := uint64(2)
	for range count {
		page := order.Uint64(p[at:])
		if page < least || page >= f.count || f.seen.has(page) {
			return f.bad(freelist)
		}
		least = page + 1
		at += 8
	}
	return nil
}

// element is one entry of a page: of a leaf with flags and a value, of a branch with the page
// below.
type element struct {
	key   []byte
	flags uint32
	value []byte
	below uint64
}

// elementsOn returns how many entries a branch or a leaf says it has; ok is false when it is
// neither, or has no capacity for them.
func elementsOn(page []byte, kind uint16) (count int, ok bool) {
	count = int(binary.NativeEndian.Uint16(page[10:]))
	return count, (kind == pageBranch || kind == pageLeaf) && count <= (len(page)-pageHeader)/pageElement
}

// elementAt returns one entry of a branch or a leaf that has capacity for so many; ok is false when
// not all of it lies within the page.
func elementAt(page []byte, kind uint16, i int) (e element, ok bool) {
	order := binary.NativeEndian
	at := pageHeader + i*pageElement
	raw := page[at : at+pageElement]
	var pos, key, value uint64
	if kind == pageLeaf {
		e.flags = order.Uint32(raw)
		pos, key, value = uint64(order.Uint32(raw[4:])), uint64(order.Uint32(raw[8:])), uint64(order.Uint32(raw[12:]))
	} else {
		pos, key = uint64(order.Uint32(raw)), uint64(order.Uint32(raw[4:]))
		e.below = order.Uint64(raw[8:])
	}
	from := uint64(at) + pos
	if from+key+value > uint64(len(page)) {
		return element{}, false
	}
	e.key, e.value = page[from:from+key], page[from+key:from+key+value]
	return e, true
}

// Reached is how an entry of a damaged file was found.
type Reached int

// The ways to find an entry, the most trustworthy first.
const (
	ByNewest Reached = iota // from the newest good meta page
	ByOther                 // from the other one
	ByChance                // on a page that nothing leads to
)

// Entry is a key with a stored value, as it lies on a page.
type Entry struct {
	Key, Stored []byte
	Reached     Reached
}

// Entries yields every entry of a file that can be read, whether or not anything leads there: first
// what the newest good meta page leads to, then the other one, then the pages that nothing leads
// to. It fails when the file cannot be read at all, or ctx ends.
func (f *Pages) Entries(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		info, err := f.file.Stat()
		if err != nil {
			yield(Entry{}, files.Unwritable(f.path, "cannot be read", err))
			return
		}
		f.count = uint64(info.Size()) / PageSize
		f.seen = allPages(f.count) // what both meta pages lead to is read once
		r := &rest{Pages: f, yield: yield}
		for reached, n := range []int{f.newest, 1 - f.newest} {
			if r.reached = Reached(reached); f.metas[n].good {
				r.follow(f.metas[n].root, true)
			}
		}
		r.reached = ByChance
		for page := uint64(2); page < f.count && !r.ended; page++ {
			if err := ctx.Err(); err != nil {
				yield(Entry{}, err)
				return
			}
			if f.seen.has(page) {
				continue
			}
			if p, kind, _, err := new(buffer).read(f, page, page); err == nil && kind == pageLeaf {
				r.leaf(p)
			}
		}
	}
}

// rest reads what is left of a damaged file.
type rest struct {
	*Pages
	yield   func(Entry, error) bool
	reached Reached
	ended   bool
}

// follow reads a page and those below it, as far as they can be read. list tells the list of
// buckets from the records of one.
func (r *rest) follow(page uint64, list bool) {
	p, kind, err := r.page(page)
	if err != nil || r.ended {
		return
	}
	if kind == pageLeaf {
		r.leaf(p)
	}
	for _, e := range readable(p, kind) {
		switch {
		case kind == pageBranch:
			r.follow(e.below, list)
		case list && e.flags == bucketFlag && len(e.value) >= bucketHeader:
			if root := binary.NativeEndian.Uint64(e.value); root != 0 {
				r.follow(root, false)
			}
		}
	}
}

// leaf yields the entries of a leaf, and those of the small buckets in it.
func (r *rest) leaf(p []byte) {
	for _, e := range readable(p, pageLeaf) {
		switch {
		case r.ended:
			return
		case e.flags != bucketFlag:
			r.ended = !r.yield(Entry{e.key, e.value, r.reached}, nil)
		case len(e.value) >= bucketHeader+pageHeader && binary.NativeEndian.Uint64(e.value) == 0:
			r.leaf(e.value[bucketHeader:])
		}
	}
}

// readable returns those elements of a page that lie within it. One bad element does not speak
// against the others: each is taken as if it were alone on the page.
func readable(p []byte, kind uint16) []element {
	count, _ := elementsOn(p, kind)
	if kind != pageBranch && kind != pageLeaf {
		return nil
	}
	var all []element
	for i := range min(count, (len(p)-pageHeader)/pageElement) {
		if e, ok := elementAt(p, kind, i); ok {
			all = append(all, e)
		}
	}
	return all
}

// bad is the error for a page that cannot be what it should be.
func (f *Pages) bad(page uint64) error {
	return codec.Damaged("", fmt.Sprintf("page %d of %s cannot be read", page, files.Shown(f.path)))
}
