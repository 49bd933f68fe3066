# Everything people run; the workflows run the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Material announces its end of life at every build; the docs say it once.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

INSTALL = $(BIN)/pip install --quiet --require-hashes --requirement

.PHONY: site preview serve check summary schemas install test lint bench screenshots lock clean

site: $(VENV)/site.installed
	$(BIN)/mkdocs build --quiet $(ARGS)
	@echo "The site is in site/: open site/index.html, or run 'make serve'."

# The site with what is not published yet, for reviewers: it opens from a folder, without a server.
preview: $(VENV)/site.installed
	POSTMORTEM_DRAFTS=true $(BIN)/mkdocs build --quiet --strict --no-directory-urls --site-dir preview

serve: $(VENV)/site.installed
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

check: $(VENV)/site.installed
	@$(BIN)/postmortem check $(ARGS)

# What reviewers want to know of the postmortems that differ from SINCE, as Markdown.
SINCE ?= origin/main
summary: $(VENV)/site.installed
	@$(BIN)/postmortem summary --since "$(SINCE)"

# What editors and the issue form know of the fields and the vocabulary; run it when either changes.
schemas: $(VENV)/site.installed
	$(BIN)/postmortem schema --out schemas
	$(BIN)/postmortem from-issue --print-form > .github/ISSUE_TEMPLATE/postmortem.yml

install: $(VENV)/site.installed

test: lint
	@scripts/find-chromium >/dev/null
	CHROMIUM="$$(scripts/find-chromium)" $(BIN)/pytest

lint: $(VENV)/dev.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/dev.installed
	$(BIN)/python scripts/bench.py
	CHROMIUM="$$(scripts/find-chromium)" $(BIN)/python scripts/bench_search.py

screenshots: $(VENV)/dev.installed site
	CHROMIUM="$$(scripts/find-chromium)" $(BIN)/python scripts/screenshots.py

# Pins what the ranges in pyproject.toml allow today, with hashes, for every supported Python.
lock: $(VENV)/site.installed
	$(BIN)/pip install --quiet uv
	$(BIN)/python scripts/lock.py

clean:
	rm -rf $(VENV) site preview .cache

$(VENV)/site.installed: requirements/site.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) requirements/site.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.installed: requirements/dev.txt $(VENV)/site.installed
	$(INSTALL) requirements/dev.txt
	@touch $@
