# `make run` serves the product, `make test` proves it; each sets up everything that it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PYTHONS ?= python3.13 python3.12 python3.11 python3
PORT ?= 8000
CEPH_PORT ?= 9180
TEST_WORKERS ?= auto

# SQLite has one writer: a second process would only wait for it.
WORKERS := $(if $(filter postgresql%,$(AUDIT_DATABASE_URL)),$(or $(AUDIT_WORKERS),2),1)

# A stamp is named after what was installed: other requirements ask for another stamp.
digest = $(shell cat $(1) | sha256sum | cut -c 1-16)
RUN_READY := $(VENV)/ready-to-run-$(call digest,requirements.txt)
TEST_READY := $(VENV)/ready-to-test-$(call digest,requirements.txt requirements-dev.txt)

# An environment whose interpreter has gone is made anew.
ifneq ($(shell $(PY) -c 'print("alive")' 2>/dev/null),alive)
.PHONY: $(RUN_READY) $(TEST_READY)
endif

.PHONY: help run test soak attack test-ceph bench bench-large pictures tables lint types check-migrations clean port-free

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: export AUDIT_BASE_URL ?= http://127.0.0.1:$(PORT)
run: export AUDIT_PORT := $(PORT)
run: export AUDIT_WORKERS := $(WORKERS)
run: port-free $(RUN_READY) ## serve on http://127.0.0.1:8000 with a demonstration (PORT=8001 for another)
	@$(PY) -m flask db upgrade
	@$(PY) -m flask demo --only-embedded
	@exec $(PY) -m audit_api.server

test: $(TEST_READY) ## run every test, on SQLite and PostgreSQL, on the local store and S3
	@$(PY) -m pytest --numprocesses $(TEST_WORKERS)

soak: SEED := $(or $(SEED),$(shell echo $$((RANDOM * 32768 + RANDOM))))
soak: $(TEST_READY) ## draw other examples, twenty times as many, in what tests draw (SEED=n repeats)
	@echo 'Seed $(SEED); to draw the same again: make soak SEED=$(SEED)'
	@AUDIT_TEST_SOAK=$(SEED) $(PY) -m pytest --numprocesses $(TEST_WORKERS) \
		-m 'hypothesis or chance' --hypothesis-seed=$(SEED) -o faulthandler_timeout=0 $(SOAK) || \
		{ echo 'Seed $(SEED) came upon this; to draw the same again: make soak SEED=$(SEED)' >&2; exit 1; }

attack: $(TEST_READY) ## attack the product by the thousand and count what comes of it (20 minutes)
	@$(PY) -m tests.attacks $(ATTACK)

test-ceph: $(TEST_READY) ## run the store's tests against a real S3 server, Ceph (Debian packages)
	@trap 'tests/servers/ceph.sh stop build/ceph' EXIT; \
	tests/servers/ceph.sh build/ceph $(CEPH_PORT) && \
	AUDIT_TEST_S3_ENDPOINT=http://127.0.0.1:$(CEPH_PORT) \
	AUDIT_TEST_S3_ACCESS_KEY=AKTEST AUDIT_TEST_S3_SECRET_KEY=SKTESTSECRET \
	$(PY) -m pytest tests/storage

bench: $(TEST_READY) ## measure, and write bench/RESULTS.md
	@$(PY) -m bench

pictures: $(TEST_READY) ## draw the documents that the README and the guide show (needs poppler-utils)
	@$(PY) -m tools.pictures

tables: $(TEST_READY) ## write the tables of the documents anew
	@$(PY) -m tools.reference

bench-large: $(TEST_READY) ## the same with scorecards over ten million audits (half an hour, 12 GB)
	@$(PY) -m bench large

lint: $(TEST_READY) ## read the code, and its form, with ruff
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .

types: $(TEST_READY) ## check the types with mypy
	@$(PY) -m mypy

MIGRATIONS_EQUAL_MODELS := $(PY) -m flask db upgrade && $(PY) -m flask db check

check-migrations: export AUDIT_INSTANCE := $(CURDIR)/build/migrations
check-migrations: $(TEST_READY) ## check that migrations equal models, on SQLite and PostgreSQL
	@rm -rf $(AUDIT_INSTANCE) && mkdir -p $(AUDIT_INSTANCE)
	@env -u AUDIT_DATABASE_URL sh -c '$(MIGRATIONS_EQUAL_MODELS)'
	@$(PY) -m tests.servers.postgres sh -c '$(MIGRATIONS_EQUAL_MODELS)'

clean: ## remove the environment and what tests and builds left; keeps instance/
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# Told before a demonstration is loaded for a server that could not listen.
port-free:
	@python3 -c 'import socket; s = socket.socket(); \
	s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int("$(PORT)")))' \
	2>/dev/null || { echo 'Port $(PORT) of 127.0.0.1 cannot be used: another program serves there, or it is no port.' \
	'Stop it, or choose another: make run PORT=8001' >&2; exit 1; }

define environment
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
		for python in $(PYTHONS) none; do \
			$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11, 1))' \
			2>/dev/null && break; \
		done; \
		if [ $$python = none ]; then \
			echo 'Needs Python 3.11.1 or newer with venv (Debian: apt-get install python3-venv);' \
			'tried: $(PYTHONS)' >&2; exit 1; \
		fi; \
		echo "Making $(VENV) with $$($$python --version)"; $$python -m venv --clear $(VENV); \
	fi
	@echo 'Installing $(1)'
	@rm -f $(VENV)/ready-to-*
	@$(PY) -m pip install --quiet --no-compile --disable-pip-version-check --requirement $(1)
endef

$(RUN_READY):
	$(call environment,requirements.txt)
	@touch $@

$(TEST_READY):
	$(call environment,requirements-dev.txt)
	@touch $(RUN_READY) $@
