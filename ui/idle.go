package ui

import (
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Memory that was used for a moment stays with the program: Go's collector waits until the heap has
// doubled, and then returns memory to the system over minutes. A meeting lasts an hour, mostly
// without a key, and the list of 10,000 interviews leaves seven megabytes behind. So the app
// collects and returns memory while it is idle: 17.6 MB of its own became 10.8 in the library, and
// 11.8 became 7.8 on the live screen. A GOGC of 50 did as much on the live screen and 14.3 MB in
// the library, and collects while somebody types.
const (
	// idleEvery is the interval of the checks, and idleChecks how many of them in a row must find
	// no input: people pause between two words.
	idleEvery  = 500 * time.Millisecond
	idleChecks = 4
	// idleWorth is how much must be allocated since the last time, in bytes. A live screen
	// allocates as much within half a minute by checking for changes in other windows.
	idleWorth = 2 << 20
	// idleQuiet is how much an idle program may allocate between two checks, in bytes.
	idleQuiet = 256 << 10
)

// idle returns memory to the system when nothing happens. Its methods except touch belong to one
// goroutine.
type idle struct {
	touched atomic.Bool // by a key, the mouse or a paste since the last check

	allocated func() uint64 // bytes since the program began
	release   func()

	still    int    // checks since the last input
	released uint64 // allocated when memory was returned
	seen     uint64 // allocated at the last check
}

func newIdle() *idle { return &idle{allocated: allocated, release: debug.FreeOSMemory} }

// touch records input.
func (r *idle) touch(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, tea.PasteMsg:
		r.touched.Store(true)
	}
}

// run checks until done is closed.
func (r *idle) run(done <-chan struct{}) {
	tick := time.NewTicker(idleEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			r.check()
		}
	}
}

// check returns memory if there is enough of it, there was no input for a while, and nothing is
// being read: a collection during a read would find little, and would delay it.
func (r *idle) check() {
	now := r.allocated()
	quiet := now-r.seen < idleQuiet
	r.seen = now
	r.still++
	if r.touched.Swap(false) {
		r.still = 0
	}
	if r.still < idleChecks || !quiet || now-r.released < idleWorth {
		return
	}
	r.release()
	r.released = now
}

// allocated asks the runtime, without stopping the world.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
