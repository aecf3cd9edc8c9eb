package rules

import "strings"

// mailboxes emits the names of "Ann Lee <ann@example.org>, Bo Yu <…>" at from.
func (s *scan) mailboxes(from int) {
	line := min(s.endUntil(runValue, lineEnd, from), from+8*maxLine)
	for n := 0; n < 16 && from < line; n++ {
		name := s.text[from:min(line, from+maxLine)]
		open := strings.IndexByte(name, '<')
		if open < 2 {
			return
		}
		s.work += open
		v := value{from: from, end: s.trimValue(from, from+open), quoted: true}
		if c := s.text[v.from]; c == '"' || c == '\'' {
			v.from++
			v.end = max(v.from, v.end-1)
		}
		closing := strings.IndexByte(s.text[from+open:min(line, from+open+maxLine)], '>')
		if closing < 0 || strings.IndexByte(s.text[from+open:from+open+closing], '@') < 0 {
			return
		}
		if v.from < v.end && !s.roleBox(from+open+1) {
			s.judgeField(personRole, from, v)
		}
		from += open + closing + 1
		for from < line && (s.text[from] == ',' || s.text[from] == ';' || s.text[from] == ' ') {
			from++
		}
	}
}

// roleBoxes begin the addresses of departments and programs.
var roleBoxes = newSet(`info sales support noreply no reply donotreply hello team order orders billing invoice invoices news newsletter notification notifications notify accounts accounting office admin contact service services help helpdesk mailer receipt receipts events tickets bookings reservations marketing hr jobs careers press postmaster root daemon mail security alerts alert updates update digest customer kundenservice kontakt buero rechnung bestellung ventas compras contacto facturas vendite ordini commercial commandes`)

// roleBox reports whether the address at i is not that of one person.
func (s *scan) roleBox(i int) bool {
	end := i
	for end < len(s.text) && end-i < 24 && alpha.has(s.text[end]) {
		end++
	}
	s.work += end - i
	return roleBoxes.has(s.text[i:end])
}
