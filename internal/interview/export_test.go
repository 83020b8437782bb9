package interview

import (
	"reflect"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hark/internal/document"
)

// Difference compares two folds of the same document, with what an interview keeps for the next
// one, but for its caches.
func Difference(a, b *Interview) string {
	x, y := *a, *b
	for _, iv := range []*Interview{&x, &y} {
		iv.doc, iv.bodies, iv.lines, iv.used = nil, nil, nil, nil
	}
	if reflect.DeepEqual(x, y) {
		return "" // as nearly always, and far quicker than what comes next
	}
	return cmp.Diff(x, y,
		cmp.AllowUnexported(Interview{}, standing{}, typed{}, position{}),
		cmpopts.EquateEmpty(),
		cmp.Comparer(func(a, b ID) bool { return a == b }),
	)
}

// Bare is what people see of an interview.
func Bare(iv *Interview) Interview {
	bare := *iv
	bare.doc, bare.bodies, bare.lines, bare.used, bare.answered = nil, nil, nil, nil, nil
	bare.moved, bare.done, bare.standing = document.Clock{}, nil, nil
	bare.nextNumber, bare.nextProblem, bare.nextSolution = 0, 0, 0
	return bare
}

// CameUpBefore is cameUpBefore.
func (iv *Interview) CameUpBefore(stored Raised, shows []Number) Raised {
	return iv.cameUpBefore(stored, shows)
}
