package faults

import (
	"os"
	"path/filepath"
)

func makeFolder(path string) error { return os.Mkdir(path, 0o700) }

// notebookIn returns where the notebook lies in a folder.
func notebookIn(folder string) string { return filepath.Join(folder, "hark.db") }
