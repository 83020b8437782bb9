package insight_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"hark/internal/insight"
	"hark/internal/interview"
)

// large is a notebook of 10,000 interviews with four problems each, half of them
// with one of sixty themes.
func large() []interview.Summary {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("w%cx%d", 'a'+r.IntN(26), r.IntN(1+r.IntN(150))) }
	all := make([]interview.Summary, 10_000)
	for i := range all {
		s := met(fmt.Sprintf("Customer %d", i/4), 1+i%28)
		for j := range 4 {
			var themes []string
			if j < 2 {
				themes = []string{fmt.Sprintf("theme%d", r.IntN(60))}
			}
			text := ""
			for range 9 {
				text += word() + " "
			}
			s = with(s, said(text, themes...))
		}
		s.People = []interview.PersonSummary{
			{Name: "Ana", Side: interview.Theirs, AskedToAdvise: true, Adviser: i%5 == 0}, {Name: "Ben", Side: interview.Ours},
		}
		s.Promises = []interview.PromiseSummary{{Number: 1, Text: "a", Due: nov(1 + i%28)}, {Number: 2, Text: "b"}}
		s.ID[0], s.ID[1] = byte(i), byte(i>>8)
		all[i] = s
	}
	return all
}

func BenchmarkLarge(b *testing.B) {
	all := large()
	for name, do := range map[string]func(){
		"Themes":    func() { insight.Themes(all) },
		"Hearings":  func() { insight.Hearings(all) },
		"Weigh":     func() { insight.Weigh(all) },
		"Suggest":   func() { insight.Suggest(all, 20) },
		"Customers": func() { insight.Customers(all) },
		"Advisers":  func() { insight.Advisers(all) },
		"Promises":  func() { insight.Promises(all) },
		"Put":       func() { insight.Put(all, "theme1", time.Time{}) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				do()
			}
		})
	}
}
