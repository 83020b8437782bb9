package hostile

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// safeWays returns the functions of package plain that write a text for a reader.
func safeWays(t *testing.T, folder string) []string {
	t.Helper()
	others := []string{
		"Fold", "FoldName", "AppendFold", // for comparing
		"Lines", "Newlines", // for reading
		"AppendMarkdown", // tried as MarkdownBlock
		"Pad", "List",    // add nothing but blanks, and words between words
	}
	has := func(of *ast.FieldList, among ...string) bool {
		return of != nil && slices.ContainsFunc(of.List, func(f *ast.Field) bool {
			return slices.Contains(among, types.ExprString(f.Type))
		})
	}
	var ways []string
	files := token.NewFileSet()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.IsExported() && !slices.Contains(others, f.Name.Name) &&
				has(f.Type.Params, "string", "any") && has(f.Type.Results, "string", "[]string", "[]byte") {
				ways = append(ways, f.Name.Name)
			}
		}
	}
	return ways
}

// What makes a text safe is tried with hostile text, here and in the other tests of it.
func TestEveryWayIsTried(t *testing.T) {
	plain := filepath.Join("..", "..", "internal", "plain")
	ways := safeWays(t, plain)
	if len(ways) < 8 {
		t.Fatalf("only %q found: the check is blind", ways)
	}
	for _, file := range []string{"ways.go", filepath.Join(plain, "out_test.go")} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range ways {
			if !regexp.MustCompile(`\bplain\.` + way + `\b`).Match(b) {
				t.Errorf("plain.%s is not tried in %s", way, file)
			}
		}
	}
}
