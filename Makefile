# kg: `make` does the main job on seeds/, `make test` runs the tests. Both set up .venv themselves.
PYTHON ?= python3
VENV := .venv
KG := $(VENV)/bin/kg

.PHONY: build test lint check docs clean

build: $(KG)
	$(KG) build seeds -o exports

test: $(VENV)/.dev
	$(VENV)/bin/python -m pytest

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

check: lint test

docs: $(VENV)/.dev
	$(VENV)/bin/python docs/generate.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(KG): $(VENV)/bin/python pyproject.toml
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $(KG)

$(VENV)/.dev: $(KG)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $(VENV)/.dev

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
