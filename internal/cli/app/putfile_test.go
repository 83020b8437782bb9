package app

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folder opens a new folder with some files in it.
func folder(t *testing.T, files ...string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for _, name := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

// contents returns what is in each file of a folder.
func contents(t *testing.T, root *os.Root) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(root.Name())
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, e := range entries {
		text, err := root.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		in[e.Name()] = string(text)
	}
	return in
}

func TestPutFile(t *testing.T) {
	broken := errors.New("broken")
	write := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
			return err
		}
	}
	tests := []struct {
		name  string
		files []string
		force bool
		write func(io.Writer) error
		err   error
		want  map[string]string
	}{
		{"new", nil, false, write("new", nil), nil, map[string]string{"a": "new"}},
		{"there already", []string{"a"}, false, write("new", nil), ErrThere, map[string]string{"a": "old"}},
		{"by force", []string{"a", "b"}, true, write("new", nil), nil, map[string]string{"a": "new", "b": "old"}},
		{"cut short", nil, false, write("ne", broken), broken, map[string]string{}},
		{"cut short by force", []string{"a"}, true, write("ne", broken), broken, map[string]string{"a": "old"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := folder(t, tt.files...)
			if err := putFile(root, "a", tt.force, tt.write); !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
			if diff := cmp.Diff(tt.want, contents(t, root)); diff != "" {
				t.Errorf("in the folder (-want +got):\n%s", diff)
			}
		})
	}
}

// Somebody else may take the name while the file is being written.
func TestPutFileTooLate(t *testing.T) {
	root := folder(t)
	err := putFile(root, "a", false, func(w io.Writer) error {
		return root.WriteFile("a", []byte("theirs"), 0o600)
	})
	if !errors.Is(err, ErrThere) {
		t.Errorf("error %v, want %v", err, ErrThere)
	}
	if diff := cmp.Diff(map[string]string{"a": "theirs"}, contents(t, root)); diff != "" {
		t.Errorf("in the folder (-want +got):\n%s", diff)
	}
}

func TestPutFileNoFile(t *testing.T) {
	for _, force := range []bool{false, true} {
		root := folder(t)
		if err := root.Mkdir("a", 0o700); err != nil {
			t.Fatal(err)
		}
		if err := putFile(root, "a", force, func(io.Writer) error { return nil }); !errors.Is(err, errNoFile) {
			t.Errorf("error %v, want %v", err, errNoFile)
		}
		if err := putFile(root, "../out", force, func(io.Writer) error { return nil }); err == nil {
			t.Error("a file outside the folder was written")
		}
	}
}
