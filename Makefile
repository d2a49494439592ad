# Cleanit's verbs. Needs Python 3.11 or newer and make; everything else comes as wheels.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
WITH_DATABASE := $(BIN)/python -m cleanit_app.local.with_database
TESTS ?= tests
WORKERS ?= 2
PIP_AUDIT := 2.10.1

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONPATH := $(CURDIR)

.PHONY: help install run test test-fast browser scanner schemathesis lint types migrate migration seed admin code backup restore-test rotate-keys clock bench proofs shell rows lock audit clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## make .venv with exactly the locked packages

$(INSTALLED): requirements.lock
	@test -n "$(PYTHON)" || { echo "Cleanit needs Python 3.11 or newer on the PATH (or: make PYTHON=/path/to/python)."; exit 1; }
	@echo "Installing the locked packages into $(VENV) (once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -r requirements.lock
	@$(BIN)/python -m pip check --disable-pip-version-check > /dev/null
	@touch $@

run: $(INSTALLED) ## start everything on this machine; Ctrl-C stops it
	@exec $(BIN)/python -m cleanit_app.local.run

test: $(INSTALLED) browser scanner schemathesis ## run every test, those in the browser included
	@exec $(BIN)/python -m pytest -n $(WORKERS) -m "not bench and not proof" $(TESTS)

test-fast: $(INSTALLED) scanner schemathesis ## run the tests that need no browser
	@exec $(BIN)/python -m pytest -n $(WORKERS) -m "not browser and not bench and not proof" $(TESTS)

browser: $(INSTALLED)
	@exec $(BIN)/python -m tests.support.chromium

scanner: $(INSTALLED)
	@exec $(BIN)/python -m tests.support.clamd

schemathesis: $(INSTALLED)
	@exec $(BIN)/python -m tests.support.schemathesis

lint: $(INSTALLED) ## check style and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(INSTALLED) ## check types (strict in domain, services and ports)
	@exec $(BIN)/mypy

migrate: $(INSTALLED) ## bring the database to the newest schema
	@exec $(WITH_DATABASE) alembic upgrade head

migration: $(INSTALLED) ## write a migration for changed tables: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add a column for ..."'; exit 1; }
	@exec $(WITH_DATABASE) sh -c 'alembic upgrade head && alembic revision --autogenerate -m "$$1"' sh "$(m)"

seed: $(INSTALLED) ## load the demo data
	@exec $(WITH_DATABASE) sh -c 'alembic upgrade head && python -m cleanit_app.local.seed'

admin: $(INSTALLED) ## make an account an admin's: make admin who=asha@example.in duties=SENIOR
	@exec $(WITH_DATABASE) python -m cleanit_app.local.make_admin "$(who)" "$(duties)"

clock: $(INSTALLED) ## move the time of a running Cleanit on: make clock by=30d
	@exec $(BIN)/python -m cleanit_app.local.move_clock "$(by)"

code: $(INSTALLED) ## show the code of an authenticator key: make code key="ABCD EFGH ..."
	@exec $(BIN)/python -m cleanit_app.local.authenticator "$(key)"

backup: $(INSTALLED) ## write an encrypted backup of the database
	@exec $(WITH_DATABASE) python -m cleanit_app.local.backup backup

restore-test: $(INSTALLED) ## restore the newest backup beside the database and check it
	@exec $(WITH_DATABASE) python -m cleanit_app.local.backup restore-test

rotate-keys: $(INSTALLED) ## lock anew what lies under an older key of FIELD_ENCRYPTION_KEYS
	@exec $(WITH_DATABASE) python -m workers.rotate_keys

bench: $(INSTALLED) ## measure claims, readers, pages and memory on this machine
	@exec $(BIN)/python -m pytest -m bench -s $(TESTS)

proofs: $(INSTALLED) schemathesis ## run the long proofs of reliability and safety (over an hour); each prints its seeds
	@exec $(BIN)/python -m pytest -m proof -s -n0 $(TESTS)

shell: $(INSTALLED) ## open Python with the settings and the local database
	@exec $(WITH_DATABASE) python -i -c 'from cleanit_app.settings import get_settings; settings = get_settings()'

rows: $(INSTALLED) ## print each requirement row with the tests that prove it
	@exec $(BIN)/python -m tests.rows

lock: $(INSTALLED) ## resolve requirements.txt anew into requirements.lock
	@rm -rf .local/lock && $(PYTHON) -m venv .local/lock
	@.local/lock/bin/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@{ echo '# Everything that requirements.txt brings along, each at one version. Made by `make lock`; do not edit.'; \
	   { .local/lock/bin/python -m pip freeze --disable-pip-version-check; \
	     sed -n 's/ *#.*//; /;/p' requirements.txt; } | LC_ALL=C sort -fu; } > requirements.lock
	@rm -rf .local/lock

audit: ## look for known holes in the locked packages (needs pypi.org's advisories; another source: AUDIT="...")
	@test -x .local/audit/bin/pip-audit || { $(PYTHON) -m venv .local/audit && \
	  .local/audit/bin/python -m pip install -qq --disable-pip-version-check pip-audit==$(PIP_AUDIT); }
	@exec .local/audit/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off -r requirements.lock $(AUDIT)

clean: ## remove what was built, keeping the state under .local/
	@rm -rf .web .local/site .pytest_cache .mypy_cache .ruff_cache
