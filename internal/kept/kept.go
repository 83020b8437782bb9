// Package kept tells whether a path leads to what hark keeps for itself: the notebook and what lies
// next to it, the settings, the playbooks. It asks the system which file or folder a path leads to,
// so that neither links nor another spelling hide it, and it knows the names of what is not there
// yet.
package kept

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hark/internal/plain"
)

// Kind says what hark keeps, as it stands in a sentence behind “is”.
type Kind string

// What hark keeps.
const (
	Notebook   Kind = "the notebook itself"
	Another    Kind = "another notebook"
	Copy       Kind = "a notebook, or a copy of one" // as far as its content tells
	Lock       Kind = "the lock file of a notebook"
	Journal    Kind = "where hark keeps what a notebook could not take"
	Backups    Kind = "where hark keeps its backups"
	Quarantine Kind = "where hark keeps what was damaged"
	Rescue     Kind = "where hark keeps what a disk did not confirm"
	Previous   Kind = "an earlier notebook that hark keeps"
	Unfinished Kind = "a name that hark needs for its own work"
	Settings   Kind = "your settings file"
	Playbooks  Kind = "your folder of playbooks"
	Sample     Kind = "where hark keeps its sample"
	Faults     Kind = "where hark notes how it failed"
)

// Place is what is kept under one path: a file; with Whole a folder and everything in it; with
// Named some names in a folder.
type Place struct {
	Kind  Kind
	Path  string
	Whole bool
	// Named gets a name as Fold returns it. It counts names that no file has yet as well.
	Named func(folded string) bool
}

// Fold returns a name in which everything is the same that is the same to some system: case,
// accents composed or not, and the dots and blanks at the end that Windows leaves out.
func Fold(name string) string { return strings.TrimRight(plain.Fold(name), ". ") }

// Folder is what is kept in one folder.
type Folder struct {
	path   string
	places []Place
	names  map[string]Kind // folded names of which one place or the way to it needs
	named  []Place         // places that are names in this folder
	files  []keptFile      // all that is kept and is there, once looked for
	sought bool
}

type keptFile struct {
	info fs.FileInfo
	kind Kind
}

// In returns what is kept in a folder, which need not be there yet. A folder in which nothing but
// what is kept has a place is answered with its kind; that is "" otherwise.
func In(folder string, places []Place) (*Folder, Kind) {
	f := &Folder{path: folder, places: places, names: map[string]Kind{}}
	target := locate(folder)
	for _, p := range places {
		kind, within := f.add(target, p)
		if within {
			return f, kind
		}
	}
	return f, ""
}

// add notes what a place keeps in the folder, which is at target. within is true if the whole folder
// belongs to the place.
func (f *Folder) add(target spot, p Place) (kind Kind, within bool) {
	at := locate(p.Path)
	if p.Whole && len(at.names) == 0 && target.below(at) {
		return p.Kind, true
	}
	if !target.sameFolder(at) {
		return "", false
	}
	n := len(target.names)
	switch {
	case len(at.names) > n && slices.Equal(at.names[:n], target.names):
		f.names[at.names[n]] = p.Kind
	case p.Named != nil:
		if slices.Equal(at.names, target.names) {
			f.named = append(f.named, p)
		}
	case len(at.names) > 0 && len(at.names) <= n && slices.Equal(at.names, target.names[:len(at.names)]):
		return p.Kind, true
	}
	return "", false
}

// Name returns the kind of what is kept, or will be, by a name in the folder, "" for nothing. A
// file that is there counts as kept under all names that it has.
func (f *Folder) Name(name string) Kind {
	folded := Fold(name)
	if kind, ok := f.names[folded]; ok {
		return kind
	}
	for _, p := range f.named {
		if p.Named(folded) {
			return p.Kind
		}
	}
	info, err := os.Lstat(f.path + string(filepath.Separator) + name)
	if err != nil || !info.Mode().IsRegular() {
		return "" // a link is never written through
	}
	for _, k := range f.present() {
		if os.SameFile(info, k.info) {
			return k.kind
		}
	}
	return ""
}

// present returns all files that are there and kept.
func (f *Folder) present() []keptFile {
	if f.sought {
		return f.files
	}
	f.sought = true
	add := func(path string, kind Kind) {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			f.files = append(f.files, keptFile{info, kind})
		}
	}
	for _, p := range f.places {
		switch {
		case p.Whole:
			_ = filepath.WalkDir(p.Path, func(path string, _ fs.DirEntry, _ error) error {
				add(path, p.Kind)
				return nil // what cannot be read cannot be the same as what can be
			})
		case p.Named != nil:
			entries, _ := os.ReadDir(p.Path) // likewise
			for _, e := range entries {
				if p.Named(Fold(e.Name())) {
					add(filepath.Join(p.Path, e.Name()), p.Kind)
				}
			}
		default:
			add(p.Path, p.Kind)
		}
	}
	return f.files
}

// spot is where a path leads: the nearest folder that is there, and the folded names of what is not,
// below it.
type spot struct {
	folder fs.FileInfo // nil if not even the root can be looked at
	path   string      // of that folder
	names  []string
}

// locate follows a path as the system does. It is not shortened beforehand: link/.. is the folder
// above what the link leads to.
func locate(path string) spot {
	const separator = string(filepath.Separator)
	var s spot
	var missing string
	for s.path = path; ; {
		if info, err := os.Stat(s.path); err == nil && info.IsDir() {
			s.folder = info
			break
		}
		dir, name := filepath.Split(strings.TrimRight(s.path, separator))
		if name == "" {
			return s // the root of something that is not there
		}
		if dir == "" {
			dir = "."
		}
		s.path, missing = dir, name+separator+missing
	}
	if missing == "" {
		return s
	}
	// Making missing/.. leads back to where it began.
	if below := filepath.Clean(missing); strings.Contains(missing, "..") && below+separator != missing {
		return locate(s.path + separator + below)
	}
	for name := range strings.SplitSeq(filepath.Clean(missing), separator) {
		s.names = append(s.names, Fold(name))
	}
	return s
}

// sameFolder reports whether two spots begin in one folder.
func (s spot) sameFolder(o spot) bool {
	return s.folder != nil && o.folder != nil && os.SameFile(s.folder, o.folder)
}

// below reports whether a spot is in the folder of another, or in one below that.
func (s spot) below(o spot) bool {
	if s.folder == nil || o.folder == nil {
		return false
	}
	up := s.path
	if real, err := filepath.EvalSymlinks(up); err == nil {
		up = real // Windows takes the name before .. away, link or not
	}
	for here := s.folder; ; {
		if os.SameFile(here, o.folder) {
			return true
		}
		up += string(filepath.Separator) + ".."
		above, err := os.Stat(up)
		if err != nil || os.SameFile(above, here) {
			return false
		}
		here = above
	}
}
