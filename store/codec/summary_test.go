package codec_test

import (
	"testing"
	"time"

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

// A summary of an earlier hark says more than that hark knew: that questions were asked, that
// problems were asked for, and of a promise when it was typed, which can be when a debrief was
// written down.
func TestSummaryInAnEarlierFormat(t *testing.T) {
	met := time.Date(2026, 1, 20, 14, 30, 0, 0, time.UTC)
	s := interview.Summary{
		StartedAt: met, Questions: 23, Asked: 5, Problems: []interview.ProblemSummary{{Number: 1, Raised: interview.WhenAsked}},
		Promises: []interview.PromiseSummary{{Number: 1, At: met.Add(time.Hour)}, {Number: 2, At: met.AddDate(0, 0, 3)}},
	}
	b := codec.EncodeSummary(s)
	b[0] = codec.FormatUnsaid
	s.Promises[1].At = time.Time{}
	for _, detail := range []interview.Detail{interview.Whole, interview.Listed} {
		got, err := codec.NewDecoder("x").SummaryIn(b, func(interview.Summary) interview.Detail { return detail })
		if diff := compare(s.Promises, got.Promises); err != nil || diff != "" {
			t.Errorf("in detail %d: error %v (-want +got):\n%s", detail, err, diff)
		}
		if got.Questions != 0 || got.Asked != 0 || got.Problems[0].Raised != "" {
			t.Errorf("in detail %d: %+v", detail, got)
		}
	}
}

// A summary of an earlier hark has somebody who only said no among those who spoke of a problem, and
// does not say which problems are ours only.
func TestSummaryOfAnswersInAnEarlierFormat(t *testing.T) {
	s := interview.Summary{
		People: []interview.PersonSummary{{Name: "Hy", Side: interview.Ours}, {Name: "Ana", Side: interview.Theirs}},
		Problems: []interview.ProblemSummary{
			{Number: 1, By: []string{"Ana", "Piet"}, Answer: interview.Yes, Quote: interview.QuoteSummary{Line: 1, Text: "a", Speaker: "Ana"}},
			{Number: 2, By: []string{"Piet"}, Answer: interview.No},
			{Number: 3},
			{Number: 4, By: []string{"Ana"}},
		},
	}
	b := codec.EncodeSummary(s)
	b[0] = codec.FormatAnswered
	s.Problems[0].By, s.Problems[1].By, s.Problems[2].OursOnly = []string{"Ana"}, nil, true
	got, err := codec.NewDecoder("x").Summary(b)
	if diff := compare(s.Problems, got.Problems); err != nil || diff != "" {
		t.Errorf("error %v (-want +got):\n%s", err, diff)
	}
}
