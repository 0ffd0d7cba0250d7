package main

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestMemoryIsLimitedUnlessSomebodyDid(t *testing.T) {
	was := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(was)
	for set, want := range map[int64]int64{math.MaxInt64: softLimit, 1 << 30: 1 << 30} {
		debug.SetMemoryLimit(set)
		limitMemory()
		if got := debug.SetMemoryLimit(-1); got != want {
			t.Errorf("of %d the limit becomes %d, want %d", set, got, want)
		}
	}
}
