package demo

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed made/*.txt
var words embed.FS

// lexicon has the words and sentences of made-up interviews.
type lexicon struct {
	names  map[string][]string // given, family, town, first, second, third
	common map[string][]string // what every trade has
	lines  map[string][]string // sentences with slots, by what they are for
	trades []trade
}

// trade is a line of business and its words, the most used first.
type trade struct {
	kinds                       []string // as the names of firms end
	things, places, roles, acts []string
}

// readLexicon reads the word lists.
func readLexicon() (*lexicon, error) {
	lex := &lexicon{}
	files := map[string]func(string) error{
		"names.txt":  func(text string) error { lex.names = sections(text, true); return nil },
		"lines.txt":  func(text string) error { lex.lines = sections(text, false); return nil },
		"common.txt": func(text string) error { lex.common = keyed(text); return nil },
		"trades.txt": lex.readTrades,
	}
	for name, read := range files {
		text, err := words.ReadFile("made/" + name)
		if err != nil {
			return nil, err
		}
		if err := read(string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for i := range lex.trades {
		t := &lex.trades[i]
		t.things = append(t.things, lex.common["things"]...)
		t.roles = append(t.roles, lex.common["roles"]...)
	}
	return lex, nil
}

// sections reads a file in which a line of one word without a capital, a comma or a mark begins a
// section. Its entries are lines, or stand between commas.
func sections(text string, listed bool) map[string][]string {
	all := map[string][]string{}
	at := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line != "" && strings.Trim(line, "abcdefghijklmnopqrstuvwxyz-") == "":
			at = line
		case listed:
			all[at] = append(all[at], strings.Split(line, ", ")...)
		default:
			all[at] = append(all[at], line)
		}
	}
	return all
}

// keyed reads lines like "things: weld, drawing".
func keyed(text string) map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(text) {
		key, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		all[key] = strings.Split(list, ", ")
	}
	return all
}

// readTrades reads trades, each of which begins with a line of its own.
func (lex *lexicon) readTrades(text string) error {
	for line := range strings.Lines(text) {
		key, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		all := strings.Split(list, ", ")
		last := len(lex.trades) - 1
		switch key {
		case "things":
			lex.trades[last].things = all
		case "places":
			lex.trades[last].places = all
		case "roles":
			lex.trades[last].roles = all
		case "acts":
			lex.trades[last].acts = all
		default:
			lex.trades = append(lex.trades, trade{kinds: all})
		}
	}
	return nil
}
