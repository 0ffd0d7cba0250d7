package main

import (
	"math"
	"runtime/debug"
)

// softLimit is what the heap is kept to as long as that costs nothing. What is alive here is little, but a sign-in takes
// 19 MiB for a moment (see store/password.go), and without a limit the heap grows to twice of what such moments hold.
// Should more be alive one day, the collector works harder and the heap grows all the same.
const softLimit = 72 << 20

// limitMemory leaves a limit as it is that somebody has set (GOMEMLIMIT).
func limitMemory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(softLimit)
	}
}
