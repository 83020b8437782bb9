package check

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"sync"
	"sync/atomic"

	"hark/internal/storage"
)

// A scan of every page reads all of the file and computes the checksum of every record. Both are
// shared among the processors: the scanner that goes through the tree hands each branch above
// leaves over to the workers, with the leaves below it, and their results are put together in the
// order of the keys. Parallel workers detect the same damage as a sequential scan, but may report a
// different page.

// mostWorkers is how many workers scan leaves at once at most.
const mostWorkers = 8

func workerCount() int { return min(runtime.GOMAXPROCS(0), mostWorkers) }

// deepest is how far down the pages of a bucket may go: with two entries on each it would already
// be more than any disk holds.
const deepest = 48

// scanner goes through pages in the order of their keys.
type scanner struct {
	f    *Pages
	deep bool   // into the records of the buckets that have pages of their own
	last []byte // the key before the next one
	upto bool   // the next key may be that key itself

	found *found       // what the records come to; nil when they are not added up
	in    *bucketFound // the bucket that is being scanned, when they are
	help  *workers     // nil for none

	lists, pages [deepest + 1]buffer // one for each step down, in the list of buckets and in a bucket
	buf          []byte              // for last
}

// outline checks the pages of the list of buckets, without the records.
func (f *Pages) outline() error {
	root := f.metas[f.newest].root
	return (&scanner{f: f}).tree(root, root, true, deepest)
}

// scan checks every page, and adds up the records.
func (f *Pages) scan() (*found, error) {
	f.fetch()
	f.seen = allPages(f.count)
	root := f.metas[f.newest].root
	s := &scanner{f: f, deep: true, found: newFound(), help: &workers{f: f}}
	defer s.help.stop() // whatever the pages do to the scanner
	err := s.tree(root, root, true, deepest)
	return s.found, s.help.finish(s.found, err)
}

// fetch reads the file from end to end. Its pages are scanned in the order of the tree, which is
// none on the disk; after this they come out of memory, and a file that nobody read since the
// machine was started takes half as long. A file that may not fit there is left to the disk.
func (f *Pages) fetch() {
	const most, chunk = 2 << 30, 1 << 20
	size := int64(f.count) * PageSize
	if size > most {
		return
	}
	var next atomic.Int64 // of the chunks to be read
	var all sync.WaitGroup
	for range workerCount() {
		all.Go(func() {
			b := make([]byte, min(size, chunk))
			for {
				at := (next.Add(1) - 1) * chunk
				if at >= size || f.ctx.Err() != nil {
					return
				}
				storage.At(f.ctx, "read MB", int(at/chunk), int(size/chunk))
				if _, err := f.file.ReadAt(b, at); err != nil {
					return // the end, or an error that the scan meets as well
				}
			}
		})
	}
	all.Wait()
}

// passed notes that pages were scanned, tells the watch, and returns the error of the context.
func (f *Pages) passed(pages uint64) error {
	const every = 256
	before := f.read.Load()
	now := f.read.Add(int64(pages))
	if f.ctx == nil || before/every == now/every {
		return nil
	}
	storage.At(f.ctx, "checked pages", int(now), int(f.count))
	return f.ctx.Err()
}

// tree scans a page and those below it. It belongs to the list of buckets, or else to the records
// of one. Up to a page, upto, more will be read next.
func (s *scanner) tree(page, upto uint64, list bool, deep int) error {
	if deep == 0 {
		return s.f.bad(page)
	}
	b := &s.pages[deep]
	if list {
		b = &s.lists[deep]
	}
	p, kind, over, err := b.read(s.f, page, upto)
	if err != nil || !s.f.mark(page, over) {
		return s.f.bad(page)
	}
	if err := s.f.passed(over + 1); err != nil {
		return err
	}
	if s.help != nil && !list && kind == pageBranch && s.aboveLeaves(p) {
		return s.delegate(p, page, deep)
	}
	return s.entries(p, kind, page, list, deep)
}

// entries scans the entries of a page, and the pages below it.
func (s *scanner) entries(p []byte, kind uint16, page uint64, list bool, deep int) error {
	count, ok := elementsOn(p, kind)
	if !ok || kind == pageBranch && count == 0 {
		return s.f.bad(page)
	}
	for i := range count {
		e, ok := elementAt(p, kind, i)
		if !ok || !s.inOrder(e.key, kind == pageBranch) {
			return s.f.bad(page)
		}
		var err error
		switch {
		case kind == pageBranch:
			err = s.tree(e.below, runFrom(p, i, e.below), list, deep-1)
		case list:
			err = s.bucket(page, e)
		case e.flags != 0:
			err = s.f.bad(page)
		case s.in != nil:
			s.found.add(s.in, e)
		}
		if err != nil {
			return err
		}
	}
	if s.last != nil { // the next page may be read into the memory of this one
		s.buf = append(s.buf[:0], s.last...)
		s.last = s.buf
	}
	return nil
}

// inOrder reports whether a key comes after the one before. The keys of a branch may be the first
// ones below it.
func (s *scanner) inOrder(key []byte, branch bool) bool {
	if s.help != nil && s.help.after(key) {
		s.last, s.upto = key, branch
		return true // as far as can be known yet
	}
	c := bytes.Compare(s.last, key)
	ok := c < 0 || c == 0 && (s.upto || s.last == nil)
	s.last, s.upto = key, branch
	return ok
}

// bucket scans a bucket, given by its entry on a page of the list of buckets.
func (s *scanner) bucket(page uint64, e element) error {
	if e.flags != bucketFlag || len(e.value) < bucketHeader {
		return s.f.bad(page)
	}
	outer, upto := e.key, s.upto
	defer func() { s.last, s.upto = outer, upto }()
	s.last, s.upto, s.in = nil, false, s.found.bucket(e.key)
	root := binary.NativeEndian.Uint64(e.value)
	switch {
	case root >= s.f.count:
		return s.f.bad(page)
	case root != 0 && s.deep:
		err := s.tree(root, root, false, deepest)
		if s.help != nil {
			s.help.apart()
		}
		return err
	case root != 0:
		return nil
	}
	small := e.value[bucketHeader:] // its only page lies here
	if len(small) < pageHeader || binary.NativeEndian.Uint16(small[8:]) != pageLeaf {
		return s.f.bad(page)
	}
	return s.entries(small, pageLeaf, page, false, 0)
}

// longestRun is how many pages are read at once at most.
const longestRun = 16

// runFrom returns the last of the pages below a branch, from entry i on, that lie so close behind
// each other that they are better read at once.
func runFrom(p []byte, i int, page uint64) uint64 {
	upto := page
	for count, _ := elementsOn(p, pageBranch); i+1 < count; i++ {
		e, ok := elementAt(p, pageBranch, i+1)
		if !ok || e.below <= upto || e.below-page >= longestRun {
			break
		}
		upto = e.below
	}
	return upto
}

// aboveLeaves reports whether what is below a branch begins with a leaf.
func (s *scanner) aboveLeaves(p []byte) bool {
	e, ok := elementAt(p, pageBranch, 0)
	if !ok || e.below < 2 || e.below >= s.f.count {
		return false
	}
	var header [pageHeader]byte
	_, err := s.f.file.ReadAt(header[:], int64(e.below)*PageSize)
	return err == nil && binary.NativeEndian.Uint16(header[8:]) == pageLeaf
}

// delegate lets a worker scan a branch and the leaves below it.
func (s *scanner) delegate(p []byte, page uint64, deep int) error {
	e, ok := elementAt(p, pageBranch, 0)
	if !ok || !s.inOrder(bytes.Clone(e.key), true) {
		return s.f.bad(page)
	}
	t := &task{page: page, p: bytes.Clone(p), deep: deep}
	if s.in != nil {
		t.bucket = s.in.Name
	}
	s.help.take(t)
	return nil
}

// task is a branch with the leaves below it.
type task struct {
	page   uint64
	p      []byte // the page
	deep   int
	bucket string // "" when the records are not added up

	found *found
	err   error
	last  []byte // the last key in it
	upto  bool
}

// seam is a key that must come after all keys of a task, which is not done yet.
type seam struct {
	*task
	key []byte
}

// workers scan leaves while the scanner goes through the tree above them.
type workers struct {
	f      *Pages
	queue  chan *task
	all    sync.WaitGroup
	tasks  []*task
	before *task // the task that the next key must come after
	seams  []seam
}

// take lets a worker do a task.
func (w *workers) take(t *task) {
	if w.queue == nil {
		queue := make(chan *task, 4*mostWorkers)
		w.queue = queue
		for range workerCount() {
			w.all.Go(func() {
				s := &scanner{f: w.f, deep: true}
				for t := range queue {
					s.do(t)
				}
			})
		}
	}
	w.tasks = append(w.tasks, t)
	w.before = t
	w.queue <- t
}

// after notes that a key must come after the task before, if there is one.
func (w *workers) after(key []byte) bool {
	if w.before == nil {
		return false
	}
	w.seams = append(w.seams, seam{w.before, bytes.Clone(key)})
	w.before = nil
	return true
}

// apart says that the next key is of another bucket.
func (w *workers) apart() { w.before = nil }

// do scans the pages of a task.
func (s *scanner) do(t *task) {
	defer func() {
		if recover() != nil { // nobody could catch it outside of this goroutine
			t.err = s.f.bad(t.page)
		}
		t.p = nil
	}()
	s.last, s.upto, s.found, s.in = nil, false, nil, nil
	if t.bucket != "" {
		t.found = newFound()
		s.found, s.in = t.found, t.found.bucket([]byte(t.bucket))
	}
	t.err = s.entries(t.p, pageBranch, t.page, false, t.deep)
	t.last, t.upto = bytes.Clone(s.last), s.upto
}

// stop waits until the workers have done their tasks, and ends them.
func (w *workers) stop() {
	if w.queue != nil {
		close(w.queue)
		w.queue = nil
	}
	w.all.Wait()
}

// finish stops the workers and adds up what they found. It returns the first error of a page;
// stopped is what ended the way through the tree.
func (w *workers) finish(sum *found, stopped error) error {
	w.stop()
	for _, t := range w.tasks {
		if t.err != nil {
			return t.err
		}
		sum.plus(t.found)
	}
	if stopped != nil {
		return stopped
	}
	for _, j := range w.seams {
		before := scanner{f: w.f, last: j.last, upto: j.upto}
		if !before.inOrder(j.key, false) {
			return w.f.bad(j.page)
		}
	}
	return nil
}
