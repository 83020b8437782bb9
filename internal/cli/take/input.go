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

	"hark/internal/cli/app"
	"hark/internal/interview"
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
)

// typed is one line of the input, without its line end. Its err is io.EOF after the last line, an
// *app.UsageError when the line is no text, and any other error when the input cannot be read.
type typed struct {
	number int // from 1
	text   string
	err    error
}

// readLines reads lines until the input or the context ends. The last thing it sends is an error
// that is no *app.UsageError.
func readLines(ctx context.Context, r *bufio.Reader) <-chan typed {
	lines := make(chan typed)
	go func() {
		for n := 1; ; n++ {
			text, err := readLine(r)
			if n == 1 {
				text = strings.TrimPrefix(text, "\ufeff")
			}
			if err == nil {
				err = checkLine(text)
			}
			select {
			case lines <- typed{n, text, err}:
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

// readLine reads a line of any length, and keeps in memory no more than a line may have.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	length := 0
	for {
		part, err := r.ReadSlice('\n')
		length += len(part)
		line = append(line, part[:min(len(part), longestLine+2-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (length == 0 || !errors.Is(err, io.EOF)):
			return "", err
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		if len(line) > longestLine {
			return "", app.Usagef("this line has %d bytes, and %d are the most that one holds; keep it in several lines", length, interview.MaxText)
		}
		return string(line), nil
	}
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

// examine refuses an input that is no text, or too much of it. Of a pipe it reads only what has
// arrived, so that the first lines need not wait.
func examine(r *bufio.Reader, in io.Reader, name string) error {
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
		return countLines(r, in, name)
	}
	return nil
}

// countLines refuses a file of too many lines. It reads ahead, and goes back to where r began.
func countLines(r *bufio.Reader, in io.Reader, name string) error {
	f, ok := in.(io.ReadSeeker)
	if !ok {
		return nil
	}
	at, err := f.Seek(-int64(r.Buffered()), io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", name, app.Reason(err))
	}
	lines := 0
	for buf := make([]byte, inputBuffer); ; {
		n, err := f.Read(buf)
		lines += bytes.Count(buf[:n], []byte("\n"))
		if err != nil {
			break // the end; any other error comes again with its line
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
