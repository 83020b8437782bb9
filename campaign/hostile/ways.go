package hostile

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"hark/internal/plain"
)

// way is one output for a text.
type way struct {
	name   string
	layout string // controls that may be there
	write  func(s string) string
	// wrong checks what a reader of the output would make of it, beyond active bytes; it may be
	// nil.
	wrong func(written string) error
}

func ways() []way {
	return []way{
		{"terminal", "", plain.Terminal, nil},
		{"terminal, lines", "\n", func(s string) string { return strings.Join(plain.TerminalLines(s), "\n") }, nil},
		{"terminal, wrapped", "\n", func(s string) string { return strings.Join(plain.Wrap(plain.Terminal(s), 20), "\n") }, nil},
		{"terminal, cut", "", func(s string) string { return plain.Truncate(plain.Terminal(s), 10, "…") }, nil},
		{"Markdown", "\n", plain.Markdown, nil},
		{"Markdown, block", "\n", func(s string) string { return plain.MarkdownBlock(s, "> ") }, nil},
		{"HTML", "\n\t", plain.HTML, markup},
		{"CSV", "\n", plain.CSVField, formula},
		{"TSV", "", plain.TSVField, field},
		{"front matter", "", plain.JSONScalar, frontMatter},
		{"JSON, value", "", func(s string) string { return value(plain.JSONValue, s) }, isJSON},
		{"YAML, value", "", func(s string) string { return value(plain.YAMLValue, s) }, isJSON},
		{"JSON, document", "\n", document, isJSON},
		{"file name", "", func(s string) string { return plain.FileName(s, "k3f9a2b", ".md") }, fileName},
	}
}

// value writes a text as a value.
func value(write func(any) (string, error), s string) string {
	written, err := write([]string{s})
	if err != nil {
		return err.Error() // which is neither
	}
	return written
}

// document writes a JSON document that has a text as a key and as a value.
func document(s string) string {
	b, err := plain.JSON(map[string]string{s: s})
	if err != nil {
		return err.Error() // which is no JSON
	}
	return string(b)
}

func markup(written string) error {
	if strings.ContainsAny(written, `<>"'`) {
		return errors.New("it holds markup")
	}
	return nil
}

// formula reads a field as a spreadsheet does, and returns an error for a formula.
func formula(written string) error {
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	if err := w.Write([]string{"x", written, "y"}); err != nil {
		return err
	}
	w.Flush()
	cells, err := csv.NewReader(&file).Read()
	if err != nil || len(cells) != 3 {
		return fmt.Errorf("it leaves its field: %w", err)
	}
	if trimmed := strings.TrimSpace(cells[1]); trimmed != "" && strings.ContainsAny(string([]rune(trimmed)[0]), "=+-@＝＋－＠") {
		return errors.New("it is a formula")
	}
	return nil
}

// field is formula for a field between tabs.
func field(written string) error {
	if strings.ContainsAny(written, "\t\r\n") {
		return errors.New("it leaves its field")
	}
	return formula(written)
}

// frontMatter reads a scalar of front matter as a reader of Markdown that does not know front matter,
// and returns an error for an element of its own.
func frontMatter(written string) error {
	var shown strings.Builder
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte("---\ncustomer: "+written+"\n---\n"), &shown); err != nil {
		return err
	}
	inside, ok := strings.CutPrefix(shown.String(), "<hr>\n<h2>")
	inside, ok2 := strings.CutSuffix(inside, "</h2>\n")
	if !ok || !ok2 || strings.ContainsAny(inside, "<>") {
		return fmt.Errorf("it is shown as %q", shown.String())
	}
	return isJSON(written)
}

func isJSON(written string) error {
	if !json.Valid([]byte(written)) {
		return errors.New("it is no JSON")
	}
	return nil
}

func fileName(written string) error {
	const longest = 60 + len("-k3f9a2b.md")
	switch {
	case strings.ContainsAny(written, `/\:*?"<>|`+"\x00"), strings.HasPrefix(written, "."), strings.HasPrefix(written, "-"):
		return errors.New("it leads elsewhere")
	case len(written) > longest:
		return errors.New("it is too long")
	}
	return nil
}

// through passes a text through each output and calls fail for each that lets something active
// through.
func through(s string, ways []way, fail func(way, why string)) {
	for _, w := range ways {
		out := w.write(s)
		if why := active(out, w.layout); why != "" {
			fail(w.name, fmt.Sprintf("of %q comes %q, with %s", s, out, why))
		}
		if w.wrong == nil {
			continue
		}
		if err := w.wrong(out); err != nil {
			fail(w.name, fmt.Sprintf("of %q comes %q: %v", s, out, err))
		}
	}
}
