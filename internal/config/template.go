package config

import (
	"fmt"
	"strings"

	"hark/internal/plain"
)

// Template returns a settings file that explains every key and sets each to its default. Keys that
// are empty by default are commented out, with an example.
func Template() []byte {
	const width = 78
	var b strings.Builder
	b.WriteString("# hark's settings, in TOML. Delete what you do not want to set;\n# `hark config` shows what holds.\n")
	defaults := Defaults()
	for _, k := range Keys() {
		b.WriteByte('\n')
		for _, paragraph := range k.Explained() {
			for _, line := range plain.Wrap(paragraph, width) {
				b.WriteString("# " + line + "\n")
			}
		}
		if k.Unset != "" {
			fmt.Fprintf(&b, "# %s = %s\n", k.Name, k.Example)
			continue
		}
		fmt.Fprintf(&b, "%s = %s\n", k.Name, Literal(defaults.Value(k)))
	}
	return []byte(b.String())
}

// Explained returns what there is to say of a key: what it does, which values it takes, what
// applies without it, and which environment variable overrides it.
func (k Key) Explained() []string {
	unset := k.Unset
	if unset == "" {
		unset = Literal(Defaults().Value(k))
	}
	facts := "Takes " + k.Allowed + "; unless set, it is " + unset + "."
	if k.Variable != "" {
		facts += " The environment variable " + k.Variable + " goes before it."
	}
	return []string{k.About, facts}
}
