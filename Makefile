# Two commands: `make demo` sets up and serves the sample register; `make test` runs the tests.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
INPUTS = pyproject.toml $(wildcard frontend/*.* frontend/src/* registry/translations/*/LC_MESSAGES/*.po)

.PHONY: demo test check sbom audit serve clean
.DEFAULT_GOAL := demo

demo: $(INSTALLED)
	$(BIN)/samsvar demo --port $(PORT)

test: $(VENV)/.tested
	$(BIN)/python -m pytest -m "not slow and not browser and not real_data"
	$(BIN)/python -m pytest -m "slow and not browser and not real_data"
	$(BIN)/python -m pytest -m "browser or real_data"

check: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

sbom: $(VENV)/.tested
	.ci/sbom $(BIN)/python

audit: $(VENV)/.tested
	.ci/audit $(BIN)/python

serve: $(INSTALLED)
	$(BIN)/samsvar serve

clean:
	rm -rf $(VENV) registry/static/build frontend/node_modules dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samsvar needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade pip

$(INSTALLED): $(BIN)/python $(INPUTS)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.tested: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@
