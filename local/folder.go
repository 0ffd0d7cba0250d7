package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	list "connex/settings"
)

const secretLength = list.KeyLength

// folder is where one system keeps everything; only one system at a time may have it.
type folder struct {
	path string
	lock *os.File
}

// openFolder makes the folder where it is missing and locks it. The lock goes when the process does, however it ends.
func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(filepath.Join(path, "logs"), 0o755); err != nil {
		return nil, fmt.Errorf("the data folder: %w (CONNEX_DATA names another)", err)
	}
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("the data folder: %w (CONNEX_DATA names another)", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(inUse(path, lock), lock.Close())
	}
	if err := lock.Truncate(0); err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(lock, "%d\n", os.Getpid())
	return &folder{path, lock}, err
}

func inUse(path string, lock *os.File) error {
	holder := make([]byte, 20)
	n, _ := lock.Read(holder)
	return fmt.Errorf("%s belongs to a system that is running (process %s): stop that one, or set CONNEX_DATA and LISTEN_ADDR for a second one",
		path, strings.TrimSpace(string(holder[:n])))
}

func (f *folder) close() { _ = f.lock.Close() }

func (f *folder) file(name ...string) string {
	return filepath.Join(append([]string{f.path}, name...)...)
}

// secret is the key of this system's personal links; with another key every link that was mailed would be dead.
func (f *folder) secret() (string, error) {
	return f.once("secret", func(key []byte) string { return base64.StdEncoding.EncodeToString(key) })
}

func (f *folder) databasePassword() (string, error) {
	return f.once("database-password", func(key []byte) string { return hex.EncodeToString(key[:16]) })
}

// once returns what is in the file, which it fills with something random the first time.
func (f *folder) once(name string, encode func([]byte) string) (string, error) {
	text, err := os.ReadFile(f.file(name))
	if !errors.Is(err, fs.ErrNotExist) {
		return strings.TrimSpace(string(text)), err
	}
	key := make([]byte, secretLength)
	rand.Read(key) // never fails
	value := encode(key)
	return value, os.WriteFile(f.file(name), []byte(value+"\n"), 0o600)
}
