package demo

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"hark/internal/interview"
)

const manyMade = 150

// madeUp adds made-up interviews to a new notebook and returns them.
func madeUp(t testing.TB, sizes ...int) []*interview.Interview {
	t.Helper()
	book := newBook(t)
	for _, size := range sizes {
		added, err := Add(context.Background(), book, Made{Size: size, Seed: 7, Now: days()[0]})
		if err != nil || added != size {
			t.Fatalf("%d were added, and %v; want %d", added, err, size)
		}
	}
	return all(t, book)
}

func TestAddFollowsFromTheSeed(t *testing.T) {
	first := madeUp(t, 12)
	if diff := same(first, madeUp(t, 12)); diff != "" {
		t.Errorf("the same seed gives something else:\n%s", diff)
	}
	if diff := same(first, madeUp(t, 5, 7)); diff != "" {
		t.Errorf("adding in two goes gives something else:\n%s", diff)
	}
	other := newBook(t)
	if _, err := Add(context.Background(), other, Made{Size: 12, Seed: 8, Now: days()[0]}); err != nil {
		t.Fatal(err)
	}
	for i, iv := range all(t, other) {
		if iv.ID == first[i].ID {
			t.Errorf("interview %s has the same ID with another seed", iv.ID)
		}
	}
}

func TestAddInBatches(t *testing.T) {
	var steps []int
	book := newBook(t)
	_, err := Add(context.Background(), book, Made{
		Size: 2*batch + 1, Seed: 1, Now: days()[0], Progress: func(done int) { steps = append(steps, done) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{batch, 2 * batch, 2*batch + 1}, steps); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

// Who stops it keeps what was done until then.
func TestAddStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	book := newBook(t)
	added, err := Add(ctx, book, Made{
		Size: 10 * batch, Seed: 1, Now: days()[0], Progress: func(int) { stop() },
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that it was stopped", err)
	}
	// What was made while the word to stop was on its way may still be kept.
	if n := len(all(t, book)); n != added || n < batch || n == 10*batch {
		t.Errorf("%d interviews are there, %d were said to be added", n, added)
	}
}

// Made-up interviews are as varied as real ones: everything occurs, though not in each of them, in
// texts of about 4 KB.
func TestMadeIsVaried(t *testing.T) {
	ivs := madeUp(t, manyMade)
	now := days()[0]
	seen, customers, size := map[string]int{}, map[string]int{}, 0
	for _, iv := range ivs {
		customers[iv.Customer]++
		for _, what := range shown(iv) {
			seen[what]++
		}
		for _, l := range iv.Lines {
			size += len(l.Text)
			if l.At.After(now) {
				t.Errorf("%s: line %s is of %s, which is in the future", iv.ID, l.Number, l.At)
			}
			if strings.ContainsAny(l.Text, "{}") {
				t.Errorf("%s: a slot was left in %q", iv.ID, l.Text)
			}
		}
	}
	if mean := size / len(ivs); mean < 3500 || mean > 5500 {
		t.Errorf("an interview has %d bytes of text on average, want about 4,000", mean)
	}
	if n := len(customers); n < manyMade/3 || n > manyMade*2/3 {
		t.Errorf("%d interviews are with %d customers, want about half as many", manyMade, n)
	}
	for _, what := range []string{
		"line thought", "line follow-up", "recalled", "recalled after",
		"too early", "consent name", "consent role", "consent none", "consent ", "consent no", "status set-aside", "status confirmed",
		"raised unprompted", "reworded", "evidence", "answer no", "answer nearly", "solution agreed", "solution declined", "solution ",
		"held", "respect", "advice", "adviser true", "adviser false", "promise ours", "promise theirs", "done", "told", "answered",
		"answer told", "answer not told", "told earlier", "typed as a quote", "in our words", "left out", "left out, quoted", "nothing left out", "gate shut", "outcome worked-out", "outcome no-fit",
		"outcome more-to-learn", "route engineering", "route leadership", "theme rework", "theme handover", "theme stock",
	} {
		if n := seen[what]; n == 0 || n == manyMade { // all of it, and nowhere all
			t.Errorf("%q is to be seen in %d of %d interviews", what, n, manyMade)
		}
	}
}

// Words occur as they do in life: some in nearly every interview, and very many in hardly any.
func TestMadeWords(t *testing.T) {
	in := map[string]int{} // how many interviews have the word
	ivs := madeUp(t, manyMade)
	for _, iv := range ivs {
		words := map[string]bool{}
		for _, l := range iv.Lines {
			for _, w := range strings.FieldsFunc(strings.ToLower(l.Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				words[w] = true
			}
		}
		for w := range words {
			in[w]++
		}
	}
	var common, rare, accents int
	for w, n := range in {
		switch {
		case n > manyMade/2:
			common++
		case n <= manyMade/50:
			rare++
		}
		if strings.ContainsAny(w, "åäæéíñöøúüčłřşžẽễđ") {
			accents++
		}
	}
	if common < 50 || rare < 1500 || accents < 50 {
		t.Errorf("of %d words %d are in most interviews, %d in one of fifty at most, %d have accents", len(in), common, rare, accents)
	}
}

func TestPlural(t *testing.T) {
	for one, want := range map[string]string{
		"weld": "welds", "delivery": "deliveries", "key": "keys", "tray": "trays", "sash": "sashes", "box": "boxes",
		"glass": "glasses", "pallet of tube": "pallets of tube", "switch": "switches",
	} {
		if got := plural(one); got != want {
			t.Errorf("several of %q are %q, want %q", one, got, want)
		}
	}
}

// What is made up on the way to a sentence has no slot that nothing fills.
func TestEverySlotIsFilled(t *testing.T) {
	lex, err := readLexicon()
	if err != nil {
		t.Fatal(err)
	}
	if len(lex.trades) < 10 {
		t.Fatalf("there are %d trades", len(lex.trades))
	}
	for _, trade := range lex.trades {
		if len(trade["kinds"]) < 5 || len(trade["things"]) < 100 || len(trade["places"]) < 5 || len(trade["roles"]) < 10 || len(trade["acts"]) < 5 {
			t.Errorf("%v has too few words", trade["kinds"])
		}
		v := voice{lex: lex, trade: trade, dice: diceFor(1, "test", 1)}
		for kind, lines := range lex.lines {
			for _, line := range lines {
				line = strings.ReplaceAll(line, "{problem}", "x")
				if text := v.fill(line); strings.ContainsAny(text, "{}") || strings.Contains(text, "  ") {
					t.Errorf("%s: %q comes out as %q", kind, line, text)
				}
			}
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	for b.Loop() {
		if _, err := Add(context.Background(), newBook(b), Made{Size: 100, Seed: 1, Now: time.Unix(1_800_000_000, 0)}); err != nil {
			b.Fatal(err)
		}
	}
}
