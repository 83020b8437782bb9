package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The plan is 600 lines a file and 80 a function; these leave room for a comment more.
const (
	maxFileLines     = 650
	maxFunctionLines = 90
)

// untidy answers what about one file breaks the habits of the house, one sentence each. Of code for
// tests only the length of the file counts.
func untidy(s source) []string {
	var wrong []string
	if n := s.fset.File(s.file.FileStart).LineCount(); n > maxFileLines {
		wrong = append(wrong, fmt.Sprintf("%s has %d lines, more than %d", s.name, n, maxFileLines))
	}
	if s.forTests() {
		return wrong
	}
	for _, decl := range s.file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			wrong = append(wrong, untidyFunction(s, d)...)
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				wrong = append(wrong, variables(s, d)...)
			}
		}
	}
	return wrong
}

func untidyFunction(s source, d *ast.FuncDecl) []string {
	var wrong []string
	if d.Name.Name == "init" && d.Recv == nil {
		wrong = append(wrong, s.at(d)+": init() runs before anybody asked for it")
	}
	if n := s.lines(d); n > maxFunctionLines {
		wrong = append(wrong, fmt.Sprintf("%s: %s has %d lines, more than %d", s.at(d), d.Name.Name, n, maxFunctionLines))
	}
	return wrong
}

// variables names the package-level variables of a declaration that are neither errors, nor
// embedded files, nor checks that a type fits an interface.
func variables(s source, d *ast.GenDecl) []string {
	var wrong []string
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok || embeds(v.Doc) || !d.Lparen.IsValid() && embeds(d.Doc) {
			continue
		}
		for i, name := range v.Names {
			if name.Name == "_" || i < len(v.Values) && isSentinel(name.Name, v.Values[i]) {
				continue
			}
			wrong = append(wrong, fmt.Sprintf("%s: %s is a package-level variable", s.at(name), name.Name))
		}
	}
	return wrong
}

func embeds(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") {
			return true
		}
	}
	return false
}

// isSentinel reports whether a variable is an error that is made once: named like one, and the
// result of a call or the value of a named type.
func isSentinel(name string, value ast.Expr) bool {
	rest, ok := strings.CutPrefix(name, "Err")
	if !ok {
		rest, ok = strings.CutPrefix(name, "err")
	}
	if !ok || rest == "" || rest[0] < 'A' || rest[0] > 'Z' {
		return false
	}
	if address, ok := value.(*ast.UnaryExpr); ok && address.Op == token.AND {
		value = address.X
	}
	switch v := value.(type) {
	case *ast.CallExpr:
		called, isName := v.Fun.(*ast.Ident)
		return !isName || called.Name != "make" && called.Name != "new"
	case *ast.CompositeLit:
		switch v.Type.(type) {
		case *ast.Ident, *ast.SelectorExpr:
			return true
		}
	}
	return false
}

func TestTidy(t *testing.T) {
	for _, s := range sources(t) {
		for _, wrong := range untidy(s) {
			t.Error(wrong)
		}
	}
}

// The check itself: it must catch what it is there for, and let the rest pass.
func TestUntidy(t *testing.T) {
	function := func(lines int) string { return "package a\n\nfunc f() {" + strings.Repeat("\n", lines-1) + "}\n" }
	tests := []struct {
		name string
		file string
		text string
		want []string
	}{
		{"errors", "a.go", `package a
import "errors"
// ErrGone and the others.
var ErrGone = errors.New("gone")
var (
	errHere       = errors.New("here")
	errA, errB    = errors.New("a"), errors.New("b")
	ErrThere error = &refusal{}
	ErrPlain      = refusal{}
)`, nil},
		{"embedded files", "a.go", `package a
import "embed"
//go:embed one.md
var one string
var (
	//go:embed two.md
	two embed.FS
)`, nil},
		{"interface checks", "a.go", "package a\nvar _ fmt.Stringer = (*T)(nil)\nvar (\n_ I = T{}\n)", nil},
		{"constants and locals", "a.go", "package a\nconst n = 1\nfunc f() { var x int; _ = x }", nil},
		{"a counter", "a.go", "package a\n\nvar n int", []string{"a.go:3: n is a package-level variable"}},
		{"a table", "a.go", "package a\n\nvar names = map[int]string{}",
			[]string{"a.go:3: names is a package-level variable"}},
		{"several", "a.go", "package a\n\nvar (\n\ta, b = 1, 2\n\t_ = 3\n)",
			[]string{"a.go:4: a is a package-level variable", "a.go:4: b is a package-level variable"}},
		{"a pattern", "a.go", "package a\nvar word = regexp.MustCompile(`x`)",
			[]string{"a.go:2: word is a package-level variable"}},
		{"no error but the name", "a.go", "package a\nvar errCount = 0\nvar errText = map[int]error{}\nvar errors = f()\nvar errM = make(map[int]error)",
			[]string{
				"a.go:2: errCount is a package-level variable", "a.go:3: errText is a package-level variable",
				"a.go:4: errors is a package-level variable", "a.go:5: errM is a package-level variable",
			}},
		{"an error still to be set", "a.go", "package a\nvar ErrLate error",
			[]string{"a.go:2: ErrLate is a package-level variable"}},
		{"a group does not inherit embed", "a.go", "package a\n//go:embed x\nvar (\n\tx int\n)",
			[]string{"a.go:4: x is a package-level variable"}},
		{"init", "a.go", "package a\n\nfunc init() {}", []string{"a.go:3: init() runs before anybody asked for it"}},
		{"a method named init", "a.go", "package a\n\nfunc (t T) init() {}", nil},
		{"a function at the limit", "a.go", function(maxFunctionLines), nil},
		{"a long function", "a.go", function(maxFunctionLines + 1), []string{"a.go:3: f has 91 lines, more than 90"}},
		{"a file at the limit", "a.go", "package a\n" + strings.Repeat("\n", maxFileLines-1), nil},
		{"a long file", "a.go", "package a\n" + strings.Repeat("\n", maxFileLines),
			[]string{"a.go has 651 lines, more than 650"}},
		{"tests may", "a_test.go", "package a\nvar n int\nfunc init() {}\n" + function(maxFunctionLines + 1)[len("package a\n"):], nil},
		{"and their helpers", "ui/uitest/a.go", "package a\nvar n int", nil},
		{"but not without end", "a_test.go", "package a\n" + strings.Repeat("\n", maxFileLines),
			[]string{"a_test.go has 651 lines, more than 650"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, untidy(snippet(t, tt.file, tt.text))); diff != "" {
				t.Errorf("untidy (-want +got):\n%s", diff)
			}
		})
	}
}
