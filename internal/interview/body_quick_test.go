package interview

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// bodiesOf are the ways to read a body of each kind.
func bodiesOf() map[string]func([]byte) (quick any, ok bool, slow any, err error) {
	return map[string]func([]byte) (any, bool, any, error){
		kindHeader: bothWays[headerBody], kindPlaybook: bothWays[Playbook], kindConsent: bothWays[Consent],
		kindPosition: bothWays[positionBody], kindAsked: bothWays[askedBody], kindLeftOut: bothWays[leftOutBody],
		kindOpening: bothWays[momentBody], kindEnding: bothWays[endingBody], kindOutcome: bothWays[outcomeBody], kindPerson: bothWays[personBody],
		kindSame: bothWays[samePersonBody], kindAdviser: bothWays[adviserBody], kindLine: bothWays[lineBody], kindProblem: bothWays[problemBody],
		kindAside: bothWays[asideBody], kindImpact: bothWays[impactBody], kindPlayback: bothWays[playbackBody],
		kindSolution: bothWays[solutionBody], kindReaction: bothWays[reactionBody], kindRespect: bothWays[respectBody],
		kindAdvice: bothWays[adviceBody], kindPromise: bothWays[promiseBody], kindRoute: bothWays[routeBody],
		kindProgress: bothWays[progressBody],
	}
}

func bothWays[T any, P interface {
	*T
	quickly
}](b []byte) (any, bool, any, error) {
	var v T
	ok := readQuickly(b, P(&v))
	slow, err := decodeAny[T](b)
	return v, ok, slow, err
}

// fill sets every field of v to something that is not its zero value.
func fill(v reflect.Value, text string) {
	switch at := v.Addr().Interface().(type) {
	case *time.Time:
		*at = time.Date(2026, 11, 22, 14, 32, 7, 120_000_000, time.FixedZone("", 2*60*60))
		return
	case *ID:
		*at = ID{1, 2, 3, 250}
		return
	case *Date:
		*at = Date{2026, 12, 1}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint64:
		v.SetUint(7)
	default:
		v.SetInt(7)
	}
}

// Every body that encode writes is read the quick way, whatever is in it, and means the same as the
// other way.
func TestQuickReadsWhatIsWritten(t *testing.T) {
	texts := []string{"a", "", "“Whole batch”\n\t\"x\" <b> & \\ \u2028 \x01 \u200d", "日本\xff", strings.Repeat("é", 3000)}
	for kind, read := range bodiesOf() {
		empty, _, _, _ := read([]byte(`{}`))
		for i, text := range texts {
			v := reflect.New(reflect.TypeOf(empty)).Elem()
			if i > 0 {
				fill(v, text)
			} // else the fields are empty
			b, err := encode(v.Interface())
			if err != nil {
				t.Fatal(err)
			}
			got, ok, want, err := read(b)
			if !ok || err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: read quickly: %v, and the other way %v\n%s\nis %+v\nnot %+v", kind, ok, err, b, got, want)
			}
		}
	}
}

// What the quick way takes means the same as the other way, however a body was changed.
func TestQuickNeverDiffers(t *testing.T) {
	all := bodiesOf()
	bits := []string{`"`, `\`, `,`, `{`, `}`, `[`, `]`, `:`, ` `, "\n", `null`, `0`, `-`, `1.5`, `e3`, `9999999999`, `true`, "\xff", "\x00", `\u0041`,
		`"at":"2026-11-22T14:32:07Z"`, `"text":"x"`, `T`, `a`, `A`}
	kinds := slices.Sorted(maps.Keys(all))
	rapid.Check(t, func(t *rapid.T) {
		read := all[rapid.SampledFrom(kinds).Draw(t, "kind")]
		empty, _, _, _ := read([]byte(`{}`))
		v := reflect.New(reflect.TypeOf(empty)).Elem()
		fill(v, rapid.StringOfN(rapid.RuneFrom([]rune(`aé"\<`)), 0, 4, -1).Draw(t, "text"))
		b, err := json.Marshal(v.Interface())
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 2).Draw(t, "changes") {
			from := rapid.IntRange(0, len(b)).Draw(t, "from")
			to := min(len(b), from+rapid.IntRange(0, 3).Draw(t, "cut"))
			bit := rapid.SampledFrom(append(bits, "")).Draw(t, "bit")
			b = []byte(string(b[:from]) + bit + string(b[to:]))
		}
		got, ok, want, err := read(b)
		if ok && (err != nil || !reflect.DeepEqual(got, want)) {
			t.Fatalf("%s\nis %+v\nnot %+v, %v", b, got, want, err)
		}
	})
}

// A number that no machine holds is no number.
func TestQuickNumbers(t *testing.T) {
	for number, want := range map[string]bool{"0": true, "-0": true, "-12": true, "999999999": true, "1234567890": false, "01": false, "": false, "-": false, "+1": false} {
		var b positionBody
		if got := readQuickly(fmt.Appendf(nil, `{"question":%s}`, number), &b); got != want {
			t.Errorf("%q: %v", number, got)
		}
	}
}
