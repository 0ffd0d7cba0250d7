package web

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits hold back who asks too often. They are kept per process: three processes let three times as much through.
type Limits struct {
	staff    *buckets // by session
	link     *buckets // by personal link
	guesses  *buckets // links that there are not, by address
	public   *buckets // by address, for who is nobody yet
	newLink  *buckets // links asked for again, by address
	interest *buckets // first interests, by address
	failed   *buckets // sign-ins that failed, by address and account
	address  *buckets // sign-ins that failed, by address
	forgot   *buckets // forgotten passwords, by address
}

// NewLimits are those of http.md, each with room to spare above what it promises.
func NewLimits() *Limits {
	return &Limits{
		staff:    newBuckets(400, 800),
		link:     newBuckets(30, 120),
		guesses:  newBuckets(5, 100),
		public:   newBuckets(20, 100),
		newLink:  newBuckets(rate.Every(30*time.Second), 10),
		interest: newBuckets(rate.Every(30*time.Second), 10),
		failed:   newBuckets(rate.Every(30*time.Second), 10),
		address:  newBuckets(rate.Every(3*time.Second), 100),
		forgot:   newBuckets(rate.Every(20*time.Second), 15),
	}
}

// NewLink counts who asks for a link again, by address: each is a mail to somebody.
func (l *Limits) NewLink(address string) error { return l.newLink.take(address) }

// FirstInterest counts what strangers start, by address: each becomes work for somebody. StartedEnough asks whether one more
// would be too many.
func (l *Limits) FirstInterest(address string) error { return l.interest.take(address) }

// StartedEnough is an error for whoever has started too many.
func (l *Limits) StartedEnough(address string) error { return l.interest.full(address) }

// Forgotten counts the links for new passwords that are asked for, by address.
func (l *Limits) Forgotten(address string) error { return l.forgot.take(address) }

// Guess counts links for passwords that there are not, by address; GuessedEnough asks whether that was too many.
func (l *Limits) Guess(address string) { _ = l.guesses.take(address) }

// GuessedEnough is an error for whoever has tried too many.
func (l *Limits) GuessedEnough(address string) error { return l.guesses.full(address) }

// buckets are one leaky bucket for each key, forgotten when it is full again anyway.
type buckets struct {
	every rate.Limit
	burst int

	mu    sync.Mutex
	of    map[string]*rate.Limiter
	swept time.Time
}

func newBuckets(every rate.Limit, burst int) *buckets {
	return &buckets{every: every, burst: burst, of: map[string]*rate.Limiter{}, swept: time.Now()}
}

const sweepEvery = time.Minute

// take counts one more and tells whether it was still allowed.
func (b *buckets) take(key string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.bucket(key).Allow() {
		return TooMany(b.wait())
	}
	return nil
}

// full tells whether one more would be too many, without counting it.
func (b *buckets) full(key string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if limiter, there := b.of[key]; there && limiter.Tokens() < 1 {
		return TooMany(b.wait())
	}
	return nil
}

func (b *buckets) wait() time.Duration { return time.Duration(float64(time.Second) / float64(b.every)) }

func (b *buckets) bucket(key string) *rate.Limiter {
	if time.Since(b.swept) > sweepEvery {
		b.sweep()
	}
	limiter, there := b.of[key]
	if !there {
		limiter = rate.NewLimiter(b.every, b.burst)
		b.of[key] = limiter
	}
	return limiter
}

func (b *buckets) sweep() {
	b.swept = time.Now()
	for key, limiter := range b.of {
		if limiter.Tokens() >= float64(b.burst) {
			delete(b.of, key)
		}
	}
}
