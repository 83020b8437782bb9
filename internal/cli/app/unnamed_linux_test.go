package app

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

// What a kill leaves of a file that is being written is nothing: it has no name before it is whole.
func TestNoNameBeforeItIsWhole(t *testing.T) {
	for _, force := range []bool{false, true} {
		root := folder(t)
		if f := openUnnamed(root); f == nil {
			t.Skip("the disk has no files without a name")
		} else if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		err := putFile(root, "out.md", force, func(w io.Writer) error {
			if _, err := io.WriteString(w, strings.Repeat("what they said\n", 10_000)); err != nil {
				return err
			}
			if left := contents(t, root); len(left) > 0 {
				t.Errorf("force %t: while it is written the folder has %d files", force, len(left))
			}
			return nil
		})
		if err != nil || len(contents(t, root)["out.md"]) != 150_000 {
			t.Errorf("force %t: %v, %d bytes", force, err, len(contents(t, root)["out.md"]))
		}
	}
}

// Written over another, the file that was there stands until the new one takes its place. What a hark
// left there that was killed is removed, and nothing that others named.
func TestTemporaryFilesAreSwept(t *testing.T) {
	theirs := []string{".hark-notes.tmp", ".hark-ABCDEFGHIJKLMNOPQRSTUVWXY1.tmp", "hark.tmp"}
	fresh, left := newTemporary(), newTemporary()
	root := folder(t, append(theirs, fresh, left, "out.md")...)
	old := time.Now().Add(-25 * time.Hour)
	for _, name := range append(theirs, left) {
		if err := root.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := putFile(root, "out.md", true, Content([]byte("new"))); err != nil {
		t.Fatal(err)
	}
	in := contents(t, root)
	if in["out.md"] != "new" || len(in) != len(theirs)+2 {
		t.Errorf("the folder has %q", in)
	}
	if _, err := root.Lstat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what a kill left is there: %v", err)
	}
}
