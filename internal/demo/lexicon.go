package demo

import (
	"embed"
	"strings"
)

//go:embed made/*.txt
var words embed.FS

// lexicon has the words and sentences of made-up interviews.
type lexicon struct {
	names  list   // given, family, town, first, second, third
	common list   // what every trade has
	lines  list   // sentences with slots, by what they are for
	trades []list // lines of business: kinds, as the names of firms end, things, places, roles and acts
}

// list is some words or sentences by what they are, the most used first.
type list map[string][]string

// readLexicon reads the word lists.
func readLexicon() (*lexicon, error) {
	texts := map[string]string{}
	for _, name := range []string{"names", "lines", "common", "trades"} {
		text, err := words.ReadFile("made/" + name + ".txt")
		if err != nil {
			return nil, err
		}
		texts[name] = string(text)
	}
	lex := &lexicon{names: listed(texts["names"]), common: listed(texts["common"]), lines: sections(texts["lines"])}
	for text := range strings.SplitSeq(texts["trades"], "\n\n") {
		t := listed(text)
		t["things"] = append(t["things"], lex.common["things"]...)
		t["roles"] = append(t["roles"], lex.common["roles"]...)
		lex.trades = append(lex.trades, t)
	}
	return lex, nil
}

// sections reads a text in which a line of one word without a capital or a mark begins a section.
// Every other line is an entry.
func sections(text string) list {
	all := list{}
	at := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && strings.Trim(line, "abcdefghijklmnopqrstuvwxyz-") == "" {
			at = line
			continue
		}
		all[at] = append(all[at], line)
	}
	return all
}

// listed reads lines like "things: weld, drawing". Several of one name are joined.
func listed(text string) list {
	all := list{}
	for line := range strings.Lines(text) {
		key, entries, _ := strings.Cut(strings.TrimSpace(line), ": ")
		all[key] = append(all[key], strings.Split(entries, ", ")...)
	}
	return all
}
