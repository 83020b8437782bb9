package playbook

import (
	_ "embed"

	"hark/internal/plain"
)

//go:embed starter/starter.md
var starter string

// Starter returns a playbook file to begin with, called name: questions for a first conversation,
// and comments that say how to write one. Read reads it.
func Starter(name string) []byte {
	if name = shown(name); name == "" {
		name = "Playbook"
	}
	return []byte("# " + plain.Markdown(name) + "\n\n" + starter)
}
