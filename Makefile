# make, or make help, lists what there is to do.

VAE_REPORT := .build/release/vae-report

.DEFAULT_GOAL := help
.PHONY: help setup build report test lint format clean clean-all

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system libraries that are missing
	@scripts/setup --quiet

build: setup ## build vae-report for release
	@swift build -c release --product vae-report

report: build ## build the MNIST report and print where it is
	@$(VAE_REPORT) build mnist

test: setup ## run all tests
	@swift test -c release

lint: ## check the format of the sources
	@swift format lint --strict -r Package.swift Sources Tests

format: ## bring the sources into the format that lint wants
	@swift format -i -r Package.swift Sources Tests

clean: ## delete what building made
	@swift package clean

clean-all: ## delete what building made, all of outputs/ and what was downloaded
	@rm -rf .build outputs "$${XDG_CACHE_HOME:-$$HOME/.cache}/vae-report"
