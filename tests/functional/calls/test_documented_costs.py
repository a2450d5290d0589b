# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the notes of the modules say about the number of calls is what is counted."""

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from argument_specs import READ_TOKEN
from harness import COLLECTION
from organizations import Options, alert, dashboard, slo, webhook

if TYPE_CHECKING:
    from harness import Runner

SHOP_ID = "11111111-1111-4111-8111-111111111111"
OPS_ID = "22222222-2222-4222-8222-222222222222"
SCHEDULE_ID = "77777777-7777-4777-8777-777777777777"
WORDS = ["no", "one", "two", "three", "four", "five"]
MODULES = sorted(path.stem for path in (Path(__file__).parents[3] / "plugins/modules").glob("logfire_*.py"))
#: They write files and ask nobody.
WITHOUT_CALLS = {"logfire_stack_files", "logfire_token_file"}

PAGERDUTY = {"service_id": "PABC123", "account_subdomain": "acme"}
PAGERDUTY_IDS = {"id": OPS_ID, "install_id": SHOP_ID}
ON_CALL: Options = {"type": "pagerduty-integration", "install_id": SHOP_ID, "service_id": OPS_ID}
LOOKED_UP: Options = {"type": ON_CALL["type"], "pagerduty_service_id": "PABC123", "account_subdomain": "acme"}
#: What there is; the runs below want it as it is.
ORGANIZATION: Options = {
    "channels": [
        {"name": "on-call", "config": ON_CALL},
        {"name": "ops", "config": webhook("ops")},
        {"name": "night", "config": webhook("night")},
    ],
    "projects": [
        {"name": "shop", "alerts": [alert("Errors", "ops"), alert("Slow")], "dashboards": [dashboard("overview")]},
        {"name": "web", "dashboards": [dashboard("home"), dashboard("latency")]},
        {"name": "empty"},
    ],
}
ERRORS = {**alert("Errors", "ops"), "project": "shop"}
OVERVIEW = {**dashboard("overview"), "project": "shop"}

Count = Callable[["Runner"], int]


def calls(run: "Runner", module: str, options: Options) -> list[str]:
    """The calls of a run that changes nothing."""
    done = run.ok(module, **options)
    assert not done.changed
    return done.calls


def cost(module: str, **options: Any) -> Count:
    """How many calls a run makes; options that are None are not given."""
    given = {name: value for name, value in options.items() if value is not None}
    return lambda run: len(calls(run, module, given))


def saved(module: str, options: Options, **instead: Any) -> Count:
    """How many calls less it makes with some options changed."""
    return lambda run: cost(module, **options)(run) - cost(module, **{**options, **instead})(run)


def added(module: str, options: Options, **instead: Any) -> Count:
    """How many calls more."""
    return lambda run: -saved(module, options, **instead)(run)


def sent(module: str, options: Options, path: str, by: int = 1) -> Count:
    """How many calls of a path, a regular expression, a run makes for each of so many things."""

    def count(run: "Runner") -> int:
        number, rest = divmod(sum(bool(re.search(path, call)) for call in calls(run, module, options)), by)
        assert rest == 0
        return number

    return count


INSIDE = r"/projects/[^/]+/{}/$"
#: For each module a note, piece by piece; # is a number in words, which is what the function beside it counts.
ANN = "ann@example.com"
CONFIG = {"project": "shop", "name": "config"}
UPTIME = {"project": "shop", **slo("Uptime", "ops")}
PROMISES: dict[str, list[tuple[str, Count]]] = {
    "logfire_project": [("A run that changes nothing makes # API call.", cost("logfire_project", name="shop"))],
    "logfire_channel": [
        ("A run that changes nothing makes # API call,", cost("logfire_channel", name="ops")),
        (
            " and # more with O(config.pagerduty_service_id).",
            added("logfire_channel", {"name": "on-call", "config": ON_CALL}, config=LOOKED_UP),
        ),
    ],
    "logfire_member": [("A run that changes nothing makes # API call.", cost("logfire_member", email=ANN))],
    "logfire_schedule": [
        ("With O(id), a run that changes nothing makes # API call.", cost("logfire_schedule", id=SCHEDULE_ID))
    ],
    "logfire_schedule_info": [("With O(id), makes # API call.", cost("logfire_schedule_info", id=SCHEDULE_ID))],
    "logfire_gateway_provider": [
        (
            "A run that changes nothing makes # API call for each 100 providers.",
            cost("logfire_gateway_provider", slug="openai"),
        )
    ],
    "logfire_gateway_provider_info": [
        ("Makes # API call for each 100 providers.", cost("logfire_gateway_provider_info"))
    ],
    "logfire_organization": [
        ("A run that changes nothing makes # API call.", cost("logfire_organization", name="globex"))
    ],
    "logfire_organization_info": [("Makes # API call.", cost("logfire_organization_info"))],
    "logfire_group_mappings": [
        ("A run that changes nothing makes # API call.", cost("logfire_group_mappings", mappings=[]))
    ],
    "logfire_group_mappings_info": [("Makes # API call.", cost("logfire_group_mappings_info"))],
    "logfire_member_info": [("Makes # API call.", cost("logfire_member_info"))],
    "logfire_token": [
        ("A run that changes nothing makes # API calls,", cost("logfire_token", project="shop")),
        (" and # less when O(project) is an ID.", saved("logfire_token", {"project": "shop"}, project=SHOP_ID)),
    ],
    "logfire_api_key": [
        ("A run that changes nothing makes # API call,", cost("logfire_api_key", name="pipeline")),
        (
            " and # more when O(project) is a name.",
            added("logfire_api_key", {"name": "telemetry", "project": SHOP_ID}, project="shop"),
        ),
    ],
    "logfire_api_key_info": [("Makes # API call.", cost("logfire_api_key_info"))],
    "logfire_invitation": [("A run that changes nothing makes # API calls.", cost("logfire_invitation", role="guest"))],
    "logfire_invitation_info": [("Makes # API calls.", cost("logfire_invitation_info"))],
    "logfire_alert": [
        ("A run that changes nothing makes # API calls.", cost("logfire_alert", **ERRORS)),
        (" It makes # less if O(project) is an ID,", saved("logfire_alert", ERRORS, project=SHOP_ID)),
        (" and # less if all channels are IDs", saved("logfire_alert", ERRORS, channels=[OPS_ID])),
        (" or no channels are given.", saved("logfire_alert", ERRORS, channels=None)),
    ],
    "logfire_dashboard": [
        ("A run that changes nothing makes # API calls,", cost("logfire_dashboard", **OVERVIEW)),
        (" and # less when O(project) is an ID.", saved("logfire_dashboard", OVERVIEW, project=SHOP_ID)),
    ],
    "logfire_variable": [
        ("A run that changes nothing makes # API calls,", cost("logfire_variable", **CONFIG)),
        (" and # less when O(project) is an ID.", saved("logfire_variable", CONFIG, project=SHOP_ID)),
    ],
    "logfire_variable_info": [
        ("Makes # API calls,", cost("logfire_variable_info", project="shop")),
        (" and # less when O(project) is an ID.", saved("logfire_variable_info", {"project": "shop"}, project=SHOP_ID)),
    ],
    "logfire_query": [
        (
            "Makes # call of the query API. It requires no API token, which is only for the management API.",
            cost("logfire_query", sql="SELECT 1", min_timestamp="1h", read_token=READ_TOKEN),
        )
    ],
    "logfire_slo": [
        ("A run that changes nothing makes # API calls.", cost("logfire_slo", **UPTIME)),
        (" It makes # less if O(project) is an ID,", saved("logfire_slo", UPTIME, project=SHOP_ID)),
        (" and # less if all channels are IDs", saved("logfire_slo", UPTIME, alerts={"fast": {"channels": [OPS_ID]}})),
        (" or no channels are given.", saved("logfire_slo", UPTIME, alerts=None)),
    ],
    "logfire_slo_info": [
        ("Makes # API calls,", cost("logfire_slo_info", project="shop")),
        (" or # if O(project) is an ID.", cost("logfire_slo_info", project=SHOP_ID)),
    ],
    "logfire_project_info": [("Makes # API call.", cost("logfire_project_info"))],
    "logfire_channel_info": [("Makes # API call.", cost("logfire_channel_info"))],
    "logfire_alert_info": [
        ("Makes # API calls,", cost("logfire_alert_info", project="shop")),
        (" and # less when O(project) is an ID.", saved("logfire_alert_info", {"project": "shop"}, project=SHOP_ID)),
    ],
    "logfire_dashboard_info": [
        ("Makes # API calls,", cost("logfire_dashboard_info", project="shop")),
        (" # less when O(project) is an ID,", saved("logfire_dashboard_info", {"project": "shop"}, project=SHOP_ID)),
        (
            " and # more for each dashboard with O(definitions=true).",
            added("logfire_dashboard_info", {"project": "shop", "slug": "overview"}, definitions=True),
        ),
    ],
    "logfire_token_info": [
        (
            "Makes # API call for each type,",
            added("logfire_token_info", {"project": "shop", "type": "read"}, type=None),
        ),
        (
            " and # more when O(project) is a name.",
            added("logfire_token_info", {"project": SHOP_ID}, project="shop"),
        ),
    ],
    "logfire_audit_log_info": [
        (
            "Makes # API call for each 89 days, because one call can cover at most 90 days."
            " It starts with the newest entries, and stops when it has O(limit) entries.",
            cost("logfire_audit_log_info", start_time="89d"),
        )
    ],
    "logfire_pagerduty_service_info": [("Makes # API call.", cost("logfire_pagerduty_service_info", **PAGERDUTY))],
    "logfire_usage_info": [
        (
            "Makes # API call for each 88 days with O(period=daily), because one call can cover at most three months.",
            cost("logfire_usage_info", start="87d"),
        ),
        (
            " Makes # API call in total with O(period=monthly).",
            cost("logfire_usage_info", start="1000d", period="monthly"),
        ),
        (
            " If O(project) is a name, it takes # more call.",
            added("logfire_usage_info", {"start": "1d", "project": SHOP_ID}, project="shop"),
        ),
    ],
    "logfire_stack": [
        (
            "A run that changes nothing makes # call for the list of projects,",
            sent("logfire_stack", ORGANIZATION, "/projects/$"),
        ),
        (" # for the list of channels,", sent("logfire_stack", ORGANIZATION, "/channels/$")),
        (" # for the list of alerts", sent("logfire_stack", ORGANIZATION, INSIDE.format("alerts"), 1)),
        (
            " and # for the list of dashboards of each project that describes any,",
            sent("logfire_stack", ORGANIZATION, INSIDE.format("dashboards"), 2),
        ),
        (
            " and # for each dashboard described.",
            sent("logfire_stack", ORGANIZATION, INSIDE.format("dashboards/[^/]+"), 3),
        ),
    ],
    "logfire_stack_info": [
        ("Makes # call for the list of projects,", sent("logfire_stack_info", {}, "/projects/$")),
        (" # for the list of channels,", sent("logfire_stack_info", {}, "/channels/$")),
        (" # for each project,", sent("logfire_stack_info", {}, INSIDE.format("[a-z]+"), 3)),
        (" and # for each dashboard.", sent("logfire_stack_info", {}, INSIDE.format("dashboards/[^/]+"), 3)),
    ],
}


def notes(module: str) -> list[str]:
    """The notes of a module that speak of calls."""
    documentation = yaml.safe_load(importlib.import_module(f"{COLLECTION}.modules.{module}").DOCUMENTATION)
    return [note for note in documentation.get("notes", []) if re.search(r"\bmakes\b.*\bcalls?\b", note, re.I)]


@pytest.mark.parametrize("module", [module for module in MODULES if module not in WITHOUT_CALLS])
def test_the_note_says_what_is_counted(module: str, run: "Runner") -> None:
    (note,) = notes(module)
    pieces = PROMISES[module]
    pattern = "".join(re.escape(words).replace(r"\#", f"({'|'.join(WORDS)})") for words, _count in pieces)
    said = re.fullmatch(pattern, note)
    assert said, f"not what the test reads: {note}"
    run.emulator.store.load(
        {
            "gateway_providers": ["openai"],
            "schedules": [{"id": SCHEDULE_ID, "label": "Office hours"}],
            "organizations": ["globex"],
            "pagerduty_services": [{**PAGERDUTY_IDS, "pagerduty_service_id": "PABC123"}],
            "channels": [{"id": OPS_ID, "label": "ops"}],
            "members": [{"email": ANN}],
            "projects": [
                {"id": SHOP_ID, "project_name": "shop", "variables": [CONFIG["name"]], "read_tokens": [READ_TOKEN]}
            ],
        }
    )
    run.ok("logfire_stack", **ORGANIZATION)
    for token_type in ("write", "read"):
        run.ok("logfire_token", project="shop", type=token_type)
    run.ok("logfire_slo", **UPTIME)
    run.ok("logfire_invitation", role="guest")
    run.ok("logfire_api_key", name="pipeline", scopes=["project:read"])
    run.ok("logfire_api_key", name="telemetry", project="shop", scopes=["project:write_otlp"])
    numbers = iter(said.groups())
    number = ""
    for words, count in pieces:
        number = next(numbers) if "#" in words else number  # "one less if this or that" is one less for each
        assert count(run) == WORDS.index(number), f"{words.replace('#', number)!r} is not true"


def test_a_module_without_calls_promises_none() -> None:
    assert [note for module in WITHOUT_CALLS for note in notes(module)] == []
