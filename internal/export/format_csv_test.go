package export_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/export"
	"hark/internal/interview"
)

// table reads a CSV file as a spreadsheet does: by column.
func table(t testing.TB, name export.Table, ivs ...*interview.Interview) []map[string]string {
	t.Helper()
	file := export.CSVHead(name)
	for _, iv := range ivs {
		file = append(file, export.CSV(iv, name, export.Options{Location: time.FixedZone("X", 3600)})...)
	}
	if bytes.Count(file, []byte("\r\n")) < 1 || bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")) {
		t.Error("no CRLF, or a byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, file)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		fields := map[string]string{}
		for i, column := range rows[0] {
			fields[column] = row[i]
		}
		all = append(all, fields)
	}
	return all
}

func TestCSV(t *testing.T) {
	m := rich(t)
	iv := m.consenting(interview.QuoteByRole)
	lines := table(t, export.TableLines, iv)
	if len(lines) != 9 {
		t.Errorf("%d lines", len(lines))
	}
	want := map[string]string{
		"interview": m.iv.ID.String(), "customer": "Harbour Welding", "date": "2026-11-05", "number": "3", "time": "2026-11-05 15:08",
		"kind": "paraphrase", "text": "Scrap goes in the skip,\nand nobody counts it", "speaker": "customer", "stage": "The problem",
		"question": "What is getting in your way?", "problem": "1", "themes": "scrap", "recalled": "no", "first_wording": "", "concurrent": "",
	}
	if diff := cmp.Diff(want, lines[2]); diff != "" {
		t.Errorf("a line (-want +got):\n%s", diff)
	}
	problems := table(t, export.TableProblems, iv)
	want = map[string]string{
		"interview": m.iv.ID.String(), "customer": "Harbour Welding", "date": "2026-11-05", "number": "1",
		"statement": "One weld in five is done twice", "quoted": "yes", "said_by": "foreman", "status": "confirmed", "reason": "",
		"raised": "asked", "themes": "rework", "how_often": "every week", "how_bad": "4", "costs": "about 30 hours", "bears": "the night shift",
		"tried": "a second inspector", "wants": "to see it before it cools", "confirmed": "2026-11-05 15:25",
		"first_heard": "We rework about one weld in five", "evidence": "2; 3; 4", "concurrent": "",
	}
	if diff := cmp.Diff(want, problems[0]); diff != "" || len(problems) != 4 {
		t.Errorf("%d problems, the first (-want +got):\n%s", len(problems), diff)
	}
	promises := table(t, export.TablePromises, iv)
	if len(promises) != 4 || promises[1]["owner"] != "Jo" || promises[1]["done"] != "2026-11-05" || promises[3]["side"] != "theirs" {
		t.Errorf("promises: %v", promises)
	}
}

// A field that a spreadsheet could take for a formula is none, in any column.
func TestCSVHasNoFormulas(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "=HYPERLINK(\"http://a.example\")", "a,\"b\"\r\nc"} {
		iv := filled(t, text)
		for _, name := range export.Tables() {
			for _, row := range table(t, name, iv) {
				for column, field := range row {
					if first := strings.TrimLeft(field, " \t\r\n"); first != "" && strings.ContainsRune("=+-@＝", []rune(first)[0]) {
						t.Errorf("%s, %s: %q", name, column, field)
					}
				}
			}
		}
		said := table(t, export.TableLines, iv)
		if !slices.ContainsFunc(said, func(r map[string]string) bool {
			return strings.Trim(r["text"], "' ") == strings.Trim(shown(text), " ") || text[0] == '\t'
		}) {
			t.Errorf("%q is not there as it was said: %v", text, said)
		}
	}
}

// HubSpot takes a note's time in milliseconds and its body as HTML of at most
// 65,536 characters.
func TestNotes(t *testing.T) {
	m := rich(t)
	notes := table(t, export.TableNotes, m.iv)
	if len(notes) != 1 || notes[0]["Company name"] != "Harbour Welding" || notes[0]["Interview"] != m.iv.ID.String() {
		t.Fatalf("notes: %v", notes)
	}
	if ms, err := strconv.ParseInt(notes[0]["Activity date"], 10, 64); err != nil || ms != m.iv.StartedAt.UnixMilli() {
		t.Errorf("activity date %q", notes[0]["Activity date"])
	}
	if body := notes[0]["Note body"]; !strings.Contains(body, "One weld in five is done twice") || strings.Contains(body, "weld camera") {
		t.Errorf("note:\n%s", body)
	}
	long := begin(t, interview.Beginning{Customer: "Mill"})
	for range 3 {
		long.do(interview.Raise{Text: strings.Repeat("dust <everywhere> ", 3000), Quoted: true, Speaker: "Lou"})
	}
	body := table(t, export.TableNotes, long.iv)[0]["Note body"]
	if n := len([]rune(body)); n > 65_536 || !strings.Contains(body, "The rest is too long for a note.") {
		t.Errorf("a note of %d characters: %.100s", n, body)
	}
}
