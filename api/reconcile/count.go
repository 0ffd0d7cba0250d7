package reconcile

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"connex/store"
)

var (
	standing = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "connex_stuck", Help: "What does not go on by itself."}, []string{"what"})
	compared = promauto.NewGauge(prometheus.GaugeOpts{Name: "connex_reconciled_timestamp_seconds",
		Help: "When rows and workflows were last compared to the end."})
)

// count sets the figures of this process from the rows, whoever found what they show.
func (r *Reconciler) count(ctx context.Context) error {
	list, err := r.store.Stuck(ctx)
	if err != nil {
		return err
	}
	at, err := r.store.LastRound(ctx)
	if err != nil {
		return err
	}
	found := map[store.Trouble]int{}
	for _, s := range list {
		found[s.What]++
	}
	for _, what := range store.Troubles {
		standing.WithLabelValues(string(what)).Set(float64(found[what]))
	}
	compared.Set(float64(at.Unix()))
	return nil
}
