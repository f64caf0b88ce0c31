# Two commands for a newcomer: `make demo` and `make test`. Both need only Python 3.11+ and make.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; \
	then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.PHONY: help setup setup-dev demo test bench lint fmt schema problems events release lock clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
	echo "Lingqu needs Python 3.11 to 3.14. Install one (Debian: apt install python3 python3-venv), or say PYTHON=/path/to/python3." >&2; exit 1; fi
	@echo "Creating the virtual environment with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	echo "The venv module is missing. Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

# A hash of the lock names the stamp, so that another branch's lock never passes for this one's.
CORE_STAMP := $(VENV)/.core-$(shell cat requirements.lock pyproject.toml | cksum | cut -d' ' -f1)
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements-dev.lock | cksum | cut -d' ' -f1)

$(CORE_STAMP): | $(BIN)/python
	@echo "Installing what the product needs (once; about 150 MB)"
	@$(PIP) install --progress-bar on --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.core-* && touch $@

$(DEV_STAMP): | $(CORE_STAMP)
	@echo "Installing what the tests need (once)"
	@$(PIP) install --progress-bar on --no-deps --require-hashes -r requirements-dev.lock
	@rm -f $(VENV)/.dev-* && touch $@

include web/web.mk

setup: $(CORE_STAMP) $(CONSOLE) ## Make .venv with the lingqu command (safe to repeat)

setup-dev: $(DEV_STAMP)

demo: setup ## Run the whole product with a filled demo network
	@$(BIN)/lingqu demo

test: setup-dev $(WEB_DEV_STAMP) console lint lint-web test-web $(if $(filter none,$(BROWSER)),,$(BROWSER_STAMP)) ## Run every check and test (BROWSER=none: all but the browser's)
	@$(BIN)/pytest

bench: setup ## Every proof under load, each short: never oversold, nothing lost under kills
	@$(BIN)/lingqu bench oversell
	@$(BIN)/lingqu bench crash --kills 5
	@$(BIN)/lingqu bench orders --dealers 2000 --seconds 5
	@$(BIN)/lingqu bench bulk --dealers 2000 --seconds 5
	@$(BIN)/lingqu bench read --dealers 2000 --seconds 5
	@$(BIN)/lingqu bench soak --minutes 3 --minute 10

lint: setup-dev ## Style, types and boundaries
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

fmt: setup-dev ## Rewrite the code to the house style
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

schema: setup-dev ## Write docs/schema.md anew from the migrations
	@$(BIN)/python -m tools.schema_doc

events: setup-dev ## Write docs/events anew from the modules' events
	@$(BIN)/python -m tools.event_docs

problems: setup-dev ## Write docs/problems anew from the refusals
	@$(BIN)/python -m tools.problem_docs

release: setup-dev ## Keep the schema of a released version with data: make release NAME=0.1.0
	@$(BIN)/python -m tools.release_schema $(NAME)

lock: setup-dev ## Resolve the locks anew (no index address enters them)
	@$(BIN)/uv pip compile pyproject.toml --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet -o requirements.lock
	@$(BIN)/uv pip compile --group dev --upgrade -c requirements.lock --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet -o requirements-dev.lock
	@$(BIN)/uv pip compile --group web --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet -o requirements-web.lock

clean: ## Remove what was built here (the data folder stays)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
