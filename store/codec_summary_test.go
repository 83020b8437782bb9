package store

import (
	"errors"
	"testing"
	"time"

	"hark/internal/interview"
	"hark/internal/storage"
)

// oldSummary is a summary in format 1, byte for byte as it was written then.
const oldSummary = "\x01\x02ux\xd0-S\xd9\xc3\x1d\xb3N\x88\xa2\x80\x03\xcaT\x04Acme\fListen first\x90䟚\r\x00\xa08\xb0\x9c\xa0\x9a\r\x00\xa08" +
	"\nworked-out\x03yes\x04role\x06" +
	"\x01\x01\x02\tIt breaks\tconfirmed\nunprompted\b\x05daily\x01\x05scrap" +
	"\x01\b\x04Call\x03Ben\x04ours\xd4\x1f\x06\x10\x90䟚\r\x00\xa08\xffۏ\xf9\xce\x03\x00\x00" +
	"\x01\n\x02\vengineering\x03Ben\x00\x00\x00\x04soon\x90䟚\r\x00\xa08\xffۏ\xf9\xce\x03\x00\x00" +
	"\x01\x03\x03Ana\aforeman\x06theirs"

func oldSummaryMeans() interview.Summary {
	at := time.Date(2026, 3, 1, 9, 30, 0, 0, time.FixedZone("", 3600))
	return interview.Summary{
		ID: interviewID(1), Customer: "Acme", Playbook: "Listen first", StartedAt: at, EndedAt: at.Add(time.Hour),
		Outcome: interview.WorkedOut, Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole, Lines: 3, GateOpen: true,
		Problems: []interview.ProblemSummary{{
			Number: 1, Statement: "It breaks", Status: interview.Confirmed, Raised: interview.Unprompted, Themes: []string{"scrap"},
			HowBad: 4, HowOften: "daily", Corrected: true,
		}},
		Promises: []interview.PromiseSummary{{
			Number: 4, Text: "Call", Owner: "Ben", Side: interview.Ours, Due: interview.Date{Year: 2026, Month: 3, Day: 8}, DoneAt: at,
		}},
		Routes: []interview.RouteSummary{{
			Number: 5, Problem: 1, Department: "engineering", Owner: "Ben", Answer: "soon", AnsweredAt: at,
		}},
		People: []interview.PersonSummary{{
			Name: "Ana", Role: "foreman", Side: interview.Theirs, Adviser: true, AskedToAdvise: true,
		}},
	}
}

// Summaries that an earlier hark wrote are read for what they hold.
func TestOldSummary(t *testing.T) {
	d := newDecoder("x")
	got, err := d.summary([]byte(oldSummary))
	if diff := compare(oldSummaryMeans(), got); err != nil || diff != "" {
		t.Fatalf("error %v (-want +got):\n%s", err, diff)
	}
	for n := range len(oldSummary) {
		if _, err := d.summary([]byte(oldSummary[:n])); !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("%d of %d bytes: error = %v, want ErrDamaged", n, len(oldSummary), err)
		}
	}
	if _, err := d.summary([]byte(oldSummary + "\x00")); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("with a byte behind it: error = %v, want ErrDamaged", err)
	}
}

// Most problems are quoted in the words of their statement, which are there once.
func TestQuoteInTheWordsOfTheStatement(t *testing.T) {
	const words = "One weld in five is done twice"
	size := func(quote string) int {
		p := interview.ProblemSummary{Statement: words, Quote: interview.QuoteSummary{Line: 1, Text: quote}}
		s := interview.Summary{Problems: []interview.ProblemSummary{p}}
		b := encodeSummary(s)
		got, err := newDecoder("x").summary(b)
		if diff := compare(s, got); err != nil || diff != "" {
			t.Errorf("quote %q: error %v (-want +got):\n%s", quote, err, diff)
		}
		return len(b)
	}
	if same, none := size(words), size(""); same >= none {
		t.Errorf("%d bytes with the words of the statement as quote, %d with no quote", same, none)
	}
	size("On Fridays we do all of them twice")
}
