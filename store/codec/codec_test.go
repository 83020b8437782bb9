package codec_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store/codec"
)

// drawn fills any value with drawn ones, so that a field added to a type is drawn too, and a codec
// that forgets it is found out.
func drawn[T any](t *rapid.T) T {
	var v T
	draw(t, reflect.ValueOf(&v).Elem())
	return v
}

func draw(t *rapid.T, v reflect.Value) {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		*p = drawTime(t)
		return
	case *[]byte:
		if b := rapid.SliceOfN(rapid.Byte(), 0, 5000).Draw(t, "bytes"); len(b) > 0 {
			*p = b
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			draw(t, v.Index(i))
		}
	case reflect.Slice:
		if n := rapid.IntRange(0, 3).Draw(t, "length"); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range v.Len() {
			draw(t, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rapid.IntRange(0, 3).Draw(t, "entries") {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			draw(t, key)
			draw(t, value)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString(rapid.String().Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "flag"))
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(rapid.Uint64().Draw(t, "number") >> (64 - v.Type().Bits()))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "number"))
	default:
		t.Fatalf("cannot draw a %s", v.Type())
	}
}

func drawTime(t *rapid.T) time.Time {
	if rapid.IntRange(0, 3).Draw(t, "no time") == 0 {
		return time.Time{}
	}
	zone := time.FixedZone("", rapid.IntRange(-14*60, 14*60).Draw(t, "zone")*60)
	sec := rapid.Int64Range(-62135596800, 253402300799).Draw(t, "seconds") // the years 1 to 9999
	return time.Unix(sec, rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).In(zone)
}

// compare compares what was written with what was read. Times are compared as moments.
func compare(want, got any) string {
	// Byte by byte, as cmp would go about it by itself, takes minutes.
	whole := cmp.FilterValues(func(a, b []byte) bool { return len(a)+len(b) > 0 }, cmp.Comparer(bytes.Equal))
	return cmp.Diff(want, got, cmpopts.EquateEmpty(), whole)
}

// sample is a summary that has some of everything.
func sample() interview.Summary {
	return interview.Summary{
		ID: document.DerivedID("interview", "1"), Customer: "Harbour Welding", Playbook: "Discovery",
		StartedAt: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Notes: interview.NotesAllowed, Quotes: interview.QuoteByRole, Lines: 2,
		Problems: []interview.ProblemSummary{{
			Number: 1, Statement: "One weld in five is done twice", Status: interview.Weighed, Raised: interview.Unprompted,
			Themes: []string{"rework", "scrap"}, Impact: interview.Impact{HowBad: 4},
		}},
		People:   []interview.PersonSummary{{Name: "Ana", Role: "foreman", Side: interview.Theirs}},
		Promises: []interview.PromiseSummary{{Number: 7, Text: "Send the list of alloys", Owner: "Ben", Side: interview.Ours}},
	}
}

func TestItemRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawn[[]document.Version](t)
		got, err := codec.NewDecoder("").Item(codec.EncodeItem(want))
		if diff := compare(want, got); err != nil || diff != "" {
			t.Fatalf("error %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawn[interview.Record](t)
		key := codec.LogKey(document.DerivedID("interview", "1"), want.Revision)
		got, err := codec.NewDecoder("").LogRecord(codec.Record{Key: key, Value: codec.EncodeRecord(want)})
		if diff := compare(want, got); err != nil || diff != "" {
			t.Fatalf("error %v (-want +got):\n%s", err, diff)
		}
		if !sameZone(want.At, got.At) {
			t.Fatalf("said at %v, read as %v", want.At, got.At)
		}
	})
}

func sameZone(a, b time.Time) bool {
	_, x := a.Zone()
	_, y := b.Zone()
	return x == y
}

func TestSummaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawn[interview.Summary](t)
		got, err := codec.NewDecoder("").Summary(codec.EncodeSummary(want))
		if diff := compare(want, got); err != nil || diff != "" {
			t.Fatalf("error %v (-want +got):\n%s", err, diff)
		}
	})
}

// What does not come whole is the same as what was asked for of the whole, also when a decoder goes
// from one to the next.
func TestSummaryInDetail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := codec.NewDecoder("")
		for _, detail := range []interview.Detail{interview.Listed, interview.Head, interview.Listed, interview.Whole} {
			want := drawn[interview.Summary](t)
			value := codec.EncodeSummary(want)
			ask := func(head interview.Summary) interview.Detail {
				if diff := compare(want.In(interview.Head), head); diff != "" {
					t.Fatalf("asked about another head (-want +got):\n%s", diff)
				}
				return detail
			}
			got, err := d.SummaryIn(value, ask)
			if diff := compare(want.In(detail), got); err != nil || diff != "" {
				t.Fatalf("in detail %d: error %v (-want +got):\n%s", detail, err, diff)
			}
			cut := value[:rapid.IntRange(0, len(value)-1).Draw(t, "cut")]
			if got, err := d.SummaryIn(cut, ask); err == nil && compare(want.In(detail), got) != "" {
				t.Fatalf("in detail %d: cut short, it is read as something else", detail)
			}
		}
	})
}

func TestHeaderAndTotalsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := codec.Header{
			ID: document.DerivedID("interview", "1"), Revision: drawn[interview.Revision](t), Started: drawn[int64](t), Erased: drawn[bool](t),
			Items: codec.Tally{Count: drawn[uint64](t), Sum: drawn[uint64](t)}, Seen: drawn[map[document.Incarnation]uint64](t),
			Lacks: drawn[[]document.Span](t),
		}
		got, err := codec.NewDecoder("").Header(want.ID, want.Encode())
		if err != nil || !reflect.DeepEqual(want, got) {
			t.Fatalf("error %v, want %+v, got %+v", err, want, got)
		}
		all := codec.Totals{Revision: want.Revision, Commit: drawn[uint64](t)}
		for i := range all.Tallies {
			all.Tallies[i] = codec.Tally{Count: drawn[uint64](t), Sum: drawn[uint64](t)}
		}
		back, err := codec.DecodeTotals(all.Encode())
		if err != nil || back != all {
			t.Fatalf("error %v, want %+v, got %+v", err, all, back)
		}
	})
}

// What a decoder returns must stay when the file it came from is unmapped.
func TestDecodedIsACopy(t *testing.T) {
	value := codec.EncodeItem([]document.Version{{Author: "Ana", Kind: "line", Body: []byte("One weld in five")}})
	vs, err := codec.NewDecoder("").Item(value)
	if err != nil {
		t.Fatal(err)
	}
	clear(value)
	if v := vs[0]; v.Author != "Ana" || v.Kind != "line" || string(v.Body) != "One weld in five" {
		t.Errorf("after the value was overwritten: %q, %q, %q", v.Author, v.Kind, v.Body)
	}
}

// Bodies that share their memory must not grow into each other.
func TestBodiesDoNotOverlap(t *testing.T) {
	d := codec.NewDecoder("")
	vs, err := d.Item(codec.EncodeItem([]document.Version{{Body: []byte("one")}, {Body: []byte("two")}}))
	if err != nil {
		t.Fatal(err)
	}
	if _ = append(vs[0].Body, "!!!"...); string(vs[1].Body) != "two" {
		t.Errorf("the second body is now %q", vs[1].Body)
	}
}

func TestNewerFormats(t *testing.T) {
	flagged := codec.Header{}.Encode()
	flagged[1] |= 0x80
	version := codec.EncodeItem([]document.Version{{}})
	version[1+1+8+1+1+1] |= 0x80 // behind the format, the count, the dot and the clock
	tests := []struct {
		name  string
		value []byte
		read  func(*codec.Decoder, []byte) error
	}{
		{"item", []byte{codec.Format + 1}, readItem},
		{"record", []byte{codec.Format + 1, 0, 0}, readRecord},
		{"header", []byte{codec.Format + 1}, readHeader},
		{"summary", []byte{codec.FormatSummary + 1}, readSummary},
		{"header with an unknown mark", flagged, readHeader},
		{"version with an unknown mark", version, readItem},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.read(codec.NewDecoder("x"), tt.value); !errors.Is(err, interview.ErrNewer) {
				t.Errorf("error = %v, want ErrNewer", err)
			}
		})
	}
}

func readItem(d *codec.Decoder, b []byte) error    { _, err := d.Item(b); return err }
func readRecord(d *codec.Decoder, b []byte) error  { _, err := d.LogRecord(logged(b)); return err }
func readHeader(d *codec.Decoder, b []byte) error  { _, err := d.Header(interview.ID{}, b); return err }
func readSummary(d *codec.Decoder, b []byte) error { _, err := d.Summary(b); return err }

// logged is an entry of the log.
func logged(value []byte) codec.Record {
	return codec.Record{Key: codec.LogKey(interview.ID{}, 0), Value: value}
}

// Every beginning of a value is cut short, and every value with something behind it is too long.
func TestCutShort(t *testing.T) {
	version := document.Version{Author: "Ana", Kind: "line", Body: []byte("{}")}
	tests := []struct {
		name  string
		value []byte
		read  func(*codec.Decoder, []byte) error
	}{
		{"item", codec.EncodeItem([]document.Version{version}), readItem},
		{"record", codec.EncodeRecord(interview.Record{Label: "x", Change: document.Change{{Version: version}}}), readRecord},
		{"header", codec.Header{Seen: map[document.Incarnation]uint64{7: 300}}.Encode(), readHeader},
		{"header with a gap", codec.Header{Lacks: []document.Span{{Incarnation: 7, From: 2, To: 300}}}.Encode(), readHeader},
		{"summary", codec.EncodeSummary(sample()), readSummary},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := codec.NewDecoder("x")
			if err := tt.read(d, tt.value); err != nil {
				t.Fatalf("the whole value: %v", err)
			}
			for n := range tt.value {
				if err := tt.read(d, tt.value[:n]); !errors.Is(err, storage.ErrDamaged) {
					t.Errorf("%d of %d bytes: error = %v, want ErrDamaged", n, len(tt.value), err)
				}
			}
			if err := tt.read(d, append(bytes.Clone(tt.value), 0)); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("with a byte behind it: error = %v, want ErrDamaged", err)
			}
		})
	}
}

// A count that lies must not make the decoder reserve what it promises.
func TestLyingCounts(t *testing.T) {
	value := binary.AppendUvarint([]byte{codec.Format}, 1<<40)
	allocated := testing.AllocsPerRun(10, func() {
		if _, err := codec.NewDecoder("x").Item(value); !errors.Is(err, storage.ErrDamaged) {
			t.Fatalf("error = %v, want ErrDamaged", err)
		}
	})
	if allocated > 50 {
		t.Errorf("%v allocations for a value of %d bytes", allocated, len(value))
	}
}

// FuzzDecode feeds the decoders anything. They must not panic, and what they make of it must be
// what they make of its encoding.
func FuzzDecode(f *testing.F) {
	version := document.Version{Dot: document.Dot{Incarnation: 1, Counter: 2}, Author: "Ana", Kind: "line", Body: []byte("{}")}
	f.Add(byte(0), codec.EncodeItem([]document.Version{version, {Deleted: true}, {First: document.Origin{Author: "Jo", Wall: -5}, Body: []byte("{}")}}))
	f.Add(byte(1), codec.EncodeRecord(interview.Record{
		Kind: interview.Undid, Of: 7, At: sample().StartedAt, Change: document.Change{{Version: version, Replaced: []document.Version{version}}},
	}))
	f.Add(byte(2), codec.Header{Revision: 9, Seen: map[document.Incarnation]uint64{7: 300}}.Encode())
	f.Add(byte(2), codec.Header{Lacks: []document.Span{{Incarnation: 7, From: 2, To: 300}}}.Encode())
	f.Add(byte(3), codec.EncodeSummary(sample()))
	f.Add(byte(4), codec.Totals{Revision: 1}.Encode())
	f.Fuzz(func(t *testing.T, which byte, value []byte) {
		d := codec.NewDecoder("x")
		again := func(once any, err error, encode func() []byte, decode func([]byte) (any, error)) {
			if err != nil {
				if !errors.Is(err, storage.ErrDamaged) && !errors.Is(err, interview.ErrNewer) {
					t.Fatalf("error %v is of no known sort", err)
				}
				return
			}
			twice, err := decode(encode())
			if diff := compare(once, twice); err != nil || diff != "" {
				t.Fatalf("error %v (-once +twice):\n%s", err, diff)
			}
		}
		switch which % 5 {
		case 0:
			x, err := d.Item(value)
			again(x, err, func() []byte { return codec.EncodeItem(x) }, func(b []byte) (any, error) { return d.Item(b) })
		case 1:
			x, err := d.LogRecord(logged(value))
			again(x, err, func() []byte { return codec.EncodeRecord(x) }, func(b []byte) (any, error) { return d.LogRecord(logged(b)) })
		case 2:
			x, err := d.Header(interview.ID{}, value)
			again(x.Encode(), err, x.Encode, func(b []byte) (any, error) {
				y, err := d.Header(interview.ID{}, b)
				return y.Encode(), err
			})
		case 3:
			x, err := d.Summary(value)
			again(x, err, func() []byte { return codec.EncodeSummary(x) }, func(b []byte) (any, error) { return d.Summary(b) })
		case 4:
			x, err := codec.DecodeTotals(value)
			again(x.Encode(), err, x.Encode, func(b []byte) (any, error) {
				y, err := codec.DecodeTotals(b)
				return y.Encode(), err
			})
		}
	})
}
