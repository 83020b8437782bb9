package files

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"hark/internal/cli/app"
	"hark/internal/export"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/notebook"
	"hark/internal/plain"
)

// form is the form of an export: a file with a beginning, a part for each interview, and an end.
type form struct {
	begin, end func(all []export.HTMLEntry) []byte
	// part is safe for several goroutines.
	part func(ctx context.Context, p piece) ([]byte, error)
}

// piece is one of the interviews of an export.
type piece struct {
	notebook.Opened
	nth  int // from 0
	opts export.Options
	page *export.Page
}

// form returns the form of one file. several says that there can be more than one interview in it.
func (e *exporting) form(several bool) form {
	nothing := func([]export.HTMLEntry) []byte { return nil }
	f, opts := form{begin: nothing, end: nothing}, e.options()
	if e.template != nil {
		f.part = func(ctx context.Context, p piece) ([]byte, error) {
			b, err := e.template.Execute(ctx, p.Interview, p.opts.Known)
			return b, templateError(err)
		}
		return f
	}
	switch e.format {
	case formatMarkdown:
		f.part = func(_ context.Context, p piece) ([]byte, error) { return p.page.Markdown(), nil }
	case formatHTML:
		f.part = func(_ context.Context, p piece) ([]byte, error) { return p.page.HTML(), nil }
		if several { // after a table of contents
			f.begin = func(all []export.HTMLEntry) []byte { return []byte(export.HTMLHead("Interviews", all, opts)) }
			f.part = func(_ context.Context, p piece) ([]byte, error) { return p.page.HTMLArticle(), nil }
			f.end = func([]export.HTMLEntry) []byte { return []byte(export.HTMLFoot()) }
		}
	case formatCSV:
		table := export.Table(e.table)
		f.begin = func([]export.HTMLEntry) []byte { return slices.Concat(e.byteOrderMark(), export.CSVHead(table)) }
		f.part = func(_ context.Context, p piece) ([]byte, error) { return export.CSV(p.Interview, table, p.opts), nil }
	case formatJSON:
		f.part = func(_ context.Context, p piece) ([]byte, error) {
			return plain.JSON(interchange.Exported(p.Interview, p.Log, e.thoughts))
		}
		if several {
			return arrayOf(f.part, e.erased)
		}
		if len(e.erased) > 0 { // what was asked for, and nothing else
			f.begin = func([]export.HTMLEntry) []byte { return erasedJSON(e.erased[0]) }
		}
	}
	return f
}

// arrayOf returns the form of a JSON array of such parts, after those of erased interviews, with the
// bytes that plain.JSON returns for the whole.
func arrayOf(part func(context.Context, piece) ([]byte, error), erased []interview.ID) form {
	element := func(nth int, b []byte) []byte {
		lead := "\n  "
		if nth > 0 {
			lead = ",\n  "
		}
		return append([]byte(lead), bytes.ReplaceAll(bytes.TrimSuffix(b, []byte("\n")), []byte("\n"), []byte("\n  "))...)
	}
	return form{
		begin: func(all []export.HTMLEntry) []byte {
			if len(all)+len(erased) == 0 {
				return []byte("[]\n")
			}
			b := []byte("[")
			for i, id := range erased {
				b = append(b, element(i, erasedJSON(id))...)
			}
			return b
		},
		part: func(ctx context.Context, p piece) ([]byte, error) {
			b, err := part(ctx, p)
			return element(len(erased)+p.nth, b), err
		},
		end: func(all []export.HTMLEntry) []byte {
			if len(all)+len(erased) == 0 {
				return nil
			}
			return []byte("\n]\n")
		},
	}
}

// erasedJSON returns what an export has of an erased interview.
func erasedJSON(id interview.ID) []byte {
	b, err := plain.JSON(interchange.ExportedErased(id))
	if err != nil {
		panic(fmt.Sprintf("an ID as JSON: %v", err)) // it has nothing that JSON cannot hold
	}
	return b
}

// byteOrderMark returns the mark by which Excel knows UTF-8, when it was asked for.
func (e *exporting) byteOrderMark() []byte {
	if !e.bom {
		return nil
	}
	return []byte("\xEF\xBB\xBF")
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
	if err != nil {
		return templateError(err)
	}
	if kind := e.template.Misnamed(e.out); kind != "" && !e.intoFolder() {
		return app.Usagef("%s would be read as %s, and by its name the template makes %s files; name it so that it ends in %s", e.out, kind, e.template.Ext(), filepath.Ext(e.out))
	}
	return nil
}
