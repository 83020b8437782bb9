// Package house holds the house to its plan: which room may know which, and how its code is kept.
// The linter says the same; here it holds with the Go toolchain alone.
package house

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// source is one parsed Go file of the module.
type source struct {
	name   string // slash-separated, from the top of the module
	module string // the module's path
	fset   *token.FileSet
	file   *ast.File
}

// forTests reports whether the file is no part of the program.
func (s source) forTests() bool {
	return strings.HasSuffix(s.name, "_test.go") || helpsTests(s.pkg())
}

// pkg is the folder of the file's package, from the top of the module.
func (s source) pkg() string { return path.Dir(s.name) }

// at is the place of a node, for a message.
func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.name, s.fset.Position(n.Pos()).Line)
}

// lines counts the lines from the first to the last of a node.
func (s source) lines(n ast.Node) int {
	return s.fset.Position(n.End()).Line - s.fset.Position(n.Pos()).Line + 1
}

// imports lists what the file imports.
func (s source) imports() ([]string, error) {
	var paths []string
	for _, spec := range s.file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.at(spec), err)
		}
		paths = append(paths, p)
	}
	return paths, nil
}

// parse reads one file's text as it would stand under name in the module hark.
func parse(name, module string, text []byte) (source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	return source{name: name, module: module, fset: fset, file: file}, nil
}

// snippet parses the text of an example.
func snippet(t *testing.T, name, text string) source {
	t.Helper()
	s, err := parse(name, "hark", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// top finds the folder of go.mod, from the folder that the test runs in upwards.
func top(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}

// modulePath reads the module's path from go.mod.
func modulePath(t *testing.T, root string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "module "); ok {
			return strings.TrimSpace(name)
		}
	}
	t.Fatal("go.mod names no module")
	return ""
}

// walk calls visit for every regular file below root that git might keep, with its slash-separated
// name. Left out are git's own folder, what fuzzing wrote down, and other modules.
func walk(root string, visit func(name string) error) error {
	return fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // a temporary file that is gone again
		case err != nil:
			return err
		case d.IsDir() && name != "." && leftOut(root, name):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		return visit(name)
	})
}

func leftOut(root, name string) bool {
	base, parent := path.Base(name), path.Base(path.Dir(name))
	if base == ".git" || parent == "testdata" && (base == "fuzz" || base == "rapid") {
		return true
	}
	_, err := os.Stat(filepath.Join(root, filepath.FromSlash(name), "go.mod"))
	return err == nil
}

// compiled says whether the go command looks into the folder of name at all.
func compiled(name string) bool {
	for folder := range strings.SplitSeq(path.Dir(name), "/") {
		if folder == "testdata" || folder == "vendor" || folder != "." && strings.HasPrefix(folder, ".") ||
			strings.HasPrefix(folder, "_") {
			return false
		}
	}
	return true
}

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	root := top(t)
	module := modulePath(t, root)
	var all []source
	err := walk(root, func(name string) error {
		if path.Ext(name) != ".go" || !compiled(name) {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		s, err := parse(name, module, text)
		if err != nil {
			return err
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no Go file found: the checks would pass on nothing")
	}
	return all
}
