package imports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
)

// hostile is a file that must be refused.
type hostile struct {
	name string
	// write writes it, from what hark exported: with its document and without.
	write func(path string, whole, bare object) error
}

type object = map[string]any

const huge = 2 << 30 // bytes that a file claims to have

// files are those that must be refused, each with a sentence.
func files() []hostile {
	all := []hostile{
		{"arrays in a field", text(`{"customer":"x","lines":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`)},
		{"nothing", text("")}, {"blanks", text(" \n\t ")}, {"a word", text("hello")}, {"null", text("null")}, {"a number", text("1e999")},
		{"half of it", func(path string, whole, _ object) error {
			b, err := json.Marshal(whole)
			return put(path, b[:len(b)/2], err)
		}},
		{"something behind it", func(path string, whole, _ object) error {
			b, err := json.Marshal(whole)
			return put(path, append(b, "{}x"...), err)
		}},
		{"text that is not UTF-8", func(path string, _, bare object) error {
			b, err := json.Marshal(bare)
			return put(path, bytes.Replace(b, []byte("Harbour"), []byte("Harb\xffour"), 1), err)
		}},
		{"a NUL", text("{\"customer\":\"x\x00\"}")},
		{"a web page", text("<!doctype html><title>x</title>")},
		{"a good one and a bad one", func(path string, whole, _ object) error {
			b, err := json.Marshal([]any{whole, object{"customer": 1}})
			return put(path, b, err)
		}},
		{"a solution for an unconfirmed problem", changed(func(o object) { each(o, "problems", func(p object) { delete(p, "playbacks") }) })},
		{"a solution for a problem that nobody weighed", changed(func(o object) { each(o, "problems", func(p object) { delete(p, "impact") }) })},
		{"a solution for no problem", changed(func(o object) { each(o, "solutions", func(s object) { s["problems"] = []any{} }) })},
		{"a playback that our side answered", changed(func(o object) {
			each(o, "people", func(p object) { p["side"] = "ours" })
		})},
		{"a yes to other words", changed(func(o object) {
			each(o, "problems", func(p object) { each(p, "playbacks", func(b object) { b["said"] = "something else" }) })
		})},
		{"a solution for a problem that is not there", changed(func(o object) { each(o, "solutions", func(s object) { s["problems"] = []any{999} }) })},
		{"evidence that is not there", changed(func(o object) { each(o, "problems", func(p object) { p["evidence"] = []any{999} }) })},
		{"a line of a question that is not there", changed(func(o object) { each(o, "lines", func(l object) { l["question"] = 99999 }) })},
		{"a number twice", changed(func(o object) { each(o, "lines", func(l object) { l["number"] = 1 }) })},
		{"no customer", changed(func(o object) { delete(o, "customer") })},
		{"a document that says something else", func(path string, whole, _ object) error {
			whole["customer"] = "Somebody else"
			b, err := json.Marshal(whole)
			return put(path, b, err)
		}},
		{"an item twice in the document", document(func(d object) { d["items"] = append(list(d, "items"), list(d, "items")[0]) })},
		{"a document without items", document(func(d object) { d["items"] = []any{} })},
		{"lines that vanish in a merge", func(path string, whole, _ object) error {
			whole["lines"], whole["problems"], whole["solutions"], whole["promises"], whole["routes"] = []any{}, []any{}, []any{}, []any{}, []any{}
			delete(whole, "left_out")
			delete(whole, "respect")
			d, _ := whole["document"].(object)
			d["items"] = slices.DeleteFunc(list(d, "items"), func(i any) bool {
				return !strings.Contains(fmt.Sprint(i), "kind:header") && !strings.Contains(fmt.Sprint(i), "kind:person")
			})
			d["log"] = []any{}
			b, err := json.Marshal(whole)
			return put(path, b, err)
		}},
		{"items with an ID that is none", document(func(d object) { each(d, "items", func(i object) { i["id"] = "../../x" }) })},
	}
	return append(all, ofWrongType()...)
}

// large are files that take hark a second or so.
func large() []hostile {
	return []hostile{
		{"2 GB of nothing", claim("")},
		{"2 GB in a text", claim(`{"customer":"`)},
		{"2 GB behind a comma", claim(`[{"customer":"x"},`)},
		{"64 MB of blanks", text(strings.Repeat(" \n", 32<<20))},
		{"a text of 100 MB", text(`{"customer":"` + strings.Repeat("x", 100<<20) + `"}`)},
		{"arrays in arrays", text(strings.Repeat("[", 3_000_000))},
		{"objects in objects", text(strings.Repeat(`{"a":`, 1_000_000))},
	}
}

// ofWrongType are files in which a field is of another type.
func ofWrongType() []hostile {
	var all []hostile
	for _, field := range []string{"customer", "lines", "problems", "people", "consent", "started_at", "playbook", "solutions", "promises", "document", "id", "outcome"} {
		for _, value := range []any{7, "x", []any{1, "a", nil}, object{"x": object{}}, true, -1e300} {
			if _, isText := value.(string); isText && field == "customer" {
				continue // a customer may go by that name
			}
			all = append(all, hostile{fmt.Sprintf("%v as %s", value, field), changed(func(o object) { o[field] = value })})
		}
	}
	return all
}

func put(path string, b []byte, err error) error {
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

func text(s string) func(string, object, object) error {
	return func(path string, _, _ object) error { return put(path, []byte(s), nil) }
}

// claim writes a beginning and makes the file as long as it claims to be; there
// is nothing on the disk for the rest.
func claim(beginning string) func(string, object, object) error {
	return func(path string, _, _ object) error {
		if err := put(path, []byte(beginning), nil); err != nil {
			return err
		}
		return os.Truncate(path, huge)
	}
}

// changed writes what was exported without its document, with something changed.
func changed(change func(object)) func(string, object, object) error {
	return func(path string, _, bare object) error {
		change(bare)
		b, err := json.Marshal(bare)
		return put(path, b, err)
	}
}

// document is changed for the document.
func document(change func(object)) func(string, object, object) error {
	return func(path string, whole, _ object) error {
		if d, ok := whole["document"].(object); ok {
			change(d)
		}
		b, err := json.Marshal(whole)
		return put(path, b, err)
	}
}

func list(o object, field string) []any {
	all, _ := o[field].([]any)
	return all
}

func each(o object, field string, change func(object)) {
	for _, one := range list(o, field) {
		if one, ok := one.(object); ok {
			change(one)
		}
	}
}

// spot is a place in a JSON document: what holds it, and the key or index.
type spot struct {
	in    any
	key   string
	index int
}

// spots lists all places in a document, in an order that does not change.
func spots(v any) []spot {
	var all []spot
	switch v := v.(type) {
	case object:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(append(all, spot{in: v, key: key}), spots(v[key])...)
		}
	case []any:
		for i := range v {
			all = append(append(all, spot{in: v, index: i}), spots(v[i])...)
		}
	}
	return all
}

// spoil changes a document in one place, or a few.
func spoil(doc object, chance *rand.Rand) {
	for range 1 + chance.IntN(3) {
		all := spots(doc)
		if len(all) == 0 {
			return
		}
		s := all[chance.IntN(len(all))]
		other := all[chance.IntN(len(all))]
		values := []any{
			nil, "", "x", "\x1b[2J\u202e", strings.Repeat("x", 70_000), 0, -1, 1, 2, 999, 1 << 53, 1e300, 0.5, true, []any{}, object{}, []any{[]any{[]any{1}}},
			"2026-11-20T14:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00", "confirmed", "ours", "theirs", "yes", "quote", copied(other.value()),
		}
		s.set(values[chance.IntN(len(values))], chance.IntN(4) == 0)
	}
}

// copied returns a copy of a value, so that none can come to hold itself.
func copied(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var out any
	if json.Unmarshal(b, &out) != nil {
		return nil
	}
	return out
}

func (s spot) value() any {
	if o, ok := s.in.(object); ok {
		return o[s.key]
	}
	if all, ok := s.in.([]any); ok {
		return all[s.index]
	}
	return nil
}

// set puts a value in the place, or takes the place away.
func (s spot) set(value any, remove bool) {
	o, isObject := s.in.(object)
	all, _ := s.in.([]any)
	switch {
	case isObject && remove:
		delete(o, s.key)
	case isObject:
		o[s.key] = value
	default:
		all[s.index] = value
	}
}
