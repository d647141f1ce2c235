# make demo   everything once: install, train both models, label and summarize a report
# make test   install and run the tests; make test-slow runs those that train and serve
# make check  lint, types, import layers
# make base   build the pretrained models that a training from the start begins with
# make ui     open the MLflow page
# make bench  print the benchmarks' figures
# make docs   build the documentation into build/site
# make clean  remove builds and caches

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
REPORT := src/govtext/reports/example.txt
CORPUS := $(shell find data/reports -name '*.txt')
INSTALLED := $(VENV)/.installed

export MLFLOW_DISABLE_TELEMETRY := true
export TOKENIZERS_PARALLELISM := false

.PHONY: help demo install base ui bench docs test test-slow check clean

help:
	@sed -n 's/^# //p' Makefile

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@echo "Installing govtext into $(VENV) ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e '.[dev]'
	@touch $@

demo: runs/classifier/model/govtext.json runs/summarizer/model/govtext.json
	$(BIN)/govtext predict $(REPORT) --model runs/classifier
	$(BIN)/govtext summarize $(REPORT) --model runs/summarizer
	@echo
	@echo "The MLflow page: $(BIN)/govtext ui, then http://127.0.0.1:5000 in a browser"

runs/classifier/model/govtext.json: configs/classifier/tfidf.yaml $(CORPUS) | $(INSTALLED)
	$(BIN)/govtext train classifier $<

runs/summarizer/model/govtext.json: configs/summarizer/demo.yaml $(CORPUS) | $(INSTALLED)
	$(BIN)/govtext train summarizer $<

base: $(INSTALLED)
	$(BIN)/python scripts/build_base.py --out runs/base

ui: $(INSTALLED)
	$(BIN)/govtext ui

bench: $(INSTALLED)
	$(BIN)/python scripts/benchmark.py
	$(BIN)/python scripts/benchmark_digest.py

docs: $(INSTALLED)
	$(BIN)/python -m sphinx -W -q -d build/doctrees docs build/site
	@echo "The documentation: build/site/index.html"

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-slow: $(INSTALLED)
	$(BIN)/python -m pytest -m slow -n 2 --dist loadfile

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
