package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestIdle runs the checks of an app: it returns memory only when it is idle, and only if there is
// enough.
func TestIdle(t *testing.T) {
	var allocated uint64
	var times int
	r := &idle{allocated: func() uint64 { return allocated }, release: func() { times++ }}
	const little = idleQuiet / 2
	for range idleChecks {
		r.check()
	}
	for _, check := range []struct {
		name      string
		msg       tea.Msg
		allocates uint64
		gives     bool
	}{
		{name: "nothing was allocated"},
		{name: "much is being read", allocates: 8 * idleWorth},
		{name: "it has been read", allocates: little, gives: true},
		{name: "that was just now", allocates: little},
		{name: "more is being read", allocates: idleWorth},
		{name: "somebody types", msg: tea.KeyPressMsg{Code: 'a', Text: "a"}},
		{name: "somebody scrolls", msg: tea.MouseWheelMsg{}},
		{name: "somebody pastes", msg: tea.PasteMsg{Content: "a"}},
		{name: "they think"},
		{name: "they go on thinking"},
		{name: "they look at it"},
		{name: "they listen", gives: true},
		{name: "the size is no touch, and there is nothing to give", msg: tea.WindowSizeMsg{Width: 80, Height: 24}},
		{name: "another window is looked for", allocates: idleQuiet - 1},
		{name: "again", allocates: idleQuiet - 1},
		{name: "and again", allocates: idleQuiet - 1},
		{name: "four", allocates: idleQuiet - 1},
		{name: "five", allocates: idleQuiet - 1},
		{name: "six", allocates: idleQuiet - 1},
		{name: "seven", allocates: idleQuiet - 1},
		{name: "eight", allocates: idleQuiet - 1},
		{name: "until it is worth it", msg: tea.WindowSizeMsg{}, allocates: little, gives: true},
	} {
		allocated += check.allocates
		if check.msg != nil {
			r.touch(check.msg)
		}
		before := times
		r.check()
		if gave := times > before; gave != check.gives {
			t.Errorf("when %s: gave memory back %v, want %v", check.name, gave, check.gives)
		}
	}
}

// TestAllocated checks the name of the runtime's metric: an unknown one has no value.
func TestAllocated(t *testing.T) {
	before := allocated()
	kept := make([]byte, 8<<20)
	if grown := allocated() - before; before == 0 || grown < uint64(len(kept)) {
		t.Errorf("%d bytes were allocated and then %d more, want some and at least %d", before, grown, len(kept))
	}
}
