# Everything a person does with this project. `make` alone lists it.
# On Windows: see "Windows" in README.md.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Bytecode is kept, whatever the environment says: each of the many processes would compile all modules again.
export PYTHONDONTWRITEBYTECODE :=

.DELETE_ON_ERROR:
.PHONY: help run test check lint fast format docs demo bench pins clean

help:  ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */\1|/' | awk -F'|' '{ printf "make %-8s %s\n", $$1, $$2 }'

run: $(VENV)/.runtime  ## start the app and print its address; the first time, install what it needs
	@$(BIN)/python -m cs_dash serve $(ARGS)

test: $(VENV)/.tests  ## install what the tests need, browser included, and run every test
	@chromium=$$($(BIN)/python -m tests.browser.chromium --install) || [ -z "$$CI" ] || exit 1; \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest -n 3 $(ARGS)

check: lint fast  ## style, types, import contracts and the fast tests (no browser)

lint: $(VENV)/.tests  ## style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fast: $(VENV)/.tests  ## every test that needs no browser
	@$(BIN)/python -m pytest -n 3 -m "not browser" $(ARGS)

format: $(VENV)/.tests  ## put the code into the project's style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.runtime  ## write docs/metrics.md, docs/data-format.md and docs/exports.md anew from the code
	@$(BIN)/python -m cs_dash docs

demo: $(VENV)/.runtime  ## write the demo company's files to data/ anew
	@$(BIN)/python -m cs_dash demo data

bench: $(VENV)/.tests  ## measure the pages against a bare page, and loads against their floor
	@chromium=$$($(BIN)/python -m tests.browser.chromium --install) || [ -z "$$CI" ] || exit 1; \
	CHROMIUM="$$chromium" $(BIN)/python -m benchmarks $(ARGS)

pins: $(VENV)/.tests  ## resolve what pyproject.toml asks for, and write both requirements files and docs/licences.md
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --no-header --generate-hashes pyproject.toml --output-file requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --no-header --generate-hashes pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@{ printf '# Licences\n\nWhat `requirements.txt` installs beside cs_dash, as the packages state it themselves. Made by `make pins`. Inter, the\ntypeface in `cs_dash/ui/server/static`, is under the SIL Open Font License 1.1; its text lies beside it.\n\n'; \
	$(BIN)/pip-licenses --from=mixed --format=markdown --packages $$(sed -n 's/==.*//p' requirements.txt); } > docs/licences.md

clean:  ## remove what was made by the tools (never a workspace)
	rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that is new enough. It is started to be asked, because a name on the path may lead to nothing.
$(BIN)/python:
	@for name in $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python); do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$("$$name" --version)."; \
			"$$name" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
			echo "Could not make $(VENV): on Debian and Ubuntu, install the package python3-venv and try again." >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Could not start because $(if $(PYTHON),$(PYTHON) is not a Python of 3.11 or newer,no Python 3.11 or newer was found). Install one, or name it: make run PYTHON=/path/to/python3" >&2; \
	exit 1

# Stamps: nothing is installed again until the pins change.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the app needs (a minute or two, once)."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.tests: requirements-dev.txt | $(BIN)/python
	@echo "Installing what the app and its tests need (a few minutes, once)."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@ $(VENV)/.runtime
