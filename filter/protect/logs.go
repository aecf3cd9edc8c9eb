package protect

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// inLog reports whether a value that was found in a log may be masked there.
func inLog(text string, s pii.Span) bool {
	l := entryAt(text, s.Start)
	if inStamp(l.text, s.Start-l.start, s.End-l.start) {
		return false
	}
	if s.Source != pii.SourceModel {
		return true
	}
	switch s.Category {
	case pii.PrivateEmail, pii.PrivatePhone, pii.PrivateURL:
		return true
	}
	return !structural(fieldOf(text, s.Start)) && !(s.Category == pii.PrivatePerson && programName(text, s))
}

// entryAt is the line of a log, whose diff marks are its own.
func entryAt(text string, at int) line {
	l := lineAt(text, at)
	if l.start > 0 && text[l.start-1] != '\n' {
		l.start--
		l.text = text[l.start : l.start+1+len(l.text)]
	}
	return l
}

// programName recognises words that log lines are made of: in lower case, or a
// part of something longer, such as "sshd[881]" or "web-1".
func programName(text string, s pii.Span) bool {
	value := text[s.Start:s.End]
	if strings.IndexByte(value, ' ') > 0 && endsFileName(text[s.End:]) {
		return false // "Ana Ruiz.pdf" is hers
	}
	return oneLowerWord(value) || joinedToName(text, s.Start, s.End)
}

// endsFileName reports whether text goes on with the ending of a file's name.
func endsFileName(text string) bool {
	const longest = 4
	if text == "" || text[0] != '.' {
		return false
	}
	n := 1
	for n < len(text) && text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z' {
		n++
	}
	return n > 2 && n <= 1+longest && (n == len(text) || !wordByte(text[n]) && text[n] != '.' && text[n] != '(')
}

// maxField is how long the name of a field may be, in bytes.
const maxField = 48

// fieldOf returns the name of the field whose value begins at an offset, as in
// name=value, name="value", "name":"value" and name: value; or "".
func fieldOf(text string, at int) string {
	i := at
	back := func(set string) {
		for n := 0; i > 0 && n < 3 && strings.IndexByte(set, text[i-1]) >= 0; n++ {
			i--
		}
	}
	back(`"' [`)
	if i == 0 || text[i-1] != '=' && text[i-1] != ':' {
		return ""
	}
	i--
	back(`"' `)
	end := i
	for i > 0 && end-i < maxField && (text[i-1] == '_' || text[i-1] == '-' || text[i-1] == '.' || text[i-1] < 0x80 && wordRune(rune(text[i-1]))) {
		i--
	}
	return text[i:end]
}

// structuralFields hold what runs the machines, and nobody's data.
var structuralFields = map[string]bool{
	"requestid": true, "reqid": true, "traceid": true, "trace": true, "spanid": true, "span": true, "parentid": true,
	"correlationid": true, "eventid": true, "jobid": true, "taskid": true, "messageid": true, "uid": true, "uuid": true,
	"level": true, "lvl": true, "severity": true, "logger": true, "caller": true, "component": true, "module": true,
	"thread": true, "host": true, "hostname": true, "pod": true, "namespace": true, "node": true, "container": true,
	"image": true, "version": true, "service": true, "svc": true, "env": true, "region": true, "zone": true, "cluster": true,
	"app": true, "job": true, "task": true, "queue": true, "topic": true, "worker": true, "process": true, "pid": true,
	"tid": true, "method": true, "route": true, "status": true, "code": true, "func": true, "function": true, "file": true,
	"line": true, "event": true, "type": true, "op": true, "action": true, "stage": true, "build": true, "commit": true,
	"sha": true, "release": true, "time": true, "ts": true, "timestamp": true, "duration": true, "elapsed": true,
	"bytes": true, "size": true, "port": true, "protocol": true, "proto": true, "etag": true, "digest": true, "checksum": true,
	"deployment": true, "replicaset": true, "controller": true, "kind": true, "reason": true, "upstream": true, "backend": true,
}

// structural reports whether a field is one of those, however it is written:
// request_id, requestId, Request-ID, kubernetes.pod.
func structural(field string) bool {
	if ofMachines(field) {
		return true
	}
	if i := strings.LastIndexByte(field, '.'); i >= 0 {
		field = field[i+1:]
	}
	var buf [maxField]byte
	name := buf[:0]
	for i := range len(field) {
		if c := field[i]; c != '_' && c != '-' {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			name = append(name, c)
		}
	}
	return structuralFields[string(name)]
}

// ofMachines reports whether a field is one of those that OpenTelemetry's
// conventions have for machines and programs: k8s.pod.name, service.version,
// resource.telemetry.sdk.name.
func ofMachines(field string) bool {
	space, rest, _ := strings.Cut(strings.TrimPrefix(field, "resource."), ".")
	return rest != "" && machineSpaces[space]
}

var machineSpaces = map[string]bool{
	"service": true, "telemetry": true, "k8s": true, "container": true, "cloud": true, "deployment": true, "code": true,
	"thread": true, "os": true, "webengine": true, "faas": true, "otel": true,
}
