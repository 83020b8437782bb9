package document

import "slices"

// Merge returns a document with every version of a and b that neither side has replaced, and with
// the content of those that only one side has it of. If one side is erased, the result is. Neither a
// nor b is changed; both must have the same ID.
func Merge(a, b *Document) *Document {
	m := a.Clone()
	for inc, n := range b.seen {
		m.seen[inc] = max(m.seen[inc], n)
	}
	m.lacks = lackedByBoth(a, b)
	if b.latest.Compare(m.latest) > 0 {
		m.latest = b.latest
	}
	if a.erased || b.erased {
		m.Erase()
		return m
	}
	for id, it := range a.items {
		if _, both := b.items[id]; !both {
			m.set(id, surviving(it.Versions, nil, b))
		}
	}
	for id, it := range b.items {
		mine := a.items[id].Versions
		vs := surviving(mine, it.Versions, b)
		for _, v := range surviving(it.Versions, mine, a) {
			if !has(vs, v.Dot) {
				vs = append(vs, v)
			}
		}
		m.set(id, vs)
	}
	return m
}

// set sets the versions of an item, or removes it when there are none.
func (d *Document) set(id ID, vs []Version) {
	old := d.items[id].Versions
	d.count += len(vs) - len(old)
	d.size += size(vs) - size(old)
	if len(vs) == 0 {
		delete(d.items, id)
		return
	}
	d.items[id] = sorted(Item{ID: id, Versions: vs})
}

// surviving returns those of vs that the other side still has, or never saw. Who saw a version and
// does not have it has a later one of the item in its place. A document without one claims to have
// seen what it has not.
func surviving(vs, others []Version, other *Document) []Version {
	left := make([]Version, 0, len(vs)+len(others))
	for _, v := range vs {
		later := func(o Version) bool { return o.Clock.Compare(v.Clock) > 0 }
		if has(others, v.Dot) || !other.Has(v.Dot) || !slices.ContainsFunc(others, later) {
			left = append(left, v)
		}
	}
	return Filled(left, others)
}

// Filled returns versions with the content that was withheld from them, as far as others have it.
// vs is not written to.
func Filled(vs, others []Version) []Version {
	filled := vs
	for i, v := range vs {
		at := slices.IndexFunc(others, func(o Version) bool { return v.Withheld && o.Dot == v.Dot })
		if at < 0 {
			continue
		}
		if &filled[0] == &vs[0] {
			filled = slices.Clone(vs)
		}
		filled[i] = v.fuller(others[at])
	}
	return filled
}

// size returns the length of the bodies of versions.
func size(vs []Version) (n int) {
	for _, v := range vs {
		n += len(v.Body)
	}
	return n
}

func has(vs []Version, dot Dot) bool {
	return slices.ContainsFunc(vs, func(v Version) bool { return v.Dot == dot })
}
