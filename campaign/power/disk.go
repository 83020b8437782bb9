// Package power simulates power failures. It records every write and every sync of a real hark, and then makes the files
// as a disk may hold them when the power fails at some moment: of what was not synced any part may be there, in any
// order, down to single sectors. Each time hark must find all that it has acknowledged.
package power

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"hark/campaign/tap"
)

// sector is what a disk writes as a whole.
const sector = 512

// disk is what a disk holds for sure, and what was done since and may be there.
type disk struct {
	// obeys says whether a sync makes anything last. The control has a disk where
	// it does not.
	obeys bool

	names map[string]*file // what lies where, for the running system
	safe  map[string]*file // and on the disk for sure
	moves []move           // of names, not yet sure
}

// file is the content of a file, or a folder.
type file struct {
	folder bool
	safe   []byte
	writes []tap.Call // not yet sure: Write and Truncate
}

// move is a change of names.
type move struct {
	call tap.Call
	file *file // what is there afterwards, nil when it is gone
}

func newDisk(obeys bool) *disk {
	return &disk{obeys: obeys, names: map[string]*file{}, safe: map[string]*file{}}
}

// do carries out a call of the recorded hark.
func (d *disk) do(c tap.Call) error {
	f := d.names[c.Path]
	if f == nil && (c.Op == tap.Write || c.Op == tap.Truncate || c.Op == tap.Rename) {
		return fmt.Errorf("there is no file to %v: %s", c.Op, c.Path)
	}
	switch c.Op {
	case tap.Create:
		d.move(c, &file{})
	case tap.Folder:
		d.move(c, &file{folder: true})
	case tap.Remove:
		d.move(c, nil)
	case tap.Rename:
		d.move(c, f)
	case tap.Write, tap.Truncate:
		f.writes = append(f.writes, c)
	case tap.Sync:
		if d.obeys {
			d.sync(c.Path, f)
		}
	case tap.Say:
	}
	return nil
}

func (d *disk) move(c tap.Call, f *file) {
	m := move{c, f}
	m.apply(d.names)
	d.moves = append(d.moves, m)
}

func (m move) apply(names map[string]*file) {
	at := m.call.Path
	if m.call.Op == tap.Rename {
		delete(names, at)
		at = m.call.To
	}
	if m.file == nil {
		delete(names, at)
		return
	}
	names[at] = m.file
}

// in is the folder that a move changes.
func (m move) in() string { return filepath.Dir(m.call.Path) }

// sync makes a file last, or the names in a folder. f is nil for the folder that
// all of it lies in.
func (d *disk) sync(path string, f *file) {
	if f != nil && !f.folder {
		for _, w := range f.writes {
			f.safe = change(f.safe, w, nil)
		}
		f.writes = nil
		return
	}
	var rest []move
	for _, m := range d.moves {
		if m.in() == path {
			m.apply(d.safe)
		} else {
			rest = append(rest, m)
		}
	}
	d.moves = rest
}

// change does a write to a copy of what a file holds. With chance, each sector of
// it may or may not be written.
func change(content []byte, w tap.Call, chance *rand.Rand) []byte {
	if w.Op == tap.Truncate {
		return resize(content, w.Size)
	}
	content = resize(content, max(int64(len(content)), w.Offset+int64(len(w.Data))))
	for from := 0; from < len(w.Data); {
		to := min(len(w.Data), from+sector-int(w.Offset+int64(from))%sector)
		if chance == nil || chance.IntN(2) == 0 {
			copy(content[w.Offset+int64(from):], w.Data[from:to])
		}
		from = to
	}
	return content
}

// resize returns a copy of so many bytes, with zeros for those that are new.
func resize(content []byte, size int64) []byte {
	out := make([]byte, size)
	copy(out, content)
	return out
}

// fail returns what a disk may hold after a power failure: the content by path,
// nil for a folder.
func (d *disk) fail(chance *rand.Rand) map[string][]byte {
	names := maps.Clone(d.safe)
	// The names in a folder change in order, on every file system with a journal.
	upTo := map[string]int{}
	for _, m := range d.moves {
		upTo[m.in()]++
	}
	for _, folder := range slices.Sorted(maps.Keys(upTo)) {
		upTo[folder] = chance.IntN(upTo[folder] + 1)
	}
	for _, m := range d.moves {
		if upTo[m.in()] > 0 {
			upTo[m.in()]--
			m.apply(names)
		}
	}
	left := map[string][]byte{}
	for _, path := range slices.Sorted(maps.Keys(names)) {
		if f := names[path]; f.folder {
			left[path] = nil
		} else {
			left[path] = f.left(chance)
		}
	}
	return left
}

// left returns what may be left of a file: of the writes since the last sync any,
// in any order, and of some only some sectors.
func (f *file) left(chance *rand.Rand) []byte {
	content := slices.Clone(f.safe)
	writes := slices.Clone(f.writes)
	if chance.IntN(2) == 0 {
		chance.Shuffle(len(writes), func(i, j int) { writes[i], writes[j] = writes[j], writes[i] })
	}
	// Failures are of all sorts, from nothing written to nearly everything.
	odds := chance.IntN(5)
	for _, w := range writes {
		switch {
		case chance.IntN(4) >= odds:
		case chance.IntN(4) == 0:
			content = change(content, w, chance)
		default:
			content = change(content, w, nil)
		}
	}
	if content == nil {
		content = []byte{}
	}
	return content
}

// restore puts what is left into an empty folder, where before it lay in another.
func restore(left map[string][]byte, from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(left)) { // folders before what lies in them
		inside, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		at := filepath.Join(to, inside)
		if left[path] == nil {
			err = os.Mkdir(at, 0o700)
		} else {
			err = os.WriteFile(at, left[path], 0o600)
		}
		// What lies in a folder that is gone is gone too.
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
