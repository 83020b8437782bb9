package store

import (
	"encoding/binary"
	"hash/fnv"
	"os"
)

// bbolt trusts what it maps. Most of what a damaged file makes it do is a panic
// or a fault, which transact catches. What it reads here plainly, before bbolt
// sees the file, is the rest: without a good meta page bbolt on Windows makes
// the file longer, and from a buffer in the list of buckets it can be led to an
// address that crashes the garbage collector, for it copies small buckets that
// lie there.

// Where the parts of a meta page lie: behind the page's header, in the byte
// order of the machine.
const (
	metaAt       = pageHeader
	metaMagic    = 0xED0CDAED
	metaVersion  = 2
	metaRoot     = 16 // offset of the page that lists the buckets
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
	bucketFlag   = 1 // of an element: the value is a bucket
	bucketHeader = 16
)

// head is what is read of a file before bbolt reads it.
type head struct {
	file  *os.File
	path  string
	root  uint64 // the page that lists the buckets
	pages uint64 // how many pages there are
}

// checkHead looks at the meta pages and at the list of buckets.
func checkHead(f *os.File, path string) error {
	h := &head{file: f, path: path}
	if !h.meta() {
		return notOurs(path)
	}
	info, err := f.Stat()
	if err != nil {
		return unwritable(path, "cannot be read", err)
	}
	if uint64(info.Size())/pageSize < h.pages {
		return damaged("", shown(path)+" was cut short")
	}
	// Six buckets take a page, or a few below another when many are small.
	const deep = 3
	if !h.buckets(h.root, deep) {
		return damaged("", "the list of its parts in "+shown(path)+" cannot be read")
	}
	return nil
}

// meta reads the newer of the good meta pages; it reports whether there is one.
func (h *head) meta() bool {
	order := binary.NativeEndian
	var newest uint64
	good := false
	for n := range int64(2) {
		var m [metaSize]byte
		if _, err := h.file.ReadAt(m[:], n*pageSize+metaAt); err != nil {
			continue // too short to hold it
		}
		sum := fnv.New64a()
		_, _ = sum.Write(m[:metaChecksum]) // a hash never fails to write
		if order.Uint32(m[0:]) != metaMagic || order.Uint32(m[4:]) != metaVersion || order.Uint32(m[8:]) != pageSize ||
			order.Uint64(m[metaChecksum:]) != sum.Sum64() {
			continue
		}
		if txid := order.Uint64(m[metaTxid:]); !good || txid > newest {
			good, newest = true, txid
			h.root, h.pages = order.Uint64(m[metaRoot:]), order.Uint64(m[metaPages:])
		}
	}
	return good
}

// buckets reports whether the list of buckets on a page, and on those below it,
// is sound.
func (h *head) buckets(page uint64, deep int) bool {
	if page >= h.pages || deep == 0 {
		return false
	}
	// What lies on a page is found from its beginning, so more than one is
	// never needed: a list that does not fit is spread over several.
	p := make([]byte, pageSize)
	if _, err := h.file.ReadAt(p, int64(page)*pageSize); err != nil {
		return false
	}
	order := binary.NativeEndian
	sort := order.Uint16(p[8:])
	if overflow := order.Uint32(p[12:]); order.Uint64(p) != page || overflow != 0 {
		return false
	}
	return elements(p, sort, func(e element) bool {
		switch {
		case sort == pageBranch:
			return h.buckets(e.below, deep-1)
		case e.flags != bucketFlag || len(e.value) < bucketHeader:
			return false
		case order.Uint64(e.value) != 0: // has pages of its own
			return order.Uint64(e.value) < h.pages
		case len(e.value) < bucketHeader+pageHeader:
			return false
		}
		small := e.value[bucketHeader:]
		return order.Uint16(small[8:]) == pageLeaf && elements(small, pageLeaf, func(e element) bool { return e.flags == 0 })
	})
}

// element is one entry of a page: of a leaf with flags and a value, of a branch
// with the page below.
type element struct {
	flags uint32
	value []byte
	below uint64
}

// elements takes a page apart and reports whether all of it lies within it and
// is good.
func elements(page []byte, sort uint16, good func(element) bool) bool {
	order := binary.NativeEndian
	count := int(order.Uint16(page[10:]))
	if sort != pageBranch && sort != pageLeaf || count > (len(page)-pageHeader)/pageElement {
		return false
	}
	for i := range count {
		at := pageHeader + i*pageElement
		raw := page[at : at+pageElement]
		var e element
		var pos, key, value uint64
		if sort == pageLeaf {
			e.flags = order.Uint32(raw)
			pos, key, value = uint64(order.Uint32(raw[4:])), uint64(order.Uint32(raw[8:])), uint64(order.Uint32(raw[12:]))
		} else {
			pos, key = uint64(order.Uint32(raw)), uint64(order.Uint32(raw[4:]))
			e.below = order.Uint64(raw[8:])
		}
		from := uint64(at) + pos + key
		if from+value > uint64(len(page)) {
			return false
		}
		e.value = page[from : from+value]
		if !good(e) {
			return false
		}
	}
	return true
}
