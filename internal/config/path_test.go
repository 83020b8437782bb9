package config

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"testing"
)

func TestExpand(t *testing.T) {
	t.Setenv("HOME", "/home/mia")
	if runtime.GOOS == "windows" {
		t.Setenv("USERPROFILE", `C:\Users\mia`)
	}
	home := map[bool]string{true: `C:\Users\mia`, false: "/home/mia"}[runtime.GOOS == "windows"]
	for path, want := range map[string]string{
		"~": home, "~/": home + "/", "~/n.db": home + "/n.db", "~//n.db": home + "//n.db",
		"n.db": "n.db", "./~/n.db": "./~/n.db", "/~/n.db": "/~/n.db", "a~": "a~", "": "", "-": "-",
		"~nobody-of-that-name/n.db": "~nobody-of-that-name/n.db", "~$x.docx": "~$x.docx",
	} {
		if got, err := Expand(path, os.Getenv); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", path, got, err, want)
		}
	}
	me, err := user.Current()
	if err == nil && filepath.IsAbs(me.HomeDir) && runtime.GOOS != "windows" {
		if got, err := Expand("~"+me.Username+"/n.db", os.Getenv); got != me.HomeDir+"/n.db" || err != nil {
			t.Errorf("the home of %s is %q, %v", me.Username, got, err)
		}
	}
	t.Setenv("HOME", "")
	t.Setenv("USERPROFILE", "")
	var none *HomeError
	if got, err := Expand("~/n.db", os.Getenv); got != "" || !errors.As(err, &none) {
		t.Errorf("without a home folder it is %q, %v", got, err)
	}
	if got, err := Expand("n.db", os.Getenv); got != "n.db" || err != nil {
		t.Errorf("without a home folder and without ~ it is %q, %v", got, err)
	}
}

// The variables that name a file, and the file itself, take ~ as well.
func TestSettingsExpand(t *testing.T) {
	set := env(t, map[string]string{"HOME": "/home/mia", "HARK_DB": "~/notes/n.db", "HARK_CONFIG": "~/none.toml"})
	l, err := Load(set)
	if err != nil || l.Notebook != "/home/mia/notes/n.db" || l.Path != "/home/mia/none.toml" {
		t.Errorf("%q, %q, %v", l.Notebook, l.Path, err)
	}
	if got := Notebooks(set); len(got) == 0 || got[0] != "/home/mia/notes/n.db" {
		t.Errorf("the notebooks are %q", got)
	}
	s, _, err := Decode([]byte(`notebook = "~"`))
	if err != nil || s.Notebook != "/home/mia" {
		t.Errorf("%q, %v", s.Notebook, err)
	}
	set = env(t, map[string]string{"HARK_DB": "~/notes/n.db"})
	var none *HomeError
	if _, err := Load(set); !errors.As(err, &none) {
		t.Errorf("without a home folder: %v", err)
	}
}
