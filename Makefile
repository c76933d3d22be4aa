# The front door: every target is one line that says what it does, and the work is in Scripts/.
# Demo, test and bench share one set of build flags, so that nothing is built twice.

SHELL := /bin/bash
.DEFAULT_GOAL := help

BUILD_FLAGS := -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error
TEST := swift test --skip-build --disable-xctest $(BUILD_FLAGS) $(if $(FILTER),--filter '$(FILTER)')
SWIFT_PATHS := $(wildcard Package.swift Sources Tests Benchmarks Examples)

# Targets name their steps in order.
.NOTPARALLEL:
.PHONY: help demo test check bench lint fmt build packages model broker catalog completions format-lint clean clean-all

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# DEMO_ONCE=1 checks what it shows and ends; DEMO_LIMIT=N takes a part of the catalogue.
demo: packages model broker catalog build ## Index a live catalogue and search it
	@Scripts/demo $(if $(DEMO_ONCE),--once) $(if $(DEMO_LIMIT),--limit $(DEMO_LIMIT))

# FILTER=TierEngineTests takes one target, FILTER=TierEngineTests.FenceTests one suite; for check too.
test: packages model broker build ## Run the whole suite, against a real broker, store and model
	@Scripts/check-topologies
	@$(TEST)

check: format-lint build ## The quick loop: format, tidiness, and every test but the end-to-end ones
	@$(TEST) --skip '^FreshetTests\.'

# QUICK=1 takes smaller indexes and shorter runs: some minutes.
bench: packages model broker build ## Measure latency and throughput (docs/benchmarks.md)
	@Scripts/bench $(if $(QUICK),--quick)

lint: format-lint ## Lint Swift's format, the scripts, the YAML and what deploys
	@Scripts/packages lint
	@Scripts/lint-scripts
	@Scripts/lint-deploy

format-lint:
	@echo "==> linting the format of Swift files"
	@swift format lint --strict --recursive --parallel $(SWIFT_PATHS)

fmt: ## Format every Swift file
	@swift format --in-place --recursive --parallel $(SWIFT_PATHS)

build: ## Build everything in release, tests too
	@echo "==> building in release (some minutes the first time)"
	@swift build --build-tests $(BUILD_FLAGS)

packages: ## Install the Debian packages that are missing
	@Scripts/packages build fetch

model: ## Fetch the embedding model
	@Scripts/model

broker: ## Fetch the development Kafka broker
	@Scripts/broker

catalog: ## Fetch the demo's catalogue: Debian's package lists
	@Scripts/catalog

completions: build ## Install shell completions for this user
	@Scripts/completions

clean: ## Remove what was built
	rm -rf .build

clean-all: clean ## Remove also what was fetched, and the demo's data
	rm -rf .freshet
