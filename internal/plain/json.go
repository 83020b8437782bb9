package plain

import (
	"bytes"
	"encoding/json"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON returns v as indented JSON with a newline at the end, the same bytes for the same v. Inside
// strings whatever is not printable is written as \uXXXX, so that the output can be read in a
// terminal and still means exactly what v says; <, > and & stay as they are. The error is that of
// encoding/json, for a v that JSON cannot hold.
func JSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return escapeStrings(b.Bytes()), nil
}

// escapeStrings escapes what is not printable in the strings of src, which is JSON; outside of them
// JSON is ASCII.
func escapeStrings(src []byte) []byte {
	if !bytes.ContainsFunc(src, func(r rune) bool { return r >= 0x7F }) {
		return src
	}
	dst := make([]byte, 0, len(src)+len(src)/8)
	for {
		open := bytes.IndexByte(src, '"')
		if open < 0 {
			return append(dst, src...)
		}
		end := open + 1
		for src[end] != '"' {
			if src[end] == '\\' {
				end++
			}
			end++
		}
		dst = append(dst, src[:open+1]...)
		dst = appendEscaped(dst, string(src[open+1:end]))
		dst = append(dst, '"')
		src = src[end+1:]
	}
}

// appendEscaped appends the inside of a JSON string.
func appendEscaped(dst []byte, s string) []byte {
	sc := scanner{text: s}
	for {
		pass, held := sc.next()
		for _, r := range pass {
			// A screen accepts joiners, but they are not printable.
			if unicode.IsPrint(r) {
				dst = utf8.AppendRune(dst, r)
			} else {
				dst = appendUnicodeEscape(dst, r)
			}
		}
		if held == "" {
			return dst
		}
		r, _ := utf8.DecodeRuneInString(held)
		dst = appendUnicodeEscape(dst, r)
	}
}

// JSONScalar returns s in double quotes, as a value for YAML front matter that is valid JSON as
// well. Controls and invisible characters are escaped. The few of them above U+FFFF are written out
// as [Terminal] does instead: JSON needs two escapes for one of those, which many YAML readers
// refuse. Escaped as well is what would mean something to a Markdown or HTML reader that does not
// know front matter and shows it as text.
func JSONScalar(s string) string {
	b := make([]byte, 0, len(s)+2)
	b = append(b, '"')
	for sc := (scanner{text: s}); ; {
		pass, held := sc.next()
		at := sc.pos - len(held) - len(pass)
		for i := range len(pass) {
			switch c := pass[i]; {
			case c == '"' || c == '\\':
				b = append(b, '\\', c)
			case c == '<', c == '>', meaning(c) && special(s, at+i):
				b = appendUnicodeEscape(b, rune(c))
			default:
				b = append(b, c)
			}
		}
		if held == "" {
			return string(append(b, '"'))
		}
		b = appendHeldScalar(b, held)
	}
}

// appendHeldScalar appends one rejected character to the inside of a quoted scalar.
func appendHeldScalar(b []byte, held string) []byte {
	switch held {
	case "\n":
		return append(b, `\n`...)
	case "\r\n":
		return append(b, `\r\n`...)
	case "\t":
		return append(b, `\t`...)
	}
	r, _ := utf8.DecodeRuneInString(held)
	if r > 0xFFFF {
		b = append(b, '\\') // the backslash that appendShown begins with
		return appendShown(b, held)
	}
	return appendUnicodeEscape(b, r)
}

// appendUnicodeEscape appends r as \uXXXX, in two halves if it needs them. A byte that is not UTF-8
// comes here as U+FFFD, which is what encoding/json makes of it.
func appendUnicodeEscape(b []byte, r rune) []byte {
	if r1, r2 := utf16.EncodeRune(r); r1 != unicode.ReplacementChar {
		return appendUnicodeEscape(appendUnicodeEscape(b, r1), r2)
	}
	const hex = "0123456789abcdef"
	return append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// JSONValue returns v as JSON on one line, as it can stand in a JSON file, in a script and in the
// text of an HTML page. Whatever is not printable, and <, > and &, are escaped. The error is that of
// encoding/json.
func JSONValue(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(escapeStrings(b)), err
}

// YAMLValue returns v as YAML on one line, in the fields of its JSON: the strings are what
// [JSONScalar] returns, so that no reader takes them for anything else. The error is that of
// encoding/json.
func YAMLValue(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	var out []byte
	for len(b) > 0 {
		if b[0] != '"' {
			out = append(out, b[0])
			if b[0] == ':' || b[0] == ',' {
				out = append(out, ' ') // YAML wants it
			}
			b = b[1:]
			continue
		}
		end := 1
		for b[end] != '"' {
			if b[end] == '\\' {
				end++
			}
			end++
		}
		var s string
		if err := json.Unmarshal(b[:end+1], &s); err != nil {
			return "", err
		}
		out, b = append(out, JSONScalar(s)...), b[end+1:]
	}
	return string(out), nil
}
