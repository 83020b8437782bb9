package store

import (
	"encoding/binary"
	"time"

	"hark/internal/interview"
)

// Summaries are laid out by hand as well: commands read all of them, and 10,000
// take half a second as JSON.

// The flags of a summary, of a problem and of a person in it.
const (
	flagDiscarded = 1
	flagGateOpen  = 2

	flagCorrected = 1

	flagAdviser       = 1
	flagAskedToAdvise = 2
)

// The fewest bytes that a text, a date, a time, and the parts of a summary take.
const (
	leastText    = 1
	leastDate    = 3
	leastTime    = 3
	leastProblem = 8
	leastPromise = 4 + leastDate + 2*leastTime
	leastRoute   = 5 + leastDate + 2*leastTime
	leastPerson  = 4
)

func appendDate(b []byte, d interview.Date) []byte {
	b = binary.AppendVarint(b, int64(d.Year))
	b = binary.AppendVarint(b, int64(d.Month))
	return binary.AppendVarint(b, int64(d.Day))
}

func appendInt(b []byte, n int) []byte { return binary.AppendVarint(b, int64(n)) }

func appendCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

// encodeSummary returns the value of an interview in summary.
func encodeSummary(s interview.Summary) []byte {
	b := []byte{format, flag(s.Discarded, flagDiscarded) | flag(s.GateOpen, flagGateOpen)}
	b = append(b, s.ID[:]...)
	b = appendText(b, s.Customer)
	b = appendText(b, s.Playbook)
	b = appendTime(b, s.StartedAt)
	b = appendTime(b, s.EndedAt)
	b = appendText(b, s.Outcome)
	b = appendText(b, s.Notes)
	b = appendText(b, s.Quotes)
	b = appendInt(b, s.Lines)
	b = appendCount(b, len(s.Problems))
	for _, p := range s.Problems {
		b = append(b, flag(p.Corrected, flagCorrected))
		b = appendInt(b, p.Number)
		b = appendText(b, p.Statement)
		b = appendText(b, p.Status)
		b = appendText(b, p.Raised)
		b = appendInt(b, p.HowBad)
		b = appendText(b, p.HowOften)
		b = appendCount(b, len(p.Themes))
		for _, theme := range p.Themes {
			b = appendText(b, theme)
		}
	}
	b = appendCount(b, len(s.Promises))
	for _, p := range s.Promises {
		b = appendInt(b, p.Number)
		b = appendText(b, p.Text)
		b = appendText(b, p.Owner)
		b = appendText(b, p.Side)
		b = appendDate(b, p.Due)
		b = appendTime(b, p.DoneAt)
		b = appendTime(b, p.ToldAt)
	}
	b = appendCount(b, len(s.Routes))
	for _, r := range s.Routes {
		b = appendInt(b, r.Number)
		b = appendInt(b, r.Problem)
		b = appendText(b, r.Department)
		b = appendText(b, r.Owner)
		b = appendDate(b, r.Due)
		b = appendText(b, r.Answer)
		b = appendTime(b, r.AnsweredAt)
		b = appendTime(b, r.ToldAt)
	}
	b = appendCount(b, len(s.People))
	for _, p := range s.People {
		b = append(b, flag(p.Adviser, flagAdviser)|flag(p.AskedToAdvise, flagAskedToAdvise))
		b = appendText(b, p.Name)
		b = appendText(b, p.Role)
		b = appendText(b, p.Side)
	}
	return b
}

func (d *decoder) integer() int { return int(d.varint()) }

func (d *decoder) date() interview.Date {
	return interview.Date{Year: d.integer(), Month: time.Month(d.integer()), Day: d.integer()}
}

// list reads a count and so many things, each of at least the given size; none
// are nil.
func list[T any](d *decoder, least int, one func() T) []T {
	n := d.count(least)
	if n == 0 {
		return nil
	}
	all := make([]T, n)
	for i := range all {
		all[i] = one()
	}
	return all
}

// summary reads the value of an interview in summary.
func (d *decoder) summary(value []byte) (interview.Summary, error) {
	d.start(value)
	var s interview.Summary
	flags := d.flags(flagDiscarded | flagGateOpen)
	s.Discarded, s.GateOpen = flags&flagDiscarded != 0, flags&flagGateOpen != 0
	copy(s.ID[:], d.take(uint64(idSize)))
	s.Customer = d.word()
	s.Playbook = d.word()
	s.StartedAt = d.time()
	s.EndedAt = d.time()
	s.Outcome = interview.Outcome(d.word())
	s.Notes = interview.Notes(d.word())
	s.Quotes = interview.Quoting(d.word())
	s.Lines = d.integer()
	s.Problems = list(d, leastProblem, d.problem)
	s.Promises = list(d, leastPromise, d.promise)
	s.Routes = list(d, leastRoute, d.route)
	s.People = list(d, leastPerson, d.person)
	return s, d.done()
}

func (d *decoder) problem() interview.ProblemSummary {
	return interview.ProblemSummary{
		Corrected: d.flags(flagCorrected) != 0,
		Number:    d.integer(),
		Statement: d.text(),
		Status:    interview.Status(d.word()),
		Raised:    interview.Raised(d.word()),
		HowBad:    d.integer(),
		HowOften:  d.text(),
		Themes:    list(d, leastText, d.word),
	}
}

func (d *decoder) promise() interview.PromiseSummary {
	return interview.PromiseSummary{
		Number: d.integer(),
		Text:   d.text(),
		Owner:  d.word(),
		Side:   interview.Side(d.word()),
		Due:    d.date(),
		DoneAt: d.time(),
		ToldAt: d.time(),
	}
}

func (d *decoder) route() interview.RouteSummary {
	return interview.RouteSummary{
		Number:     d.integer(),
		Problem:    d.integer(),
		Department: d.word(),
		Owner:      d.word(),
		Due:        d.date(),
		Answer:     d.text(),
		AnsweredAt: d.time(),
		ToldAt:     d.time(),
	}
}

func (d *decoder) person() interview.PersonSummary {
	flags := d.flags(flagAdviser | flagAskedToAdvise)
	return interview.PersonSummary{
		Name:          d.word(),
		Role:          d.word(),
		Side:          interview.Side(d.word()),
		Adviser:       flags&flagAdviser != 0,
		AskedToAdvise: flags&flagAskedToAdvise != 0,
	}
}
