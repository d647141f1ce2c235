# make demo   everything once: install, train both models, label and summarize a report
# make test   install and run the tests
# make check  lint, types, import layers
# make help   what else there is

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
REPORT := data/examples/report.txt
CORPUS := $(shell find data/reports -name '*.txt')
INSTALLED := $(VENV)/.installed

export MLFLOW_DISABLE_TELEMETRY := true
export TOKENIZERS_PARALLELISM := false

.PHONY: help demo install test check ui clean

help:
	@sed -n 's/^# //p' Makefile

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@echo "Installing govtext into $(VENV) ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --progress-bar on --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: runs/classifier/model/govtext.json runs/summarizer/model/govtext.json
	$(BIN)/govtext predict $(REPORT) --model runs/classifier
	$(BIN)/govtext summarize $(REPORT) --model runs/summarizer
	@echo
	@echo "The MLflow page opens with:"
	@$(BIN)/govtext ui --print

runs/classifier/model/govtext.json: configs/classifier/tfidf.yaml $(CORPUS) | $(INSTALLED)
	$(BIN)/govtext train classifier $<

runs/base/encoder/config.json: scripts/build_base.py | $(INSTALLED)
	$(BIN)/python scripts/build_base.py --out runs/base

runs/summarizer/model/govtext.json: configs/summarizer/demo.yaml $(CORPUS) | $(INSTALLED)
	$(BIN)/govtext train summarizer $<

test: $(INSTALLED)
	$(BIN)/python -m pytest

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf runs build dist .pytest_cache .mypy_cache .ruff_cache
