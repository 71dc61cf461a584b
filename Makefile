# The words of daily work. `make` alone names them.

PYTHON ?= python3
UV ?= uv
SIZES ?= S SM
BIN := .venv/bin
PIP := -m pip install --quiet --disable-pip-version-check --no-input --root-user-action=ignore
READY := .venv/ready
BENCH_READY := .venv-bench/ready
OPINIONS_READY := .venv-opinions/ready
WRONG_READY := .venv-wrong-solver/ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs bench nightly release lock clean

help:
	@echo "make demo     plan the case of October 2022 (in plans/october-2022)"
	@echo "make test     format, lint, types, import contracts, docs and tests"
	@echo "make lint     format, lint, types and import contracts"
	@echo "make docs     the documentation, in build/docs"
	@echo "make bench    time and memory beside other tools: SIZES=\"S SM M L\""
	@echo "make nightly  the slow and wide tests, and the benchmark at S"
	@echo "make release  what a release needs besides: every sentence in every language"
	@echo "make lock     write the four lock files anew"
	@echo "make clean    remove what was built, the environments too"

# The environment is made once, and again when what it is made from changes.
$(READY): requirements.lock pyproject.toml
	@echo "Making the environment in .venv (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) --require-hashes -r requirements.lock
	@$(BIN)/python $(PIP) --no-deps --editable .
	@touch $@

$(BENCH_READY): requirements.lock benchmarks/requirements.lock pyproject.toml
	@echo "Making the environment in .venv-bench (once)"
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python $(PIP) --require-hashes -r benchmarks/requirements.lock
	@.venv-bench/bin/python $(PIP) --no-deps --editable .
	@touch $@

# Other solvers, for second opinions: they cannot live in one process with ours, and do not live in one environment.
$(OPINIONS_READY): tests/wide/requirements.lock
	@echo "Making the environment in .venv-opinions (once)"
	@test -x .venv-opinions/bin/python || $(PYTHON) -m venv .venv-opinions
	@.venv-opinions/bin/python $(PIP) --require-hashes -r tests/wide/requirements.lock
	@touch $@

# A solver that is known to be wrong, to see that it is caught: what its process imports, and no more.
$(WRONG_READY): tests/wide/wrong-solver.lock pyproject.toml
	@echo "Making the environment in .venv-wrong-solver (once)"
	@test -x .venv-wrong-solver/bin/python || $(PYTHON) -m venv .venv-wrong-solver
	@.venv-wrong-solver/bin/python $(PIP) --require-hashes -r tests/wide/wrong-solver.lock
	@.venv-wrong-solver/bin/python $(PIP) --no-deps --editable .
	@touch $@

demo: $(READY)
	@$(BIN)/scorta demo

lint: $(READY)
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@mkdir -p build
	@$(BIN)/basedpyright > build/basedpyright.txt || { cat build/basedpyright.txt; exit 1; }
	@$(BIN)/lint-imports > build/lint-imports.txt || { cat build/lint-imports.txt; exit 1; }

docs: $(READY)
	@$(BIN)/python docs/build_reference.py --check
	@$(BIN)/python docs/build_commands.py --check
	@$(BIN)/python docs/build_rules.py --check
	@$(BIN)/python docs/build_languages.py --check
	@$(BIN)/python docs/build_house.py --check
	@$(BIN)/python docs/build_tolerances.py --check
	@$(BIN)/sphinx-build -n -W -q -b html docs build/docs

test: lint docs
	@$(BIN)/python -m pytest -q -n 2 --durations 20 -m "not wide and not release"

bench: $(BENCH_READY)
	@.venv-bench/bin/python benchmarks/run.py $(SIZES)

nightly: $(READY) $(BENCH_READY) $(OPINIONS_READY) $(WRONG_READY)
	@$(BIN)/python -m pytest -q -n 2 -m wide
	@SCORTA_NIGHTLY=yes $(BIN)/python -m pytest -q -n 2 tests/rooms tests/laws -m "not wide and not release"
	@.venv-bench/bin/python benchmarks/run.py S

release: test
	@$(BIN)/python docs/build_languages.py --check --whole
	@$(BIN)/python -m pytest -q -m release

LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

lock:
	@$(LOCK) pyproject.toml --group test --group types --group lint --group docs --output-file requirements.lock
	@$(LOCK) pyproject.toml --group bench --output-file benchmarks/requirements.lock
	@$(LOCK) --group opinions --output-file tests/wide/requirements.lock
	@$(LOCK) --group wrong-solver --output-file tests/wide/wrong-solver.lock

clean:
	@rm -rf .venv .venv-bench .venv-opinions .venv-wrong-solver build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
