package check

import (
	"encoding/binary"
	"hash/fnv"
	"io/fs"
	"os"
	"time"

	"hark/store/internal/files"
)

// A scan of every page costs some 1 ms for each MB, shared among the processors, which is too much
// for every transaction and too little to leave out: in a damaged file a reader can go round in
// circles, and a writer overwrite what is in use. So every commit, and every scan, leaves a mark in
// the lock file of the notebook: which commit it was, how long the file is, and when it was
// written. As long as the file is as the mark says, only a hark that finished well has written to
// it. Otherwise (after a crash, a power failure, a copy, a sync program, another program's write)
// the next opening scans every page, and so does the first one of each day.
//
// The mark is never synced and may be lost or stale: then there is one more scan.

// CleanMark says which state of a file was good. The zero mark is of no file.
type CleanMark struct {
	commit  uint64 // of the newest meta page, and its checksum
	meta    uint64
	size    int64
	mtime   int64 // in ns since 1970
	scanned int64 // the day of the last scan, in days since 1970; 0 when something was wrong
}

// MarkSize is the length of a stored mark: its numbers and a checksum.
const MarkSize = 5*8 + 8

// markOf returns the mark of a file that was scanned just now.
func markOf(m metaPage, info fs.FileInfo) CleanMark {
	const day = 24 * 60 * 60
	return CleanMark{commit: m.commit, meta: m.sum, size: info.Size(), mtime: info.ModTime().UnixNano(), scanned: time.Now().Unix() / day}
}

// IsZero reports whether this is the mark of no file.
func (m CleanMark) IsZero() bool { return m.commit == 0 }

// Of reports whether the last commit of the file is the one of that number.
func (m CleanMark) Of(commit uint64) bool { return m.commit == commit }

// State is a checksum over which state of the file the mark is of, whenever that was scanned.
func (m CleanMark) State() uint64 {
	m.scanned = 0
	return fnvSum(m.encode())
}

// Faulty reports whether the scan found that the index is not what was written.
func (m CleanMark) Faulty() bool { return m.scanned == 0 }

// encode returns the mark as it is stored.
func (m CleanMark) encode() []byte {
	b := make([]byte, 0, MarkSize)
	for _, n := range []uint64{m.commit, m.meta, uint64(m.size), uint64(m.mtime), uint64(m.scanned)} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return binary.LittleEndian.AppendUint64(b, fnvSum(b))
}

func fnvSum(b []byte) uint64 {
	sum := fnv.New64a()
	_, _ = sum.Write(b) // a hash never fails to write
	return sum.Sum64()
}

// ReadMark reads the mark in a lock file; it is zero when there is none.
func ReadMark(queue *os.File) CleanMark {
	var b [MarkSize]byte
	if _, err := queue.ReadAt(b[:], 0); err != nil {
		return CleanMark{} // none was left yet
	}
	order := binary.LittleEndian
	if order.Uint64(b[MarkSize-8:]) != fnvSum(b[:MarkSize-8]) {
		return CleanMark{}
	}
	return CleanMark{
		commit: order.Uint64(b[0:]), meta: order.Uint64(b[8:]),
		size: int64(order.Uint64(b[16:])), mtime: int64(order.Uint64(b[24:])), scanned: int64(order.Uint64(b[32:])),
	}
}

// Marked reports whether a mark says that there was a notebook at path.
func Marked(path string) bool {
	if _, err := os.Lstat(path + ".db"); err == nil && files.QueuePath(path) == files.QueuePath(path+".db") {
		return false // the mark is that one's
	}
	queue, err := os.OpenFile(files.QueuePath(path), os.O_RDONLY|files.NoFollow, 0)
	if err != nil {
		return false
	}
	defer func() { _ = queue.Close() }() // it was only read
	return !ReadMark(queue).IsZero()
}

// Leave writes the mark into the lock file of the notebook at path. The caller holds that lock. It
// may fail: then the next opening scans once more.
func (m CleanMark) Leave(path string) {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_WRONLY|files.NoFollow, 0)
	if err != nil {
		return
	}
	_, _ = queue.WriteAt(m.encode(), 0) // see above
	_ = queue.Close()                   // likewise
}

// LeaveCommit leaves the mark of a commit that has just been made to the file that m was of, and
// returns it; zero when none could be left. The file's time is set to the nanosecond: as the system
// sets it, two writes within some milliseconds would have the same, and one of them could be another
// program's.
func (m CleanMark) LeaveCommit(file *os.File, path string) CleanMark {
	if err := os.Chtimes(path, time.Time{}, time.Now()); err != nil {
		return CleanMark{}
	}
	now := m.Now(file, path)
	if !now.IsZero() {
		now.Leave(path)
	}
	return now
}

// Now returns the mark of the file that m was of, as it is now; it was last scanned when m says.
// The mark is zero when the file cannot be read.
func (m CleanMark) Now(file *os.File, path string) CleanMark {
	f := Pages{file: file, path: path}
	info, err := file.Stat()
	if err != nil || !f.readMetas() {
		return CleanMark{}
	}
	now := markOf(f.metas[f.newest], info)
	now.scanned = m.scanned
	return now
}
