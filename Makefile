# make map: the five articles on one map.  make test: every test.  make help: the rest.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml requirements.lock

.DEFAULT_GOAL := help
.PHONY: help map preview train test test-nominatim lab form check format lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

map: $(VENV)/.geo ## Geocode the corpus: build/map.html and build/mentions.csv
	@mkdir -p build
	@$(BIN)/geo geocode data/articles -o build/mentions.csv
	@$(BIN)/geo map data/articles -o build/map.html --title "Eastern Ukraine in five reports, 2014: our digests"

preview: map $(VENV)/.dev ## Take the README's pictures: docs/map.png and docs/weeks.png
	@$(BIN)/geo map build/mentions.csv --png docs/weeks.png --title "Eastern Ukraine in five reports, 2014: our digests"
	@$(BIN)/python scripts/take_preview.py build/map.html docs/map.png

CORPORA ?= ../shared/evaluation/corpora ../shared/articles/gold-plain.jsonl

train: $(VENV)/.dev ## Train the shipped weights again: make train CORPORA="folder file.jsonl"
	@$(BIN)/python -m geo.train $(CORPORA) -o src/geo/models

test: $(VENV)/.dev node_modules/.geo ## Run every test, in a browser too
	@GEO_BROWSER="$$($(BIN)/python scripts/find_browser.py)" $(BIN)/python -m pytest

test-nominatim: $(VENV)/.dev ## Test online look-up with a real Nominatim (Debian, as root)
	@scripts/test_nominatim.sh $(BIN)/python

lab: $(VENV)/.dev ## Open the notebooks
	@$(BIN)/jupyter lab notebooks

form: $(VENV)/.dev ## Open "Geocode your own text" as a page without code
	@$(BIN)/voila notebooks/03-geocode-your-own-text.ipynb

check: $(VENV)/.dev node_modules/.geo ## Format, lint and types, then every test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@[ ! -e node_modules/.geo ] || npm run --silent lint
	@$(MAKE) --no-print-directory test

format: $(VENV)/.dev node_modules/.geo ## Format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@[ ! -e node_modules/.geo ] || npm run --silent lint -- --fix

lock: $(VENV)/.dev ## Pin the newest versions that fit, without download addresses
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --extra dev --extra benchmarks --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --quiet -o requirements.lock
	@npm="$$($(BIN)/python scripts/find_node.py)"; [ -z "$$npm" ] || { \
		"$$npm" update --package-lock-only --no-audit --no-fund --silent && \
		$(BIN)/python scripts/strip_package_lock.py package-lock.json; }

clean: ## Remove the environment and what was built
	rm -rf $(VENV) node_modules build dist

$(VENV)/bin/python:
	@python="$${PYTHON:-$$(scripts/find_python.sh)}" && [ -n "$$python" ] && \
		echo "Making the environment in $(VENV) ..." && \
		{ "$$python" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make an environment; on Debian, install python3-venv" >&2; exit 1; }; }

$(VENV)/.geo: $(VENV)/bin/python $(SOURCES)
	@echo "Installing geo ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python $(SOURCES)
	@echo "Installing geo and what its tests and notebooks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[dev]"
	@touch $(VENV)/.geo $@

# Without Node.js or its package index, the page's scripts are not tested, and all else is.
node_modules/.geo: package.json package-lock.json | $(VENV)/bin/python
	@npm="$$($(BIN)/python scripts/find_node.py)"; [ -z "$$npm" ] || { \
		echo "Installing what lints and tests the page ..."; \
		"$$npm" ci --ignore-scripts --no-audit --no-fund --silent && touch $@ || \
		echo "npm could not install them, so the page's scripts are not tested" >&2; }
