# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Any one Python of 3.11 or later: make test PYTHON=/path/to/python3
PYTHON ?= python3
export ARGS

.DEFAULT_GOAL := help
.PHONY: help python demo undo docs test test-matrix lint units functional oldest-requests sanity integration integration-account bench picture format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-21s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed, but $(PYTHON) is %d.%d. Another one: make PYTHON=/path/to/python3" % sys.version_info[:2])'

demo: python ## Apply the example to an emulator, or to the account of LOGFIRE_API_TOKEN
	@$(PYTHON) scripts/demo.py

undo: python ## Remove what the demo made in the account of LOGFIRE_API_TOKEN
	@$(PYTHON) scripts/demo.py --remove

docs: python ## Build the documentation site in .build/docs/html
	@$(PYTHON) scripts/docs.py

test: python ## Run all the tests below, on the oldest and the newest ansible-core
	@$(PYTHON) scripts/run_tests.py test

test-matrix: python ## Sanity, unit and integration tests on every ansible-core and Python that is there
	@$(PYTHON) scripts/run_tests.py matrix

lint: python ## Formatter, linters, types, docs, changelog, licences, import by Galaxy
	@$(PYTHON) scripts/run_tests.py lint

units: python ## Unit tests (ARGS="-k name" for some)
	@$(PYTHON) scripts/run_tests.py units

functional: python ## Modules and playbooks against the emulator
	@$(PYTHON) scripts/run_tests.py functional

oldest-requests: python ## Requests with the oldest requests and urllib3; needs Python 3.11 beside any other
	@$(PYTHON) scripts/run_tests.py oldest-requests

sanity: python ## ansible-test sanity
	@$(PYTHON) scripts/run_tests.py sanity

integration: python ## ansible-test integration (ARGS=logfire_alert for one target)
	@$(PYTHON) scripts/run_tests.py integration

integration-account: python ## The same in the account of LOGFIRE_API_TOKEN; all that it makes is removed
	@$(PYTHON) scripts/account.py $(ARGS)

bench: python ## Measure beside other ways, about 90 minutes (ARGS="--rounds 1" for a look)
	@bin=$$($(PYTHON) scripts/workplace.py bench) && PYTHONPATH=scripts:tests/functional $$bin/python benchmarks $(ARGS)

picture: python ## Draw the README's picture of a plan anew, from a run
	@bin=$$($(PYTHON) scripts/workplace.py docs) && $$bin/python scripts/picture.py

format: python ## Format the Python code and mend what the linter can
	@bin=$$($(PYTHON) scripts/workplace.py nox) && CI=false $$bin/nox --sessions fix formatters

clean: ## Remove all that was built, environments too
	rm -rf .build
