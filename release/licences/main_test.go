package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHarkCanBeHandedOn(t *testing.T) {
	t.Chdir("../..")
	var out bytes.Buffer
	if err := run(&out, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"go.etcd.io/bbolt", "charm.land/bubbletea/v2", "golang.org/x/sys"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not listed:\n%s", want, &out)
		}
	}
}

func TestLicence(t *testing.T) {
	const (
		mit = "Permission is hereby granted, free of charge, to any person obtaining\na copy … " +
			"The above copyright notice and this permission notice shall be\nincluded"
		bsd = "Redistribution and use in source and binary forms, with or without\nmodification, are permitted provided that"
	)
	for _, test := range []struct {
		file, text string
		want       string // "" for an error
	}{
		{"LICENSE", mit, "MIT"},
		{"LICENSE.md", bsd, "BSD-2-Clause"},
		{"COPYING", bsd + " endorse or promote products derived from this software without specific prior written permission", "BSD-3-Clause"},
		{"LICENSE", "GNU AFFERO GENERAL PUBLIC LICENSE " + mit, ""},
		{"LICENSE", "All rights reserved", ""},
		{"README", mit, ""},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, test.file), []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, _, err := licence(dir)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s %q: %q, %v, want %q", test.file, test.text, got, err, test.want)
		}
	}
}
