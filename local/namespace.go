package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/namespace/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"google.golang.org/protobuf/types/known/durationpb"
)

// retention is how long the console still shows what has ended; the dev server would forget each finished phase
// after a day.
const retention = 365 * 24 * time.Hour

// answers tells whether our own server knows the namespace yet.
func (s *system) answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	c, err := client.DialContext(ctx, s.ownServer())
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: s.Namespace})
	return err
}

func (s *system) ownServer() client.Options {
	return client.Options{HostPort: s.Temporal, Namespace: s.Namespace, Logger: quiet{}}
}

func (s *system) keepHistories(ctx context.Context) error {
	c, err := client.NewNamespaceClient(s.ownServer())
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Update(ctx, &workflowservice.UpdateNamespaceRequest{
		Namespace: s.Namespace,
		Config:    &namespace.NamespaceConfig{WorkflowExecutionRetentionTtl: durationpb.New(retention)},
	})
}

// prepareNamed looks whether the server that somebody named is there, and adds the search attributes that it lacks:
// without them no case could start.
func (s *system) prepareNamed(ctx context.Context) error {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return fmt.Errorf("TEMPORAL_…: %w", err)
	}
	options.Namespace, options.Logger = s.Namespace, quiet{}
	c, err := client.DialContext(ctx, options)
	if err != nil {
		return fmt.Errorf("TEMPORAL_ADDRESS=%s: %w", s.Temporal, err)
	}
	defer c.Close()
	return addSearchAttributes(ctx, c.OperatorService(), s.Namespace)
}

func addSearchAttributes(ctx context.Context, operator operatorservice.OperatorServiceClient, namespace string) error {
	known, err := operator.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return fmt.Errorf("the search attributes of namespace %s: %w", namespace, err)
	}
	missing := map[string]enums.IndexedValueType{}
	for _, attribute := range searchAttributes {
		name, kind, _ := strings.Cut(attribute, "=")
		if _, there := known.CustomAttributes[name]; !there {
			missing[name] = enums.IndexedValueType(enums.IndexedValueType_shorthandValue[kind])
		}
	}
	if len(missing) == 0 {
		return nil
	}
	_, err = operator.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{Namespace: namespace, SearchAttributes: missing})
	return err
}

// quiet keeps the SDK from writing between our lines; what matters comes back as an error.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
