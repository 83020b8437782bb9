// Package targets has every command that writes to a named place write over what hark keeps for
// itself: by its name, by links, in capitals, before it is there, with --force and without. Each must
// refuse, and change nothing.
package targets

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"

	"hark/campaign/command"
	"hark/campaign/trial"
)

// writer is a command that writes to a place that is named.
type writer struct {
	named string   // what names it: "card --out"
	args  []string // before the place
	whole bool     // it writes files into a folder
	// makes says that the command is there to make such a thing, in the kept folder of that name.
	makes string
	plain bool // it has no --force
}

// playbooks is the folder of the user's own playbooks.
const playbooks = "playbooks"

// writers are all of them; a test holds that none is missing.
func writers() []writer {
	all := []writer{
		{named: "card --out", args: []string{"card", "listen-first", "--out"}},
		{named: "card --out", args: []string{"card", "listen-first", "--html", "--out"}},
		{named: "recap --out", args: []string{"recap", "acme", "--out"}},
		{named: "recap --out", args: []string{"recap", "acme", "--markdown", "--out"}},
		{named: "promises --ics", args: []string{"promises", "--ics"}},
		{named: "export --out", args: []string{"export", "--department", "engineering", "--out"}},
		{named: "playbooks new --out", args: []string{"playbooks", "new", "Guide", "--out"}, makes: playbooks, plain: true},
		{named: "backup FILE", args: []string{"backup"}},
	}
	for _, format := range []string{"md", "html", "csv", "json"} {
		all = append(all, writer{named: "export --out", args: []string{"export", "acme", "--format", format, "--out"}},
			writer{named: "export --out", args: []string{"export", "--all", "--format", format, "--out"}, whole: true})
	}
	return all
}

// reads are the flags and arguments with a path from which hark reads, or which choose the notebook.
func reads() []string {
	return []string{"--db", "export --template", "import FILE", "restore FILE", "take FILE", "playbooks check FILE"}
}

// story is what the notebooks hold: something for each of the commands.
const story = "/person Ana, foreman\n@Ana !One weld in five is done twice\n/impact 1 how-bad=4\n/playback 1 yes by Ana\n/route 1 engineering\n+send the list due 2026-12-03\n"

// Run has the commands write.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	row := trial.Row{
		Campaign: "Commands that write over what hark keeps: notebooks, locks, journals, backups, settings, playbooks",
		Must:     "each refuses with a sentence, by whatever name or link, and nothing is changed",
	}
	h, err := furnish(ctx, o.Folder)
	if err != nil {
		return row, err
	}
	defer h.leave()
	var tally trial.Tally
	random := o.Random(0)
	chosen := func() bool { return random.Float64() < o.Scale }
	for _, place := range h.places() {
		for _, way := range h.ways(place) {
			for _, w := range writers() {
				for _, db := range []string{h.own, h.other} {
					if err := ctx.Err(); err != nil {
						return row, err
					}
					if chosen() && !h.allowed(w, db, place, way) {
						h.try(ctx, &tally, w, db, way, random)
					}
				}
			}
		}
		o.Say(fmt.Sprintf("targets: %s", place))
	}
	row.Count = fmt.Sprintf("%s commands at %d places, by links, hard links and other spellings", trial.Number(tally.Of("tried")), len(h.places()))
	row.Found = fmt.Sprintf("%s refused, %d not; %d changed", trial.Number(tally.Of("refused")), tally.Of("taken"), tally.Of("changed"))
	row.Bad = tally.Bad()
	return row, nil
}

// home is a home folder in which hark was used.
type home struct {
	folder     string
	own, other string // notebooks: the one in the data folder, and one that --db names
	before     map[string]kept
	leave      func()
}

// kept is a file as it was.
type kept struct {
	info    fs.FileInfo
	content []byte
}

func (h *home) path(name string) string { return filepath.Join(h.folder, filepath.FromSlash(name)) }

// furnish makes the home folder, and has the process take it for its own until it is left.
func furnish(ctx context.Context, folder string) (*home, error) {
	h := &home{folder: folder}
	var undo []func()
	for variable, name := range map[string]string{
		"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state",
	} {
		was, there := os.LookupEnv(variable)
		undo = append(undo, func() {
			if there {
				_ = os.Setenv(variable, was) // it was set before
			} else {
				_ = os.Unsetenv(variable)
			}
		})
		if err := os.Setenv(variable, h.path(name)); err != nil {
			return nil, err
		}
	}
	xdg.Reload()
	h.leave = func() {
		for _, one := range undo {
			one()
		}
		xdg.Reload()
	}
	h.own, h.other = h.path("data/hark/hark.db"), h.path("elsewhere/other.db")
	for _, args := range [][]string{
		{h.own, "take", "--new", "Acme"}, {h.other, "take", "--new", "Acme"}, {h.own, "config", "init"}, {h.own, "playbooks", "new", "Mine"},
	} {
		if said, code := command.Run(ctx, args[0], story, args[1:]...); code != 0 {
			h.leave()
			return nil, fmt.Errorf("hark %s: %s", strings.Join(args[1:], " "), said)
		}
	}
	for link, to := range map[string]string{
		"to-data": "data/hark", "to-backups": "data/hark/backups", "to-config": "config/hark", "to-elsewhere": "elsewhere",
	} {
		if err := os.Symlink(h.path(to), h.path(link)); err != nil {
			h.leave()
			return nil, err
		}
	}
	return h, h.remember()
}

// places are the files and folders that hark keeps, or will: those that end in / are folders.
func (h *home) places() []string {
	day := time.Now().Format(time.DateOnly)
	next := time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	return []string{
		"data/hark/hark.db", "data/hark/hark.lock", "data/hark/hark.db-lock", "data/hark/hark.db.new", "data/hark/hark.journal/", "data/hark/hark.journal",
		"data/hark/backups/", "data/hark/backups/hark-" + day + ".db", "data/hark/backups/hark-" + next + ".db", "data/hark/backups/deep/er/", "data/hark/quarantine/",
		"data/hark/rescue/", "data/hark/hark-until-" + day + "-120000.db", "data/hark/hark-aaaaaaaaaaaaaaaaaaaaaaaaaa.window",
		"elsewhere/other.db", "elsewhere/other.lock", "elsewhere/other.journal/", "elsewhere/backups/",
		"config/hark/config.toml", "config/hark/playbooks/", "config/hark/playbooks/mine.md", "cache/hark/sample/", "cache/hark/sample/hark.db", "cache/hark", "cache",
		"state/hark/fault-20261201-120000-1.txt",
	}
}

// allowed reports whether a command may write to a place by such a way: a playbook among the playbooks,
// and a backup over what looks like an earlier one, since a second name of a notebook that this run
// knows nothing of cannot be told from that. The notebook stays, for the name alone is taken.
func (h *home) allowed(w writer, db, place, way string) bool {
	secondName := strings.HasPrefix(filepath.Base(way), "hard-elsewhere-other.db")
	return w.makes != "" && strings.Contains(place, "/"+w.makes+"/") || w.named == "backup FILE" && db == h.own && secondName
}

// ways are paths that lead to a place.
func (h *home) ways(place string) []string {
	path := h.path(place)
	folder, name := filepath.Split(strings.TrimSuffix(path, "/"))
	all := []string{path, folder + "." + string(filepath.Separator) + name, folder + ".." + string(filepath.Separator) + filepath.Base(folder) + string(filepath.Separator) + name}
	if !strings.HasSuffix(place, "/") {
		all = append(all, folder+strings.ToUpper(name))
	}
	if here, err := os.Getwd(); err == nil {
		if relative, err := filepath.Rel(here, path); err == nil {
			all = append(all, relative)
		}
	}
	for link, to := range map[string]string{"to-data": "data/hark/", "to-backups": "data/hark/backups/", "to-config": "config/hark/", "to-elsewhere": "elsewhere/"} {
		if rest, ok := strings.CutPrefix(place, to); ok && rest != "" {
			all = append(all, h.path(link+"/"+rest))
		}
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
		for kind, link := range map[string]func(old, new string) error{"hard": os.Link, "soft": os.Symlink} {
			other := h.path(kind + "-" + strings.ReplaceAll(place, "/", "-"))
			if link(path, other) == nil || kind == "hard" && sameFile(path, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	two, other := os.Stat(b)
	return err == nil && other == nil && os.SameFile(one, two)
}

// try has one command write to a place, as a file or as a folder.
func (h *home) try(ctx context.Context, tally *trial.Tally, w writer, db, path string, random *rand.Rand) {
	isFolder := strings.HasSuffix(path, "/") || strings.HasSuffix(filepath.Dir(path), string(filepath.Separator)+"backups")
	switch {
	case w.whole && !strings.HasSuffix(path, "/"):
		return
	case !w.whole && isFolder:
		path = filepath.Join(path, "new.md")
	}
	args := append(append([]string{}, w.args...), path)
	if !w.plain && random.IntN(4) > 0 {
		args = append(args, "--force")
	}
	tally.Add("tried", 1)
	said, code := command.Run(ctx, db, "", args...)
	if code == 0 || strings.TrimSpace(said) == "" {
		tally.Fail("taken", "hark %s: exit code %d: %s", strings.Join(args, " "), code, said)
	} else {
		tally.Add("refused", 1)
	}
	for _, change := range h.changes() {
		tally.Fail("changed", "hark %s: %s", strings.Join(args, " "), change)
	}
}

// remember notes every file in the home folder.
func (h *home) remember() error {
	h.before = map[string]kept{}
	return h.walk(func(path string, k kept) { h.before[path] = k })
}

func (h *home) walk(visit func(path string, k kept)) error {
	return filepath.WalkDir(h.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		visit(path, kept{info, content})
		return err
	})
}

// changes says what is not as it was: a file replaced, written to or made. hark itself writes to its
// lock files.
func (h *home) changes() []string {
	var all []string
	seen := map[string]bool{}
	err := h.walk(func(path string, now kept) {
		seen[path] = true
		was, there := h.before[path]
		switch {
		case strings.HasPrefix(filepath.Base(path), "hard-"):
		case !there:
			all = append(all, path+" was made")
			h.before[path] = now
		case !os.SameFile(was.info, now.info):
			all = append(all, path+" was replaced")
			h.before[path] = now
		case !strings.HasSuffix(path, ".lock") && !bytes.Equal(was.content, now.content):
			all = append(all, path+" was written to")
			h.before[path] = now
		}
	})
	if err != nil {
		all = append(all, err.Error())
	}
	for path := range h.before {
		if !seen[path] {
			all = append(all, path+" is gone")
			delete(h.before, path)
		}
	}
	return all
}
