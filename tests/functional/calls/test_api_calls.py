# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every operation of every module sends the calls of :mod:`api_calls`, no more and in that order, in both modes.

Each is run for every way to name the objects that it is about: projects, channels and the object itself by name or id.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import OPERATIONS, expected_calls, short
from organizations import Options, alert, board, dashboard, slo, webhook

if TYPE_CHECKING:
    from harness import Run, Runner

SHOP_ID = "11111111-1111-4111-8111-111111111111"
OPS_ID = "22222222-2222-4222-8222-222222222222"
NIGHT_ID = "33333333-3333-4333-8333-333333333333"
TOKEN_ID = "44444444-4444-4444-8444-444444444444"
SCHEDULE_ID = "77777777-7777-4777-8777-777777777777"
UNKNOWN_ID = "99999999-9999-4999-8999-999999999999"
SECRET = "pylf_v1_local_" + "a" * 40
FOREIGN_SECRET = "pylf_v1_local_" + "f" * 40

ANN, BOB = "ann@example.com", "bob@example.com"
#: Ways to name a project.
PROJECTS: dict[str, Options] = {"project by name": {"project": "shop"}, "project by id": {"project": SHOP_ID}}
#: Ways to name the channels of an alert, and what each is to the table of calls.
CHANNELS: dict[str, tuple[str, Options]] = {
    "no channels": ("no channels", {}),
    "an empty list": ("no channels", {"channels": []}),
    "channels by name": ("channels by name", {"channels": ["ops", "night"]}),
    "channels by id": ("channels by id", {"channels": [OPS_ID, NIGHT_ID]}),
    "channels by name and id": ("channels by name", {"channels": ["ops", NIGHT_ID]}),
    "assignments by id": ("channels by id", {"channel_assignments": [{"channel": OPS_ID}, {"channel": NIGHT_ID}]}),
}


def seed(**shop: Any) -> Options:
    """An organization with a project, two channels, two members and a schedule."""
    channels = [{"id": OPS_ID, "label": "ops"}, {"id": NIGHT_ID, "label": "night"}]
    members = [{"email": ANN, "role": "admin"}, {"email": BOB}]
    schedules = [{"id": SCHEDULE_ID, "label": "Office hours"}]
    projects = [{"id": SHOP_ID, "project_name": "shop", **shop}]
    return {"channels": channels, "members": members, "schedules": schedules, "projects": projects}


@pytest.fixture
def run(run: "Runner") -> "Runner":
    """Runs modules on that organization."""
    run.emulator.store.load(seed())
    return run


VENDOR_KEY = "canary-of-a-vendor-0123456789"


@dataclass(frozen=True)
class Subject:
    """An object of a kind: the option that names it, its name, what it takes to make it, and one change of it."""

    key: str
    name: str
    new: Options
    change: Options
    parents: tuple[str, ...] = ("",)
    channels: tuple[str, ...] = ("",)


ERRORS, OVERVIEW, UPTIME = alert("Errors"), dashboard("overview"), slo("Uptime")
SUBJECTS = {
    "project": Subject("name", "web", {"description": "What people see"}, {"description": "Another"}),
    "channel": Subject("name", "pager", {"config": webhook("pager")}, {"active": False}),
    "api_key": Subject("name", "pipeline", {"scopes": ["project:read"]}, {"description": "Applies it"}),
    "gateway_provider": Subject(
        "slug", "openai", {"vendor": "openai", "api_key": VENDOR_KEY}, {"require_pricing": False}
    ),
    "organization": Subject("name", "globex", {"description": "It"}, {"billing_email": "pay@example.com"}),
    "member": Subject("email", BOB, {}, {"role": "guest"}),
    "schedule": Subject("id", SCHEDULE_ID, {}, {"timezone": "Europe/London"}),
    "alert": Subject(
        "name",
        "Errors",
        {name: ERRORS[name] for name in ("query", "time_window", "frequency")},
        {"time_window": "10m"},
        tuple(PROJECTS),
        tuple(CHANNELS),
    ),
    "dashboard": Subject(
        "slug",
        "overview",
        {name: OVERVIEW[name] for name in ("name", "definition")},
        {"definition": board("Bye")},
        tuple(PROJECTS),
    ),
    "slo": Subject(
        "name",
        "Uptime",
        {name: value for name, value in UPTIME.items() if name != "name"},
        {"target_percent": "99"},
        tuple(PROJECTS),
        tuple(CHANNELS),
    ),
    "variable": Subject("name", "agent_config", {}, {"description": "Settings"}, tuple(PROJECTS)),
}


def of_kinds() -> list[Any]:
    """All operations on objects of all kinds, with all ways to name the objects that they are about."""
    rows = []
    for kind, subject in SUBJECTS.items():
        for row in product(OPERATIONS[kind], ("by name", "by id"), subject.parents, subject.channels):
            operation, by, _parent, channels = row
            if by == "by id" and (operation.startswith("create") or kind == "variable"):
                continue  # it has none yet, or never
            if operation == "rename" and by == "by name":
                continue  # that would be another object
            if operation == "set other channels" and CHANNELS[channels][0] == "no channels":
                continue
            rows.append(pytest.param(kind, *row, id=", ".join(filter(None, (kind, *row)))))
    return rows


def compare(
    run: "Runner", kind: str, operation: str, options: Options, *given: str, token_type: str = "write"
) -> "list[Run]":
    """Run an operation in check mode and for real, compare the calls with those of the table; return both runs."""
    runs = []
    for check in (True, False):
        done = run.ok(f"logfire_{kind}", check=check, **options)
        calls = expected_calls(kind, operation, given, check=check, token_type=token_type)
        assert short(done.calls) == calls, f"{kind}, {operation}, {given}, {check=}"
        for request in done.requests if kind not in ("gateway_provider", "gateway_provider_info") else ():
            lays_out = request.method == "PUT" and "definition" in (request.body or {})
            assert request.query == ("replace_layout=true" if lays_out else "")
        runs.append(done)
    return runs


@pytest.mark.parametrize(("kind", "operation", "by", "parent", "channels"), of_kinds())
def test_objects(run: "Runner", kind: str, operation: str, by: str, parent: str, channels: str) -> None:
    subject = SUBJECTS[kind]
    place = PROJECTS.get(parent, {})
    way, used = CHANNELS.get(channels, ("", {}))
    if used and kind == "slo":
        used = {"alerts": {"slow": used}}
    named = {**place, subject.key: subject.name}
    new = {**named, **subject.new}
    object_id = UNKNOWN_ID
    if operation == "absent" and kind in ("member", "schedule"):  # what is seeded
        run.ok(f"logfire_{kind}", **named, state="absent")
    if not operation.startswith(("create", "absent")):
        before = {} if operation == "set other channels" else used
        object_id = run.ok(f"logfire_{kind}", **new, **before).result[kind].get("id")
    reference = {**place, "id": object_id} if by == "by id" else named
    removal = {"state": "absent", **({"confirm_deletion": subject.name} if kind == "organization" else {})}
    options = {
        "create": new,
        "create inactive": {**new, "active": False},
        "no-op": {**reference, **subject.new},
        "update": {**reference, **subject.change},
        "rename": {**reference, "name": "renamed"},
        "create and complete": {**new, **subject.change},
        "delete": {**reference, **removal},
        "absent": {**reference, **removal},
        "set other channels": reference,
        "replace": {**reference, "rotate": True},
        "add": {**reference, "rotate": True, "keep_previous": True},
    }[operation]
    for done in compare(run, kind, operation, {**options, **used}, parent, way):
        assert done.changed is (operation not in ("no-op", "absent"))


TYPES = [("write", "project by name"), ("write", "project by id"), ("read", "project by id")]
IDENTITIES = ("any", "id", "token", "path")
NAMED = IDENTITIES[1:]
RESULT = IDENTITIES[:3]  # where the secret of a new token goes to the result, not to a file
#: What is asked for, of which tokens, and the operation that follows.
TOKENS: list[tuple[Options, tuple[str, ...], str]] = [
    ({}, IDENTITIES, "no-op"),
    ({"rotate": True}, RESULT, "rotate"),
    ({"rotate": True}, ("path",), "replace"),
    ({"rotate": True, "grace_period": "24h"}, RESULT, "rotate"),
    ({"rotate": True, "grace_period": "24h"}, ("path",), "replace with grace"),
    ({"rotate": True, "keep_previous": True}, IDENTITIES, "add"),
    ({"max_age": "30d"}, RESULT, "rotate"),
    ({"max_age": "30d"}, ("path",), "replace"),
    ({"max_age": "90d"}, IDENTITIES, "no-op"),
    ({"expires_in": "30d"}, IDENTITIES, "replace"),
    ({"expires_in": "30d", "grace_period": "24h"}, IDENTITIES, "replace with grace"),
    ({"expires_in": "30d", "keep_previous": True}, IDENTITIES, "add"),
    ({"expires_at": "2099-01-01T00:00:00Z"}, IDENTITIES, "replace"),
    ({"state": "absent"}, NAMED, "delete"),
]
#: The same of a token that ends in six days: the API's rotation would not do.
ENDING: list[tuple[Options, tuple[str, ...], str]] = [
    ({}, IDENTITIES, "no-op"),
    ({"renew_before": "5d"}, IDENTITIES, "no-op"),
    ({"renew_before": "7d"}, IDENTITIES, "replace"),
    ({"renew_before": "7d", "expires_in": "30d"}, IDENTITIES, "replace"),
    ({"renew_before": "7d", "expires_in": "30d", "grace_period": "24h"}, IDENTITIES, "replace with grace"),
    ({"rotate": True}, IDENTITIES, "replace"),
    ({"state": "absent"}, NAMED, "delete"),
]
#: The same where there is no such token.
MISSING: list[tuple[Options, tuple[str, ...], str]] = [
    ({}, ("any", "token", "path"), "create"),
    ({"expires_in": "30d"}, ("any", "token", "path"), "create"),
    ({"state": "absent"}, ("id", "token"), "absent"),
    ({"state": "absent"}, ("path",), "absent, no file"),
]


def of_tokens() -> list[Any]:
    """All of the above, of either type and with either way to name the project."""
    rows = []
    for there, listed in {"lasting": TOKENS, "ending": ENDING, "missing": MISSING}.items():
        for options, identities, operation in listed:
            for identity, (token_type, parent) in product(identities, TYPES):
                if token_type == "read" and "grace_period" in options:
                    continue  # the API has it for write tokens only
                asked = " ".join(options) or "present"
                name = f"{there}, {identity}, {asked}, {token_type}, {parent}"
                rows.append(pytest.param(there, options, identity, operation, token_type, parent, id=name))
    return rows


@pytest.mark.parametrize(("there", "options", "identity", "operation", "token_type", "parent"), of_tokens())
def test_tokens(
    run: "Runner",
    tmp_path: Path,
    there: str,
    options: Options,
    identity: str,
    operation: str,
    token_type: str,
    parent: str,
) -> None:
    now = datetime.now(UTC)
    token = {"id": TOKEN_ID, "token": SECRET, "created_at": (now - timedelta(days=60)).isoformat()}
    if there == "ending":
        token["expires_at"] = (now + timedelta(days=6)).isoformat()
    missing = there == "missing"
    run.emulator.store.load(seed(**{f"{token_type}_tokens": [] if missing else [token]}))
    if identity == "path" and not missing:
        (tmp_path / "token").write_text(SECRET)
        (tmp_path / "token").chmod(0o600)
    values = {"id": TOKEN_ID, "token": FOREIGN_SECRET if missing else SECRET, "path": str(tmp_path / "token")}
    named = {name: value for name, value in values.items() if name == identity}
    options = {**PROJECTS[parent], "type": token_type, **named, **options}
    for done in compare(run, "token", operation, options, parent, token_type=token_type):
        assert done.changed is (operation not in ("no-op", "absent", "absent, no file"))


#: What the modules that only read are asked, and what it costs; those of a project, for every way to name it.
READS: list[tuple[str, str, Options]] = [
    ("project_info", "all", {}),
    ("project_info", "all", {"name": "shop"}),
    ("project_info", "all", {"id": SHOP_ID}),
    ("invitation_info", "all", {}),
    ("api_key_info", "all", {}),
    ("api_key_info", "all", {"name": "pipeline"}),
    ("gateway_provider_info", "all", {}),
    ("gateway_provider_info", "all", {"slug": "openai"}),
    ("schedule_info", "one", {"id": SCHEDULE_ID}),
    ("organization_info", "all", {}),
    ("organization_info", "all", {"name": "globex"}),
    ("group_mappings_info", "all", {}),
    ("member_info", "all", {}),
    ("member_info", "all", {"email": BOB}),
    ("channel_info", "all", {}),
    ("channel_info", "all", {"name": "ops"}),
    ("channel_info", "all", {"id": OPS_ID}),
    ("slo_info", "all", {}),
    ("slo_info", "all", {"name": "Uptime"}),
    ("slo_info", "all", {"id": UNKNOWN_ID}),
    ("variable_info", "all", {}),
    ("variable_info", "all", {"name": "config"}),
    ("alert_info", "all", {}),
    ("alert_info", "all", {"name": "Errors"}),
    ("alert_info", "all", {"id": UNKNOWN_ID}),
    ("alert_info", "no such project", {"project": "nope"}),
    ("dashboard_info", "all", {}),
    ("dashboard_info", "all", {"slug": "overview"}),
    ("dashboard_info", "all", {"slug": "nope", "definitions": True}),
    ("dashboard_info", "all", {"id": UNKNOWN_ID, "definitions": True}),
    ("dashboard_info", "one definition", {"slug": "overview", "definitions": True}),
    ("dashboard_info", "two definitions", {"definitions": True}),
    ("token_info", "one type", {"type": "write"}),
    ("token_info", "one type", {"type": "read"}),
    ("token_info", "one type", {"type": "read", "active": True}),
    ("token_info", "both types", {}),
    ("token_info", "both types", {"active": False}),
]


@pytest.mark.parametrize(("kind", "operation", "options"), READS)
def test_modules_that_only_read(run: "Runner", kind: str, operation: str, options: Options) -> None:
    run.emulator.store.load(
        seed(
            alerts=[{"name": "Errors", "query": "SELECT 1", "channels": ["ops"]}],
            dashboards=["overview", "latency"],
            write_tokens=[{}, {}],
            read_tokens=[{}],
        )
    )
    top = kind in ("invitation_info", "project_info", "channel_info", "api_key_info", "member_info")
    top = top or kind in ("gateway_provider_info", "schedule_info", "organization_info", "group_mappings_info")
    for parent, place in {"": {}}.items() if top else PROJECTS.items():
        asked = {**place, **options}
        check, real = compare(run, kind, operation, asked, parent, token_type=options.get("type", ""))
        assert (check.changed, real.changed) == (False, False)


INVITATIONS = [("create", {}), ("no-op", {}), ("create", {"new": True})]


def test_invitations(run: "Runner") -> None:
    for operation, options in INVITATIONS:
        compare(run, "invitation", operation, {"role": "member", **options})


MAPPINGS = [("update", [{"group_id": "a", "organization_roles": [{"organization_name": "acme", "role": "member"}]}])]
MAPPINGS += [("no-op", MAPPINGS[0][1])]


def test_group_mappings(run: "Runner") -> None:
    for operation, mappings in MAPPINGS:
        compare(run, "group_mappings", operation, {"mappings": mappings})


def test_every_operation_is_run() -> None:
    """An operation that the table names and that no test above runs would be a promise that nobody checks."""
    run = {(row.values[0], row.values[1]) for row in of_kinds()}
    run |= {("invitation", operation) for operation, _options in INVITATIONS}
    run |= {("group_mappings", operation) for operation, _mappings in MAPPINGS}
    run |= {("token", row.values[3]) for row in of_tokens()}
    run |= {(kind, operation) for kind, operation, _options in READS}
    assert run == {(kind, operation) for kind, operations in OPERATIONS.items() for operation in operations}
