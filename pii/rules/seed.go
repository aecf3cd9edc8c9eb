package rules

func (s *scan) saidPhrase(noun int) {}
