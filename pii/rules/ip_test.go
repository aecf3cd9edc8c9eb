package rules_test

import "testing"

func TestIPv4(t *testing.T) {
	check(t, []row{
		{"plain", "from 203.0.113.7 today", []string{"ip 203.0.113.7"}},
		{"private", "host 10.1.2.3 and 192.168.1.20", []string{"ip 10.1.2.3", "ip 192.168.1.20"}},
		{"with a port", "203.0.113.7:8443", []string{"ip 203.0.113.7"}},
		{"end of a sentence", "It was 203.0.113.7.", []string{"ip 203.0.113.7"}},
		{"access log", `203.0.113.7 - - [24/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5`, []string{"ip 203.0.113.7"}},
		{"in a URL", "http://203.0.113.7/index", []string{"ip 203.0.113.7"}},
		{"after a path", "/ip/203.0.113.7/stats", []string{"ip 203.0.113.7"}},
		{"host with a prefix length", "203.0.113.7/24", []string{"ip 203.0.113.7"}},
		{"single-host prefix", "203.0.113.7/32", []string{"ip 203.0.113.7"}},
		{"key and value", "client_ip=203.0.113.7;x=1", []string{"ip 203.0.113.7"}},
		{"list", "203.0.113.7,203.0.113.8", []string{"ip 203.0.113.7", "ip 203.0.113.8"}},
		{"range", "203.0.113.7 - 203.0.113.9", []string{"ip 203.0.113.7", "ip 203.0.113.9"}},
		{"leading zeros", "203.000.113.007", []string{"ip 203.000.113.007"}},
		{"defanged", "203[.]0[.]113[.]7", []string{"ip 203[.]0[.]113[.]7"}},
		{"spaced out", "203 . 0 . 113 . 7", []string{"ip 203 . 0 . 113 . 7"}},
		{"host name of a cloud", "ip-10-0-1-23.ec2.internal", []string{"ip 10-0-1-23"}},
		{"full-width", "２０３．０．１１３．７", []string{"ip ２０３．０．１１３．７"}},
		{"zero-width inside", "203.0\u200b.113.\u20607", []string{"ip 203.0\u200b.113.\u20607"}},
		{"ideographic stops", "203。0。113。7", []string{"ip 203。0。113。7"}},
		{"no version without a word", "1.2.3.4", []string{"ip 1.2.3.4"}},
	})
	clean(t,
		"127.0.0.1", "0.0.0.0", "255.255.255.255", "255.255.255.0", "224.0.0.1", "169.254.169.254", "10.0.0.0/8", "192.168.1.0/24", "172.16.0.0/12",
		"version 1.2.3.4", "v1.2.3.4", "Version: 10.0.19041.1", "release 2.3.4.5", "Chrome/131.0.6778.86", "Chrome/131.0.0.0", "nginx/1.2.3.4",
		"1.2.3", "1.2.3.4.5", "1.3.6.1.4.1.311", "256.1.1.1", "1.2.3.400", "a1.2.3.4", "1.2.3.4b", "foo-1.2.3.4.tar.gz", "Section 1.2.3.4", "lib_1.2.3.4",
		"2024.01.02.03", "firmware: 1.2.3.4", "1.2.3.4-beta",
	)
}

func TestIPv6(t *testing.T) {
	check(t, []row{
		{"compressed", "from 2001:db8::8a2e:370:7334.", []string{"ip 2001:db8::8a2e:370:7334"}},
		{"full", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", []string{"ip 2001:0db8:85a3:0000:0000:8a2e:0370:7334"}},
		{"capitals", "2001:DB8::FF00:42:8329", []string{"ip 2001:DB8::FF00:42:8329"}},
		{"link-local with a zone", "fe80::1ff:fe23:4567:890a%eth0", []string{"ip fe80::1ff:fe23:4567:890a%eth0"}},
		{"unique local", "fd12:3456:789a:1::1", []string{"ip fd12:3456:789a:1::1"}},
		{"mapped IPv4", "::ffff:203.0.113.7", []string{"ip ::ffff:203.0.113.7"}},
		{"in brackets with a port", "http://[2001:db8::1]:8080/", []string{"ip 2001:db8::1"}},
		{"key and value", `"ip":"2001:db8::1"`, []string{"ip 2001:db8::1"}},
		{"yaml", "ip: 2001:db8::1", []string{"ip 2001:db8::1"}},
		{"full-width", "２００１：ｄｂ８：：１", []string{"ip ２００１：ｄｂ８：：１"}},
		{"zero-width inside", "2001:d\u200bb8::1", []string{"ip 2001:d\u200bb8::1"}},
		{"with a prefix length", "2001:db8::1/64", []string{"ip 2001:db8::1"}},
	})
	clean(t,
		"::1", "::", "12:30:45", "10:11:12:13", "std::vector", "std::a::b", "A::B", "abc::def", "dead::beef", "a::b", "Foo::Bar::baz",
		"00:1b:44:11:3a:b7", "1:2:3:4:5:6:7:8", "2001:db8::/32", "ff02::1", "fe80", "key::value", "::before", "x2001:db8::1x", "a:b:c:d:e:f:a:b",
		"0::0", "2001:db8:::1", "ab:cd:ef:01:23:45:67:89",
	)
}
