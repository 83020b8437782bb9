// Package keymap describes what the keys do, once. The same [Binding] answers a key, is shown in
// the footer, and is listed in the help and the palette, so that they always agree. A binding that
// cannot be used now says why instead of disappearing.
//
// The way of a key: tea.KeyPressMsg.String() → [Find], in the scopes from the innermost to the
// outermost → the binding's Action → the screen's Act.
package keymap

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Action names what a binding does, such as "line.fix". The screen that owns a binding knows its
// actions.
type Action string

// Binding is one thing that a key does.
type Binding struct {
	Action Action
	// Named is what it does when it is chosen by another key than the first, by name or with the
	// mouse; "" for the same.
	Named Action
	// Keys are its keys, as tea.KeyPressMsg.String() returns them. The first is the one shown.
	Keys []string
	// Label is shown instead of the first key, for instance "↑↓" for a binding of both arrows.
	Label string
	// Short describes it in one to three words, for the footer. The footer leaves out a binding
	// without it.
	Short string
	// Long describes it in full, for the help and the command palette.
	Long string
	// Words are further words to find it by in the command palette. They are not shown.
	Words string
	// Rank decides which bindings the footer leaves out when it is too narrow: the highest first,
	// and of equal ranks the later one.
	Rank int
	// Text: the key is text too, so after the action the screen gets the key.
	Text bool
	// Why is the reason, as a sentence, why it cannot be done now; "" when it can.
	Why string
}

// Chosen returns the action of a binding that is chosen by name or with the mouse.
func (b Binding) Chosen() Action { return cmp.Or(b.Named, b.Action) }

// By returns the action of a binding that a key was found for.
func (b Binding) By(key string) Action {
	if slices.Index(b.Keys, key) > 0 {
		return b.Chosen()
	}
	return b.Action
}

// Enabled reports whether it can be done now.
func (b Binding) Enabled() bool { return b.Why == "" }

// KeyLabel returns the key as it is shown: ↑ for "up", and so on.
func (b Binding) KeyLabel() string {
	if b.Label != "" {
		return b.Label
	}
	if len(b.Keys) == 0 {
		return ""
	}
	return keyLabel(b.Keys[0])
}

// keyLabel returns one key as people know it.
func keyLabel(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgdown":
		return "pgdn"
	}
	return key
}

// Scope is the bindings of one place, such as a pane or a dialog, under the heading that the help
// shows.
type Scope struct {
	Name     string
	Bindings []Binding
}

// Find returns the binding of a key, searching the scopes in the order given, the innermost first.
// Within a scope an enabled binding takes precedence over a disabled one with the same key. A
// disabled one is returned too, so that its reason can be shown; it hides bindings of that key in
// the outer scopes.
func Find(key string, scopes ...Scope) (Binding, bool) {
	for _, scope := range scopes {
		var disabled *Binding
		for i, b := range scope.Bindings {
			if !slices.Contains(b.Keys, key) {
				continue
			}
			if b.Enabled() {
				return b, true
			}
			if disabled == nil {
				disabled = &scope.Bindings[i]
			}
		}
		if disabled != nil {
			return *disabled, true
		}
	}
	return Binding{}, false
}

// Check returns every fault in the bindings of some scopes, or nil: two enabled bindings of one
// scope that share a key, a binding without an action, a key or a long help, and one whose keys all
// need special terminals. It is meant for tests.
func Check(scopes ...Scope) error {
	var faults []error
	for _, scope := range scopes {
		owner := make(map[string]Action)
		for _, b := range scope.Bindings {
			if b.Action == "" || len(b.Keys) == 0 || b.Long == "" {
				faults = append(faults, fmt.Errorf("%s: %q (%v) needs an action, a key and a long help", scope.Name, b.Action, b.Keys))
			}
			if len(b.Keys) > 0 && !slices.ContainsFunc(b.Keys, everywhere) {
				faults = append(faults, fmt.Errorf("%s: %q has no key that every terminal sends: %v", scope.Name, b.Action, b.Keys))
			}
			if !b.Enabled() {
				continue
			}
			for _, key := range b.Keys {
				if other, taken := owner[key]; taken {
					faults = append(faults, fmt.Errorf("%s: %q means both %q and %q", scope.Name, key, other, b.Action))
				}
				owner[key] = b.Action
			}
		}
	}
	return errors.Join(faults...)
}

// everywhere reports whether every terminal sends a key unambiguously. Without the Kitty protocol
// ctrl+i is tab, ctrl+m is enter, ctrl+[ is esc, and shift or ctrl do not change enter, ctrl with
// tab, space, esc and backspace; ctrl and alt with a shifted symbol depend on the keyboard
// (charmbracelet/bubbletea#1591).
func everywhere(key string) bool {
	i := strings.LastIndex(strings.TrimSuffix(key, "+"), "+")
	if i < 0 {
		return true
	}
	mods, base := key[:i], key[i+1:]
	ctrl, shift := strings.Contains(mods, "ctrl"), strings.Contains(mods, "shift")
	if strings.Contains(mods, "super") || strings.Contains(mods, "hyper") || strings.Contains(mods, "meta") {
		return false
	}
	switch base {
	case "tab":
		return mods == "shift"
	case "enter", "esc", "backspace":
		return mods == "alt"
	case "space":
		return mods == "ctrl" || mods == "alt"
	}
	if utf8.RuneCountInString(base) > 1 {
		return true // arrows and function keys carry their modifiers in every terminal that matters
	}
	letter := base >= "a" && base <= "z"
	if ctrl {
		return letter && !shift && base != "i" && base != "m" && base != "j" && base != "h"
	}
	return !shift && (letter || base >= "0" && base <= "9")
}
