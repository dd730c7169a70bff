# make, or make help, lists what there is to do.
#
#   make eval SUBJECT=outputs/mnist/runs/main          another run or config
#   make train-mnist ARGS='-P train.epochs=3'          more arguments for the command
#   make install PREFIX=/usr/local                     another place

VAE_REPORT := .build/release/vae-report
PREFIX ?= $(HOME)/.local
SHARE = $(DESTDIR)$(PREFIX)/share
SUBJECT ?= mnist
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup build install install-dev train-mnist train-cifar10 eval sample viz-recon \
	viz-traverse viz-scatter interpolate compare-dae report test lint format clean clean-all

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system libraries that are missing
	@scripts/setup --quiet

build: setup ## build vae-report for release
	@swift build -c release --product vae-report

install: build ## build and install program, manual page and completions below $(PREFIX) (~/.local)
	@install -D -m 755 $(VAE_REPORT) "$(DESTDIR)$(PREFIX)/bin/vae-report"
	@install -d "$(SHARE)/man/man1" "$(SHARE)/bash-completion/completions" \
		"$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d"
	@$(VAE_REPORT) manual >"$(SHARE)/man/man1/vae-report.1"
	@$(VAE_REPORT) completions bash >"$(SHARE)/bash-completion/completions/vae-report"
	@$(VAE_REPORT) completions zsh >"$(SHARE)/zsh/site-functions/_vae-report"
	@$(VAE_REPORT) completions fish >"$(SHARE)/fish/vendor_completions.d/vae-report.fish"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/vae-report, its manual page and completions"
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo "add $(PREFIX)/bin to your PATH" ;; esac

install-dev: ## install all that developing needs: libraries, a browser for pages, Swift packages
	@scripts/setup --browser
	@swift package resolve

train-mnist: build ## train on MNIST: configs/mnist.yaml
	@$(VAE_REPORT) train configs/mnist.yaml $(ARGS)

train-cifar10: build ## train on CIFAR-10: configs/cifar10.yaml
	@$(VAE_REPORT) train configs/cifar10.yaml $(ARGS)

eval: build ## score SUBJECT (mnist)
	@$(VAE_REPORT) eval $(SUBJECT) $(ARGS)

sample: build ## decode draws of the prior of SUBJECT (mnist)
	@$(VAE_REPORT) sample prior $(SUBJECT) $(ARGS)

viz-recon: build ## draw reconstructions of SUBJECT (mnist)
	@$(VAE_REPORT) viz recon $(SUBJECT) $(ARGS)

viz-traverse: build ## draw traversals of SUBJECT (mnist)
	@$(VAE_REPORT) viz traverse $(SUBJECT) $(ARGS)

viz-scatter: build ## draw the latent scatter of SUBJECT (mnist)
	@$(VAE_REPORT) viz scatter $(SUBJECT) $(ARGS)

interpolate: build ## draw interpolations of SUBJECT (mnist)
	@$(VAE_REPORT) sample interpolate $(SUBJECT) $(ARGS)

compare-dae: build ## compare SUBJECT (mnist) with a denoising autoencoder
	@$(VAE_REPORT) compare dae $(SUBJECT) $(ARGS)

report: build ## build the MNIST report and print where it is
	@$(VAE_REPORT) build mnist $(ARGS)

test: setup ## run all tests
	@swift test -c release

lint: ## check the format of the sources
	@swift format lint --strict -r Package.swift Sources Tests

format: ## bring the sources into the format that lint wants
	@swift format -i -r Package.swift Sources Tests

clean: ## delete what building made
	@swift package clean

clean-all: ## delete also what vae-report made below outputs/ and what it downloaded, nothing of yours
	@scripts/clean_all.sh
