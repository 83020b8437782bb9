package interview

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Sentences returns a problem as it is read out to the customer, one sentence each: its wording,
// what is known of the impact, and the question. The sentences contain typed text as it is; the
// caller must make it safe for output.
func (p Problem) Sentences() []string {
	out := []string{"As we understood it: " + ended(p.Statement)}
	if p.Quoted {
		out[0] = "You said: “" + ended(p.Statement) + "”"
	}
	i := p.Impact
	rating := ""
	if i.HowBad > 0 {
		rating = fmt.Sprintf("that is a %d out of 5", i.HowBad)
	}
	for _, f := range []struct{ lead, text string }{
		{"It comes up ", i.HowOften},
		{"What it costs you: ", i.Costs},
		{"Who feels it most: ", i.Bears},
		{"On your own scale, ", rating},
		{"What you have tried: ", i.Tried},
		{"What you want instead: ", i.Wants},
	} {
		if f.text != "" {
			out = append(out, f.lead+ended(f.text))
		}
	}
	return append(out, "Is that a fair statement of it: yes, no, or nearly?")
}

// ended adds a full stop to a text that ends without punctuation.
func ended(text string) string {
	text = strings.TrimSpace(text)
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?…。！？", last) {
		return text
	}
	return text + "."
}
