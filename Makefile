# Two commands: `make demo` (the whole day on a built-in press) and `make test`. `make setup` installs; the rest is for developers.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CHROMIUM := $(shell command -v chromium)

.PHONY: setup setup-dev demo test bench lint format docs idioma requisitos clean

setup: .venv/instalado
setup-dev: .venv/instalado-dev

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The model asks for an older spaCy in its metadata: --no-deps keeps ours (it loads and works).
.venv/instalado: requirements.txt requirements-modelo.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --require-hashes -r requirements-modelo.txt
	@# setuptools warns at length about any editable install; its words are shown only when it fails.
	@$(PIP) --no-deps --no-build-isolation --editable . 2>.venv/instalacion.log || (cat .venv/instalacion.log; false)
	@touch $@

.venv/instalado-dev: requirements-dev.txt .venv/instalado
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup
	$(BIN)/hallazgos demo

ifeq ($(CHROMIUM),)
NAVEGADOR := -m "not navegador"
endif
# One process a core; each loads the Spanish model, so no more than four.
A_LA_VEZ := -n logical --maxprocesses 4 --dist worksteal
test: setup-dev
ifeq ($(CHROMIUM),)
	@echo "Sin chromium en esta máquina: se omiten las pruebas de navegador."
endif
	$(BIN)/python -m pytest $(NAVEGADOR) $(A_LA_VEZ)

# Against a bare Scrapy spider and against itself with a small registry; writes bench/resultados.md (about an hour, most of it the
# backfill). BENCH=--rapido: all in small, minutes; BENCH='--fila 8 --fila 10': only those rows, the others stay.
bench: setup
	$(BIN)/python -m bench $(BENCH)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What is made from the code: docs/comandos.md from --help.
docs: setup
	$(BIN)/python -m pipeline.documentacion

idioma: setup
	$(BIN)/python -m pipeline.idioma.compilar

# Pins with hashes and no index lines; needs uv.
requisitos:
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header requirements-dev.in -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf bench/registros .venv build *.egg-info demostracion .pytest_cache .mypy_cache .ruff_cache .hypothesis
