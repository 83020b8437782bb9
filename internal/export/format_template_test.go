package export_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"hark/internal/export"
	"hark/internal/interview"
)

func execute(t *testing.T, name, text string, iv *interview.Interview, opts export.Options) (string, error) {
	t.Helper()
	tmpl, err := export.NewTemplate(name, text, opts)
	if err != nil {
		return "", err
	}
	out, err := tmpl.Execute(t.Context(), iv, nil)
	return string(out), err
}

func TestTemplate(t *testing.T) {
	iv := rich(t).consenting(interview.QuoteByRole)
	east := export.Options{Location: time.FixedZone("EAST", 2*60*60)}
	for _, c := range []struct{ name, file, text, want string }{
		{"fields", "a.txt", `{{.Customer}}: {{range .Problems}}{{.Number}} {{.Statement}} ({{.Status}}); {{end}}`,
			"Harbour Welding: 1 One weld in five is done twice (confirmed); 2 Nobody can see which job is next (weighed); " +
				"3 The coffee is bad (set-aside); 4 Drawings arrive late (confirmed); "},
		{"names as allowed", "a.txt", `{{range .People}}{{.Name}} {{end}}`, "foreman customer Jo Kim "},
		{"no thoughts", "a.txt", `{{range .Lines}}{{if eq .Kind "thought"}}{{.Text}}{{end}}{{end}}`, ""},
		{"times", "a.txt", `{{date .StartedAt}} {{clock .StartedAt}} {{format "Mon 2 Jan" .EndedAt}} {{range .Promises}}[{{date .Due}}]{{end}}`,
			"2026-11-05 16:00 Thu 5 Nov [2026-12-03][2026-11-12][][]"},
		{"variables", "a.txt", `{{$n := len .Lines}}{{$n}} {{with .LeftOut}}{{.Text | upper}}{{end}}`, "9 THE APPRENTICES, WHO CLEAN UP"},
		{"own escaping", "a.txt", `{{markdown "*a*"}} {{html "<b>"}} {{csv "=1"}} {{line "a\nb"}}`, `\*a\* &lt;b&gt; "'=1" a⏎b`},
		{"Markdown", "a.md.tmpl", `* {{"*a*"}} {{printf "%s" "[b](c)"}} {{html "<i>"}}`, `* \*a\* \[b\](c) &lt;i&gt;`},
		{"HTML by where it stands", "a.html",
			`<a title='{{"' x='"}}' href="{{"javascript:alert(1)"}}" onclick="f({{"'<"}})">{{"<i>"}}</a><script>a={{"</script>"}};b={{json "</x>"}}</script>{{html "<u>"}}`,
			`<a title='&#39; x=&#39;' href="#ZgotmplZ" onclick="f(&#34;&#39;\u003c&#34;)">&lt;i&gt;</a><script>a="\u003c/script\u003e";b="\u003c/x\u003e"</script>&lt;u&gt;`},
		{"SVG", "a.SVG", `<text x={{"1 onload=alert(1)"}}>{{"<b>"}}</text>`, `<text x=1&#32;onload&#61;alert(1)>&lt;b&gt;</text>`},
		{"XHTML", "a.xhtml.tmpl", `<p>{{"<b>"}}</p>`, `<p>&lt;b&gt;</p>`},
		{"no time in HTML", "a.html", `<p>{{range .Promises}}[{{.Due}} {{.ToldAt}}{{if date .ToldAt}}!{{end}}]{{end}}</p>`, `<p>[2026-12-03 ][2026-11-12 2026-11-05T14:46:00Z!][ ][ ]</p>`},
		{"HTML", "A.HTML", `<p>{{"<b>"}}</p>{{define "x"}}{{.}}{{end}}{{template "x" "<i>"}}`, `<p>&lt;b&gt;</p>&lt;i&gt;`},
		{"CSV", "a.csv", `{{.Customer}},{{"=1+\"2\""}}`, `"Harbour Welding","'=1+""2"""`},
		{"CSV named in capitals", "A.CSV.TMPL", `{{"=1"}}`, `"'=1"`},
		{"TSV", "a.tsv", "{{\"=1\\t2\\n3\"}}\t{{\"b\"}}", "'=1    2⏎3\tb"},
		{"JSON", "a.json", `{"a": {{json "x\"</script>"}}, "b": {{json (len .Lines)}}}`, `{"a": "x\"\u003c/script\u003e", "b": 9}`},
		{"YAML", "a.yaml", `a: {{yaml "x: <b> # *y"}}`, `a: "x: \u003cb\u003e \u0023 \u002ay"`},
		{"join", "a.txt", `{{range .Problems}}{{join "; " .Themes}}{{end}}{{indent 2 "a\nb"}}{{lower "A"}}{{trim " x "}}`, "reworkplanninga\n  bax"},
		{"nothing active", "a.txt", "\x1b[2J{{\"\\x1b\"}}", "␛[2J␛"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := execute(t, c.file, c.text, iv, east)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v\nwant %q", got, err, c.want)
			}
		})
	}
}

// A template that will not do says on which line.
func TestTemplateErrors(t *testing.T) {
	iv := rich(t).iv
	for _, c := range []struct{ name, text, want string }{
		{"no such field", "a\n{{.Customr}}", "bad.md:2:2: executing"},
		{"no such field in a range", "a\n\n{{range .Lines}}{{.Word}}{{end}}", "bad.md:3:"},
		{"never closed", "a\n{{range .Lines}}", "bad.md:2: unexpected EOF"},
		{"no such function", "{{readFile \"/etc/passwd\"}}", `function "readFile" not defined`},
		{"in a tag that is not closed", "<a {{.Customer}", "bad.md:1:"},
		{"a script", `{{js "x"}}`, "hark makes no script"},
		{"no time", `{{date .Customer}}`, "Harbour Welding is no time"},
		{"too much", `{{range 20}}` + strings.Repeat("x", 1<<20) + `{{end}}`, "it writes more than 16 MB"},
		{"too much text", `{{$x := printf "%900000s" "x"}}{{print $x $x}}`, "more than 1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := execute(t, "dir/bad.md", c.text, iv, export.Options{})
			var about *export.TemplateError
			if !errors.As(err, &about) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestTemplateStops(t *testing.T) {
	tmpl, err := export.NewTemplate("a.txt", `{{range 1000}}x{{end}}`, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tmpl.Execute(ctx, sparse(t).iv, nil); !errors.Is(err, context.Canceled) || errors.As(err, new(*export.TemplateError)) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

// Mistakes that html/template finds say on which line as well.
func TestHTMLTemplateErrors(t *testing.T) {
	for _, text := range []string{"a\n<a href=\"{{.Customer}}", "a\n<p>{{.Customr}}</p>", "a\n{{.Customer | html | upper}}"} {
		_, err := execute(t, "bad.html", text, rich(t).iv, export.Options{})
		var about *export.TemplateError
		if !errors.As(err, &about) || !strings.HasPrefix(err.Error(), "bad.html:") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestMisnamed(t *testing.T) {
	for _, c := range []struct{ template, file, want string }{
		{"a.txt", "b.html", "HTML"}, {"a.tmpl", "b.SVG", "HTML"}, {"a.md", "b.csv", "CSV"}, {"a.html", "b.xhtml", ""}, {"a.html", "b.txt", ""}, {"a.yaml", "b", ""},
	} {
		tmpl, err := export.NewTemplate(c.template, "x", export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := tmpl.Misnamed(c.file); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.template, c.file, got, c.want)
		}
	}
}

// A template that never ends is ended when its time is up, wherever it is, and leaves nothing running; one
// that makes ever more is ended by how much that is.
func TestTemplateThatNeverEnds(t *testing.T) {
	iv := sparse(t).iv
	for name, text := range map[string]string{
		"a loop that writes nothing": `{{range 1000000000000}}{{end}}`,
		"loops in loops":             `{{range 1000000}}{{range 1000000}}{{range 1000000}}{{end}}{{end}}{{end}}`,
		"a part that calls itself twice": `{{define "a"}}{{if .}}{{template "a" (slice . 1)}}{{template "a" (slice . 1)}}{{end}}{{end}}` +
			`{{template "a" "` + strings.Repeat("x", 100) + `"}}`,
		"a loop in a condition": `{{if true}}{{with .Customer}}{{range 1000000000000}}{{if false}}x{{end}}{{end}}{{end}}{{end}}`,
		"an else of a loop":     `{{range 0}}{{else}}{{range 1000000000000}}{{continue}}{{end}}{{end}}`,
	} {
		for _, file := range []string{"a.txt", "a.html"} {
			tmpl, err := export.NewTemplate(file, text, export.Options{})
			if err != nil {
				t.Fatal(err)
			}
			before := runtime.NumGoroutine()
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			began := time.Now()
			_, err = tmpl.Execute(ctx, iv, nil)
			cancel()
			if err == nil || !strings.Contains(err.Error(), "it takes longer than 10s for one interview") {
				t.Errorf("%s, %s: %v", name, file, err)
			}
			if took, now := time.Since(began), runtime.NumGoroutine(); took > 5*time.Second || now > before {
				t.Errorf("%s, %s: it took %s, and %d goroutines are left of %d", name, file, took, now, before)
			}
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"a part that calls itself": {`{{define "a"}}{{template "a"}}{{end}}{{template "a"}}`, "exceeded maximum template depth"},
		"what is written":          {`{{range 1000000000000}}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{end}}`, "more than 16 MB"},
		"a text that doubles":      {`{{$x := "x"}}{{range 100}}{{$x = print $x $x}}{{end}}`, "more than 1 MB"},
		"an escaped one":           {`{{$x := "*"}}{{range 100}}{{$x = markdown $x}}{{end}}`, "more than 1 MB"},
		"a lower one":              {`{{$x := "x"}}{{range 100}}{{$x = printf "%s%s" $x $x | lower}}{{end}}`, "more than 1 MB"},
		"JSON of JSON":             {`{{$x := "\""}}{{range 100}}{{$x = json $x}}{{end}}`, "more than 16 MB"},
		"many verbs":               {`{{printf "` + strings.Repeat("%[1]1000000d", 1000) + `" 1}}`, "100 are the most"},
		"wide ones":                {`{{printf "` + strings.Repeat("%900000[1]d", 50) + `" 1}}`, "more than 1 MB"},
	} {
		if _, err := execute(t, "a.txt", c.text, iv, export.Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
