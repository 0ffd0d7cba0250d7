package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Place is how far a mailbox was read. The server's numbers of mails rise, and are good for one validity.
type Place struct {
	Validity uint32    // 0: it was never read
	Last     uint32    // all mails up to this number were taken, but for those that wait
	Waiting  []uint32  // found and not taken yet
	At       time.Time // when nothing waited
}

// Arrived is a mail in a mailbox.
type Arrived struct {
	Raw        []byte
	Size       int64
	HeaderOnly bool // it is larger than LargestArrived
}

const (
	// LargestArrived is what a mail may have that is taken whole: a file of 25 MB, as mail carries it, fits.
	LargestArrived = 40 << 20
	largestHeader  = 256 << 10
	// toFetch one mail, 40 MB over a bad line included, and to mark it.
	toFetch = 4 * time.Minute
	// overlap is added to where other numbers begin: a server's days are not ours.
	overlap = 48 * time.Hour
)

// Read takes what came into the mailbox since from, one mail after another. What take refuses, or the server does not give
// out, waits and is tried again after all others the next time; only what it took is marked as read. After each mail, and
// before the first, keep is told the place; an error of it ends the reading.
func (m *Mailbox) Read(ctx context.Context, from Place, take func(context.Context, Arrived) error, keep func(Place) error) (Place, error) {
	v, err := m.open(ctx)
	if err != nil {
		return from, err
	}
	defer v.close()
	place, err := v.look(from)
	if err != nil {
		return from, fmt.Errorf("look for mails: %w", err)
	}
	var refused []error
	for range slices.Clone(place.Waiting) {
		if err := keep(place); err != nil {
			return place, err
		}
		number := place.Waiting[0]
		place.Waiting = slices.Clone(place.Waiting[1:])
		err := v.pass(ctx, imap.UID(number), take)
		if err != nil {
			place.Waiting = append(place.Waiting, number) // behind those that nobody tried yet
			refused = append(refused, fmt.Errorf("mail %d: %w", number, err))
		}
		if v.gone() {
			return place, errors.Join(keep(place), errors.Join(refused...))
		}
	}
	if len(place.Waiting) == 0 {
		place.At = time.Now()
	}
	return place, errors.Join(keep(place), errors.Join(refused...))
}

// visit is a connection on which the folder is open.
type visit struct {
	client  *imapclient.Client
	folder  *imap.SelectData
	unwatch func() bool
}

func (v *visit) close() {
	v.unwatch()
	if !v.gone() {
		quiet := time.AfterFunc(5*time.Second, func() { _ = v.client.Close() })
		_ = v.client.Logout().Wait() // what it answers changes nothing any more
		quiet.Stop()
	}
	_ = v.client.Close()
}

func (v *visit) gone() bool { return v.client.State() == imap.ConnStateLogout }

// look finds what came since. Where the server has numbered all mails anew, what nobody has read yet counts as new, and
// whatever came since nothing waited: the same mail is filed once. A mailbox that we never saw begins with what is unread.
func (v *visit) look(from Place) (Place, error) {
	if from.Validity == v.folder.UIDValidity {
		since := imap.UIDSet{{Start: imap.UID(from.Last) + 1}} // up to whatever is last
		found, err := v.search(&imap.SearchCriteria{UID: []imap.UIDSet{since}})
		found = slices.DeleteFunc(found, func(number uint32) bool { return number <= from.Last }) // an empty range means the last mail
		if len(found) > 0 {
			from.Last = slices.Max(found)
		}
		from.Waiting = slices.Concat(found, from.Waiting)
		return from, err
	}
	criteria := &imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}
	if from.Validity != 0 {
		criteria = &imap.SearchCriteria{Or: [][2]imap.SearchCriteria{{*criteria, {Since: from.At.Add(-overlap)}}}}
	}
	found, err := v.search(criteria)
	return Place{Validity: v.folder.UIDValidity, Last: uint32(v.folder.UIDNext) - 1, Waiting: found, At: from.At}, err
}

func (v *visit) search(criteria *imap.SearchCriteria) (numbers []uint32, err error) {
	stop := v.within(toGetIn)
	defer stop()
	found, err := v.client.UIDSearch(criteria, nil).Wait()
	if err != nil {
		return nil, err
	}
	for _, uid := range found.AllUIDs() {
		numbers = append(numbers, uint32(uid))
	}
	slices.Sort(numbers)
	return numbers, nil
}

// within cuts a line on which the server says nothing for too long.
func (v *visit) within(d time.Duration) (stop func() bool) {
	return time.AfterFunc(d, func() { _ = v.client.Close() }).Stop
}

// pass hands one mail over and marks it as read once it is taken. A mail that somebody has removed meanwhile is nobody's
// any more; one that is too large stays unread, since only its header is ours.
func (v *visit) pass(ctx context.Context, uid imap.UID, take func(context.Context, Arrived) error) error {
	stop := v.within(toFetch)
	defer stop()
	arrived, there, err := v.fetch(uid)
	if err != nil || !there {
		return err
	}
	if err := take(ctx, arrived); err != nil || arrived.HeaderOnly {
		return err
	}
	read := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}
	_ = v.client.Store(imap.UIDSetNum(uid), read, nil).Close() // whatever becomes of the mark, the mail is ours
	return nil
}

// fetch reads a mail without marking it.
func (v *visit) fetch(uid imap.UID) (a Arrived, there bool, err error) {
	sized, err := v.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil || len(sized) == 0 {
		return a, false, err
	}
	a.Size, a.HeaderOnly = sized[0].RFC822Size, sized[0].RFC822Size > LargestArrived
	part, limit := &imap.FetchItemBodySection{Peek: true}, int64(LargestArrived)
	if a.HeaderOnly {
		part.Specifier, limit = imap.PartSpecifierHeader, largestHeader
	}
	command := v.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{part}})
	a.Raw, err = bodyOf(command, limit)
	return a, true, errors.Join(err, command.Close())
}

var errNoBody = errors.New("the IMAP server does not give it out")

// bodyOf reads what a mail has in it, all or nothing.
func bodyOf(command *imapclient.FetchCommand, limit int64) ([]byte, error) {
	message := command.Next()
	if message == nil {
		return nil, errNoBody
	}
	for item := message.Next(); item != nil; item = message.Next() {
		body, ours := item.(imapclient.FetchItemDataBodySection)
		if !ours || body.Literal == nil {
			continue
		}
		size := body.Literal.Size()
		if size > limit {
			return nil, fmt.Errorf("it has %d bytes, more than the IMAP server said and than the %d that we take", size, limit)
		}
		raw := make([]byte, size)
		_, err := io.ReadFull(body.Literal, raw)
		return raw, err
	}
	return nil, errNoBody
}
