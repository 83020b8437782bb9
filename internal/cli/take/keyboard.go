package take

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"hark/internal/plain"
)

// keyboard reads what is typed at a terminal and shows it. A terminal that hands over whole lines
// does both itself, but holds 4,095 bytes of a line at most: Linux drops what is beyond, and macOS
// beyond 1,024 the line end too, with all that follows. It also takes arrow keys for text, and half
// of a wide character back. golang.org/x/term drops what is beyond 4,096 characters, takes every
// character for one cell, and moves the cursor.
//
// What is typed is only ever added to, or taken back from its end, so that a screen reader can
// follow.
type keyboard struct {
	in    io.Reader
	write func(string)
	width func() int // cells of a line of the terminal

	mu     sync.Mutex // guards the rest
	prompt string
	line   []byte // as much as was typed of it
	length int    // of all that was typed of it, which may be more than is held
	drawn  string // how it stands behind the prompt
	open   bool   // the prompt stands there, and what is typed is shown
	unseen int    // lines that ended before there was a prompt for them

	skip    skipping
	escaped time.Time // when its last part came
}

// skipping says where in the sequence of a key that types nothing the keyboard is.
type skipping int

const (
	skipNothing skipping = iota
	skipEsc              // behind esc
	skipOne              // behind esc O, or esc [ [
	skipFirst            // behind esc [
	skipCSI              // further in
)

// escGap is how long after esc, or another part of a key, a character belongs to the same key. A
// terminal sends them all at once.
const escGap = 50 * time.Millisecond

// The keys of a terminal that hands over whole lines.
const (
	keyEnd       = 0x04 // Ctrl+D
	keyBackspace = 0x08
	keyRedraw    = 0x12 // Ctrl+R
	keyWipe      = 0x15 // Ctrl+U
	keyWord      = 0x17 // Ctrl+W
	keyEsc       = 0x1B
	keyErase     = 0x7F
)

// read reads lines until the input or the context ends, as readLines does.
func (k *keyboard) read(ctx context.Context) <-chan typed {
	lines := make(chan typed)
	go func() {
		buf := make([]byte, 4<<10)
		for n := 1; ; {
			size, err := k.in.Read(buf)
			for keys := buf[:size]; len(keys) > 0; {
				var line typed
				var whole bool
				if line, whole, keys = k.press(keys); !whole {
					continue
				}
				line.number = n
				n++
				select {
				case lines <- line:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				select {
				case lines <- typed{number: n, err: err}:
				case <-ctx.Done():
				}
				return
			}
		}
	}()
	return lines
}

// press takes keys up to the end of a line, and returns what is left of them. whole is false when
// no line ended.
func (k *keyboard) press(keys []byte) (line typed, whole bool, left []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	defer k.draw()
	for i, key := range keys {
		if k.skipped(key) {
			continue
		}
		switch key {
		case '\n', '\r':
			return k.end(), true, keys[i+1:]
		case keyEnd:
			if len(k.line) == 0 {
				k.open = false
				return typed{err: io.EOF}, true, keys[i+1:]
			}
			k.beep()
		case keyBackspace, keyErase:
			k.erase(plain.LastCharacter(string(k.line)))
		case keyWord:
			text := strings.TrimRightFunc(string(k.line), unicode.IsSpace)
			before := strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsSpace(r) })
			k.erase(len(k.line) - len(before))
		case keyWipe:
			k.erase(len(k.line))
		case keyRedraw:
			k.drawn = ""
			k.put("\n" + k.prompt)
		default:
			if key < ' ' && key != '\t' {
				k.beep()
				continue
			}
			if k.length++; len(k.line) <= longestLine {
				k.line = append(k.line, key)
			}
		}
	}
	return typed{}, false, nil
}

// skipped reports whether a byte belongs to a key that types nothing, such as an arrow. Only esc [
// and esc O begin one. What can be no part of it ends it and counts: a line end, another control
// character, a letter of another script; and so does whatever follows esc alone.
func (k *keyboard) skipped(key byte) bool {
	was := k.skip
	if time.Since(k.escaped) > escGap {
		was = skipNothing
	}
	k.skip = skipNothing
	switch {
	case key == keyEsc:
		k.skip = skipEsc
		k.beep()
	case was == skipNothing || key < ' ' || key > '~':
		return false
	case was == skipEsc && key == '[':
		k.skip = skipFirst
	case was == skipEsc && key == 'O', was == skipFirst && key == '[': // a console's F1 is esc [ [ A
		k.skip = skipOne
	case was == skipEsc:
		return false
	case was != skipOne && key < '@':
		k.skip = skipCSI
	}
	k.escaped = time.Now()
	return true
}

// end ends the line that is typed.
func (k *keyboard) end() typed {
	k.draw()
	line := typed{text: string(k.line), unseen: !k.open}
	line.err = checkLine(line.text)
	if k.length > longestLine {
		line.err = tooLong(k.length)
	}
	k.put("\n")
	if line.unseen {
		k.unseen++
	}
	k.line, k.length, k.drawn, k.open = nil, 0, "", false
	return line
}

// erase takes bytes off the end of the line. The end of a line that is too long is not held, so
// that such a line can only be wiped.
func (k *keyboard) erase(size int) {
	if size == 0 || k.length > len(k.line) && size < len(k.line) {
		k.beep()
		return
	}
	k.line = k.line[:len(k.line)-size]
	k.length = len(k.line)
}

// show prints a prompt, and behind it what was typed already.
func (k *keyboard) show(prompt string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.prompt, k.drawn, k.open = prompt, "", true
	k.put(prompt)
	if k.open = k.unseen == 0; k.open {
		k.draw()
	}
}

// saw says that a line that ended before its prompt is shown behind it now.
func (k *keyboard) saw() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.unseen--
}

// hide has what is typed shown no more until the next prompt, for something else is printed.
func (k *keyboard) hide() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open = false
}

// again prints the prompt and what is typed behind it once more.
func (k *keyboard) again() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drawn = ""
	k.put("\n" + k.prompt)
	k.draw()
}

// draw brings what stands behind the prompt up to date.
func (k *keyboard) draw() {
	if !k.open {
		return
	}
	text := plain.Terminal(string(wholeRunes(k.line)))
	switch {
	case strings.HasPrefix(text, k.drawn):
		k.put(text[len(k.drawn):])
	case strings.HasPrefix(k.drawn, text) && k.sameRow(text):
		k.put(strings.Repeat("\b \b", plain.Width(k.drawn[len(text):])))
	default:
		k.put("\n" + k.prompt + text)
	}
	k.drawn = text
}

// sameRow reports whether all that is to be taken back stands in the row of the cursor, which goes
// back over no row's beginning.
func (k *keyboard) sameRow(text string) bool {
	row, _ := k.place(k.prompt + text)
	now, column := k.place(k.prompt + k.drawn)
	return row == now && column < k.width()
}

// place is where the cursor stands behind a text. The column is that of the last cell and one.
func (k *keyboard) place(text string) (row, column int) {
	width := k.width()
	for _, r := range text {
		cells := plain.Width(string(r))
		if column += cells; column > width {
			row, column = row+1, cells
		}
	}
	return row, column
}

func (k *keyboard) beep() { k.put("\a") }

// put writes, unless something else is printed now.
func (k *keyboard) put(text string) {
	if k.open && text != "" {
		k.write(text)
	}
}

// wholeRunes is a text without the first bytes of a character of which the others are still to
// come.
func wholeRunes(text []byte) []byte {
	for back := 1; back <= min(utf8.UTFMax-1, len(text)); back++ {
		if b := text[len(text)-back]; utf8.RuneStart(b) {
			if !utf8.FullRune(text[len(text)-back:]) {
				return text[:len(text)-back]
			}
			break
		}
	}
	return text
}
