# `make` lists the targets. Each sets up what it needs first (scripts/bootstrap), and only what is missing.

SHELL := /bin/sh
VENV ?= .venv
CAMPAIGN ?= ukraine-children
PYTHON_HERE := $(VENV)/bin/python
export VENV

.DEFAULT_GOAL := help
.PHONY: help build test lint types tests docs wheel lock clean setup setup-dev

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building needs: system libraries, and Python packages into .venv
	@scripts/bootstrap

setup-dev: ## install what testing needs on top of it
	@scripts/bootstrap dev

build: setup ## set up, build the shipped campaign into build/, and show what was made
	@$(VENV)/bin/advokit build $(CAMPAIGN)

# Each of the three runs even where one before it has failed, so that one run shows everything.
test: setup-dev ## set up, then lint, types and the whole test suite
	@failed=; \
	for step in lint types tests; do \
	    echo "== $$step"; \
	    $(MAKE) --no-print-directory run-$$step || failed="$$failed $$step"; \
	done; \
	[ -z "$$failed" ] || { echo "make test: failed:$$failed" >&2; exit 1; }

lint: setup-dev run-lint ## ruff, every rule

types: setup-dev run-types ## mypy, strict

tests: setup-dev run-tests ## the test suite alone; ARGS="-k words" picks tests

.PHONY: run-lint run-types run-tests
run-lint:
	@$(PYTHON_HERE) -m ruff check .

run-types:
	@$(PYTHON_HERE) -m mypy

run-tests:
	@$(PYTHON_HERE) -m pytest -n auto --dist worksteal $(ARGS)

docs: setup ## write the generated tables and the command reference into docs/
	@$(PYTHON_HERE) scripts/reference.py

wheel: setup ## build dist/advokit-*.whl, which works without the checkout
	@$(PYTHON_HERE) -m hatchling build -t wheel -d dist

lock: ## write the lock files anew; UPGRADE=1 takes the newest versions
	@scripts/lock $(if $(UPGRADE),--upgrade)

clean: ## remove what was made, except .venv
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -path './$(VENV)' -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
