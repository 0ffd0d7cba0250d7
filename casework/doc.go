// Package casework is the vocabulary and the rules of CONNEX casework: phases, kinds of tasks and their forms, roles,
// clocks, separation of duties, the vote. The page, the JSON API, the workflow and the store all read them here, so
// that a rule is written once. It is plain Go: no Temporal, no SQL, no HTTP, and nothing that depends on the clock or
// on chance; every function says the same today and when a history is replayed in three years.
package casework

import _ "time/tzdata" // every machine reckons Berlin's days alike
