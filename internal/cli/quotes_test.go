package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"hark/internal/cli"
	"hark/internal/storage"
	"hark/store"
	"hark/store/repair"
)

// command runs one command in this process, with its input, and returns what it printed. Its exit
// code must be the wanted one.
func command(t *testing.T, db, input string, want int, args ...string) string {
	t.Helper()
	stdout, _ := outputs(t, db, input, want, args...)
	return stdout
}

// outputs runs hark as command does, and returns what it writes to standard error as well.
func outputs(t *testing.T, db, input string, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	return outputsOf(t, db, input, func(code int) bool { return code == want }, args...)
}

// outputsOf is outputs for a run whose exit code ends as it should by that.
func outputsOf(t *testing.T, db, input string, ends func(code int) bool, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, said bytes.Buffer
	code := cli.Run(context.Background(), cli.Env{
		Args: append([]string{"--db", db}, args...), Stdin: strings.NewReader(input), Stdout: &out, Stderr: &said,
		Getenv: func(string) string { return "" }, Now: time.Now, Zone: time.UTC,
		OpenStore: func(ctx context.Context, path string) (storage.Store, error) { return store.OpenContext(ctx, path) },
		Maintain:  func(path string) storage.Maintainer { return repair.New(path, time.Now) },
	})
	if !ends(code) {
		t.Fatalf("hark %q ended with %d:\n%s", args, code, said.String())
	}
	return out.String(), said.String()
}

// shownText is everything that a CommonMark renderer shows of a document, a block of text a line.
func shownText(src []byte) []string {
	var blocks []string
	var b strings.Builder
	doc := goldmark.New().Parser().Parse(text.NewReader(src))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker fails never
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(plainText(n.Segment.Value(src)))
				if n.HardLineBreak() {
					b.WriteByte('\n')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		default:
			if !entering && n.Type() == ast.TypeBlock && b.Len() > 0 {
				blocks = append(blocks, b.String())
				b.Reset()
			}
		}
		return ast.WalkContinue, nil
	})
	return blocks
}

// plainText is what escapes and character references stand for, as a renderer reads them.
func plainText(src []byte) []byte {
	var out bytes.Buffer
	if err := goldmark.New().Renderer().Render(&out, src, ast.NewTextSegment(text.NewSegment(0, len(src)))); err != nil {
		return src
	}
	return []byte(unescapeHTML(out.String()))
}

func unescapeHTML(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(s)
}

// Real sentences go in through a pipe as quotes and come out of the Markdown export: a CommonMark
// renderer shows each of them byte for byte.
func TestQuotesComeOutByteForByte(t *testing.T) {
	sentences := []string{
		"One weld in five is done twice", "*Never* on a Friday_night_", "1. first, 2) second", "see <b>this</b> & [that](http://x)",
		"# not a heading", `C:\temp\new "quoted" inside`, "100% of 5 > 3 < 7 `code` ~~gone~~ | a | b |", "日本語の文 – café",
	}
	if data := os.Getenv("HARK_TEST_DATA"); data == "" {
		t.Log("HARK_TEST_DATA is not set: made-up sentences only")
	} else {
		sentences = append(sentences, realSentences(t, data)...)
	}
	var notes strings.Builder
	for _, s := range sentences {
		notes.WriteString(`"` + s + "\n")
	}
	db := filepath.Join(t.TempDir(), "n.db")
	story := "/consent yes name\n/person Ana, foreman\n" + notes.String() +
		"@Ana !It breaks\n/impact 1 how-bad=4\n/playback 1 yes\n/left-out nothing\n/solve 1 a jig\n/agree 1\n/outcome worked-out\n/end\n"
	command(t, db, story, 0, "take", "--new", "Harbour Welding", "--as", "marks")
	shown := shownText([]byte(command(t, db, "", 0, "export", "harbour", "--format", "md")))
	for _, s := range append(sentences, "It breaks") {
		if !slices.ContainsFunc(shown, func(block string) bool { return strings.Contains(block, "“"+s+"”") }) {
			t.Errorf("not shown as it was said: %q", s)
		}
	}
}

// realSentences are lines of real findings that can be typed as a quote as they stand: nothing that
// the capture language reads as something else.
func realSentences(t *testing.T, data string) []string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(data, "interviews", "onrr", "nrrd-research", "23_timelyturkey_oct2018_interim_interviews", "Results.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "* "))
		if line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "!") && !strings.ContainsAny(line, `\#`) {
			all = append(all, line)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d sentences found", len(all))
	}
	return all
}
