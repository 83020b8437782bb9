package house

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// makers are the rooms and files of the program that make files and folders. What a person names goes
// through the first, where nothing that hark keeps for itself can be named; the others make files of
// their own.
func makers() []string {
	return []string{
		"internal/cli/app/place.go", // and putfile.go, which is handed a folder
		"store/",                    // the notebook, and what lies next to it
		"ui/crash.go",
	}
}

// making are the functions of package os that make a file or folder, or give one a name, or can do so,
// and the one that opens a folder for methods of such names.
func making() []string {
	return []string{
		"Create", "CreateTemp", "OpenFile", "WriteFile", "Mkdir", "MkdirAll", "MkdirTemp", "Link", "Symlink", "Rename", "CopyFS", "OpenRoot",
	}
}

// makesFiles names the calls in a file by which files are made.
func makesFiles(s source) []string {
	var calls []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains(making(), f.Sel.Name) {
			return true
		}
		if from, ok := f.X.(*ast.Ident); ok && from.Name == "os" {
			calls = append(calls, s.at(call)+": os."+f.Sel.Name)
		}
		return true
	})
	return calls
}

// Files are made in few places, so that no command writes over what hark keeps.
func TestFilesAreMadeInOnePlace(t *testing.T) {
	found := map[string]bool{}
	for _, s := range sources(t) {
		if s.forTests() || strings.HasPrefix(s.name, "campaign/") || strings.HasPrefix(s.name, "bench/") || strings.HasPrefix(s.name, "release/") {
			continue
		}
		calls := makesFiles(s)
		i := slices.IndexFunc(makers(), func(maker string) bool { return strings.HasPrefix(s.name, maker) })
		if i >= 0 {
			found[makers()[i]] = found[makers()[i]] || len(calls) > 0
			continue
		}
		for _, call := range calls {
			t.Errorf("%s can make a file; a command writes through app.WriteOut, PutAt or MakePlace", call)
		}
	}
	for _, maker := range makers() {
		if !found[maker] {
			t.Errorf("%s makes no files", maker)
		}
	}
}
