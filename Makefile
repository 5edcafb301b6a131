# make lab     open the course          make test    set up and run every test
# make demo    grade a made-up class    make build   notebooks from their sources
# make docs    the site, in build/site    make lock    newest versions
# make versions  every lesson on other versions    make clean   remove what make made
#
# PYTHON  the Python that makes .venv          make lab PYTHON=python3.12
# LAB_ARGS  arguments for JupyterLab           make lab LAB_ARGS="--no-browser --port 8899"
# TEST_ARGS  arguments for pytest              make test TEST_ARGS="tests/kernels -x"

PYTHON ?= python3
LAB_ARGS ?=
TEST_ARGS ?=
JOBS ?= 2
SIDE_BY_SIDE := -n $(JOBS) --dist loadfile --no-loadscope-reorder

BIN := .venv/bin
READY := .venv/installed
DEMO := demo-class
EXTRAS := lab,grading,docs,dev

.PHONY: lab test quick versions demo docs lock build clean

lab: $(READY)
	$(BIN)/course lab $(LAB_ARGS)

test: $(READY)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(TEST_ARGS)

quick: $(READY)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow and not browser" $(TEST_ARGS)

# `make test` runs a few lessons only in each environment of tests/platforms, and traces the system calls of a few.
versions: $(READY)
	COURSE_EVERY_LESSON=1 $(BIN)/python -m pytest $(SIDE_BY_SIDE) tests/platforms tests/lessons/test_caged.py $(TEST_ARGS)

# Exit 1 of `course grade` says that some submissions could not be graded: the demo class has such ones on purpose.
demo: $(READY)
	rm -rf $(DEMO)
	$(BIN)/course demo-class 02_activations --students 40 --seed 1 $(DEMO)
	$(BIN)/course grade 02_activations --course-dir $(DEMO) || test $$? -eq 1
	$(BIN)/course report 02_activations --course-dir $(DEMO) --out $(DEMO)/report.html

build: $(READY)
	$(BIN)/course build

docs: $(READY)
	$(BIN)/python -m docs.site build/site

# The stamp is written last, so an interrupted set-up starts again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit("The course needs Python 3.11, 3.12 or 3.13, this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# One lock for every Python and platform, in pip's own format. No package index is named: pip uses the one it is set up for.
# `fewest`: one version for all Pythons where there is one, so that everyone sees the same results.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11.0 --fork-strategy fewest \
		--generate-hashes --no-annotate $(foreach extra,$(subst $(comma), ,$(EXTRAS)),--extra $(extra)) \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv build dist $(DEMO) .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

comma := ,
