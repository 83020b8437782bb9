package ptytest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// modeName returns the name of a private mode, or its number.
func modeName(mode int) string {
	name, ok := map[int]string{
		7: "autowrap", 25: "cursor shown", 1000: "mouse clicks", 1002: "mouse buttons", 1003: "mouse motion",
		1004: "focus events", 1006: "mouse in SGR form", 1049: "alternate screen", 2004: "bracketed paste",
		2026: "synchronised output", 2027: "grapheme widths",
	}[mode]
	if !ok {
		return fmt.Sprintf("mode %d", mode)
	}
	return name
}

// state is the state of a terminal after some output, apart from its screen.
type state struct {
	modes       map[int]bool // private modes, by number
	keyboards   int          // kitty keyboard settings pushed and not popped
	otherKeys   bool         // xterm's modifyOtherKeys
	cursorStyle int
	styled      bool // text would be drawn in some style
	title       string
}

// Unrestored returns, sorted, what a program that wrote this to a new terminal left changed;
// nothing when all is restored.
func Unrestored(stream string) []string {
	initial := map[int]bool{7: true, 25: true}
	s := read(stream)
	var left []string
	for mode, on := range s.modes {
		if on != initial[mode] {
			left = append(left, fmt.Sprintf("%s: %v", modeName(mode), on))
		}
	}
	for what, is := range map[string]bool{
		"keyboard settings": s.keyboards != 0, "modified keys": s.otherKeys, "cursor style": s.cursorStyle != 0,
		"colours": s.styled, "title " + s.title: s.title != "",
	} {
		if is {
			left = append(left, what)
		}
	}
	slices.Sort(left)
	return left
}

func read(stream string) state {
	s := state{modes: map[int]bool{}}
	parser := ansi.NewParser()
	parser.SetHandler(ansi.Handler{
		HandleCsi: s.csi,
		HandleOsc: func(cmd int, data []byte) {
			if cmd == 0 || cmd == 2 {
				_, s.title, _ = strings.Cut(string(data), ";")
			}
		},
	})
	parser.Parse([]byte(stream))
	return s
}

func (s *state) csi(cmd ansi.Cmd, params ansi.Params) {
	first, _, _ := params.Param(0, 0)
	switch c := [3]byte{cmd.Prefix(), cmd.Intermediate(), cmd.Final()}; c {
	case [3]byte{'?', 0, 'h'}, [3]byte{'?', 0, 'l'}:
		params.ForEach(0, func(_, mode int, _ bool) { s.modes[mode] = c[2] == 'h' })
	case [3]byte{'>', 0, 'u'}:
		s.keyboards++
	case [3]byte{'<', 0, 'u'}:
		s.keyboards -= max(first, 1)
	case [3]byte{'>', 0, 'm'}:
		if value, _, _ := params.Param(1, 0); first == 4 {
			s.otherKeys = value != 0
		}
	case [3]byte{0, ' ', 'q'}:
		s.cursorStyle = first
	case [3]byte{0, 0, 'm'}:
		s.styled = len(params) > 1 || first != 0
	}
}

// Colours returns the style sequences of a stream that set a colour, even the terminal's own, each
// once.
func Colours(stream string) []string {
	found := map[string]bool{}
	parser := ansi.NewParser()
	parser.SetHandler(ansi.Handler{HandleCsi: func(cmd ansi.Cmd, params ansi.Params) {
		if cmd != 'm' {
			return
		}
		var all []string
		colour := false
		params.ForEach(0, func(_, param int, _ bool) {
			all = append(all, fmt.Sprint(param))
			// 30 to 49 except 48's own parameters, and the bright ones; attributes are below.
			colour = colour || param >= 30 && param <= 49 || param == 58 || param >= 90 && param <= 107
		})
		if colour {
			found[strings.Join(all, ";")] = true
		}
	}})
	parser.Parse([]byte(stream))
	return slices.Sorted(maps.Keys(found))
}
