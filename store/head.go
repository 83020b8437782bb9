package store

import (
	"encoding/binary"
	"fmt"
	"hark/store/internal/files"
	"hash/fnv"
	"os"
	"slices"
	"sync/atomic"
)

// bbolt trusts what it maps. Most of what a damaged file makes it do is a panic
// or a fault, which transact catches. The rest is found here by reading plainly,
// before bbolt sees the file:
//
//   - without a good meta page bbolt on Windows makes the file longer;
//   - small buckets lie in the list of buckets, and bbolt copies them: an offset
//     that leads out of such a copy crashes the garbage collector;
//   - a list of free pages that lies about its length takes all memory there is,
//     and one that names a page in use has it written over;
//   - pages that lead back to themselves keep bbolt going until memory runs out.
//
// All but the last are looked for whenever the file is opened (the list of free
// pages when it is opened to write), which takes a few reads. The last takes a
// look at every page (see look.go). It is done unless the stamp beside
// the file vouches for it (see stamp.go), and always for those who doubt it. On
// the way the records are added up, for what is lost in good pages: see sums.go.

// Where the parts of a meta page lie: behind the page's header, in the byte
// order of the machine.
const (
	metaAt       = pageHeader
	metaMagic    = 0xED0CDAED
	metaVersion  = 2
	metaRoot     = 16 // offset of the page that lists the buckets
	metaFreelist = 32 // offset of the page that lists what is free
	metaPages    = 40 // offset of the number of pages in the file
	metaTxid     = 48
	metaChecksum = 56
	metaSize     = 64
)

// The parts of the other pages: a header, then so many elements that say where
// keys and values are.
const (
	pageHeader   = 16
	pageElement  = 16
	pageBranch   = 1 // sort of a page
	pageLeaf     = 2
	pageFreelist = 16
	bucketFlag   = 1 // of an element: the value is a bucket
	bucketHeader = 16
)

// noFreelist stands for the list of free pages where there is none.
const noFreelist = ^uint64(0)

// deepest is how far down the pages of a bucket may go: with two entries on each
// it would already be more than any disk holds.
const deepest = 48

// head is what is read of a file before bbolt reads it.
type head struct {
	file                  *os.File
	path                  string
	root, freelist, pages uint64 // as the newest good meta page has them

	metas  [2]metaPage
	newest int     // which of them counts
	deep   bool    // every page is looked at
	seen   pageSet // pages looked at
}

// metaPage is one of the two pages that say where everything is. Commits write
// them in turn.
type metaPage struct {
	good                  bool
	txid                  uint64 // of the commit that wrote it
	root, freelist, pages uint64 // the list of buckets, the list of what is free, how many there are
	sum                   uint64
}

// pageSet is a set of pages: a bit each when it is made for all pages of the
// file, which is too much for a look at three, else a list of runs.
type pageSet struct {
	bits []uint64
	runs []pageRun
}

type pageRun struct{ first, last uint64 }

func allPages(pages uint64) pageSet { return pageSet{bits: make([]uint64, pages/64+1)} }

func (s *pageSet) has(page uint64) bool {
	if s.bits == nil {
		return slices.ContainsFunc(s.runs, func(r pageRun) bool { return r.first <= page && page <= r.last })
	}
	return s.bits[page/64]&(1<<(page%64)) != 0
}

// add reports whether a page is new. Several goroutines may add at once to a set
// of all pages.
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

// checkHead looks at the meta pages and at the list of buckets, at the list of
// free pages before it is used, and at every page unless the stamp that was left
// beside the file vouches for it. It returns the stamp of the file as it is.
func checkHead(f *os.File, path string, how access, left stamp) (stamp, error) {
	h := &head{file: f, path: path}
	info, err := f.Stat()
	if err != nil {
		return stamp{}, files.Unwritable(path, "cannot be read", err)
	}
	switch {
	case info.Size() == 0 && left.txid != 0:
		return stamp{}, files.Emptied(path)
	case !h.meta():
		return stamp{}, files.NotANotebook(path)
	}
	if uint64(info.Size())/pageSize < h.pages {
		return stamp{}, damaged("", files.Shown(path)+" was cut short")
	}
	now := stampOf(h.metas[h.newest], info)
	// A power failure leaves both meta pages good, for each fits into one sector.
	// A lost one lost nothing if the other is known to be of the last commit.
	if h.oneLost() && left.txid != now.txid {
		return stamp{}, damaged("", "one of the two pages that say where everything is in "+files.Shown(path)+
			" is not what was written, so the last change may be missing")
	}
	h.deep = how == toDoubt || !left.vouchesFor(now)
	if !h.deep {
		now = left
		if err := h.tree(h.root, true, deepest); err != nil || how == toRead {
			return now, err
		}
		return now, h.free()
	}
	sums, err := h.everyPage()
	if err == nil {
		err = h.free()
	}
	if err != nil {
		return now, err
	}
	err = sums.agree()
	if err != nil && (how == toDoubt || inIndex(err)) {
		now.walked = 0 // nothing vouches for it; those who doubt it find this themselves, and more
		return now, nil
	}
	return now, err
}

// meta reads the meta pages and goes by the newer good one; it reports whether
// there is one.
func (h *head) meta() bool {
	order := binary.NativeEndian
	for n := range h.metas {
		var m [metaSize]byte
		if _, err := h.file.ReadAt(m[:], int64(n)*pageSize+metaAt); err != nil {
			continue // too short to hold it
		}
		sum := fnv.New64a()
		_, _ = sum.Write(m[:metaChecksum]) // a hash never fails to write
		if order.Uint32(m[0:]) != metaMagic || order.Uint32(m[4:]) != metaVersion || order.Uint32(m[8:]) != pageSize ||
			order.Uint64(m[metaChecksum:]) != sum.Sum64() {
			continue
		}
		h.metas[n] = metaPage{
			good: true, txid: order.Uint64(m[metaTxid:]), sum: sum.Sum64(),
			root: order.Uint64(m[metaRoot:]), freelist: order.Uint64(m[metaFreelist:]), pages: order.Uint64(m[metaPages:]),
		}
	}
	if a, b := h.metas[0], h.metas[1]; b.good && (!a.good || b.txid > a.txid) {
		h.newest = 1
	}
	m := h.metas[h.newest]
	h.root, h.freelist, h.pages = m.root, m.freelist, m.pages
	return m.good
}

// oneLost reports whether one of the meta pages is not what was written there
// last, so that it may have been the newest. Commits are numbered in a row and
// write the two in turn; only in a backup that was written to once are they two
// apart.
func (h *head) oneLost() bool {
	newest, other := h.metas[h.newest], h.metas[1-h.newest]
	return !other.good || newest.txid-other.txid > 2
}

// bad says that a page cannot be what it should be.
func (h *head) bad(page uint64) error {
	return damaged("", fmt.Sprintf("page %d of %s cannot be read", page, files.Shown(h.path)))
}

// page reads a page, with those that it runs over to, and marks them as seen. No
// page may be come upon twice.
func (h *head) page(page uint64) (p []byte, sort uint16, err error) {
	p, sort, over, err := h.read(page)
	if err != nil {
		return nil, 0, err
	}
	if !h.mark(page, over) {
		return nil, 0, h.bad(page)
	}
	return p, sort, nil
}

// mark marks a page as seen, with those that it runs over to; it reports false
// when one of them was before.
func (h *head) mark(page, over uint64) bool {
	for n := page; n <= page+over; n++ {
		if !h.seen.add(n) {
			return false
		}
	}
	return true
}

// read reads a page, with those that it runs over to; over is how many.
func (h *head) read(page uint64) (p []byte, sort uint16, over uint64, err error) {
	order := binary.NativeEndian
	if page < 2 || page >= h.pages {
		return nil, 0, 0, h.bad(page)
	}
	p = make([]byte, pageSize)
	if _, err := h.file.ReadAt(p, int64(page)*pageSize); err != nil {
		return nil, 0, 0, h.bad(page)
	}
	over = uint64(order.Uint32(p[12:]))
	if order.Uint64(p) != page || over >= h.pages-page {
		return nil, 0, 0, h.bad(page)
	}
	if over > 0 {
		p = append(p, make([]byte, over*pageSize)...)
		if _, err := h.file.ReadAt(p[pageSize:], int64(page+1)*pageSize); err != nil {
			return nil, 0, 0, h.bad(page)
		}
	}
	return p, order.Uint16(p[8:]), over, nil
}

// free looks at the list of free pages: in order, and none of them in use by what
// was looked at before.
func (h *head) free() error {
	if h.freelist == noFreelist {
		return nil
	}
	p, sort, err := h.page(h.freelist)
	if err != nil {
		return err
	}
	order := binary.NativeEndian
	const many = 0xFFFF // stands for a count in the first entry
	count, at := uint64(order.Uint16(p[10:])), pageHeader
	if count == many {
		count, at = order.Uint64(p[at:]), at+8
	}
	if sort != pageFreelist || count > uint64(len(p)-at)/8 {
		return h.bad(h.freelist)
	}
	least := uint64(2)
	for range count {
		page := order.Uint64(p[at:])
		if page < least || page >= h.pages || h.seen.has(page) {
			return h.bad(h.freelist)
		}
		least = page + 1
		at += 8
	}
	return nil
}

// element is one entry of a page: of a leaf with flags and a value, of a branch
// with the page below.
type element struct {
	key   []byte
	flags uint32
	value []byte
	below uint64
}

// elements takes a page apart; ok is false when it is no such page, or when not
// all of it lies within the page.
func elements(page []byte, sort uint16) (all []element, ok bool) {
	count, ok := elementsOn(page, sort)
	if !ok {
		return nil, false
	}
	all = make([]element, count)
	for i := range all {
		if all[i], ok = elementAt(page, sort, i); !ok {
			return nil, false
		}
	}
	return all, true
}

// elementsOn returns how many entries a branch or a leaf says it has; ok is false
// when it is neither, or has no room for them.
func elementsOn(page []byte, sort uint16) (count int, ok bool) {
	count = int(binary.NativeEndian.Uint16(page[10:]))
	return count, (sort == pageBranch || sort == pageLeaf) && count <= (len(page)-pageHeader)/pageElement
}

// elementAt returns one entry of a branch or a leaf that has room for so many; ok
// is false when not all of it lies within the page.
func elementAt(page []byte, sort uint16, i int) (e element, ok bool) {
	order := binary.NativeEndian
	at := pageHeader + i*pageElement
	raw := page[at : at+pageElement]
	var pos, key, value uint64
	if sort == pageLeaf {
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
