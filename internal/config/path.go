package config

import (
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"

	"hark/internal/plain"
)

// HomeError says that ~ in a path stands for nothing, since no home folder is known.
type HomeError struct{ Path string }

func (e *HomeError) Error() string {
	return plain.Terminal("Your home folder is not known (HOME is not set), so ~ in " + e.Path + " stands for nothing; write the whole path")
}

// Expand returns a path that somebody typed with the home folder in the place of a ~ at its beginning,
// or another person's for ~name, as a shell has it; a shell does not do so behind a = or in quotes.
// What begins with ~ and names nobody stays as it is. The error is a *HomeError.
func Expand(path string, getenv func(string) string) (string, error) {
	first, rest := path, ""
	if i := strings.IndexFunc(path, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) }); i >= 0 {
		first, rest = path[:i], path[i:]
	}
	name, ok := strings.CutPrefix(first, "~")
	if !ok {
		return path, nil
	}
	if name != "" {
		who, err := user.Lookup(name)
		if err != nil || who.HomeDir == "" {
			return path, nil //nolint:nilerror // then it is the name of a file
		}
		return who.HomeDir + rest, nil
	}
	home := getenv("HOME")
	if home == "" || runtime.GOOS == "windows" {
		home, _ = os.UserHomeDir() // "" on an error
	}
	if !filepath.IsAbs(home) {
		return "", &HomeError{path}
	}
	return home + rest, nil
}
