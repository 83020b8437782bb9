package interchange_test

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

	"hark/internal/interchange"
	"hark/internal/interview"
	"hark/internal/plain"
)

func TestGolden(t *testing.T) {
	m := rich(t)
	for file, doc := range map[string]interchange.Interview{
		"show.json":        interchange.Shown(m.iv),
		"show-sparse.json": interchange.Shown(sparse(t)),
		"list.json":        interchange.Listed(m.iv.Summarise()),
		"rich.json":        interchange.Exported(m.iv, nil, true),
	} {
		sameAsGolden(t, file, encoded(t, doc))
	}
}

// What is written can be decoded again and is the same, whatever stands in any field.
func TestJSONReadsBack(t *testing.T) {
	iv := rich(t).iv
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.String().Draw(rt, "text")
		walk(reflect.ValueOf(iv).Elem(), "", func(_ string, v reflect.Value) {
			if v.Kind() == reflect.String {
				v.SetString(text)
			}
		})
		doc := interchange.Shown(iv)
		b, err := plain.JSON(doc)
		if err != nil {
			rt.Fatal(err)
		}
		checkPlain(rt, string(b))
		dec := json.NewDecoder(bytes.NewReader(b))
		dec.DisallowUnknownFields()
		var back interchange.Interview
		if err := dec.Decode(&back); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(doc, back); diff != "" {
			rt.Errorf("(-written +read back):\n%s", diff)
		}
	})
}

// A debrief is listed under the time of the meeting, where that is known.
func TestDebriefHasTheTimeOfTheMeeting(t *testing.T) {
	over := time.Date(2026, 3, 2, 16, 30, 0, 0, time.UTC)
	iv := begin(t, interview.Beginning{Customer: "Mill", Debrief: true, MetUntil: over}).iv
	shown, listed := interchange.Shown(iv), interchange.Listed(iv.Summarise())
	if !shown.MetUntil.Equal(over) || !shown.StartedAt.Equal(over) || !listed.StartedAt.Equal(over) {
		t.Errorf("met_until %v, started_at %v and in a list %v, want %v", shown.MetUntil, shown.StartedAt, listed.StartedAt, over)
	}
}

// All that the domain knows of an interview is in the document: whatever field
// is changed, in one of the places where it stands, the document changes too.
func TestJSONHoldsEverything(t *testing.T) {
	m := rich(t)
	m.do(interview.Promises{Text: "Call by firday", Doubt: interview.DayDoubt{Words: "by firday", Readings: []interview.Date{{Year: 2026, Month: time.November, Day: 6}}}},
		interview.Promises{Text: "sie schicken die Liste", Whose: interview.SideDoubt{Words: "sie", Reading: interview.Theirs}},
		interview.Introduce{Name: "Hy", Doubt: interview.SideDoubt{Words: "ourz", Reading: interview.Ours}})
	route, open := m.iv.Routes[0].Number, m.iv.Promises[len(m.iv.Promises)-1].Number
	m.do(interview.AnswerRoute{Number: route, Text: "not yet"}, interview.Told{Number: route}, interview.AnswerRoute{Number: route, Text: "now"},
		interview.Told{Number: open})
	iv := m.iv
	base := encoded(t, interchange.Shown(iv))
	traced := map[string]bool{}
	walk(reflect.ValueOf(iv).Elem(), "", func(path string, v reflect.Value) {
		old := reflect.New(v.Type()).Elem()
		old.Set(v)
		change(v)
		traced[path] = traced[path] || !bytes.Equal(encoded(t, interchange.Shown(iv)), base)
		v.Set(old)
	})
	if !bytes.Equal(encoded(t, interchange.Shown(iv)), base) {
		t.Fatal("the test did not put everything back")
	}
	for path, is := range traced {
		// The checklist follows from the problems, and whose an answer is from the people. What a
		// wording was typed as is folded into the fields Quoted before it is changed here.
		follows := strings.HasPrefix(path, "Gate.Checks") || path == "Problems.Playbacks.NotTheirs" || path == "Problems.Wordings.Kind" ||
			path == "Lines.Ties" // which are in Concurrent
		if !is && !follows {
			t.Errorf("%s can change without a trace in the document", path)
		}
	}
	if len(traced) < 80 {
		t.Errorf("only %d fields were tried", len(traced))
	}
}

func encoded(t *testing.T, doc interchange.Interview) []byte {
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
	doc, listed := interchange.Shown(m.iv), interchange.Listed(m.iv.Summarise())
	// What a summary does not hold.
	doc.Playbook = interchange.Playbook{Name: doc.Playbook.Name}
	doc.Debrief, doc.Gate = nil, interchange.Gate{Open: doc.Gate.Open}
	doc.Position, doc.Asked, doc.Lines, doc.LeftOut = 0, nil, nil, nil
	doc.Respect, doc.Advice = nil, nil
	doc.People = slices.DeleteFunc(doc.People, func(p interchange.Person) bool { return p.Absent })
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
		p.Speaker, p.FirstWording, p.OtherWordings, p.ToldEarlier = "", "", nil, nil
	}
	own := cmp.Options{ // IDs of items, and the times of some
		cmpopts.IgnoreFields(interchange.Person{}, "ID"), cmpopts.IgnoreFields(interchange.Problem{}, "ID", "At"),
		cmpopts.IgnoreFields(interchange.Promise{}, "ID"), cmpopts.IgnoreFields(interchange.Route{}, "ID"),
		cmpopts.IgnoreFields(interchange.Solution{}, "ID", "At"),
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
	hit, err := plain.JSON(interchange.NewHit(interchange.Hit{}))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"empty interview": encoded(t, interchange.Shown(empty)),
		"in a list":       encoded(t, interchange.Listed(empty.Summarise())),
		"full interview":  encoded(t, interchange.Shown(rich(t).iv)),
		"hit":             hit,
	} {
		if bytes.Contains(b, []byte("null")) {
			t.Errorf("%s has a null:\n%s", name, b)
		}
	}
	for _, array := range []string{"people", "lines", "problems", "solutions", "respect", "advice", "promises", "routes", "asked"} {
		if !bytes.Contains(encoded(t, interchange.Shown(empty)), []byte(`"`+array+`": []`)) {
			t.Errorf("an empty interview has no array %q", array)
		}
	}
}

func TestHit(t *testing.T) {
	at := time.Date(2026, time.November, 5, 16, 0, 0, 1_500_000, time.FixedZone("EAST", 2*60*60))
	b, err := plain.JSON([]interchange.Hit{interchange.NewHit(interchange.Hit{
		Interview: rich(t).iv.ID, Customer: "Mill\u202e", At: at, Numbered: interchange.NumberOf(3), Kind: "quote", Text: "dust", Matches: [][2]int{{0, 4}},
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
    "quoted": false,
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
