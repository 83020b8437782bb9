package interview

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"hark/internal/document"
)

// The kinds of item in an interview's document. They are stored: kinds and fields are only added,
// never renamed.
const (
	kindHeader   = "header"
	kindPlaybook = "playbook"
	kindConsent  = "consent"
	kindPosition = "position"
	kindAsked    = "asked"
	kindLeftOut  = "left-out"
	kindOpening  = "gate-opened"
	kindEnding   = "ending"
	kindOutcome  = "outcome"
	kindPerson   = "person"
	kindSame     = "same-person"
	kindAdviser  = "adviser"
	kindLine     = "line"
	kindProblem  = "problem"
	kindAside    = "aside"
	kindImpact   = "impact"
	kindPlayback = "playback"
	kindSolution = "solution"
	kindReaction = "reaction"
	kindRespect  = "respect"
	kindAdvice   = "advice"
	kindPromise  = "promise"
	kindProgress = "progress" // of a promise or route: done, answered, told
	kindRoute    = "route"
	kindFact     = "fact"    // one field of one item, once it was set; see factBody
	kindDropped  = "dropped" // what was in sight of who dropped an item
)

// The bodies of items. A fact that two windows may change concurrently is an item of its own, so
// that both changes stand.
type (
	headerBody struct {
		Customer  string    `json:"customer"`
		StartedAt time.Time `json:"started_at"`
		// Debrief is true when the whole interview is entered after the meeting.
		Debrief bool `json:"debrief,omitempty"`
		// MetUntil is the time at which that meeting ended.
		MetUntil time.Time `json:"met_until,omitzero"`
	}
	// positionBody is where somebody is in the playbook. Earlier harks had one for all, without Author
	// and Device.
	positionBody struct {
		Question int                  `json:"question"`
		Author   string               `json:"author,omitempty"`
		Device   document.Incarnation `json:"device,omitzero"`
	}
	askedBody struct {
		Question int       `json:"question"`
		At       time.Time `json:"at"`
	}
	leftOutBody struct {
		Text string    `json:"text,omitempty"`
		At   time.Time `json:"at"`
		Kind LineKind  `json:"kind,omitempty"` // as in Wording
	}
	momentBody struct {
		At time.Time `json:"at"`
	}
	// endingBody is the end of an interview, and that it was reopened after it.
	endingBody struct {
		At       time.Time `json:"at"`
		Reopened time.Time `json:"reopened,omitzero"` // zero while it is over
		// Open is for how many seconds it was open, without the time between an end and a reopening; 0
		// while it was not reopened.
		Open int64 `json:"open,omitempty"`
	}
	outcomeBody struct {
		Outcome Outcome `json:"outcome"`
	}
	personBody struct {
		Name string `json:"name"`
		Role string `json:"role,omitempty"`
		Side Side   `json:"side,omitempty"`
		// Doubt is not zero, or absent, exactly when there is no side.
		Doubt SideDoubt `json:"doubt,omitzero"`
		At    time.Time `json:"at"`
	}
	// samePersonBody says that two persons are one. What refers to either stays as it is.
	samePersonBody struct {
		Person ID        `json:"person"`
		Into   ID        `json:"into"` // whose name, role and side hold
		At     time.Time `json:"at"`
		// Side and Role are those that Person had then. Others were set without seeing the joining.
		Side Side   `json:"side,omitempty"`
		Role string `json:"role,omitempty"`
	}
	adviserBody struct {
		Person ID        `json:"person"`
		Joins  bool      `json:"joins"`
		At     time.Time `json:"at"`
	}
	lineBody struct {
		Number int      `json:"number"`
		Kind   LineKind `json:"kind"`
		Text   string   `json:"text"`
		First  string   `json:"first,omitempty"`
		// FirstKind is what First was typed as, where a correction made a quote of the line; "" stands for Kind.
		FirstKind LineKind  `json:"first_kind,omitempty"`
		Speaker   ID        `json:"speaker,omitzero"`
		At        time.Time `json:"at"`
		Question  int       `json:"question,omitempty"`
		Recalled  bool      `json:"recalled,omitempty"`
		// After is the time since the end of the meeting, in seconds.
		After    int64    `json:"after,omitempty"`
		Problem  ID       `json:"problem,omitzero"`
		Themes   []string `json:"themes,omitempty"`
		TooEarly bool     `json:"too_early,omitempty"`
		For      []ID     `json:"for,omitempty"`
		// Why is the reason why an unsettled line is unsettled.
		Why string `json:"why,omitempty"`
	}
	problemBody struct {
		Number   int       `json:"number"`
		Wordings []Wording `json:"wordings"`
		// Raised is what earlier harks stored; see cameUpBefore. CameUp is "" where it is not
		// known.
		Raised Raised    `json:"raised"`
		CameUp Raised    `json:"came_up,omitempty"`
		Themes []string  `json:"themes,omitempty"`
		At     time.Time `json:"at"`
	}
	asideBody struct {
		Problem ID        `json:"problem"`
		Reason  string    `json:"reason,omitempty"`
		Into    ID        `json:"into,omitzero"` // the problem that it was joined into; earlier harks put its number into Reason
		At      time.Time `json:"at"`
	}
	impactBody struct {
		Problem ID     `json:"problem"`
		Facet   string `json:"facet"`
		Text    string `json:"text,omitempty"`
		Rating  int    `json:"rating,omitempty"`
	}
	playbackBody struct {
		Problem    ID        `json:"problem"`
		Said       string    `json:"said"`
		Answer     Answer    `json:"answer"`
		Correction string    `json:"correction,omitempty"`
		By         ID        `json:"by"`
		At         time.Time `json:"at"`
		Withdrawn  bool      `json:"withdrawn,omitempty"`
		// After are, for a yes, the answers to the same wording that it came after and that were none.
		// It is nil in what an earlier hark wrote.
		After []ID `json:"after,omitzero"`
	}
	solutionBody struct {
		Number   int       `json:"number"`
		Problems []ID      `json:"problems"`
		Proofs   []ID      `json:"proofs"`
		Text     string    `json:"text"`
		Ours     string    `json:"ours,omitempty"`
		Theirs   string    `json:"theirs,omitempty"`
		At       time.Time `json:"at"`
	}
	reactionBody struct {
		Solution ID       `json:"solution"`
		Text     string   `json:"text,omitempty"`
		Decision Decision `json:"decision,omitempty"`
	}
	respectBody struct {
		Problem ID        `json:"problem"`
		Text    string    `json:"text"`
		At      time.Time `json:"at"`
	}
	adviceBody struct {
		Problem ID        `json:"problem"`
		Proof   ID        `json:"proof"`
		Text    string    `json:"text"`
		At      time.Time `json:"at"`
	}
	promiseBody struct {
		Number  int       `json:"number"`
		Text    string    `json:"text"`
		First   string    `json:"first,omitempty"`
		Owner   ID        `json:"owner,omitzero"`
		Side    Side      `json:"side,omitempty"`
		Whose   SideDoubt `json:"whose,omitzero"`
		Speaker ID        `json:"speaker,omitzero"`
		Due     Date      `json:"due,omitzero"`
		Doubt   DayDoubt  `json:"doubt,omitzero"`
		Themes  []string  `json:"themes,omitempty"`
		At      time.Time `json:"at"`
	}
	routeBody struct {
		Number     int       `json:"number"`
		Problem    ID        `json:"problem"`
		Proof      ID        `json:"proof"`
		Department string    `json:"department"`
		Owner      ID        `json:"owner,omitzero"`
		Due        Date      `json:"due,omitzero"`
		At         time.Time `json:"at"`
	}
	// progressBody is one step of a promise or route: "done", "answered", "told". Text is the
	// answer; of "told" it is the answer or the outcome that the customer heard. Open says that
	// there was none yet; without either an earlier hark wrote it, and what they heard is not
	// known. Promised is the text that the promise had when it was told of.
	progressBody struct {
		Of       ID        `json:"of"`
		Step     string    `json:"step"`
		Text     string    `json:"text,omitempty"`
		Open     bool      `json:"open,omitempty"`
		Promised string    `json:"promised,omitempty"`
		At       time.Time `json:"at"`
	}
	// factBody is the value of one field of an item. Until there is a fact of a field, what the
	// item's own body says holds. The value is in the parts that belong to the field; a fact
	// without any says that the field is empty.
	factBody struct {
		Of    ID        `json:"of"`
		Field Field     `json:"field"`
		Text  string    `json:"text,omitempty"`
		Item  ID        `json:"item,omitzero"` // a person, or the problem that a line shows
		Side  Side      `json:"side,omitempty"`
		Whose SideDoubt `json:"whose,omitzero"`
		Due   Date      `json:"due,omitzero"`
		Doubt DayDoubt  `json:"doubt,omitzero"`
		Out   bool      `json:"out,omitempty"` // the theme does not belong to the item
	}
	// droppedBody is written with the drop of an item that others say something of: Seen are the versions of
	// those that were in sight. Earlier harks wrote none.
	droppedBody struct {
		Of   ID             `json:"of"`
		Seen []document.Dot `json:"seen,omitempty"`
	}
)

// The steps of a progressBody.
const (
	stepDone     = "done"
	stepAnswered = "answered"
	stepTold     = "told"
)

// outcomeDone is the outcome of a promise, in the Text of a stepTold.
const outcomeDone = "done"

// The facets of an impact, as stored.
const (
	facetHowOften = "how_often"
	facetHowBad   = "how_bad"
	facetCosts    = "costs"
	facetBears    = "bears"
	facetTried    = "tried"
	facetWants    = "wants"
)

// errNewer is returned by decode when a body has fields that this hark does not know: a newer one
// wrote it.
var errNewer = errors.New("written by a newer hark")

// encode returns the stored form of a body.
func encode(body any) ([]byte, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encoding %T: %w", body, err)
	}
	return b, nil
}

// decode decodes a stored body. With the error errNewer, for unknown fields, the known fields are
// decoded all the same.
func decode[T any](b []byte) (T, error) {
	var body T
	err := decodeInto(b, &body)
	return body, err
}

// decodeInto is decode into an existing value.
func decodeInto[T any](b []byte, into *T) (err error) {
	if q, can := any(into).(quickly); can && readQuickly(b, q) {
		return nil
	}
	*into, err = decodeAny[T](b)
	return err
}

// decodeAny is decode without the quick reader.
func decodeAny[T any](b []byte) (T, error) {
	var body T
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	err := dec.Decode(&body)
	if err == nil {
		if _, tail := dec.Token(); !errors.Is(tail, io.EOF) {
			return body, fmt.Errorf("stored item: text after its end")
		}
		return body, nil
	}
	var known T
	if again := json.Unmarshal(b, &known); again != nil {
		return known, fmt.Errorf("stored item: %w", again)
	}
	if strings.Contains(err.Error(), "unknown field") {
		return known, errNewer
	}
	return known, fmt.Errorf("stored item: %w", err)
}
