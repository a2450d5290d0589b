# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Python 3.11 or later. To choose one: make test PYTHON=/path/to/python3
PYTHON ?= python3
export ARGS

.DEFAULT_GOAL := help
.PHONY: help python demo demo-clean docs guides test test-matrix lint units functional oldest-requests sanity integration integration-account bench bench-page picture format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-21s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed, but $(PYTHON) is %d.%d. Another one: make PYTHON=/path/to/python3" % sys.version_info[:2])'

demo: python ## Apply the demo to an emulator, or to the account of LOGFIRE_API_TOKEN
	@$(PYTHON) scripts/demo.py

demo-clean: python ## Delete the objects of the demo from the account of LOGFIRE_API_TOKEN
	@$(PYTHON) scripts/demo.py --clean

docs: python ## Build the documentation site in .build/docs/html
	@$(PYTHON) scripts/docs.py

guides: python ## Write the guides in Markdown, docs/guides, after a change of docs/docsite/rst
	@bin=$$($(PYTHON) scripts/workplace.py docs) && $$bin/python scripts/guide_copies.py

test: python ## Run all tests below on the oldest and the newest ansible-core
	@$(PYTHON) scripts/run_tests.py test

test-matrix: python ## Run sanity, unit and integration tests on every available ansible-core and Python
	@$(PYTHON) scripts/run_tests.py matrix

lint: python ## Check format, types, docs, language, changelog, licences and Galaxy import
	@$(PYTHON) scripts/run_tests.py lint

units: python ## Run the unit tests (ARGS="-k name" to select)
	@$(PYTHON) scripts/run_tests.py units

functional: python ## Test modules and playbooks against the emulator
	@$(PYTHON) scripts/run_tests.py functional

oldest-requests: python ## Test with the oldest requests and urllib3 (requires Python 3.11)
	@$(PYTHON) scripts/run_tests.py oldest-requests

sanity: python ## Run ansible-test sanity
	@$(PYTHON) scripts/run_tests.py sanity

integration: python ## Run ansible-test integration (ARGS=logfire_alert for one target)
	@$(PYTHON) scripts/run_tests.py integration

integration-account: python ## Run integration in the account of LOGFIRE_API_TOKEN, and clean up
	@$(PYTHON) scripts/account.py $(ARGS)

bench: python ## Run the benchmarks, about 90 minutes (ARGS="--rounds 1" for a quick run)
	@bin=$$($(PYTHON) scripts/workplace.py bench) && PYTHONPATH=scripts:tests/functional $$bin/python benchmarks $(ARGS)

bench-page: python ## Regenerate the page and the chart of the last benchmarks
	@bin=$$($(PYTHON) scripts/workplace.py bench) && PYTHONPATH=scripts:tests/functional $$bin/python benchmarks/report.py

picture: python ## Regenerate the README screenshot of a plan
	@bin=$$($(PYTHON) scripts/workplace.py docs) && $$bin/python scripts/picture.py

format: python ## Format the Python code and apply automatic fixes
	@bin=$$($(PYTHON) scripts/workplace.py nox) && CI=false $$bin/nox --sessions fix formatters

clean: ## Remove all build output, including environments
	rm -rf .build
