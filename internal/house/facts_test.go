package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/facts.md from the code")

// fact is something that the record says. It is worked out in one place, and every way out of the
// notebook asks there.
type fact struct {
	says string
	// from are the fields that it is worked out from. No way out decides by them: it may only hand
	// them on. A field is written as Type.Field.
	from []string
	// asks are what a way out uses instead: functions and fields that hold the answer.
	asks []string
}

// facts lists what the record says that is worked out from more than one thing.
func facts() []fact {
	return []fact{
		{
			"whether a problem is confirmed, and by whom",
			[]string{"Playback.Answer", "Playback.Said"},
			[]string{"Problem.Status", "ProblemSummary.Status", "Interview.Proofs", "Problem.Lapsed", "Problem.OtherYes", "Problem.Disputed"},
		},
		{
			"whether they said no to it",
			[]string{"Playback.Answer", "ProblemSummary.Answer"},
			[]string{"Interview.No", "Problem.Denials", "ProblemSummary.Denied", "ProblemSummary.Refused", "ProblemSummary.No", "Playback.Answer"},
		},
		{
			"whether words stand in quotation marks",
			[]string{"Wording.Kind", "LineSummary.Kind"},
			[]string{
				"Problem.Quoted", "ProblemSummary.Quoted", "Line.Quoted", "LeftOut.Quoted", "Interview.Quoted", "Interview.Worded", "Problem.Worded",
				"ProblemSummary.Worded", "Line.Worded", "LineSummary.Worded", "LineSummary.Quoted", "LeftOut.Worded", "ProblemSummary.Quote",
			},
		},
		{
			"which questions were asked",
			nil,
			[]string{"Interview.Asked", "Interview.NotAsked", "Summary.Asked", "Interview.Stage"},
		},
		{
			"which follow-ups were asked",
			[]string{"Line.AskedAt"},
			[]string{"Interview.FollowUps", "Line.ToAsk", "Line.AskedAt"},
		},
		{"how a problem came up", nil, []string{"Problem.Raised", "ProblemSummary.Raised", "Raised.Words"}},
		{
			"the day of the meeting, and of what was said in it",
			[]string{"Interview.StartedAt", "Interview.MetUntil"},
			[]string{"Interview.MetAt", "Interview.MetClock", "Interview.Happened", "Interview.SaidAt", "Summary.StartedAt"},
		},
		{
			"that it was written down later",
			[]string{"Line.Recalled", "Line.RecalledAfter"},
			[]string{"Interview.WrittenDown", "Interview.Recalled", "Line.Recalled"},
		},
		{
			"whether and how it ended, and how long it lasted",
			[]string{"Interview.EndedAt", "Summary.EndedAt"},
			[]string{"Interview.Ended", "Interview.Lasted", "Interview.Running", "Interview.Outcome", "Summary.Ended", "Summary.Outcome"},
		},
		{
			"how far a promise has come, and what is to tell",
			[]string{"Promise.DoneAt", "Promise.ToldAt", "PromiseSummary.DoneAt", "PromiseSummary.ToldAt"},
			[]string{
				"Promise.State", "Promise.Waits", "Promise.ToTell", "PromiseSummary.State", "PromiseSummary.Waits", "PromiseSummary.ToTell", "PromiseSummary.Owed",
				"Promise.DoneAt", "Promise.ToldAt",
			},
		},
		{
			"how far a route has come, and what is to tell",
			[]string{"Route.Answer", "Route.AnsweredAt", "Route.ToldAt", "RouteSummary.Answer", "RouteSummary.AnsweredAt", "RouteSummary.ToldAt"},
			[]string{"Route.State", "Route.Waits", "RouteSummary.State", "RouteSummary.Waits", "RouteSummary.Owed", "Route.AnsweredAt", "Route.ToldAt"},
		},
		{"what they were told before it changed", nil, []string{"Promise.Earlier", "Route.Earlier"}},
		{
			"what the gate waits for, and what is held",
			[]string{"Gate.OpenedAt"},
			[]string{"Interview.Gate", "Interview.Lock", "Interview.Held", "Interview.HeldThoughts", "Summary.GateOpen", "Solution.Held", "SolutionSummary.Held", "Advice.Held"},
		},
		{"who was in the room", []string{"Person.Absent"}, []string{"Interview.InRoom", "Interview.Present", "Summary.People", "Person.Absent"}},
		{
			"what weighs a problem, and what is to ask next",
			nil,
			[]string{"Impact.Weight", "Problem.NextStep", "Problem.Weighed", "Interview.ToWeigh", "Problem.Impact", "ProblemSummary.Impact"},
		},
	}
}

// way is one way out of the notebook: files whose names begin so.
type way struct {
	name  string
	files []string
}

func waysOut() []way {
	return []way{
		{"page", []string{"internal/export/page_head", "internal/export/page_problems", "internal/export/page_record", "internal/export/page_solutions"}},
		{"recap", []string{"internal/export/page_recap"}},
		{"digest", []string{"internal/export/page_digest"}},
		{"csv", []string{"internal/export/format_csv"}},
		{"ics", []string{"internal/export/format_calendar"}},
		{"JSON", []string{"internal/interchange/shown"}},
		{"insight", []string{"internal/insight/"}},
		{"search", []string{"internal/search/"}},
		{"lists", []string{"internal/cli/lookback/", "internal/cli/app/", "internal/cli/files/"}},
		{"take", []string{"internal/cli/take/"}},
		{"live", []string{"ui/live/"}},
		{"library", []string{"ui/library/"}},
		{"review", []string{"ui/review/"}},
		{"pages", []string{"ui/page/", "ui/customer/", "ui/insight/", "ui/advisers/", "ui/promises/"}},
	}
}

// reaches reports whether a file of the package may belong to the way out.
func (w way) reaches(folder string) bool {
	return slices.ContainsFunc(w.files, func(begin string) bool { return strings.HasPrefix(begin, folder+"/") })
}

// holds reports whether a file belongs to the way out.
func (w way) holds(file string) bool {
	return slices.ContainsFunc(w.files, func(begin string) bool { return strings.HasPrefix(file, begin) })
}

// uses are what one function says of the record's fields and functions.
type uses struct {
	file    string
	asked   map[string]bool     // Type.Member, of everything that it selects
	calls   map[string]bool     // functions of this module that it names
	decided map[string][]string // Type.Field with the places where something hangs on its value
}

// usesIn finds the uses of one declaration in a checked package. Members of the types in the given packages
// count.
func usesIn(s source, decl ast.Decl, info *types.Info, of map[string]bool) uses {
	u := uses{s.name, map[string]bool{}, map[string]bool{}, map[string][]string{}}
	var parents []ast.Node
	ast.Inspect(decl, func(n ast.Node) bool {
		if n == nil {
			parents = parents[:len(parents)-1]
			return true
		}
		parents = append(parents, n)
		if name, ok := n.(*ast.Ident); ok {
			if f, ok := info.Uses[name].(*types.Func); ok {
				u.calls[f.Origin().FullName()] = true
			}
		}
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		selection := info.Selections[sel]
		if selection == nil || selection.Obj().Pkg() == nil || !of[selection.Obj().Pkg().Path()] {
			return true
		}
		name := owner(selection) + "." + sel.Sel.Name
		u.asked[name] = true
		if decides(parents) {
			u.decided[name] = append(u.decided[name], s.at(sel))
		}
		return true
	})
	return u
}

// owner returns the name of the type that declares what is selected, behind embedded fields.
func owner(selection *types.Selection) string {
	t := selection.Recv()
	for _, i := range selection.Index()[:len(selection.Index())-1] {
		t = structOf(t).Field(i).Type()
	}
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return "?"
}

func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// decides reports whether something hangs on the value of the last node: it is compared, a condition or
// the subject of a switch, or asked about by a method such as IsZero.
func decides(nodes []ast.Node) bool {
	n, up := nodes[len(nodes)-1], nodes[len(nodes)-2]
	switch up := up.(type) {
	case *ast.BinaryExpr:
		return slices.Contains([]token.Token{token.EQL, token.NEQ, token.LSS, token.GTR, token.LEQ, token.GEQ, token.LAND, token.LOR}, up.Op)
	case *ast.UnaryExpr:
		return up.Op == token.NOT
	case *ast.IfStmt:
		return up.Cond == n
	case *ast.SwitchStmt:
		return up.Tag == n
	case *ast.CaseClause:
		return true
	case *ast.SelectorExpr:
		return up.X == n && asksAbout(up)
	case *ast.CallExpr:
		f, ok := up.Fun.(*ast.SelectorExpr)
		return ok && up.Fun != n && asksAbout(f)
	case *ast.IndexExpr:
		return up.Index == n
	}
	return false
}

// asksAbout reports whether a method compares a time, or asks whether there is one.
func asksAbout(f *ast.SelectorExpr) bool {
	return slices.Contains([]string{"IsZero", "Before", "After", "Equal", "Sub"}, f.Sel.Name)
}

// A listed package is one that the go command compiled.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Standard                bool
}

// listPackages asks the go command for the packages of the ways out and all that they import.
func listPackages(t *testing.T, root string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Standard", "./internal/...", "./ui/...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// usesOfTheRecord reads the functions of all ways out, by their full names. What is declared
// outside functions goes by its place.
func usesOfTheRecord(t *testing.T) map[string]uses {
	t.Helper()
	root := top(t)
	module := modulePath(t, root)
	packages := listPackages(t, root)
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	of := map[string]bool{module + "/internal/interview": true, module + "/internal/interchange": true}
	all := map[string]uses{}
	for _, p := range packages {
		folder := strings.TrimPrefix(p.ImportPath, module+"/")
		if folder == p.ImportPath || !drawsForAll(folder) && !slices.ContainsFunc(waysOut(), func(w way) bool { return w.reaches(folder) }) {
			continue
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		info := &types.Info{
			Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		}
		if _, err := (&types.Config{Importer: imports}).Check(p.ImportPath, fset, files, info); err != nil {
			t.Fatal(err)
		}
		for i, file := range files {
			s := source{folder + "/" + p.GoFiles[i], module, fset, file}
			for _, decl := range file.Decls {
				name := s.at(decl)
				if f, ok := decl.(*ast.FuncDecl); ok {
					if known, ok := info.Defs[f.Name].(*types.Func); ok {
						name = known.FullName()
					}
				}
				all[name] = usesIn(s, decl, info, of)
			}
		}
	}
	return all
}

// drawsForAll reports whether the package draws for all screens.
func drawsForAll(folder string) bool { return folder == "ui/show" || folder == "ui/page" }

// says returns what a way out selects itself and through the functions that it calls, of its own package and
// of those that draw for all.
func (w way) says(all map[string]uses) map[string]bool {
	asked, seen := map[string]bool{}, map[string]bool{}
	var visit func(name, from string)
	visit = func(name, from string) {
		u, known := all[name]
		if seen[name] || !known || !w.holds(u.file) && path.Dir(u.file) != from && !drawsForAll(path.Dir(u.file)) {
			return
		}
		seen[name] = true
		maps.Copy(asked, u.asked)
		for callee := range u.calls {
			visit(callee, path.Dir(u.file))
		}
	}
	for name, u := range all {
		if w.holds(u.file) {
			visit(name, path.Dir(u.file))
		}
	}
	return asked
}

// decidedElsewhere says where a way out works a fact out for itself.
func decidedElsewhere(all map[string]uses) []string {
	var wrong []string
	for _, u := range all {
		for _, f := range facts() {
			for _, raw := range f.from {
				for _, at := range u.decided[raw] {
					wrong = append(wrong, fmt.Sprintf("%s decides by %s %s; ask one of %s", at, raw, f.says, strings.Join(f.asks, ", ")))
				}
			}
		}
	}
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

// table is docs/facts.md: which way out says which fact.
func table(all map[string]uses) string {
	var b strings.Builder
	b.WriteString(factsHead)
	row := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	names, line := []string{"what the record says"}, []string{"---"}
	var said []map[string]bool
	for _, w := range waysOut() {
		names, line, said = append(names, w.name), append(line, ":-:"), append(said, w.says(all))
	}
	row(names)
	row(line)
	for _, f := range facts() {
		cells := []string{f.says}
		for _, asked := range said {
			cell := ""
			if slices.ContainsFunc(f.asks, func(ask string) bool { return asked[ask] }) {
				cell = "●"
			}
			cells = append(cells, cell)
		}
		row(cells)
	}
	b.WriteString("\n| what the record says | who is asked |\n| --- | --- |\n")
	for _, f := range facts() {
		row([]string{f.says, "`" + strings.Join(f.asks, "`, `") + "`"})
	}
	return b.String()
}

const factsHead = `# Who says what

Made by ` + "`go test ./internal/house -run TestFacts -update`" + `. A fact that follows from more than one thing in the record is worked out in
one place, in ` + "`internal/interview`" + `; each way out of the notebook asks there. A dot stands where a way out says the fact. The same test
fails where a way out decides by the fields behind a fact.

`

// Each fact is worked out in one place, and docs/facts.md says who asks there.
func TestFacts(t *testing.T) {
	all := usesOfTheRecord(t)
	for _, wrong := range decidedElsewhere(all) {
		t.Error(wrong)
	}
	for _, f := range facts() {
		for _, ask := range f.asks {
			if !slices.ContainsFunc(slices.Collect(maps.Values(all)), func(u uses) bool { return u.asked[ask] }) {
				t.Errorf("%s: no way out asks %s", f.says, ask)
			}
		}
	}
	name := filepath.Join(top(t), "docs", "facts.md")
	if *update {
		if err := os.WriteFile(name, []byte(table(all)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(kept), table(all)); diff != "" {
		t.Errorf("docs/facts.md is not what the code says; run this test with -update and read what changed (-kept +made):\n%s", diff)
	}
}

// Handing a field on is no decision; whatever hangs on its value is one.
func TestDecides(t *testing.T) {
	const record = `package record

import "time"

type Telling struct { ToldAt time.Time; Answer string; Recalled bool; After time.Duration }
type Listed struct { Telling }

func print(any) {}
`
	for body, want := range map[string]string{
		`print(p.ToldAt)`:                         "",
		`print(p.ToldAt.Format("2006"))`:          "",
		`q := Telling{Answer: p.Answer}; _ = q`:   "",
		`print(p.ToldAt.IsZero())`:                "Telling.ToldAt",
		`print(p.Answer == "yes")`:                "Telling.Answer",
		`if p.Recalled { print(1) }`:              "Telling.Recalled",
		`print(!p.Recalled)`:                      "Telling.Recalled",
		`print(p.Recalled && true)`:               "Telling.Recalled",
		`switch p.Answer { case "no": print(1) }`: "Telling.Answer",
		`switch { case p.Recalled: print(1) }`:    "Telling.Recalled",
		`print(time.Now().After(p.ToldAt))`:       "Telling.ToldAt",
		`print(p.ToldAt.After(time.Now()))`:       "Telling.ToldAt",
		`print(map[string]string{}[p.Answer])`:    "Telling.Answer",
		`l := &Listed{}; print(l.Answer != "")`:   "Telling.Answer",
	} {
		s := snippet(t, "record.go", record+"func f(p Telling) { "+body+" }\n")
		info := &types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{}}
		if _, err := (&types.Config{Importer: importer.Default()}).Check("record", s.fset, []*ast.File{s.file}, info); err != nil {
			t.Fatal(err)
		}
		u := usesIn(s, s.file.Decls[len(s.file.Decls)-1], info, map[string]bool{"record": true})
		if got := strings.Join(slices.Sorted(maps.Keys(u.decided)), " "); got != want {
			t.Errorf("%s decides by %q, want %q", body, got, want)
		}
	}
}
