package language_test

import (
	"testing"

	"hark/internal/language"
	"hark/internal/plain"
)

// What people answer when they are asked for their consent, and what it allows. Of a doubtful
// answer nothing is wider than what was said.
func TestConsentIn(t *testing.T) {
	const (
		unsaid, yes, no = language.Unsaid, language.Yes, language.No
		none, role      = language.QuotedNot, language.QuotedByRole
		name, open      = language.QuotedByName, true
	)
	for text, want := range map[string]language.Consent{
		"yes":                                    {yes, 0, false},
		"Yes, that's fine, by role please":       {yes, role, false},
		"yes thats fine, by role pls":            {yes, role, false},
		"shes ok with it, role only thx":         {yes, role, false},
		"sure, no probs, by name":                {yes, name, false},
		"its fine by us, by role":                {yes, role, false},
		"pls dont":                               {no, 0, false},
		"yes that’s fine":                        {yes, 0, false},
		"sure":                                   {yes, 0, false},
		"of course, go ahead":                    {yes, 0, false},
		"no problem":                             {yes, 0, false},
		"no problem at all, by name":             {yes, name, false},
		"I don't mind":                           {yes, 0, false},
		"ok, use my name":                        {yes, name, false},
		"yes, with my name is fine":              {yes, name, false},
		"by name":                                {unsaid, name, false},
		"by role only":                           {unsaid, role, false},
		"only by role, not by name":              {unsaid, role, false},
		"not by name but by role":                {unsaid, role, false},
		"no quotes please":                       {unsaid, none, false},
		"yes but no quotes":                      {yes, none, false},
		"yes, but please don't quote me":         {yes, none, false},
		"fine, not quoted":                       {yes, none, false},
		"yes to notes, no to quotes":             {yes, none, false},
		"notes ok, quotes no":                    {yes, none, false},
		"notes are fine, quotes only by role":    {yes, role, false},
		"quote us, but no names":                 {unsaid, role, false},
		"yes, not at all":                        {yes, none, false},
		"no":                                     {no, 0, false},
		"no thanks":                              {no, 0, false},
		"no, rather not":                         {no, 0, false},
		"no notes please":                        {no, 0, false},
		"please don't take notes":                {no, 0, false},
		"sure, but don't name us":                {yes, none, open},
		"yes, anonymously":                       {yes, none, open},
		"yes, you can quote me":                  {yes, role, open},
		"by name or by role":                     {unsaid, none, open},
		"yes, by name, except for my boss":       {yes, none, open},
		"yes, as long as it stays between us":    {yes, 0, open},
		"yes?":                                   {yes, 0, open},
		"not sure":                               {unsaid, 0, open},
		"ok, not":                                {unsaid, 0, open},
		"maybe later":                            {unsaid, 0, open},
		"no idea":                                {unsaid, 0, open},
		"no, no quotes":                          {unsaid, none, open},
		"not by role":                            {unsaid, none, open},
		"ja, gerne":                              {yes, 0, false},
		"Ja, gerne, nach Rolle":                  {yes, role, false},
		"klar, mit Namen":                        {yes, name, false},
		"ja, aber bitte keine Zitate":            {yes, none, false},
		"ja, aber nicht zitieren":                {yes, none, false},
		"kein Problem":                           {yes, 0, false},
		"nein":                                   {no, 0, false},
		"nein danke":                             {no, 0, false},
		"bitte keine Notizen":                    {no, 0, false},
		"lieber nicht":                           {no, 0, false},
		"ja, gerne, ohne Namen":                  {yes, none, open},
		"nur mit Funktion":                       {unsaid, role, false},
		"oui, bien sûr":                          {yes, 0, false},
		"oui, mais pas de citations":             {yes, none, false},
		"d'accord, par fonction s'il vous plaît": {yes, role, false},
		"oui, avec mon nom":                      {yes, name, false},
		"non merci":                              {no, 0, false},
		"oui, sans noms":                         {yes, none, open},
		"pas de notes":                           {no, 0, false},
		"sí, claro":                              {yes, 0, false},
		"sí, pero sin citas":                     {yes, none, false},
		"vale, con mi nombre":                    {yes, name, false},
		"de acuerdo, por cargo":                  {yes, role, false},
		"no, gracias":                            {no, 0, false},
		"sin problema, pero sin nombres":         {yes, none, open},
		"":                                       {},
	} {
		if got := language.ConsentIn(plain.Fold(text)); got != want {
			t.Errorf("%q allows %+v, want %+v", text, got, want)
		}
	}
}
