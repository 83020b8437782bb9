package export_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hark/internal/export"
	"hark/internal/interview"
	"hark/internal/plain"
)

// What is written can be read back, and says the same.
func TestJSONReadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		iv := filled(reporter{t, rt}, rapid.String().Draw(rt, "text"))
		if iv == nil {
			return
		}
		doc := export.JSON(iv)
		b, err := plain.JSON(doc)
		if err != nil {
			rt.Fatal(err)
		}
		checkPlain(reporter{t, rt}, string(b))
		dec := json.NewDecoder(bytes.NewReader(b))
		dec.DisallowUnknownFields()
		var back export.Interview
		if err := dec.Decode(&back); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(doc, back); diff != "" {
			rt.Errorf("(-written +read back):\n%s", diff)
		}
	})
}

// All that the domain knows of an interview is in the document: whatever field
// is changed, in one of the places where it stands, the document changes too.
func TestJSONHoldsEverything(t *testing.T) {
	iv := rich(t).iv
	base := encoded(t, export.JSON(iv))
	traced := map[string]bool{}
	walk(reflect.ValueOf(iv).Elem(), "", func(path string, v reflect.Value) {
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		change(v)
		traced[path] = traced[path] || !bytes.Equal(encoded(t, export.JSON(iv)), base)
		v.Set(old)
	})
	if !bytes.Equal(encoded(t, export.JSON(iv)), base) {
		t.Fatal("the test did not put everything back")
	}
	for path, is := range traced {
		// The checklist follows from the problems.
		if !is && !strings.HasPrefix(path, "Gate.Checks") {
			t.Errorf("%s can change without a trace in the document", path)
		}
	}
	if len(traced) < 80 {
		t.Errorf("only %d fields were tried", len(traced))
	}
}

func encoded(t *testing.T, doc export.Interview) []byte {
	t.Helper()
	b, err := plain.JSON(doc)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// walk visits the exported fields of v that hold a value of their own, with the
// path of names that leads there, and the lists.
func walk(v reflect.Value, path string, visit func(string, reflect.Value)) {
	switch v.Interface().(type) {
	case time.Time, interview.ID, interview.Date:
		visit(path, v)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				walk(v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."), visit)
			}
		}
	case reflect.Slice:
		visit(path, v)
		for i := range v.Len() {
			walk(v.Index(i), path, visit)
		}
	default:
		visit(path, v)
	}
}

// change gives v another value.
func change(v reflect.Value) {
	switch old := v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(old.Add(time.Hour)))
		return
	case interview.ID:
		old[0]++
		v.Set(reflect.ValueOf(old))
		return
	case interview.Date:
		v.Set(reflect.ValueOf(interview.Date{Year: 2031, Month: time.May, Day: 1}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + int64(time.Second))
	case reflect.Slice:
		one := reflect.New(v.Type().Elem()).Elem()
		if one.Kind() == reflect.String {
			one.SetString("x")
		}
		v.Set(reflect.Append(v.Slice3(0, v.Len(), v.Len()), one))
	default:
		panic("a field of the kind " + v.Kind().String())
	}
}

// A list knows less than the document, and nothing else.
func TestListedSaysTheSame(t *testing.T) {
	m := rich(t)
	doc, listed := export.JSON(m.iv), export.Listed(m.iv.Summarise())
	// What a summary does not hold.
	doc.Playbook = export.Playbook{Name: doc.Playbook.Name}
	doc.Debrief, doc.Gate = nil, export.Gate{Open: doc.Gate.Open}
	doc.Position, doc.Asked, doc.Lines, doc.LeftOut = 0, nil, nil, nil
	doc.Respect, doc.Advice = nil, nil
	doc.People = slices.DeleteFunc(doc.People, func(p export.Person) bool { return p.Absent })
	for i := range doc.Problems {
		p := &doc.Problems[i]
		p.FirstHeard, p.Playbacks, p.Evidence, p.Wordings, p.OtherWordings = "", nil, nil, nil, nil
	}
	for i := range doc.Solutions {
		s := &doc.Solutions[i]
		s.Ours, s.Theirs, s.Reaction, s.OtherWordings, s.RestsOn = "", "", "", nil, nil
	}
	for i := range doc.Promises {
		p := &doc.Promises[i]
		p.Speaker, p.FirstWording, p.OtherWordings = "", "", nil
	}
	own := cmp.Options{ // IDs of items, and the times of some
		cmpopts.IgnoreFields(export.Person{}, "ID"), cmpopts.IgnoreFields(export.Problem{}, "ID", "At"),
		cmpopts.IgnoreFields(export.Promise{}, "ID"), cmpopts.IgnoreFields(export.Route{}, "ID"),
		cmpopts.IgnoreFields(export.Solution{}, "ID", "At"),
	}
	if diff := cmp.Diff(doc, listed, own); diff != "" {
		t.Errorf("(-document +list):\n%s", diff)
	}
	if b := string(encoded(t, listed)); strings.Contains(b, `"lines"`) {
		t.Errorf("a list has lines:\n%s", b)
	}
}

// Arrays that are always there are never null.
func TestJSONHasNoNull(t *testing.T) {
	empty := begin(t, interview.Beginning{Customer: "Mill"}).iv
	hit, err := plain.JSON(export.NewHit(export.Hit{}))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"empty interview": encoded(t, export.JSON(empty)),
		"in a list":       encoded(t, export.Listed(empty.Summarise())),
		"full interview":  encoded(t, export.JSON(rich(t).iv)),
		"hit":             hit,
	} {
		if bytes.Contains(b, []byte("null")) {
			t.Errorf("%s has a null:\n%s", name, b)
		}
	}
	for _, array := range []string{"people", "lines", "problems", "solutions", "respect", "advice", "promises", "routes", "asked"} {
		if !bytes.Contains(encoded(t, export.JSON(empty)), []byte(`"`+array+`": []`)) {
			t.Errorf("an empty interview has no array %q", array)
		}
	}
}

func TestJSONWithoutThoughts(t *testing.T) {
	m := rich(t)
	m.do(interview.Tie{Number: 6, Problem: 1})
	doc := export.JSON(m.iv)
	before := encoded(t, doc)
	got := doc.WithoutThoughts()
	for _, l := range got.Lines {
		if l.Kind == interview.Thought {
			t.Errorf("thought %d is still there", l.Number)
		}
	}
	if got.LineCount != len(got.Lines) || len(got.Lines) != len(doc.Lines)-2 {
		t.Errorf("%d lines are left, and %d are said to be, of %d", len(got.Lines), got.LineCount, len(doc.Lines))
	}
	if diff := cmp.Diff([]int{2, 3, 4}, got.Problems[0].Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
	if !bytes.Equal(encoded(t, doc), before) {
		t.Error("the document itself was changed")
	}
}

func TestHit(t *testing.T) {
	at := time.Date(2026, time.November, 5, 16, 0, 0, 1_500_000, time.FixedZone("EAST", 2*60*60))
	b, err := plain.JSON([]export.Hit{export.NewHit(export.Hit{
		Interview: rich(t).iv.ID, Customer: "Mill\u202e", At: at, Number: 3, Kind: "quote", Text: "dust", Matches: [][2]int{{0, 4}},
	})})
	if err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "interview": "t2plkmpuxfnlwqej3kjut2n76u",
    "customer": "Mill\u202e",
    "at": "2026-11-05T14:00:00.001Z",
    "number": 3,
    "kind": "quote",
    "text": "dust",
    "matches": [
      [
        0,
        4
      ]
    ]
  }
]
`
	if diff := cmp.Diff(want, string(b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
