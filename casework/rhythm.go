package casework

// NextInRhythm is the first date after a day in a rhythm of so many days that begins on one date; empty where it would not
// lie before the end.
func NextInRhythm(begin, end string, every int, after string) string {
	if every < 1 {
		return ""
	}
	for day := StartOf(begin).In(Berlin); ; {
		day = day.AddDate(0, 0, every)
		switch next := day.Format(DateLayout); {
		case next >= end:
			return ""
		case next > after:
			return next
		}
	}
}
