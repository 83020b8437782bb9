package store_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"hark/internal/document"
	"hark/internal/interview"
	"hark/internal/plain"
	"hark/internal/storage"
	"hark/store"
	"hark/store/codec"
	"hark/store/internal/hook"
)

// customerNames are names of which some mean the same customer, and one looks like the key of
// another.
func customerNames() []string {
	return []string{"Acme", "ACME ", "Acmé", "Acme & Sons", "Acme\x00", "Acme\x00\x80234567812345678123456789012", "", "Mill"}
}

// withoutSync makes a store write without syncing: what is tried here has nothing to do with
// crashes.
func withoutSync(s *store.Store) *store.Store {
	return s.Hooked(hook.Hook{Opened: func(db *bbolt.DB, _ *os.File) { db.NoSync = true }})
}

// unsynced makes a notebook from the bytes of one, without syncing.
func unsynced(t testing.TB, b []byte) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hark.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return withoutSync(open(t, path))
}

// customerWrite makes the write of one more line, for a customer at a time.
func customerWrite(n int, doc *document.Document, customer string, at time.Time) storage.Write {
	w := write(n, doc, writer(0), said(lineID(n, doc.Len()), "a line"))
	w.Summary.Customer, w.Summary.StartedAt = customer, at
	return w
}

// customerKey is the key of an interview in the list of its customer.
func customerKey(customer string, at time.Time, id interview.ID) []byte {
	key := append([]byte("c"), plain.FoldName(customer)...)
	return append(append(key, 0), codec.SummaryKey(at.UnixMilli(), id)...)
}

// sameCustomer writes to an interview and returns those that its customer has.
func sameCustomer(t testing.TB, s *store.Store, n int) []interview.ID {
	t.Helper()
	var ids []interview.ID
	_, err := s.Change(context.Background(), interviewID(n), func(now storage.Stored) (storage.Write, error) {
		for one, err := range now.SameCustomer {
			if err != nil {
				return storage.Write{}, err
			}
			ids = append(ids, one.ID)
		}
		return storage.Write{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func ofCustomer(t testing.TB, s *store.Store, customer string) []interview.ID {
	t.Helper()
	var ids []interview.ID
	err := s.OfCustomer(context.Background(), customer, func(one interview.Summary) bool {
		if len(one.People) != 1 {
			t.Errorf("interview %s came without its people", one.ID)
		}
		ids = append(ids, one.ID)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// namedSo returns the interviews with a customer, and those with the customers whose names begin so,
// of which it reads the heads alone. It is one transaction, for each maps the file, which takes
// longer than all else here.
func namedSo(t testing.TB, s *store.Store, customer, beginning string) (full, begins []interview.ID) {
	t.Helper()
	head := func(interview.Summary) interview.Detail { return interview.Head }
	err := s.View(context.Background(), func(tx *store.Tx) error {
		for one, err := range tx.Search.OfCustomer(customer) {
			if err != nil {
				return err
			}
			if len(one.People) != 1 {
				t.Errorf("interview %s came without its people", one.ID)
			}
			full = append(full, one.ID)
		}
		for one, err := range tx.Search.OfCustomers(beginning, head) {
			if err != nil {
				return err
			}
			if len(one.People) != 0 {
				t.Errorf("interview %s came with its people", one.ID)
			}
			begins = append(begins, one.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return full, begins
}

// isListed reports whether the list of customers is there and up to date.
func isListed(t testing.TB, s *store.Store) (listed bool) {
	t.Helper()
	err := s.View(context.Background(), func(t *store.Tx) (err error) {
		_, listed, err = t.Index.Find([]byte("e"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return listed
}

// TestInterviewsOfACustomer does things at random to a notebook and compares what each customer has
// with what was written, before the list is made and after.
func TestInterviewsOfACustomer(t *testing.T) {
	blank := bytesOf(t, fresh(t).Path())
	rapid.Check(t, func(rt *rapid.T) {
		s := unsynced(t, blank)
		ctx := context.Background()
		type one struct {
			customer string
			at       time.Time
		}
		var made []one
		draw := func(rt *rapid.T) one {
			return one{
				rapid.SampledFrom(customerNames()).Draw(rt, "customer"),
				start(0).Add(time.Duration(rapid.IntRange(-3, 3).Draw(rt, "day")) * 24 * time.Hour),
			}
		}
		want := func(fits func(name string) bool) []interview.ID {
			var all []int
			for n, o := range made {
				if fits(plain.FoldName(o.customer)) {
					all = append(all, n)
				}
			}
			slices.SortFunc(all, func(a, b int) int {
				x, y := interviewID(a), interviewID(b)
				return cmp.Or(made[b].at.Compare(made[a].at), bytes.Compare(y[:], x[:]))
			})
			ids := make([]interview.ID, len(all))
			for i, n := range all {
				ids[i] = interviewID(n)
			}
			return ids
		}
		wantOf := func(customer string) []interview.ID {
			return want(func(name string) bool { return name == plain.FoldName(customer) })
		}
		rt.Repeat(map[string]func(*rapid.T){
			"create": func(rt *rapid.T) {
				o := draw(rt)
				if _, err := s.Create(ctx, customerWrite(len(made), document.New(interviewID(len(made))), o.customer, o.at)); err != nil {
					rt.Fatal(err)
				}
				made = append(made, o)
			},
			"change": func(rt *rapid.T) {
				if len(made) == 0 {
					rt.Skip()
				}
				n, o := rapid.IntRange(0, len(made)-1).Draw(rt, "interview"), draw(rt)
				_, err := s.Change(ctx, interviewID(n), func(now storage.Stored) (storage.Write, error) {
					return customerWrite(n, now.Document, o.customer, o.at), nil
				})
				if err != nil {
					rt.Fatal(err)
				}
				made[n] = o
			},
			"need": func(rt *rapid.T) {
				if len(made) == 0 {
					rt.Skip()
				}
				n := rapid.IntRange(0, len(made)-1).Draw(rt, "interview")
				if got := sameCustomer(t, s, n); !slices.Equal(got, wantOf(made[n].customer)) {
					rt.Fatalf("with the customer of %d: %v, want %v", n, got, wantOf(made[n].customer))
				}
				if !isListed(t, s) {
					rt.Fatal("customers are not listed after they were needed")
				}
			},
			"lose the index": func(rt *rapid.T) {
				if err := s.Update(ctx, func(t *store.Tx) error { return t.Search.Reset() }); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) {
				customer := rapid.SampledFrom(customerNames()).Draw(rt, "asked for")
				beginning := plain.FoldName(customer)[:rapid.IntRange(0, len(plain.FoldName(customer))).Draw(rt, "bytes")]
				full, begins := namedSo(t, s, customer, beginning)
				if !slices.Equal(full, wantOf(customer)) {
					rt.Fatalf("with %q: %v, want %v", customer, full, wantOf(customer))
				}
				if all := want(func(name string) bool { return strings.HasPrefix(name, plain.FoldName(beginning)) }); !slices.Equal(begins, all) {
					rt.Fatalf("with names that begin with %q: %v, want %v", beginning, begins, all)
				}
			},
		})
		mustVerify(t, s)
	})
}

// fewCustomers is a notebook of six interviews with two customers, who are listed.
func fewCustomers(t testing.TB) *store.Store {
	t.Helper()
	s := fresh(t)
	for n := range 6 {
		w := customerWrite(n, document.New(interviewID(n)), []string{"Acme", "Mill"}[n%2], start(n))
		if _, err := s.Create(context.Background(), w); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(sameCustomer(t, s, 0)); got != 3 {
		t.Fatalf("%d interviews with the customer of the first", got)
	}
	return s
}

// The first write makes the list, whatever it writes.
func TestTheFirstWriteListsCustomers(t *testing.T) {
	s := fresh(t)
	if isListed(t, s) {
		t.Fatal("a notebook without a write has a list")
	}
	if _, err := s.Create(context.Background(), customerWrite(0, document.New(interviewID(0)), "Acme", start(0))); err != nil {
		t.Fatal(err)
	}
	if got := ofCustomer(t, s, "acme"); len(got) != 1 || !isListed(t, s) {
		t.Errorf("%d interviews with them, want 1; listed: %t", len(got), isListed(t, s))
	}
	mustVerify(t, s)
}

// In layout 1 a list could be left behind, and its mark said of which write it was. Such a list does
// not count, and is made again.
func TestACustomerListOfLayout1(t *testing.T) {
	s := fewCustomers(t)
	err := s.Update(context.Background(), func(t *store.Tx) error {
		return errors.Join(
			t.Index.Remove(customerKey("Acme", start(0), interviewID(0))),
			t.Index.Put([]byte("e"), binary.AppendUvarint(nil, uint64(t.Totals.Revision))),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := ofCustomer(t, s, "acme"); len(got) != 3 {
		t.Errorf("%d interviews with them before the list is made, want 3", len(got))
	}
	if got := sameCustomer(t, s, 0); len(got) != 3 {
		t.Errorf("%d interviews with them, want 3", len(got))
	}
	mustVerify(t, s)
}

// A list that cannot be read, or says what is not so, costs nobody anything.
func TestADamagedCustomerList(t *testing.T) {
	spoil := map[string]func(*store.Tx) error{
		"a record that fits no checksum": func(t *store.Tx) error {
			return t.Bolt().Bucket([]byte(codec.Index)).Put(customerKey("Acme", start(0), interviewID(0)), []byte("nothing like it"))
		},
		"an interview that is not there": func(t *store.Tx) error {
			return t.Index.Put(customerKey("Acme", start(9), interviewID(9)), nil)
		},
	}
	for name, do := range spoil {
		t.Run(name, func(t *testing.T) {
			s := fewCustomers(t)
			if err := s.Update(context.Background(), func(t *store.Tx) error { t.Changed = true; return do(t) }); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(context.Background()); !codec.InIndex(err) {
				t.Errorf("verified: %v", err)
			}
			if got := ofCustomer(t, s, "Acme"); len(got) != 3 {
				t.Errorf("%d interviews with them, want 3", len(got))
			}
			if got := sameCustomer(t, s, 1); len(got) != 3 {
				t.Errorf("%d interviews with the other, want 3", len(got))
			}
			// An interview whose place in the list is spoiled can be written.
			_, err := s.Change(context.Background(), interviewID(0), func(now storage.Stored) (storage.Write, error) {
				return customerWrite(0, now.Document, "Mill", start(0)), nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Update(context.Background(), func(t *store.Tx) error { return t.Search.Reset() }); err != nil {
				t.Fatal(err)
			}
			if got := sameCustomer(t, s, 0); len(got) != 4 {
				t.Errorf("%d interviews with the other, want 4", len(got))
			}
			mustVerify(t, s)
		})
	}
}

// What is wrong in the list is told.
func TestACustomerListIsChecked(t *testing.T) {
	key := func(n int, customer string) []byte {
		return customerKey(customer, start(n), interviewID(n))
	}
	for name, do := range map[string]func(*store.Tx) error{
		"one is missing": func(t *store.Tx) error { return t.Index.Remove(key(0, "Acme")) },
		"one is twice":   func(t *store.Tx) error { return t.Index.Put(key(0, "Mill"), nil) },
		"one is another's": func(t *store.Tx) error {
			return errors.Join(t.Index.Remove(key(0, "Acme")), t.Index.Put(key(0, "Mill"), nil))
		},
		"a key that cannot be":   func(t *store.Tx) error { return t.Index.Put([]byte("ca"), nil) },
		"an interview not there": func(t *store.Tx) error { return t.Index.Put(key(9, "Acme"), nil) },
	} {
		t.Run(name, func(t *testing.T) {
			s := fewCustomers(t)
			if err := s.Update(context.Background(), do); err != nil {
				t.Fatal(err)
			}
			if err := s.Verify(context.Background()); !codec.InIndex(err) {
				t.Errorf("verified: %v", err)
			}
		})
	}
}

// A lookup of one customer costs the same however many others there are.
func BenchmarkOfCustomer(b *testing.B) {
	for _, others := range []int{100, 10_000} {
		b.Run(fmt.Sprint(others), func(b *testing.B) {
			s := fresh(b)
			var all []storage.Write
			for n := range others {
				all = append(all, customerWrite(n, document.New(interviewID(n)), fmt.Sprint("Customer ", n/5), start(n)))
			}
			if err := s.CreateMany(context.Background(), all); err != nil {
				b.Fatal(err)
			}
			sameCustomer(b, s, 0)
			for b.Loop() {
				if got := ofCustomer(b, s, "customer 7"); len(got) != 5 {
					b.Fatalf("%d interviews", len(got))
				}
			}
		})
	}
}
