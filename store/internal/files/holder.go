package files

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
)

// A process that has the notebook notes its number in the lock file, so that those who wait can say
// for whom. The numbers lie behind everything else in the file, in one of several places, for several
// can read at once. They are not synced, and say nothing to any lock: a number that a kill left is of
// no process any more, or, once in a while, of another one.
const (
	holdersAt   = 512 // in the lock file
	mostHolders = 16
	holderSize  = 8
)

// NoteHolder notes that this process has the notebook at path, and returns what takes the note away.
// The caller has the lock of the notebook, and the queue, which is the open lock file.
func NoteHolder(queue *os.File, path string) (forget func()) {
	b := make([]byte, mostHolders*holderSize)
	_, _ = queue.ReadAt(b, holdersAt) // what is not there is 0
	for n := range mostHolders {
		if pid := holderIn(b, n); pid != 0 && running(pid) {
			continue
		}
		at := holdersAt + int64(n)*holderSize
		if _, err := queue.WriteAt(binary.LittleEndian.AppendUint64(nil, uint64(os.Getpid())), at); err != nil {
			break // those who wait will not know
		}
		return func() {
			if f, err := os.OpenFile(QueuePath(path), os.O_WRONLY|NoFollow, 0); err == nil {
				_, _ = f.WriteAt(make([]byte, holderSize), at) // else it is known by the process that is gone
				_ = f.Close()                                  // likewise
			}
		}
	}
	return func() {}
}

func holderIn(b []byte, n int) int {
	return int(binary.LittleEndian.Uint64(b[n*holderSize:]))
}

// Holders names the processes that have the notebook whose lock file is at path, for people to read.
func Holders(queuePath string) string {
	const unknown = "another program"
	f, err := os.OpenFile(queuePath, os.O_RDONLY|NoFollow, 0)
	if err != nil {
		return unknown
	}
	defer func() { _ = f.Close() }() // it was only read
	b := make([]byte, mostHolders*holderSize)
	_, _ = f.ReadAt(b, holdersAt) // what is not there is 0
	var all []string
	own := false
	for n := range mostHolders {
		pid := holderIn(b, n)
		own = own || pid == os.Getpid()
		if name := fmt.Sprint(pid); pid > 0 && pid != os.Getpid() && running(pid) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	switch {
	case len(all) == 0 && own:
		return "something else that hark does"
	case len(all) == 0:
		return unknown
	case len(all) == 1:
		return "another hark (process " + all[0] + ")"
	}
	return "other harks (processes " + strings.Join(all, ", ") + ")"
}
