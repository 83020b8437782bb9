package repair

import (
	"cmp"
	"path/filepath"
	"strings"

	"hark/internal/kept"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
	"hark/store/journal"
)

// Kept are the files and folders that belong to the notebook. The notebook itself is a kept.Copy while
// nobody has written to it.
func (m *Maintainer) Kept() []kept.Place {
	dir := filepath.Dir(m.path)
	in := func(kind kept.Kind, name string) kept.Place {
		return kept.Place{Kind: kind, Path: filepath.Join(dir, name), Whole: true}
	}
	itself := kept.Notebook
	if !store.WrittenHere(m.path) {
		itself = kept.Copy // as a backup is that was only looked at
	}
	base, stem := kept.Fold(filepath.Base(m.path)), kept.Fold(files.Stem(m.path))
	return []kept.Place{
		{Kind: itself, Path: m.path},
		{Kind: kept.Lock, Path: files.QueuePath(m.path)},
		in(kept.Journal, filepath.Base(journal.Folder(m.path))),
		in(kept.Backups, files.Backups),
		in(kept.Quarantine, files.Quarantine),
		in(kept.Rescue, files.Rescue),
		{Kind: kept.Previous, Path: dir, Named: func(name string) bool {
			return strings.HasPrefix(name, stem+files.CopyUntil) || strings.HasPrefix(name, stem+files.CopyLayout)
		}},
		{Kind: kept.Unfinished, Path: dir, Named: func(name string) bool {
			// Earlier harks made a notebook under the first of these. Other programs that know such
			// files name their locks and logs so.
			for _, ending := range []string{".new", ".lock", "-lock", "-journal", "-shm", "-wal"} {
				if name == base+ending {
					return true
				}
			}
			return strings.HasPrefix(name, files.UnfinishedPrefix) || strings.HasPrefix(name, stem+"-") && strings.HasSuffix(name, files.WindowSuffix)
		}},
	}
}

// keeps returns what a path leads to that belongs to the notebook, "" for nothing of the kind.
func (m *Maintainer) keeps(path string) kept.Kind {
	folder, name := filepath.Split(path)
	in, kind := kept.In(cmp.Or(folder, "."), m.Kept())
	return cmp.Or(kind, in.Name(name))
}

// Holds tells by its content what a file holds that hark has written for itself.
func (m *Maintainer) Holds(file string) kept.Kind {
	f, err := files.OpenRegular(file, false)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // it was only read
	switch {
	case check.Resembles(f):
		return kept.Copy
	case journal.Resembles(f):
		return kept.Journal
	case !check.ReadMark(f).IsZero():
		return kept.Lock
	}
	return ""
}
