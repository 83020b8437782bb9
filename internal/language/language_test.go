package language_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hark/internal/language"
	"hark/internal/plain"
)

// says reports whether a language knows a word as that part of a day.
func says(l language.Language, word string, part language.Part, n int) bool {
	return slices.ContainsFunc(l.Words(plain.Fold(word)), func(w language.Word) bool { return w.Part == part && w.N == n })
}

func TestWeekdaysAndMonths(t *testing.T) {
	for l, names := range map[language.Language][2]string{
		language.English: {
			"Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
			"January February March April May June July August September October November December",
		},
		language.German: {
			"Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
			"Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		},
		language.French: {
			"dimanche lundi mardi mercredi jeudi vendredi samedi",
			"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		},
		language.Spanish: {
			"domingo lunes martes miércoles jueves viernes sábado",
			"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		},
	} {
		for i, name := range strings.Fields(names[0]) {
			if !says(l, name, language.Weekday, i) {
				t.Errorf("%s does not know %s", l, name)
			}
		}
		for i, name := range strings.Fields(names[1]) {
			if !says(l, name, language.Month, i+1) {
				t.Errorf("%s does not know %s", l, name)
			}
		}
	}
}

// A mistyped name is compared with these, which are none if nobody knows them.
func TestNamesAreKnown(t *testing.T) {
	for _, l := range language.Languages() {
		if len(l.Names()) == 0 {
			t.Errorf("%s has no names", l)
		}
		for _, name := range l.Names() {
			if plain.Fold(name) != name || len(l.Words(name)) == 0 {
				t.Errorf("%s does not know its own name %q", l, name)
			}
		}
	}
	if got := language.Language("xx").Words("friday"); got != nil {
		t.Errorf("a language that hark does not know reads %v", got)
	}
}

// Short forms that people type, in each language.
func TestShortForms(t *testing.T) {
	for _, c := range []struct {
		l    language.Language
		word string
		part language.Part
		n    int
	}{
		{language.English, "tmrw", language.Relative, 1}, {language.English, "EOM", language.End, language.UnitMonth},
		{language.English, "day after tomorrow", language.Relative, 2}, {language.English, "Q3", language.Quarter, 3},
		{language.German, "übermorgen", language.Relative, 2}, {language.German, "Do", language.Weekday, 4},
		{language.German, "Monatsende", language.End, language.UnitMonth}, {language.German, "KW", language.Week, 0},
		{language.French, "après-demain", language.Relative, 2}, {language.French, "mar", language.Weekday, 2},
		{language.French, "dès que possible", language.Soon, 0}, {language.French, "au plus tard", language.Deadline, 0},
		{language.Spanish, "pasado mañana", language.Relative, 2}, {language.Spanish, "mar", language.Month, 3},
		{language.Spanish, "que viene", language.Next, 1}, {language.Spanish, "fin de semana", language.Unit, language.UnitWeekend},
	} {
		if !says(c.l, c.word, c.part, c.n) {
			t.Errorf("%s reads %s as %+v", c.l, c.word, c.l.Words(plain.Fold(c.word)))
		}
	}
	for _, words := range []string{"as soon as possible", "a partir d'aujourd'hui"} {
		if n := len(strings.Fields(words)); n > language.LongestPhrase {
			t.Errorf("%q is longer than the longest phrase", words)
		}
	}
}

// The dictionaries are searched by halves, and what cannot be read in them would say nothing.
func TestDictionaries(t *testing.T) {
	readable := regexp.MustCompile(`^[a-z-]+( -?\d+)?\??!?(, [a-z-]+( -?\d+)?\??!?)*$`)
	eachWord(t, "days", func(l language.Language, word, meanings string) {
		if !readable.MatchString(meanings) {
			t.Errorf("%s: the meanings of %q cannot be read: %q", l, word, meanings)
		}
		if n := len(strings.Fields(word)); n > language.LongestPhrase {
			t.Errorf("%s: %q has %d words, more than are looked up", l, word, n)
		}
		for _, w := range l.Words(word) {
			if w.Part == 0 {
				t.Errorf("%s: %q names a part that there is not: %q", l, word, meanings)
			}
		}
		if len(l.Words(word)) == 0 {
			t.Errorf("%s does not find %q", l, word)
		}
	})
}

// Every word in the dictionaries of sides says what stands behind it.
func TestSideDictionaries(t *testing.T) {
	us := map[language.Language]string{language.English: "us", language.German: "uns", language.French: "nous", language.Spanish: "nosotros"}
	party := map[string]language.Party{"us": language.Us, "them": language.Them, "unclear": language.Unclear}
	eachWord(t, "sides", func(l language.Language, word, meanings string) {
		for one := range strings.SplitSeq(meanings, ", ") {
			said := false
			switch name, alone := strings.CutSuffix(one, " alone"); {
			case alone:
				said = l.Side(word) == party[name] && party[name] != language.Nobody
			case party[name] != language.Nobody:
				said = l.Pronoun(word) == party[name] && l.Side(word) != language.Nobody
			case name == "customer":
				said = l.Side(word) == language.Them
			case name == "lead":
				said = l.Side(word+" "+us[l]) == language.Us
			case name == "noun":
				said = l.Side(us[l]+" "+word) == language.Us && language.IsSideNoun(word)
			case name == "unsure":
				said = l.Unsure(word) && language.IsUnsure(word)
			}
			if !said {
				t.Errorf("%s: %q does not say %q", l, word, one)
			}
		}
	})
}

// Every word in the dictionaries of who does something says what stands behind it.
func TestDoerDictionaries(t *testing.T) {
	customer := map[language.Language]string{language.English: "customer", language.German: "kunde", language.French: "client", language.Spanish: "cliente"}
	party := map[string]language.Party{"us": language.Us, "them": language.Them, "unclear": language.Unclear}
	eachWord(t, "doers", func(l language.Language, word, meanings string) {
		for one := range strings.SplitSeq(meanings, ", ") {
			said := false
			switch one {
			case "us", "them", "unclear":
				who, n := language.Doer(append(strings.Fields(word), "x"))
				said = who == party[one] && n == len(strings.Fields(word))
			case "article":
				who, n := language.Doer([]string{word, customer[l], "x"})
				said = who == language.Them && n == 2
			case "acts":
				said = language.Acts(strings.Fields(word)) && language.Does(append(strings.Fields(word), "send"), false)
			case "verb":
				said = language.Does([]string{word}, false) || language.IsInfinitive(word)
			case "infinitive":
				said = language.IsInfinitive(word) && language.Does([]string{"will", word}, false)
			case "gets":
				said = language.Gets(word)
			case "leads":
				said = language.Leads(word)
			case "lets":
				said = language.Lets(word)
			}
			if !said {
				t.Errorf("%s: %q does not say %q", l, word, one)
			}
		}
	})
}

// eachWord calls check for each line of the dictionaries in a folder.
func eachWord(t *testing.T, folder string, check func(l language.Language, word, meanings string)) {
	t.Helper()
	for _, l := range language.Languages() {
		for _, line := range entries(t, folder+"/"+string(l)+".txt") {
			word, meanings, _ := strings.Cut(line, "\t")
			check(l, word, meanings)
		}
	}
}

// entries returns the lines of a dictionary. It fails the test unless the first line of the file,
// which is none, says how words are written.
func entries(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if !strings.HasPrefix(lines[0], "# words are folded: ") {
		t.Errorf("%s does not begin with how words are written, but with %q", file, lines[0])
	}
	return lines[1:]
}

// Words are found when they are folded and stand in the order of bytes.
func TestEveryWordCanBeFound(t *testing.T) {
	files, err := filepath.Glob("*/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("only %q are found (%v)", files, err)
	}
	for _, file := range append(files, "plain.txt") {
		before := "#" // of the first line
		for _, line := range entries(t, file) {
			word, _, _ := strings.Cut(line, "\t")
			if word <= before || plain.Fold(word) != word {
				t.Errorf("%s: %q is not folded, or does not come after %q", file, word, before)
			}
			before = word
		}
	}
}
