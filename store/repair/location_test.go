package repair

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLocations(t *testing.T) {
	mark := t.TempDir()
	if err := os.MkdirAll(filepath.Join(mark, ".stfolder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/home/mia/Dropbox/notes/hark.db":                                     "Dropbox",
		"/home/mia/OneDrive - Harbour Welding/hark.db":                        "OneDrive",
		"/Users/mia/Library/Mobile Documents/com~apple~CloudDocs/hark.db":     "iCloud",
		"/Users/mia/Library/CloudStorage/GoogleDrive-mia@example.com/hark.db": "Google Drive",
		"/home/mia/Nextcloud/hark.db":                                         "Nextcloud",
		filepath.Join(mark, "a", "b", "hark.db"):                              "Syncthing",
		"/home/mia/.local/share/hark/hark.db":                                 "",
		"/home/mia/dropboxes/hark.db":                                         "",
	} {
		if got := syncedBy(filepath.Dir(path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if notes := New("/home/mia/Dropbox/hark.db", time.Now).LocationWarnings(); len(notes) != 1 || !strings.Contains(notes[0], "Dropbox") {
		t.Errorf("it says %q", notes)
	}
}
