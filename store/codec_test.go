package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/storage"
)

// drawn fills any value with drawn ones, so that a field added to a type is
// drawn too, and a codec that forgets it is found out.
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

func TestItemRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawn[[]document.Version](t)
		got, err := newDecoder("").item(encodeItem(want))
		if diff := compare(want, got); err != nil || diff != "" {
			t.Fatalf("error %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawn[interview.Record](t)
		key := logKey(interviewID(1), want.Revision)
		got, err := newDecoder("").logged(record{key: key, value: encodeRecord(want)})
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
		got, err := newDecoder("").summary(encodeSummary(want))
		if diff := compare(want, got); err != nil || diff != "" {
			t.Fatalf("error %v (-want +got):\n%s", err, diff)
		}
	})
}

// What does not come whole is the same as what was asked for of the whole, also when a decoder goes from one to the next.
func TestSummaryInDetail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDecoder("")
		for _, detail := range []interview.Detail{interview.Listed, interview.Head, interview.Listed, interview.Whole} {
			want := drawn[interview.Summary](t)
			value := encodeSummary(want)
			ask := func(head interview.Summary) interview.Detail {
				if diff := compare(want.In(interview.Head), head); diff != "" {
					t.Fatalf("asked about another head (-want +got):\n%s", diff)
				}
				return detail
			}
			got, err := d.summaryIn(value, ask)
			if diff := compare(want.In(detail), got); err != nil || diff != "" {
				t.Fatalf("in detail %d: error %v (-want +got):\n%s", detail, err, diff)
			}
			cut := value[:rapid.IntRange(0, len(value)-1).Draw(t, "cut")]
			if got, err := d.summaryIn(cut, ask); err == nil && compare(want.In(detail), got) != "" {
				t.Fatalf("in detail %d: cut short, it is read as something else", detail)
			}
		}
	})
}

func TestHeaderAndTotalsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := header{
			id: interviewID(1), revision: drawn[interview.Revision](t), started: drawn[int64](t), erased: drawn[bool](t),
			items: tally{drawn[uint64](t), drawn[uint64](t)}, seen: drawn[map[document.Incarnation]uint64](t),
			lacks: drawn[[]document.Span](t),
		}
		got, err := newDecoder("").header(want.id, want.encode())
		if err != nil || !reflect.DeepEqual(want, got) {
			t.Fatalf("error %v, want %+v, got %+v", err, want, got)
		}
		all := totals{revision: want.revision, commit: drawn[uint64](t)}
		for i := range all.tallies {
			all.tallies[i] = tally{drawn[uint64](t), drawn[uint64](t)}
		}
		back, err := decodeTotals(all.encode())
		if err != nil || back != all {
			t.Fatalf("error %v, want %+v, got %+v", err, all, back)
		}
	})
}

// What a decoder returns must stay when the file it came from is unmapped.
func TestDecodedIsACopy(t *testing.T) {
	value := encodeItem([]document.Version{{Author: "Ana", Kind: "line", Body: []byte("One weld in five")}})
	vs, err := newDecoder("").item(value)
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
	d := newDecoder("")
	vs, err := d.item(encodeItem([]document.Version{{Body: []byte("one")}, {Body: []byte("two")}}))
	if err != nil {
		t.Fatal(err)
	}
	if _ = append(vs[0].Body, "!!!"...); string(vs[1].Body) != "two" {
		t.Errorf("the second body is now %q", vs[1].Body)
	}
}

func TestNewerFormats(t *testing.T) {
	flagged := header{}.encode()
	flagged[1] |= 0x80
	tests := []struct {
		name  string
		value []byte
		read  func(*decoder, []byte) error
	}{
		{"item", []byte{format + 1}, readItem},
		{"record", []byte{format + 1, 0, 0}, readRecord},
		{"header", []byte{format + 1}, readHeader},
		{"summary", []byte{formatSummary + 1}, readSummary},
		{"header with an unknown mark", flagged, readHeader},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.read(newDecoder("x"), tt.value); !errors.Is(err, interview.ErrNewer) {
				t.Errorf("error = %v, want ErrNewer", err)
			}
		})
	}
}

func readItem(d *decoder, b []byte) error    { _, err := d.item(b); return err }
func readRecord(d *decoder, b []byte) error  { _, err := d.record(b); return err }
func readHeader(d *decoder, b []byte) error  { _, err := d.header(interview.ID{}, b); return err }
func readSummary(d *decoder, b []byte) error { _, err := d.summary(b); return err }

// Every beginning of a value is cut short, and every value with something
// behind it is too long.
func TestCutShort(t *testing.T) {
	version := document.Version{Author: "Ana", Kind: "line", Body: []byte("{}")}
	tests := []struct {
		name  string
		value []byte
		read  func(*decoder, []byte) error
	}{
		{"item", encodeItem([]document.Version{version}), readItem},
		{"record", encodeRecord(interview.Record{Label: "x", Change: document.Change{{Version: version}}}), readRecord},
		{"header", header{seen: map[document.Incarnation]uint64{7: 300}}.encode(), readHeader},
		{"header with a gap", header{lacks: []document.Span{{Incarnation: 7, From: 2, To: 300}}}.encode(), readHeader},
		{"summary", encodeSummary(summary(1, 2)), readSummary},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDecoder("x")
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
	value := binary.AppendUvarint([]byte{format}, 1<<40)
	allocated := testing.AllocsPerRun(10, func() {
		if _, err := newDecoder("x").item(value); !errors.Is(err, storage.ErrDamaged) {
			t.Fatalf("error = %v, want ErrDamaged", err)
		}
	})
	if allocated > 50 {
		t.Errorf("%v allocations for a value of %d bytes", allocated, len(value))
	}
}

// FuzzDecode feeds the decoders anything. They must not panic, and what they
// make of it must be what they make of its encoding.
func FuzzDecode(f *testing.F) {
	version := document.Version{Dot: document.Dot{Incarnation: 1, Counter: 2}, Author: "Ana", Kind: "line", Body: []byte("{}")}
	f.Add(byte(0), encodeItem([]document.Version{version, {Deleted: true}}))
	f.Add(byte(1), encodeRecord(interview.Record{
		Kind: interview.Undid, Of: 7, At: start(0), Change: document.Change{{Version: version, Replaced: []document.Version{version}}},
	}))
	f.Add(byte(2), header{revision: 9, seen: map[document.Incarnation]uint64{7: 300}}.encode())
	f.Add(byte(2), header{lacks: []document.Span{{Incarnation: 7, From: 2, To: 300}}}.encode())
	f.Add(byte(3), encodeSummary(summary(1, 2)))
	f.Add(byte(4), totals{revision: 1}.encode())
	f.Fuzz(func(t *testing.T, which byte, value []byte) {
		d := newDecoder("x")
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
			x, err := d.item(value)
			again(x, err, func() []byte { return encodeItem(x) }, func(b []byte) (any, error) { return d.item(b) })
		case 1:
			x, err := d.record(value)
			again(x, err, func() []byte { return encodeRecord(x) }, func(b []byte) (any, error) { return d.record(b) })
		case 2:
			x, err := d.header(interview.ID{}, value)
			again(x.encode(), err, x.encode, func(b []byte) (any, error) {
				y, err := d.header(interview.ID{}, b)
				return y.encode(), err
			})
		case 3:
			x, err := d.summary(value)
			again(x, err, func() []byte { return encodeSummary(x) }, func(b []byte) (any, error) { return d.summary(b) })
		case 4:
			x, err := decodeTotals(value)
			again(x.encode(), err, x.encode, func(b []byte) (any, error) {
				y, err := decodeTotals(b)
				return y.encode(), err
			})
		}
	})
}
