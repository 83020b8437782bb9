// Package config holds hark's settings, and the paths of its files.
package config

import (
	"cmp"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"

	"hark/internal/kept"
)

// folder is hark's folder in each of the XDG folders.
const folder = "hark"

// ErrNoHome says that neither the home folder nor the XDG folder that would replace it is known.
var ErrNoHome = errors.New("Your home folder is not known (HOME is not set); name the notebook with --db FILE")

// NotebookPath returns the path of the notebook, without touching any file. The error is ErrNoHome.
func (s Settings) NotebookPath() (string, error) {
	if s.Notebook == "" {
		return "", ErrNoHome
	}
	return s.Notebook, nil
}

// dataFile returns the path of the notebook where no setting names one: hark.db in hark's XDG data
// folder; "" when the home folder is not known.
func dataFile(getenv func(string) string) string {
	return within("XDG_DATA_HOME", xdg.DataHome, getenv, "hark.db")
}

// Playbooks returns the folder of the user's own playbooks, in hark's XDG config folder; "" when
// the home folder is not known. The folder need not exist.
func Playbooks(getenv func(string) string) string {
	return within("XDG_CONFIG_HOME", xdg.ConfigHome, getenv, "playbooks")
}

// Sample returns the folder of the sample notebook, in hark's XDG cache folder, since the sample
// can be made again; "" when the home folder is not known. The folder need not exist.
func Sample(getenv func(string) string) string {
	return within("XDG_CACHE_HOME", xdg.CacheHome, getenv, "sample")
}

// Faults returns the folder for reports on crashes of hark, in hark's XDG state folder; "" when the
// home folder is not known. The folder need not exist.
func Faults(getenv func(string) string) string {
	return within("XDG_STATE_HOME", xdg.StateHome, getenv)
}

// Notebooks returns where hark looks for a notebook when no flag names one, and the sample: what the
// environment names, what the settings name, and the one in the data folder.
func Notebooks(getenv func(string) string) []string {
	var paths []string
	if path, err := Expand(strings.TrimSpace(getenv("HARK_DB")), getenv); err == nil && path != "" {
		paths = append(paths, path)
	}
	src, _ := read(File(getenv)) // settings that cannot be read
	set, _, _ := Decode(src)     // name none
	for _, path := range []string{set.Notebook, dataFile(getenv)} {
		if path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}

// Kept are the files and folders that hark keeps apart from notebooks: the settings, the playbooks,
// the sample and the notes about faults.
func Kept(getenv func(string) string) []kept.Place {
	var places []kept.Place
	for _, p := range []kept.Place{
		{Kind: kept.Settings, Path: File(getenv)},
		{Kind: kept.Playbooks, Path: Playbooks(getenv), Whole: true},
		{Kind: kept.Sample, Path: Sample(getenv), Whole: true},
		{Kind: kept.Faults, Path: Faults(getenv), Named: func(name string) bool { return strings.HasPrefix(name, "fault-") }},
	} {
		if p.Path != "" {
			places = append(places, p)
		}
	}
	return places
}

// within returns the path of something in hark's folder of an XDG folder, which a variable can
// name; "" when the home folder is not known: package xdg would place it at the top of the file
// system.
func within(variable, base string, getenv func(string) string, below ...string) string {
	if _, err := os.UserHomeDir(); err != nil && !filepath.IsAbs(getenv(variable)) {
		return ""
	}
	return filepath.Join(append([]string{base, folder}, below...)...)
}

// personName returns the name of the user who is logged in, "" when it is not known: the full name that the
// system has for them, else the login name. It returns the login name, too.
func personName(getenv func(string) string) (name, login string) {
	for _, variable := range []string{"LOGNAME", "USER", "USERNAME"} {
		if login = strings.TrimSpace(getenv(variable)); login != "" {
			break
		}
	}
	u, err := user.Current()
	if err != nil {
		return login, login
	}
	name = nameOf(*u, login)
	return name, cmp.Or(login, userName(*u))
}

// userName returns the login name of a user, without the Windows domain.
func userName(u user.User) string { return u.Username[strings.LastIndexByte(u.Username, '\\')+1:] }

// nameOf returns the full name of a user, where login is theirs or "", else the login name. The full name
// ends where a telephone number or an office may follow it, at a comma.
func nameOf(u user.User, login string) string {
	own := userName(u)
	full, _, _ := strings.Cut(u.Name, ",")
	full = strings.TrimSpace(full)
	switch {
	case login != "" && !strings.EqualFold(login, own):
		return login
	case full != "":
		return full
	}
	return own
}
