package ui

import (
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Memory that was needed for a moment stays with the program: Go's collector waits until the heap has doubled, and what it
// finds then is given back to the system bit by bit, over minutes. A meeting lasts an hour, mostly without a key being
// pressed, and the list of 10,000 interviews leaves seven megabytes behind. So the app collects and gives back when nothing
// happens: 17.6 MB of its own became 10.8 in the library, and 11.8 became 7.8 on the live screen. A GOGC of 50 did as much
// on the live screen and 14.3 MB in the library, and collects while somebody types.
const (
	// restEvery is how often the app looks whether it is at rest, and restStill how many looks in a row nobody may have touched
	// anything: whoever types pauses for a moment between two words.
	restEvery = 500 * time.Millisecond
	restStill = 4
	// restWorth is how much has to be allocated since the last time for it to be worth another one. A live screen allocates
	// as much within half a minute by looking for what other windows write.
	restWorth = 2 << 20
	// restQuiet is how much may be allocated from one look to the next by a program that is at rest.
	restQuiet = 256 << 10
)

// rest gives memory back when nothing happens. Its methods but touch belong to one goroutine.
type rest struct {
	touched atomic.Bool // by a key, the mouse or a paste since the last look

	allocated func() uint64 // bytes since the program began
	giveBack  func()

	still int    // looks since something was touched
	given uint64 // allocated when memory was given back
	seen  uint64 // allocated at the last look
}

func newRest() *rest { return &rest{allocated: allocated, giveBack: debug.FreeOSMemory} }

// touch takes note of what somebody does.
func (r *rest) touch(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, tea.PasteMsg:
		r.touched.Store(true)
	}
}

// run looks again and again until done is closed.
func (r *rest) run(done <-chan struct{}) {
	tick := time.NewTicker(restEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			r.look()
		}
	}
}

// look gives memory back if there is enough of it, nobody has touched anything for a while, and nothing is being read: a
// collection in the middle of that would find little, and would be in its way.
func (r *rest) look() {
	now := r.allocated()
	quiet := now-r.seen < restQuiet
	r.seen = now
	r.still++
	if r.touched.Swap(false) {
		r.still = 0
	}
	if r.still < restStill || !quiet || now-r.given < restWorth {
		return
	}
	r.giveBack()
	r.given = now
}

// allocated asks the runtime, without stopping anything.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
