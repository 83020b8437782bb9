package app

import (
	"fmt"
	"os"
	"strings"

	"hark/internal/export"
)

// ReadOver gathers who is named in what a command writes and may not be.
type ReadOver struct {
	sure, perhaps []string
	seen          map[string]bool
}

// Add adds who is named of one customer.
func (r *ReadOver) Add(customer string, s export.Still) {
	r.sure = r.named(r.sure, "", customer, s.Sure)
	r.perhaps = r.named(r.perhaps, "perhaps ", customer, s.Perhaps)
}

// named appends the names of a customer's people, once.
func (r *ReadOver) named(all []string, lead, customer string, names []string) []string {
	if len(names) == 0 {
		return all
	}
	named := fmt.Sprintf("%s (%s)", customer, strings.Join(names, ", "))
	if r.seen[lead+named] {
		return all
	}
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	r.seen[lead+named] = true
	return append(all, named)
}

// SayReadOver says what to read over before it is passed on, if there is anything.
func (a *App) SayReadOver(r ReadOver) {
	for _, text := range r.sentences() {
		a.Note("Read it over before you pass it on: %s", text)
	}
}

func (r ReadOver) sentences() (all []string) {
	if len(r.sure) > 0 {
		all = append(all, "what was said or noted names people who are not to be named: "+SomeOf(r.sure))
	}
	if len(r.perhaps) > 0 {
		all = append(all, "words in it can be names of people who are not to be named: "+SomeOf(r.perhaps))
	}
	return all
}

// SomeOf lists the first few of many.
func SomeOf(all []string) string {
	const most = 5
	shown, more := First(all, most)
	text := strings.Join(shown, "; ")
	if more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}

// StdoutIsFile reports whether standard output is an ordinary file.
func (a *App) StdoutIsFile() bool {
	f, is := a.Stdout.(*os.File)
	if !is {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}
