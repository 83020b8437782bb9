//go:build unix

package store_test

import (
	"context"
	"errors"
	"fmt"
	"hark/store/internal/files"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Whatever the umask, copies are their owner's business alone.
func TestPermissionsOfCopies(t *testing.T) {
	for _, umask := range []int{0, 0o777} {
		t.Run(fmt.Sprintf("%03o", umask), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			talk(t, path, 1, 1)
			s := open(t, path)
			before := syscall.Umask(umask)
			_, quarantineErr := s.Quarantine(context.Background())
			_, restoreErr := s.Backup(context.Background(), filepath.Join(filepath.Dir(path), "copy.db"), false)
			err := errors.Join(s.BackupDay(context.Background(), time.Now()), quarantineErr, restoreErr)
			syscall.Umask(before)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{files.Backups, files.Quarantine, "copy.db"} {
				for _, file := range append(filesIn(t, path, name), filepath.Join(filepath.Dir(path), name)) {
					info, err := os.Stat(file)
					if err != nil {
						t.Fatal(err)
					}
					want := files.FileMode
					if info.IsDir() {
						want = files.FolderMode
					}
					if info.Mode().Perm() != want {
						t.Errorf("%s has mode %v, want %v", file, info.Mode().Perm(), want)
					}
				}
			}
		})
	}
}
