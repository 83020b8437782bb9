package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shortLists answers which functions that list all values of a type, such as interview.LineKinds,
// leave one of its constants out, one sentence each. Such a function takes nothing and returns
// nothing but a list of constants; the empty text may be missing, for it means none of them.
func shortLists(all []source) []string {
	type enumeration struct{ pkg, name string }
	values, empty := map[enumeration][]string{}, map[string]bool{}
	for _, s := range all {
		for _, decl := range s.file.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			of := "" // a constant without type and value has those of the one before
			for _, spec := range d.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				if named, ok := v.Type.(*ast.Ident); ok {
					of = named.Name
				} else if len(v.Values) > 0 {
					of = ""
				}
				for i, name := range v.Names {
					if i < len(v.Values) {
						text, ok := v.Values[i].(*ast.BasicLit)
						empty[s.pkg()+"."+name.Name] = ok && text.Value == `""`
					}
					values[enumeration{s.pkg(), of}] = append(values[enumeration{s.pkg(), of}], name.Name)
				}
			}
		}
	}
	var wrong []string
	for _, s := range all {
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			of, listed := lists(f)
			known := values[enumeration{s.pkg(), of}]
			if of == "" || !slices.ContainsFunc(listed, func(name string) bool { return slices.Contains(known, name) }) {
				continue
			}
			for _, name := range known {
				if !slices.Contains(listed, name) && !empty[s.pkg()+"."+name] {
					wrong = append(wrong, fmt.Sprintf("%s: %s leaves out %s", s.at(f), f.Name.Name, name))
				}
			}
		}
	}
	return wrong
}

// lists returns the type and the names that a function returns as a list, when it does nothing
// else.
func lists(f *ast.FuncDecl) (of string, names []string) {
	if f.Recv != nil || f.Body == nil || len(f.Body.List) != 1 || f.Type.Params.NumFields() > 0 {
		return "", nil
	}
	back, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(back.Results) != 1 {
		return "", nil
	}
	list, ok := back.Results[0].(*ast.CompositeLit)
	if !ok {
		return "", nil
	}
	array, ok := list.Type.(*ast.ArrayType)
	if !ok {
		return "", nil
	}
	element, ok := array.Elt.(*ast.Ident)
	if !ok {
		return "", nil
	}
	for _, e := range list.Elts {
		if name, ok := e.(*ast.Ident); ok {
			names = append(names, name.Name)
		}
	}
	return element.Name, names
}

// What stands in a list of all kinds is checked, imported, offered and tried; a kind that is
// forgotten there is refused when somebody hands it on.
func TestListsAreWhole(t *testing.T) {
	all, found := sources(t), 0
	for _, wrong := range shortLists(all) {
		t.Error(wrong)
	}
	for _, s := range all {
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && s.pkg() == "internal/interview" {
				if of, names := lists(f); of != "" && len(names) > 0 {
					found++
				}
			}
		}
	}
	if found < 2 {
		t.Errorf("%d lists found in internal/interview: the check is blind", found)
	}
}

// The check itself: it must catch what it is there for, and let the rest pass.
func TestShortLists(t *testing.T) {
	const kinds = "package a\ntype K string\nconst (\nNone K = \"\"\nA K = \"a\"\nB K = \"b\"\n)\n"
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"whole", kinds + "func Ks() []K { return []K{A, B} }", nil},
		{"with none", kinds + "func Ks() []K { return []K{None, A, B} }", nil},
		{"short", kinds + "func Ks() []K { return []K{A} }", []string{"a.go:8: Ks leaves out B"}},
		{"an array", kinds + "func Ks() [1]K { return [...]K{B} }", []string{"a.go:8: Ks leaves out A"}},
		{"counted", "package a\ntype N int\nconst (\nX N = iota\nY\n)\nconst other = 3\nfunc Ns() []N { return []N{X} }",
			[]string{"a.go:8: Ns leaves out Y"}},
		{"a choice", kinds + "func some(n int) []K { return []K{A} }", nil},
		{"of another type", kinds + "func texts() []string { return []string{\"A\"} }", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, shortLists([]source{snippet(t, "a.go", tt.text)})); diff != "" {
				t.Errorf("shortLists (-want +got):\n%s", diff)
			}
		})
	}
}
