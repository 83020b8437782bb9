package capture_test

import (
	"strings"
	"testing"

	"hark/internal/capture"
	"hark/internal/interview"
)

// sides are what people type behind /person Hy, and what is understood: the side, with a ? when it
// is asked about, and the role.
const sides = `
Hy                              =
Hy, seller                      = | seller
Hy, seller, ours                = ours | seller
Hy, seller (ours)               = ours | seller
Hy, seller; ours                = ours | seller
Hy, seller, ours.               = ours | seller
Hy, seller, ours!               = ours | seller
Hy, seller, our                 = ours | seller
Hy, seller, us                  = ours | seller
Hy, seller, our side            = ours | seller
Hy, seller, our team            = ours | seller
Hy, seller - ours               = ours | seller
Hy, seller – ours               = ours | seller
Hy, seller / ours               = ours | seller
Hy, seller: ours                = ours | seller
Hy, seller [ours]               = ours | seller
Hy, seller OURS                 = ours | seller
Hy, seller ours                 = ours | seller
Hy, seller on our side          = ours | seller
Hy, seller，ours                 = ours | seller
Hy, seller（ours）                = ours | seller
Hy, OURS                        = ours
Hy, ours, seller                = ours | seller
Hy, (ours) seller               = ours | seller
Hy, (seller, ours)              = ours | seller
Hy, seller (ours), Leeds        = ours | seller, Leeds
Hy, head of IT, EMEA (us)       = ours | head of IT, EMEA
Hy (ours)                       = ours
Hy (seller, ours)               = ours | seller
Hy; seller; ours                = ours | seller
Hy - ours                       = ours
Hy - seller - ours              = ours | seller
Hy: ours                        = ours
Hy ours                         = ours
Hy, we                          = ours
Hy, me                          = ours
Hy, our's                       = ours
Hy, on our side                 = ours
Hy, one of us                   = ours
Hy, works for us                = ours
Hy, from our company            = ours
Hy, our colleague               = ours
Hy, Verkäufer, unsere           = ours | Verkäufer
Hy, Verkäufer, von uns          = ours | Verkäufer
Hy, Verkäufer (unsere Seite)    = ours | Verkäufer
Hy, auf unserer Seite           = ours
Hy, Kollege                     = ours
Hy, vendeur, chez nous          = ours | vendeur
Hy, vendeur, notre côté         = ours | vendeur
Hy, de notre côté               = ours
Hy, vendeur (les nôtres)        = ours | vendeur
Hy, vendedor, nuestro           = ours | vendedor
Hy, de nuestro equipo           = ours
Hy, vendedora; nosotros         = ours | vendedora
Hy, foreman, theirs             = theirs | foreman
Hy, foreman; THEIRS             = theirs | foreman
Hy, foreman (their side)        = theirs | foreman
Hy, foreman, them               = theirs | foreman
Hy, foreman, their              = theirs | foreman
Hy, foreman, customer           = theirs | foreman
Hy, foreman, the customer's     = theirs | foreman
Hy, customer side               = theirs
Hy, client                      = theirs
Hy, their team                  = theirs
Hy, Meister, Kunde              = theirs | Meister
Hy, Meister (Kundenseite)       = theirs | Meister
Hy, Meister, deren              = theirs | Meister
Hy, Meister, ihre Seite         = theirs | Meister
Hy, chef d'atelier, côté client = theirs | chef d'atelier
Hy, chez eux                    = theirs
Hy, jefe, cliente               = theirs | jefe
Hy, su equipo                   = theirs
Hy, del lado del cliente        = theirs
Hy, seller, ourz                = ours? | seller
Hy, seller (ous)                = ours? | seller
Hy, seller, thiers              = theirs? | seller
Hy, seller, ours?               = ours? | seller
Hy, seller, maybe ours          = ours? | seller, maybe ours
Hy, seller, not ours            = ours? | seller, not ours
Hy, seller, ours or theirs      = ? | seller, ours or theirs
Hy, seller, ours, theirs        = ? | seller
Hy, our seller                  = ours? | our seller
Hy, their consultant            = theirs? | their consultant
Hy, our contact in purchasing   = ours? | our contact in purchasing
Hy, unser Ansprechpartner       = ours? | unser Ansprechpartner
Hy, leur conseiller             = theirs? | leur conseiller
Hy, seller, your side           = ? | seller
Hy, seller, both                = ? | seller
Hy, external                    = ?
Hy, seller, US                  = ours? | seller, US
Hy, night side                  = ? | night side
Hy, our seller, ours            = ours | our seller
Hy, VP Sales, US, theirs        = theirs | VP Sales, US
Hy, customer success manager    = | customer success manager
Hy, client/server engineer      = | client/server engineer
Hy, head of US sales            = | head of US sales
Hy, shift lead, Mon             = | shift lead, Mon
Hy, works council               = | works council
Hy, people manager              = | people manager
Hy, head of customer service    = | head of customer service
Hy, Einkauf bei uns             = ours? | Einkauf bei uns
Hy, tour guide                  = | tour guide
Hy, owner                       = | owner
Hy, C-level (retired)           = | C-level (retired)
Hy, seller, side=ours           = ours | seller
Hy, seller, *ours*              = ours | seller
Hy, seller, **ours**            = ours | seller
Hy, seller, _theirs_            = theirs | seller
Hy, seller, 'ours'              = ours | seller
Hy, seller, ’ours’              = ours | seller
Hy, seller, +ours               = ours | seller
Hy, seller, #ours               = ours | seller
Hy, seller, →ours               = ours | seller
Hy, seller <ours>               = ours | seller
Hy <ours>                       = ours
Hy *ours*                       = ours
Hy/seller/ours                  = ours? | seller/ours
Hy/ours                         = ours
Hy, seller side:us              = ours? | seller side:us
Hy, seller/ours                 = ours? | seller/ours
Hy, seller+ours                 = ours? | seller+ours
Hy, seller-ours                 = ours? | seller-ours
Hy, Verkäufer/unser             = ours? | Verkäufer/unser
Hy, vendeur/notre               = ours? | vendeur/notre
Hy, vendedor=nuestro            = ours? | vendedor=nuestro
Hy, jefe/suyo                   = theirs? | jefe/suyo
Hy, seller, own                 = ours | seller
Hy, seller, in-house            = ours | seller
Hy, Verkäufer, eigene           = ours | Verkäufer
Hy, venditore, nostro           = ours | venditore
Hy, verkoper, van ons           = ours | verkoper
Hy, продавец, наш               = ours | продавец
Hy, 销售，我们                       = ours | 销售
Hy, 销售，我方                       = ours | 销售
Hy, 営業、弊社                       = ours | 営業
Hy, 영업, 우리                      = ours | 영업
Hy, กของ, ของเรา                = ours | กของ
Hy, مدير, لنا                   = ours | مدير
Hy, мастер, клиент              = theirs | мастер
Hy, 工头，客户                       = theirs | 工头
Hy, 職長、先方                       = theirs | 職長
Hy, seller, ?                   = ? | seller
Hy, ?                           = ?
Hy, seller, ???                 = ? | seller
Hy, unknown                     = ?
Hy, seller (tbd)                = ? | seller
Hy, Verkäufer, unbekannt        = ? | Verkäufer
Hy, vendeur, inconnu            = ? | vendeur
Hy, vendedor, desconocido       = ? | vendedor
Hy, US-based engineer           = | US-based engineer
Hy, R&D/IT                      = | R&D/IT
Hy, "ours"                      = | ours
Hy, "sales, ours", ours         = ours | sales, ours
`

// A side is understood wherever it plainly stands, and asked about where it only may be one.
func TestSides(t *testing.T) {
	tried := 0
	for row := range strings.Lines(strings.TrimSpace(sides)) {
		typed, want, _ := strings.Cut(strings.TrimSpace(row), " =")
		typed = "/person " + strings.TrimSpace(typed)
		tried++
		action, err := capture.Parse(typed, now)
		if err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		p, _ := action.(interview.Introduce)
		got := string(p.Side)
		if !p.Doubt.IsZero() {
			got = string(p.Doubt.Reading) + "?"
		}
		if p.Role != "" {
			got += " | " + p.Role
		}
		if p.Name != "Hy" || strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: %q, %q; want %q", typed, p.Name, got, want)
		}
		if again, err := capture.Parse(capture.Format(p), now); err != nil || again != action {
			t.Errorf("%s: %+v is written as %q and read as %+v, %v", typed, p, capture.Format(p), again, err)
		}
	}
	if tried < 100 {
		t.Errorf("only %d sides were tried", tried)
	}
}

// Names are no sides, whatever they sound like.
func TestNamesThatSoundLikeSides(t *testing.T) {
	for _, name := range []string{"Al Unser", "Ana Su", "Jean Nous", "O'Hours", "Ann-Marie Ours-Smith", "Bob (Robert) Smith", "Kim Client", "Theirs"} {
		action, err := capture.Parse("/person "+name+", foreman, theirs", now)
		if want := (interview.Introduce{Name: name, Role: "foreman", Side: interview.Theirs}); err != nil || action != want {
			t.Errorf("%s: %+v, %v", name, action, err)
		}
	}
}
