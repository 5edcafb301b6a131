# make lab     open the course          make test    set up and run every test
# make demo    grade a made-up class    make build   notebooks from their sources
# make lock    newest versions          make clean   remove what make made
#
# PYTHON  the Python that makes .venv          make lab PYTHON=python3.12
# LAB_ARGS  arguments for JupyterLab           make lab LAB_ARGS="--no-browser --port 8899"
# TEST_ARGS  arguments for pytest              make test TEST_ARGS="tests/kernels -x"

PYTHON ?= python3
LAB_ARGS ?=
TEST_ARGS ?=
JOBS ?= 2

BIN := .venv/bin
READY := .venv/installed
DEMO := demo-class
EXTRAS := lab,grading,dev

.PHONY: lab test quick demo lock build clean

lab: $(READY)
	$(BIN)/course lab $(LAB_ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(TEST_ARGS)

quick: $(READY)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not slow and not browser" $(TEST_ARGS)

# Exit 1 of `course grade` says that some submissions could not be graded: the demo class has such ones on purpose.
demo: $(READY)
	rm -rf $(DEMO)
	$(BIN)/course demo-class 02_activations --students 40 --seed 1 $(DEMO)
	$(BIN)/course grade 02_activations --course-dir $(DEMO) || test $$? -eq 1
	$(BIN)/course report 02_activations --course-dir $(DEMO) --out $(DEMO)/report.html

build: $(READY)
	$(BIN)/course build

# The stamp is written last, so an interrupted set-up starts again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("The course needs Python 3.11 or later, this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# pip's own format with hashes. Package indexes are left out: the lock works with whichever one pip is set up to use.
lock: $(READY)
	echo "# Made by 'make lock' from pyproject.toml, extras $(EXTRAS), for Python 3.11 on Linux. Do not edit." > .requirements.new
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
		$(foreach extra,$(subst $(comma), ,$(EXTRAS)),--extra $(extra)) --build-deps-for editable \
		--output-file .requirements.body pyproject.toml
	cat .requirements.body >> .requirements.new
	rm .requirements.body
	mv .requirements.new requirements.lock

clean:
	rm -rf .venv build dist $(DEMO) .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

comma := ,
