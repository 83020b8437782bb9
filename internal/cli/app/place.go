package app

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hark/internal/config"
	"hark/internal/kept"
)

// A Place is a folder in which a command writes files. Nothing that hark keeps for itself is written
// there, whatever name or link leads to it.
type Place struct {
	app  *App
	root *os.Root
	path string
	kept *kept.Folder
	own  []kept.Kind
}

// MakePlace opens a folder to write files in, and makes it if need be. Of what hark keeps, own is
// what this command is there to write.
func (a *App) MakePlace(folder string, own ...kept.Kind) (*Place, error) {
	if _, err := a.keptIn(folder, own); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, NoFolder(folder, err)
	}
	return a.openPlace(folder, own)
}

func (a *App) openPlace(folder string, own []kept.Kind) (*Place, error) {
	in, err := a.keptIn(folder, own)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, NoFolder(folder, err)
	}
	return &Place{a, root, folder, in, own}, nil
}

// Close closes the folder.
func (p *Place) Close() { _ = p.root.Close() } // nothing is written through it

// Put writes a file: to a temporary file, synced to the disk, which is then moved in one step, so
// that at no moment there is half a file by that name. It follows no link, and leaves the folder by
// none. With force it writes over a file that is there already, without it the error is ErrThere.
// What hark keeps is never written over.
func (p *Place) Put(name string, force bool, write func(io.Writer) error) error {
	if err := p.refuse(name); err != nil {
		return err
	}
	if err := putFile(p.root, name, force, write); err != nil {
		return NotWritten(p.join(name), err)
	}
	return nil
}

// PutOneOfMany is Put for one of many files. It syncs only if synced is true: syncs take thirty
// times as long as all the rest. Without them such a file can be empty when the power fails within
// half a minute, in which a system may delay writes; it can be had again from the notebook.
func (p *Place) PutOneOfMany(name string, force, synced bool, content []byte) error {
	if err := p.refuse(name); err != nil {
		return err
	}
	err := put(p.root, name, force, func(f *os.File) error {
		if _, err := f.Write(content); err != nil || !synced {
			return err
		}
		return f.Sync()
	})
	if err != nil {
		return NotWritten(p.join(name), err)
	}
	return nil
}

// join is the path of a file as the person may write it.
func (p *Place) join(name string) string {
	return filepath.Join(p.path, name)
}

// refuse returns an error when a name in the folder leads to what hark keeps, or to a file that
// another hark has written for itself.
func (p *Place) refuse(name string) error {
	kind := p.kept.Name(name)
	if kind == "" {
		kind = p.app.Maintain(p.path).Holds(p.join(name))
	}
	if kind == "" || slices.Contains(p.own, kind) {
		return nil
	}
	return keptError(p.join(name), kind)
}

// keptIn returns what hark keeps in a folder; an error when all that has a place there is hark's.
func (a *App) keptIn(folder string, own []kept.Kind) (*kept.Folder, error) {
	in, kind := kept.In(folder, a.kept(folder, own))
	if kind != "" {
		return nil, keptError(folder, kind)
	}
	return in, nil
}

// CheckTarget returns an error when a file that is to be written has a place among what hark keeps,
// but for own.
func (a *App) CheckTarget(path string, own ...kept.Kind) error {
	folder, name := split(path)
	in, err := a.keptIn(folder, own)
	if err != nil {
		return err
	}
	return (&Place{app: a, path: folder, kept: in, own: own}).refuse(name)
}

// split returns the folder of a path and the name in it. The path is not shortened: link/.. is the
// folder above what the link leads to.
func split(path string) (folder, name string) {
	folder, name = filepath.Split(path)
	return cmp.Or(folder, "."), name
}

func keptError(path string, kind kept.Kind) error {
	return fmt.Errorf("%s is %s, and nothing else is written there; name another place", filepath.Clean(path), kind)
}

// kept are the places of all that hark keeps: the notebook of this run, those that the environment,
// the settings and the data folder have, those next to the folder or in it, the settings and the
// playbooks; without own.
func (a *App) kept(folder string, own []kept.Kind) []kept.Place {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	places := config.Kept(a.Getenv)
	add := func(paths []string, itself func(kept.Kind) kept.Kind) {
		for _, path := range paths {
			all := a.Maintain(path).Kept()
			all[0].Kind = itself(all[0].Kind)
			places = append(places, all...)
		}
	}
	for _, near := range []string{folder, filepath.Dir(filepath.Clean(folder))} {
		add(a.near(near), func(kind kept.Kind) kept.Kind {
			if kind == kept.Notebook {
				return kept.Another
			}
			return kind
		})
	}
	add(config.Notebooks(a.Getenv), func(kept.Kind) kept.Kind { return kept.Another })
	if used, err := a.NotebookPath(); err == nil {
		add([]string{used}, func(kept.Kind) kept.Kind { return kept.Notebook })
	}
	return slices.DeleteFunc(places, func(p kept.Place) bool { return slices.Contains(own, p.Kind) })
}

// near are the notebooks in a folder that were used there: a lock file lies next to each.
func (a *App) near(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // nothing can be written there either
	}
	var notebooks []string
	for _, e := range entries {
		stem, isLock := strings.CutSuffix(e.Name(), ".lock")
		if !isLock {
			continue
		}
		for _, name := range []string{stem + ".db", stem} {
			path := filepath.Join(folder, name)
			if m := a.Maintain(path); m.Holds(path) == kept.Copy || m.Holds(filepath.Join(folder, e.Name())) == kept.Lock {
				notebooks = append(notebooks, path)
			}
		}
	}
	return notebooks
}
