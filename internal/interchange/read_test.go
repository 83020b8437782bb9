package interchange_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/document"
	"hark/internal/export"
	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

// readAll reads a file to its end, or to the first error.
func readAll(r io.Reader) ([]*interview.Interview, error) {
	var all []*interview.Interview
	for in, err := range interchange.Read(r) {
		if err != nil {
			return all, err
		}
		iv, _, err := in.Stored()
		if err != nil {
			return all, err
		}
		all = append(all, iv)
	}
	return all, nil
}

// whole is the JSON of a meeting as hark export writes it.
func whole(t testing.TB, iv *interview.Interview) []byte {
	t.Helper()
	b, err := plain.JSON(interchange.Exported(iv, nil, true))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadGivesTheSameDocument(t *testing.T) {
	iv := rich(t).iv
	for _, file := range [][]byte{whole(t, iv), []byte("\ufeff[" + string(whole(t, iv)) + "]"), compact(t, whole(t, iv))} {
		all, err := readAll(bytes.NewReader(file))
		if err != nil || len(all) != 1 {
			t.Fatalf("%d interviews, %v", len(all), err)
		}
		if diff := cmp.Diff(iv.Document().Items(), all[0].Document().Items()); diff != "" {
			t.Errorf("items (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(iv.Document().Seen(), all[0].Document().Seen()); diff != "" {
			t.Errorf("seen (-want +got):\n%s", diff)
		}
	}
}

func compact(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The document is all that is read: what the rest says, or does not say, makes no difference.
func TestReadIgnoresTheRest(t *testing.T) {
	iv := rich(t).iv
	good := whole(t, iv)
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(good, &parts); err != nil {
		t.Fatal(err)
	}
	alone, err := json.Marshal(map[string]json.RawMessage{"id": parts["id"], "document": parts["document"]})
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"nothing but the document":          alone,
		"other words":                       bytes.Replace(good, []byte(`"statement": "One weld`), []byte(`"statement": "Two weld`), 1),
		"a field that hark does not know":   bytes.Replace(good, []byte(`"side": "theirs"`), []byte(`"side": "theirs", "shoe_size": 44`), 1),
		"a field of another type":           bytes.Replace(good, []byte(`"line_count": `), []byte(`"line_count": "many", "lines": `), 1),
		"a solution that nobody worked out": bytes.Replace(good, []byte(`"solutions": [`), []byte(`"solutions": [{"number": 9, "problems": [3]},`), 1),
	} {
		if bytes.Equal(file, good) {
			t.Fatalf("%s: nothing was changed", name)
		}
		all, err := readAll(bytes.NewReader(file))
		if err != nil || len(all) != 1 {
			t.Errorf("%s: %d interviews, %v", name, len(all), err)
			continue
		}
		if diff := cmp.Diff(interchange.Shown(iv), interchange.Shown(all[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// endless gives one byte for ever.
type endless byte

func (e endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e)
	}
	return len(b), nil
}

// repeating gives one text for ever.
type repeating struct {
	text string
	at   int
}

func (r *repeating) Read(b []byte) (int, error) {
	n := copy(b, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// A pipe that gives interviews for ever is read up to a limit.
func TestReadEndsAtALimit(t *testing.T) {
	n := 0
	for _, err := range interchange.Read(io.MultiReader(strings.NewReader("[{}"), &repeating{text: strings.Repeat(",{}", 10_000)})) {
		if err != nil {
			if !strings.Contains(err.Error(), "line 1: there are more than 1000000 interviews in it") {
				t.Error(err)
			}
			break
		}
		n++
	}
	if n != 1_000_000 {
		t.Errorf("%d were read", n)
	}
}

// Every file that will not do is answered with the line and a sentence.
func TestReadRefuses(t *testing.T) {
	good := string(whole(t, rich(t).iv))
	one := string(compact(t, []byte(good)))
	forge := func(old, now string) io.Reader {
		readable, doc, _ := strings.Cut(good, `"document": {`)
		if !strings.Contains(doc, old) {
			t.Fatalf("nothing to forge: %q", old)
		}
		return strings.NewReader(readable + `"document": {` + strings.Replace(doc, old, now, 1))
	}
	for _, c := range []struct {
		name string
		file io.Reader
		want string
	}{
		{"nothing", strings.NewReader(" \n"), "line 2: there is nothing in it"},
		{"no JSON", strings.NewReader("# notes"), "line 1: this is not JSON as `hark export --format json` writes it"},
		{"a list of words", strings.NewReader(`["a"]`), "line 1: here should be an interview, in { }"},
		{"cut off", strings.NewReader(good[:len(good)/2]), "it breaks off; the file is not whole"},
		{"cut off between two", strings.NewReader("[" + one + ",\n"), "line 2: it breaks off; the file is not whole"},
		{"something behind", strings.NewReader(one + "\n}"), "line 2: there is something behind the end"},
		{"no comma", strings.NewReader("[" + one + one + "]"), "a comma or the end is missing between two interviews"},
		{"bad JSON", strings.NewReader(`{"customer":` + "\n" + `nil}`), "line 2: this is not JSON: invalid character 'i' in literal null (expecting 'u')"},
		{"a number for an ID", strings.NewReader(`{"id":` + "\n" + `7}`), `line 2: "id" cannot be a number`},
		{"a word for a list", forge(`"items": [`, `"items": "none", "log": [`), `"items" cannot be a string`},
		{"a large number", forge(`"count": 1,`, `"count": 1e99,`), `"count" cannot be a number 1e99`},
		{"not UTF-8", strings.NewReader("{\"customer\":\n\"M\xffll\"}"), "line 2: this is not readable as UTF-8 text; save the file as UTF-8 and try again"},
		{"deep nesting", io.MultiReader(strings.NewReader("{"), endless('[')), "line 1: it is nested more than 32 deep, and no interview is"},
		{"without end", io.MultiReader(strings.NewReader(`{"customer":"`), endless('x')), "line 1: this interview takes more than 64 MB, and no interview does"},
		{"many values", io.MultiReader(strings.NewReader(`{"document":{"log":[{}`), &repeating{text: strings.Repeat(",{}", 10_000)}), "line 1: this interview has more than 1000000 values, and no interview does"},
		{"blanks without end", endless('\n'), "there are more than 1 MB of blanks"},
		{"a document twice", strings.NewReader(`{"document":{},"document":{}}`), `line 1: it has "document" twice`},
		{"a long word", forge(`"answer": "yes"`, `"answer": "`+strings.Repeat("x", 1<<20)+`"`), "xxxxx…"},
		{"a change above what is counted", forge(`"seen": {
      "0000000000000001": `, `"seen": {
      "00000000000000ff": `), "of which it claims 0"},
		{"no document", strings.NewReader("\n{\"customer\":\"Mill\"}"), "line 2 (Mill): an interview without its \"id\" and \"document\", as `hark export --format json` writes them, cannot be imported"},
		{"no ID", strings.NewReader(`{"document":{"seen":{},"items":[]}}`), "line 1: an interview without its \"id\""},
		{"no document but its name", strings.NewReader(`{"id":"` + strings.Repeat("a", 25) + `q","document":null}`), "line 1 (aaaaaaa): an interview without its"},
		{"a document of nothing", strings.NewReader(`{"id":"` + strings.Repeat("a", 25) + `q","document":{}}`), "line 1 (aaaaaaa): There is no header in it"},
		{"an item twice", forge(`"items": [`, `"items": [`+firstItem(t, good)+","), "is in it twice"},
		{"an item without ID", forge(firstID(t, good), ""), "An item has no ID"},
		{"another ID", forge(firstID(t, good), strings.Repeat("a", 26)), "line 1 (Harbour Welding, t2plkmp): An item has no ID"},
		{"a change that is not known", forge(`"by": "0000000000000001",
            "count": 1,`, `"by": "0000000000000001",
            "count": 99999999999999999,`), "It claims 99999999999999999 changes by one notebook"},
		{"an answer that there is not", forge(`"answer": "yes"`, `"answer": "maybe"`), "\"maybe\" is a word that hark does not know there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readAll(c.file)
			var in *interchange.FileError
			if !errors.As(err, &in) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			var refusal *interview.Error
			if !errors.As(err, &refusal) {
				t.Errorf("%v says not what sort of refusal it is", err)
			}
		})
	}
}

// firstItem is the text of the first item of a document.
func firstItem(t *testing.T, file string) string {
	t.Helper()
	var doc struct {
		Document struct {
			Items []json.RawMessage `json:"items"`
		} `json:"document"`
	}
	if err := json.Unmarshal([]byte(file), &doc); err != nil {
		t.Fatal(err)
	}
	return string(doc.Document.Items[0])
}

func firstID(t *testing.T, file string) string {
	t.Helper()
	var it document.Item
	if err := json.Unmarshal([]byte(firstItem(t, file)), &it); err != nil {
		t.Fatal(err)
	}
	return it.ID.String()
}

// The document of a file cannot say what the gate forbids: forged items are
// refused as what they are.
func TestReadRefusesForgedSolutions(t *testing.T) {
	m := rich(t)
	forge := func(edit func(kind string, body map[string]any)) error {
		doc := interchange.Exported(m.iv, nil, true)
		for i, it := range doc.Document.Items {
			forged := slices.Clone(it.Versions)
			doc.Document.Items[i].Versions = forged
			for n, v := range forged {
				var body map[string]any
				if err := json.Unmarshal(v.Body, &body); err != nil {
					t.Fatal(err)
				}
				edit(v.Kind, body)
				b, err := json.Marshal(body)
				if err != nil {
					t.Fatal(err)
				}
				forged[n].Body = b
			}
		}
		b, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		_, err = readAll(bytes.NewReader(b))
		return err
	}
	aside, _ := m.iv.Problem(3)
	for _, c := range []struct {
		name string
		edit func(kind string, body map[string]any)
	}{
		{"without a proof", func(kind string, body map[string]any) {
			if kind == "solution" {
				body["proofs"] = []string{}
			}
		}},
		{"for a problem that nobody confirmed", func(kind string, body map[string]any) {
			if kind == "solution" {
				body["problems"] = []string{aside.ID.String()}
			}
		}},
		{"on an answer that was no", func(kind string, body map[string]any) {
			if kind == "playback" {
				body["answer"] = "no"
			}
		}},
		{"advice without a proof", func(kind string, body map[string]any) {
			if kind == "advice" {
				body["proof"] = ""
			}
		}},
		{"a route without a proof", func(kind string, body map[string]any) {
			if kind == "route" {
				body["proof"] = ""
			}
		}},
	} {
		var refusal *interview.Error
		if err := forge(c.edit); !errors.As(err, &refusal) || refusal.Code != interview.Refused {
			t.Errorf("%s: got %v, want a refusal by the gate", c.name, err)
		}
	}
	if err := forge(func(string, map[string]any) {}); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

// A yes by somebody who has been on our side ever since is one that anybody could write: it
// confirms nothing.
func TestReadHoldsWhatOurSideConfirmed(t *testing.T) {
	file := bytes.ReplaceAll(whole(t, rich(t).iv), []byte(`"side": "theirs"`), []byte(`"side": "ours"`))
	all, err := readAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all[0].Solutions {
		if !s.Held {
			t.Errorf("solution %s stands", s.Number)
		}
	}
	if len(all[0].Solutions) != 2 {
		t.Errorf("%d solutions, want 2", len(all[0].Solutions))
	}
}

// What a newer hark wrote in items is kept byte for byte, in the items and in the history, and comes
// out of an export so again. The interview is read-only.
func TestReadOfANewerHark(t *testing.T) {
	good := string(compact(t, whole(t, rich(t).iv)))
	// As hark stores strings, and in an order of its own.
	const mood = `"mood":{"z":"\u003cfine\u003e","a":[1.50,1e3,"ü` + "\u200b" + `"]}`
	for _, c := range []struct{ name, old, now, want string }{
		{"a kind", `"kind":"adviser","body":{`, `"kind":"robot","body":{` + mood + `,`, mood},
		{"a field", `"kind":"line","body":{`, `"kind":"line","body":{` + mood + `,`, mood},
		{"a field of a dropped line", `"deleted":true,"body":{`, `"deleted":true,"body":{` + mood + `,`, mood},
		{"a solution that rests on a kind", `"kind":"playback","body":{`, `"kind":"playback-of-2031","body":{`, `playback-of-2031`},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := strings.ReplaceAll(good, c.old, c.now)
			if file == good {
				t.Fatal("nothing was changed")
			}
			// Spelled in another way, as an export does it.
			file = strings.ReplaceAll(strings.ReplaceAll(file, "\u200b", `\u200b`), `"z":`, ` "z" : `)
			all, err := readAll(strings.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			iv := all[0]
			if !iv.Newer {
				t.Error("it is not marked")
			}
			for _, s := range iv.Solutions {
				for _, p := range s.Problems {
					if problem, ok := iv.ProblemByID(p); !s.Held && (!ok || problem.Status != interview.Confirmed) {
						t.Errorf("solution %s stands", s.Number)
					}
				}
			}
			kept := 0
			for _, it := range iv.Document().Items() {
				for _, v := range it.Versions {
					if strings.Contains(v.Kind+string(v.Body), c.want) {
						kept++
					}
				}
			}
			if kept == 0 {
				t.Error("it was not kept as it is")
			}
			again, err := readAll(bytes.NewReader(whole(t, iv)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(iv.Document().Items(), again[0].Document().Items()); diff != "" {
				t.Errorf("out and in again:\n%s", diff)
			}
		})
	}
}

// What has no place in the notebook is no reason to leave it out in silence: that interview is
// refused as one of a newer hark, and the others are read.
func TestReadRefusesWhatCannotBeKept(t *testing.T) {
	good := string(whole(t, sparse(t)))
	for _, c := range []struct{ old, now, want string }{
		{`"items": [`, `"weather": "fine", "items": [`, `its document has an unknown field "weather"`},
		{`"kind": "person"`, `"kind": "person", "mood": "fine"`, `its document has an unknown field "mood"`},
	} {
		newer := strings.Replace(good, c.old, c.now, 1)
		if newer == good {
			t.Fatal("nothing was changed")
		}
		errs, read := each(t, "["+newer+","+good+"]")
		if read != 1 || len(errs) != 1 || !errors.Is(errs[0], interview.ErrNewer) || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%d were read, and %v", read, errs)
		}
	}
}

// each reads all interviews of a file, and returns what is wrong with some, and how many are good.
func each(t *testing.T, file string) (errs []error, good int) {
	t.Helper()
	for in, err := range interchange.Read(strings.NewReader(file)) {
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := in.Stored(); err != nil {
			errs = append(errs, err)
		} else {
			good++
		}
	}
	return errs, good
}

// Whatever is wrong with one interview, those around it are read.
func TestReadPassesOverABadOne(t *testing.T) {
	good := string(compact(t, whole(t, rich(t).iv)))
	other := string(compact(t, whole(t, sparse(t))))
	for _, c := range []struct{ name, bad, want string }{
		{"no interview", `{"customer":"Mill"}`, `line 2 (Mill): an interview without its "id"`},
		{"a customer that is a number", `{"customer":7}`, "line 2: an interview without its"},
		{"a broken field", strings.Replace(good, `"items":[`, `"items":7,"log":[`, 1), `line 2 (Harbour Welding, t2plkmp): "items" cannot be a number`},
		{"a forged one", strings.ReplaceAll(good, `"answer":"yes"`, `"answer":"no"`), "line 2 (Harbour Welding, t2plkmp): There is a solution"},
		{"broken JSON", `{"customer":nil}`, "line 2: this is not JSON"},
		{"no UTF-8", "{\"customer\":\"\xff\"}", "line 2: this is not readable as UTF-8 text"},
		{"deep nesting", `{"customer":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "line 2: it is nested more than 32 deep"},
		{"a large one", `{"customer":"` + strings.Repeat("x", 65<<20) + `"}`, "line 2: this interview takes more than 64 MB"},
	} {
		errs, read := each(t, "["+other+",\n"+c.bad+",\n"+other+"]")
		if read != 2 || len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), c.want) {
			t.Errorf("%s: %d were read, and %v", c.name, read, errs)
		}
	}
}

// An interview that was erased is its ID and nothing else, whatever else stands there.
func TestReadErased(t *testing.T) {
	iv := rich(t).iv
	written, err := plain.JSON(interchange.ExportedErased(iv.ID))
	if err != nil || string(written) != "{\n  \"id\": \"t2plkmpuxfnlwqej3kjut2n76u\",\n  \"erased\": true\n}\n" {
		t.Fatalf("written as %q, %v", written, err)
	}
	one := strings.TrimSpace(string(compact(t, whole(t, iv))))
	for file, want := range map[string]string{
		string(written):                              "",
		`{"erased":true,` + one[1:]:                  "",
		one[:len(one)-1] + `,"erased":true}`:         "",
		`{"erased":false,` + one[1:]:                 "an interview",
		`{"erased":true}`:                            `line 1: an interview without its "id"`,
		`{"id":"x","erased":true}`:                   `line 1: "x": not an ID`,
		`{"id":"` + iv.ID.String() + `","erased":1}`: `line 1 (t2plkmp): "erased" cannot be a number`,
	} {
		for in, err := range interchange.Read(strings.NewReader(file)) {
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if !in.Erased {
				_, _, err := in.Stored()
				got = "an interview"
				if err != nil {
					got = err.Error()
				}
			} else if in.ID != iv.ID || in.Customer != "" {
				t.Errorf("%.80s: %+v", file, in)
			}
			if !strings.HasPrefix(got, want) || (want == "") != (got == "") {
				t.Errorf("%.80s: got %q, want %q", file, got, want)
			}
		}
	}
}

// Where a file cannot be split into interviews, the reading ends, and says from where on.
func TestReadEndsWhereItCannotBeSplit(t *testing.T) {
	one := string(compact(t, whole(t, sparse(t))))
	for _, c := range []struct {
		file         string
		line, unread int
	}{
		{"[" + one + ",\n\n" + one[:len(one)/2] + "\n\n", 5, 3},
		{"[" + one + ",\n7]", 2, 2},
		{"[" + one + "\n" + one + "]", 2, 2},
	} {
		read := 0
		var failed *interchange.FileError
		for _, err := range interchange.Read(strings.NewReader(c.file)) {
			if err == nil {
				read++
			} else if !errors.As(err, &failed) {
				t.Fatal(err)
			}
		}
		if read != 1 || failed == nil || failed.Line != c.line || failed.Unread != c.unread {
			t.Errorf("%d were read, and %+v; want line %d and %d", read, failed, c.line, c.unread)
		}
	}
}

func FuzzImport(f *testing.F) {
	m := rich(f)
	f.Add(compact(f, whole(f, m.iv)))
	f.Add(compact(f, whole(f, sparse(f))))
	f.Add(bytes.ReplaceAll(compact(f, whole(f, m.iv)), []byte(`"kind":"line","body":{`), []byte(`"kind":"line","body":{"mood":1,`)))
	f.Add(bytes.ReplaceAll(compact(f, whole(f, m.iv)), []byte(`"kind":"playback"`), []byte(`"kind":"robot"`)))
	f.Add([]byte(`[{"id":"t2plkmpuxfnlwqej3kjut2n76u","document":{"seen":{},"items":[]}},{}]`))
	for _, seed := range []string{"", "[", "{}", "[{}]", "[]", `{"document":{"items":[],"seen":{}}}`, `{"id":"` + strings.Repeat("a", 26) + `","document":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		all, err := readAll(bytes.NewReader(file))
		var in *interchange.FileError
		if err != nil && !errors.As(err, &in) {
			t.Fatalf("an error without a place: %v", err)
		}
		for _, iv := range all {
			// What was taken can be given again, and is the same then.
			again, err := readAll(bytes.NewReader(whole(t, iv)))
			if err != nil {
				t.Fatalf("written and read again: %v", err)
			}
			if diff := cmp.Diff(iv.Document().Items(), again[0].Document().Items()); diff != "" {
				t.Fatalf("read again it is another:\n%s", diff)
			}
			for _, s := range iv.Solutions {
				for _, p := range s.Problems {
					if !once(iv, p) {
						t.Fatalf("a solution for a problem that nobody confirmed: %s", fmt.Sprint(s))
					}
				}
			}
			checkPlain(t, string(export.NewPage(iv, export.Options{Thoughts: true}).Markdown()))
		}
	})
}

// once reports whether somebody said yes to a problem at any time, as far as
// that is still on record: what is dropped says nothing more.
func once(iv *interview.Interview, problem interview.ID) bool {
	p, ok := iv.ProblemByID(problem)
	if !ok {
		return true
	}
	for _, pb := range p.Playbacks {
		if pb.Answer == interview.Yes {
			return true
		}
	}
	for _, s := range iv.Solutions {
		if s.Held {
			return true // as it must be
		}
	}
	return false
}

// What a document lacks goes with it through a file, which can say nothing of
// the kind that cannot be.
func TestWhatADocumentLacks(t *testing.T) {
	iv := rich(t).iv
	doc := iv.Document()
	by := doc.Items()[0].Versions[0].Dot.Incarnation
	seen := doc.Seen()
	last := seen[by]
	seen[by] += 3
	// A change that mending could not save may be the last one that is known of.
	salvaged := []document.Span{{Incarnation: by, From: last + 1, To: last + 3}}
	if _, err := readAll(bytes.NewReader(whole(t, interview.Fold(document.Restore(doc.ID(), doc.Items(), seen, salvaged, false))))); err != nil {
		t.Errorf("all that is claimed lately is lacking: %v", err)
	}
	want := []document.Span{{Incarnation: by, From: last + 1, To: last + 2}}
	file := whole(t, interview.Fold(document.Restore(doc.ID(), doc.Items(), seen, want, false)))
	all, err := readAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, all[0].Document().Lacking()); diff != "" {
		t.Errorf("lacking (-want +got):\n%s", diff)
	}
	to := fmt.Appendf(nil, `"to": %d`, last+2)
	for _, bad := range []string{fmt.Sprintf(`"to": %d`, last), `"to": 0`, fmt.Sprintf(`"to": %d`, last+4), `"to": 99999999`} {
		if _, err := readAll(bytes.NewReader(bytes.Replace(file, to, []byte(bad), 1))); err == nil || !strings.Contains(err.Error(), "it lacks changes") {
			t.Errorf("%s: error %v", bad, err)
		}
	}
}

// What is withheld from a document comes back from the whole one, and nothing
// but its place is in the file.
func TestWithhold(t *testing.T) {
	m := rich(t)
	m.do(interview.Drop{Number: 3})
	doc := m.iv.Document()
	held := interview.Withhold(doc)
	if !maps.Equal(held.Seen(), doc.Seen()) || held.Same(doc) {
		t.Error("a document with something withheld has seen what the whole one has, and is another state of it")
	}
	before, after := interview.Fold(doc), interview.Fold(held)
	if len(after.Lines) != len(before.Lines)-2 {
		t.Errorf("%d lines, and %d without thoughts", len(before.Lines), len(after.Lines))
	}
	for _, l := range after.Lines {
		if had, _ := before.Line(l.Number); had.Text != l.Text {
			t.Errorf("line %s says %q, and %q without thoughts", l.Number, had.Text, l.Text)
		}
	}
	for _, together := range []*document.Document{document.Merge(doc, held), document.Merge(held, doc)} {
		if diff := cmp.Diff(doc.Items(), together.Items()); diff != "" || !together.Same(doc) {
			t.Errorf("together with the whole one (-whole +together):\n%s", diff)
		}
	}
}
