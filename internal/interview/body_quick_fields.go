package interview

// The read methods decode the fields of each body in the order of its type. A field that is missing
// here only makes its body slow to read.

func (b *headerBody) read(q *quick) {
	quickText(q, "customer", &b.Customer)
	q.time("started_at", &b.StartedAt)
	q.truth("debrief", &b.Debrief)
	q.time("met_until", &b.MetUntil)
}

func (p *Playbook) read(q *quick) {
	quickText(q, "id", &p.ID)
	quickText(q, "name", &p.Name)
	quickText(q, "about", &p.About)
	quickList(q, "stages", &p.Stages, quickObject[Stage])
}

func (s *Stage) read(q *quick) {
	quickText(q, "name", &s.Name)
	quickText(q, "mark", &s.Mark)
	quickTexts(q, "notes", &s.Notes)
	quickList(q, "questions", &s.Questions, quickObject[Question])
}

func (n *Question) read(q *quick) {
	quickText(q, "text", &n.Text)
	quickTexts(q, "probes", &n.Probes)
	quickTexts(q, "notes", &n.Notes)
}

func (b *Consent) read(q *quick) {
	quickText(q, "notes", &b.Notes)
	quickText(q, "quotes", &b.Quotes)
}

func (b *positionBody) read(q *quick) {
	quickNumber(q, "question", &b.Question)
	quickText(q, "author", &b.Author)
	q.incarnation("device", &b.Device)
}

func (b *askedBody) read(q *quick) {
	quickNumber(q, "question", &b.Question)
	q.time("at", &b.At)
}

func (b *leftOutBody) read(q *quick) {
	quickText(q, "text", &b.Text)
	q.time("at", &b.At)
	quickText(q, "kind", &b.Kind)
}

func (b *momentBody) read(q *quick) { q.time("at", &b.At) }

func (b *endingBody) read(q *quick) {
	q.time("at", &b.At)
	q.time("reopened", &b.Reopened)
	quickNumber(q, "open", &b.Open)
}

func (b *outcomeBody) read(q *quick) { quickText(q, "outcome", &b.Outcome) }

func (b *personBody) read(q *quick) {
	quickText(q, "name", &b.Name)
	quickText(q, "role", &b.Role)
	quickText(q, "side", &b.Side)
	if q.field("doubt") {
		q.object(b.Doubt.read)
	}
	q.time("at", &b.At)
}

func (d *SideDoubt) read(q *quick) {
	quickText(q, "words", &d.Words)
	quickText(q, "reading", &d.Reading)
}

func (b *samePersonBody) read(q *quick) {
	q.id("person", &b.Person)
	q.id("into", &b.Into)
	q.time("at", &b.At)
	quickText(q, "side", &b.Side)
	quickText(q, "role", &b.Role)
}

func (b *adviserBody) read(q *quick) {
	q.id("person", &b.Person)
	q.truth("joins", &b.Joins)
	q.time("at", &b.At)
}

func (b *lineBody) read(q *quick) {
	quickNumber(q, "number", &b.Number)
	quickText(q, "kind", &b.Kind)
	quickText(q, "text", &b.Text)
	quickText(q, "first", &b.First)
	quickText(q, "first_kind", &b.FirstKind)
	q.id("speaker", &b.Speaker)
	q.time("at", &b.At)
	quickNumber(q, "question", &b.Question)
	q.truth("recalled", &b.Recalled)
	quickNumber(q, "after", &b.After)
	q.id("problem", &b.Problem)
	quickTexts(q, "themes", &b.Themes)
	q.truth("too_early", &b.TooEarly)
	quickIDs(q, "for", &b.For)
	quickText(q, "why", &b.Why)
}

func (b *problemBody) read(q *quick) {
	quickNumber(q, "number", &b.Number)
	quickList(q, "wordings", &b.Wordings, quickObject[Wording])
	quickText(q, "raised", &b.Raised)
	quickText(q, "came_up", &b.CameUp)
	quickTexts(q, "themes", &b.Themes)
	q.time("at", &b.At)
}

func (w *Wording) read(q *quick) {
	quickText(q, "text", &w.Text)
	q.time("at", &w.At)
	quickText(q, "kind", &w.Kind)
}

func (b *asideBody) read(q *quick) {
	q.id("problem", &b.Problem)
	quickText(q, "reason", &b.Reason)
	q.id("into", &b.Into)
	q.time("at", &b.At)
}

func (b *impactBody) read(q *quick) {
	q.id("problem", &b.Problem)
	quickText(q, "facet", &b.Facet)
	quickText(q, "text", &b.Text)
	quickNumber(q, "rating", &b.Rating)
}

func (b *playbackBody) read(q *quick) {
	q.id("problem", &b.Problem)
	quickText(q, "said", &b.Said)
	quickText(q, "answer", &b.Answer)
	quickText(q, "correction", &b.Correction)
	q.id("by", &b.By)
	q.time("at", &b.At)
	q.truth("withdrawn", &b.Withdrawn)
	quickIDs(q, "after", &b.After)
}

func (b *solutionBody) read(q *quick) {
	quickNumber(q, "number", &b.Number)
	quickIDs(q, "problems", &b.Problems)
	quickIDs(q, "proofs", &b.Proofs)
	quickText(q, "text", &b.Text)
	quickText(q, "ours", &b.Ours)
	quickText(q, "theirs", &b.Theirs)
	q.time("at", &b.At)
}

func (b *reactionBody) read(q *quick) {
	q.id("solution", &b.Solution)
	quickText(q, "text", &b.Text)
	quickText(q, "decision", &b.Decision)
}

func (b *respectBody) read(q *quick) {
	q.id("problem", &b.Problem)
	quickText(q, "text", &b.Text)
	q.time("at", &b.At)
}

func (b *adviceBody) read(q *quick) {
	q.id("problem", &b.Problem)
	q.id("proof", &b.Proof)
	quickText(q, "text", &b.Text)
	q.time("at", &b.At)
}

func (b *promiseBody) read(q *quick) {
	quickNumber(q, "number", &b.Number)
	quickText(q, "text", &b.Text)
	quickText(q, "first", &b.First)
	q.id("owner", &b.Owner)
	quickText(q, "side", &b.Side)
	if q.field("whose") {
		q.object(b.Whose.read)
	}
	q.id("speaker", &b.Speaker)
	q.date("due", &b.Due)
	if q.field("doubt") {
		q.object(b.Doubt.read)
	}
	quickTexts(q, "themes", &b.Themes)
	q.time("at", &b.At)
}

func (d *DayDoubt) read(q *quick) {
	quickText(q, "words", &d.Words)
	quickList(q, "readings", &d.Readings, (*quick).oneDate)
}

func (b *routeBody) read(q *quick) {
	quickNumber(q, "number", &b.Number)
	q.id("problem", &b.Problem)
	q.id("proof", &b.Proof)
	quickText(q, "department", &b.Department)
	q.id("owner", &b.Owner)
	q.date("due", &b.Due)
	q.time("at", &b.At)
}

func (b *progressBody) read(q *quick) {
	q.id("of", &b.Of)
	quickText(q, "step", &b.Step)
	quickText(q, "text", &b.Text)
	q.truth("open", &b.Open)
	quickText(q, "promised", &b.Promised)
	q.time("at", &b.At)
}

func (b *factBody) read(q *quick) {
	q.id("of", &b.Of)
	quickText(q, "field", &b.Field)
	quickText(q, "text", &b.Text)
	q.id("item", &b.Item)
	quickText(q, "side", &b.Side)
	if q.field("whose") {
		q.object(b.Whose.read)
	}
	q.date("due", &b.Due)
	if q.field("doubt") {
		q.object(b.Doubt.read)
	}
	q.truth("out", &b.Out)
}
