package ui_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hark/internal/capture"
)

// screenWords returns the words of the footers, and those by which the palette finds their
// commands, as they stand in the bindings of every screen.
func screenWords(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, _ := pair.Key.(*ast.Ident)
			value, isText := pair.Value.(*ast.BasicLit)
			if key == nil || !isText {
				return true
			}
			text, err := strconv.Unquote(value.Value)
			switch {
			case err != nil:
			case key.Name == "Short":
				words[text] = true
			case key.Name == "Words":
				for _, word := range strings.Fields(text) {
					words[word] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil || len(words) < 60 {
		t.Fatalf("only %d words were found: %v", len(words), err)
	}
	return words
}

// cursor are the words of footers for what only a key does: moving, typing, and the rows of
// dialogs.
func cursor() map[string]bool {
	return map[string]bool{"sort": true, "fields": true, "type": true, "type on": true, "go on with it": true, "something else": true}
}

// What a screen calls something can be typed, too: it does it, opens it, or is answered with the
// command.
func TestTheScreensWordsAreCommands(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	for word := range screenWords(t) {
		for _, rest := range []string{"", " 1"} {
			_, err := capture.Parse("/"+word+rest, now)
			var wrong *capture.Error
			if errors.As(err, &wrong) && strings.Contains(wrong.Error(), `\`) {
				t.Errorf("/%s is answered with a backslash: %v", word, err)
			}
			if rest == "" && errors.As(err, &wrong) && strings.HasPrefix(wrong.Reason, "There is no command") && strings.HasPrefix(wrong.Nearest, "/help") && !cursor()[word] {
				t.Errorf("/%s: %v", word, err)
			}
		}
	}
}
