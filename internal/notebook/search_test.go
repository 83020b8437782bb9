package notebook_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
	"hark/internal/notebook"
)

// search is a query and what it finds: number kind:matched text.
type search struct {
	query string
	want  []string
}

func (d *desk) finds(all []search) {
	d.t.Helper()
	for _, tc := range all {
		hits, err := d.book.Search(context.Background(), tc.query, 0)
		if err != nil {
			d.t.Fatal(err)
		}
		var got []string
		for _, h := range hits {
			var parts []string
			for _, m := range h.Matches {
				parts = append(parts, h.Text[m[0]:m[1]])
			}
			got = append(got, strconv.Itoa(h.Number)+" "+h.Kind+":"+strings.Join(parts, "|"))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			d.t.Errorf("search %s (-want +got):\n%s", tc.query, diff)
		}
	}
}

func TestSearch(t *testing.T) {
	d := newDesk(t)
	id := d.begin("Café Müller")
	d.do(
		id, quote("We rework about one weld in five"),
		interview.Raise{Text: "Das Café ist ÜBERFÜLLT"},
		interview.Reword{Problem: 1, Text: "Der Laden ist überfüllt"},
		interview.Promises{Text: "send the price list"},
		interview.Add{Kind: interview.Thought, Text: "weld it better\nand twice"},
	)
	d.finds([]search{
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
		{"", nil},
	})
	d.do(id, interview.Discard{})
	if hits, _ := d.book.Search(context.Background(), "weld", 0); len(hits) != 0 {
		t.Error("a deleted interview is found")
	}
}

func TestSearchFilters(t *testing.T) {
	d := newDesk(t)
	often, costs := "every friday", "half a day"
	one := d.begin("Harbour Welding")
	d.do(
		one, quote("We rework about one weld in five"),
		interview.Raise{Text: "One weld is done twice", Themes: []string{"rework"}},
		interview.Weigh{Problem: 1, HowOften: &often, Costs: &costs},
		interview.Raise{Text: "Nobody knows which job is next"},
		interview.SetAside{Problem: 2, Reason: "later"},
		interview.Add{Kind: interview.Thought, Text: "weld it better", Themes: []string{"idea"}},
		interview.SetOutcome{Outcome: interview.NoFit},
		interview.End{},
	)
	two := d.begin("Clínica Sol")
	d.do(two, quote("A weld on the trolley broke"), quote("zero\x00and nothing\nmore"))
	d.finds([]search{
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
	})
	for query, want := range map[string]string{
		"kind:quotes":   "After kind: comes quote, paraphrase,",
		"kind:p":        "After kind: comes paraphrase, problem or promise",
		"status:happy":  "After status: comes heard,",
		"after:someday": "After after: comes a day like 20",
	} {
		_, err := d.book.Search(context.Background(), query, 0)
		var bad *notebook.QueryError
		if !errors.As(err, &bad) || !strings.HasPrefix(bad.Message, want) {
			t.Errorf("search %s: %v, want %q", query, err, want)
		}
	}
}

func TestSearchStopsAtTheLimit(t *testing.T) {
	d := newDesk(t)
	for range 9 {
		d.do(d.begin("Harbour Welding"), quote("weld"), quote("weld"), interview.Add{Kind: interview.Observation, Text: "a weld, seen"})
	}
	for _, limit := range []int{1, 2, 3, 7, 27, 100} {
		hits, err := d.book.Search(context.Background(), "weld", limit)
		if err != nil || len(hits) != min(limit, 27) {
			t.Errorf("limit %d: %d hits, %v", limit, len(hits), err)
		}
		hits, err = d.book.Search(context.Background(), "weld kind:observation", limit)
		if err != nil || len(hits) != min(limit, 9) {
			t.Errorf("limit %d of one kind: %d hits, %v", limit, len(hits), err)
		}
	}
}
