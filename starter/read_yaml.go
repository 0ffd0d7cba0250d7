package main

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"

	"connex/casework"

	"go.yaml.in/yaml/v3"
)

// readYAML reads one request or a list of them, in each of a file's documents.
func readYAML(raw []byte) (rows []row, err error) {
	d := yaml.NewDecoder(bytes.NewReader(raw))
	for {
		var document yaml.Node
		err := d.Decode(&document)
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, inYAML(err)
		}
		top := document.Content[0]
		requests := []*yaml.Node{top}
		if top.Kind == yaml.SequenceNode {
			requests = top.Content
		}
		for _, node := range requests {
			r, err := yamlRow(node)
			if err != nil {
				return nil, err
			}
			rows = append(rows, r)
		}
	}
}

func yamlRow(node *yaml.Node) (row, error) {
	r := row{line: node.Line, lines: map[string]int{}, values: casework.Values{}}
	if node.Kind != yaml.MappingNode {
		return r, &unreadable{line: node.Line, why: "a request must be a map of fields"}
	}
	for i := 0; i < len(node.Content); i += 2 {
		name, value := node.Content[i], node.Content[i+1]
		if r.lines[name.Value] > 0 {
			return r, twice(name.Line, name.Value)
		}
		r.lines[name.Value] = name.Line
		content, err := yamlValue(value)
		if err != nil {
			return r, inYAML(err)
		}
		r.values[name.Value] = content
	}
	return r, nil
}

// yamlValue keeps a scalar as it is written, but for truths: NO is Norway, and 0049 a telephone.
func yamlValue(node *yaml.Node) (value any, err error) {
	switch {
	case node.Kind == yaml.ScalarNode && node.Tag == "!!bool" && (node.Value == "true" || node.Value == "false"):
		return node.Value == "true", nil
	case node.Kind == yaml.ScalarNode && node.Tag == "!!null":
		return nil, nil
	case node.Kind == yaml.ScalarNode:
		return node.Value, nil
	}
	err = node.Decode(&value)
	return value, err
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

func inYAML(err error) error {
	u := &unreadable{why: err.Error()}
	if found := yamlLine.FindStringSubmatch(u.why); found != nil {
		u.line, _ = strconv.Atoi(found[1]) // it is digits
	}
	return u
}
