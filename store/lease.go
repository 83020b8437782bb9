package store

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"

	"hark/internal/document"
	"hark/store/check"
	"hark/store/internal/files"
)

// Dots are counted from what the file has seen. If an older state of a file went on under the
// incarnation of a newer one, it would give dots again that are elsewhere by now with another
// content: a copied folder, a backup that was put back, what a sync program brought. So the right to
// give dots under an incarnation is a lease, kept in the lock file next to the notebook and never in
// the notebook. It is for one state of one file, as the commit left it, on one machine that has been
// running since. A commit renews it for the state that it makes. Whatever else happens to the file,
// the lease does not fit it any more, and the next write draws another incarnation.
//
// A lease is spent before a dot is given under it, and renewed after the commit, both under the lock
// of the file. So after a crash, or a commit that fails, no later write goes on under it; the change
// of the failed one may be in the journal. The lock file is not synced: after a power failure the
// machine has started again, and no lease is good.

// lease says under which incarnation the next write to a notebook gives dots.
type lease struct {
	Device      document.Incarnation // see Store.Device
	Incarnation document.Incarnation // 0 when the lease is spent
	Machine     files.Machine
	File        files.Identity
	State       uint64 // see check.CleanMark.State
}

// leaseAt is where the lease lies in the lock file: behind the clean mark and the doubt. Behind it
// comes a checksum.
const leaseAt = 64

func (l lease) encode() []byte {
	b, _ := binary.Append(nil, binary.LittleEndian, l) // all of it has a fixed size
	return binary.LittleEndian.AppendUint64(b, sumOf(b))
}

func sumOf(b []byte) uint64 {
	sum := fnv.New64a()
	_, _ = sum.Write(b) // a hash never fails to write
	return sum.Sum64()
}

// readLease reads the lease in a lock file; it is zero when there is none.
func readLease(queue *os.File) lease {
	b := make([]byte, len(lease{}.encode()))
	if _, err := queue.ReadAt(b, leaseAt); err != nil {
		return lease{}
	}
	numbers := b[:len(b)-8]
	var l lease
	if _, err := binary.Decode(numbers, binary.LittleEndian, &l); err != nil || sumOf(numbers) != binary.LittleEndian.Uint64(b[len(numbers):]) {
		return lease{}
	}
	return l
}

// leave writes the lease into the lock file of the notebook at path. The caller has the lock of the
// notebook's file.
func (l lease) leave(path string) error {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_WRONLY|files.NoFollow, 0)
	if err != nil {
		return err
	}
	_, err = queue.WriteAt(l.encode(), leaseAt)
	return errors.Join(err, queue.Close())
}

// thisMachine returns what tells this machine.
func (s *Store) thisMachine() files.Machine {
	s.once.Do(func() { s.machine = files.ThisMachine() })
	return s.machine
}

// Device tells the notebook from others on this machine. It stays the same as long as the lock file
// lies next to the notebook, whichever incarnation gives the dots.
func (s *Store) Device() document.Incarnation {
	if known := s.device.Load(); known != 0 {
		return document.Incarnation(known)
	}
	device := drawIncarnation()
	if queue, err := os.OpenFile(files.QueuePath(s.path), os.O_RDONLY|files.NoFollow, 0); err == nil {
		if l := readLease(queue); l.Machine.ID == s.thisMachine().ID && l.Device != 0 {
			device = l.Device
		}
		_ = queue.Close() // it was only read
	}
	s.device.CompareAndSwap(0, uint64(device))
	return document.Incarnation(s.device.Load())
}

// WrittenHere reports whether the notebook at path was written to on some machine where it lies: a
// copy that was only looked at has no lease.
func WrittenHere(path string) bool {
	queue, err := os.OpenFile(files.QueuePath(path), os.O_RDONLY|files.NoFollow, 0)
	if err != nil {
		return false
	}
	defer func() { _ = queue.Close() }() // it was only read
	return readLease(queue).Device != 0
}

// drawIncarnation draws an incarnation, which is never 0.
func drawIncarnation() document.Incarnation {
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails
	return document.Incarnation(binary.LittleEndian.Uint64(b[:]) | 1)
}

// checkLease takes the lease that was left in the lock file. One that is not for the file as it is
// now, or was given to another machine, is as good as spent.
func (t *Tx) checkLease(left lease, now check.CleanMark) {
	t.lease = left
	here := t.store.thisMachine()
	if left.Machine.ID != here.ID || left.Device == 0 {
		t.lease.Device = t.store.Device()
	}
	file, err := files.Identify(t.file)
	if err != nil || left.Machine != here || left.File != file || left.State != now.State() {
		t.lease.Incarnation = 0
	}
	t.lease.Machine = here
}

// incarnation spends the lease and returns the incarnation under which the caller's code gives dots.
func (t *Tx) incarnation() document.Incarnation {
	if t.store.private {
		return drawIncarnation()
	}
	if t.lease.Incarnation != 0 {
		spent := t.lease
		spent.Incarnation = 0
		if spent.leave(t.store.path) == nil {
			return t.lease.Incarnation
		}
	}
	t.lease.Incarnation = drawIncarnation()
	t.drawn = true
	return t.lease.Incarnation
}

// returnLease is for a caller that has given no dots after all.
func (t *Tx) returnLease() {
	switch {
	case t.drawn:
		t.lease.Incarnation, t.drawn = 0, false
	case t.lease.Incarnation != 0:
		_ = t.lease.leave(t.store.path) // else the next write draws another incarnation
	}
}

// renewLease leaves the lease for the state of the file after a commit, whose mark is now. It may
// fail: then the next write draws another incarnation.
func (t *Tx) renewLease(now check.CleanMark) {
	file, err := files.Identify(t.file)
	if err != nil || now.IsZero() || t.lease.Incarnation == 0 {
		return
	}
	t.lease.File, t.lease.State = file, now.State()
	_ = t.lease.leave(t.store.path) // see above
}
