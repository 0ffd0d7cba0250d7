package staff

import (
	"strings"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// diligence is the risk matrix: the five checks by their rating, with what is done about it and who counter-signed.
type diligence struct {
	Ratings    []casework.Rating // the columns of the picture
	Checks     []checkLine
	Highest    casework.Rating
	Conclusion *web.Said
	Begun      bool
}

// checkLine is a check as it stands.
type checkLine struct {
	Title      string
	Rating     casework.Rating
	Outcome    string
	Who        string
	Mitigation []web.Line
	Signed     string // who counter-signed, or that it is still to be done
	Waits      string // for whom, while the check is open
	Written    string // where its answers stand
}

func (r reading) diligence() (d diligence) {
	d = diligence{Ratings: []casework.Rating{casework.Low, casework.Medium, casework.High}, Highest: r.file.Risk}
	for _, kind := range casework.Checks {
		line := checkLine{Title: web.KindTitle(r.w, string(kind)), Waits: r.waitsFor(kind, "")}
		if check := r.newest(kind); check != nil {
			line.Rating, line.Who = casework.Rating(check.Form.String("rating")), check.ActorName
			line.Outcome = web.OutcomeWord(r.w, kind, string(check.Outcome))
			line.Mitigation, line.Signed = mitigation(r.said(*check)), r.counterSigned(kind)
			line.Written = r.writtenAt(check.ID)
		}
		d.Begun = d.Begun || line.Rating != "" || line.Waits != ""
		d.Checks = append(d.Checks, line)
	}
	if a := r.newest(casework.ConcludeDueDiligence); a != nil {
		d.Conclusion = r.place(*a, "conclusion")
	}
	return d
}

// mitigation is what is done about a risk, as it was written: as a whole, and measure by measure.
func mitigation(check web.Said) (lines []web.Line) {
	for _, line := range check.Lines {
		if line.Field == "mitigation" || strings.HasPrefix(line.Field, "mitigation-") {
			lines = append(lines, line)
		}
	}
	return lines
}

// newest is the last decision of a kind; nil where there is none.
func (r reading) newest(kind casework.TaskKind) (found *store.Decided) {
	for i, d := range r.file.Decided {
		if d.Kind == kind {
			found = &r.file.Decided[i]
		}
	}
	return found
}

// waitsFor is for whom an open task of a kind waits, about a subject where one is named.
func (r reading) waitsFor(kind casework.TaskKind, subject string) string {
	for _, t := range r.file.Open {
		if t.Kind == kind && (subject == "" || t.Subject == subject) {
			return holderOf(r.w, t)
		}
	}
	return ""
}

// counterSigned says who counter-signed a check's rating, or that somebody has to.
func (r reading) counterSigned(kind casework.TaskKind) string {
	if who := r.waitsFor(casework.CounterSignRating, string(kind)); who != "" {
		return r.w.T("case.risk.to-sign", "Who", who)
	}
	signed := ""
	for _, d := range r.file.Decided {
		if d.Kind == casework.CounterSignRating && d.Subject == string(kind) {
			signed = r.w.T("case.risk.signed", "Who", d.ActorName, "Outcome", web.OutcomeWord(r.w, d.Kind, string(d.Outcome)), "Date",
				r.w.Date(r.at(d.Action)))
		}
	}
	return signed
}
