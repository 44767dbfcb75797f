# naru: `make run` plays a year and serves it; `make test` checks everything. Nothing else needs typing.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test assets lint types house
.DEFAULT_GOAL := help

.venv/.dev: requirements/dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
