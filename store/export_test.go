package store

// SearchedWords are the searched tables and expressions by index, for the test that holds them against the indexes.
var SearchedWords = map[string]struct{ Table, Words string }{"requests": {"requests", requestWords}, "contacts": {"requests", contactWords},
	"offices": {"requests", officeWords}, "accounts": {"accounts", personWords}, "experts": {"experts", personWords}, "documents": {"documents", documentWords}, "mails": {"mails", mailWords},
	"inbound_mails": {"inbound_mails", inboundWords}}
