// Package power simulates power failures. It records every write and every sync of a real hark, and
// then produces the files that a disk may hold when the power fails at some moment: of the unsynced
// writes any part may be there, in any order, down to single sectors. After each failure hark must
// find everything that it acknowledged.
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

// sector is the size of an atomic write of the disk, in bytes.
const sector = 512

// disk is the state of a disk: what is safe, and what may be lost.
type disk struct {
	// obeys is true when a sync makes data safe. The control has a disk where it does not.
	obeys bool

	names map[string]*file // files by path, as the running system sees them
	safe  map[string]*file // files by path, safe on the disk
	moves []move           // changes of names that are not safe yet
}

// file is the content of a file, or a folder.
type file struct {
	folder bool
	safe   []byte
	writes []tap.Call // not safe yet: Write and Truncate
}

// move is a change of names.
type move struct {
	call tap.Call
	file *file // the file afterwards, nil when it is gone
}

func newDisk(obeys bool) *disk {
	return &disk{obeys: obeys, names: map[string]*file{}, safe: map[string]*file{}}
}

// do applies a call of the recorded hark.
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

// sync makes a file safe, or the names in a folder. f is nil for the top folder.
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

// change applies a write to a copy of a file's content. With chance, each sector of it may or may
// not be written.
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

// resize returns a copy of that size, new bytes zero.
func resize(content []byte, size int64) []byte {
	out := make([]byte, size)
	copy(out, content)
	return out
}

// fail returns what a disk may hold after a power failure: content by path, nil for a folder.
func (d *disk) fail(chance *rand.Rand) map[string][]byte {
	names := maps.Clone(d.safe)
	// The names in a folder change in order on every journalling file system.
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

// left returns what may be left of a file: any of the writes since the last sync, in any order, and
// of some only part of the sectors.
func (f *file) left(chance *rand.Rand) []byte {
	content := slices.Clone(f.safe)
	writes := slices.Clone(f.writes)
	if chance.IntN(2) == 0 {
		chance.Shuffle(len(writes), func(i, j int) { writes[i], writes[j] = writes[j], writes[i] })
	}
	// Failures range from nothing written to nearly everything written.
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

// restore writes what is left into an empty folder; from is the folder of the recording.
func restore(left map[string][]byte, from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(left)) { // folders before their content
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
		// The content of a removed folder is gone too.
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
