package journal

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/internal/files"
)

// Quarantined hands over what lies in journals in quarantine: one is there because the notebook had
// no place for part of it, or because part of it is unreadable. One that was taken up whole is
// removed; the others are returned. take is that of Left; begins says that what begins an interview
// may do so here, which is known of a journal that says which notebook it is for.
func (j *Journal) Quarantined(ctx context.Context, take func(all []interview.Pending, begins bool) (misfits int, err error)) ([]storage.LeftJournal, error) {
	in, err := files.OpenSibling(j.notebook, files.Quarantine)
	if err != nil || in == nil {
		return nil, err
	}
	defer in.Close()
	names, err := InQuarantine(in, document.ID{})
	if err != nil {
		return nil, err
	}
	var left []storage.LeftJournal
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return left, err
		}
		of, pending, damage, err := readFile(in.Join(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it went away
		}
		if err != nil {
			return left, err
		}
		one := storage.LeftJournal{Path: in.Join(name), Foreign: j.isForAnother(of), Damaged: damage != nil}
		if !one.Foreign {
			if one.Misfits, err = take(pending, !of.IsZero()); err != nil {
				return left, err
			}
		}
		if one.Foreign || one.Damaged || one.Misfits > 0 {
			left = append(left, one)
			continue
		}
		if err := in.Root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return left, unusable(in.Path, err)
		}
	}
	return left, nil
}

// Foreign returns the paths of the journals that wait for another notebook.
func (j *Journal) Foreign() ([]string, error) {
	names, err := List(j.notebook)
	var all []string
	for _, name := range names {
		path := filepath.Join(j.folder, name)
		of, _, _, err := readFile(path)
		if err == nil && j.isForAnother(of) {
			all = append(all, path)
		}
	}
	return all, err
}

// Waiting counts the journals of a notebook that has the given ID, zero for any: what processes that
// run, or have ended, could not write to it yet.
func Waiting(notebook string, of document.ID) (int, error) {
	j, err := Open(notebook)
	if err != nil {
		return 0, err
	}
	j.Of(of)
	names, err := List(notebook)
	foreign, foreignErr := j.Foreign()
	return len(names) - len(foreign), cmp.Or(err, foreignErr)
}

// InQuarantine names the journals in the folder quarantine that are of the notebook with the given
// ID, or may be; for zero, all of them.
func InQuarantine(in *files.Folder, of document.ID) ([]string, error) {
	entries, err := fs.ReadDir(in.Root.FS(), ".")
	if err != nil {
		return nil, files.Unwritable(in.Path, "cannot be read", err)
	}
	var own []string
	for _, e := range entries {
		if !IsOwn(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if id, _, _, err := readFile(in.Join(e.Name())); err != nil || id.IsZero() || of.IsZero() || id == of {
			own = append(own, e.Name())
		}
	}
	return own, nil
}

// readFile reads a journal file, which another process may have in use.
func readFile(path string) (of document.ID, all []interview.Pending, damage, err error) {
	f, err := files.OpenRegular(path, false)
	if err != nil {
		return of, nil, nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(f)
	if err != nil {
		return of, nil, nil, files.Unwritable(path, "cannot be read", err)
	}
	of, all, damage = parse(content)
	return of, all, damage, nil
}
