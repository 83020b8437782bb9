package cli

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

var (
	// errThere says that there is a file by that name.
	errThere = errors.New("this file is there already; --force writes over it")
	// errNoFile says that what is there is not a file.
	errNoFile = errors.New("what is there by that name is not an ordinary file, so hark leaves it alone")
)

// putFile writes a file in the folder root: first beside its place, synced to the
// disk, then moved there in one step, so that at no moment there is half a file
// by that name. It follows no link, and leaves the folder by none. A file that is
// there already is written over with force alone, errThere otherwise; anything
// else by that name is errNoFile.
func putFile(root *os.Root, name string, force bool, write func(io.Writer) error) error {
	return put(root, name, force, func(f *os.File) error {
		w := bufio.NewWriter(f)
		if err := write(w); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
		return f.Sync()
	})
}

// putOneOfMany is putFile for one of many files. Unless synced is true it waits for
// no disk: that would take thirty times as long as all the rest, and what it writes
// can be had again from the notebook. When the power fails in the half minute that
// a system keeps writes to itself, such a file can be found empty afterwards.
func putOneOfMany(root *os.Root, name string, force, synced bool, content []byte) error {
	return put(root, name, force, func(f *os.File) error {
		if _, err := f.Write(content); err != nil || !synced {
			return err
		}
		return f.Sync()
	})
}

// put is putFile, with fill to write the file.
func put(root *os.Root, name string, force bool, fill func(*os.File) error) (err error) {
	switch info, err := root.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errNoFile
	case !force:
		return errThere
	}
	beside := ".hark-" + rand.Text() + ".tmp"
	f, err := root.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if removeErr := root.Remove(beside); err == nil && !errors.Is(removeErr, fs.ErrNotExist) {
			err = removeErr
		}
	}()
	err = fill(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if force {
		return root.Rename(beside, name)
	}
	return claim(root, beside, name)
}

// putAt is putFile for a path in a folder that is there. The error says which
// file or folder it is about.
func putAt(path string, force bool, write func(io.Writer) error) error {
	folder, name := filepath.Split(path)
	root, err := os.OpenRoot(filepath.Join(folder, "."))
	if err != nil {
		return noFolder(folder, err)
	}
	defer func() { _ = root.Close() }() // nothing is written through it
	if err := putFile(root, name, force, write); err != nil {
		return notWritten(path, err)
	}
	return nil
}

// claim gives a file a name that no other has.
func claim(root *os.Root, beside, name string) error {
	err := root.Link(beside, name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return errThere
	}
	// There are file systems without links. There the name is taken first, with
	// an empty file, which the move replaces.
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return errThere
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return root.Rename(beside, name)
}
