package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	list "connex/settings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// No Docker engine runs in the tests. What a test can hold is that the file is one, that all of it is pinned, and that
// it sets nothing that the programs do not know.

func TestComposeServicesAreWatchedOrSayWhyNot(t *testing.T) {
	t.Parallel()
	for name, service := range compose(t).Services {
		watched := service.HealthCheck != nil && !service.HealthCheck.Disable
		if reason := service.Labels["connex.no-health-check"]; watched == (reason != "") {
			t.Errorf("service %s: has a health check: %t; reason for none: %q", name, watched, reason)
		}
		if watched && len(service.HealthCheck.Test) < 2 {
			t.Errorf("service %s: its health check runs nothing: %v", name, service.HealthCheck.Test)
		}
	}
}

func TestComposeWaitsForWhatCanBeWaitedFor(t *testing.T) {
	t.Parallel()
	services := compose(t).Services
	for name, service := range services {
		for on, how := range service.DependsOn {
			watched := services[on].HealthCheck != nil && !services[on].HealthCheck.Disable
			ends := strings.HasPrefix(services[on].Restart, "on-failure")
			if how.Condition == types.ServiceConditionHealthy && !watched || how.Condition == types.ServiceConditionCompletedSuccessfully && !ends {
				t.Errorf("service %s waits for ever: %s is never %s", name, on, how.Condition)
			}
		}
	}
}

var pinned = regexp.MustCompile(`:v?\d+\.\d+[\w.-]*$`)

func TestImagesArePinned(t *testing.T) {
	t.Parallel()
	stages := stages(t)
	for name, service := range compose(t).Services {
		switch {
		case service.Build == nil && !pinned.MatchString(service.Image):
			t.Errorf("service %s: %s is not pinned to a version", name, service.Image)
		case service.Build != nil && stages[service.Build.Target] == "":
			t.Errorf("service %s: the Dockerfile has no stage %q", name, service.Build.Target)
		}
	}
	for stage, image := range stages {
		if !pinned.MatchString(image) {
			t.Errorf("stage %s: %s is not pinned to a version", stage, image)
		}
	}
}

// TestImagesAreOfOurVersions: what is tested here is what runs there.
func TestImagesAreOfOurVersions(t *testing.T) {
	t.Parallel()
	services, stages := compose(t).Services, stages(t)
	for what, tt := range map[string]struct{ image, version string }{
		"Go":               {stages["build"], found(t, "go.mod", `(?m)^go (\S+)$`)},
		"the mail catcher": {services["mail-catcher"].Image, npmVersion(t, "maildev")},
		"Temporal":         {services["temporal"].Image, found(t, "tools/temporal/go.mod", `go\.temporal\.io/server v(\S+)`)},
		"Temporal's tools": {services["temporal-schema"].Image, found(t, "tools/temporal/go.mod", `go\.temporal\.io/server v(\S+)`)},
		"its console":      {services["temporal-ui"].Image, found(t, "tools/temporal/go.mod", `github\.com/temporalio/ui-server/v2 v(\S+)`)},
	} {
		if _, tag, _ := strings.Cut(tt.image, ":"); !strings.HasPrefix(tag, tt.version) {
			t.Errorf("%s: the image is %s, the tests run with %s", what, tt.image, tt.version)
		}
	}
}

func TestComposeSetsWhatTheProgramsKnow(t *testing.T) {
	t.Parallel()
	known := func(name string) bool {
		return slices.ContainsFunc(list.Variables, func(v list.Variable) bool { return v.Name == name })
	}
	services := compose(t).Services
	for _, name := range []string{"migrate", "worker", "api"} {
		for variable := range services[name].Environment {
			if !known(variable) {
				t.Errorf("service %s: no program knows %s", name, variable)
			}
		}
	}
}

func TestComposeCreatesTheSearchAttributes(t *testing.T) {
	t.Parallel()
	script := compose(t).Configs["temporal-namespace"].Content
	for _, attribute := range searchAttributes {
		if !strings.Contains(script, attribute+" ") && !strings.Contains(script, attribute+";") {
			t.Errorf("%s is not created", attribute)
		}
	}
}

// TestTheEnvironmentExampleIsWhole: it names each variable that the compose file reads, and no other.
func TestTheEnvironmentExampleIsWhole(t *testing.T) {
	t.Parallel()
	read := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?:^|[^$])\$\{(\w+)`).FindAllStringSubmatch(source(t, "docker-compose.yml"), -1) {
		read[match[1]] = true
	}
	names := slices.Sorted(maps.Keys(example(t)))
	if want := slices.Sorted(maps.Keys(read)); !slices.Equal(names, want) {
		t.Errorf(".env.example has %v, docker-compose.yml reads %v", names, want)
	}
}

// compose is the file as Compose would see it with .env.example filled in.
func compose(t *testing.T) *types.Project {
	t.Helper()
	filled := types.Mapping{}
	for name, value := range example(t) {
		filled[name] = value
		if value == "" {
			filled[name] = "filled-in"
		}
	}
	project, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  repository(t),
		ConfigFiles: []types.ConfigFile{{Filename: filepath.Join(repository(t), "docker-compose.yml")}},
		Environment: filled,
	}, func(o *loader.Options) { o.SetProjectName("connex", true) })
	if err != nil {
		t.Fatalf("Compose would refuse docker-compose.yml: %v", err)
	}
	return project
}

func example(t *testing.T) map[string]string {
	t.Helper()
	variables := map[string]string{}
	for _, match := range regexp.MustCompile(`(?m)^(\w+)=(.*)$`).FindAllStringSubmatch(source(t, ".env.example"), -1) {
		variables[match[1]] = match[2]
	}
	return variables
}

// stages are the Dockerfile's, and the image that each begins with.
func stages(t *testing.T) map[string]string {
	t.Helper()
	stages := map[string]string{}
	for _, match := range regexp.MustCompile(`(?m)^FROM (\S+) AS (\w+)$`).FindAllStringSubmatch(source(t, "Dockerfile"), -1) {
		stages[match[2]] = match[1]
	}
	return stages
}

func npmVersion(t *testing.T, name string) string {
	t.Helper()
	var manifest struct{ Dependencies, DevDependencies map[string]string }
	if err := json.Unmarshal([]byte(source(t, "package.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Dependencies[name] + manifest.DevDependencies[name]
}

func found(t *testing.T, file, pattern string) string {
	t.Helper()
	match := regexp.MustCompile(pattern).FindStringSubmatch(source(t, file))
	if match == nil {
		t.Fatalf("%s has no %s", file, pattern)
	}
	return match[1]
}

func source(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository(t), file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func repository(t *testing.T) string {
	t.Helper()
	root, err := projectRoot()
	if err != nil {
		t.Fatal(err)
	}
	return root
}
