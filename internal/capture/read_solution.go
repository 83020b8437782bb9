package capture

import (
	"strings"

	"hark/internal/interview"
)

// readSolve reads a list of numbers and a text. A comma goes on with the list
// only in front of another number.
func readSolve(a *args) (interview.Action, error) {
	n, err := a.readNumber("a problem", "p")
	if err != nil {
		return nil, err
	}
	s := interview.Solve{Problems: []interview.Number{n}}
	for {
		after, listed := strings.CutPrefix(trimLeft(a.rest), ",")
		if listed {
			a.rest = trimLeft(after)
		} else if after, listed = behindAnd(a.rest); !listed {
			break
		}
		after = trimLeft(after)
		n, size := numberAt(after, "p")
		if size == 0 || isDigit(after[0]) && !a.in.isProblem(n) {
			break // 3d prints
		}
		a.rest = after
		s.Problems = append(s.Problems, n)
		a.rest = a.rest[size:]
	}
	s.Text, err = a.needText("the solution")
	return s, err
}

// behindAnd returns what follows a word that goes on with a list.
func behindAnd(s string) (after string, ok bool) {
	word, after := cutWord(trimLeft(s))
	switch strings.ToLower(word) {
	case "and", "&", "und", "et", "y", "en":
		return after, true
	}
	return s, false
}

func solveForm(s interview.Solve) string {
	numbers := make([]string, len(s.Problems))
	for i, n := range s.Problems {
		if numbers[i] = n.String(); n.Letters() != "" {
			numbers[i] = "p" + numbers[i]
		}
	}
	end := " "
	if _, listed := behindAnd(s.Text); listed || strings.HasPrefix(s.Text, ",") {
		end = ": " // or the list would go on
	}
	return "/solve " + strings.Join(numbers, ",") + end + s.Text
}

func readRespect(a *args) (interview.Action, error) {
	n, text, err := a.numberAndText("a problem", "p", "what a good answer must respect")
	return interview.MustRespect{Problem: n, Text: text}, err
}

func readAdvise(a *args) (interview.Action, error) {
	n, text, err := a.numberAndText("a problem", "p", "what was advised")
	return interview.Advise{Problem: n, Text: text}, err
}

func readReact(a *args) (interview.Action, error) {
	n, text, err := a.numberAndText("a solution", "s", "what they said to it")
	return interview.React{Solution: n, Text: text}, err
}

func readAgree(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a solution", "s")
	return interview.Decide{Solution: n, Decision: interview.Agreed}, err
}

func readDecline(a *args) (interview.Action, error) {
	n, err := a.onlyNumber("a solution", "s")
	return interview.Decide{Solution: n, Decision: interview.Declined}, err
}

// The keys of /share.
const (
	keyOurs   = "ours"
	keyTheirs = "theirs"
)

func readShare(a *args) (interview.Action, error) {
	n, err := a.readNumber("a solution", "s")
	if err != nil {
		return nil, err
	}
	read, err := a.values([]string{keyOurs, keyTheirs})
	switch {
	case err != nil:
		return nil, err
	case len(read) == 0:
		return nil, a.needs("who does which part")
	case read[0].key == "":
		return nil, a.fail(quoted(read[0].value) + " stands there without " + keyOurs + "= or " + keyTheirs + "=")
	}
	read = joinLoose(read)
	s := interview.Share{Solution: n}
	for _, p := range read {
		if p.key == keyOurs {
			s.Ours = &p.value
		} else {
			s.Theirs = &p.value
		}
	}
	return s, nil
}
