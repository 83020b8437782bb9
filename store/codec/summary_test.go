package codec_test

import (
	"testing"

	"hark/internal/interview"
	"hark/store/codec"
)

// Most problems are quoted in the words of their statement, which are there once.
func TestQuoteInTheWordsOfTheStatement(t *testing.T) {
	const words = "One weld in five is done twice"
	size := func(quote string) int {
		p := interview.ProblemSummary{Statement: words, Quote: interview.QuoteSummary{Line: 1, Text: quote}}
		s := interview.Summary{Problems: []interview.ProblemSummary{p}}
		b := codec.EncodeSummary(s)
		got, err := codec.NewDecoder("x").Summary(b)
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
