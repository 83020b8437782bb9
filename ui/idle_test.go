package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestRest goes through the looks of an app: it gives memory back only when it is at rest, and only what is worth it.
func TestRest(t *testing.T) {
	var allocated uint64
	var times int
	r := &rest{allocated: func() uint64 { return allocated }, giveBack: func() { times++ }}
	const little = restQuiet / 2
	for range restStill {
		r.look()
	}
	for _, look := range []struct {
		name      string
		msg       tea.Msg
		allocates uint64
		gives     bool
	}{
		{name: "nothing was allocated"},
		{name: "much is being read", allocates: 8 * restWorth},
		{name: "it has been read", allocates: little, gives: true},
		{name: "that was just now", allocates: little},
		{name: "more is being read", allocates: restWorth},
		{name: "somebody types", msg: tea.KeyPressMsg{Code: 'a', Text: "a"}},
		{name: "somebody scrolls", msg: tea.MouseWheelMsg{}},
		{name: "somebody pastes", msg: tea.PasteMsg{Content: "a"}},
		{name: "they think"},
		{name: "they go on thinking"},
		{name: "they look at it"},
		{name: "they listen", gives: true},
		{name: "the size is no touch, and there is nothing to give", msg: tea.WindowSizeMsg{Width: 80, Height: 24}},
		{name: "another window is looked for", allocates: restQuiet - 1},
		{name: "again", allocates: restQuiet - 1},
		{name: "and again", allocates: restQuiet - 1},
		{name: "four", allocates: restQuiet - 1},
		{name: "five", allocates: restQuiet - 1},
		{name: "six", allocates: restQuiet - 1},
		{name: "seven", allocates: restQuiet - 1},
		{name: "eight", allocates: restQuiet - 1},
		{name: "until it is worth it", msg: tea.WindowSizeMsg{}, allocates: little, gives: true},
	} {
		allocated += look.allocates
		if look.msg != nil {
			r.touch(look.msg)
		}
		before := times
		r.look()
		if gave := times > before; gave != look.gives {
			t.Errorf("when %s: gave memory back %v, want %v", look.name, gave, look.gives)
		}
	}
}

// TestAllocated holds the name of what the runtime is asked for: with another one it answers nothing.
func TestAllocated(t *testing.T) {
	before := allocated()
	kept := make([]byte, 8<<20)
	if grown := allocated() - before; before == 0 || grown < uint64(len(kept)) {
		t.Errorf("%d bytes were allocated and then %d more, want some and at least %d", before, grown, len(kept))
	}
}
