// Package codec encrypts what Temporal keeps of us, where operators gave a key: everything that workflows, signals,
// activities and queries carry, and what failures say. Names of workflows, signals and activities, case numbers, search
// attributes, sizes and times stay readable: the console finds cases by them. What was kept before there was a key is
// read as it is.
package codec

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"

	"connex/settings"
)

// How an encrypted payload is marked: as in Temporal's own samples, so that its tools know what it is.
const (
	encoding = "binary/encrypted"
	keyEntry = "encryption-key-id"
)

// ErrSealed: a payload that we have no key for, or that is not what was encrypted.
var ErrSealed = errors.New("what Temporal keeps cannot be decrypted")

// Codec encrypts with one key and decrypts with several. It is a converter.PayloadCodec.
type Codec struct {
	first string // the ID of the key that encrypts; empty: nothing is encrypted
	keys  map[string]cipher.AEAD
}

// New takes the keys that operators gave: the first one encrypts, all of them decrypt.
func New(keys settings.Keys) (*Codec, error) {
	c := &Codec{keys: map[string]cipher.AEAD{}}
	for _, key := range keys {
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		sealed, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, err
		}
		id := idOf(key)
		if c.keys[id] = sealed; c.first == "" {
			c.first = id
		}
	}
	return c, nil
}

// idOf names a key without saying it, so that nobody has to make names up and keep them apart.
func idOf(key settings.Key) string {
	sum := sha256.Sum256(append([]byte("connex: name of a key\n"), key...))
	return hex.EncodeToString(sum[:4])
}

// Use has a client encrypt and decrypt.
func (c *Codec) Use(options *client.Options) { use(options, c, c.first != "") }

// UseInWorker is Use for a worker. What it cannot decrypt must not pass for a signal that nobody can read, which the SDK
// would drop: a panic fails the task, and the task is given out again until a worker has the key.
func (c *Codec) UseInWorker(options *client.Options) { use(options, insisting{c}, c.first != "") }

func use(options *client.Options, c converter.PayloadCodec, encrypts bool) {
	options.DataConverter = converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), c)
	options.FailureConverter = temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
		DataConverter: options.DataConverter, EncodeCommonAttributes: encrypts})
}

// Encode encrypts whole payloads, with what they say about themselves.
func (c *Codec) Encode(payloads []*common.Payload) ([]*common.Payload, error) {
	if c.first == "" {
		return payloads, nil
	}
	return each(payloads, func(p *common.Payload) (*common.Payload, error) {
		plain, err := proto.Marshal(p)
		if err != nil {
			return nil, err
		}
		return &common.Payload{
			Metadata: map[string][]byte{converter.MetadataEncoding: []byte(encoding), keyEntry: []byte(c.first)},
			Data:     c.keys[c.first].Seal(nil, nil, plain, []byte(encoding)),
		}, nil
	})
}

// Decode decrypts what was encrypted, and leaves alone what was not.
func (c *Codec) Decode(payloads []*common.Payload) ([]*common.Payload, error) {
	return each(payloads, func(p *common.Payload) (*common.Payload, error) {
		if string(p.GetMetadata()[converter.MetadataEncoding]) != encoding {
			return p, nil
		}
		id := string(p.GetMetadata()[keyEntry])
		key := c.keys[id]
		if key == nil {
			return nil, fmt.Errorf("%w: CONNEX_HISTORY_KEYS has no key %q", ErrSealed, id)
		}
		plain, err := key.Open(nil, nil, p.GetData(), []byte(encoding))
		if err != nil {
			return nil, fmt.Errorf("%w: it is not what key %q encrypted", ErrSealed, id)
		}
		opened := &common.Payload{}
		return opened, proto.Unmarshal(plain, opened)
	})
}

func each(payloads []*common.Payload, do func(*common.Payload) (*common.Payload, error)) ([]*common.Payload, error) {
	done := make([]*common.Payload, len(payloads))
	for i, p := range payloads {
		var err error
		if done[i], err = do(p); err != nil {
			return payloads, err
		}
	}
	return done, nil
}

// insisting panics where something cannot be decrypted.
type insisting struct{ *Codec }

func (c insisting) Decode(payloads []*common.Payload) ([]*common.Payload, error) {
	opened, err := c.Codec.Decode(payloads)
	if errors.Is(err, ErrSealed) {
		panic(err)
	}
	return opened, err
}
