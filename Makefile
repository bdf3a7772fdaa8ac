# make demo and make test need GNU make and Python 3.11 or newer, nothing else: no browser, no LaTeX, no system package.
# Another Python: make demo PYTHON=/path/to/python

SUITS := -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do $$python $(SUITS) && echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := conftest.py gapkit tests benchmarks notebooks
NOTEBOOKS := notebooks/1_diagnose.ipynb notebooks/2_redesign.ipynb notebooks/3_measure.ipynb

.PHONY: help demo test notebooks docs bench validation validation-measure clean

help:
	@echo "make demo       install into .venv, run the engagement northwind, say where its reports are"
	@echo "make test       install with the development tools, check style and types, run all tests and the notebooks"
	@echo "make notebooks  run the notebooks on northwind anew and keep the outputs that make test compares with"
	@echo "make docs       write the pages of docs/ that are made from the package: tables and trackers"
	@echo "make bench      time gapkit run northwind beside papermill and nbconvert, the diagnosis, and reading large exports"
	@echo "make validation measure how right diagnosis and measurement are on made-up organisations; two hours on two cores"
	@echo "make clean      remove .venv and caches; reports stay"

$(BIN)/python:
	@"$(PYTHON)" $(SUITS) || { echo "gapkit needs Python 3.11 or newer with venv (Debian, Ubuntu: apt install python3-venv);" \
		"found $$(python3 --version 2>&1 || true). To use another: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 1; }
	"$(PYTHON)" -m venv .venv

.venv/installed: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet -c constraints.txt -e .
	@touch $@

.venv/installed-dev: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet -c constraints.txt -e ".[dev]"
	@touch $@ .venv/installed

demo: .venv/installed
	$(BIN)/gapkit run northwind
	@echo "The reports:" && ls -1 $(CURDIR)/reports/northwind/*.pdf

test: .venv/installed-dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2 --dist loadfile
	$(BIN)/pytest --numprocesses 2 --dist loadfile --nbval --nbval-current-env $(NOTEBOOKS)

notebooks: .venv/installed-dev
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace --ExecutePreprocessor.record_timing=False $(NOTEBOOKS)

docs: .venv/installed
	$(BIN)/python -m gapkit.schema > docs/tables.md
	cp gapkit/templates/trackers/*.md docs/trackers/
	$(BIN)/python -m gapkit.intake.formats > docs/trackers/README.md

bench: .venv/installed-dev
	$(BIN)/python benchmarks/pipeline.py
	$(BIN)/python benchmarks/diagnose.py
	$(BIN)/python benchmarks/intake.py

validation: validation-measure .venv/installed-dev
	$(BIN)/python benchmarks/validation.py --jobs 2

validation-measure: .venv/installed-dev
	$(BIN)/python benchmarks/validation_measure.py --jobs 2

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find gapkit tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
