package repair

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hark/store/internal/files"
)

// LocationWarnings returns, in sentences, what speaks against the location of the notebook: on
// another machine locks and syncs may not hold what they promise, and a program that copies files
// while they are written copies half of them. None when nothing does. The notebook need not be
// there.
func (m *Maintainer) LocationWarnings() []string {
	var notes []string
	dir := filepath.Dir(m.path)
	if m.readOnly() {
		notes = append(notes, fmt.Sprintf("Nothing can be written in the folder %s: the notebook in it is read as it is, without a lock file, and nothing can be added to it.",
			files.Shown(dir)))
	}
	if kind := networkFS(nearestFolder(dir)); kind != "" {
		notes = append(notes, fmt.Sprintf("The notebook lies on a network disk (%s): two machines writing to it can damage it. "+
			"Keep it on this machine, and put copies there with `hark backup`.", kind))
	}
	if program := syncedBy(dir); program != "" {
		notes = append(notes, fmt.Sprintf("The notebook lies in a folder that %s keeps in step with other machines: it can copy a half-written file over a good one. "+
			"Keep it elsewhere, and put copies there with `hark backup`.", program))
	}
	return notes
}

// readOnly reports whether there is a notebook that can be read in a folder where nothing can be
// written.
func (m *Maintainer) readOnly() bool {
	if _, err := os.Lstat(m.path); err != nil {
		return false
	}
	return !files.CanWrite(filepath.Dir(m.path))
}

// nearestFolder returns the folder, or the nearest one above it that is there.
func nearestFolder(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// syncedBy names the program that syncs a folder, as far as names and the marks that such programs
// leave can tell; "" for none.
func syncedBy(dir string) string {
	for {
		if program := syncMark(dir); program != "" {
			return program
		}
		if program := syncName(filepath.Base(dir)); program != "" {
			return program
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// syncMark looks for the marks in a folder.
func syncMark(dir string) string {
	for _, m := range []struct{ file, program string }{
		{".dropbox", "Dropbox"}, {".dropbox.cache", "Dropbox"},
		{".stfolder", "Syncthing"},
		{".owncloudsync.log", "Nextcloud"}, {".nextcloudsync.log", "Nextcloud"}, {".sync_journal.db", "Nextcloud"},
		{".tmp.drivedownload", "Google Drive"}, {".tmp.driveupload", "Google Drive"},
	} {
		if _, err := os.Lstat(filepath.Join(dir, m.file)); err == nil {
			// Dropbox keeps its own settings in the home folder, by the same name.
			if home, err := os.UserHomeDir(); err == nil && filepath.Clean(home) == dir {
				continue
			}
			return m.program
		}
	}
	return ""
}

// syncName tells by the name of a folder.
func syncName(name string) string {
	name = strings.ToLower(name)
	for _, n := range []struct{ prefix, program string }{
		{"dropbox", "Dropbox"}, {"onedrive", "OneDrive"}, {"com~apple~clouddocs", "iCloud"}, {"mobile documents", "iCloud"},
		{"icloud drive", "iCloud"}, {"iclouddrive", "iCloud"}, {"google drive", "Google Drive"}, {"googledrive", "Google Drive"},
		{"nextcloud", "Nextcloud"}, {"owncloud", "ownCloud"}, {"syncthing", "Syncthing"},
	} {
		rest, ok := strings.CutPrefix(name, n.prefix)
		if ok && (rest == "" || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "-")) { // OneDrive - Harbour Welding
			return n.program
		}
	}
	return ""
}
