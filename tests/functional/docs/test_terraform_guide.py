# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the guide for users of Terraform: complete on both sides, and true about ours."""

import os
import re
from pathlib import Path

import pytest
from module_docs import MODULES, Json

from playbooks import COLLECTION

GUIDE = (COLLECTION / "docs/docsite/rst/terraform.rst").read_text()
SECTIONS = {
    "Connection": "logfire_project",
    "logfire_project": "logfire_project",
    "logfire_write_token, logfire_read_token": "logfire_token",
    "logfire_channel": "logfire_channel",
    "logfire_alert": "logfire_alert",
    "logfire_dashboard": "logfire_dashboard",
    "logfire_slo": "logfire_slo",
    "logfire_api_key, logfire_gateway_api_key": "logfire_api_key",
    "logfire_gateway_provider": "logfire_gateway_provider",
    "logfire_schedule": "logfire_schedule",
    "logfire_organization": "logfire_organization",
}
CONNECTION = {"base_url", "api_token", "headers", "timeout", "retry_timeout", "validate_certs", "ca_path"}
#: The sections of the facts about the service that list the provider's attributes.
FACTS = {
    "Connection": "### 1.1",
    "logfire_project": "## 2.",
    "logfire_write_token, logfire_read_token": "## 3.",
    "logfire_alert": "## 4.",
    "logfire_channel": "## 5.",
    "logfire_dashboard": "## 6.",
}


def section(title: str) -> str:
    """The text below a title, up to the next one."""
    match = re.search(rf"^{re.escape(title)}\n-+\n(.*?)(?=^[^\n]+\n-{{3,}}\n|\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert match, title
    return match[1]


def rows(title: str) -> list[list[str]]:
    """The rows of a section's table below its head."""
    cells = re.findall(r"^   (\*| ) -(?: (.*(?:\n       \S.*)*))?$", section(title), re.MULTILINE)
    found: list[list[str]] = []
    for first, text in cells:
        if first == "*":
            found.append([])
        found[-1].append(text)
    assert found[0] == ["Terraform", "Here", "What differs"] and {len(row) for row in found} == {3}
    return found[1:]


def options(text: str, title: str) -> set[str]:
    """The options that a text names, all of them of the section's module."""
    named = re.findall(r":ansopt:`community\.logfire\.(\w+)#module:([\w.\[\]]+)`", text)
    assert {module for module, _option in named} <= {SECTIONS[title]}
    return {option.replace("[]", "") for _module, option in named}


def every_option(spec: Json, place: str = "") -> set[str]:
    """The names of the options, with those inside of them."""
    inside = [every_option(about.get("suboptions", {}), f"{place}{name}.") for name, about in spec.items()]
    return {place + name for name in spec}.union(*inside)


@pytest.mark.parametrize("title", SECTIONS)
def test_each_option_is_there_once(title: str) -> None:
    """In the table, or among those that the provider has not."""
    spec = MODULES[SECTIONS[title]].options
    wanted = every_option(
        {name: about for name, about in spec.items() if (name in CONNECTION) == (title == "Connection")}
    )
    only_here = re.search(r"^Only here: (.*?\.)$", section(title), re.MULTILINE | re.DOTALL)
    assert only_here
    counterparts = [options(here, title) for _terraform, here, _difference in rows(title)]
    alone = options(only_here[1], title)
    assert set().union(*counterparts, alone) == wanted
    assert sum(len(each) for each in (*counterparts, alone)) == len(wanted)


@pytest.mark.parametrize("title", SECTIONS)
def test_each_attribute_has_a_counterpart_or_none(title: str) -> None:
    for terraform, here, _difference in rows(title):
        assert re.fullmatch(r"``[a-z_.]+``", terraform)
        assert here == "none" or re.search(r":ans(opt|retval):", here), terraform


@pytest.mark.skipif("LOGFIRE_SHARED" not in os.environ, reason="the facts about the provider are not here")
@pytest.mark.parametrize("title", FACTS)
def test_each_attribute_of_the_provider_is_there(title: str) -> None:
    """All that the facts list for the resource."""
    facts = (Path(os.environ["LOGFIRE_SHARED"]) / "api.md").read_text()
    start = facts.index(f"\n{FACTS[title]} ")
    table = re.search(r"^\|.*\n\|[-|]+\|\n((?:\|.*\n)+)", facts[start:], re.MULTILINE)
    assert table
    attributes = {name.strip(" `") for line in table[1].splitlines() for name in line.split("|")[1].split(",")}
    assert {"name", "api_key", "project_id"} & attributes
    assert attributes <= {terraform.strip("`") for terraform, _here, _difference in rows(title)}
