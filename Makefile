# make lab    learn: the course in JupyterLab, with your copy of the exercises in work/
# make test   change: every test and check
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
# Stored outputs are compared where they were made (Linux); elsewhere lessons only have to run.
NBVAL := $(if $(filter Linux,$(shell uname -s)),--nbval,--nbval-lax)
# Of JupyterLab: new notebooks get a kernel unasked, and pictures with controls are saved whole. Students have it, too.
SETTINGS := $(VENV)/share/jupyter/lab/settings/overrides.d/course.json
# Tests at a time: enough to keep two cores busy, since a test in a browser mostly waits.
WORKERS ?= 3
LAB_ARGS ?=
TEST_ARGS ?=
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: lab test release student demo bench book work

lab: $(VENV)/.lab work
	$(BIN)/jupyter-lab --LabApp.default_url=/lab/tree/course/lessons/00-start-here.ipynb $(LAB_ARGS)

test: $(VENV)/.test
	$(BIN)/python -m pytest $(NBVAL) tests course/lessons -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TEST_ARGS)

release: $(VENV)/.lab
	$(BIN)/autograder release

student: $(VENV)/.lab
	$(BIN)/autograder student

demo: $(VENV)/.lab
	$(BIN)/autograder demo

bench: $(VENV)/.lab
	$(BIN)/autograder bench

book: $(VENV)/.book
	$(BIN)/python -m course.book

# A student's copy of every exercise; what is there already is never touched.
work:
	@for notebook in release/*/*; do \
	  copy=work/$${notebook#release/}; \
	  [ -e "$$copy" ] || { mkdir -p "$$(dirname "$$copy")" && cp "$$notebook" "$$copy"; } || exit 1; \
	done

$(VENV)/.lab: pyproject.toml constraints.txt $(SETTINGS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	$(BIN)/jupyter-labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements 2>/dev/null
	@touch $@

$(SETTINGS): autograder/publish/edition_files/settings/notebooks.json
	@mkdir -p $(@D)
	@cp $< $@

$(VENV)/.test: $(VENV)/.lab
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test,book]'
	@touch $@

$(VENV)/.book: $(VENV)/.lab
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[book]'
	@touch $@
