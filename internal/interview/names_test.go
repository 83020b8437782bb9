package interview_test

import (
	"slices"
	"strings"
	"testing"

	"hark/internal/interview"
	"hark/internal/plain"
)

// spellings are people, and after the bar how else they are typed. A ? behind a spelling says that
// it has to be asked about, for it means somebody else as well.
const spellings = `
Sinéad O'Brien | Sinéad O’Brien, Sinead O'Brien, SINÉAD O´BRIEN, Sinéad OʼBrien, Sine` + "\u0301" + `ad O'Brien, O'Brien, OBrien, O Brien, Ms O'Brien, Sinead
José Núñez | Jose Nunez, Jose` + "\u0301" + ` Nun` + "\u0303" + `ez, JOSÉ NÚÑEZ, José, jose, Nuñez, Sr. Núñez, don José, José  Núñez, Núñez José
Bo Lindqvist | bo lindqvist, Bo, Lindqvist, Ｂｏ Ｌｉｎｄｑｖｉｓｔ, B. Lindqvist, Mr Lindqvist
Anne-Marie Dupont | Anne Marie Dupont, Annemarie Dupont, anne‐marie dupont, Mme Dupont, Anne-Marie, Madame Dupont, Dupont
Piet van der Berg | Van der Berg, van der berg, Piet, Berg, Piet Van Der Berg, P. van der Berg
María de la Cruz | de la Cruz, María dela Cruz, maria de la cruz, Sra. de la Cruz, Cruz, Maria
Jürgen Müller | Juergen Mueller, Jurgen Muller, Müller, Mueller, Herr Müller, Hr. Mueller, Herr Dr. Müller, Ju` + "\u0308" + `rgen Mu` + "\u0308" + `ller
Søren Åkesson | Soren Akesson, Soeren Aakesson, Søren
Straße Großmann | Strasse Grossmann, Großmann, Grossmann
Jean-Luc N'Diaye | Jean Luc NDiaye, Jean-Luc N’Diaye, N'Diaye, Ndiaye
D'Angelo Rossi | d'angelo, D’Angelo Rossi, Dangelo, Rossi
Yılmaz Çelik | Yılmaz Celik, ÇELİK
Łukasz Żółć | Lukasz Zolc, Łukasz
王小明 | 王小明先生, 小明, 王先生, 王总, 王经理, 王
田中 花子 | 田中花子, 田中部長, 田中さん, 田中　花子, 花子, 花子さん
ﾀﾅｶ ケン | タナカ ケン, タナカ
김민수 | 김민수 씨, 김민수님, 민수, ` + "\u1100\u1175\u11B7\u1106\u1175\u11AB\u1109\u116E" + `, 김
สมชาย ใจดี | คุณสมชาย, สมชาย, นายสมชาย ใจดี, ใจดี
Фёдор Ильин | Федор Ильин, фёдор, ФЕДОР ИЛЬИН, Ильин, Ф. Ильин, г-н Ильин
أحمد السيوفي | احمد السيوفي, أَحْمَد, السيد أحمد السيوفي, د. أحمد
Ana Ruiz | Ana Ruiz Jr., Dr. Ana Ruiz, ana ruiz, Ruiz, Ana?, An?, "Ruiz, Ana", A. Ruiz
Ana Lund | Lund, ANA LUND, Ana?
`

// spelled returns the people of the table, and how each is typed.
func spelled() (names []string, typed map[string][]string) {
	typed = map[string][]string{}
	for row := range strings.Lines(strings.TrimSpace(spellings)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(row), " | ")
		names = append(names, name)
		inQuotes := false
		typed[name] = append(strings.FieldsFunc(rest, func(r rune) bool {
			if r == '"' {
				inQuotes = !inQuotes
			}
			return r == ',' && !inQuotes
		}), name)
	}
	return names, typed
}

// Each spelling finds the same person, or is asked about.
func TestSpellingsOfNames(t *testing.T) {
	names, typed := spelled()
	tried := 0
	for name, all := range typed {
		for _, spelling := range all {
			spelling, ask := strings.CutSuffix(strings.Trim(strings.TrimSpace(spelling), `"`), "?")
			tried++
			var meant []string
			for _, i := range interview.Meant(names, spelling, plain.FoldName) {
				meant = append(meant, names[i])
			}
			if ask && len(meant) > 1 && slices.Contains(meant, name) || !ask && slices.Equal(meant, []string{name}) {
				continue
			}
			t.Errorf("%q means %q, want %q (asked: %v)", spelling, meant, name, ask)
		}
	}
	if tried < 100 {
		t.Errorf("only %d spellings were tried", tried)
	}
	for _, nobody := range []string{"", " ", "Zoe", "Anastasia", "小", "An-Marie", "Mueller-Lund", "Ruiz Ana Maria", "Bob", "Dr.", "O'", "Sue"} {
		if fit := interview.Meant(names, nobody, plain.FoldName); len(fit) == 1 {
			t.Errorf("%q means %q", nobody, names[fit[0]])
		}
	}
}

// A title that the name of somebody else has makes two people of one last name.
func TestTitlesThatDiffer(t *testing.T) {
	for _, pair := range [][2]string{{"Mr Lee", "Mrs Lee"}, {"Mr. Lee", "Ms. Lee"}, {"Herr Weiss", "Frau Weiss"}, {"Frau Dr. Weiss", "Herr Dr. Weiss"},
		{"Monsieur Roux", "Mme Roux"}, {"Sr. Ruiz", "Sra. Ruiz"}, {"don José Ruiz", "Señora Ruiz"}, {"Mr Li", "Mrs L"}} {
		for _, names := range [][2]string{pair, {pair[1], pair[0]}} {
			if fit := interview.Meant(names[:1], names[1], plain.FoldName); len(fit) > 0 {
				t.Errorf("%s means %s", names[1], names[0])
			}
		}
		if fit := interview.Meant(pair[:], pair[1], plain.FoldName); !slices.Equal(fit, []int{1}) {
			t.Errorf("%s means %v of %s", pair[1], fit, pair)
		}
	}
}
