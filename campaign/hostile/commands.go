package hostile

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hark/campaign/command"
)

// invocation is one way to call a command.
type invocation struct {
	command string // "playbooks check"
	args    []string
	input   string
	works   bool // it must succeed, or it would print nothing
}

// What hark writes: a folder of files that it names, and files with this prefix.
const (
	exports = "exports"
	page    = "page"
)

// Files to import: one says of an interview that it was erased, the other has a bad one, each with a
// text for its customer.
const (
	erasedFile = "erased.json"
	badFile    = "bad.json"
)

// csvFormat is the format with tables, read as a spreadsheet reads it.
const csvFormat = "csv"

// forms are the formats and tables of an export, as hark itself lists them.
type forms struct{ formats, tables []string }

// offeredForms asks hark for its formats and tables.
func offeredForms(ctx context.Context, db string) forms {
	offered := func(flag string) []string {
		var all []string
		lines, _ := command.Run(ctx, db, "", "__complete", "export", flag, "")
		for line := range strings.Lines(lines) {
			if name := strings.TrimSpace(line); !strings.ContainsAny(name, ": ") { // the rest is for the shell
				all = append(all, name)
			}
		}
		return all
	}
	return forms{offered("--format"), offered("--table")}
}

// invocations returns every command of hark in every form that prints typed text: id is the ID of
// an interview, text some of its text, folder a folder to write into.
func invocations(id, text, folder string, f forms) []invocation {
	page := filepath.Join(folder, page)
	guide := filepath.Join(folder, "guide.md")
	typed := strings.ReplaceAll(text, "\n", " ") + "\n\"" + text + "\n/fix 1 " + text + "\n/solve 1 " + text + "\n/nonsense " + text + "\n@" + text + "\n"
	one := func(name string, args ...string) invocation { return invocation{command: name, args: args} }
	must := func(name string, args ...string) invocation {
		return invocation{command: name, args: args, works: true}
	}
	all := []invocation{
		one("new", text), one("open", text), one("open", id), one("demo"), one("demo", "--size", "2", "--db", filepath.Join(folder, "demo.db")),
		{"take", []string{id, "-"}, typed, false}, {"take", []string{"--new", text}, typed, false}, {"take", []string{text}, "", false}, one("take", id, text),
		must("list"), one("list", text), must("list", "--json"),
		must("show", id), one("show", text), must("show", id, "--json"), one("search", text), must("search", "x"), must("search", "x", "--json"),
		one("export", text), one("export", "--all", "--out", filepath.Join(folder, exports)), one("export", id, "--format", text), one("export", id, "--template", guide, "--out", "-"),
		one("export", id, "--out", filepath.Join(folder, text)),
		one("import", text), one("import", guide), one("import", page+" md"), one("import", page+" json"),
		one("card", text), one("card"), one("playbooks"), one("playbooks list"), one("playbooks show", text), one("playbooks check", guide), one("playbooks check", text), one("playbooks new", text), one("playbooks path"),
		one("playbooks show", "listen-first"),
		one("config"), one("config", text), one("config path"), one("config init"), one("recap"), one("recap", id), one("recap", text), one("version"), one("completion", text), one("completion", "bash"),
		one("man"), one("man", text), one("help", text), one("help", "show"),
		one("backup", filepath.Join(folder, "copy.db")), one("backup", filepath.Join(folder, text)), one("restore", guide), one("restore", text), one("doctor"),
	}
	for _, list := range []string{"promises", "themes", "customers", "advisers", "routes"} {
		all = append(all, must(list), must(list, "--json"), one(list, text))
	}
	for _, format := range f.formats {
		if format == csvFormat {
			continue // it is written table by table
		}
		all = append(all, must("export", id, "--format", format, "--out", "-"), must("export", id, "--format", format, "--out", page+" "+format),
			one("export", id, "--format", format, "--thoughts"))
	}
	for _, table := range f.tables {
		all = append(all, must("export", id, "--format", csvFormat, "--table", table, "--out", "-"))
	}
	// Last, because the interview is gone afterwards.
	erased := filepath.Join(folder, erasedFile)
	return append(all, one("erase", text), one("erase", "--customer", text), one("erase", id),
		one("import", filepath.Join(folder, badFile)), one("import", erased), must("import", "--erase", erased),
		must("export", id, "--format", "json"), must("export", "--all", "--format", "json", "--out", page+" erased json"), must("import", erased))
}

// Commands returns the commands of hark, found by completion: "show", "playbooks check".
func Commands(ctx context.Context, db string) []string { return below(ctx, db, nil) }

func below(ctx context.Context, db string, words []string) []string {
	var all []string
	asked := append([]string{"__complete"}, words...)
	offered, _ := command.Run(ctx, db, "", append(asked, "")...)
	for line := range strings.Lines(offered) {
		name, _, described := strings.Cut(strings.TrimSpace(line), "\t")
		// Arguments are completed too, but have no help.
		if _, code := command.Run(ctx, db, "", append([]string{"help"}, append(words, name)...)...); !described || code != 0 {
			continue
		}
		full := append(slices.Clone(words), name)
		all = append(all, strings.Join(full, " "))
		if name != "help" { // which completes the commands once more
			all = append(all, below(ctx, db, full)...)
		}
	}
	return all
}

// commanded runs every command on a notebook, and calls fail for each one whose output, or file
// written, contains something active.
func commanded(ctx context.Context, db, id, text string, fail func(way, why string)) error {
	folder, err := os.MkdirTemp(filepath.Dir(db), "out")
	if err != nil {
		return err
	}
	guide := "# " + text + "\n\n" + text + "\n\n## " + text + "\n\n- " + text + "\n- <b>" + text + "\n"
	if err := os.WriteFile(filepath.Join(folder, "guide.md"), []byte(guide), 0o600); err != nil {
		return err
	}
	for name, content := range map[string]map[string]any{
		erasedFile: {"customer": text, "id": id, "erased": true},
		badFile:    {"customer": text, "id": id, "document": nil},
	} {
		b, err := json.Marshal(content)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), b, 0o600)
		}
		if err != nil {
			return err
		}
	}
	there, f := Commands(ctx, db), offeredForms(ctx, db)
	if !slices.Contains(f.formats, csvFormat) || len(f.formats) < 4 || len(f.tables) < 4 {
		fail("blind", fmt.Sprintf("hark offers the forms %q of an export", f))
	}
	for _, i := range invocations(id, text, folder, f) {
		if !slices.Contains(there, i.command) {
			continue
		}
		args := append(strings.Fields(i.command), i.args...)
		printed, code := command.Run(ctx, db, i.input, args...)
		if i.works && code != 0 {
			fail("blind", fmt.Sprintf("%q ends with %d: %s", args, code, printed))
		}
		if slices.Contains(args, csvFormat) {
			printed = table(printed, func(why string) { fail("hark "+i.command, fmt.Sprintf("%q: %s", args, why)) })
		}
		if why := active(printed, "\n"); why != "" {
			fail("hark "+i.command, fmt.Sprintf("%q: %s", args, why))
		}
	}
	return written(folder, fail)
}

// table reads a CSV file as a spreadsheet does, calls fail for each formula in it, and returns its
// text with plain line ends.
func table(file string, fail func(why string)) string {
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		fail(err.Error())
	}
	for _, row := range rows {
		for _, cell := range row {
			if err := formula(cell); err != nil {
				fail(fmt.Sprintf("%q: %v", cell, err))
			}
		}
	}
	return strings.ReplaceAll(file, "\r\n", "\n")
}

// written checks the files that hark wrote, and their names where hark chose them.
func written(folder string, fail func(way, why string)) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		chosen := filepath.Base(filepath.Dir(path)) == exports
		if why := active(d.Name(), ""); chosen && why != "" {
			fail("file names", fmt.Sprintf("%q: %s", d.Name(), why))
		}
		if !chosen && !strings.HasPrefix(d.Name(), page) {
			return nil // a notebook, or the guide
		}
		b, err := os.ReadFile(path)
		if why := active(string(b), "\n\t"); err == nil && why != "" {
			fail("files", fmt.Sprintf("%q: %s", d.Name(), why))
		}
		return err
	})
}
