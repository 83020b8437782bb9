package mutate

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
)

// Constants of the bbolt file format: pages of this size, each with a header, the first two of them
// meta pages.
const (
	pageSize = 4096
	sector   = 512

	// Offsets in the header of a page.
	sortAt  = 8
	countAt = 10
	overAt  = 12
	header  = 16
	element = 16

	// Offsets in a meta page, behind its header.
	rootAt     = header + 16
	freelistAt = header + 32
	pagesAt    = header + 40
	txidAt     = header + 48
	metaEnd    = header + 64
)

// original is a notebook to be damaged: as it is, and as it was a while ago.
type original struct {
	path    string // path of a copy
	now     []byte
	before  []byte
	lock    []byte   // content of its lock file
	held    []string // its fingerprints between the two states
	touched []int    // pages that differ between the two
}

// kind is one kind of damage to a file.
type kind struct {
	name string
	// damage changes the bytes of a notebook, and may return other ones.
	damage func(o *original, b []byte, chance *rand.Rand) []byte
}

// kinds returns the kinds of damage: by disks, by file systems that lose or reorder writes, by
// copying while hark writes, by transfers, by people.
func kinds() []kind { return slices.Concat(ofBytes(), ofPages(), ofLengths(), ofStructure()) }

// ofBytes returns changes of bytes anywhere.
func ofBytes() []kind {
	return []kind{
		{"a bit flipped", anywhere(func(b []byte, chance *rand.Rand) { flip(b, chance) })},
		{"bits flipped", func(_ *original, b []byte, chance *rand.Rand) []byte {
			for range 2 + chance.IntN(30) {
				flip(b, chance)
			}
			return b
		}},
		{"a bit flipped in a page in use", inPage(func(p []byte, chance *rand.Rand) { flip(p, chance) })},
		{"a byte changed in a page in use", inPage(func(p []byte, chance *rand.Rand) { p[chance.IntN(len(p))] = byte(chance.Uint32()) })},
		{"bytes zeroed", anywhere(func(b []byte, chance *rand.Rand) { clear(stretch(b, chance)) })},
		{"bytes of noise", anywhere(func(b []byte, chance *rand.Rand) { noise(stretch(b, chance), chance) })},
		{"a sector zeroed", sectors(func(s []byte, _ *rand.Rand) { clear(s) })},
		{"a sector of noise", sectors(noise)},
	}
}

// ofPages returns pages that differ from what was written last.
func ofPages() []kind {
	return []kind{
		{"a page zeroed", inPage(func(p []byte, _ *rand.Rand) { clear(p) })},
		{"a page of noise", inPage(noise)},
		{"pages swapped", func(_ *original, b []byte, chance *rand.Rand) []byte {
			x, y := onePage(b, chance), onePage(b, chance)
			was := slices.Clone(x)
			copy(x, y)
			copy(y, was)
			return b
		}},
		{"a page written to another place", func(_ *original, b []byte, chance *rand.Rand) []byte {
			copy(onePage(b, chance), onePage(b, chance))
			return b
		}},
		{"a page of before", func(o *original, b []byte, chance *rand.Rand) []byte {
			n := o.touched[chance.IntN(len(o.touched))] * pageSize
			copy(b[n:n+pageSize], o.before[n:])
			return b
		}},
		{"a sector of before", func(o *original, b []byte, chance *rand.Rand) []byte {
			n := o.touched[chance.IntN(len(o.touched))]*pageSize + sector*chance.IntN(pageSize/sector)
			copy(b[n:n+sector], o.before[n:])
			return b
		}},
		{"copied while somebody wrote", func(o *original, b []byte, chance *rand.Rand) []byte {
			// All pages of one state would be a good notebook.
			changed := o.touched[1+chance.IntN(len(o.touched)-1)]
			n := changed*pageSize + sector*chance.IntN(pageSize/sector)
			if chance.IntN(2) == 0 {
				return slices.Concat(o.before[:n], b[n:])
			}
			return slices.Concat(b[:n], o.before[n:])
		}},
	}
}

// ofLengths returns files that are longer or shorter than before.
func ofLengths() []kind {
	return []kind{
		{"cut to 0 bytes", func(_ *original, b []byte, _ *rand.Rand) []byte { return b[:0] }},
		{"cut short", func(_ *original, b []byte, chance *rand.Rand) []byte { return b[:1+chance.IntN(len(b)-1)] }},
		{"cut short at a page", func(_ *original, b []byte, chance *rand.Rand) []byte {
			return b[:pageSize*(1+chance.IntN(len(b)/pageSize-1))]
		}},
		{"made longer", func(_ *original, b []byte, chance *rand.Rand) []byte {
			more := make([]byte, 1+chance.IntN(3*pageSize))
			if chance.IntN(2) == 0 {
				noise(more, chance)
			}
			return append(b, more...)
		}},
		{"bytes put in", func(_ *original, b []byte, chance *rand.Rand) []byte {
			return slices.Insert(b, chance.IntN(len(b)), make([]byte, 1+chance.IntN(64))...)
		}},
		{"bytes taken out", func(_ *original, b []byte, chance *rand.Rand) []byte {
			n := chance.IntN(len(b) - 64)
			return slices.Delete(b, n, n+1+chance.IntN(64))
		}},
		{"line ends changed", func(_ *original, b []byte, _ *rand.Rand) []byte {
			return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
		}},
	}
}

// ofStructure returns changes of the references between pages.
func ofStructure() []kind {
	return []kind{
		{"a meta page damaged", meta(func(p []byte, chance *rand.Rand) { noise(stretch(p[:metaEnd], chance), chance) })},
		{"a meta page zeroed", meta(func(p []byte, _ *rand.Rand) { clear(p) })},
		{"a meta page that points elsewhere", meta(func(p []byte, chance *rand.Rand) {
			at := [...]int{rootAt, freelistAt, pagesAt, txidAt}[chance.IntN(4)]
			binary.NativeEndian.PutUint64(p[at:], chance.Uint64N(64))
		})},
		{"both meta pages damaged", func(_ *original, b []byte, chance *rand.Rand) []byte {
			flip(b[header:metaEnd], chance)
			flip(b[pageSize+header:pageSize+metaEnd], chance)
			return b
		}},
		{"a page of another sort", inPage(func(p []byte, chance *rand.Rand) {
			binary.NativeEndian.PutUint16(p[sortAt:], 1<<chance.IntN(6))
		})},
		{"a count changed", inPage(func(p []byte, chance *rand.Rand) {
			count := binary.NativeEndian.Uint16(p[countAt:])
			binary.NativeEndian.PutUint16(p[countAt:], [...]uint16{0, count - 1, count + 1, uint16(chance.Uint32())}[chance.IntN(4)])
		})},
		{"a page that runs on", inPage(func(p []byte, chance *rand.Rand) {
			binary.NativeEndian.PutUint32(p[overAt:], [...]uint32{0, 1, 2, 1 << 31, chance.Uint32()}[chance.IntN(5)])
		})},
		{"the head of an element changed", elements(func(e []byte, chance *rand.Rand) {
			binary.NativeEndian.PutUint32(e[4*chance.IntN(4):], [...]uint32{0, 1, 7, 1 << 31, chance.Uint32()}[chance.IntN(5)])
		})},
		{"elements swapped", elements(func(e []byte, _ *rand.Rand) {
			if len(e) >= 2*element {
				was := slices.Clone(e[:element])
				copy(e, e[element:2*element])
				copy(e[element:], was)
			}
		})},
	}
}

func anywhere(do func(b []byte, chance *rand.Rand)) func(*original, []byte, *rand.Rand) []byte {
	return func(_ *original, b []byte, chance *rand.Rand) []byte {
		do(b, chance)
		return b
	}
}

// inPage damages a page in use.
func inPage(do func(p []byte, chance *rand.Rand)) func(*original, []byte, *rand.Rand) []byte {
	return anywhere(func(b []byte, chance *rand.Rand) { do(onePage(b, chance), chance) })
}

func sectors(do func(s []byte, chance *rand.Rand)) func(*original, []byte, *rand.Rand) []byte {
	return inPage(func(p []byte, chance *rand.Rand) {
		n := sector * chance.IntN(pageSize/sector)
		do(p[n:n+sector], chance)
	})
}

func meta(do func(p []byte, chance *rand.Rand)) func(*original, []byte, *rand.Rand) []byte {
	return anywhere(func(b []byte, chance *rand.Rand) {
		n := pageSize * chance.IntN(2)
		do(b[n:n+pageSize], chance)
	})
}

// elements damages the list of elements of a page, from a random one on.
func elements(do func(e []byte, chance *rand.Rand)) func(*original, []byte, *rand.Rand) []byte {
	return inPage(func(p []byte, chance *rand.Rand) {
		count := min(int(binary.NativeEndian.Uint16(p[countAt:])), (pageSize-header)/element)
		if count == 0 {
			flip(p, chance)
			return
		}
		do(p[header+element*chance.IntN(count):header+element*count], chance)
	})
}

// onePage returns a page behind the meta pages, if possible one that is not empty.
func onePage(b []byte, chance *rand.Rand) []byte {
	var p []byte
	for range 20 {
		n := pageSize * (2 + chance.IntN(len(b)/pageSize-2))
		p = b[n : n+pageSize]
		if slices.ContainsFunc(p[:header+element], func(c byte) bool { return c != 0 }) {
			break
		}
	}
	return p
}

// stretch returns a random part of b, more often a short one.
func stretch(b []byte, chance *rand.Rand) []byte {
	n := 1 + chance.IntN(1<<chance.IntN(13))
	from := chance.IntN(len(b))
	return b[from:min(len(b), from+n)]
}

func flip(b []byte, chance *rand.Rand) { b[chance.IntN(len(b))] ^= 1 << chance.IntN(8) }

func noise(b []byte, chance *rand.Rand) {
	for i := range b {
		b[i] = byte(chance.Uint32())
	}
}
