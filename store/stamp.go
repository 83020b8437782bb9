package store

import (
	"encoding/binary"
	"hark/store/internal/files"
	"hash/fnv"
	"io/fs"
	"os"
	"time"
)

// Looking at every page costs some 1 ms for each MB, shared among the processors,
// which is too much for every transaction and too little to leave out: in a
// damaged file a reader can go round in circles, and a writer write over what is
// in use. So whoever commits,
// or has looked at every page, leaves a stamp of the file in the lock file
// beside it: which commit it was, how long the file is, and when it was written.
// As long as the file is as the stamp says, nobody but a hark that finished well
// has written to it. Otherwise (after a crash, a power failure, a copy, a sync
// program, another program's write) the next to open it looks at every page, and
// so does the first one of each day.
//
// The stamp is never synced and may be lost or stale: then there is one more
// look.

// stamp says which state of the file was good.
type stamp struct {
	txid   uint64 // of the newest meta page, and its checksum
	meta   uint64
	size   int64
	mtime  int64 // in ns since 1970
	walked int64 // the day on which every page was looked at, since 1970; 0 when something was wrong
}

// stampSize is the length of a stored stamp: its numbers and a checksum.
const stampSize = 5*8 + 8

// stampOf returns the stamp of a file whose every page was looked at just now.
func stampOf(m metaPage, info fs.FileInfo) stamp {
	const day = 24 * 60 * 60
	return stamp{txid: m.txid, meta: m.sum, size: info.Size(), mtime: info.ModTime().UnixNano(), walked: time.Now().Unix() / day}
}

// vouchesFor reports whether a file with the stamp now is as the one who left s
// left it, today.
func (s stamp) vouchesFor(now stamp) bool { return s == now }

// encode returns the stamp as it is stored.
func (s stamp) encode() []byte {
	b := make([]byte, 0, stampSize)
	for _, n := range []uint64{s.txid, s.meta, uint64(s.size), uint64(s.mtime), uint64(s.walked)} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return binary.LittleEndian.AppendUint64(b, stampSum(b))
}

func stampSum(b []byte) uint64 {
	sum := fnv.New64a()
	_, _ = sum.Write(b) // a hash never fails to write
	return sum.Sum64()
}

// readStamp reads the stamp in a lock file; it is zero when there is none.
func readStamp(queue *os.File) stamp {
	var b [stampSize]byte
	if _, err := queue.ReadAt(b[:], 0); err != nil {
		return stamp{} // none was left yet
	}
	order := binary.LittleEndian
	if order.Uint64(b[stampSize-8:]) != stampSum(b[:stampSize-8]) {
		return stamp{}
	}
	return stamp{
		txid: order.Uint64(b[0:]), meta: order.Uint64(b[8:]),
		size: int64(order.Uint64(b[16:])), mtime: int64(order.Uint64(b[24:])), walked: int64(order.Uint64(b[32:])),
	}
}

// stamped reports whether a stamp says that there was a notebook at path.
func stamped(path string) bool {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_RDONLY|files.NoFollow, 0)
	if err != nil {
		return false
	}
	defer func() { _ = queue.Close() }() // it was only read
	return readStamp(queue).txid != 0
}

// leave stores the stamp beside the notebook at path, of which the caller has
// the lock. It may fail: then the next to open the notebook looks again.
func (s stamp) leave(path string) {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_WRONLY|files.NoFollow, 0)
	if err != nil {
		return
	}
	_, _ = queue.WriteAt(s.encode(), 0) // see above
	_ = queue.Close()                   // likewise
}

// stampCommit leaves the stamp of a commit that has just been made. The file's
// time is set to the nanosecond: as the system sets it, two writes within some
// milliseconds would have the same, and one of them could be somebody else's.
func stampCommit(f *os.File, path string, walked int64) {
	if err := os.Chtimes(path, time.Time{}, time.Now()); err != nil {
		return
	}
	if s, ok := stampNow(f, path, walked); ok {
		s.leave(path)
	}
}

// stampNow returns the stamp of a file as it is, of which every page was last
// looked at on a day; ok is false, and the stamp zero, when it cannot be read.
func stampNow(f *os.File, path string, walked int64) (s stamp, ok bool) {
	h := &head{file: f, path: path}
	info, err := f.Stat()
	if err != nil || !h.meta() {
		return stamp{}, false
	}
	s = stampOf(h.metas[h.newest], info)
	s.walked = walked
	return s, true
}
