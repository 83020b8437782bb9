package export

import (
	"encoding/json"
	"fmt"
	"slices"

	"hark/internal/interview"
)

// Still are the people who may not be named and are named all the same, in what was said or noted,
// which is never changed: the seller should read it over before passing it on. Each is listed once, by
// the name by which the seller knows them, in the order of Interview.People.
type Still struct {
	Sure []string
	// Perhaps are those of whom a word can be the name, or something else.
	Perhaps []string
}

// Still returns who is named in the page.
func (p *Page) Still() Still { return p.w.audience.still(p.blocks()) }

// RecapStill returns who is named in the recap.
func RecapStill(iv *interview.Interview, opts Options) Still {
	return others(iv, opts).still(recap(iv, opts))
}

// StillIn returns who is named in a text that was made of an interview.
func StillIn(iv *interview.Interview, opts Options, text string) Still {
	return others(iv, opts).unnamed.Still(text)
}

// SharedStill returns who is named in the fields that Shared returns.
func SharedStill(iv *interview.Interview, opts Options) Still {
	a := others(iv, opts)
	if a.names {
		return Still{}
	}
	b, err := json.Marshal(Shared(iv, opts))
	var doc any
	if err == nil {
		err = json.Unmarshal(b, &doc)
	}
	if err != nil {
		panic(fmt.Sprintf("the fields of an interview as JSON: %v", err)) // hark show --json writes them
	}
	var c Called
	a.inFields(doc, a.labels(), &c)
	return a.unnamed.still(c)
}

// inFields adds who is named in a value of JSON.
func (a audience) inFields(v any, labels []string, c *Called) {
	switch v := v.(type) {
	case string:
		if !slices.Contains(labels, v) {
			a.unnamed.In(v, c)
		}
	case []any:
		for _, one := range v {
			a.inFields(one, labels, c)
		}
	case map[string]any:
		for _, one := range v {
			a.inFields(one, labels, c)
		}
	}
}

// still returns who is named in blocks.
func (a audience) still(blocks []block) Still {
	var c Called
	labels := a.labels()
	for _, b := range blocks {
		for _, s := range b.spans {
			if s.sort != ownText && !slices.Contains(labels, s.text) {
				a.unnamed.In(s.text, &c)
			}
		}
	}
	return a.unnamed.still(c)
}

// labels returns what the people are called, which names nobody who may not be named.
func (a audience) labels() []string { return mapped(a.iv.People, a.label) }

func (n *Names) still(c Called) Still { return Still{n.Sure(c), n.Perhaps(c)} }

// Still returns who is named in a text.
func (n *Names) Still(text string) Still {
	var c Called
	n.In(text, &c)
	return n.still(c)
}
