package interview

import "slices"

// Renamed reports whether somebody in the interview may have had another name: what is known of them
// was written after they were first noted.
func (iv *Interview) Renamed() bool {
	return slices.ContainsFunc(iv.People, func(p Person) bool {
		return slices.ContainsFunc(iv.itemsFor(p), func(id ID) bool {
			it, _ := iv.doc.Item(id)
			b, err := decode[personBody](it.Latest().Body)
			return err == nil && it.Latest().Wall > b.At.UnixMilli()
		})
	})
}

// FormerNames returns the names that people had before they were renamed, as the history has them:
// each once, by the ID of the person. Those of people who were dropped are with the zero ID.
func (iv *Interview) FormerNames(log []Record) map[ID][]string {
	former := map[ID][]string{}
	for _, r := range log {
		for _, c := range r.Change {
			for _, v := range append(slices.Clone(c.Replaced), c.Version) {
				b, err := decode[personBody](v.Body)
				if v.Kind != kindPerson || err != nil {
					continue
				}
				p, _ := iv.Person(c.Item) // zero for one who was dropped
				if name := b.Name; name != p.Name && !slices.Contains(p.Also, name) && !slices.Contains(former[p.ID], name) {
					former[p.ID] = append(former[p.ID], name)
				}
			}
		}
	}
	return former
}
