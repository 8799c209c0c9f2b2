# `make demo` and `make test` are all a new user needs; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
PATHSEP := :
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
PATHSEP := ;
endif
PY := $(BIN)/python
CHECK_VERSION := 'import sys; sys.exit("Trunkline needs Python 3.11 or newer, this is " + sys.version.split()[0] + ": run make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'

.PHONY: help browser demo test check generate contract repin provider released drift drift-demo lint types docs examples bench soak lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/'

# pip checks every archive against the hashes in the lock; --no-deps keeps the set exact.
.venv/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c $(CHECK_VERSION)
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The vendor's own SDK, two versions, each in its own folder: the interop tests run them.
.venv/interop/%/.ready: requirements/interop-thisispamela-%.txt .venv/.ready
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade \
	  --target .venv/interop/$* -r $<
	@touch $@

INTEROP := .venv/interop/1.0.1/.ready .venv/interop/1.2.0/.ready

# A real AgentSession, in its own folder: 400 MB that nothing else needs.
LIVEKIT := .venv/livekit/.ready
$(LIVEKIT): requirements/livekit.txt .venv/.ready
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade \
	  --target .venv/livekit -r $<
	@touch $@

.venv/livekit-%/.ready: requirements/livekit-%.txt .venv/.ready
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade \
	  --target .venv/livekit-$* -r $<
	@touch $@

LIVEKITS := $(LIVEKIT) .venv/livekit-1.5.17/.ready .venv/livekit-1.6.10/.ready

# The demo needs a tenth of the development set: a separate environment is ready much sooner.
DEMO := $(if $(wildcard .venv/.ready),.venv,.venv-demo)
.venv-demo/.ready: requirements/demo.txt
	@echo 'demo: making a Python environment in .venv-demo'
	@$(PYTHON) -c $(CHECK_VERSION)
	@$(PYTHON) -m venv .venv-demo
	@echo 'demo: installing the packages of requirements/demo.txt, checked against their hashes'
	@$(subst .venv,.venv-demo,$(PY)) -m pip install --progress-bar off --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

demo: $(DEMO)/.ready  ## set up, then run the main job of all four APIs against the sandbox
	@PYTHONPATH='overlay$(PATHSEP)generated' $(subst .venv,$(DEMO),$(PY)) scripts/demo.py

browser:  ## headless Chromium and its driver, for the tests of the HTML report
	@command -v chromedriver >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium chromium-driver >/dev/null; }

# Without bytecode every process that a test starts would compile the package again.
test: export PYTHONDONTWRITEBYTECODE :=
test: .venv/.ready $(INTEROP) $(LIVEKIT) browser  ## run the whole suite with branch coverage
	$(PY) -m pytest -n 3 --dist worksteal --cov --cov-report=term --cov-fail-under=95 $(ARGS)

check: lint types contract docs examples  ## everything but the suite: lint, types, contract, docs

lint: .venv/.ready
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	PYTHONPATH=scripts $(BIN)/lint-imports --no-cache --no-logo

types: .venv/.ready
	$(PY) -m mypy
	$(BIN)/pyright

docs: .venv/.ready
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict --site-dir build/site

examples: .venv/.ready
	$(PY) scripts/run_examples.py
	$(PY) scripts/drift_demo.py

# Prism generates responses from the contracts; npm checks each archive against the lock.
.venv/prism/.ready: tools/prism/package.json tools/prism/package-lock.json .venv/.ready
	mkdir -p .venv/prism
	cp tools/prism/package.json tools/prism/package-lock.json .venv/prism
	npm ci --prefix .venv/prism --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

# Only Prism needs Node.js with npm.
soak: .venv/.ready .venv/prism/.ready $(LIVEKITS)  ## thousands of random faults and kills, and ten times the examples of the suite
	$(PY) scripts/soak.py $(ARGS)
	TRUNKLINE_HTTP_CODEC=h11 $(PY) -m pytest -n 2 tests/fault
	$(PY) scripts/soak_observe.py $(OBSERVE_ARGS)
	$(PY) scripts/check_soak.py
	$(PY) scripts/adopt_soak.py
	$(PY) -m pytest -n 2 --dist worksteal -m hypothesis --hypothesis-profile=soak

clean:  ## remove everything that make has built
	rm -rf .venv .venv-bench .venv-demo build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*

generate: .venv/.ready  ## write everything derived: generated packages and sync twins
	$(PY) scripts/generate.py

contract: .venv/.ready  ## check that everything derived is up to date and complete
	$(PY) scripts/contract.py

repin: .venv/.ready  ## pin snapshots that were changed on purpose
	$(PY) scripts/contract.py --repin

provider: .venv/.ready  ## write a new provider: make provider NAME=acme-voice FILE=acme.json
	$(PY) scripts/adopt.py provider $(NAME) --from $(FILE)

released: .venv/.ready  ## record what callers of this release rely on
	$(PY) scripts/contract.py --release

drift: .venv/.ready  ## compare the pinned contracts with the published ones
	$(PY) -m trunkline contracts drift $(ARGS)

drift-demo: .venv/.ready  ## a service notices a changed contract: what drift and impact say
	@$(PY) scripts/drift_demo.py

# All but `observe`: livekit-agents has its own lock and folder.
EXTRAS := sandbox fast otel fleet campaigns parquet zones tools cli contracts starlette flask django aiohttp
UV_LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet
lock:  ## resolve the locks of requirements/ anew (needs uv)
	$(UV_LOCK) pyproject.toml $(addprefix --extra ,$(EXTRAS)) --group dev -o requirements/dev.txt
	$(UV_LOCK) pyproject.toml --extra sandbox --group demo -c requirements/dev.txt -o requirements/demo.txt
	$(UV_LOCK) requirements/bench.in -o requirements/bench.txt
	for lock in livekit livekit-1.5.17 livekit-1.6.10; do \
	  $(UV_LOCK) requirements/$$lock.in -o requirements/$$lock.txt; done

# A separate environment for the compared libraries: click, rich and pygments slow down `import httpx`.
.venv-bench/.ready: requirements/bench.txt pyproject.toml
	$(PYTHON) -m venv .venv-bench
	$(subst .venv,.venv-bench,$(PY)) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench.txt
	$(subst .venv,.venv-bench,$(PY)) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

RUNS ?= 1
bench: .venv-bench/.ready  ## measure the SDK beside plain httpx and other SDKs
	$(subst .venv,.venv-bench,$(PY)) scripts/bench.py --runs $(RUNS) $(BENCH)
