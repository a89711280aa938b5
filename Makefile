# Dengwen: the commands of a newcomer. Needs Python 3.11-3.13 and nothing else; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help up demo test lint bench faults clauses lock clean setup setup-test

PYTHON := .venv/bin/python
DENGWEN := .venv/bin/dengwen
WORKERS ?= 3
PYTEST := $(PYTHON) -m pytest
ARGS ?=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

up: setup ## set up, then start the embedded installation (Ctrl-C stops it)
	@exec $(DENGWEN) up $(ARGS)

demo: setup ## play the journey of one petition against the running installation
	@exec $(DENGWEN) demo $(ARGS)

test: lint ## every check and test; PostgreSQL and RabbitMQ are started privately
	@exec $(PYTEST) -n $(WORKERS) -m "not slow" $(ARGS)

lint: setup-test ## style, types and import rules
	@echo "== ruff" && $(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check .
	@echo "== mypy" && $(PYTHON) -m mypy
	@echo "== import rules" && .venv/bin/lint-imports

bench: setup-test ## measure everything in ratios (25 minutes); writes docs/performance.md and build/bench.json
	@exec $(PYTHON) -m tests.bench $(ARGS)

faults: setup-test ## the long run: every fault by name, random schedules, kill -9 at every step; writes docs/reliability.md
	@$(PYTEST) -n $(WORKERS) -m "faults or slow" --hypothesis-profile=long $(ARGS); \
	seen=$$?; $(PYTHON) -m tests.faults.report; exit $$seen

clauses: setup-test ## run the tests, write build/clauses.json, print proven/total by service
	@exec $(PYTEST) -n $(WORKERS) -q -m "not slow and not deployment" $(ARGS)

lock: setup-test ## resolve both lock files anew from pyproject.toml
	@sh deploy/lock.sh

clean: ## remove what was built; the installation under var/ stays
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f deploy/wheels/*.whl
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

setup:
	@sh deploy/bootstrap.sh requirements.lock

setup-test:
	@sh deploy/bootstrap.sh requirements-test.lock
