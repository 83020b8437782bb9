// Package config says where hark keeps its things and who is writing.
package config

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
)

// folder is hark's folder in each of the XDG folders.
const folder = "hark"

// ErrNoHome says that neither the home folder nor the XDG folder that would do
// instead is known.
var ErrNoHome = errors.New("Your home folder is not known (HOME is not set); name the notebook with --db FILE")

// Notebook returns the path of the notebook: db when it is not "" (the --db
// flag), else HARK_DB, else hark.db in hark's XDG data folder. The error is
// ErrNoHome. Nothing is made or looked at.
func Notebook(db string, getenv func(string) string) (string, error) {
	for _, path := range []string{db, getenv("HARK_DB")} {
		if path != "" {
			return path, nil
		}
	}
	if !known("XDG_DATA_HOME", getenv) {
		return "", ErrNoHome
	}
	return filepath.Join(xdg.DataHome, folder, "hark.db"), nil
}

// Playbooks returns the folder of the user's own playbooks, in hark's XDG config
// folder; "" when the home folder is not known. There need not be such a folder.
func Playbooks(getenv func(string) string) string {
	if !known("XDG_CONFIG_HOME", getenv) {
		return ""
	}
	return filepath.Join(xdg.ConfigHome, folder, "playbooks")
}

// known reports whether an XDG folder can be told. Without a home folder, xdg
// would place it at the top of the file system.
func known(variable string, getenv func(string) string) bool {
	_, err := os.UserHomeDir()
	return err == nil || filepath.IsAbs(getenv(variable))
}

// Author returns who writes, for people to read: HARK_AUTHOR, else the login
// name, else "".
func Author(getenv func(string) string) string {
	for _, variable := range []string{"HARK_AUTHOR", "LOGNAME", "USER", "USERNAME"} {
		if name := strings.TrimSpace(getenv(variable)); name != "" {
			return name
		}
	}
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username[strings.LastIndexByte(u.Username, '\\')+1:] // without the Windows domain
}
