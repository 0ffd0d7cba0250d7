package store

// SearchedWords are the searched expressions by table, for the test that holds them against the indexes.
var SearchedWords = map[string]string{"requests": requestWords, "accounts": personWords, "experts": personWords, "documents": documentWords,
	"mails": mailWords, "inbound_mails": inboundWords}
