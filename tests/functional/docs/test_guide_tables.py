# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of the guides: which scopes the modules need, and how many calls of the API they make."""

from typing import TYPE_CHECKING, Any

import pytest
from guides import table
from operations import CHANGE, CREATE, NEW_ALERT, NOTHING, OPERATIONS, OPS, ORGANIZATION, READ, REMOVE, SHOP

from ansible_collections.community.logfire.plugins.module_utils._kinds.api_key import API_KEY
from ansible_collections.community.logfire.plugins.module_utils._kinds.audit_log import AUDIT_LOG
from ansible_collections.community.logfire.plugins.module_utils._kinds.gateway_provider import GATEWAY_PROVIDER
from ansible_collections.community.logfire.plugins.module_utils._kinds.invitation import INVITATION
from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import STACK_KINDS
from ansible_collections.community.logfire.plugins.module_utils._kinds.organization import (
    ORGANIZATION as ORGANIZATION_KIND,
)
from ansible_collections.community.logfire.plugins.module_utils._kinds.pagerduty_service import PAGERDUTY_SERVICE
from ansible_collections.community.logfire.plugins.module_utils._kinds.report import Report
from ansible_collections.community.logfire.plugins.module_utils._kinds.token import TOKEN_KINDS

if TYPE_CHECKING:
    from harness import Run, Runner
from ansible_collections.community.logfire.plugins.module_utils._kinds.usage import USAGE

Json = dict[str, Any]

DONE = {(module, what): options for module, what, options in OPERATIONS}
SCOPES = {
    (module, what): scopes.split(", ")
    for module, operations, scopes in table("authentication", "Module")
    for what in operations.split(", ")
}
CALLS = {
    (module, what): int(number)
    for module, *numbers in table("rate_limits", "Module")
    for what, number in zip((NOTHING, CREATE, CHANGE, REMOVE), numbers, strict=True)
    if number  # not all that is created can be changed or removed
} | {(module, READ): int(number) for module, number in table("rate_limits", "Module that reads")}
#: Not in the table of calls: what they make depends on how much there is.
STACK = [("logfire_stack", NOTHING), ("logfire_stack", CHANGE), ("logfire_stack_info", READ)]
#: Not either: it has no call that creates.
MEMBER = [("logfire_member", NOTHING), ("logfire_member", CHANGE)]


def do(
    run: "Runner", module: str, options: Json, scopes: list[str] | None = None, check: bool = False, **key: Any
) -> "Run":
    """Run a module in the organization, with a key that has only these scopes if any are given."""
    run.emulator.reset()
    run.emulator.store.load(ORGANIZATION)
    if scopes is not None or key:
        keys = [{"key": run.connection["api_token"], "scopes": scopes, **key}]
        run.emulator.settings.patch({"accept_local_keys": False, "keys": keys})
    return run(module.partition(",")[0], check=check, **options)


def test_the_tables_are_whole() -> None:
    assert SCOPES.keys() == DONE.keys()
    assert CALLS.keys() == DONE.keys() - {*STACK, *MEMBER}


#: What is asked for besides, and whose lack is a warning.
WELCOME = {
    (module, "remove"): {"project:read", "project:read_alert"}
    for module in ("logfire_channel", "logfire_schedule, by ID")
}


#: By the part of their paths that no other has.
REPORTS: dict[str, Report] = {"audit-logs": AUDIT_LOG, "usage": USAGE, "pagerduty": PAGERDUTY_SERVICE}


def scope_of(method: str, path: str) -> str:
    """The scope that the module would name if the request were refused."""
    segments = path.split("/")
    if "instance" in segments:
        return ORGANIZATION_KIND.scopes.read
    if "organization" in segments or "oauth" in segments:
        return ORGANIZATION_KIND.scopes.write
    if "gateway" in segments:
        return GATEWAY_PROVIDER.scopes.read if method == "GET" else GATEWAY_PROVIDER.scopes.write
    for report in (report for segment, report in REPORTS.items() if segment in segments):
        return report.scope
    places = {kind.plural.replace("_", "-"): kind for kind in (*STACK_KINDS, *TOKEN_KINDS, API_KEY, INVITATION)}
    scopes = places[max(places.keys() & set(segments), key=segments.index)].scopes
    return scopes.read if method == "GET" else scopes.create or scopes.write if method == "POST" else scopes.write


@pytest.mark.parametrize(("module", "what"), SCOPES)
def test_scopes(module: str, what: str, run: "Runner") -> None:
    """Those of the table suffice, each is needed, and its lack is told by its name."""
    scopes, options = SCOPES[module, what], DONE[module, what]
    done = do(run, module, options, scopes)
    assert not done.failed, done.result
    assert done.changed is (what not in (NOTHING, READ))
    asked = {scope_of(request.method, request.path) for request in done.requests}
    assert asked - WELCOME.get((module, what), set()) == set(scopes)
    for lacking in scopes:
        refused = do(run, module, options, [scope for scope in scopes if scope != lacking])
        assert refused.failed, f"{module} can {what} without {lacking}"
        assert refused.result["failure"]["status"] in (400, 403)  # 400: of the exchange of tokens
        assert f"needs the scope {lacking}" in refused.result["msg"]


@pytest.mark.parametrize(("module", "what"), SCOPES)
def test_check_mode_needs_no_scope_that_writes(module: str, what: str, run: "Runner") -> None:
    tokens = ("project:write_token", "project:read_token")
    reading = [scope for scope in SCOPES[module, what] if ":read" in scope or scope in tokens or what == READ]
    if "instance:admin" in SCOPES[module, what]:  # the only one there is for these lists
        reading = ["instance:admin"]
    planned = do(run, module, DONE[module, what], reading, check=True)
    assert not planned.failed, planned.result
    assert planned.changed is (what not in (NOTHING, READ))


@pytest.mark.parametrize(("module", "what"), [key for key, options in DONE.items() if "project" in options])
def test_a_project_by_its_id_saves_a_scope_and_a_call(module: str, what: str, run: "Runner") -> None:
    """But for the creation of a dashboard, which needs the project's name."""
    by_name, options = SCOPES[module, what], {**DONE[module, what], "project": SHOP}
    with_name = (module, what) == ("logfire_dashboard", "create")
    scopes = [scope for scope in by_name if scope != "project:read" or with_name]
    done = do(run, module, options, scopes)
    assert not done.failed, done.result
    assert len(done.requests) == CALLS[module, what] - (not with_name)


@pytest.mark.parametrize(("module", "what"), CALLS)
def test_calls(module: str, what: str, run: "Runner") -> None:
    assert len(do(run, module, DONE[module, what]).requests) == CALLS[module, what]


def test_calls_of_a_stack(run: "Runner") -> None:
    """Read: projects, channels, alerts, dashboards and the one dashboard. Changed: a channel, a project, an alert and
    a dashboard; made: a project with an alert, whose list is read then, and a dashboard.
    """
    assert [len(do(run, *key[:1], DONE[key]).requests) for key in STACK] == [5, 5 + 4 + 4, 5]


def test_a_key_of_one_project(run: "Runner") -> None:
    """What it can do in its project, and what it cannot, as the guide says."""
    for (module, what), scopes in SCOPES.items():
        done = do(run, module, DONE[module, what], project="shop")
        organizations = [scope for scope in scopes if scope.startswith(("organization:", "instance:"))]
        assert done.failed is bool(organizations), (module, what, done.result)
    silent = {option: value for option, value in NEW_ALERT.items() if option != "channels"}
    assert not do(run, "logfire_alert", {"project": "shop", "name": "slow", **silent}, project="shop").failed
    kept = {"project": "shop", "name": "errors", "channels": [OPS], "active": False}
    assert not do(run, "logfire_alert", kept, project="shop").failed


def test_what_refusals_look_like(run: "Runner") -> None:
    """The messages that the guide quotes."""
    quoted = {message for message, _reason in table("authentication", "The message has")}
    key = run.connection["api_token"]
    create = {"project": "shop", "name": "slow", **NEW_ALERT}
    seen = [
        do(run, "logfire_project", {"name": "web", "api_token": ""}),
        do(run, "logfire_project", {"name": "web", "base_url": ""}),
        do(run, "logfire_project", {"name": "web", "api_token": f"{key}other"}, []),
        do(run, "logfire_alert", create, ["project:read"]),
        do(run, "logfire_alert", {**create, "project": SHOP}, project="web"),
    ]
    other = do(run, "logfire_project", {"name": "shop"})
    run.emulator.faults.add(
        action="status",
        status=403,
        body={"detail": "You do not have permission to access this project"},
        path="/alerts/",
    )
    seen.append(run("logfire_alert", **create))
    assert not other.failed
    assert all(done.failed for done in seen)
    for message in quoted:
        assert any(message in done.result["msg"] for done in seen), message
    for done in seen:
        assert any(message in done.result["msg"] for message in quoted), done.result["msg"]
