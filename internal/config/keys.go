package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hark/internal/plain"
)

// Settings are hark's settings: of each, what the environment says, else what the file says, else
// the default.
type Settings struct {
	// Author is who writes, for people to read; "" when that is not known.
	Author string
	// Notebook is the path of the notebook; "" when no home folder is known.
	Notebook string
	// Playbook guides a new interview when no other is named; "" is the one used last.
	Playbook string
	// Departments are where confirmed problems are usually carried to.
	Departments []string
	// Backups makes one backup a day, automatically.
	Backups bool
	// Nudge allows a quiet remark on a line that sounds like a pitch.
	Nudge bool
	// Theme is auto, dark, light or none.
	Theme string
	// Motion allows parts of the screen to change by themselves for a moment.
	Motion bool
}

// Key is one setting that the file can have. The table of keys drives reading, `hark config` and
// the documentation.
type Key struct {
	Name string
	// About explains the setting, in whole sentences.
	About string
	// Allowed says which values it takes, for people.
	Allowed string
	// Example is a value as the file can have it.
	Example string
	// Unset says what applies while it is empty; "" when it never is.
	Unset string
	// Variable is the environment variable that overrides the file, or "".
	Variable string

	choices []string // all that a text can be; none for any text
	path    bool     // a text that names a file
	// field returns a pointer to the setting: *string, *bool or *[]string.
	field func(*Settings) any
}

// Keys returns all settings, in the order in which people read them.
func Keys() []Key {
	themes := []string{"auto", "dark", "light", "none"}
	return []Key{
		{
			Name: "author", About: "Who writes: the history of an interview names the author of each change.",
			Allowed: "a text", Example: `"Mia"`, Unset: "your full name as the system knows it, else your login name", Variable: "HARK_AUTHOR",
			field: func(s *Settings) any { return &s.Author },
		},
		{
			Name: "notebook", About: "The file in which your notes are kept; --db FILE chooses another for one command.",
			Allowed: "the full path of a file (~ is your home folder)", Example: `"~/notes/hark.db"`, Unset: "hark/hark.db in your data folder", Variable: "HARK_DB",
			path: true, field: func(s *Settings) any { return &s.Notebook },
		},
		{
			Name: "playbook", About: "What a new interview is guided by, and what hark card prints; --playbook NAME chooses another for one interview.",
			Allowed: "the name of a playbook (hark playbooks lists them)", Example: `"listen-first"`, Unset: "the one used last",
			field: func(s *Settings) any { return &s.Playbook },
		},
		{
			Name: "departments", About: "Where confirmed problems are carried to. A route can name one of them by its beginning: /route 1 eng.",
			Allowed: "a list of names", Example: `["engineering", "marketing"]`,
			field: func(s *Settings) any { return &s.Departments },
		},
		{
			Name: "backups", About: "A backup on every day that something is written, beside the notebook; the last seven are kept.",
			Allowed: "true or false", Example: "false",
			field: func(s *Settings) any { return &s.Backups },
		},
		{
			Name: "nudge", About: "A quiet word, once in an interview, when a line sounds like a pitch while you should still be listening.",
			Allowed: "true or false", Example: "false",
			field: func(s *Settings) any { return &s.Nudge },
		},
		{
			Name: "theme", About: "The colours of the app. auto follows the background of your terminal; NO_COLOR turns colours off whatever stands here.",
			Allowed: plain.List(themes, "or"), Example: `"dark"`, choices: themes, field: func(s *Settings) any { return &s.Theme },
		},
		{
			Name: "motion", About: "Whether something on the screen may change by itself for a moment, to be noticed, as the checklist does when solutions unlock.",
			Allowed: "true or false", Example: "false",
			field: func(s *Settings) any { return &s.Motion },
		},
	}
}

// Defaults returns the settings where nothing is set.
func Defaults() Settings {
	return Settings{
		Departments: []string{"engineering", "marketing", "accounting", "administration", "leadership"},
		Backups:     true, Nudge: true, Theme: "auto", Motion: true,
	}
}

// Value returns the value of a key: a string, a bool or a []string.
func (s Settings) Value(k Key) any {
	switch p := k.field(&s).(type) {
	case *bool:
		return *p
	case *[]string:
		return slices.Clone(*p)
	case *string:
		return *p
	}
	return nil
}

// set sets a key to a value from a file; ok is false when it does not take that value.
func (k Key) set(s *Settings, value any) (ok bool) {
	switch p := k.field(s).(type) {
	case *bool:
		*p, ok = value.(bool)
	case *[]string:
		*p, ok = k.names(value)
	case *string:
		*p, ok = k.text(value)
	}
	return ok
}

// text checks one text.
func (k Key) text(value any) (string, bool) {
	text, ok := value.(string)
	text = strings.TrimSpace(text)
	switch {
	case !ok, strings.ContainsAny(text, "\n\r\x00"):
		return "", false
	case len(k.choices) > 0:
		return text, slices.Contains(k.choices, text)
	case k.path && text != "":
		text, err := Expand(text, os.Getenv)
		return text, err == nil && filepath.IsAbs(text)
	}
	return text, true
}

// names checks a list of texts.
func (k Key) names(value any) ([]string, bool) {
	all, ok := value.([]any)
	names := make([]string, len(all))
	for i, one := range all {
		name, isText := k.text(one)
		names[i], ok = name, ok && isText && name != ""
	}
	return names, ok
}

// Literal returns a value as a settings file can have it. Texts must be safe.
func Literal(value any) string {
	switch v := value.(type) {
	case []string:
		quoted := make([]string, len(v))
		for i, text := range v {
			quoted[i] = strconv.Quote(text)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(value)
}
