package letters

import (
	"fmt"
	"os"
	"path/filepath"
)

const compiler = "node_modules/@myriaddreamin/typst-ts-node-compiler"

// findHome is the folder from which Node finds the compilers: the one that was named, else the next one upwards from
// where we are, else from where this program lies.
func findHome(named string) (string, error) {
	if named != "" {
		if !hasCompiler(named) {
			return "", fmt.Errorf("%s has no %s: run npm ci there", named, compiler)
		}
		return named, nil
	}
	for _, from := range []func() (string, error){os.Getwd, programFolder} {
		folder, err := from()
		if err != nil {
			continue
		}
		for ; ; folder = filepath.Dir(folder) {
			if hasCompiler(folder) {
				return folder, nil
			}
			if folder == filepath.Dir(folder) {
				break
			}
		}
	}
	return "", fmt.Errorf("no %s here or above: run npm ci", compiler)
}

func programFolder() (string, error) {
	program, err := os.Executable()
	return filepath.Dir(program), err
}

func hasCompiler(folder string) bool {
	info, err := os.Stat(filepath.Join(folder, compiler))
	return err == nil && info.IsDir()
}
