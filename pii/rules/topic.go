package rules

// topic is something a context word can speak about: one kind of identifier,
// or a group of them.
type topic uint8

// topicSet is a set of topics.
type topicSet [4]uint64

func (t topicSet) has(k topic) bool { return t[k>>6]&(1<<(k&63)) != 0 }

func (t topicSet) meets(u topicSet) bool {
	return t[0]&u[0]|t[1]&u[1]|t[2]&u[2]|t[3]&u[3] != 0
}

func (t topicSet) with(u topicSet) topicSet {
	return topicSet{t[0] | u[0], t[1] | u[1], t[2] | u[2], t[3] | u[3]}
}

func setOf(ks ...topic) (t topicSet) {
	for _, k := range ks {
		t[k>>6] |= 1 << (k & 63)
	}
	return t
}
