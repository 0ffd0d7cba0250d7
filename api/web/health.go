package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"connex/casework"
)

var answered = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "connex_http_seconds", Help: "How long answers took",
	Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"method", "route", "status"})

func statusClass(status int) string { return strconv.Itoa(status/100) + "xx" }

// RegisterOperators adds what operators and their programs ask. None of it says anything about a case.
func RegisterOperators(r *gin.Engine, d Deps) {
	r.GET("/healthz", func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "alive"}) })
	r.GET("/readyz", d.ready)
	r.GET("/metrics", gin.WrapH(promhttp.Handler()))
}

const readyWithin = 3 * time.Second

// ready tells whether decisions can be recorded and carried out: PostgreSQL, Temporal and a worker answer.
func (d Deps) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), readyWithin)
	defer cancel()
	checks := gin.H{"postgresql": answer(d.Store.Ping(ctx)), "temporal": "unknown", "worker": "unknown", "api": "ready"}
	polled, err := polling(ctx, d.Temporal)
	checks["temporal"] = answer(err)
	if err == nil {
		checks["worker"] = answer(polled)
	}
	if d.Stopping.Err() != nil {
		checks["api"] = "stopping"
	}
	status := http.StatusOK
	for _, check := range checks {
		if check != "ready" {
			status = http.StatusServiceUnavailable
		}
	}
	c.JSON(status, checks)
}

// answer hides the cause, which may name hosts and users.
func answer(err error) string {
	if err != nil {
		return "does not answer"
	}
	return "ready"
}

var errNoWorker = errors.New("no worker polls the queue")

// freshPoll: a poller that was not seen for longer than this is gone. Polls last a minute.
const freshPoll = 90 * time.Second

// polling asks who polls the queue for workflow tasks; err is Temporal's own failure.
func polling(ctx context.Context, t client.Client) (worker, err error) {
	queue, err := t.DescribeTaskQueue(ctx, casework.TaskQueue, enums.TASK_QUEUE_TYPE_WORKFLOW)
	if err != nil {
		return nil, fmt.Errorf("describe the task queue: %w", err)
	}
	for _, poller := range queue.GetPollers() {
		if time.Since(poller.GetLastAccessTime().AsTime()) < freshPoll {
			return nil, nil
		}
	}
	return errNoWorker, nil
}
