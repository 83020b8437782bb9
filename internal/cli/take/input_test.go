package take

import (
	"bufio"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"hark/internal/cli/app"
	"hark/internal/plain"
)

// allLines reads an input to its end.
func allLines(t interface{ Fatalf(string, ...any) }, in io.Reader) (lines []string, long int) {
	r := &lineReader{r: bufio.NewReaderSize(in, 16)}
	for {
		line, err := r.read()
		var about *app.UsageError
		switch {
		case errors.Is(err, io.EOF):
			return lines, long
		case errors.As(err, &about):
			long++
		case err != nil:
			t.Fatalf("%v", err)
		default:
			lines = append(lines, line)
		}
	}
}

// wantLines is what allLines gives for a text without lines that are too long.
func wantLines(text string) []string {
	lines := plain.Lines(text)
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	}
	return lines
}

func TestReadLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab\n\r\v\f\u0085\u2028\u2029\u0080…‘ \"é\x00"))).Draw(t, "text")
		for _, in := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			lines, long := allLines(t, in)
			if got, want := strings.Join(lines, "|"), strings.Join(wantLines(text), "|"); got != want || long != 0 {
				t.Fatalf("%q reads as %q, want %q", text, got, want)
			}
		}
	})
}

func TestReadLongLine(t *testing.T) {
	for _, tt := range []struct {
		length int
		long   bool
	}{{longestLine - 1, false}, {longestLine, false}, {longestLine + 1, true}, {longestLine + 2, true}, {5 * longestLine, true}} {
		for _, end := range []string{"", "\n", "\r\n", "\r", "\u2028"} {
			text := "one\n" + strings.Repeat("x", tt.length) + end
			if end != "" {
				text += "two\n"
			}
			lines, long := allLines(t, strings.NewReader(text))
			if (long == 1) != tt.long || lines[0] != "one" || end != "" && lines[len(lines)-1] != "two" {
				t.Errorf("%d bytes and %q: %d lines, %d too long", tt.length, end, len(lines), long)
			}
		}
	}
}

func TestReadFailure(t *testing.T) {
	broken := errors.New("the disk is broken")
	r := lineReader{r: bufio.NewReader(io.MultiReader(strings.NewReader("one\ntw"), iotest.ErrReader(broken)))}
	if line, err := r.read(); line != "one" || err != nil {
		t.Fatalf("%q, %v", line, err)
	}
	if line, err := r.read(); !errors.Is(err, broken) {
		t.Errorf("half a line came out as %q, %v", line, err)
	}
}

// However long a line is, no more of it is kept than a line may have.
func TestReadHugeLine(t *testing.T) {
	const size = 50 << 20
	r := lineReader{r: bufio.NewReaderSize(io.LimitReader(endless{}, size), inputBuffer)}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := r.read()
	runtime.ReadMemStats(&after)
	var about *app.UsageError
	if !errors.As(err, &about) {
		t.Errorf("error %v, want a usageError", err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 10*longestLine {
		t.Errorf("a line of %d bytes took %d bytes of memory", size, grown)
	}
}

// endless is text without a line end.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

// A line is there as soon as its end is, also where a CR may be half of one.
func TestReadLineWaitsForNothing(t *testing.T) {
	in, out := io.Pipe()
	defer func() { _ = in.Close() }()
	r := lineReader{r: bufio.NewReader(in)}
	for _, end := range []string{"\r", "\n", "\r\n", "\u2029", "\u0085"} {
		go func() { _, _ = io.WriteString(out, "one"+end) }()
		if line, err := r.read(); line != "one" || err != nil {
			t.Errorf("one and %q come as %q, %v", end, line, err)
		}
	}
}

// A line that never ends is given up, and nothing behind it is read.
func TestReadEndlessLine(t *testing.T) {
	r := &lineReader{r: bufio.NewReaderSize(endless{}, inputBuffer)}
	_, err := r.read()
	if err == nil || errors.As(err, new(*app.UsageError)) {
		t.Errorf("it reads as %v", err)
	}
}
