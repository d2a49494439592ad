# Cleanit's verbs. Needs Python 3.11 or newer and make; everything else comes as wheels.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,\
	$(shell $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $(name))))
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
DEVELOPING := $(VENV)/installed-dev
WITH_DATABASE := $(BIN)/python -m cleanit_app.local.with_database
TESTS ?= tests
WORKERS ?= 2
PIP_AUDIT := 2.10.1
UV := 0.13.9
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONPATH := $(CURDIR)

.PHONY: help install run test test-fast browser scanner schemathesis lint types words tutorials migrate migration seed admin code backup restore-test rotate-keys clock bench proofs shell rows lock audit clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## make .venv with exactly the locked packages

$(INSTALLED): requirements.lock
	@test -n "$(PYTHON)" || { echo "Cleanit needs Python 3.11, 3.12, 3.13 or 3.14 on the PATH (or: make PYTHON=/path/to/python)."; exit 1; }
	@"$(PYTHON)" cleanit_app/local/suits.py
	@echo "Installing the locked packages into $(VENV) (once) ..."
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip check --disable-pip-version-check > /dev/null
	@touch $@

$(DEVELOPING): $(INSTALLED) requirements-dev.lock
	@echo "Installing what tests and checks need (once) ..."
	@$(PIP) -r requirements-dev.lock
	@$(BIN)/python -m pip check --disable-pip-version-check > /dev/null
	@touch $@

run: $(INSTALLED) ## start everything on this machine; Ctrl-C stops it (HOST=0.0.0.0: the network sees it)
	@exec $(BIN)/python -m cleanit_app.local.run

test: $(DEVELOPING) browser scanner schemathesis ## run every test, those in the browser included
	@exec $(BIN)/python -m pytest -n $(WORKERS) -m "not bench and not proof" $(TESTS)

test-fast: $(DEVELOPING) scanner schemathesis ## run the tests that need no browser
	@exec $(BIN)/python -m pytest -n $(WORKERS) -m "not browser and not bench and not proof" $(TESTS)

browser: $(DEVELOPING)
	@exec $(BIN)/python -m tests.support.chromium

scanner: $(DEVELOPING)
	@exec $(BIN)/python -m tests.support.clamd

schemathesis: $(DEVELOPING)
	@exec $(BIN)/python -m tests.support.schemathesis

lint: $(DEVELOPING) ## check style, and that what is pinned is used
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m deptry .

types: $(DEVELOPING) ## check types, strictly on every floor; what Reflex cannot satisfy stands in pyproject.toml with its reason
	@exec $(BIN)/python -m mypy

words: $(DEVELOPING) ## carry the English sentences over into every language (a new one: NEW=mr)
	@exec $(BIN)/python -m cleanit_app.local.words $(NEW)

tutorials: $(DEVELOPING) browser ## film the guides' recordings and pictures anew, in every language
	@exec $(BIN)/python -m tests.tutorials.make

migrate: $(INSTALLED) ## bring the database to the newest schema
	@exec $(WITH_DATABASE) $(BIN)/python -m cleanit_app.ops.migrate upgrade head

migration: $(DEVELOPING) ## write a migration for changed tables: make migration m="what changes"
	@test -n "$$m" || { echo 'Say what changes: make migration m="add a column for ..."'; exit 1; }
	@exec $(WITH_DATABASE) sh -c 'python -m cleanit_app.ops.migrate upgrade head && python -m cleanit_app.ops.migrate revision --autogenerate -m "$$1"' sh "$$m"

seed: $(INSTALLED) ## load the demo data
	@exec $(WITH_DATABASE) sh -c 'python -m cleanit_app.ops.migrate upgrade head && python -m cleanit_app.local.seed'

admin: $(INSTALLED) ## make an account an admin's: make admin who=asha@example.in duties=SENIOR
	@exec $(WITH_DATABASE) $(BIN)/python -m cleanit_app.ops.make_admin "$$who" "$$duties"

clock: $(INSTALLED) ## move the time of a running Cleanit on: make clock by=30d
	@exec $(BIN)/python -m cleanit_app.local.move_clock "$$by"

code: $(INSTALLED) ## show the code of an authenticator key: make code key="ABCD EFGH ..."
	@exec $(BIN)/python -m cleanit_app.local.authenticator "$$key"

backup: $(INSTALLED) ## write an encrypted backup of the database
	@exec $(WITH_DATABASE) $(BIN)/python -m cleanit_app.ops.backup backup

restore-test: $(INSTALLED) ## restore the newest backup beside the database and check it
	@exec $(WITH_DATABASE) $(BIN)/python -m cleanit_app.ops.backup restore-test

rotate-keys: $(INSTALLED) ## lock anew what lies under an older key of FIELD_ENCRYPTION_KEYS
	@exec $(WITH_DATABASE) $(BIN)/python -m workers.rotate_keys

bench: $(DEVELOPING) browser ## measure claims, readers, pages and memory on this machine
	@exec $(BIN)/python -m pytest -m bench -s $(TESTS)

proofs: $(DEVELOPING) browser scanner schemathesis ## run the long proofs of reliability and safety (over an hour); each prints its seeds
	@exec $(BIN)/python -m pytest -m proof -s -n0 $(TESTS)

shell: $(INSTALLED) ## open Python with the settings and the local database
	@exec $(WITH_DATABASE) $(BIN)/python -i -c 'from cleanit_app.settings import get_settings; settings = get_settings()'

rows: $(DEVELOPING) ## print each requirement row with the tests that prove it
	@exec $(BIN)/python -m tests.rows

lock: $(INSTALLED) ## resolve both requirements anew into their locks, and the browser's packages into reflex.lock
	@test -x .local/uv/bin/uv || { "$(PYTHON)" -m venv .local/uv && \
	  .local/uv/bin/python -m pip install -qq --disable-pip-version-check uv==$(UV); }
	@$(BIN)/python -m cleanit_app.local.lock .local/uv/bin/uv
	@$(BIN)/python -m cleanit_app.local.frontend pin

audit: ## look for known holes in the locked packages (needs the package index's advisories; another source: AUDIT="...")
	@test -x .local/audit/bin/pip-audit || { "$(PYTHON)" -m venv .local/audit && \
	  .local/audit/bin/python -m pip install -qq --disable-pip-version-check pip-audit==$(PIP_AUDIT); }
	@exec .local/audit/bin/python -m pip_audit --strict --no-deps --disable-pip --progress-spinner off -r requirements.lock -r requirements-dev.lock $(AUDIT)

clean: ## remove what was built, keeping the state under .local/
	@rm -rf .web .local/site .local/web .pytest_cache .mypy_cache .ruff_cache
