package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxNameBytes = 60 // for the customer's part of a file name
	maxIDBytes   = 64 // more than twice the length of hark's own IDs
)

// FileName returns the name of a file for an interview: the customer's name as lower-case letters
// and digits joined by hyphens, at most 60 bytes of it, then a hyphen, the id and ext. A name
// without letters or digits becomes "interview". Of the id only ASCII letters and digits are used,
// at most 64; with none, its hyphen goes too. ext is taken as it is and brings its own dot (".md").
//
// The result holds no separator, no dot but those of ext, and is no device name on Windows.
func FileName(customer, id, ext string) string {
	name := fileStem(customer)
	if clean := fileID(id); clean != "" {
		name += "-" + clean
	}
	return name + ext
}

// fileStem returns the customer's part of a file name.
func fileStem(customer string) string {
	var b strings.Builder
	gap := false
	// The compatible forms turn wide, raised and ligature letters into the ones that people can
	// type.
	for _, r := range norm.NFKC.String(customer) {
		r = unicode.ToLower(r)
		switch {
		case (unicode.IsLetter(r) || unicode.IsDigit(r)) && visible(r):
			size := utf8.RuneLen(r)
			if gap && b.Len() > 0 {
				size++
			}
			if b.Len()+size > maxNameBytes {
				return reservedStem(b.String())
			}
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), r == '\'', r == '’':
			// The character is part of the word that it stands in.
		default:
			gap = true
		}
	}
	return reservedStem(b.String())
}

// reservedStem replaces a stem that is empty or, on Windows, a device.
func reservedStem(stem string) string {
	switch stem {
	case "":
		return "interview"
	case "con", "prn", "aux", "nul":
		return "interview-" + stem
	}
	if len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && '0' <= stem[3] && stem[3] <= '9' {
		return "interview-" + stem
	}
	return stem
}

// fileID returns the part of an ID that is allowed in a file name. An imported file can contain any
// ID.
func fileID(id string) string {
	clean := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, id)
	return clean[:min(len(clean), maxIDBytes)]
}
