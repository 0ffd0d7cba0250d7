# Variables given on the command line reach the programs: make run DAY=2s SMTP_ADDR=127.0.0.1:2525 CONNEX_SAMPLES=0

.DEFAULT_GOAL := help
.PHONY: help run test acceptance lint bench screenshots generate build clean

help: ## what there is (this)
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: ## the whole system on this machine; Ctrl-C stops it (DAY=2s: a process day lasts two seconds)
	@.ci/need go npm postgres temporal
	@.ci/build local
	@exec bin/local

# Most tests wait for PostgreSQL more than they compute, hence -parallel. Those of e2e run programs that they do not import:
# what Go kept of them from an earlier run would say nothing, hence -count.
test: ## every test, the browser's and the faults' included
	@.ci/need go npm postgres temporal browser
	go test -parallel 8 -timeout 20m $$(go list ./... | grep -v /e2e)
	go test -count=1 -timeout 20m ./e2e/...

acceptance: ## a system of its own, driven from outside through every scenario of ../shared
	@.ci/need go npm postgres temporal
	@.ci/build local
	@.ci/acceptance

lint: ## golangci-lint (with the arrows of the imports), workflowcheck, the API's description
	@.ci/need go npm lint
	bin/golangci-lint run ./...
	bin/workflowcheck -config tools/workflowcheck.yaml ./workflows/...
	node_modules/.bin/redocly lint api/v1/openapi.yaml

bench: ## how long a decision and a page take, beside a floor measured in turns on the same machine
	@.ci/need go npm postgres temporal
	go test ./api/budget -run '^$$' -bench . -benchtime 1x
	go test ./e2e -run '^$$' -bench . -benchtime 1x -timeout 30m

screenshots: ## pictures of every page, wide and narrow, light and dark, into data/screenshots (INTO=folder)
	@.ci/need go npm postgres temporal browser
	@.ci/build local
	@.ci/screenshots

generate: ## copies the browser's scripts and styles out of node_modules, and whatever else is made from a source
	@.ci/need go npm
	go generate ./...

build: ## the programs, into bin/
	@.ci/need go
	@.ci/build api worker starter local

clean: ## removes the data folder (of a system that is stopped) and the built programs; leaves the tools in bin/
	@.ci/clean
