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
	mostVerbs     = 100      // in one format of printf
	templateLimit = 10 * time.Second
)

// Template is a user-defined format: Go's text/template over the fields that Shared returns. It can
// reach neither files nor the environment. What its actions print is escaped for the kind of file
// that the name of the template indicates.
type Template struct {
	name string
	// made returns the template to execute once, which calls going at each round of a loop and each
	// beginning of a part.
	made func(going func() (bool, error)) (parsed, error)
	ext  string
	opts Options
}

// parsed is a template of text/template or html/template.
type parsed interface {
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
	t.name = plain.Terminal(filepath.Base(name))
	if kindOf(t.ext) == kindHTML {
		err = t.parseHTML(text)
	} else {
		err = t.parseText(text)
	}
	if err != nil {
		return nil, &TemplateError{err}
	}
	return t, nil
}

// parseText parses a template with text/template, whose actions escape what they print.
func (t *Template) parseText(text string) error {
	whole, err := template.New(t.name).Option("missingkey=error").Funcs(t.functions()).Parse(text)
	if err != nil {
		return err
	}
	for _, part := range whole.Templates() {
		complete(part.Tree)
	}
	t.made = func(going func() (bool, error)) (parsed, error) {
		one, err := whole.Clone()
		return one.Funcs(template.FuncMap{ticker: going}), err
	}
	return nil
}

// parseHTML parses a template with html/template, which escapes by itself.
func (t *Template) parseHTML(text string) error {
	whole, err := htmltemplate.New(t.name).Option("missingkey=error").Funcs(t.functions()).Parse(text)
	if err != nil {
		return err
	}
	for _, part := range whole.Templates() {
		complete(part.Tree)
	}
	t.made = func(going func() (bool, error)) (parsed, error) { // of one that was executed there is no copy
		one, err := whole.Clone()
		if err != nil {
			return nil, err
		}
		return one.Funcs(htmltemplate.FuncMap{ticker: going}), nil
	}
	return nil
}

// complete appends the escaper to every action of a tree that prints, and puts the ticker at its beginning
// and at that of every loop.
func complete(tree *parse.Tree) {
	if tree != nil && tree.Root != nil {
		escapeActions(tree, tree.Root)
		tick(tree, tree.Root)
	}
}

// tick puts a call of the ticker at the beginning of a list. It sets a variable, so that it prints nothing.
func tick(tree *parse.Tree, list *parse.ListNode) {
	name := parse.NewIdentifier(ticker).SetTree(tree).SetPos(list.Pos)
	list.Nodes = append([]parse.Node{&parse.ActionNode{NodeType: parse.NodeAction, Pos: list.Pos, Pipe: &parse.PipeNode{
		NodeType: parse.NodePipe, Pos: list.Pos,
		Decl: []*parse.VariableNode{{NodeType: parse.NodeVariable, Pos: list.Pos, Ident: []string{"$" + ticker}}},
		Cmds: []*parse.CommandNode{{NodeType: parse.NodeCommand, Pos: list.Pos, Args: []parse.Node{name}}},
	}}}, list.Nodes...)
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
	w := &limited{ctx: ctx}
	made, err := t.made(func() (bool, error) { return true, ctx.Err() })
	if err == nil {
		err = made.Execute(w, Shared(iv, opts))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &TemplateError{fmt.Errorf("%s: it takes longer than %s for one interview", t.name, templateLimit)}
	case errors.Is(err, context.Canceled):
		return nil, context.Canceled
	case err != nil:
		return nil, &TemplateError{err}
	}
	return t.unactive(w.String()), nil
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
		return 0, tooMuch()
	}
	return w.Buffer.Write(p)
}

func tooMuch() error {
	return fmt.Errorf("it writes more than %d MB for one interview", mostOutput>>20)
}

// safe is text that has been escaped.
type safe string

// escaper is the name of the function at the end of every action. A template that calls it itself
// only escapes twice.
const escaper = "_hark_escape"

// ticker is the name of the function that ends a template once its time is up: a loop that writes nothing
// could not be ended otherwise.
const ticker = "_hark_going"

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
		tick(tree, n.List)
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
		ticker:     func() (bool, error) { return true, nil }, // see Execute
		"markdown": func(v any) (safe, error) { return shortSafe(plain.Markdown(text(v))) },
		"html":     func(v any) (safe, error) { return shortSafe(plain.HTML(text(v))) },
		"csv":      func(v any) (safe, error) { return shortSafe(csvField(text(v))) },
		"tsv":      func(v any) (safe, error) { return shortSafe(plain.TSVField(text(v))) },
		"json":     t.json,
		"yaml": func(v any) (safe, error) {
			made, err := plain.YAMLValue(v)
			if err == nil && len(made) > mostOutput {
				return "", tooMuch()
			}
			return safe(made), err
		},
		"line":  func(v any) (string, error) { return short(plain.Terminal(text(v))) },
		"lower": func(v any) (string, error) { return short(strings.ToLower(text(v))) },
		"upper": func(v any) (string, error) { return short(strings.ToUpper(text(v))) },
		"trim":  func(v any) string { return strings.TrimSpace(text(v)) },
		"join": func(separator string, all []string) (string, error) {
			size := len(separator) * len(all)
			for _, one := range all {
				size += len(one)
			}
			if size > mostText {
				return "", tooLong()
			}
			return strings.Join(all, separator), nil
		},
		"indent": func(n int, v any) (string, error) {
			if n < 0 || n > 80 {
				return "", fmt.Errorf("indent takes 0 to 80 blanks, not %d", n)
			}
			return short(strings.ReplaceAll(text(v), "\n", "\n"+strings.Repeat(" ", n)))
		},
		"date":     func(v any) (string, error) { return t.time(v, time.DateOnly) },
		"clock":    func(v any) (string, error) { return t.time(v, "15:04") },
		"format":   func(layout string, v any) (string, error) { return t.time(v, layout) },
		"print":    func(a ...any) (string, error) { return printed(a, func() string { return fmt.Sprint(a...) }) },
		"printf":   printf,
		"println":  func(a ...any) (string, error) { return printed(a, func() string { return fmt.Sprintln(a...) }) },
		"js":       func(any) (string, error) { return "", errors.New("hark makes no script") },
		"urlquery": func(any) (string, error) { return "", errors.New("hark makes no addresses") },
	}
}

// json returns a value as JSON, which in an HTML page is a value of a script as well.
func (t *Template) json(v any) (any, error) {
	made, err := plain.JSONValue(v)
	if err == nil && len(made) > mostOutput {
		return nil, tooMuch()
	}
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
		return "", tooLong()
	}
	return s, nil
}

// shortSafe is short for text that has been escaped.
func shortSafe(s string) (safe, error) {
	s, err := short(s)
	return safe(s), err
}

func tooLong() error { return fmt.Errorf("this makes a text of more than %d MB", mostText>>20) }

// printed returns the text that print makes of values, if they are not longer than mostText together.
func printed(values []any, print func() string) (string, error) {
	size := 0
	for _, v := range values {
		if size += len(fmt.Sprint(v)) + 1; size > mostText {
			return "", tooLong()
		}
	}
	return short(print())
}

// printf is fmt.Sprintf for a format with a limited number of verbs, each of which makes a limited text.
func printf(format string, values ...any) (string, error) {
	if n := strings.Count(format, "%"); n > mostVerbs {
		return "", fmt.Errorf("there are %d verbs in this format, and %d are the most", n, mostVerbs)
	}
	return printed(values, func() string { return fmt.Sprintf(format, values...) })
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
