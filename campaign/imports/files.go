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
	// write writes the file, based on a real export.
	write func(path string, whole object) error
}

type object = map[string]any

const (
	huge    = 2 << 30                      // size that a file pretends to have
	nothing = "bbbbbbbbbbbbbbbbbbbbbbbbba" // an ID that no item has
)

// files returns the files that must be refused, each with a sentence.
func files() []hostile {
	all := []hostile{
		{"arrays in a field", text(`{"customer":"x","lines":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`)},
		{"nothing", text("")}, {"blanks", text(" \n\t ")}, {"a word", text("hello")}, {"null", text("null")}, {"a number", text("1e999")},
		{"a NUL", text("{\"customer\":\"x\x00\"}")},
		{"a web page", text("<!doctype html><title>x</title>")},
		{"half of it", bytesOf(func(b []byte) []byte { return b[:len(b)/2] })},
		{"text that is not UTF-8", bytesOf(func(b []byte) []byte { return bytes.Replace(b, []byte("Harbour"), []byte("Harb\xffour"), 1) })},
		{"no document", changed(func(o object) { delete(o, "document") })},
		{"an erasure of nothing", text(`{"erased":true}`)},
		{"an erasure of what is no ID", text(`[{"id":"../../x","erased":true}]`)},
		{"an erasure that is a word", changed(func(o object) { o["erased"] = "yes" })},
		{"no ID", changed(func(o object) { delete(o, "id") })},
		{"a solution for an unconfirmed problem", bodies("playback", func(b object) { b["answer"] = "no" })},
		{"a solution for no problem", bodies("solution", func(b object) { b["problems"], b["proofs"] = []any{}, []any{} })},
		{"a solution without a proof", bodies("solution", func(b object) { b["proofs"] = []any{} })},
		{"a solution for a problem that is not there", bodies("solution", func(b object) { b["problems"] = []any{nothing} })},
		{"a playback by nobody", bodies("playback", func(b object) { b["by"] = "" })},
		{"a route without a proof", bodies("route", func(b object) { b["proof"] = "" })},
		{"a line of a problem that is not there", bodies("line", func(b object) { b["problem"] = nothing })},
		{"a line of a question that is not there", bodies("line", func(b object) { b["question"] = 99999 })},
		{"a line of a kind that there is not", bodies("line", func(b object) { b["kind"] = "shout" })},
		{"a wording typed as what there is not", bodies("problem", func(b object) { each(b, "wordings", func(w object) { w["kind"] = "thought" }) })},
		{"an answer typed as what there is not", bodies("left-out", func(b object) { b["kind"] = "shout" })},
		{"a problem that came up as none does", bodies("problem", func(b object) { b["came_up"] = "often" })},
		{"told of what is no promise or route", bodies("progress", func(b object) { b["of"] = nothing })},
		{"a step that there is not", bodies("progress", func(b object) { b["step"] = "sold" })},
		{"told of a number", bodies("progress", func(b object) { b["text"] = 7 })},
		{"no customer", bodies("header", func(b object) { b["customer"] = "" })},
		{"a kind that there is not", versions(func(v object) { v["kind"] = "robot" })},
		{"a change of no notebook", versions(func(v object) { v["by"] = "0000000000000000" })},
		{"a change that is not known", versions(func(v object) { v["count"] = 1 << 40 })},
		{"a time long ago", versions(func(v object) { v["clock"] = -1 << 50 })},
		{"changes that nobody made", document(func(d object) { d["seen"] = object{"00000000000000ff": 1 << 60} })},
		{"a history that says something else than the items", document(func(d object) {
			d["log"] = copied(d["log"])
			each(d, "items", func(i object) {
				each(i, "versions", func(v object) {
					if b, ok := v["body"].(object); ok && v["kind"] == "playback" {
						b["said"] = "They want our jig"
					}
				})
			})
		})},
		{"a change above what the file counts", document(func(d object) {
			seen, _ := d["seen"].(object)
			for by := range seen {
				seen[by] = 1
			}
		})},
		{"a yes that comes after nothing", bodies("playback", func(b object) { b["after"] = []any{nothing} })},
		{"a field that belongs to nothing", bodies("fact", func(b object) { b["of"] = nothing })},
		{"a million empty records", document(func(d object) { d["log"] = slices.Repeat([]any{object{}}, 1<<20) })},
		{"an item twice", document(func(d object) { d["items"] = append(list(d, "items"), list(d, "items")[0]) })},
		{"no items", document(func(d object) { d["items"] = []any{} })},
		{"items with an ID that is none", document(func(d object) { each(d, "items", func(i object) { i["id"] = "../../x" }) })},
		{"items with another's ID", document(func(d object) { each(d, "items", func(i object) { i["id"] = nothing }) })},
		{"items without versions", document(func(d object) { each(d, "items", func(i object) { i["versions"] = []any{} }) })},
		{"a history out of order", document(func(d object) { slices.Reverse(list(d, "log")) })},
	}
	return append(all, ofWrongType()...)
}

// among returns the files with a good interview and something that must be refused.
func among() []hostile {
	put := func(before, after string) func(string, object) error {
		return bytesOf(func(b []byte) []byte { return slices.Concat([]byte(before), b, []byte(after)) })
	}
	deep := `{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`
	return []hostile{
		{"something behind it", put("", "{}x")},
		{"a good one and a bad one", put("[", `,{"customer":1}]`)},
		{"a bad one and a good one", put(`[{"customer":1},`, "]")},
		{"the same one twice", bytesOf(func(b []byte) []byte { return slices.Concat([]byte("["), b, []byte(","), b, []byte("]")) })},
		{"a good one behind one that is nested deep", put("["+deep+",", "]")},
		{"a good one behind one of 100 MB", put(`[{"customer":"`+strings.Repeat("x", 100<<20)+`"},`, "]")},
		{"a good one, and half of one", bytesOf(func(b []byte) []byte { return slices.Concat([]byte("["), b, []byte(","), b[:len(b)/2]) })},
	}
}

// erasures returns files that say that the interview was erased, where nobody can be asked.
func erasures() []hostile {
	alone := func(id any) []byte { return fmt.Appendf(nil, `{"id":%q,"erased":true}`, id) }
	with := func(write func(erasure, whole []byte) []byte) func(string, object) error {
		return func(path string, whole object) error {
			b, err := json.Marshal(whole)
			return put(path, write(alone(whole["id"]), b), err)
		}
	}
	return []hostile{
		{"an erasure", with(func(e, _ []byte) []byte { return e })},
		{"an erasure before the interview", with(func(e, b []byte) []byte { return slices.Concat([]byte("["), e, []byte(","), b, []byte("]")) })},
		{"an erasure after the interview", with(func(e, b []byte) []byte { return slices.Concat([]byte("["), b, []byte(","), e, []byte("]")) })},
		{"an erasure in the interview", changed(func(o object) { o["erased"] = true })},
	}
}

// newer returns files as a newer hark may write them.
func newer() []hostile {
	robot := func(kind string) func(string, object) error {
		return versions(func(v object) {
			if v["kind"] == kind {
				v["kind"] = "robot"
			}
		})
	}
	return []hostile{
		{"a field that there is not", bodies("line", func(b object) { b["volume"] = 11 })},
		{"an answer with a field that there is not", bodies("playback", func(b object) { b["voice"] = "low" })},
		{"an answer of a kind that there is not", robot("playback")},
		{"an opening of a kind that there is not", robot("gate-opened")},
		{"people of a kind that there is not", robot("person")},
		{"problems of a kind that there is not", robot("problem")},
	}
}

// unbelieved returns files that hark takes, as two laptops can come to such a state, and of which it
// believes nothing that the rules do not give.
func unbelieved() []hostile {
	// alone leaves the history out, which would say something else.
	alone := func(change func(d object)) func(string, object) error {
		return document(func(d object) {
			delete(d, "log")
			change(d)
		})
	}
	each := func(kind string, change func(v, body object)) func(d object) {
		return func(d object) {
			each(d, "items", func(i object) {
				each(i, "versions", func(v object) {
					if body, ok := v["body"].(object); ok && v["kind"] == kind {
						change(v, body)
					}
				})
			})
		}
	}
	yes := func(change func(v, body object)) func(string, object) error {
		return alone(each("playback", change))
	}
	return []hostile{
		{"a deleted playback", yes(func(v, _ object) { v["deleted"] = true })},
		{"a yes to words that the problem never had", yes(func(_, b object) { b["said"] = "They want our jig" })},
		{"a yes that was taken back", yes(func(_, b object) { b["withdrawn"] = true })},
		{"a yes from before the problem", yes(func(_, b object) { b["at"] = "2020-01-01T00:00:00Z" })},
		{"a yes by our side", alone(each("person", func(_, b object) { b["side"] = "ours" }))},
		{"a confirmed wording that was rewritten", alone(each("problem", func(_, b object) {
			b["wordings"] = append(list(b, "wordings"), object{"text": "They want our jig", "at": b["at"]})
		}))},
		{"clocks far ahead", alone(func(d object) {
			for _, kind := range []string{"line", "problem", "playback", "solution"} {
				each(kind, func(v, _ object) { v["clock"], v["tick"] = int64(7_000_000_000_000), uint32(1<<32-1) })(d)
			}
		})},
		{"the highest numbers", alone(each("line", func(_, b object) { b["number"] = 1_000_000 }))},
	}
}

// large returns files that take hark about a second.
func large() []hostile {
	return []hostile{
		{"2 GB of nothing", claim("")},
		{"2 GB in a text", claim(`{"customer":"`)},
		{"2 GB behind a comma", claim(`[{"customer":"x"},`)},
		{"64 MB of blanks", repeated("", " \n", 32<<20, "")},
		{"a text of 100 MB", repeated(`{"customer":"`, "x", 100<<20, `"}`)},
		{"arrays in arrays", repeated("", "[", 3_000_000, "")},
		{"objects in objects", repeated("", `{"a":`, 1_000_000, "")},
	}
}

// ofWrongType returns files in which one field has the wrong type.
func ofWrongType() []hostile {
	var all []hostile
	values := []any{7, "x", []any{1, "a", nil}, object{"x": object{}}, true, -1e300}
	for _, value := range values {
		for _, field := range []string{"id", "document"} {
			all = append(all, hostile{fmt.Sprintf("%v as %s", value, field), changed(func(o object) { o[field] = value })})
		}
		for _, field := range []string{"seen", "lacking", "items", "log"} {
			all = append(all, hostile{fmt.Sprintf("%v as %s of a document", value, field), document(func(d object) { d[field] = value })})
		}
		for _, field := range []string{"by", "count", "clock", "kind", "body"} {
			if _, isNumber := value.(int); isNumber && (field == "count" || field == "clock") {
				continue // that type is valid
			}
			all = append(all, hostile{fmt.Sprintf("%v as %s of a version", value, field), versions(func(v object) { v[field] = value })})
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

func text(s string) func(string, object) error {
	return func(path string, _ object) error { return put(path, []byte(s), nil) }
}

// repeated writes a text so many times, between two others.
func repeated(before, text string, times int, after string) func(string, object) error {
	return func(path string, _ object) error {
		return put(path, []byte(before+strings.Repeat(text, times)+after), nil)
	}
}

// claim writes a beginning and extends the file to the pretended size; the rest takes no space on
// the disk.
func claim(beginning string) func(string, object) error {
	return func(path string, _ object) error {
		if err := put(path, []byte(beginning), nil); err != nil {
			return err
		}
		return os.Truncate(path, huge)
	}
}

// bytesOf writes a real export with changed bytes.
func bytesOf(change func([]byte) []byte) func(string, object) error {
	return func(path string, whole object) error {
		b, err := json.Marshal(whole)
		return put(path, change(b), err)
	}
}

// changed writes a real export with a change.
func changed(change func(object)) func(string, object) error {
	return func(path string, whole object) error {
		change(whole)
		b, err := json.Marshal(whole)
		return put(path, b, err)
	}
}

// document is changed for a change of the document.
func document(change func(object)) func(string, object) error {
	return changed(func(o object) {
		if d, ok := o["document"].(object); ok {
			change(d)
		}
	})
}

// versions is changed for a change of each version of each item.
func versions(change func(object)) func(string, object) error {
	return document(func(d object) { each(d, "items", func(i object) { each(i, "versions", change) }) })
}

// bodies is changed for a change of each body of one kind.
func bodies(kind string, change func(object)) func(string, object) error {
	return versions(func(v object) {
		if body, ok := v["body"].(object); ok && v["kind"] == kind {
			change(body)
		}
	})
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

// spot is a position in a JSON document.
type spot struct {
	value any
	set   func(any)
	clear func() // removes it; nil in an array
}

// spots returns all positions in a document, always in the same order.
func spots(v any) []spot {
	var all []spot
	switch v := v.(type) {
	case object:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, spot{v[key], func(value any) { v[key] = value }, func() { delete(v, key) }})
			all = append(all, spots(v[key])...)
		}
	case []any:
		for i := range v {
			all = append(append(all, spot{v[i], func(value any) { v[i] = value }, nil}), spots(v[i])...)
		}
	}
	return all
}

// spoil changes a document in one position, or in a few.
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
			"2026-11-20T14:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00", "confirmed", "ours", "theirs", "yes", "quote", copied(other.value),
		}
		if value := values[chance.IntN(len(values))]; chance.IntN(4) == 0 && s.clear != nil {
			s.clear()
		} else {
			s.set(value)
		}
	}
}

// copied returns a copy of a value, so that no value contains itself.
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
