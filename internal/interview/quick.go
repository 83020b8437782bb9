package interview

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"hark/internal/document"
)

// Bodies are JSON, and reading an interview was for the most part encoding/json
// finding out what nearly always holds: that a body has the fields of its kind,
// in the order in which encode writes them, and nothing else. A quick reads just
// that, many times faster. Anything else (another order, a blank, a field that
// is not known, what is not JSON at all) it leaves to encoding/json, which alone
// says what such a body means.

// A quick reads one body. The texts that it returns share one copy of the body.
type quick struct {
	text string // the body
	at   int    // where it stands; before a field at the '{' or ',' in front of it
	next byte   // which of the two that has to be
	bad  bool   // it is not as encode writes it
}

// quickly is a body that a quick can read.
type quickly interface{ read(q *quick) }

// readQuickly reads a body, and reports whether it could. If not, into is not to
// be used.
func readQuickly(b []byte, into quickly) bool {
	q := quick{text: string(b)}
	q.object(into.read)
	return !q.bad && q.at == len(q.text)
}

// give gives up. Nothing comes next from then on.
func (q *quick) give() { q.bad, q.at = true, len(q.text) }

// pass goes behind word if it comes next.
func (q *quick) pass(word string) bool {
	if !strings.HasPrefix(q.text[q.at:], word) {
		return false
	}
	q.at += len(word)
	return true
}

// object reads an object, whose fields are read by read.
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

// field reports whether the field by that name comes next, and goes to its
// value.
func (q *quick) field(name string) bool {
	rest, n := q.text[q.at:], len(name)
	if len(rest) < n+4 || rest[0] != q.next || rest[1] != '"' || rest[2:n+2] != name || rest[n+2] != '"' || rest[n+3] != ':' {
		return false
	}
	q.at += n + 4
	q.next = ','
	return true
}

// literal returns what stands between the quotation marks of the string that
// comes next. plain says that this is what it means.
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
			i++ // whatever comes behind it, a quotation mark perhaps
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

// string reads a string.
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

// quickText reads a field that is text, if it is there.
func quickText[T ~string](q *quick, name string, into *T) {
	if q.field(name) {
		*into = T(q.string())
	}
}

// quickNumber reads a field that is a whole number, if it is there.
func quickNumber[T ~int | ~int64](q *quick, name string, into *T) {
	if !q.field(name) {
		return
	}
	const most = 9 // digits that fit whatever the machine
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

// truth reads a field that is true or false, if it is there.
func (q *quick) truth(name string, into *bool) {
	if !q.field(name) {
		return
	}
	*into = q.pass("true")
	if !*into && !q.pass("false") {
		q.give()
	}
}

// time reads a field that is a moment, if it is there.
func (q *quick) time(name string, into *time.Time) {
	if !q.field(name) {
		return
	}
	inside, _ := q.literal() // with anything but plain text in it, it is none
	if into.UnmarshalText([]byte(inside)) != nil {
		q.give()
	}
}

// id reads a field that is an ID, if it is there.
func (q *quick) id(name string, into *ID) {
	if q.field(name) {
		*into = q.oneID()
	}
}

func (q *quick) oneID() ID {
	inside, _ := q.literal() // likewise
	if inside == "" {
		return ID{}
	}
	id, err := document.ParseID(inside)
	if err != nil {
		q.give()
	}
	return id
}

// date reads a field that is a day, if it is there.
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

// quickList reads a field that is an array, if it is there. null is nil, as
// encoding/json has it.
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

// quickTexts and quickIDs read a field that is an array of such, if it is there.
func quickTexts(q *quick, name string, into *[]string) { quickList(q, name, into, (*quick).string) }
func quickIDs(q *quick, name string, into *[]ID)       { quickList(q, name, into, (*quick).oneID) }

// quickObject reads an object, for quickList.
func quickObject[T any, P interface {
	*T
	quickly
}](q *quick) T {
	var v T
	q.object(P(&v).read)
	return v
}
