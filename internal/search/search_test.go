package search_test

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/search"
)

// clock is when the next interview begins.
func clock() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }

// meeting is an interview in which actions are done.
type meeting struct {
	t  *testing.T
	iv *interview.Interview
	n  uint64 // of the last ID
}

func meet(t *testing.T, customer string, actions ...interview.Action) *meeting {
	t.Helper()
	m := &meeting{t: t}
	step, err := interview.Begin(document.DerivedID("meeting", customer), interview.Beginning{Customer: customer}, m.stamp())
	if err != nil {
		t.Fatal(err)
	}
	m.iv = step.After
	m.do(actions...)
	return m
}

func (m *meeting) stamp() interview.Stamp {
	return interview.Stamp{
		Now: clock(), Writer: document.Writer{Incarnation: 1, Author: "me"},
		NewID: func() (interview.ID, error) {
			m.n++
			var id interview.ID
			binary.BigEndian.PutUint64(id[:], m.n)
			return id, nil
		},
	}
}

func (m *meeting) do(actions ...interview.Action) {
	m.t.Helper()
	for _, a := range actions {
		step, err := interview.Apply(m.iv, a, m.stamp())
		if err != nil {
			m.t.Fatalf("%T%+v: %v", a, a, err)
		}
		m.iv = step.After
	}
}

func quote(text string) interview.Action { return interview.Add{Kind: interview.Quote, Text: text} }

// searchCase is a query and what it finds: number kind:matched text.
type searchCase struct {
	query string
	want  []string
}

// finds searches the records of meetings, and compares the words of each query with the records.
func finds(t *testing.T, all []searchCase, meetings ...*meeting) {
	t.Helper()
	for _, tc := range all {
		q, err := search.Parse(tc.query, clock())
		if err != nil {
			t.Fatal(err)
		}
		if q.Empty() != (strings.TrimSpace(tc.query) == "") {
			t.Errorf("%q is empty: %t", tc.query, q.Empty())
		}
		var got []string
		for _, m := range meetings {
			record := search.Record(m.iv)
			hits, err := q.Hits(m.iv.ID, record, time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range q.Words() {
				if len(hits) > 0 && !strings.Contains(string(search.Folded(record)), w) {
					t.Errorf("%s finds something where %q is not in the text", tc.query, w)
				}
			}
			for _, h := range hits {
				var parts []string
				for _, m := range h.Matches {
					parts = append(parts, h.Text[m[0]:m[1]])
				}
				got = append(got, h.Number.String()+" "+h.Kind+":"+strings.Join(parts, "|"))
				if h.Interview != m.iv.ID || h.Customer != m.iv.Customer || !h.At.Equal(clock()) {
					t.Errorf("search %s: %+v", tc.query, h)
				}
			}
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("search %s (-want +got):\n%s", tc.query, diff)
		}
	}
}

func TestSearch(t *testing.T) {
	m := meet(t, "Café Müller",
		quote("We rework about one weld in five"),
		interview.Raise{Text: "Das Café ist ÜBERFÜLLT", Quoted: true},
		interview.Reword{Problem: 1, Text: "Der Laden ist überfüllt"},
		interview.Promises{Text: "send the price list"},
		interview.Add{Kind: interview.Thought, Text: "weld it better\nand twice"},
	)
	finds(t, []searchCase{
		{"weld", []string{"1 quote:weld", "4 thought:weld"}},
		{"WELD rew", []string{"1 quote:rew|weld"}},
		{"five weld", []string{"1 quote:weld|five"}},
		{`"one weld"`, []string{"1 quote:one weld"}},
		{`"weld one"`, nil},
		{"eld", nil},
		{"cafe", []string{"2 quote:Café"}},
		{"uberfullt", []string{"1 problem:überfüllt", "2 quote:ÜBERFÜLLT"}},
		{"price", []string{"3 promise:price"}},
		{`"better and"`, []string{"4 thought:better\nand"}},
		{"weld price", nil},
	}, m)
	if q, err := search.Parse(" ", clock()); err != nil || !q.Empty() {
		t.Errorf("nothing is looked for as %+v, %v", q, err)
	}
	m.do(interview.Discard{})
	finds(t, []searchCase{{"weld", nil}}, m)
}

func TestSearchFilters(t *testing.T) {
	often, costs := "every friday", "half a day"
	one := meet(t, "Harbour Welding",
		quote("We rework about one weld in five"),
		interview.Raise{Text: "One weld is done twice", Quoted: true, Themes: []string{"rework"}},
		interview.Weigh{Problem: 1, HowOften: &often, Costs: &costs},
		interview.Raise{Text: "Nobody knows which job is next", Quoted: true},
		interview.SetAside{Problem: 2, Reason: "later"},
		interview.Add{Kind: interview.Thought, Text: "weld it better", Themes: []string{"idea"}},
		interview.SetOutcome{Outcome: interview.NoFit},
		interview.End{},
	)
	two := meet(t, "Clínica Sol", quote("A weld on the trolley broke"), quote("zero\x00and nothing\nmore"))
	finds(t, []searchCase{
		{"weld kind:thought", []string{"4 thought:weld"}},
		{"weld kind:th,prob customer:harbour", []string{"1 problem:weld", "4 thought:weld"}},
		{"#rework", []string{"1 problem:", "1 impact:", "1 impact:", "2 quote:"}},
		{"#rework weld", []string{"2 quote:weld"}},
		{"#idea", []string{"4 thought:"}},
		{"friday", []string{"1 impact:friday"}},
		{"status:aside", []string{"2 problem:", "3 quote:"}},
		{"status:weighed kind:problem", []string{"1 problem:"}},
		{"weld customer:clinica", []string{"1 quote:weld"}},
		{`weld customer:"harbour weld" kind:quote`, []string{"1 quote:weld", "2 quote:weld"}},
		{"weld status:open", []string{"1 quote:weld"}},
		{"weld status:no-fit kind:thought", []string{"4 thought:weld"}},
		{"weld after:2999", nil},
		{"weld before:2000-01", nil},
		{"weld kind:thought after:2000-1-1 before:2999", []string{"4 thought:weld"}},
		{"12:30", nil},
		{"nothing", []string{"2 quote:nothing"}},
	}, two, one)
	for query, want := range map[string]string{
		"kind:quotes":   "After kind: comes quote, paraphrase,",
		"kind:p":        "After kind: comes paraphrase, problem or promise",
		"status:happy":  "After status: comes heard,",
		"after:someday": "After after: comes a day like 20",
	} {
		_, err := search.Parse(query, clock())
		var bad *search.QueryError
		if !errors.As(err, &bad) || !strings.HasPrefix(bad.Message, want) {
			t.Errorf("search %s: %v, want %q", query, err, want)
		}
	}
}

// A record that cannot be read is told of, whatever is missing of it.
func TestDamagedRecords(t *testing.T) {
	record := search.Record(meet(t, "Harbour Welding", quote("The whole Friday batch"), interview.Raise{Text: "It breaks", Quoted: true}).iv)
	q, err := search.Parse("friday", clock())
	if err != nil {
		t.Fatal(err)
	}
	whole, err := q.Hits(interview.ID{}, record, time.UTC)
	if err != nil || len(whole) != 1 {
		t.Fatalf("%+v, %v", whole, err)
	}
	cut := slices.Index(record, 0)
	if !slices.Equal(search.Folded(record), record[:cut]) {
		t.Error("the folded text is not what stands before the zero byte")
	}
	for n := cut; n < len(record); n++ {
		if hits, err := q.Hits(interview.ID{}, record[:n], time.UTC); !errors.Is(err, search.ErrRecord) {
			t.Errorf("%d of %d bytes: %+v, %v", n, len(record), hits, err)
		}
	}
	newer := slices.Clone(record)
	newer[cut+1]++
	if _, err := q.Hits(interview.ID{}, newer, time.UTC); !errors.Is(err, search.ErrRecord) {
		t.Errorf("another format: %v", err)
	}
}
