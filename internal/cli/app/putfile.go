package app

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"hark/internal/kept"
)

var (
	// ErrThere says that there is a file by that name.
	ErrThere = errors.New("this file is there already; --force writes over it")
	// errNoFile says that what is there is not a file.
	errNoFile = errors.New("what is there by that name is not an ordinary file, so hark leaves it alone")
)

// WriteOut writes what a command makes to the file out, or to standard output for "-". Of a file it
// says what is in it.
func (a *App) WriteOut(out string, force bool, what string, write func(io.Writer) error) error {
	if out == "-" {
		return write(a.Out)
	}
	a.Heed()
	if err := a.PutAt(out, force, write); err != nil {
		return err
	}
	a.Note("%s: %s", out, what)
	return nil
}

// Content returns a function that writes just these bytes.
func Content(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

// PutAt writes a file in a folder that is there: see Place.Put. The error says which file or folder
// it is about.
func (a *App) PutAt(path string, force bool, write func(io.Writer) error, own ...kept.Kind) error {
	folder, name := split(path)
	p, err := a.openPlace(folder, own)
	if err != nil {
		return err
	}
	defer p.Close()
	return p.Put(name, force, write)
}

// putFile writes a file in the folder root: to a temporary file, synced to the disk, which is then
// moved in one step, so that at no moment there is half a file by that name. It follows no link,
// and leaves the folder by none. With force it writes over a file that is there already, without it
// the error is ErrThere. Anything else by that name is errNoFile.
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

// put is putFile, with fill to write and sync the file.
func put(root *os.Root, name string, force bool, fill func(*os.File) error) (err error) {
	switch info, err := root.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errNoFile
	case !force:
		return ErrThere
	}
	if f := openUnnamed(root); f != nil {
		return putUnnamed(root, f, name, force, fill)
	}
	sweep(root)
	temporary := newTemporary()
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if removeErr := root.Remove(temporary); err == nil && !errors.Is(removeErr, fs.ErrNotExist) {
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
		return root.Rename(temporary, name)
	}
	return claim(root, temporary, name)
}

// putUnnamed is put through a file that gets a name once it is whole, so that nothing of it stays when
// hark is killed. One that is written over another has a name of its own for the moment in between.
func putUnnamed(root *os.Root, f *os.File, name string, force bool, fill func(*os.File) error) (err error) {
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if err := fill(f); err != nil {
		return err
	}
	err = giveName(root, f, name)
	switch {
	case !errors.Is(err, fs.ErrExist):
		return err
	case !force:
		return ErrThere
	}
	sweep(root)
	temporary := newTemporary()
	if err := giveName(root, f, temporary); err != nil {
		return err
	}
	if err := root.Rename(temporary, name); err != nil {
		_ = root.Remove(temporary) // the error that counts is the one before
		return err
	}
	return nil
}

// Temporary files have such names.
const (
	temporaryPrefix = ".hark-"
	temporarySuffix = ".tmp"
)

func newTemporary() string { return temporaryPrefix + rand.Text() + temporarySuffix }

// sweep removes the temporary files that a hark left in a folder when it was killed. It may be tried
// in vain: it is tidying, and has another day.
func sweep(root *os.Root) {
	const age = 24 * time.Hour // what is younger may be on its way
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return
	}
	for _, e := range entries {
		middle, begins := strings.CutPrefix(e.Name(), temporaryPrefix)
		middle, ends := strings.CutSuffix(middle, temporarySuffix)
		if !e.Type().IsRegular() || !begins || !ends || len(middle) != len(rand.Text()) || strings.Trim(middle, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
			continue // only what hark names so
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > age {
			_ = root.Remove(e.Name()) // see above
		}
	}
}

// claim gives a temporary file a name that no other file has.
func claim(root *os.Root, temporary, name string) error {
	err := root.Link(temporary, name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return ErrThere
	}
	// Some file systems have no links. There an empty file takes the name first, which the move
	// replaces.
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return ErrThere
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return root.Rename(temporary, name)
}

// NoFolder says that a folder cannot be used.
func NoFolder(folder string, err error) error {
	return fmt.Errorf("The folder %s cannot be used: %w", folder, Reason(err))
}

// NotWritten says which file an error is about. An error that is about no file stays as it is.
func NotWritten(path string, err error) error {
	switch {
	case errors.Is(err, ErrThere), errors.Is(err, errNoFile):
		return fmt.Errorf("%s: %w", path, err)
	case fromSystem(err) != nil:
		return fmt.Errorf("%s could not be written: %w", path, Reason(err))
	}
	return err
}

// Reason takes the path off an error of the operating system, for a sentence that has it already.
func Reason(err error) error {
	if inner := fromSystem(err); inner != nil {
		return inner
	}
	return err
}

// fromSystem returns what the operating system said about reading or writing a file, nil when an
// error has no such thing in it.
func fromSystem(err error) error {
	if inPath, ok := errors.AsType[*fs.PathError](err); ok {
		return inPath.Err
	}
	if inLink, ok := errors.AsType[*os.LinkError](err); ok {
		return inLink.Err
	}
	return nil
}
