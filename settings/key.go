package settings

import (
	"encoding/base64"
	"fmt"
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
