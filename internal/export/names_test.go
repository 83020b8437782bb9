package export_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hark/internal/export"
)

// whose are the people of the tests below.
func whose() *export.Names {
	return export.NewNames([]export.Unnamed{
		{Names: []string{"Ana Ruiz", "Nita"}, Label: "foreman"},
		{Names: []string{"José Müller-Lüdenscheidt"}, Label: "welder"},
		{Names: []string{"Will Mark"}, Label: "owner"},
		{Names: []string{"田中太郎"}, Label: "部長"},
		{Names: []string{"王小明"}, Label: "buyer"},
		{Names: []string{"김민수"}, Label: "clerk"},
		{Names: []string{"สมชาย ใจดี"}, Label: "driver"},
		{Names: []string{"Seán O’Neil"}, Label: "guard"},
		{Names: []string{"Al van der Berg"}, Label: "cook"},
		{Names: []string{"Иван Петров"}, Label: "chief"},
		{Names: []string{"Jo Miller"}, Label: "smith"},
	}, []string{"Jo Lind", "Kim"})
}

// A name is replaced however it is written, and no word that is none.
func TestNamesAreReplaced(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Case, possessives, parts, the other order, initials with a name.
		{"Ana Ruiz", "[foreman]"}, {"ana RUIZ's crew", "[foreman]'s crew"}, {"ANA", "[foreman]"}, {"call ana", "call [foreman]"}, {"Ruiz’s team", "[foreman]’s team"},
		{"Ruiz, Ana", "[foreman]"}, {"A. Ruiz and Ana R. sign", "[foreman] and [foreman] sign"}, {"nita too", "[foreman] too"}, {"Ana-Ruiz", "[foreman]"},
		{"Ana\u00a0Ruiz", "[foreman]"}, {"(Ana)", "(foreman)"}, {"„Ana“", "„[foreman]“"}, {"Ana2", "[foreman]2"}, {"Dr. Ruiz", "Dr. [foreman]"},
		// Written together, addresses, tags and handles.
		{"AnaRuiz", "[foreman]"}, {"anaruiz", "[foreman]"}, {"#AnaRuiz", "#[foreman]"}, {"@ana", "@[foreman]"}, {"ana_ruiz", "[foreman]"}, {"MsRuiz", "Ms[foreman]"},
		{"write to ana.ruiz@harbour.example.", "write to [foreman]."}, {"aruiz@x.com, ruiz.ana+x@x.com", "[foreman], [foreman]"}, {"ANA@X.COM", "[foreman]"},
		{"marketing@x.com, mark@x.com", "marketing@x.com, [owner]"}, {"banana@x.com", "banana@x.com"}, {"5 @ 3", "5 @ 3"},
		// Accents and other spellings.
		{"Aná", "[foreman]"}, {"Ana\u0301 Rui\u0301z", "[foreman]"}, {"Jose, JOSÉ, Jose\u0301", "[welder], [welder], [welder]"}, {"Ｒｕｉｚ", "[foreman]"},
		{"Mueller and Muller", "[welder] and [welder]"}, {"Müller-Lüdenscheidt", "[welder]"}, {"Luedenscheidt", "[welder]"}, {"ONeil, O'Neil, o’neil", "[guard], [guard], [guard]"},
		{"Sean", "[guard]"}, {"ИВАН", "[chief]"},
		// Scripts without blanks.
		{"田中さんが送る", "[部長]さんが送る"}, {"給田中太郎打電話", "給[部長]打電話"}, {"Anaさんが送る", "[foreman]さんが送る"}, {"给Ana打电话", "给[foreman]打电话"},
		{"请小明签字", "请[buyer]签字"}, {"王小明负责", "[buyer]负责"}, {"김민수가 보냄", "[clerk]가 보냄"}, {"민수씨에게", "[clerk]씨에게"}, {"Ana가", "[foreman]가"},
		{"ให้สมชายส่ง", "ให้[driver]ส่ง"}, {"คุณAnaส่ง", "คุณ[foreman]ส่ง"}, {"国王来了", "国王来了"},
		// Other words stay, and so does what cannot be known.
		{"Anabel, Anatolia, banana, Ruizing", "Anabel, Anatolia, banana, Ruizing"}, {"Will Mark", "[owner]"}, {"will mark", "[owner]"},
		{"we will mark it", "we [owner] it"},
		{"will write", "will write"}, {"Will write", "Will write"}, {"WILL WRITE", "WILL WRITE"}, {"mark the boxes", "mark the boxes"}, {"Mark the boxes", "Mark the boxes"},
		{"call Will", "call [owner]"}, {"Will signs, if there is the will", "[owner] signs, if there is the will"}, {"Mark has it", "[owner] has it"}, {"Will's list", "[owner]'s list"},
		{"al cliente; Al", "al cliente; Al"}, {"call Al", "call [cook]"}, {"van, der Berg", "van, der [cook]"}, {"the van", "the van"},
		{"Jo sends it", "Jo sends it"}, {"Jo Miller sends it", "[smith] sends it"}, {"AR, A.R. and A. R.", "AR, A.R. and A. R."},
		{"Ruizin talo", "Ruizin talo"}, {"", ""}, {"nobody", "nobody"},
	} {
		want := strings.ReplaceAll(c.want, "(foreman)", "([foreman])")
		if got := whose().Replaced(c.text, false); got != want {
			t.Errorf("%q becomes %q, want %q", c.text, got, want)
		}
	}
}

// In a list of people an ordinary word that stands alone is a name.
func TestNamesInAListOfPeople(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ana, RUIZ's crew, will and Anabel in the van", "[foreman], [foreman]'s crew, [owner] and Anabel in the van"},
		{"will", "[owner]"}, {"mark/al", "[owner]/[cook]"}, {"whoever will pay", "whoever will pay"}, {"jo", "jo"},
	} {
		if got := whose().Replaced(c.text, true); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

// What is not replaced and can be a name is named to the seller.
func TestNamesThatCannotBeKnown(t *testing.T) {
	for _, c := range []struct {
		text          string
		sure, perhaps []string
	}{
		{"ana said so", []string{"Ana Ruiz"}, nil},
		{"they will do it", nil, []string{"Will Mark"}},
		{"Will does it, as they will", []string{"Will Mark"}, nil},
		{"Jo sends it", nil, []string{"Jo Miller"}},
		{"A.R. did", nil, []string{"Ana Ruiz"}},
		{"Ruizin talo, Ruizs Haus", nil, []string{"Ana Ruiz"}},
		{"с Петровым", nil, []string{"Иван Петров"}},
		{"王总说", nil, []string{"王小明"}},
		{"nobody, Anabel", nil, nil},
	} {
		var called export.Called
		n := whose()
		n.In(c.text, &called)
		if sure, perhaps := n.Sure(called), n.Perhaps(called); !slices.Equal(sure, c.sure) || !slices.Equal(perhaps, c.perhaps) {
			t.Errorf("%q: surely %q and perhaps %q, want %q and %q", c.text, sure, perhaps, c.sure, c.perhaps)
		}
	}
}

// A name that two people have is either of them: what stands for it is true of both.
func TestNamesOfTwoPeople(t *testing.T) {
	n := export.NewNames([]export.Unnamed{{Names: []string{"Ana Ruiz"}, Label: "foreman"}, {Names: []string{"Ben Ruiz"}, Label: "welder"}}, nil)
	if got := n.Replaced("Ruiz asks Ben Ruiz", false); got != "[customer] asks [welder]" {
		t.Errorf("got %q", got)
	}
}

// Whatever is written around it, a full name that is none of an ordinary word is not left.
func TestNoFullNameIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		around := rapid.SampledFrom([]string{" ", "", ".", ",", "-", "さん", "给", "\n", "\"", "1", "@", "#", "'s ", "ที่", "\u200b", "(", "、"})
		name := rapid.SampledFrom([]string{"Ana Ruiz", "ana ruiz", "ANA RUIZ", "AnaRuiz", "Ana_Ruiz", "Ana.Ruiz", "田中太郎", "김민수"}).Draw(t, "name")
		text := around.Draw(t, "before") + name + around.Draw(t, "after")
		if got := whose().Replaced(text, false); strings.Contains(got, name) {
			t.Fatalf("%q becomes %q", text, got)
		}
	})
}

// The same address is the same in every run, though parts of it are names of several people.
func TestAnAddressOfSeveral(t *testing.T) {
	for range 30 {
		if got := whose().Replaced("write to jo.a.miller@x.com", false); got != "write to [smith]" {
			t.Fatalf("%q", got)
		}
	}
}
