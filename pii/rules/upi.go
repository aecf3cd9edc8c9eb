package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// upiHandles are the banks behind the '@' of India's payment addresses (NPCI,
// "UPI – third-party apps", read 2026).
var upiHandles = newSet(`upi ybl ibl axl okaxis okhdfcbank okicici oksbi paytm ptaxis ptyes ptsbi pthdfc apl yapl rapl axisb axisbank hdfcbank icici sbi kotak kbl barodampay idfcbank idfcfirst indus federal
	yesbank yescred yespay pnb unionbank uboi cnrb boi aubank dbs rbl hsbc citi sc jupiteraxis fam freecharge ikwik airtel jio waaxis wahdfcbank waicici wasbi naviaxis slice superyes timecosmos tapicici pingpay abfspay axb icicipay kmbl`)

// upi looks for a payment address, whose '@' stands at i: a name or a
// telephone number, and a bank without a dot.
func (s *scan) upi(start, i int) {
	end := i + 1
	for end < len(s.text) && end-i < 16 && alnum.has(s.text[end]) {
		end++
	}
	s.work += end - i
	if i-start < 3 || s.wordAt(end) || s.at(end) == '.' && alnum.has(s.at(end+1)) || (wordMark | dash).has(s.at(end)) || !upiHandles.has(s.text[i+1:end]) {
		return
	}
	s.emit(start, end, pii.AccountNumber, 0.85)
}
