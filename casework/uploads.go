package casework

import "slices"

// What a guest may add to one request: far more than any ever needs, and too little to fill a disk by a link that got
// into wrong hands.
const (
	GuestFiles = 200
	GuestBytes = 1 << 30
)

// PDF is the media type of letters.
const PDF = "application/pdf"

// letterTypes are those in which a signed letter comes.
var letterTypes = []string{
	PDF, "image/png", "image/jpeg", "image/tiff", "image/heic", "image/webp", "application/msword", "application/rtf", "text/rtf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text",
}

// WrongFile says why a file of this media type, as found from its bytes, cannot stand in the field; nothing where it can.
func (f Field) WrongFile(mediaType string) Sentence {
	switch {
	case f.Paper && mediaType != PDF:
		return Say("invalid.no-pdf")
	case f.Signed && !slices.Contains(letterTypes, mediaType):
		return Say("invalid.no-letter")
	}
	return Sentence{}
}

// Added is what a guest has added to a request so far.
type Added struct {
	Files int   `db:"files"`
	Bytes int64 `db:"bytes"`
}

// NoRoomFor says why no file of this size can be added; its zero value: it can.
func (a Added) NoRoomFor(size int64) Sentence {
	switch {
	case a.Files >= GuestFiles:
		return Say("invalid.too-many-files", "Limit", GuestFiles)
	case a.Bytes+size > GuestBytes:
		return Say("invalid.too-heavy", "Limit", GuestBytes>>20)
	}
	return Sentence{}
}
