package app

import (
	"github.com/spf13/pflag"

	"hark/internal/config"
)

// PathVar adds a flag that takes a path: see config.Expand.
func (a *App) PathVar(flags *pflag.FlagSet, path *string, name, standard, usage string) {
	*path = standard
	flags.Var(&PathValue{path, a.Getenv}, name, usage)
}

// PathValue is the value of a flag that takes a path.
type PathValue struct {
	path   *string
	getenv func(string) string
}

// Set implements pflag.Value.
func (p *PathValue) Set(path string) error {
	whole, err := config.Expand(path, p.getenv)
	if err == nil {
		*p.path = whole
	}
	return err
}

// String implements pflag.Value.
func (p *PathValue) String() string {
	if p.path == nil { // pflag asks a zero value for its text
		return ""
	}
	return *p.path
}

// Type implements pflag.Value.
func (p *PathValue) Type() string { return "string" }
