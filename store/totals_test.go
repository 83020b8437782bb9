package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"hark/internal/interview"
	"hark/internal/storage"
	"hark/store"
	"hark/store/check"
	"hark/store/codec"
)

// What is lost in good pages is noticed by the first who opens the file after it was changed by
// others, whatever that one wants of it.
func TestLossInGoodPages(t *testing.T) {
	base := fresh(t)
	begin(t, base, 1, 40)
	id := interviewID(1)
	if err := base.SetDraft(context.Background(), id, "half a sen"); err != nil {
		t.Fatal(err)
	}
	earlier := map[string]map[string][]byte{}
	for _, bucket := range codec.Counted() {
		earlier[bucket] = moment(t, base.Path(), bucket)
	}
	if _, err := add(base, 1, writer(0), lineID(1, 50), "later"); err != nil {
		t.Fatal(err)
	}
	begin(t, base, 2, 1)
	if err := base.SetDraft(context.Background(), id, "half a sentence"); err != nil {
		t.Fatal(err)
	}
	type test struct {
		name   string
		bucket string
		do     func(t *testing.T, path string)
	}
	var tests []test
	for _, bucket := range codec.Counted() {
		tests = append(tests,
			test{"one record fewer", bucket, func(t *testing.T, path string) { forget(t, path, bucket) }},
			test{"another moment", bucket, func(t *testing.T, path string) { goBack(t, path, bucket, earlier[bucket]) }},
		)
	}
	tests = append(tests, test{"a key", codec.Text, func(t *testing.T, path string) {
		tamper(t, path, func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(codec.Text))
			text := bytes.Clone(b.Get(id[:]))
			return errors.Join(b.Delete(id[:]), b.Put(bytes.Repeat([]byte{1}, codec.IDSize), text))
		})
	}})
	for _, tt := range tests {
		t.Run(tt.name+" in "+tt.bucket, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hark.db")
			if err := os.WriteFile(path, bytesOf(t, base.Path()), 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, path)
			tt.do(t, path)
			changed := bytesOf(t, path)
			look := func() {
				t.Helper()
				_, err := s.Revision(context.Background(), interviewID(7))
				if tt.bucket == codec.Index { // which is a help: see TestAFaultInTheIndex
					if err != nil {
						t.Error(err)
					}
					return
				}
				if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprintf("%q", tt.bucket)) {
					t.Errorf("error = %v, want ErrDamaged in %q", err, tt.bucket)
				}
			}
			look()
			if err := s.Verify(context.Background()); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("Verify() = %v, want ErrDamaged", err)
			}
			look() // nor is it trusted after that
			if !bytes.Equal(changed, bytesOf(t, path)) {
				t.Error("it was written to")
			}
			vouch(t, path)
			if _, err := s.Revision(context.Background(), interviewID(7)); err != nil {
				t.Errorf("all records are read although the file is as it was left: %v", err)
			}
		})
	}
}

// A notebook of another layout is left to those who know it.
func TestTotalsOfAnotherLayout(t *testing.T) {
	s := fresh(t)
	begin(t, s, 1, 3)
	tamper(t, s.Path(), func(tx *bbolt.Tx) error {
		key, value := []byte(codec.KeySchema), binary.AppendUvarint(nil, codec.SchemaVersion+1)
		return errors.Join(tx.Bucket([]byte(codec.Meta)).Put(key, forged(codec.Meta, key, value)),
			tx.Bucket([]byte(codec.Text)).Put([]byte("of another kind"), []byte("that is summed up in another way")))
	})
	if _, err := store.Open(s.Path()); !errors.Is(err, interview.ErrNewer) {
		t.Errorf("error = %v, want ErrNewer", err)
	}
}

// forget lowers by one the number of elements on the page that a bucket begins with.
func forget(t *testing.T, path, bucket string) {
	t.Helper()
	file := bytesOf(t, path)
	order := binary.NativeEndian
	e := bucketAt(t, file, bucket)
	page := e[bucketHeader:] // lies in the list of buckets
	if root := order.Uint64(e); root != 0 {
		page = file[root*check.PageSize:]
	}
	order.PutUint16(page[10:], order.Uint16(page[10:])-1)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
}

// moment returns what is stored in a bucket, checksums and all.
func moment(t *testing.T, path, bucket string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	tamper(t, path, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error {
			all[string(k)] = bytes.Clone(v)
			return nil
		})
	})
	return all
}

// goBack makes a bucket what it was at another moment.
func goBack(t *testing.T, path, bucket string, then map[string][]byte) {
	t.Helper()
	tamper(t, path, func(tx *bbolt.Tx) error {
		if err := tx.DeleteBucket([]byte(bucket)); err != nil {
			return err
		}
		b, err := tx.CreateBucket([]byte(bucket))
		for k, v := range then {
			err = errors.Join(err, b.Put([]byte(k), v))
		}
		return err
	})
}
