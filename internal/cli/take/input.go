package take

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"hark/internal/capture"
	"hark/internal/cli/app"
	"hark/internal/interview"
	"hark/internal/plain"
)

const (
	inputBuffer = 64 << 10
	// sniffed is how many bytes at the start of a file tell whether it is text.
	sniffed = 8 << 10
	// mostLines is more than a day of talk. Each line is a commit of its own, so that more of them
	// would take hours.
	mostLines = 10_000
	// longestLine leaves room for names and themes around the longest text.
	longestLine = interview.MaxText + 4<<10
	// mostSkipped is how many bytes of a line that is too long are skipped to its end.
	mostSkipped = 64 << 20
)

// typed is one line of the input, without its line end. Its err is io.EOF after the last line, an
// *app.UsageError when the line is no text, and any other error when the input cannot be read.
type typed struct {
	number int // from 1
	text   string
	err    error
	unseen bool // typed before the prompt, and not shown yet
}

// readLines reads lines until the input or the context ends. The last thing it sends is an error
// that is no *app.UsageError.
func readLines(ctx context.Context, r *bufio.Reader) <-chan typed {
	lines := make(chan typed)
	go func() {
		in := lineReader{r: r}
		for n := 1; ; n++ {
			text, err := in.read()
			if n == 1 {
				text = strings.TrimPrefix(text, "\ufeff")
			}
			if err == nil {
				err = checkLine(text)
			}
			select {
			case lines <- typed{number: n, text: text, err: err}:
			case <-ctx.Done():
				return
			}
			var about *app.UsageError
			if err != nil && !errors.As(err, &about) {
				return
			}
		}
	}()
	return lines
}

// lineReader reads lines of any length that end as [plain.LineEnd] says.
type lineReader struct {
	r *bufio.Reader
	// afterCR says that the last line ended in CR. A LF behind it belongs to that end; waiting for
	// it there would hold the line back.
	afterCR bool
}

// read reads a line, and keeps in memory no more than a line may have.
func (l *lineReader) read() (string, error) {
	var line []byte
	length := 0
	for {
		part, size, err := l.next()
		length += len(part)
		line = append(line, part[:min(len(part), longestLine+1-len(line))]...)
		_, _ = l.r.Discard(len(part) + size) // they are in the buffer
		switch {
		case err != nil && (length == 0 || !errors.Is(err, io.EOF)):
			return "", err
		case length > mostSkipped:
			return "", fmt.Errorf("this line has more than %d MB and does not end, and nothing behind it is read", mostSkipped>>20)
		case size == 0 && err == nil:
			continue
		case len(line) > longestLine:
			return "", tooLong(length)
		}
		return string(line), nil
	}
}

// next returns what has arrived of the line, and how many bytes its end takes; 0 when that is still
// to come.
func (l *lineReader) next() (part []byte, size int, err error) {
	if l.afterCR {
		l.afterCR = false
		if b, _ := l.r.Peek(1); len(b) > 0 && b[0] == '\n' {
			_, _ = l.r.Discard(1)
		}
	}
	for least := 1; ; least++ {
		if _, err = l.r.Peek(least); err != nil {
			part, _ = l.r.Peek(l.r.Buffered())
			return part, 0, err
		}
		part, _ = l.r.Peek(l.r.Buffered())
		at, size := plain.LineEnd(part)
		if size > 0 {
			l.afterCR = part[at] == '\r' && size == 1
			return part[:at], size, nil
		}
		// The first bytes of a line end wait for the others.
		whole := len(part)
		for _, begins := range []string{"\xC2", "\xE2", "\xE2\x80"} {
			if bytes.HasSuffix(part, []byte(begins)) {
				whole = len(part) - len(begins)
			}
		}
		if whole > 0 {
			return part[:whole], 0, nil
		}
		least = len(part)
	}
}

func tooLong(length int) error {
	return app.Usagef("this line has %d bytes, and %d are the most that one holds; keep it in several lines", length, interview.MaxText)
}

// checkLine refuses a line that is no text.
func checkLine(text string) error {
	switch {
	case strings.IndexByte(text, 0) >= 0:
		return app.Usagef("this line is no text (it has a NUL byte in it); take it out and try again")
	case !utf8.ValidString(text):
		return app.Usagef("this line is not readable as UTF-8 text; save the file as UTF-8 and try again")
	}
	return nil
}

// examine refuses an input that is no text, or too much of it, and finds out what its lines leave
// open if it is Markdown. Of a pipe it reads only what has arrived, so that the first lines need
// not wait.
func examine(r *bufio.Reader, in io.Reader, name string, page *capture.Markdown) error {
	size := 1
	if f, ok := in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = sniffed
		}
	}
	// Errors come again with the first line.
	_, _ = r.Peek(size)
	head, _ := r.Peek(min(sniffed, r.Buffered()))
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return app.Usagef("%s is text in UTF-16, which hark does not read; save it as UTF-8 and try again", name)
	case bytes.IndexByte(head, 0) >= 0:
		return app.Usagef("%s is not a text file", name)
	case size == sniffed:
		return readAhead(r, in, name, page)
	}
	for _, line := range plain.Lines(string(head)) {
		page.Read(line)
	}
	return nil
}

// readAhead refuses a file of too many lines. It reads to its end, and goes back to where r began.
func readAhead(r *bufio.Reader, in io.Reader, name string, page *capture.Markdown) error {
	f, ok := in.(io.ReadSeeker)
	if !ok {
		return nil
	}
	at, err := f.Seek(-int64(r.Buffered()), io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", name, app.Reason(err))
	}
	lines := 0
	for in := (&lineReader{r: bufio.NewReaderSize(f, inputBuffer)}); ; lines++ {
		var about *app.UsageError
		line, err := in.read()
		if err != nil && !errors.As(err, &about) {
			break // the end; any other error comes again with its line
		}
		if lines < mostLines {
			page.Read(line)
		}
	}
	if lines > mostLines {
		return tooManyLines(fmt.Sprintf("%s has %d lines", name, lines))
	}
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return fmt.Errorf("%s cannot be read: %w", name, app.Reason(err))
	}
	r.Reset(f)
	return nil
}

func tooManyLines(what string) error {
	return app.Usagef("%s, and %d are the most that one take keeps, for that is more than a meeting; take it in parts", what, mostLines)
}
