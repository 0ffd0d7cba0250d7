package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// noMailbox: somebody outside would act by a link that was mailed, and there is no mail catcher to read it in.
type noMailbox struct{ address string }

func (n *noMailbox) Error() string {
	return "no mail catcher was named in which " + n.address + " could find a personal link"
}

// caught is a mail as the catcher shows it.
type caught struct {
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	Date    time.Time `json:"time"`
	To      []struct {
		Address string `json:"address"`
	} `json:"to"`
}

var (
	linkLine = regexp.MustCompile(`(?m)^\s*\S+/p/([\w.~-]+)\s*$`)
	codeLine = regexp.MustCompile(`(?m)^\s*Code: (\d{6})\s*$`)
)

// mailsTo are the mails to somebody about a case, oldest first.
func (s *stage) mailsTo(ctx context.Context, address, number string) (mails []caught, err error) {
	if s.o.Mailbox == "" {
		return nil, &noMailbox{address}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(s.o.Mailbox, "/")+"/api/email?sort=desc&limit=500", nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("mail catcher: %w", err)
	}
	defer response.Body.Close()
	var all []caught
	if err := json.NewDecoder(response.Body).Decode(&all); err != nil {
		return nil, fmt.Errorf("mail catcher: %w", err)
	}
	for _, m := range slices.Backward(all) {
		if strings.Contains(m.Subject, number) && len(m.To) > 0 && strings.EqualFold(m.To[0].Address, address) {
			mails = append(mails, m)
		}
	}
	return mails, nil
}

// newest is what a pattern finds in the newest of the mails that has it.
func newest(mails []caught, pattern *regexp.Regexp) (found string) {
	for _, m := range mails {
		if hits := pattern.FindAllStringSubmatch(m.Text, -1); len(hits) > 0 {
			found = hits[len(hits)-1][1]
		}
	}
	return found
}
