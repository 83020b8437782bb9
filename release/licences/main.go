// Command licences lists the modules that hark is built with and their licences, and fails when one
// of them does not allow redistribution with a program under the MIT licence. With -texts it prints
// the licences themselves, for a release.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	texts := flag.Bool("texts", false, "print the texts of the licences, as Markdown")
	flag.Parse()
	if err := run(os.Stdout, *texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// module is one module that hark is built with.
type module struct {
	Path, Version, Dir string
	Main               bool
	Replace            *module
}

func run(w io.Writer, texts bool) error {
	modules, err := built()
	if err != nil {
		return err
	}
	var bad []error
	for _, m := range modules {
		name, text, err := licence(m.Dir)
		if err != nil {
			bad = append(bad, fmt.Errorf("%s %s: %w", m.Path, m.Version, err))
			continue
		}
		if texts {
			_, err = fmt.Fprintf(w, "## %s %s\n\n%s\n\n```\n%s\n```\n\n", m.Path, m.Version, name, strings.TrimSpace(text))
		} else {
			_, err = fmt.Fprintf(w, "%-13s %s %s\n", name, m.Path, m.Version)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(bad...)
}

// built returns the modules that the program is built with on any system of a release, without hark
// itself.
func built() ([]module, error) {
	var all []module
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/hark")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("asking which modules hark is built with: %w", err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var pkg struct{ Module *module }
			if err := d.Decode(&pkg); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			switch m := pkg.Module; {
			case m == nil || m.Main: // the standard library, and hark
			case m.Replace != nil:
				all = append(all, *m.Replace)
			default:
				all = append(all, *m)
			}
		}
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return slices.CompactFunc(all, func(a, b module) bool { return a.Path == b.Path }), nil
}

// licence reads the licence of the module in a folder: its SPDX identifier and its text.
func licence(dir string) (name, text string, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return "", "", err
	}
	for _, f := range files {
		base := strings.ToUpper(strings.TrimSuffix(f.Name(), filepath.Ext(f.Name())))
		if f.IsDir() || base != "LICENSE" && base != "LICENCE" && base != "COPYING" {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return "", "", err
		}
		if name, ok := known(string(b)); ok {
			return name, string(b), nil
		}
		return "", "", fmt.Errorf("%s is a licence that nobody has looked at yet", f.Name())
	}
	return "", "", errors.New("it has no licence")
}

// known returns the identifier of an accepted licence from its text, by sentences that only it has.
func known(text string) (name string, ok bool) {
	text = strings.Join(strings.Fields(text), " ")
	has := func(sentences ...string) bool {
		return !slices.ContainsFunc(sentences, func(s string) bool { return !strings.Contains(text, s) })
	}
	const redistribution = "Redistribution and use in source and binary forms, with or without modification, are permitted"
	switch {
	case has("GNU ") || has("Mozilla Public License"):
		return "", false
	case has("Permission is hereby granted, free of charge, to any person obtaining a copy", "The above copyright notice and this permission notice shall be included"):
		return "MIT", true
	case has("Apache License Version 2.0, January 2004"):
		return "Apache-2.0", true
	case has(redistribution, "endorse or promote products derived from this software without specific prior written permission"):
		return "BSD-3-Clause", true
	case has(redistribution):
		return "BSD-2-Clause", true
	}
	return "", false
}
