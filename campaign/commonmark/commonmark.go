// Package commonmark adds the examples of the CommonMark specification as quotes, and checks that
// the exported Markdown, once rendered, shows each of them as it was said, without an element of
// its own.
package commonmark

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"

	"hark/campaign/book"
	"hark/campaign/trial"
	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/plain"
)

// placeholder is a quote without meaning in Markdown.
const placeholder = "welds"

// Run adds and renders every example. Running only part of them makes no sense.
func Run(ctx context.Context, o trial.Options) (trial.Row, error) {
	row := trial.Row{
		Campaign: "CommonMark inputs as quotes, exported and rendered",
		Must:     "the rendered text equals the quote, with no element of its own",
	}
	examples, err := read()
	if err != nil || len(examples) == 0 {
		row.Skipped = "HARK_TEST_DATA names no folder with the examples"
		return row, err
	}
	readers := map[string]goldmark.Markdown{
		"CommonMark": goldmark.New(goldmark.WithRendererOptions(gmhtml.WithXHTML())),
		"GFM":        goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(gmhtml.WithXHTML())),
	}
	frames := map[string]frame{}
	var tally trial.Tally
	for n, example := range examples {
		if err := ctx.Err(); err != nil {
			return row, err
		}
		for name, reader := range readers {
			if n == 0 {
				if frames[name], err = frameOf(reader); err != nil {
					return row, err
				}
			}
			shown, err := render(reader, example)
			if err == nil {
				err = frames[name].holds(shown, example)
			}
			if err != nil {
				tally.Fail("wrong", "example %d, %s: %q: %v", n+1, name, example, err)
				continue
			}
			tally.Add("right", 1)
		}
	}
	o.Say(fmt.Sprintf("commonmark: %d of %d right", tally.Of("right"), len(readers)*len(examples)))
	row.Count = fmt.Sprintf("%d inputs, %d readers", len(examples), len(readers))
	row.Found = fmt.Sprintf("%s of %s as said, %d not", trial.Number(tally.Of("right")), trial.Number(len(readers)*len(examples)), tally.Of("wrong"))
	row.Bad = tally.Bad()
	return row, nil
}

// read returns the examples that are valid quotes, none when the specification is not at hand.
func read() ([]string, error) {
	var examples []struct{ Markdown string }
	err := trial.Material(&examples, "conformance", "commonmark-spec.json")
	var texts []string
	for _, e := range examples {
		texts = append(texts, e.Markdown)
	}
	return texts, err
}

// render adds a quote and returns the HTML of the exported interview.
func render(reader goldmark.Markdown, quote string) (string, error) {
	do, err := book.InMemory("Harbour Welding", 0)
	if err != nil {
		return "", err
	}
	if _, _, err = do(interview.SetConsent{Notes: interview.NotesAllowed, Quotes: interview.QuoteByName}); err != nil {
		return "", err
	}
	iv, _, err := do(interview.Add{Kind: interview.Quote, Text: quote, Speaker: "Ana"})
	if err != nil {
		return "", err
	}
	var shown bytes.Buffer
	err = reader.Convert(export.NewPage(iv, export.Options{Location: time.UTC}).Markdown(), &shown)
	return shown.String(), err
}

// frame is the HTML around a quote.
type frame struct{ before, after string }

func frameOf(reader goldmark.Markdown) (frame, error) {
	shown, err := render(reader, placeholder)
	if err != nil {
		return frame{}, err
	}
	before, after, ok := strings.Cut(shown, placeholder)
	if !ok || strings.Contains(after, placeholder) {
		return frame{}, errors.New("the quote is not once in the export")
	}
	return frame{before, after}, nil
}

// holds checks that the HTML around the quote is that around any quote, and that it contains the
// quote, line breaks included, and nothing else.
func (f frame) holds(shown, quote string) error {
	inside, ok := strings.CutPrefix(shown, f.before)
	inside, ok2 := strings.CutSuffix(inside, f.after)
	if !ok || !ok2 {
		return fmt.Errorf("it changes what is around it: %q", shown)
	}
	inside = strings.ReplaceAll(inside, "<br />\n", "\n")
	if tag := regexp.MustCompile(`<[^>]*>`).FindString(inside); tag != "" {
		return fmt.Errorf("it became the element %s", tag)
	}
	// HTML shows everything unchanged, except controls, which become pictures.
	if text := html.UnescapeString(inside); text != html.UnescapeString(plain.HTML(quote)) {
		return fmt.Errorf("it shows as %q", text)
	}
	return nil
}
