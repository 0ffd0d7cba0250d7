package dispatch

import (
	"slices"

	"connex/casework"
	"connex/store"
)

// Capacity is in which role somebody completes a task, whether on behalf of the government, and in whose place.
type Capacity struct {
	Role     casework.Role
	OnBehalf bool
	For      casework.PersonID // who is away; empty: in their own
}

// CapacityOf tells in which capacity p may complete t; ErrNotYours where in none.
func CapacityOf(p store.Person, t store.Task) (Capacity, error) {
	kind, _ := casework.KindOf(t.Kind)
	switch {
	case kind.Holding == casework.ByStaff:
		return actingRole(p)
	case t.Role == casework.Government && p.Link == nil:
		if p.Has(casework.CaseOfficer) && (t.Officer == p.ID || t.Officer == "") {
			return Capacity{Role: casework.CaseOfficer, OnBehalf: true}, nil
		}
		if away := casework.InPlaceOf(t.Kind, t.Officer, p.StandsFor); away != "" && p.Has(casework.CaseOfficer) {
			return Capacity{Role: casework.CaseOfficer, OnBehalf: true, For: away}, nil
		}
	case p.Has(t.Role) && (t.Holder == "" || t.Holder == p.ID):
		return Capacity{Role: t.Role}, nil
	case p.Has(t.Role) && casework.InPlaceOf(t.Kind, t.Holder, p.StandsFor) != "":
		return Capacity{Role: t.Role, For: t.Holder}, nil
	}
	return Capacity{}, ErrNotYours
}

// onceCapacityOf tells in which capacity p could complete t before it was taken, passed on, or its officer's place was: they
// have its role, and not the task.
func onceCapacityOf(p store.Person, t store.Task) (Capacity, error) {
	switch {
	case p.Link != nil:
	case p.Has(t.Role):
		return Capacity{Role: t.Role}, nil
	case t.Role == casework.Government && p.Has(casework.CaseOfficer):
		return Capacity{Role: casework.CaseOfficer, OnBehalf: true}, nil
	}
	return Capacity{}, ErrNotYours
}

// actingRole is any role of p's in which people do something on a request: an auditor only reads.
func actingRole(p store.Person) (Capacity, error) {
	for _, role := range casework.StaffRoles {
		if role != casework.Auditor && role != casework.Administrator && slices.Contains(p.Roles, role) {
			return Capacity{Role: role}, nil
		}
	}
	return Capacity{}, ErrNotYours
}

// closed says why a task cannot be done any more, or nil.
func closed(t store.Task) *Refused {
	switch {
	case t.Ending != "" && t.Status == store.TaskOpen:
		return refused(casework.RuleEnded, "refusal.ended")
	case t.Status == store.TaskDone:
		return refused(casework.RuleTaskDone, "refusal.task-done")
	case t.Status != store.TaskOpen:
		return refused(casework.RuleTaskDone, "refusal.task-cancelled")
	}
	return nil
}

func refused(rule, why string) *Refused { return &Refused{Refusal: *casework.RefusedBy(rule, why)} }
