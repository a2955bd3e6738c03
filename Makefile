# `make run` and `make test` are all the set-up there is: each makes .venv from the lock files first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test check bench clean

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /make \1   /p' $(MAKEFILE_LIST)

run: $(VENV)/.runtime  ## serve Telegram when TELEGRAM_BOT_TOKEN is set, else open the playground
	@$(BIN)/python -m bot run --or-playground

# In two halves at once, each on a core of its own: those that live in one process, and those that start others.
# What a shell starts with & does not hear Ctrl+C, so the shell passes it on.
INSIDE := tests/services tests/store tests/routing tests/texts

test: $(VENV)/.dev  ## run all tests
	@$(BIN)/python -m pytest $(INSIDE) >$(VENV)/inside.log 2>&1 & inside=$$!; \
		trap 'kill $$inside 2>/dev/null' INT; \
		$(BIN)/python -m pytest $(INSIDE:%=--ignore=%); around=$$?; \
		wait $$inside; inside=$$?; cat $(VENV)/inside.log; \
		exit $$((inside > around ? inside : around))

check: $(VENV)/.dev  ## lint, types, import contracts, rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/python -m bot check

bench: $(VENV)/.bench  ## compare routing with other methods (TEXTS=FILE.jsonl for messages of your own), and the bot with a bare forwarder
	@$(BIN)/python -m bench $(if $(TEXTS),--texts $(TEXTS))
	@$(BIN)/python -m bench.chain

clean:  ## remove the virtual environment and caches; data/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than 3.11. Name a newer one: make PYTHON=python3.12 run" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once, about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "Setting up $(VENV) for tests (once, about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

$(VENV)/.bench: requirements-bench.lock | $(VENV)/bin/python
	@echo "Setting up $(VENV) for benchmarks (once, about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@ $(VENV)/.dev $(VENV)/.runtime
