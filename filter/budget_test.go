package filter

import (
	"sync"
	"testing"
)

func TestBudget(t *testing.T) {
	b := NewBudget(100)
	first, second := b.Reserve(), b.Reserve()
	if !first.Grow(60) || second.Grow(41) || !second.Grow(40) || first.Grow(1) || first.Grow(-1) {
		t.Fatal("the budget gives too much or too little")
	}
	if !first.GrowTo(50) || first.Held() != 60 || first.GrowTo(61) {
		t.Fatal("GrowTo")
	}
	first.Release()
	first.Release()
	if b.Used() != 40 || !second.GrowTo(100) {
		t.Fatalf("used %d", b.Used())
	}
	second.Release()
	if b.Used() != 0 {
		t.Fatalf("used %d after all was released", b.Used())
	}
}

func TestNoBudgetIsUnlimited(t *testing.T) {
	var b *Budget
	r := b.Reserve()
	if !r.Grow(1<<60) || b.Used() != 0 || b.Limit() != 0 {
		t.Fatal("a nil budget refuses")
	}
	r.Release()
}

func TestBudgetUnderContention(t *testing.T) {
	b := NewBudget(1000)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				r := b.Reserve()
				for r.Grow(100) && r.Held() < 300 {
				}
				r.Release()
			}
		})
	}
	wg.Wait()
	if b.Used() != 0 {
		t.Fatalf("%d bytes leaked", b.Used())
	}
}
