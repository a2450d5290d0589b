# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that read reports, such as usage and audit logs."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from typing import Any

from .._kinds.report import Report
from .info import find_parent, warn_of_missing
from .module import LogfireModule, blank, connect, make_module, run_safely


def run_report(report: Report) -> None:
    """Run a module that reads a report."""
    options = {**report.options, **({"project": {"type": "str"}} if report.of_project else {})}
    module = make_module(options)
    run_safely(module, lambda: {"changed": False, report.name: _read(module, report)})


def _read(module: LogfireModule, report: Report) -> Any:
    for option, rule in report.options.items():
        if rule["type"] == "str":
            blank(module.params, option)
    asked = report.parse(module.params, datetime.now(timezone.utc))
    organization = connect(module)
    if module.params.get("project") is None:
        return report.read(organization.client, asked)
    parent = find_parent(module, organization)
    found = organization.in_project(parent, partial(report.read, organization.client, asked))
    warn_of_missing(module, [parent])
    return found
