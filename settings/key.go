package settings

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Key is what CONNEX_SECRET holds: personal links, codes and the trail's seals are made with it. It never shows in a log.
type Key []byte

// KeyLength is that of a key in bytes.
const KeyLength = 32

// UnmarshalText takes base64, as openssl rand -base64 32 prints it.
func (k *Key) UnmarshalText(text []byte) error {
	key, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(key) != KeyLength {
		return fmt.Errorf("CONNEX_SECRET: want %d random bytes in base64 (openssl rand -base64 %[1]d)", KeyLength)
	}
	*k = key
	return nil
}

func (k Key) String() string { return "(secret)" }

// GoString keeps it out of %#v too.
func (k Key) GoString() string { return k.String() }

// Keys is what CONNEX_HISTORY_KEYS holds: with the first one everything is encrypted that Temporal is to keep, and with
// any of them decrypted.
type Keys []Key

// UnmarshalText takes keys with commas between them.
func (k *Keys) UnmarshalText(text []byte) error {
	var keys Keys
	for one := range strings.SplitSeq(string(text), ",") {
		var key Key
		if err := key.UnmarshalText([]byte(strings.TrimSpace(one))); err != nil {
			return fmt.Errorf("CONNEX_HISTORY_KEYS: want keys of %d random bytes in base64 (openssl rand -base64 %[1]d), with commas between them", KeyLength)
		}
		keys = append(keys, key)
	}
	*k = keys
	return nil
}

func (k Keys) String() string { return "(secret)" }

// GoString keeps them out of %#v too.
func (k Keys) GoString() string { return k.String() }
