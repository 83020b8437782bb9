package check

import (
	"context"
	"encoding/binary"
	"os"
	"sync/atomic"
)

// PageSize is the page size of every notebook, whatever the machine's own is, so that a notebook
// can be carried from one to another.
const PageSize = 4096

// The offsets of the parts of a meta page: behind the page's header, in the byte order of the
// machine.
const (
	metaAt       = pageHeader
	metaMagic    = 0xED0CDAED
	metaVersion  = 2
	metaRoot     = 16 // the page that lists the buckets
	metaFreelist = 32 // the page that lists what is free
	metaPages    = 40 // the number of pages in the file
	metaCommit   = 48
	metaChecksum = 56
	metaSize     = 64
)

// noFreelist stands for the list of free pages where there is none.
const noFreelist = ^uint64(0)

// metaPage is one of the two pages that say where everything is. Commits write them in turn.
type metaPage struct {
	good     bool
	commit   uint64 // the number of the commit that wrote it
	root     uint64 // the list of buckets
	freelist uint64
	pages    uint64
	sum      uint64
}

// Pages reads the pages of a bbolt file by plain reads.
type Pages struct {
	ctx  context.Context // ends a scan; nil where none is made
	file *os.File
	path string

	metas  [2]metaPage
	newest int          // which of them counts
	count  uint64       // of the pages in the file, as that one has it
	seen   pageSet      // pages that were read
	read   atomic.Int64 // how many, in a scan
}

// ReadPages reads the meta pages of a file, none of which need be good.
func ReadPages(file *os.File, path string) *Pages {
	f := &Pages{file: file, path: path}
	f.readMetas()
	return f
}

// readMetas reads the meta pages and goes by the newer good one; it reports whether there is one.
func (f *Pages) readMetas() bool {
	order := binary.NativeEndian
	for n := range f.metas {
		var m [metaSize]byte
		if _, err := f.file.ReadAt(m[:], int64(n)*PageSize+metaAt); err != nil {
			continue // too short to hold it
		}
		sum := fnvSum(m[:metaChecksum])
		if order.Uint32(m[0:]) != metaMagic || order.Uint32(m[4:]) != metaVersion || order.Uint32(m[8:]) != PageSize ||
			order.Uint64(m[metaChecksum:]) != sum {
			continue
		}
		f.metas[n] = metaPage{
			good: true, commit: order.Uint64(m[metaCommit:]), sum: sum,
			root: order.Uint64(m[metaRoot:]), freelist: order.Uint64(m[metaFreelist:]), pages: order.Uint64(m[metaPages:]),
		}
	}
	if a, b := f.metas[0], f.metas[1]; b.good && (!a.good || b.commit > a.commit) {
		f.newest = 1
	}
	f.count = f.metas[f.newest].pages
	return f.metas[f.newest].good
}

// Commit is the number of the last commit, 0 when no meta page is good.
func (f *Pages) Commit() uint64 { return f.metas[f.newest].commit }

// MetaLost reports whether one of the meta pages is not what was written there last, so that it may
// have been the newest. Commits are numbered in a row and write the two in turn; only in a backup
// that was written to once are they two apart.
func (f *Pages) MetaLost() bool {
	newest, other := f.metas[f.newest], f.metas[1-f.newest]
	return !other.good || newest.commit-other.commit > 2
}

// Earlier returns the number of the meta page that leads to the notebook as it was before the last
// commit. ok is false when no meta page is good.
func (f *Pages) Earlier() (page int, ok bool) {
	if f.MetaLost() { // then the one that counts is the earlier one already
		return f.newest, f.metas[f.newest].good
	}
	return 1 - f.newest, true
}

// Resembles reports whether a file is likely to have been a notebook: it has at least the mark of a
// meta page, or a page that says which one it is.
func Resembles(file *os.File) bool {
	const most = 64 // pages
	order := binary.NativeEndian
	var p [metaAt + metaSize]byte
	for n := range uint64(most) {
		if _, err := file.ReadAt(p[:], int64(n)*PageSize); err != nil {
			return false // no more pages
		}
		kind := order.Uint16(p[8:])
		switch {
		case n < 2 && order.Uint32(p[metaAt:]) == metaMagic && order.Uint32(p[metaAt+8:]) == PageSize:
			return true
		case n >= 2 && order.Uint64(p[:]) == n && (kind == pageLeaf || kind == pageBranch || kind == pageFreelist):
			return true
		}
	}
	return false
}
