package casework

// MailRefusedActivity notes that a mail cannot be delivered, whatever one tries.
const MailRefusedActivity = "MailRefused"

// MailRefusedError is the type of the error with which SendMail says so. Its message is the mail server's code alone:
// what it said in full stays in the mail's row, since it repeats the address.
const MailRefusedError = "mail-refused"

// Undeliverable is the argument of MailRefused, Told its answer: the mails that tell the case officer.
type Undeliverable struct {
	Delivery
	Code string `json:"code"`
}

// Told are the Message-IDs of the mails that follow from a refused one.
type Told struct {
	Mails []string `json:"mails,omitempty"`
}

// WorkflowID is the workflow that delivers this mail: one for a message, however often it is started.
func (d Delivery) WorkflowID() string { return "deliver/" + d.MessageID }
