package rules

import (
	"fmt"
	"github.com/caddyprivacy/privacyfilter/pii"
	"runtime"
	"syscall"
	"testing"
)

func cpu() float64 {
	var r syscall.Rusage
	syscall.Getrusage(1, &r)
	return float64(r.Utime.Sec) + float64(r.Utime.Usec)/1e6 + float64(r.Stime.Sec) + float64(r.Stime.Usec)/1e6
}
func TestTmp(t *testing.T) {
	runtime.LockOSThread()
	for _, c := range []struct{ n, t string }{{"json", cleanJSON(1 << 20)}, {"log", accessLog(1 << 20)}, {"prose", prose(1 << 20)}} {
		var sp []pii.Span
		d := New()
		best := 1e9
		for k := 0; k < 15; k++ {
			a := cpu()
			sp = d.AppendSpans(sp[:0], c.t)
			best = min(best, cpu()-a)
		}
		fmt.Printf("%s %.1f MB/cpu-s %d spans\n", c.n, float64(len(c.t))/1e6/best, len(sp))
		for i, s := range sp {
			if i < 5 {
				fmt.Printf("   %s %q\n", s.Category, c.t[max(0, s.Start-20):s.End])
			}
		}
	}
}
