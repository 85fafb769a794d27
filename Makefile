# The verbs that people and CI share. All of them need make and Python 3.11 or newer, with its module venv.
# `make site` and `make serve` need nothing else. `make quick` and `make test` need Node 18 or newer with npm; `make test`
# also needs Chromium and Java 11 or newer. On Debian, root gets what is missing as packages; elsewhere the target names it.

unexport PYTHONDONTWRITEBYTECODE  # tests start Python a thousand times, and each would compile all modules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE_READY := $(VENV)/.site-ready
READY := $(VENV)/.ready
NODE_READY := node_modules/.ready
SCRIPTS := theme_overrides/assets/papershelf
VENDOR := $(SCRIPTS)/shared/vendor
READER := $(SCRIPTS)/check/vendor
FONTS := $(SCRIPTS)/fonts
WORKERS := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))  # one more than processors: tests of pages wait for the browser

.PHONY: setup site checksums wheel serve quick parts test check lint types unit tex explore vendor growth faults advisories docs lock clean

setup: $(SITE_READY)  ## the environment of the site alone, in .venv/; tests add what they need

site: $(SITE_READY)  ## build the repository's own content into site/
	$(BIN)/mkdocs build --strict --quiet
	@echo "The site is in site/; look at it with: make serve"

checksums: $(SITE_READY)  ## build the site, and the SHA-256 of its files into SHA256SUMS; verify with: cd site && sha256sum -c ../SHA256SUMS
	$(BIN)/papershelf build --checksums SHA256SUMS

wheel: $(SITE_READY)  ## what others install, into dist/
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

serve: $(SITE_READY)  ## preview on http://127.0.0.1:8000, following every edit
	$(BIN)/mkdocs serve

quick: $(READY) $(NODE_READY)  ## everything that needs no browser and builds no whole site
	$(MAKE) --no-print-directory --jobs=2 --output-sync lint types check parts

parts: $(READY) $(NODE_READY)
	$(BIN)/pytest --numprocesses=$(WORKERS) --ignore=tests/site --hypothesis-profile=quick

test: lint types unit check  ## everything that guards the main branch, but for `make growth`

lint: $(READY) $(NODE_READY)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/lint-imports --no-logo
	node_modules/.bin/biome check --error-on-warnings --log-level=warn .

types: $(READY) $(NODE_READY)
	$(BIN)/mypy
	node_modules/.bin/tsc -p .
	node_modules/.bin/tsc -p tsconfig.worker.json

unit: $(READY) $(NODE_READY) tex
	sh tests/install_tools.sh chromium $(BIN)/python
	sh tests/install_tools.sh java
	$(BIN)/pytest --numprocesses=$(WORKERS)

tex:  # beside what else a fresh machine gets; one that has no TeX skips what needs it
	sh tests/install_tools.sh tex

explore: $(READY) $(NODE_READY)  ## the tests of properties with ten times as many examples, other ones in every run
	$(BIN)/pytest --numprocesses=$(WORKERS) --hypothesis-profile=explore $$(grep -rl '^from hypothesis import' tests --include='test_*.py')

vendor: $(NODE_READY)  ## copy the published packages that the site serves, with their licences
	{ echo '// @ts-nocheck as published'; echo 'const module = {};'; cat node_modules/wink-porter2-stemmer/src/wink-porter2-stemmer.js; \
		echo 'export default module.exports;'; } > $(VENDOR)/porter2.js
	cp node_modules/wink-porter2-stemmer/LICENSE $(VENDOR)/porter2.LICENSE
	for file in verbatim yield; do { echo '// @ts-nocheck as published'; \
		grep -v '^//# sourceMappingURL' node_modules/@retorquere/bibtex-parser/dist/esm/$$file.js; } > $(READER)/$$file.js; done
	cp node_modules/@retorquere/bibtex-parser/LICENSE $(READER)/verbatim.LICENSE
	rm -f $(FONTS)/*.woff2
	for file in @fontsource/source-serif-4/files/source-serif-4-latin-600-normal @fontsource/source-serif-4/files/source-serif-4-latin-ext-600-normal \
		@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal \
		@fontsource/source-sans-3/files/source-sans-3-latin-ext-400-normal @fontsource/source-sans-3/files/source-sans-3-latin-ext-600-normal; do \
		hash=$$(sha256sum node_modules/$$file.woff2 | cut -c 1-8); cp node_modules/$$file.woff2 $(FONTS)/$$(basename $$file).$$hash.woff2; done
	cp node_modules/@fontsource/source-serif-4/LICENSE $(FONTS)/OFL.txt

growth: $(READY)  ## what is four times as long or as many costs about four times as much; measured, so run nothing beside it
	$(BIN)/pytest -m growth --numprocesses=2 --dist=worksteal tests/fuzz  # each compares times of its own process
	$(BIN)/python -m benchmarks.build --papers 3000 --growth --at-most 1.35

faults: $(READY)  ## make every fault that a build survives, on purpose; takes half an hour
	$(BIN)/python -m benchmarks.faults

advisories: $(READY)  ## known faults of the locked packages, from a folder of advisories in the OSV format: make advisories DB=folder
	@test -n "$(DB)" || { echo "Name the folder of advisories: make advisories DB=folder"; exit 2; }
	$(BIN)/python tests/supply/advisories.py "$(DB)"

docs: $(READY)  ## renew the parts of the documentation that are made from the code
	$(BIN)/python tests/docs/generated.py

check: $(READY)
	$(BIN)/papershelf check --strict --content content

$(NODE_READY): package-lock.json
	sh tests/install_tools.sh node
	npm ci --silent --ignore-scripts
	touch $(NODE_READY)

$(SITE_READY): requirements/site.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(SITE_READY)

$(READY): $(SITE_READY) requirements/uv.txt requirements/dev.txt  # by uv, which installs them in a third of pip's time
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --system-certs --require-hashes -r requirements/dev.txt
	touch $(READY)

lock: $(READY)  ## renew the locked dependencies
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--extra dev --custom-compile-command "make lock" pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --constraints requirements/dev.txt \
		--extra site --custom-compile-command "make lock" pyproject.toml -o requirements/site.txt
	echo uv | $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --constraints requirements/dev.txt \
		--custom-compile-command "make lock" - -o requirements/uv.txt

clean:
	rm -rf $(VENV) node_modules site dist
