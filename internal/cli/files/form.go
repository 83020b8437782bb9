package files

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/interchange"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// form is the form of an export: a file with a beginning, a part for each interview, and an end.
type form interface {
	begin(all []export.HTMLEntry) []byte
	// part is safe for several goroutines.
	part(ctx context.Context, p piece) ([]byte, error)
	end() []byte
}

// piece is one of the interviews of an export.
type piece struct {
	notebook.Opened
	nth  int // from 0
	page *export.Page
}

// form returns the form of one file. several says that there can be more than one interview in it.
func (e *exporting) form(several bool) form {
	opts := e.options()
	if e.template != nil {
		return templateForm{e.template}
	}
	switch e.format {
	case formatHTML:
		return htmlForm{opts: opts, several: several}
	case formatCSV:
		return csvForm{opts, export.Table(e.table), e.bom}
	case formatJSON:
		return &jsonForm{thoughts: e.thoughts, several: several}
	case formatMarkdown:
	}
	return markdownForm{}
}

func (e *exporting) options() export.Options {
	return export.Options{Location: e.Zone, Thoughts: e.thoughts}
}

// ext is the ending of the file names.
func (e *exporting) ext() string {
	if e.template != nil {
		return e.template.Ext()
	}
	return "." + string(e.format)
}

// alone reports whether a file of this form holds one interview only.
func (e *exporting) alone() bool { return e.template == nil && e.format == formatMarkdown }

type markdownForm struct{}

func (f markdownForm) begin([]export.HTMLEntry) []byte { return nil }
func (f markdownForm) end() []byte                     { return nil }
func (f markdownForm) part(_ context.Context, p piece) ([]byte, error) {
	return p.page.Markdown(), nil
}

type templateForm struct{ template *export.Template }

func (f templateForm) begin([]export.HTMLEntry) []byte { return nil }
func (f templateForm) end() []byte                     { return nil }
func (f templateForm) part(ctx context.Context, p piece) ([]byte, error) {
	b, err := f.template.Execute(ctx, p.Interview)
	return b, templateError(err)
}

type csvForm struct {
	opts  export.Options
	table export.Table
	bom   bool
}

func (f csvForm) begin([]export.HTMLEntry) []byte {
	head := export.CSVHead(f.table)
	if f.bom {
		return append([]byte("\xEF\xBB\xBF"), head...)
	}
	return head
}

func (f csvForm) end() []byte { return nil }
func (f csvForm) part(_ context.Context, p piece) ([]byte, error) {
	return export.CSV(p.Interview, f.table, f.opts), nil
}

// htmlForm writes several interviews after a table of contents.
type htmlForm struct {
	opts    export.Options
	several bool
}

func (f htmlForm) begin(all []export.HTMLEntry) []byte {
	if f.several {
		return []byte(export.HTMLHead("Interviews", all, f.opts))
	}
	return nil
}

func (f htmlForm) part(_ context.Context, p piece) ([]byte, error) {
	if f.several {
		return p.page.HTMLArticle(), nil
	}
	return p.page.HTML(), nil
}

func (f htmlForm) end() []byte {
	if f.several {
		return []byte(export.HTMLFoot())
	}
	return nil
}

// jsonForm writes several interviews as an array, with the bytes that plain.JSON returns for the
// whole.
type jsonForm struct {
	thoughts bool
	several  bool
	none     bool
}

func (f *jsonForm) begin(all []export.HTMLEntry) []byte {
	f.none = len(all) == 0
	return nil
}

func (f *jsonForm) part(_ context.Context, p piece) ([]byte, error) {
	b, err := plain.JSON(interchange.Exported(p.Interview, p.Log, f.thoughts))
	if err != nil || !f.several {
		return b, err
	}
	lead := "[\n  "
	if p.nth > 0 {
		lead = ",\n  "
	}
	return append([]byte(lead), bytes.ReplaceAll(bytes.TrimSuffix(b, []byte("\n")), []byte("\n"), []byte("\n  "))...), nil
}

func (f *jsonForm) end() []byte {
	switch {
	case !f.several:
		return nil
	case f.none:
		return []byte("[]\n")
	}
	return []byte("\n]\n")
}

// mostTemplate is how many bytes a template may have.
const mostTemplate = 1 << 20

// readTemplate reads the template of --template.
func (e *exporting) readTemplate() error {
	if e.templateFile == "" {
		return nil
	}
	info, err := os.Stat(e.templateFile)
	if err != nil {
		return fmt.Errorf("The template %s cannot be read: %w", e.templateFile, app.Reason(err))
	}
	if !info.Mode().IsRegular() || info.Size() > mostTemplate {
		return app.Usagef("The template %s is no file of at most %d KB", e.templateFile, mostTemplate>>10)
	}
	text, err := os.ReadFile(e.templateFile)
	if err != nil {
		return fmt.Errorf("The template %s cannot be read: %w", e.templateFile, app.Reason(err))
	}
	e.template, err = export.NewTemplate(e.templateFile, string(text), e.options())
	return templateError(err)
}
