package files

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
)

// Machine tells this machine from others, and this start of it from earlier ones.
type Machine struct {
	ID   uint64 // the same after every start, as far as the system has such a number
	Boot uint64 // drawn by the system at each start; where it tells nobody, drawn by each process
}

// ThisMachine returns what tells this machine.
func ThisMachine() Machine {
	id, boot := machine()
	if boot == "" {
		boot = rand.Text()
	}
	if id == "" {
		id = boot
	}
	return Machine{ID: short(id), Boot: short(boot)}
}

// short shortens the number of a machine, which is not to be read from what it is stored in.
func short(number string) uint64 {
	sum := sha256.Sum256([]byte("hark " + number))
	return binary.BigEndian.Uint64(sum[:])
}

// Identity tells a file of this machine from others, and from itself before it was last changed.
type Identity struct {
	Volume, Number uint64
	// Changed is when the system last changed anything about the file. Unlike the time of the last
	// write it cannot be set, so that nothing puts an older file in its place without a trace.
	Changed int64
}
