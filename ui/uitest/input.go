package uitest

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// Type types text, one key per character as a reader counts them.
func (term *Terminal) Type(text string) {
	term.t.Helper()
	var decoder uv.EventDecoder
	for rest := []byte(text); len(rest) > 0; {
		n, event := decoder.Decode(rest)
		key, ok := event.(uv.KeyPressEvent)
		if !ok || key.Text == "" {
			term.t.Fatalf("%q cannot be typed; use Press for keys and Paste for what is pasted", rest[:n])
		}
		term.program.Send(tea.KeyPressMsg(key))
		rest = rest[n:]
	}
	term.Wait()
}

// Press presses keys one after the other, named as tea.KeyPressMsg.String() names them: "enter",
// "ctrl+c", "?". It waits after each. Keys are sent as messages, not as bytes, because not every
// key has bytes of its own in every terminal.
func (term *Terminal) Press(keys ...string) {
	term.t.Helper()
	for _, name := range keys {
		key, ok := parseKey(name)
		if !ok {
			term.t.Fatalf("there is no key %q", name)
		}
		term.Send(tea.KeyPressMsg(key))
	}
}

// Paste pastes text, bracketed if the program asked for that, as it should.
func (term *Terminal) Paste(text string) {
	term.mu.Lock()
	term.emulator.Paste(text)
	term.mu.Unlock()
	term.Wait()
}

// Click presses and releases the left mouse button in column x of row y. Like a terminal, it sends
// nothing to a program that has not asked for the mouse.
func (term *Terminal) Click(x, y int) {
	term.mouse(vt.MouseClick{X: x, Y: y, Button: vt.MouseLeft}, vt.MouseRelease{X: x, Y: y, Button: vt.MouseLeft})
}

// ClickOn clicks on the first cell of the first occurrence of a text.
func (term *Terminal) ClickOn(text string) {
	term.t.Helper()
	for y, line := range strings.Split(term.Screen(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			term.Click(utf8.RuneCountInString(before), y)
			return
		}
	}
	term.t.Fatalf("the screen does not show %q to click on:\n%s", text, term.Screen())
}

// Wheel turns the mouse wheel by n notches over column x of row y, down when n is positive.
func (term *Terminal) Wheel(x, y, n int) {
	button := vt.MouseWheelDown
	if n < 0 {
		button, n = vt.MouseWheelUp, -n
	}
	for range n {
		term.mouse(vt.MouseWheel{X: x, Y: y, Button: button})
	}
}

func (term *Terminal) mouse(events ...vt.Mouse) {
	term.mu.Lock()
	for _, event := range events {
		term.emulator.SendMouse(event)
	}
	term.mu.Unlock()
	term.Wait()
}

// parseKey returns the key of a name, and whether the key's name is that again.
func parseKey(name string) (key tea.Key, ok bool) {
	base := name
	for _, mod := range []struct {
		name string
		mod  tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if rest, found := strings.CutPrefix(base, mod.name); found && rest != "" {
			key.Mod |= mod.mod
			base = rest
		}
	}
	if code, named := keyCode(base); named {
		key.Code = code
		if code == tea.KeySpace && key.Mod == 0 {
			key.Text = " "
		}
	} else if utf8.RuneCountInString(base) == 1 {
		key.Code, _ = utf8.DecodeRuneInString(base)
		if key.Mod == 0 {
			key.Text = base
			if lower := strings.ToLower(base); lower != base {
				key.ShiftedCode = key.Code
				key.Code, _ = utf8.DecodeRuneInString(lower)
				key.Mod = tea.ModShift
			}
		}
	}
	return key, key.String() == name
}

// keyCode returns the code of a key that has a name.
func keyCode(name string) (code rune, ok bool) {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "esc": tea.KeyEscape,
		"space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"insert": tea.KeyInsert, "delete": tea.KeyDelete,
		"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
		"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
	}
	code, ok = codes[name]
	return code, ok
}
