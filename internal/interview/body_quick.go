package interview

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/document"
)

// The bodies of items are JSON. Decoding them with encoding/json took most of the time of reading
// an interview, although nearly every body has exactly the fields of its kind in the order in which
// encode writes them. The reader below decodes just such bodies, many times faster. Every other
// body (another order, a blank, an unknown field, no JSON at all) is left to encoding/json, which
// alone defines what it means.

// A quick decodes one body. The texts that it returns share one copy of the body.
type quick struct {
	text string // the body
	at   int    // the position; before a field that of the '{' or ',' in front of it
	next byte   // which of the two is expected
	bad  bool   // the body is not as encode writes it
}

// quickly is a body that a quick can decode.
type quickly interface{ read(q *quick) }

// readQuickly decodes a body and reports whether it could. If not, into is invalid.
func readQuickly(b []byte, into quickly) bool {
	q := quick{text: string(b)}
	q.object(into.read)
	return !q.bad && q.at == len(q.text)
}

// give gives up: nothing matches any more.
func (q *quick) give() { q.bad, q.at = true, len(q.text) }

// pass skips word and reports whether it comes next.
func (q *quick) pass(word string) bool {
	if !strings.HasPrefix(q.text[q.at:], word) {
		return false
	}
	q.at += len(word)
	return true
}

// object decodes an object; read decodes its fields.
func (q *quick) object(read func(*quick)) {
	if !strings.HasPrefix(q.text[q.at:], "{") {
		q.give()
		return
	}
	q.next = '{'
	read(q)
	if q.next == '{' {
		q.at++ // there was no field
	}
	if !q.pass("}") {
		q.give()
	}
	q.next = ','
}

// field reports whether the field of that name comes next, and moves to its value.
func (q *quick) field(name string) bool {
	rest, n := q.text[q.at:], len(name)
	if len(rest) < n+4 || rest[0] != q.next || rest[1] != '"' || rest[2:n+2] != name || rest[n+2] != '"' || rest[n+3] != ':' {
		return false
	}
	q.at += n + 4
	q.next = ','
	return true
}

// literal returns the text between the quotation marks of the next string. plain is true when that
// text has no escapes and is valid.
func (q *quick) literal() (inside string, plain bool) {
	if !q.pass(`"`) {
		q.give()
		return "", true
	}
	rest := q.text[q.at:]
	plain = true
	ascii := true
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			q.at += i + 1
			return rest[:i], plain && (ascii || utf8.ValidString(rest[:i]))
		case c == '\\':
			plain = false
			i++ // skips the escaped character, which may be a quotation mark
		case c < ' ':
			q.give()
			return "", true
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	q.give()
	return "", true
}

// string decodes a string.
func (q *quick) string() string {
	inside, plain := q.literal()
	if plain {
		return inside
	}
	var s string
	if json.Unmarshal([]byte(`"`+inside+`"`), &s) != nil {
		q.give()
	}
	return s
}

// quickText decodes an optional text field.
func quickText[T ~string](q *quick, name string, into *T) {
	if q.field(name) {
		*into = T(q.string())
	}
}

// quickNumber decodes an optional field with a whole number.
func quickNumber[T ~int | ~int64](q *quick, name string, into *T) {
	if !q.field(name) {
		return
	}
	const most = 9 // digits that fit into an int of any size
	negative := q.pass("-")
	digits := 0
	n := 0
	for q.at+digits < len(q.text) && '0' <= q.text[q.at+digits] && q.text[q.at+digits] <= '9' && digits <= most {
		n = n*10 + int(q.text[q.at+digits]-'0')
		digits++
	}
	if digits == 0 || digits > most || digits > 1 && q.text[q.at] == '0' {
		q.give()
		return
	}
	q.at += digits
	if negative {
		n = -n
	}
	*into = T(n)
}

// truth decodes an optional boolean field.
func (q *quick) truth(name string, into *bool) {
	if !q.field(name) {
		return
	}
	*into = q.pass("true")
	if !*into && !q.pass("false") {
		q.give()
	}
}

// time decodes an optional field with a time.
func (q *quick) time(name string, into *time.Time) {
	if !q.field(name) {
		return
	}
	inside, _ := q.literal() // an escape makes it no time
	if into.UnmarshalText([]byte(inside)) != nil {
		q.give()
	}
}

// id decodes an optional field with an ID.
func (q *quick) id(name string, into *ID) {
	if q.field(name) {
		*into = q.oneID()
	}
}

func (q *quick) oneID() ID {
	inside, _ := q.literal() // an escape makes it no ID
	if inside == "" {
		return ID{}
	}
	id, err := document.ParseID(inside)
	if err != nil {
		q.give()
	}
	return id
}

// incarnation decodes an optional field with an incarnation.
func (q *quick) incarnation(name string, into *document.Incarnation) {
	if !q.field(name) {
		return
	}
	inside, _ := q.literal() // an escape makes it none
	if into.UnmarshalText([]byte(inside)) != nil {
		q.give()
	}
}

// date decodes an optional field with a date.
func (q *quick) date(name string, into *Date) {
	if q.field(name) {
		*into = q.oneDate()
	}
}

func (q *quick) oneDate() Date {
	var d Date
	if d.UnmarshalText([]byte(q.string())) != nil {
		q.give()
	}
	return d
}

// quickList decodes an optional array. null becomes nil, as in encoding/json.
func quickList[T any](q *quick, name string, into *[]T, one func(*quick) T) {
	if !q.field(name) || q.pass("null") {
		return
	}
	if !q.pass("[") {
		q.give()
		return
	}
	all := []T{}
	for !q.pass("]") && !q.bad {
		if len(all) > 0 && !q.pass(",") {
			q.give()
		}
		all = append(all, one(q))
	}
	*into = all
}

// quickTexts and quickIDs decode optional arrays of texts and IDs.
func quickTexts(q *quick, name string, into *[]string) { quickList(q, name, into, (*quick).string) }
func quickIDs(q *quick, name string, into *[]ID)       { quickList(q, name, into, (*quick).oneID) }

// quickObject decodes an object, for quickList.
func quickObject[T any, P interface {
	*T
	quickly
}](q *quick) T {
	var v T
	q.object(P(&v).read)
	return v
}
