package store

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"sync"
	"sync/atomic"
)

// To look at every page takes reading all of the file and computing the checksum
// of every record. Both are shared among the processors: whoever goes through the
// tree hands a page over, with the leaves below it, to those who look at leaves,
// and what they found is put together in the order of the keys. They find a fault
// whenever one alone would, though perhaps another one first.

// mostLookers is how many look at leaves at once.
const mostLookers = 8

// walk goes through pages in the order of their keys.
type walk struct {
	h    *head
	last []byte // the key before the next one
	upto bool   // the next key may be that key itself

	sums *sums    // what the records come to; nil when they are not added up
	in   *records // the bucket that is being looked at, when they are
	help *helpers // who looks at leaves; nil for nobody else

	lists, pages [deepest + 1]buffer // one for each step down, in the list of buckets and in a bucket
	room         []byte              // for last
}

// tree looks at a page and those below it, without the records. It belongs to the
// list of buckets, or else to the records of one.
func (h *head) tree(page uint64, list bool, deep int) error {
	return (&walk{h: h}).tree(page, page, list, deep)
}

// everyPage looks at every page, and adds up the records.
func (h *head) everyPage() (*sums, error) {
	h.fetch()
	h.seen = allPages(h.pages)
	w := &walk{h: h, sums: newSums(), help: &helpers{h: h}}
	defer w.help.stop() // whatever the pages do to the one who goes through them
	err := w.tree(h.root, h.root, true, deepest)
	return w.sums, w.help.finish(w.sums, err)
}

// fetch reads the file from end to end. Its pages are looked at in the order of
// the tree, which is none on the disk; after this they come out of memory, and a
// file that nobody read since the machine was started takes half as long. A file
// that may not fit there is left to the disk.
func (h *head) fetch() {
	const most, chunk = 2 << 30, 1 << 20
	size := int64(h.pages) * pageSize
	if size > most {
		return
	}
	var next atomic.Int64 // of the chunks to be read
	var all sync.WaitGroup
	for range lookers() {
		all.Go(func() {
			b := make([]byte, min(size, chunk))
			for {
				at := (next.Add(1) - 1) * chunk
				if at >= size {
					return
				}
				if _, err := h.file.ReadAt(b, at); err != nil {
					return // the end, or what those who need the page will come upon
				}
			}
		})
	}
	all.Wait()
}

func lookers() int { return min(runtime.GOMAXPROCS(0), mostLookers) }

// tree looks at a page and those below it. It belongs to the list of buckets, or
// else to the records of one. Up to a page, upto, more will be asked for next.
func (w *walk) tree(page, upto uint64, list bool, deep int) error {
	if deep == 0 {
		return w.h.bad(page)
	}
	b := &w.pages[deep]
	if list {
		b = &w.lists[deep]
	}
	p, sort, over, err := b.read(w.h, page, upto)
	if err != nil || !w.h.mark(page, over) {
		return w.h.bad(page)
	}
	if w.help != nil && !list && sort == pageBranch && w.aboveLeaves(p) {
		return w.handOver(p, page, deep)
	}
	return w.through(p, sort, page, list, deep)
}

// through looks at what is on a page, and at the pages below it.
func (w *walk) through(p []byte, sort uint16, page uint64, list bool, deep int) error {
	h := w.h
	count, ok := elementsOn(p, sort)
	if !ok || sort == pageBranch && count == 0 {
		return h.bad(page)
	}
	for i := range count {
		e, ok := elementAt(p, sort, i)
		if !ok || !w.inOrder(e.key, sort == pageBranch) {
			return h.bad(page)
		}
		var err error
		switch {
		case sort == pageBranch:
			err = w.tree(e.below, inARow(p, i, e.below), list, deep-1)
		case list:
			err = w.bucket(page, e)
		case e.flags != 0:
			err = h.bad(page)
		case w.in != nil:
			w.sums.add(w.in, e)
		}
		if err != nil {
			return err
		}
	}
	if w.last != nil { // the next page may be read to where this one is
		w.room = append(w.room[:0], w.last...)
		w.last = w.room
	}
	return nil
}

// inOrder reports whether a key comes after the one before. The keys of a branch
// may be the first ones below it.
func (w *walk) inOrder(key []byte, branch bool) bool {
	if w.help != nil && w.help.after(key) {
		w.last, w.upto = key, branch
		return true // as far as can be known yet
	}
	c := bytes.Compare(w.last, key)
	ok := c < 0 || c == 0 && (w.upto || w.last == nil)
	w.last, w.upto = key, branch
	return ok
}

// bucket looks at a bucket: an entry on a page of the list of buckets.
func (w *walk) bucket(page uint64, e element) error {
	h := w.h
	if e.flags != bucketFlag || len(e.value) < bucketHeader {
		return h.bad(page)
	}
	outer, upto := e.key, w.upto
	defer func() { w.last, w.upto = outer, upto }()
	w.last, w.upto, w.in = nil, false, w.sums.of(e.key)
	root := binary.NativeEndian.Uint64(e.value)
	switch {
	case root >= h.pages:
		return h.bad(page)
	case root != 0 && h.deep:
		err := w.tree(root, root, false, deepest)
		if w.help != nil {
			w.help.apart()
		}
		return err
	case root != 0:
		return nil
	}
	small := e.value[bucketHeader:] // lies here
	if len(small) < pageHeader || binary.NativeEndian.Uint16(small[8:]) != pageLeaf {
		return h.bad(page)
	}
	count, ok := elementsOn(small, pageLeaf)
	for i := 0; ok && i < count; i++ {
		var e element
		if e, ok = elementAt(small, pageLeaf, i); !ok {
			break
		}
		if ok = e.flags == 0 && w.inOrder(e.key, false); ok && w.in != nil {
			w.sums.add(w.in, e)
		}
	}
	if !ok {
		return h.bad(page)
	}
	return nil
}

// mostInARow is how many pages are read at once at most.
const mostInARow = 16

// inARow returns how far the pages below a branch, from entry i on, lie so close
// behind each other that they are better read at once.
func inARow(p []byte, i int, page uint64) uint64 {
	upto := page
	for count, _ := elementsOn(p, pageBranch); i+1 < count; i++ {
		e, ok := elementAt(p, pageBranch, i+1)
		if !ok || e.below <= upto || e.below-page >= mostInARow {
			break
		}
		upto = e.below
	}
	return upto
}

// buffer is where pages are read to.
type buffer struct {
	room        []byte
	first, many uint64 // the pages in it
}

// read reads a page, with those that it runs over to; over is how many. It is
// valid until the next is read. What comes behind it, up to another page, is
// read along.
func (b *buffer) read(h *head, page, upto uint64) (p []byte, sort uint16, over uint64, err error) {
	order := binary.NativeEndian
	if page < 2 || page >= h.pages || !b.has(h, page, min(upto, h.pages-1)) {
		return nil, 0, 0, h.bad(page)
	}
	p = b.room[(page-b.first)*pageSize:]
	over = uint64(order.Uint32(p[12:]))
	if order.Uint64(p) != page || over >= h.pages-page || over > 0 && !b.has(h, page, page+over) {
		return nil, 0, 0, h.bad(page)
	}
	p = b.room[(page-b.first)*pageSize:][:(over+1)*pageSize]
	return p, order.Uint16(p[8:]), over, nil
}

// has reads the pages from one up to another unless they are there; it reports
// whether they are now.
func (b *buffer) has(h *head, from, upto uint64) bool {
	if b.first <= from && from < b.first+b.many && upto < b.first+b.many {
		return true
	}
	size := int(upto-from+1) * pageSize
	if size > cap(b.room) {
		b.room = make([]byte, max(size, mostInARow*pageSize))
	}
	b.room = b.room[:size]
	b.first, b.many = from, upto-from+1
	_, err := h.file.ReadAt(b.room, int64(from)*pageSize)
	if err != nil {
		b.many = 0
	}
	return err == nil
}

// aboveLeaves reports whether what is below a branch begins with a leaf.
func (w *walk) aboveLeaves(p []byte) bool {
	e, ok := elementAt(p, pageBranch, 0)
	if !ok || e.below < 2 || e.below >= w.h.pages {
		return false
	}
	var header [pageHeader]byte
	_, err := w.h.file.ReadAt(header[:], int64(e.below)*pageSize)
	return err == nil && binary.NativeEndian.Uint16(header[8:]) == pageLeaf
}

// handOver lets others look at what is on a branch, and below it.
func (w *walk) handOver(p []byte, page uint64, deep int) error {
	e, ok := elementAt(p, pageBranch, 0)
	if !ok || !w.inOrder(bytes.Clone(e.key), true) {
		return w.h.bad(page)
	}
	t := &task{page: page, p: bytes.Clone(p), deep: deep}
	if w.in != nil {
		t.bucket = w.in.name
	}
	w.help.take(t)
	return nil
}

// task is a branch with the leaves below it.
type task struct {
	page   uint64
	p      []byte // the page
	deep   int
	bucket string // "" when the records are not added up

	sums *sums
	err  error
	last []byte // the last key in it
	upto bool
}

// joint is a key that comes after all of a task, which is not done yet.
type joint struct {
	*task
	key []byte
}

// helpers look at leaves while one goes through the tree above them.
type helpers struct {
	h      *head
	queue  chan *task
	all    sync.WaitGroup
	tasks  []*task
	before *task // that the next key comes after
	joints []joint
}

// take lets a helper look at a task.
func (s *helpers) take(t *task) {
	if s.queue == nil {
		queue := make(chan *task, 4*mostLookers)
		s.queue = queue
		for range lookers() {
			s.all.Go(func() {
				w := &walk{h: s.h}
				for t := range queue {
					w.do(t)
				}
			})
		}
	}
	s.tasks = append(s.tasks, t)
	s.before = t
	s.queue <- t
}

// after notes that a key comes after what is being looked at, if anything is.
func (s *helpers) after(key []byte) bool {
	if s.before == nil {
		return false
	}
	s.joints = append(s.joints, joint{s.before, bytes.Clone(key)})
	s.before = nil
	return true
}

// apart says that the next key is of another bucket.
func (s *helpers) apart() { s.before = nil }

// do looks at a task.
func (w *walk) do(t *task) {
	defer func() {
		if recover() != nil { // nobody could catch it outside of this goroutine
			t.err = w.h.bad(t.page)
		}
		t.p = nil
	}()
	w.last, w.upto, w.sums, w.in = nil, false, nil, nil
	if t.bucket != "" {
		t.sums = newSums()
		w.sums, w.in = t.sums, t.sums.of([]byte(t.bucket))
	}
	t.err = w.through(t.p, pageBranch, t.page, false, t.deep)
	t.last, t.upto = bytes.Clone(w.last), w.upto
}

// stop lets the helpers go when they are done.
func (s *helpers) stop() {
	if s.queue != nil {
		close(s.queue)
		s.queue = nil
	}
	s.all.Wait()
}

// finish waits for the helpers and adds up what they found. It returns the first
// thing that is wrong with a page; stopped is what ended the way through the tree.
func (s *helpers) finish(sum *sums, stopped error) error {
	s.stop()
	for _, t := range s.tasks {
		if t.err != nil {
			return t.err
		}
		sum.plus(t.sums)
	}
	if stopped != nil {
		return stopped
	}
	for _, j := range s.joints {
		before := walk{h: s.h, last: j.last, upto: j.upto}
		if !before.inOrder(j.key, false) {
			return s.h.bad(j.page)
		}
	}
	return nil
}
