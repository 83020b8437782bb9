package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hark/internal/document"
	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/plain"
)

// readAll reads a file to its end, or to the first error.
func readAll(r io.Reader) ([]*interview.Interview, error) {
	var all []*interview.Interview
	for in, err := range export.Read(r) {
		if err != nil {
			return all, err
		}
		iv, _, err := in.Stored(document.Writer{Incarnation: 9, Author: "Mia"})
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
	b, err := plain.JSON(export.Whole(iv, nil, true))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// plainJSON is the same without the document, as another program would write it.
func plainJSON(t testing.TB, iv *interview.Interview) []byte {
	t.Helper()
	b, err := plain.JSON(export.JSON(iv))
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

// What another program wrote is done over again: the same things are said by
// the same people at the same times, with the same standing.
func TestReadRebuilds(t *testing.T) {
	m := begin(t, interview.Beginning{Customer: "Mill", Playbook: guide()})
	bad, costs := 4, "30 hours"
	m.do(
		interview.Introduce{Name: "Lou", Role: "miller"},
		interview.Introduce{Name: "Jo", Side: interview.Ours},
		add(interview.Observation, "", "White all over"),
		interview.Ask{Number: 2},
		interview.Raise{Text: "The dust is everywhere", Speaker: "Lou", Themes: []string{"dust"}},
		add(interview.Quote, "Lou", "We sweep all dya", "dust"),
		interview.Fix{Number: 3, Text: "We sweep all day"},
		interview.Tie{Number: 3, Problem: 1},
		interview.Raise{Text: "The road is bad", Speaker: "Lou"},
		interview.Weigh{Problem: 1, HowBad: &bad, Costs: &costs},
		interview.PlayBack{Problem: 1, Answer: interview.Nearly, By: "Lou", Correction: "Flour dust is everywhere"},
		interview.PlayBack{Problem: 1, Answer: interview.Yes, By: "Lou"},
		interview.SetAside{Problem: 2, Reason: "not ours"},
		interview.AskLeftOut{Text: "the apprentices"},
		interview.MustRespect{Problem: 1, Text: "the mill runs on"},
		interview.Solve{Problems: []int{1}, Text: "A fan"},
		interview.Decide{Solution: 1, Decision: interview.Agreed},
		interview.Advise{Problem: 1, Text: "by the door"},
		interview.Promises{Text: "measure", Owner: "Lou", Due: interview.Date{Year: 2026, Month: 12, Day: 1}},
		interview.Done{Number: 5},
		interview.Carry{Problem: 1, Department: "engineering", Owner: "Kim"},
		interview.AnswerRoute{Number: 6, Text: "in spring"},
		interview.SetAdviser{Name: "Lou", Joins: true},
		interview.SetConsent{Quotes: interview.QuoteByName},
		interview.SetOutcome{Outcome: interview.WorkedOut},
		interview.End{},
	)
	file := plainJSON(t, m.iv)
	all, err := readAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want, got := export.JSON(m.iv), export.JSON(all[0])
	for _, doc := range []*export.Interview{&want, &got} {
		doc.Gate.OpenedAt = doc.StartedAt // when it opened follows from what there is
	}
	ignored := cmp.FilterPath(func(p cmp.Path) bool {
		f, ok := p.Last().(cmp.StructField)
		return ok && (f.Name() == "ID" && p.String() != "ID" || f.Name() == "RestsOn")
	}, cmp.Ignore())
	if diff := cmp.Diff(want, got, ignored, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("done over again (-want +got):\n%s", diff)
	}
	again, err := readAll(bytes.NewReader(file))
	if err != nil || !again[0].Document().Same(all[0].Document()) {
		t.Errorf("the same file gave another interview, %v", err)
	}
}

// The least that another program has to write.
func TestReadTheLeast(t *testing.T) {
	const file = `{"customer":"Mill","started_at":"2026-11-05T14:00:00Z","lines":[{"kind":"quote","text":"It is the dust","at":"2026-11-05T14:01:00Z","speaker":"Lou"}]}`
	all, err := readAll(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	iv := all[0]
	if iv.ID.IsZero() || len(iv.Lines) != 1 || iv.Name(iv.Lines[0].Speaker) != "Lou" {
		t.Errorf("read as %+v", iv)
	}
	again, err := readAll(strings.NewReader(strings.ReplaceAll(file, ",", ", ")))
	if err != nil || again[0].ID != iv.ID {
		t.Errorf("with other blanks it has another ID, %v", err)
	}
}

// What shows a problem may be said with the line, with the problem, or with both.
func TestReadEvidence(t *testing.T) {
	const file = `{"customer":"Mill","started_at":"2026-11-05T14:00:00Z",
		"lines":[{"number":1,"kind":"quote","text":"Dust"LINE},{"number":2,"kind":"observation","text":"White all over"LINE}],
		"problems":[{"number":1,"statement":"Dust"EVIDENCE}]}`
	for _, c := range []struct{ name, line, evidence string }{
		{"with the lines", `,"problem":1`, ""},
		{"with the problem", "", `,"evidence":[1,2]`},
		{"with both", `,"problem":1`, `,"evidence":[1,2]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, err := readAll(strings.NewReader(strings.NewReplacer("LINE", c.line, "EVIDENCE", c.evidence).Replace(file)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]int{1, 2}, all[0].Problems[0].Evidence); diff != "" || len(all[0].Lines) != 2 {
				t.Errorf("%d lines; evidence (-want +got):\n%s", len(all[0].Lines), diff)
			}
		})
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

// Every file that will not do is answered with the line and a sentence.
func TestReadRefuses(t *testing.T) {
	good := string(whole(t, rich(t).iv))
	simple := `{"customer":"Mill","started_at":"2026-11-05T14:00:00Z"`
	heard := simple + `,"problems":[{"number":1,"statement":"Dust","status":"heard"}]`
	change := func(old, now string) io.Reader {
		if !strings.Contains(good, old) {
			t.Fatalf("nothing to change: %q", old)
		}
		return strings.NewReader(strings.Replace(good, old, now, 1))
	}
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
		{"cut off between two", strings.NewReader("[" + simple + "},\n"), "line 2: it breaks off; the file is not whole"},
		{"something behind", strings.NewReader(simple + "}\n}"), "line 2: there is something behind the end"},
		{"no comma", strings.NewReader("[" + simple + "}" + simple + "}]"), "a comma or the end is missing between two interviews"},
		{"bad JSON", strings.NewReader(`{"customer":` + "\n" + `nil}`), "line 2: this is not JSON: invalid character 'i' in literal null (expecting 'u')"},
		{"a number for a name", strings.NewReader(`{"customer":` + "\n" + `7}`), `line 2: "customer" cannot be a number`},
		{"a large number", strings.NewReader(simple + `,"line_count":1e99}`), `line 1: "line_count" cannot be a number 1e99`},
		{"not UTF-8", strings.NewReader("{\"customer\":\n\"M\xffll\"}"), "line 2: this is not readable as UTF-8 text; save the file as UTF-8 and try again"},
		{"an unknown field", strings.NewReader(simple + `,"colour":"red"}`), `line 1: json: unknown field "colour"`},
		{"deep nesting", io.MultiReader(strings.NewReader("{"), endless('[')), "line 1: it is nested more than 32 deep, and no interview is"},
		{"without end", io.MultiReader(strings.NewReader(`{"customer":"`), endless('x')), "line 1: this interview takes more than 64 MB, and no interview does"},
		{"no customer", strings.NewReader(`{"started_at":"2026-11-05T14:00:00Z"}`), "line 1: The customer needs a name"},
		{"no time", strings.NewReader(`{"customer":"Mill"}`), `line 1: an interview needs a customer and a time, "customer" and "started_at"`},
		{"a line twice", strings.NewReader(simple + `,"lines":[{"number":1,"kind":"quote","text":"a"},{"number":1,"kind":"quote","text":"b"}]}`), "line 1: line 1 is in it twice"},
		{"a problem that is not there", strings.NewReader(simple + `,"lines":[{"number":1,"kind":"quote","text":"a","problem":7}]}`), "line 1: line 1 speaks of problem 7, which is not there"},
		{"evidence that is not there", strings.NewReader(simple + `,"lines":[{"number":1,"kind":"quote","text":"a"}],"problems":[{"number":2,"statement":"Dust","evidence":[1,7]}]}`),
			"line 1: problem 2 names line 7 as evidence, which is not there"},
		{"evidence of another problem", strings.NewReader(simple + `,"lines":[{"number":1,"kind":"quote","text":"a","problem":1}],"problems":[{"number":1,"statement":"Dust"},{"number":2,"statement":"Noise","evidence":[1]}]}`),
			"line 1: problem 2 names line 1 as evidence, which says that it shows problem 1"},
		{"a solution too early", strings.NewReader(heard + `,"solutions":[{"number":1,"problems":[1],"text":"A fan"}]}`), "solution 1: Too early for a solution; still missing: weigh problem 1"},
		{"advice too early", strings.NewReader(heard + `,"advice":[{"problem":1,"text":"A fan"}]}`), "advice: Too early for advice; still missing: "},
		{"a route too early", strings.NewReader(heard + `,"routes":[{"number":1,"problem":1,"department":"x"}]}`), "route 1: Problem 1 is not confirmed"},
		{"confirmed by nobody", strings.NewReader(strings.Replace(heard, "heard", "confirmed", 1) + "}"), "problem 1 is said to be confirmed, but nobody on their side said yes"},
		{"confirmed by us", strings.NewReader(simple + `,"people":[{"name":"Jo","side":"ours"}],"problems":[{"number":1,"statement":"Dust","playbacks":[{"said":"Dust","answer":"yes","by":"Jo"}]}]}`),
			"problem 1: Jo is on our side, and only the customer can answer a playback"},
		{"said something else", change(`"statement": "One weld`, `"statement": "Two weld`), `its "document" says something else than the rest of it`},
		{"a solution put beside the document", change(`"solutions": [`, `"solutions": [{"number": 9, "problems": [3], "text": "Better coffee"},`), "solution 9: Too early for a solution"},
		{"an item twice", forge(`"items": [`, `"items": [`+firstItem(t, good)+","), "is in it twice"},
		{"an item without ID", forge(firstID(t, good), ""), "An item has no ID"},
		{"another ID", forge(firstID(t, good), strings.Repeat("a", 26)), "line 1: "},
		{"a change that is not known", forge(`"by": "0000000000000001",
            "count": 1,`, `"by": "0000000000000001",
            "count": 99999999999999999,`), "It claims 99999999999999999 changes by one notebook"},
		{"an answer that there is not", forge(`"answer": "yes"`, `"answer": "maybe"`), "\"maybe\" is a word that hark does not know there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readAll(c.file)
			var in *export.FileError
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
	var it export.Item
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
		doc := export.Whole(m.iv, nil, true)
		for i, it := range doc.Document.Items {
			for n, v := range it.Versions {
				var body map[string]any
				if err := json.Unmarshal(v.Body, &body); err != nil {
					t.Fatal(err)
				}
				edit(v.Kind, body)
				b, err := json.Marshal(body)
				if err != nil {
					t.Fatal(err)
				}
				doc.Document.Items[i].Versions[n].Body = b
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

// A newer hark's file is refused as that, and not as damaged.
func TestReadOfANewerHark(t *testing.T) {
	good := string(whole(t, sparse2(t)))
	for _, file := range []string{
		strings.Replace(good, `"kind": "person"`, `"kind": "robot"`, 1),
		strings.Replace(good, `"side": "theirs",
              "at"`, `"side": "theirs", "mood": "fine", "at"`, 1),
	} {
		if file == good {
			t.Fatal("nothing was changed")
		}
		if _, err := readAll(strings.NewReader(file)); !errors.Is(err, interview.ErrNewer) {
			t.Errorf("got %v, want ErrNewer", err)
		}
	}
}

func sparse2(t testing.TB) *interview.Interview {
	t.Helper()
	m := begin(t, interview.Beginning{Customer: "Mill & Sons"})
	m.do(add(interview.Quote, "Lou", "We are fine as we are"))
	return m.iv
}

func FuzzImport(f *testing.F) {
	m := rich(f)
	f.Add(compact(f, whole(f, m.iv)))
	f.Add(plainJSON(f, m.iv))
	f.Add(compact(f, whole(f, sparse2(f))))
	f.Add([]byte(`[{"customer":"Mill","started_at":"2026-11-05T14:00:00Z"},{}]`))
	for _, seed := range []string{"", "[", "{}", "[{}]", "[]", `{"document":{"items":[],"seen":{}}}`, `{"id":"` + strings.Repeat("a", 26) + `","document":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		all, err := readAll(bytes.NewReader(file))
		var in *export.FileError
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
			checkPlain(t, string(export.Markdown(iv, export.Options{Thoughts: true})))
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
