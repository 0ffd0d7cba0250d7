package e2e

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"connex/e2e/sound"
	"connex/e2e/tour"
)

// TestPagesAreSoundWhateverHappens looks at pages while a part of the system is away, at fault or asked too often, and at what
// they say to somebody who has done something, or was too late. All others are looked at in api/budget, which needs PostgreSQL
// alone.
func TestPagesAreSoundWhateverHappens(t *testing.T) {
	t.Parallel()
	s := theSystem(t)
	at := s.stops(t)
	round := &inspection{at, map[string]*reader{}, s.troubles(t, at)}
	for _, state := range slices.Concat(tour.Troubled(at.Stops), tour.Done(at.Stops)) {
		round.sees(t, state)
	}
}

// inspection is a round through the pages, with a browser for each reader.
type inspection struct {
	at      stopsWithLinks
	readers map[string]*reader
	troubles
}

func (i *inspection) sees(t *testing.T, state tour.State) {
	t.Helper()
	r := i.reader(t, state)
	link := cmp.Or(state.Link, i.at.links[state.As])
	r.comesTo(state, link+state.Path, i.troubles)
}

// reader is who sees a state. At the api beside everybody is somebody else, since their sessions must be fresh there.
func (i *inspection) reader(t *testing.T, state tour.State) *reader {
	t.Helper()
	who := fmt.Sprint(state.As, state.Beside)
	if r := i.readers[who]; r != nil {
		return r
	}
	r := theSystem(t).atTheBrowser(t)
	r.eyes = sound.Through(t, r.tab)
	if !state.Guest() {
		r.as(state.As)
	}
	r.name = state.As
	i.readers[who] = r
	return r
}

// comesTo a page, does there what brings it into its state, and looks at it.
func (r *reader) comesTo(state tour.State, path string, around troubles) {
	r.t.Helper()
	r.eyes.Resize(1280)
	at := *r
	if state.Beside {
		at.system = &system{base: around.beside.Base}
	}
	at.goes(path)
	defer around.bring(r, state.Trouble)()
	if r.eyes.Bring(state) {
		r.eyes.Inspect(state)
	}
}
