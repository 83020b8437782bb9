package config

import (
	"errors"
	"os/user"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/adrg/xdg"
)

// env gives a test an environment of its own, and none afterwards.
func env(t *testing.T, set map[string]string) func(string) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("where the XDG folders lie differs from system to system; these are those of Linux")
	}
	t.Cleanup(xdg.Reload) // runs when the environment is back as it was
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"} {
		t.Setenv(name, set[name])
	}
	xdg.Reload()
	return func(name string) string { return set[name] }
}

func TestNotebookPath(t *testing.T) {
	tests := []struct {
		name, set string
		env       map[string]string
		want      string
		err       error
	}{
		{"the variable", "b.db", map[string]string{"HOME": "/home/mia"}, "b.db", nil},
		{"else the data folder", "", map[string]string{"HOME": "/home/mia", "XDG_DATA_HOME": "/data"}, "/data/hark/hark.db", nil},
		{"in the home folder", "", map[string]string{"HOME": "/home/mia"}, "/home/mia/.local/share/hark/hark.db", nil},
		{"a relative folder counts for nothing", "", map[string]string{"HOME": "/home/mia", "XDG_DATA_HOME": "data"}, "/home/mia/.local/share/hark/hark.db", nil},
		{"no home but a data folder", "", map[string]string{"XDG_DATA_HOME": "/data"}, "/data/hark/hark.db", nil},
		{"no home", "", nil, "", ErrNoHome},
		{"no home, and a relative folder", "", map[string]string{"XDG_DATA_HOME": "data"}, "", ErrNoHome},
		{"no home but the variable", "b.db", nil, "b.db", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set := env(t, tt.env)
			l, err := Load(func(name string) string {
				if name == "HARK_DB" {
					return tt.set
				}
				return set(name)
			})
			if err != nil {
				t.Fatal(err)
			}
			got, err := l.NotebookPath()
			if filepath.ToSlash(got) != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %q, %v; want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

func TestPlaybooks(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		want string
	}{
		{"the config folder", map[string]string{"HOME": "/home/mia", "XDG_CONFIG_HOME": "/etc/mia"}, "/etc/mia/hark/playbooks"},
		{"in the home folder", map[string]string{"HOME": "/home/mia"}, "/home/mia/.config/hark/playbooks"},
		{"no home", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Playbooks(env(t, tt.env)); filepath.ToSlash(got) != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		want string
	}{
		{"the state folder", map[string]string{"HOME": "/home/mia", "XDG_STATE_HOME": "/var/mia"}, "/var/mia/hark"},
		{"no home", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Faults(env(t, tt.env)); filepath.ToSlash(got) != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPersonName(t *testing.T) {
	set := func(env map[string]string) func(string) string { return func(name string) string { return env[name] } }
	tests := []struct {
		name string
		env  map[string]string
		want string
	}{
		{"logged in", map[string]string{"LOGNAME": "nobody-mia", "USER": "root"}, "nobody-mia"},
		{"blank", map[string]string{"LOGNAME": " ", "USER": "nobody-mia"}, "nobody-mia"},
		{"on Windows", map[string]string{"USERNAME": "nobody-mia"}, "nobody-mia"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, login := personName(set(tt.env)); got != tt.want || login != tt.want {
				t.Errorf("got %q, %q, want %q", got, login, tt.want)
			}
		})
	}
}

// An author is somebody: the full name of the one who is logged in where the system has one.
func TestNameOfTheUser(t *testing.T) {
	for _, tt := range []struct {
		user  user.User
		login string
		want  string
	}{
		{user.User{Username: "mia", Name: "Mia Kowalski,Room 3,,"}, "mia", "Mia Kowalski"},
		{user.User{Username: `WORK\mia`, Name: "Mia Kowalski"}, "Mia", "Mia Kowalski"},
		{user.User{Username: "mia", Name: "Mia Kowalski"}, "", "Mia Kowalski"},
		{user.User{Username: "mia", Name: " ,,"}, "mia", "mia"},
		{user.User{Username: `WORK\mia`}, "", "mia"},
		{user.User{Username: "root", Name: "Administrator"}, "mia", "mia"},
	} {
		if got := nameOf(tt.user, tt.login); got != tt.want {
			t.Errorf("%+v, logged in as %q: %q, want %q", tt.user, tt.login, got, tt.want)
		}
	}
}
