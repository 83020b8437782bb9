package faults

import (
	"os"
	"path/filepath"
)

func makeFolder(path string) error { return os.Mkdir(path, 0o700) }

// notebookIn returns the path of the notebook in a folder.
func notebookIn(folder string) string { return filepath.Join(folder, "hark.db") }
