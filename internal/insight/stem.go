package insight

import "strings"

// stem takes the commonest English endings off a folded word, so that "weld", "welds", "welded" and
// "welding" are one. It is rough on purpose: a wrong suggestion costs a glance.
func stem(word string) string {
	const least = 3 // letters that stay
	cut := func(ending, instead string) bool {
		rest, ok := strings.CutSuffix(word, ending)
		if !ok || len(rest)+len(instead) < least {
			return false
		}
		word = rest + instead
		return true
	}
	if !strings.HasSuffix(word, "ss") && !cut("ies", "y") {
		cut("s", "")
	}
	if cut("ing", "") || cut("ed", "") {
		// "stopped", "planning"; but "filled" and "missing" have it by themselves.
		if n := len(word); n > least && word[n-1] == word[n-2] && !strings.ContainsRune("lsz", rune(word[n-1])) {
			word = word[:n-1]
		}
	}
	cut("e", "")
	return word
}

// stopWords are the English words that say little by themselves, folded. Other languages come out
// well enough without: a word that stands everywhere weighs little in a suggestion.
func stopWords() map[string]bool {
	const words = `
about above after again against ago all almost already also although always among and another any anybody anyone anything are
around aren't away back bad because been before being below between both bring but came can can't cannot come comes could couldn't
customer customers day days did didn't does doesn't doing don't done down during each either else enough even ever every everybody
everyone everything far few find first five for four from get gets getting give gives goes going gone good got had hadn't happen
happens hard has hasn't have haven't having her here him his how however into isn't its it's itself just keep keeps kind knew know
knows last later least less let like little long look lot lots made make makes many may maybe mean means might month months more
most much must need needs never new next nobody none not nothing now off often old once one only onto other others our ours out
over own people per problem problems put quite rather really right said same saw say says see seem seems seen she should shouldn't
since some somebody someone something sometimes soon still such sure take takes tell than that that's the their theirs them then
there there's these they they're thing things think this those though three through till time times today together told too took
toward try trying two under until upon use used uses using usually very want wants was wasn't way ways we're week weeks well went
were weren't what when where whether which while who whole whom whose why will with within without won't work works would wouldn't
year years yes yet you you're your yours`
	stop := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		stop[word] = true
		before, _, apostrophe := strings.Cut(word, "'")
		if apostrophe { // words end at it
			stop[before] = true
		}
	}
	return stop
}
