# naru: `make run` plays a year and serves it; `make test` checks everything. Nothing else needs typing.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
DEMO ?=
VENDOR := src/naru/portal/ui/static/vendor
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test assets test-postgres lint types browser messages rules lock clean
.DEFAULT_GOAL := help

help:
	@echo "make run            play the synthetic 2025 year on SQLite and serve it (DEMO=--under-subscribed for the 40-application year)"
	@echo "make test           linters, types, layers and every test, browser tests included"
	@echo "make test-postgres  the portal's tests on PostgreSQL"
	@echo "make rules          docs/rules.md from the spec tests"
	@echo "make lock           rewrite the lock files (needs uv and npm)"

run: .venv/.run $(VENDOR)/.built messages
	$(BIN)/naru demo $(DEMO)

test: .venv/.dev $(VENDOR)/.built messages browser lint types
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q --durations=15

test-postgres: .venv/.dev $(VENDOR)/.built messages
	tools/postgres.sh $(BIN)/python -m pytest -n 2 -q -m "not e2e" tests/portal

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/.dev
	$(BIN)/mypy

rules: .venv/.dev
	$(BIN)/python tools/rules_page.py

browser: .venv/.dev
	@tools/browser.sh

assets: $(VENDOR)/.built

messages: .venv/.run
	@$(BIN)/python tools/messages.py compile

$(VENDOR)/.built: package-lock.json tools/assets.py | .venv/.run
	$(BIN)/python tools/assets.py
	@touch $@

.venv/.run: requirements/run.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing what naru runs on (about a minute on a new machine)"
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/run.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.lock | .venv/.run
	@echo "installing the test tools"
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

lock:
	tools/lock.sh

clean:
	rm -rf .venv node_modules var $(VENDOR)
