package foreign

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"hark/campaign/command"
)

// source is where chance comes from.
type source = *rand.Rand

// target is something that a path can lead to which is not a notebook.
type target struct {
	name string
	// make makes it in an empty folder and returns the path. The error wraps errors.ErrUnsupported
	// where the system has no such thing.
	make func(ctx context.Context, in string, chance source) (string, error)
	// begins: a notebook may be begun there.
	begins bool
}

// file is a target that is a plain file of a name.
func file(what, name string, content func(source) []byte) target {
	return target{name: what, make: func(_ context.Context, in string, chance source) (string, error) {
		path := filepath.Join(in, name)
		return path, put(path, content(chance), chance)
	}}
}

func targets() []target {
	const script = "#!/bin/sh\nexec rsync -a . backup:\n"
	text := func(s string) func(source) []byte { return func(source) []byte { return []byte(s) } }
	all := []target{
		file("a script", "deploy.sh", text(script)),
		file("a script named as a notebook", "deploy.db", text(script)),
		file("a long text", "notes.txt", func(chance source) []byte { return bytes.Repeat([]byte("notes\n"), 1+chance.IntN(20_000)) }),
		file("one byte", "x.db", text("x")),
		file("zeros", "zeros.db", func(chance source) []byte { return make([]byte, 1+chance.IntN(100_000)) }),
		file("chance", "chance.db", func(chance source) []byte { return random(chance, 1+chance.IntN(100_000)) }),
		file("pages with numbers", "pages.db", numbered),
		file("another database", "places.db", text("SQLite format 3\x00"+strings.Repeat("\x00\x01table", 5000))),
		file("an export", "all.json", text(`[{"id":"aaaa","customer":"Acme","document":{}}]`)),
		{name: "a bbolt database", make: bolt("app.db", "users", "sessions")},
		{name: "a bbolt database with the names of hark's parts", make: bolt("app.db", "meta", "interviews", "log", "summary", "text", "drafts", "index")},
		{name: "an empty file", make: func(_ context.Context, in string, chance source) (string, error) {
			path := filepath.Join(in, "empty.db")
			return path, put(path, nil, chance)
		}, begins: true},
		{name: "a folder", make: func(_ context.Context, in string, _ source) (string, error) {
			path := filepath.Join(in, "folder.db")
			return path, os.Mkdir(path, 0o755)
		}},
		{name: "a file below a file", make: func(_ context.Context, in string, chance source) (string, error) {
			path := filepath.Join(in, "file")
			return filepath.Join(path, "hark.db"), put(path, []byte(script), chance)
		}},
		{name: "a link to a script", make: linked(func(_ context.Context, path string, chance source) error { return put(path, []byte(script), chance) })},
		{name: "a link to a notebook", make: linked(func(ctx context.Context, path string, _ source) error { return sound(ctx, path) })},
		{name: "a link to nothing", make: linked(func(context.Context, string, source) error { return nil })},
		{name: "a script next to the notebook of its name", make: func(ctx context.Context, in string, chance source) (string, error) {
			if err := sound(ctx, filepath.Join(in, "hark.db")); err != nil {
				return "", err
			}
			path := filepath.Join(in, "hark")
			return path, put(path, []byte(script), chance)
		}},
		{name: "the lock file of a notebook", make: func(ctx context.Context, in string, _ source) (string, error) {
			return filepath.Join(in, "hark.lock"), sound(ctx, filepath.Join(in, "hark.db"))
		}},
		{name: "a notebook next to another program's lock file", make: func(ctx context.Context, in string, chance source) (string, error) {
			path := filepath.Join(in, "Cargo.db")
			if err := sound(ctx, path); err != nil {
				return "", err
			}
			return path, put(filepath.Join(in, "Cargo.lock"), []byte("[[package]]\nname = \"adler\"\nversion = \"1.0.2\"\n"+strings.Repeat("#\n", chance.IntN(4000))), chance)
		}},
	}
	return append(all, special()...)
}

// put writes a file with some permissions, with which its owner can read it.
func put(path string, content []byte, chance source) error {
	modes := []fs.FileMode{0o755, 0o644, 0o640, 0o444, 0o777}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return err
	}
	return os.Chmod(path, modes[chance.IntN(len(modes))])
}

// random returns n bytes of chance.
func random(chance source, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(chance.Uint32())
	}
	return b
}

// numbered returns pages that say which one they are, as those of bbolt do, with nothing of hark's on
// them.
func numbered(chance source) []byte {
	const size, leaf = 4096, 2
	var all []byte
	for n := range 4 + chance.IntN(20) {
		page := random(chance, size)
		binary.NativeEndian.PutUint64(page, uint64(n))
		binary.NativeEndian.PutUint16(page[8:], leaf)
		all = append(all, page...)
	}
	return all
}

// bolt makes a bbolt database that is another program's.
func bolt(name string, buckets ...string) func(context.Context, string, source) (string, error) {
	return func(_ context.Context, in string, chance source) (string, error) {
		path := filepath.Join(in, name)
		db, err := bbolt.Open(path, 0o644, &bbolt.Options{PageSize: 4096, NoSync: true})
		if err != nil {
			return "", err
		}
		err = db.Update(func(tx *bbolt.Tx) error {
			for _, name := range buckets {
				b, err := tx.CreateBucket([]byte(name))
				if err != nil {
					return err
				}
				for range 1 + chance.IntN(200) {
					if err := b.Put(random(chance, 16), random(chance, 1+chance.IntN(100))); err != nil {
						return err
					}
				}
			}
			return nil
		})
		return path, errors.Join(err, db.Close())
	}
}

// linked makes a link to what there is at another path.
func linked(there func(ctx context.Context, path string, chance source) error) func(context.Context, string, source) (string, error) {
	return func(ctx context.Context, in string, chance source) (string, error) {
		to, path := filepath.Join(in, "to.db"), filepath.Join(in, "link.db")
		if err := there(ctx, to, chance); err != nil {
			return "", err
		}
		return path, os.Symlink(to, path)
	}
}

// sound makes a notebook with an interview.
func sound(ctx context.Context, path string) error {
	if said, code := command.Run(ctx, path, "!one weld in five is done twice\n>a jig\n", "take", "--new", "Acme"); code != 0 {
		return fmt.Errorf("no notebook could be made: %s", said)
	}
	return nil
}

// neighbours are the paths of files that are not hark's, from the folder of a notebook.
func neighbours() []string {
	return []string{
		"deploy.sh", "hark", "hark.db.new", "hark.db~", ".hark-notes.tmp", "hark-notes.window", "hark-2026-01-02.db.txt",
		"backups/deploy.sh", "backups/.hark-mine.tmp", "backups/other-backup.db", "backups/hark-work.db", "backups/2026/hark-2026-01-02.db",
		"quarantine/deploy.sh", "quarantine/virus.journal", "quarantine/.hark-.tmp", "rescue/deploy.sh", "rescue/boat.db",
		"hark.journal/deploy.sh", "hark.journal/1.journal", "hark.journal/diary.journal",
	}
}

// write writes a neighbour, which may be days old.
func write(path string, chance source) error {
	if err := put(path, random(chance, 1+chance.IntN(3000)), chance); err != nil {
		return err
	}
	then := time.Now().Add(-time.Duration(chance.IntN(100)) * time.Hour)
	return os.Chtimes(path, then, then)
}

// step is one step in the life of a notebook.
type step struct {
	call   []string
	works  bool // it must succeed, or nothing was tried
	damage func(db string) error
}

// life is all that hark does with the file of a notebook, in an order in which that can be.
func life(work string) []step {
	copied := filepath.Join(work, "copy.db")
	return []step{
		{call: []string{"take", "acme"}, works: true}, {call: []string{"list"}, works: true}, {call: []string{"doctor"}, works: true},
		{call: []string{"take", "--new", "Harbour"}, works: true}, {call: []string{"backup", copied}, works: true},
		{call: []string{"export", "--all", "--out", work + "/"}, works: true},
		{call: []string{"list"}, damage: spoil}, {call: []string{"doctor"}}, {call: []string{"doctor", "--mend"}, works: true}, {call: []string{"doctor"}, works: true},
		{call: []string{"restore", copied}, works: true}, {call: []string{"doctor"}, works: true},
		{call: []string{"erase", "--customer", "Harbour", "--yes", "--backups"}, works: true},
		{call: []string{"doctor", "--mend=empty"}, damage: func(db string) error { return os.Truncate(db, 0) }},
	}
}

// spoil destroys both pages that say where everything is.
func spoil(db string) error {
	f, err := os.OpenFile(db, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(bytes.Repeat([]byte("x"), 2*4096), 0)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// age makes everything in a folder, and the folder, older than now.
func age(folder string, chance source) error {
	then := time.Now().Add(-time.Duration(1+chance.IntN(1000)) * time.Hour).Truncate(time.Second)
	var all []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && (d.IsDir() || d.Type().IsRegular()) {
			all = append(all, path)
		}
		return err
	})
	for _, path := range all {
		if err == nil {
			err = os.Chtimes(path, then, then)
		}
	}
	return err
}

// look describes all that is in a folder, and the folder.
func look(folder string) (map[string]string, error) {
	var all []string
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		all = append(all, path)
		return err
	})
	if err != nil {
		return nil, err
	}
	seen := map[string]string{}
	for _, path := range all {
		if seen[path], err = describe(path, true); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

// lookAt describes some files and folders; hark may put other files into the folders.
func lookAt(paths []string) (map[string]string, error) {
	seen := map[string]string{}
	for _, path := range paths {
		said, err := describe(path, false)
		if errors.Is(err, fs.ErrNotExist) {
			continue // compare says so
		}
		if err != nil {
			return nil, err
		}
		seen[path] = said
	}
	return seen, nil
}

// describe returns all that can be told of a file but who read it; of a folder, when names in it were
// last changed, if that is asked for.
func describe(path string, folders bool) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	said := info.Mode().String()
	if folders || !info.IsDir() {
		said += " " + info.ModTime().String()
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		to, err := os.Readlink(path)
		return said + " to " + to, err
	case info.Mode().IsRegular():
		b, err := os.ReadFile(path)
		return fmt.Sprintf("%s %d bytes %x", said, len(b), sha256.Sum256(b)), err
	}
	return said, nil
}

// compare names what differs.
func compare(before, after map[string]string) string {
	var diff strings.Builder
	for path, was := range before {
		switch now, there := after[path]; {
		case !there:
			fmt.Fprintf(&diff, "%s is gone\n", path)
		case now != was:
			fmt.Fprintf(&diff, "%s was %s and is %s\n", path, was, now)
		}
	}
	for path := range after {
		if _, there := before[path]; !there {
			fmt.Fprintf(&diff, "%s is new\n", path)
		}
	}
	return diff.String()
}
