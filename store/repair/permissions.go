package repair

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/internal/files"
	"hark/store/journal"
)

// staleAfter is how old the newest backup of a notebook in use may grow before that is worth a
// word.
const staleAfter = 8 * 24 * time.Hour

// permissions makes hark's files and folders their owner's business alone again: the notebook if it
// has proved to be one, its lock file if that has its mark, and of sibling folders the files that
// hark names so. A folder in which lies anything else, and the one that the notebook lies in, may
// have other uses and are left alone.
func (m *Maintainer) permissions(c *storage.Checkup) error {
	if m.readOnly() {
		return nil
	}
	if runtime.GOOS == "windows" {
		return nil // other rules hold there, and files take them from their folder
	}
	dir := filepath.Dir(m.path)
	own, err := m.own(c)
	if err != nil {
		return err
	}
	wrong := 0
	for _, path := range own {
		info, err := os.Lstat(path)
		if err != nil {
			continue // it went away
		}
		want := files.FileMode
		if info.IsDir() {
			want = files.FolderMode
		}
		if info.Mode().Perm() == want {
			continue
		}
		wrong++
		if err := os.Chmod(path, want); err != nil {
			return files.Unwritable(path, "can be read by others, and that cannot be changed", err)
		}
	}
	if wrong > 0 {
		c.Mended = append(c.Mended, fmt.Sprintf("%s could be read by others, and cannot any more.", some(wrong, "file")))
	}
	if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("Others may write into the folder %s, and so take the notebook away.", files.Shown(dir)))
	}
	return nil
}

// own returns the paths of what there is of the notebook that hark made, folders behind what lies in
// them.
func (m *Maintainer) own(c *storage.Checkup) ([]string, error) {
	var own []string
	if len(c.Damage) == 0 || c.Previous != "" { // else nothing of a notebook is in it
		own = append(own, m.path)
	}
	if check.Marked(m.path) {
		own = append(own, files.QueuePath(m.path))
	}
	for _, name := range []string{files.Backups, files.Quarantine, files.Rescue, filepath.Base(journal.Folder(m.path))} {
		in, err := files.OpenSibling(m.path, name)
		if err != nil {
			return nil, err
		}
		if in == nil {
			continue
		}
		entries, err := fs.ReadDir(in.Root.FS(), ".")
		in.Close()
		if err != nil {
			return nil, files.Unwritable(in.Path, "cannot be read", err)
		}
		alone := true
		for _, e := range entries {
			if !e.Type().IsRegular() || !files.IsOwn(e.Name()) && !journal.IsOwn(e.Name()) {
				alone = false
				continue
			}
			own = append(own, in.Join(e.Name()))
		}
		if alone {
			own = append(own, in.Path)
		}
	}
	return own, nil
}

// backups says how old the newest daily backup is. now is the last revision of the notebook.
func (m *Maintainer) backups(ctx context.Context, c *storage.Checkup, now interview.Revision) error {
	in, err := files.OpenSibling(m.path, files.Backups)
	if err != nil {
		return err
	}
	var days []fs.FileInfo
	if in != nil {
		defer in.Close()
		if days, err = in.Days(m.path); err != nil {
			return err
		}
	}
	if len(days) == 0 {
		c.Notes = append(c.Notes, "There is no daily backup yet; `hark backup FILE` makes one now.")
		return nil
	}
	if err := store.OldestFirst(ctx, in, days, now); err != nil {
		return err
	}
	newest := days[len(days)-1]
	there := "There are"
	if len(days) == 1 {
		there = "There is"
	}
	var size int64
	for _, day := range days {
		size += day.Size()
	}
	const mega = 1 << 20
	c.Notes = append(c.Notes, fmt.Sprintf("%s %s in %s, %d MB together; the newest is %s.",
		there, some(len(days), "daily backup"), files.Shown(in.Path), (size+mega-1)/mega, files.Shown(newest.Name())))
	if !c.Newest.IsZero() && c.Newest.Sub(newest.ModTime()) > staleAfter {
		c.Notes = append(c.Notes, "The newest backup is more than a week older than the notebook; is the disk full?")
	}
	return nil
}

// leftovers adds to c what else lies in the folder of the notebook.
func (m *Maintainer) leftovers(c *storage.Checkup) error {
	in, err := files.OpenSibling(m.path, files.Quarantine)
	if err != nil {
		return err
	}
	if in != nil {
		defer in.Close()
		damaged, err := in.Copies(m.path)
		if err != nil {
			return err
		}
		if n := len(damaged); n > 0 {
			c.Notes = append(c.Notes, fmt.Sprintf("%s of a damaged notebook in %s; remove what you no longer need.", lie(n), files.Shown(in.Path)))
		}
	}
	if queue, err := os.OpenFile(files.QueuePath(m.path), os.O_RDONLY|files.NoFollow, 0); err == nil {
		defer func() { _ = queue.Close() }() // it was only read
		if store.Doubted(queue) {
			c.Notes = append(c.Notes, "The disk did not confirm what was saved last, and could not take all of the notebook anew; is it full? Until it can, what you write is kept beside the notebook.")
		}
	}
	return nil
}

// lie says that so many copies are there.
func lie(n int) string {
	if n == 1 {
		return "There is 1 copy"
	}
	return fmt.Sprintf("There are %d copies", n)
}
