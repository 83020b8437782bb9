package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/pelletier/go-toml/v2"

	"hark/internal/nearest"
	"hark/internal/plain"
)

// Source says where a setting came from.
type Source string

// The sources of a setting. The environment overrides the file.
const (
	FromDefault     Source = "default"
	FromFile        Source = "file"
	FromEnvironment Source = "environment"
)

// Loaded are settings with their sources.
type Loaded struct {
	Settings
	// Path is the settings file, "" when no home folder is known; Found says whether it exists.
	Path  string
	Found bool
	// From has the source of each key by its name, unless it is the default.
	From map[string]Source
	// Login is the login name of the author where no setting names one: an earlier hark wrote under it.
	Login string
}

// Error says what is wrong with a settings file, in one sentence.
type Error struct {
	Path   string
	Line   int // 0 when it is about the file as a whole
	Reason string
}

// Error returns the sentence, made safe to show.
func (e *Error) Error() string {
	where := e.Path
	if e.Line > 0 {
		where += fmt.Sprintf(", line %d", e.Line)
	}
	return plain.Terminal("The settings in " + where + ": " + e.Reason)
}

// largest is how many bytes a settings file may have.
const largest = 1 << 20

// File returns the path of the settings file: HARK_CONFIG, else config.toml in hark's XDG config
// folder; "" when the home folder is not known. The file need not exist.
func File(getenv func(string) string) string {
	if path := getenv("HARK_CONFIG"); path != "" {
		whole, _ := Expand(path, getenv) // "" when that needs the home folder
		return whole
	}
	return within("XDG_CONFIG_HOME", xdg.ConfigHome, getenv, "config.toml")
}

// Load reads the settings from the environment, the file and the defaults. A file that does not
// exist sets nothing. The error is an *Error, or a *HomeError about the environment.
func Load(getenv func(string) string) (Loaded, error) {
	l := Loaded{Path: File(getenv)}
	src, err := read(l.Path)
	if err != nil {
		return l, err
	}
	l.Found = src != nil
	l.Settings, l.From, err = Decode(src)
	if wrong, ok := errors.AsType[*Error](err); ok {
		wrong.Path = l.Path
		return l, wrong
	}
	return l, l.environment(getenv)
}

// environment sets what the variables override, and defaults that the system knows.
func (l *Loaded) environment(getenv func(string) string) error {
	for _, k := range Keys() {
		p, isText := k.field(&l.Settings).(*string)
		if text := strings.TrimSpace(getenv(k.Variable)); isText && k.Variable != "" && text != "" {
			if k.path {
				whole, err := Expand(text, getenv)
				if err != nil {
					return err
				}
				text = whole
			}
			*p, l.From[k.Name] = text, FromEnvironment
		}
	}
	if l.Author == "" {
		l.Author, l.Login = personName(getenv)
	}
	if l.Notebook == "" {
		l.Notebook = dataFile(getenv)
	}
	return nil
}

// read returns the text of a settings file, nil when there is none.
func read(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, unread(path, err)
	case !info.Mode().IsRegular():
		return nil, &Error{Path: path, Reason: "this is no file that hark can read"}
	case info.Size() > largest:
		return nil, &Error{Path: path, Reason: fmt.Sprintf("%d bytes are too many for settings", info.Size())}
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, unread(path, err)
	}
	return src, nil
}

func unread(path string, err error) error {
	if inPath, ok := errors.AsType[*fs.PathError](err); ok {
		err = inPath.Err
	}
	return &Error{Path: path, Reason: fmt.Sprintf("they cannot be read: %v", err)}
}

// Decode reads the text of a settings file, and returns which keys it sets. The others have their
// defaults. The error is an *Error without a path, about the first line that is no TOML, names no
// setting, or has a value that the setting does not take.
func Decode(src []byte) (Settings, map[string]Source, error) {
	s, from := Defaults(), map[string]Source{}
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // some editors put it there
	var values map[string]any
	if err := toml.Unmarshal(src, &values); err != nil {
		return s, from, unparsed(err)
	}
	if len(values) == 0 {
		return s, from, nil // so is the file that hark config init writes
	}
	all := Keys()
	for _, at := range locations(src) {
		i := slices.IndexFunc(all, func(k Key) bool { return k.Name == at.name })
		if i < 0 {
			return s, from, &Error{Line: at.line, Reason: unknown(at.name, all)}
		}
		if !all[i].set(&s, values[at.name]) {
			reason := fmt.Sprintf("%s has to be %s, as in %s = %s", at.name, all[i].Allowed, at.name, all[i].Example)
			return s, from, &Error{Line: at.line, Reason: reason}
		}
		from[at.name] = FromFile
	}
	return s, from, nil
}

// location is a key at the top of a file, or the name of a section, and its line.
type location struct {
	name string
	line int
}

// locations returns the keys of a file in order. Decoding strictly into a struct without fields
// reports each of them as missing.
func locations(src []byte) []location {
	err := toml.NewDecoder(bytes.NewReader(src)).DisallowUnknownFields().Decode(&struct{}{})
	missing, ok := errors.AsType[*toml.StrictMissingError](err)
	if !ok {
		return nil // there are no keys
	}
	found := make([]location, len(missing.Errors))
	for i, e := range missing.Errors {
		line, _ := e.Position()
		found[i] = location{strings.Join(e.Key(), "."), line}
	}
	return found
}

// unknown says that a name is no setting, and which was probably meant.
func unknown(name string, all []Key) string {
	names := make([]string, len(all))
	for i, k := range all {
		names[i] = k.Name
	}
	// People write the name of a section or a word too many in front.
	word := name[strings.LastIndexByte(name, '.')+1:]
	if near := nearest.Begun(word, names); near != "" {
		return fmt.Sprintf("%s is not a setting of hark; did you mean %s?", name, near)
	}
	return fmt.Sprintf("%s is not a setting of hark; there are %s", name, strings.Join(names, ", "))
}

// unparsed says which line is no TOML.
func unparsed(err error) error {
	said := strings.TrimPrefix(err.Error(), "toml: ")
	if strings.Contains(said, "unexpected character") {
		said = "words stand in quotes" // the most frequent mistake
	}
	e := &Error{Reason: "this cannot be read: " + said}
	if bad, ok := errors.AsType[*toml.DecodeError](err); ok {
		e.Line, _ = bad.Position()
	}
	e.Reason += `; a line reads like theme = "dark"`
	return e
}
