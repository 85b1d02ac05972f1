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
SETTINGS := autograder/publish/edition_files/settings/notebooks.json
# Tests at a time: enough to keep two cores busy, since a test in a browser mostly waits.
WORKERS ?= 3
LAB_ARGS ?=
TEST_ARGS ?=
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE # bytecode is written as it is needed: an environment is made without

.PHONY: lab test release student demo bench book work

lab: $(VENV)/.lab work
	@$(BIN)/python -P course/lab.py --LabApp.default_url=/lab/tree/course/lessons/00-start-here.ipynb $(LAB_ARGS)

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

$(VENV)/.lab: pyproject.toml constraints.txt environment.py $(SETTINGS)
	@$(PYTHON) environment.py $(VENV) --editable .
	@mkdir -p $(VENV)/share/jupyter/lab/settings/overrides.d $(VENV)/etc/jupyter/labconfig/page_config.d
	@cp $(SETTINGS) $(VENV)/share/jupyter/lab/settings/overrides.d/course.json
	@echo '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}' \
	  > $(VENV)/etc/jupyter/labconfig/page_config.d/course.json
	@touch $@

$(VENV)/.test: $(VENV)/.lab
	@$(PYTHON) environment.py $(VENV) --compile --editable '.[test,book,postgresql,cluster]'
	@touch $@

$(VENV)/.book: $(VENV)/.lab
	@$(PYTHON) environment.py $(VENV) --editable '.[book]'
	@touch $@
