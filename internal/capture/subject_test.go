package capture_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hark/internal/capture"
	"hark/internal/interview"
)

// promises are promises typed in room, and whose they are: us, them, a name, or in doubt with the
// likelier side in front of the question mark; behind the bar what is left of the text, where it is
// not all of it.
const promises = `
send the list                              = us
we send the list                           = us
We'll send the list                        = us
I send the list                            = us
our engineer sends the list                = us
us to send the list                        = us
us: send the list                          = us | send the list
send Miguel the mock-up                    = us
send the mock-up to Miguel                 = us
call Miguel back                           = us
ask them for the logs                      = us
they send logs                             = them
They'll send logs                          = them
they to send logs                          = them
them to send logs                          = them
they: send logs                            = them | send logs
the customer sends logs                    = them
customer to send logs                      = them
client will send logs                      = them
Customer: send logs                        = them | send logs
Harbour Welding sends logs                 = them
harbour welding to send logs               = them
Harbour Welding: logs                      = them | logs
Miguel sends logs                          = Miguel
miguel sends logs                          = miguel
Miguel to send logs                        = Miguel
Miguel will send logs                      = Miguel
Miguel: sends logs                         = Miguel | sends logs
Miguel： logs                               = Miguel | logs
Miguel schickt die Logs                    = Miguel
Miguel envoie la liste                     = Miguel
Miguel manda la lista                      = Miguel
Dan Berg sends the mock-up                 = Dan Berg
dan sends the mock-up                      = dan
Bo sends the mock-up                       = Bo
Bo Lindqvist sends the plan                = Bo Lindqvist
Ana Lima to send the plan                  = Ana Lima
O'Brien will sign                          = O'Brien
María de la Cruz firma el contrato         = María de la Cruz
Herr Müller wird unterschreiben            = Herr Müller
田中 花子 sends the plan                        = 田中 花子
wir schicken die Liste                     = us
ich rufe an                                = us
der Kunde schickt die Logs                 = them
die Kundin wird unterschreiben             = them
nous envoyons la liste                     = us
je rappelle                                = us
ils envoient la liste                      = them
le client envoie la liste                  = them
nosotros mandamos la lista                 = us
yo llamo                                   = us
ellos mandan la lista                      = them
el cliente manda la lista                  = them
sie schicken die Liste                     = theirs?
er ruft an                                 = theirs?
elle rappelle                              = theirs?
usted manda la lista                       = theirs?
she sends the list                         = theirs?
you send me the list                       = theirs?
somebody sends the list                    = ?
their IT sends the list                    = theirs?
the customer's IT sends the list           = theirs?
customer call on Teams                     = theirs?
Kunden anrufen                             = theirs?
Miguel's team sends logs                   = theirs?
Miguel and Dan call each other             = theirs?
Miguel needs a quote                       = theirs?
Miguel will be told                        = theirs?
they get the mock-up from us               = theirs?
they'll be told                            = theirs?
die Kunden brauchen es                     = theirs?
il faut envoyer le devis                   = us
Miguel about the logs                      = theirs?
dan the pallets red                        = ours?
Lena will send the list                    = ?
send the list @us                          = us
they send the list @me                     = us
she sends the list @Miguel                 = Miguel
@Miguel they send the list                 = Miguel
\they send the list                       = us | they send the list
on friday they call                        = them
On Friday Miguel sends logs                = Miguel
tomorrow Miguel sends it                   = Miguel
next week they send it                     = them
then Miguel sends it                       = Miguel
maybe Miguel sends it                      = theirs?
vielleicht schickt Miguel die Liste        = ?
morgen schickt Miguel die Liste            = ?
demain Miguel envoie la liste              = Miguel
let them send it                           = theirs?
have Miguel send it                        = theirs?
let them know                              = us
get Miguel the list                        = us
one of them calls                          = theirs?
Lena: send logs                            = ?
Lena to send it                            = ?
Lena sends it                              = ?
Lena schickt die Liste                     = ?
Lena envoie la liste                       = ?
Lena manda la lista                        = ?
the engineer calls                         = ?
Migule sends it                            = theirs?
Harbour sends it                           = theirs?
Harbour Welding's IT sends it              = theirs?
they'd like a quote                        = theirs?
they expect the list                       = theirs?
they also send it                          = them
they appreciate a call                     = theirs?
the client gets the list                   = theirs?
der Kunde erwartet die Liste               = theirs?
le client attend la liste                  = theirs?
el cliente espera la lista                 = theirs?
Miguel erhält die Liste                    = theirs?
Miguel expects the list                    = theirs?
Miguel awaits the list                     = theirs?
Miguel wird angerufen                      = theirs?
Miguel wird die Liste schicken             = Miguel
Miguel va a mandar la lista                = Miguel
Miguel va a ser llamado                    = theirs?
Miguel will also be told                   = theirs?
Miguel needs to send it                    = Miguel
Miguel: to be called                       = theirs?
Miguel: needs a quote                      = theirs?
Bo Karlsson sends it                       = ours?
Ana Lopez to send it                       = theirs?
Miguel Santos sends it                     = theirs?
Dan lunch                                  = ours?
Miguel lunch                               = theirs?
we receive the list                        = ours?
us: one more                               = us | one more
`

// Whose promise it is stands in front of it, or is asked about.
func TestWhosePromise(t *testing.T) {
	tried := 0
	for row := range strings.Lines(strings.TrimSpace(promises)) {
		typed, want, _ := strings.Cut(strings.TrimSpace(row), "  ")
		want, text, cut := strings.Cut(strings.TrimLeft(want, " ="), " | ")
		tried++
		action, err := room().Parse("+" + typed)
		p, ok := action.(interview.Promises)
		if err != nil || !ok {
			t.Errorf("+%s: %+v, %v", typed, action, err)
			continue
		}
		got := p.Owner
		switch {
		case !p.Whose.IsZero():
			got = string(p.Whose.Reading) + "?"
			if !strings.Contains(p.Text, p.Whose.Words) {
				t.Errorf("+%s: the words %q are not in the text %q", typed, p.Whose.Words, p.Text)
			}
		case got == "" || got == "me":
			got = "us"
		}
		if !cut {
			text = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(typed, " @us"), " @me"), " @Miguel"), "@Miguel ")
		}
		if got != want || p.Text != text {
			t.Errorf("+%s: %q, %q; want %q, %q", typed, got, p.Text, want, text)
		}
		if again, err := room().Parse(capture.Format(p)); err != nil || !cmp.Equal(again, action) {
			t.Errorf("+%s is written as %q and read as %+v, %v", typed, capture.Format(p), again, err)
		}
	}
	if tried < 70 {
		t.Errorf("only %d promises were tried", tried)
	}
}

// What the customer says of "us" is the customer.
func TestWhosePromiseWhenSomebodySaysIt(t *testing.T) {
	for line, want := range map[string]interview.Promises{
		"@Miguel +we send the logs":     {Speaker: "Miguel", Text: "we send the logs"},
		"@Miguel +I send the logs":      {Speaker: "Miguel", Text: "I send the logs"},
		"@Miguel +you send the mock-up": {Speaker: "Miguel", Text: "you send the mock-up", Whose: interview.SideDoubt{Words: "you", Reading: interview.Ours}},
		"@Miguel +they send the logs":   {Speaker: "Miguel", Text: "they send the logs", Whose: interview.SideDoubt{Words: "they", Reading: interview.Theirs}},
		"@Miguel +Dan sends the logs":   {Speaker: "Miguel", Text: "Dan sends the logs", Owner: "Dan"},
		"Miguel: +we send the logs":     {Speaker: "Miguel", Text: "we send the logs"},
	} {
		got, err := room().Parse(line)
		if d := cmp.Diff(interview.Action(want), got); d != "" || err != nil {
			t.Errorf("Parse(%q): %v (-want +got)\n%s", line, err, d)
		}
	}
}

// Of two who are named with an @ neither is the owner in silence, and both stay in the words.
func TestTwoOwners(t *testing.T) {
	for line, want := range map[string]interview.Promises{
		"+@Bo and @Miguel meet":              {Text: "Bo and Miguel meet", Whose: interview.SideDoubt{Words: "Bo", Reading: interview.Ours}},
		"+@Miguel und @Bo treffen sich":      {Text: "Miguel und Bo treffen sich", Whose: interview.SideDoubt{Words: "Miguel", Reading: interview.Theirs}},
		"+@Bo sends it, and tells @Miguel":   {Text: "sends it, and tells Miguel", Owner: "Bo"},
		"+@Bo sends the list to @Miguel too": {Text: "sends the list to Miguel too", Owner: "Bo"},
	} {
		got, err := room().Parse(line)
		if d := cmp.Diff(interview.Action(want), got); d != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", line, err, d)
		}
	}
}

// A promise that begins with a word of days and a colon names nobody, and is written so.
func TestWrittenWithAColon(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	for _, text := range []string{"due:\u00a0\\", "due: \\", "due: x", "by: x", "friday: x", "Peter: x"} {
		written := capture.Format(interview.Promises{Text: text})
		read, err := capture.Parse(written, now)
		if diff := cmp.Diff(interview.Action(interview.Promises{Text: text}), read); err != nil || diff != "" {
			t.Errorf("%q is written as %q (%v, -written +read):\n%s", text, written, err, diff)
		}
	}
}
