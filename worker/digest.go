package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"connex/casework"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
)

// digestID names the schedule and, with the time, the workflows that it starts.
const digestID = "digest"

// scheduleDigest sees to it that the digests are written each weekday morning. Each worker asks for it; there is one. A
// morning that was missed is made up for on the same day, not later. Berlin's holidays are the activity's to know.
func scheduleDigest(ctx context.Context, c client.Client) error {
	_, err := c.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID: digestID,
		Spec: client.ScheduleSpec{TimeZoneName: casework.Berlin.String(), Calendars: []client.ScheduleCalendarSpec{{
			Hour: []client.ScheduleRange{{Start: casework.DigestHour}}, DayOfWeek: []client.ScheduleRange{{Start: int(time.Monday), End: int(time.Friday)}}}}},
		Action:        &client.ScheduleWorkflowAction{ID: digestID, Workflow: casework.DigestWorkflow, TaskQueue: casework.TaskQueue},
		Overlap:       enums.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: 10 * time.Hour,
	})
	if err == nil || errors.Is(err, temporal.ErrScheduleAlreadyRunning) {
		return nil
	}
	return fmt.Errorf("schedule the digests: %w", err)
}
