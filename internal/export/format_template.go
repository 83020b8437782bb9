package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
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
// that the name of the template indicates.
type Template struct {
	parsed parsed
	ext    string
	opts   Options
}

// parsed is a template of text/template or html/template.
type parsed interface {
	Name() string
	Execute(w io.Writer, data any) error
}

// templateKind is how a template escapes what it prints.
type templateKind string

const (
	// kindPlain escapes nothing; the template calls a function for what it makes.
	kindPlain    templateKind = "plain text"
	kindMarkdown templateKind = "Markdown"
	// kindHTML escapes by where the text stands: in an element, an attribute, an address, a style or
	// a script.
	kindHTML templateKind = "HTML"
	kindCSV  templateKind = "CSV"
	kindTSV  templateKind = "TSV"
)

// kindOf returns the kind of files with an ending such as ".md", in lower case.
func kindOf(ext string) templateKind {
	switch ext {
	case ".md", ".markdown":
		return kindMarkdown
	case ".html", ".htm", ".xhtml", ".xht", ".svg", ".xml":
		return kindHTML
	case ".csv":
		return kindCSV
	case ".tsv", ".tab":
		return kindTSV
	}
	return kindPlain
}

// Misnamed returns what a file of that name is, if readers take it for something that the template
// does not escape for; "" otherwise.
func (t *Template) Misnamed(file string) string {
	kind := kindOf(strings.ToLower(filepath.Ext(file)))
	if kind == kindPlain || kind == kindOf(t.ext) {
		return ""
	}
	return string(kind)
}

// TemplateError is an error in a template, with its line.
type TemplateError struct{ Err error }

// Error names the template and the line.
func (e *TemplateError) Error() string {
	text := strings.TrimPrefix(strings.TrimPrefix(e.Err.Error(), "html/"), "template:")
	return strings.TrimPrefix(text, " ")
}

// Unwrap returns the error of text/template or html/template.
func (e *TemplateError) Unwrap() error { return e.Err }

// NewTemplate parses a template. name is the name of its file, such as notes.md, card.html or
// all.csv.tmpl. The error is a *TemplateError.
func NewTemplate(name, text string, opts Options) (*Template, error) {
	base := strings.ToLower(filepath.Base(name))
	for _, end := range []string{".tmpl", ".gotmpl", ".template"} {
		base = strings.TrimSuffix(base, end)
	}
	t := &Template{ext: filepath.Ext(base), opts: opts}
	if t.ext == "" {
		t.ext = ".txt"
	}
	var err error
	name = plain.Terminal(filepath.Base(name))
	if kindOf(t.ext) == kindHTML {
		t.parsed, err = t.parseHTML(name, text)
	} else {
		t.parsed, err = t.parseText(name, text)
	}
	if err != nil {
		return nil, &TemplateError{err}
	}
	return t, nil
}

// parseText parses a template with text/template, whose actions escape what they print.
func (t *Template) parseText(name, text string) (parsed, error) {
	made, err := template.New(name).Option("missingkey=error").Funcs(t.functions()).Parse(text)
	if err != nil {
		return nil, err
	}
	for _, part := range made.Templates() {
		escapeAll(part.Tree)
	}
	return made, nil
}

// parseHTML parses a template with html/template, which escapes by itself.
func (t *Template) parseHTML(name, text string) (parsed, error) {
	made, err := htmltemplate.New(name).Option("missingkey=error").Funcs(t.functions()).Parse(text)
	if err != nil {
		return nil, err
	}
	for _, part := range made.Templates() {
		escapeAll(part.Tree)
	}
	return made, nil
}

// escapeAll appends the escaper to every action of a tree that prints.
func escapeAll(tree *parse.Tree) {
	if tree != nil && tree.Root != nil {
		escapeActions(tree, tree.Root)
	}
}

// Ext returns the extension of the files that the template makes, such as ".md".
func (t *Template) Ext() string { return t.ext }

// Execute returns what the template makes of an interview. known is Options.Known of it. The error is that of ctx or a
// *TemplateError, also if the template takes more than 10 seconds or writes more than 16 MB.
func (t *Template) Execute(ctx context.Context, iv *interview.Interview, known []Known) ([]byte, error) {
	opts := t.opts
	opts.Known = known
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
		err := t.parsed.Execute(w, Shared(iv, opts))
		result <- made{w.Bytes(), err}
	}()
	select {
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, &TemplateError{fmt.Errorf("%s: it takes longer than %s for one interview", t.parsed.Name(), templateLimit)}
		}
		return nil, ctx.Err()
	case m := <-result:
		switch {
		case errors.Is(m.err, context.Canceled):
			return nil, context.Canceled
		case m.err != nil:
			return nil, &TemplateError{m.err}
		}
		return t.unactive(string(m.out)), nil
	}
}

// unactive returns what a template made without what acts on a terminal: its own text is not
// escaped. Tabs stay where they part fields.
func (t *Template) unactive(made string) []byte {
	parts := []string{made}
	if kindOf(t.ext) == kindTSV {
		parts = strings.Split(made, "\t")
	}
	for i, part := range parts {
		parts[i] = strings.Join(plain.TerminalLines(part), "\n")
	}
	return []byte(strings.Join(parts, "\t"))
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
		if len(n.Pipe.Decl) > 0 || endsIn(n.Pipe, "html") {
			return // it sets a variable, or is escaped, which html/template wants to be the last
		}
		name := parse.NewIdentifier(escaper).SetTree(tree).SetPos(n.Pos)
		n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{name}})
	}
}

// endsIn reports whether the last command of a pipeline is a call of the function with that name.
func endsIn(pipe *parse.PipeNode, function string) bool {
	last, is := pipe.Cmds[len(pipe.Cmds)-1].Args[0].(*parse.IdentifierNode)
	return is && last.Ident == function
}

// functions returns what a template can call besides the functions of text/template that compare,
// count and index.
func (t *Template) functions() template.FuncMap {
	return template.FuncMap{
		escaper:    func(v any) (any, error) { return t.escape(v), nil },
		"markdown": func(v any) safe { return safe(plain.Markdown(text(v))) },
		"html":     func(v any) safe { return safe(plain.HTML(text(v))) },
		"csv":      func(v any) safe { return safe(csvField(text(v))) },
		"tsv":      func(v any) safe { return safe(plain.TSVField(text(v))) },
		"json":     t.json,
		"yaml": func(v any) (safe, error) {
			made, err := plain.YAMLValue(v)
			return safe(made), err
		},
		"line":  func(v any) string { return plain.Terminal(text(v)) },
		"lower": func(v any) string { return strings.ToLower(text(v)) },
		"upper": func(v any) string { return strings.ToUpper(text(v)) },
		"trim":  func(v any) string { return strings.TrimSpace(text(v)) },
		"join":  func(separator string, all []string) (string, error) { return short(strings.Join(all, separator)) },
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

// json returns a value as JSON, which in an HTML page is a value of a script as well.
func (t *Template) json(v any) (any, error) {
	made, err := plain.JSONValue(v)
	if kindOf(t.ext) == kindHTML {
		return htmltemplate.JS(made), err //nolint:gosec // it is made by encoding/json, which escapes <, > and &
	}
	return safe(made), err
}

// escape makes what an action prints safe for the kind of file. html/template does that for HTML by
// the kind of value; it is given no value that has not come.
func (t *Template) escape(v any) any {
	switch one := v.(type) {
	case safe:
		return string(one)
	case nil, time.Time, *bool:
	default:
		if kindOf(t.ext) == kindHTML {
			return v
		}
	}
	switch s := text(v); kindOf(t.ext) {
	case kindMarkdown:
		return plain.Markdown(s)
	case kindCSV:
		return csvField(s)
	case kindTSV:
		return plain.TSVField(s)
	case kindHTML, kindPlain:
		return s
	}
	return ""
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
