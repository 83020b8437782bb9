package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"hark/internal/interview"
	"hark/internal/plain"
)

const (
	mostOutput    = 16 << 20 // bytes for one interview
	mostText      = 1 << 20  // bytes from one function
	templateLimit = 10 * time.Second
)

// Template is a user-defined format: Go's text/template over the fields that Shared returns. It can
// reach neither files nor the environment. What its actions print is escaped for the kind of file
// that the name of the template indicates: .md, .html, .csv, or plain text.
type Template struct {
	text *template.Template
	ext  string
	opts Options
}

// TemplateError is an error in a template, with its line.
type TemplateError struct{ Err error }

// Error names the template and the line.
func (e *TemplateError) Error() string { return strings.TrimPrefix(e.Err.Error(), "template: ") }

// Unwrap returns the error of text/template.
func (e *TemplateError) Unwrap() error { return e.Err }

// NewTemplate parses a template. name is the name of its file, such as notes.md, card.html or
// all.csv.tmpl. The error is a *TemplateError.
func NewTemplate(name, text string, opts Options) (*Template, error) {
	base := filepath.Base(name)
	for _, end := range []string{".tmpl", ".gotmpl", ".template"} {
		base = strings.TrimSuffix(base, end)
	}
	t := &Template{ext: strings.ToLower(filepath.Ext(base)), opts: opts}
	if t.ext == "" {
		t.ext = ".txt"
	}
	parsed, err := template.New(plain.Terminal(filepath.Base(name))).Option("missingkey=error").Funcs(t.functions()).Parse(text)
	if err != nil {
		return nil, &TemplateError{err}
	}
	for _, part := range parsed.Templates() {
		if part.Tree != nil && part.Root != nil {
			escapeActions(part.Tree, part.Root)
		}
	}
	t.text = parsed
	return t, nil
}

// Ext returns the extension of the files that the template makes, such as ".md".
func (t *Template) Ext() string { return t.ext }

// Execute returns what the template makes of an interview. The error is that of ctx or a
// *TemplateError, also if the template takes more than 10 seconds or writes more than 16 MB.
func (t *Template) Execute(ctx context.Context, iv *interview.Interview) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, templateLimit)
	defer cancel()
	type made struct {
		out []byte
		err error
	}
	result := make(chan made, 1)
	go func() {
		// A template can be stopped only where it writes. One that loops without writing goes on
		// until the program ends.
		w := &limited{ctx: ctx}
		err := t.text.Execute(w, Shared(iv, t.opts))
		result <- made{w.Bytes(), err}
	}()
	select {
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, &TemplateError{fmt.Errorf("%s: it takes longer than %s for one interview", t.text.Name(), templateLimit)}
		}
		return nil, ctx.Err()
	case m := <-result:
		switch {
		case errors.Is(m.err, context.Canceled):
			return nil, context.Canceled
		case m.err != nil:
			return nil, &TemplateError{m.err}
		}
		// The template's own text is not escaped, so that this makes sure that nothing acts on a
		// terminal.
		return []byte(strings.Join(plain.TerminalLines(string(m.out)), "\n")), nil
	}
}

// limited is a buffer for at most mostOutput bytes, and until ctx ends.
type limited struct {
	bytes.Buffer
	ctx context.Context
}

func (w *limited) Write(p []byte) (int, error) {
	switch {
	case w.ctx.Err() != nil:
		return 0, w.ctx.Err()
	case w.Len()+len(p) > mostOutput:
		return 0, fmt.Errorf("it writes more than %d MB for one interview", mostOutput>>20)
	}
	return w.Buffer.Write(p)
}

// safe is text that has been escaped.
type safe string

// escaper is the name of the function at the end of every action. A template that calls it itself
// only escapes twice.
const escaper = "_hark_escape"

// escapeActions appends the escaper to every action that prints.
func escapeActions(tree *parse.Tree, node parse.Node) {
	each := func(lists ...*parse.ListNode) {
		for _, l := range lists {
			if l == nil {
				continue
			}
			for _, n := range l.Nodes {
				escapeActions(tree, n)
			}
		}
	}
	switch n := node.(type) {
	case *parse.ListNode:
		each(n)
	case *parse.IfNode:
		each(n.List, n.ElseList)
	case *parse.RangeNode:
		each(n.List, n.ElseList)
	case *parse.WithNode:
		each(n.List, n.ElseList)
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			return // it sets a variable
		}
		name := parse.NewIdentifier(escaper).SetTree(tree).SetPos(n.Pos)
		n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{name}})
	}
}

// functions returns what a template can call besides the functions of text/template that compare,
// count and index.
func (t *Template) functions() template.FuncMap {
	return template.FuncMap{
		escaper:    func(v any) (string, error) { return t.escape(v), nil },
		"markdown": func(v any) safe { return safe(plain.Markdown(text(v))) },
		"html":     func(v any) safe { return safe(plain.HTML(text(v))) },
		"csv":      func(v any) safe { return safe(csvField(text(v))) },
		"line":     func(v any) string { return plain.Terminal(text(v)) },
		"lower":    func(v any) string { return strings.ToLower(text(v)) },
		"upper":    func(v any) string { return strings.ToUpper(text(v)) },
		"trim":     func(v any) string { return strings.TrimSpace(text(v)) },
		"join":     func(separator string, all []string) (string, error) { return short(strings.Join(all, separator)) },
		"indent": func(n int, v any) (string, error) {
			if n < 0 || n > 80 {
				return "", fmt.Errorf("indent takes 0 to 80 blanks, not %d", n)
			}
			return short(strings.ReplaceAll(text(v), "\n", "\n"+strings.Repeat(" ", n)))
		},
		"date":     func(v any) (string, error) { return t.time(v, time.DateOnly) },
		"clock":    func(v any) (string, error) { return t.time(v, "15:04") },
		"format":   func(layout string, v any) (string, error) { return t.time(v, layout) },
		"print":    func(a ...any) (string, error) { return short(fmt.Sprint(a...)) },
		"printf":   func(format string, a ...any) (string, error) { return short(fmt.Sprintf(format, a...)) },
		"println":  func(a ...any) (string, error) { return short(fmt.Sprintln(a...)) },
		"js":       func(any) (string, error) { return "", errors.New("hark makes no script") },
		"urlquery": func(any) (string, error) { return "", errors.New("hark makes no addresses") },
	}
}

// escape makes what an action prints safe for the kind of file.
func (t *Template) escape(v any) string {
	if s, ok := v.(safe); ok {
		return string(s)
	}
	s := text(v)
	switch t.ext {
	case ".md", ".markdown":
		return plain.Markdown(s)
	case ".html", ".htm":
		return plain.HTML(s)
	case ".csv":
		return csvField(s)
	}
	return s
}

// text formats a value. What is absent is "".
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case safe:
		return string(v)
	case string:
		return v
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format(time.RFC3339)
	case *bool:
		if v == nil {
			return ""
		}
		return fmt.Sprint(*v)
	}
	return fmt.Sprint(v)
}

// csvField returns a field of a CSV file, always in quotes.
func csvField(s string) string {
	return `"` + strings.ReplaceAll(plain.CSVField(s), `"`, `""`) + `"`
}

// short returns s, or an error if it is longer than mostText.
func short(s string) (string, error) {
	if len(s) > mostText {
		return "", fmt.Errorf("this makes a text of more than %d MB", mostText>>20)
	}
	return s, nil
}

// time formats a time or a day, and returns "" for one that has not come.
func (t *Template) time(v any, layout string) (string, error) {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return "", nil
		}
		return v.In(t.opts.zone()).Format(layout), nil
	case interview.Date:
		if v.IsZero() {
			return "", nil
		}
		return v.Time().Format(layout), nil
	}
	return "", fmt.Errorf("%v is no time", v)
}
