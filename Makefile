# Two commands do all: `make demo` and `make test`. `make help` lists the others.
# Every target can be run again: it is quick and harmless.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
BIN8 := $(VENV)-wagtail8/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest
WORKERS := -n auto --dist worksteal
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo run test test-quick test-postgres test-wagtail8 test-again check format lock migrations bench clean

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 24

demo: $(VENV)/.runtime ## Everything needed, demonstration content, then the server (PORT=8000)
	@PORT=$(PORT) BIN=$(BIN) bin/demo

run: $(VENV)/.dev ## Development server, with the debugger's pages
	@mkdir -p var && $(MANAGE) migrate --verbosity 0 && $(MANAGE) runserver $(PORT)

test: $(VENV)/.dev ## Everything the tests need, then the whole suite (SQLite, real browser, real S3)
	@bin/test-needs
	@$(PYTEST) $(WORKERS) $(ARGS)

test-quick: $(VENV)/.dev ## The suite without the browser
	@$(PYTEST) $(WORKERS) -m "not browser" $(ARGS)

test-postgres: $(VENV)/.dev ## The suite without the browser, on a PostgreSQL started for it
	@bin/test-needs
	@$(BIN)/python -m tests.services_postgres $(PYTEST) $(WORKERS) -m "not browser" $(ARGS)

test-wagtail8: $(VENV)-wagtail8/.dev ## The suite without the browser, on Wagtail 8.0
	@$(BIN8)/python -m pytest $(WORKERS) -m "not browser" $(ARGS)

test-again: $(VENV)-wagtail8/.dev ## Both at once, as the gate does: on a PostgreSQL, with Wagtail 8.0
	@bin/test-needs
	@$(BIN8)/python -m tests.services_postgres $(BIN8)/python -m pytest $(WORKERS) -m "not browser and not once" $(ARGS)

check: $(VENV)/.dev ## Style, types, import rules, migrations, production settings
	@BIN=$(BIN) bin/check

format: $(VENV)/.dev ## Put the code in the house's form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock: $(VENV)/.dev ## Resolve the dependencies again (needs uv)
	@$(BIN)/pip install --quiet uv && BIN=$(BIN) bin/lock

migrations: $(VENV)/.dev ## Write the migrations that the models ask for
	@$(MANAGE) makemigrations

bench: $(VENV)/.dev ## Speed and size, printed as ratios (takes some minutes)
	@BIN=$(BIN) bin/bench

clean: ## Remove what these commands made (the demonstration's data included)
	@rm -rf $(VENV) $(VENV)-wagtail8 var staticfiles

$(VENV)/.runtime: requirements/runtime.txt
	@BIN=$(BIN) PYTHON=$(PYTHON) VENV=$(VENV) bin/install requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt
	@BIN=$(BIN) PYTHON=$(PYTHON) VENV=$(VENV) bin/install requirements/dev.txt
	@touch $(VENV)/.runtime $@

$(VENV)-wagtail8/.dev: requirements/wagtail8.txt
	@BIN=$(BIN8) PYTHON=$(PYTHON) VENV=$(VENV)-wagtail8 bin/install requirements/wagtail8.txt
	@touch $@
