# Everything a stranger needs: `make run` and `make test`. Python ≥ 3.11 with venv and pip, Node ≥ 20.19 with npm, make.
PYTHON ?= python3
UV = UV_PYTHON=.venv/bin/python .venv/bin/uv
WORKERS ?= 2

.PHONY: run test check bench setup client format clean

run: setup
	.venv/bin/kanal up --demo

setup: .venv/.ready src/kanal/server/web/index.html

test: setup scripts/install-test-servers
	scripts/install-test-servers
	cd web && npm test
	.venv/bin/pytest -n $(WORKERS) --dist loadfile
	.venv/bin/python -m scripts.postgres15 .venv/bin/pytest -n $(WORKERS) --dist loadfile -m "database and not browser and not slow" tests

check: .venv/.ready web/node_modules/.ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/squawk --config .squawk.toml src/kanal/kit/migrations/versions/*.sql
	.venv/bin/python -m scripts.check_docs
	.venv/bin/python -m scripts.openapi --check
	cd web && npm run check

bench: setup
	.venv/bin/kanal bench

client: setup
	.venv/bin/python -m scripts.openapi
	cd web && npm run generate

format: .venv/.ready web/node_modules/.ready
	.venv/bin/ruff check --fix-only . && .venv/bin/ruff format .
	cd web && npx biome check --write .

.venv/.ready: requirements.lock pyproject.toml
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
	$(UV) pip sync --quiet --require-hashes requirements.lock
	$(UV) pip install --quiet --no-deps --editable .
	touch $@

web/node_modules/.ready: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	touch $@

WEB = $(shell find web/app web/client web/form -name node_modules -prune -o -type f -print)
src/kanal/server/web/index.html: web/node_modules/.ready $(WEB)
	cd web && npm run build
	touch $@

requirements.lock: pyproject.toml
	test ! -x .venv/bin/uv || $(UV) pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --python-version 3.11 --no-header --quiet --output-file $@
	touch $@

clean:
	rm -rf .venv web/node_modules web/*/node_modules src/kanal/server/web .mypy_cache .ruff_cache .pytest_cache
