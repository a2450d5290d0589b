# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's own client, which decodes answers strictly, completes every route of the emulator."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

SEARCHED = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
BINARY = shutil.which("logfire-cli", path=SEARCHED)

pytestmark = pytest.mark.skipif(BINARY is None, reason="logfire-cli, the vendor's client, is not installed")

UUID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
OTHER_UUID = "5a5f2d0e-3c1b-4b53-8a55-0c2f2f6f7b22"

ALERT = {
    "name": "Errors",
    "description": "",
    "query": "SELECT 1",
    "time_window": "PT24H",
    "frequency": "PT5M",
    "watermark": "PT10S",
    "notify_when": "has_matches",
    "environments": ["production", "staging"],
}
PANEL = {
    "kind": "Panel",
    "spec": {
        "display": {"name": "Requests"},
        "plugin": {"kind": "TimeSeriesChart", "spec": {"legend": {"position": "bottom"}}},
        "queries": [
            {
                "kind": "TimeSeriesQuery",
                "spec": {"plugin": {"kind": "LogfireTimeSeriesQuery", "spec": {"query": "SELECT 1"}}},
            }
        ],
    },
}
#: Without variables: this client reads them neither from its user nor from the service.
DEFINITION = {
    "kind": "Dashboard",
    "metadata": {"name": "Overview", "project": "shop"},
    "spec": {
        "display": {"name": "Overview", "description": "All of it"},
        "panels": {"requests": PANEL},
        "layouts": [
            {
                "kind": "Grid",
                "spec": {
                    "display": {"title": "Row", "collapse": {"open": True}},
                    "items": [
                        {"x": 0, "y": 0, "width": 24, "height": 6, "content": {"$ref": "#/spec/panels/requests"}},
                    ],
                },
            }
        ],
        "variables": [],
        "datasources": {},
        "duration": "6h",
    },
}

VARIABLE = {
    "name": "retries",
    "description": None,
    "json_schema": {"type": "integer"},
    "rollout": {"labels": {}},
    "overrides": [],
    "initial_serialized_value": "3",
}

CONFIGS: dict[str, dict[str, Any]] = {
    "webhook": {"format": "slack-blockkit", "url": "https://hooks.example.com/services/T0/B0/secret"},
    "opsgenie": {"auth_key": "GenieKey secret-key-12345", "base_url": "https://api.eu.opsgenie.com"},
    "pagerduty": {"routing_key": "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3", "region": "eu"},
    "pagerduty-integration": {"install_id": UUID, "service_id": OTHER_UUID},
    "slack-integration": {"install_id": UUID, "channel_id": "C0123456789", "include_agent_prompt": False},
    "email": {"recipients": ["oncall@example.com"]},
    "notification": {"recipients": [UUID]},
    "web-push": {"recipients": [UUID]},
}

ORGANIZATION = {
    "organization_name": "globex",
    "organization_display_name": "Globex",
    "description": "Makes things",
    "links": [{"url": "https://globex.example.com", "icon": "globe", "name": "Site"}],
    "creation_intent": "team",
}
ROLES = [{"organization_name": "globex", "role": "member"}]
ROLES += [{"organization_name": "acme", "role": "admin", "project_roles": [{"project_name": "shop", "role": "write"}]}]
MAPPINGS = [{"group_id": "engineers", "organization_roles": ROLES}, {"group_id": "guests", "organization_roles": []}]

RANGE = "--start-time 2026-01-01T00:00:00Z --end-time 2026-02-01T00:00:00Z"
AUDIT_LOG = {"id": UUID, "created_at": "2026-01-02T03:04:05Z", "action": "DELETE", "resource_type": "projects"}

#: What to call, in order: the words after ``api``, the body, and the name to keep the id of the answer under. A word in
#: braces is an id kept before. The tokens' routes run for both kinds.
TOKENS: list[tuple[str, Any, str]] = [
    ("projects {kind} {project} create", None, "token"),
    ("projects {kind} {project} create", {"expires_at": "2030-12-31T23:59:59Z"}, "second"),
    ("projects {kind} {project} list", None, ""),
    ("projects {kind} {project} rotate {token}", None, "rotated"),
    ("projects {kind} {project} expire {rotated}", None, ""),
    ("projects {kind} {project} list", None, ""),
    ("projects {kind} {project} revoke {second}", None, ""),
]
STEPS: list[tuple[str, Any, str]] = [
    ("projects create", {"project_name": "shop", "description": "A shop", "visibility": "private"}, "project"),
    ("projects list", None, ""),
    ("projects get {project}", None, ""),
    ("projects update {project}", {"description": ""}, ""),
    *((words.replace("{kind}", "write-tokens"), body, name) for words, body, name in TOKENS),
    ("projects write-tokens {project} rotate {token}", {"grace_period_hours": 2}, ""),
    *((words.replace("{kind}", "read-tokens"), body, name) for words, body, name in TOKENS),
    ("channels create", {"label": "ops", "config": {"type": "webhook", **CONFIGS["webhook"]}}, "channel"),
    ("channels list", None, ""),
    ("channels get {channel}", None, ""),
    ("channels update {channel}", {"active": False}, ""),
    ("alerts {project} create", {**ALERT, "channel_assignments": [{"channel_id": "{channel}"}]}, "alert"),
    ("alerts {project} list", None, ""),
    ("alerts {project} get {alert}", None, ""),
    ("alerts {project} update {alert}", {"query": "SELECT 2 /* slow */", "active": False}, ""),
    ("alerts {project} update {alert}", {"environments": []}, ""),
    ("alerts {project} get {alert}", None, ""),
    ("dashboards {project} create", {"name": "Overview", "slug": "overview", "definition": DEFINITION}, "dashboard"),
    ("dashboards {project} list", None, ""),
    ("dashboards {project} get {dashboard}", None, ""),
    ("dashboards {project} update {dashboard}", {"name": "New", "definition": DEFINITION, "version": 1}, ""),
    ("variables {project} create", VARIABLE, ""),
    ("variables {project} config", None, ""),
    ("variables {project} update retries", {"description": "How often", "example": None}, ""),
    ("variables {project} get retries", None, ""),
    (f"audit-logs list {RANGE} --action DELETE", None, ""),
    (f"audit-logs get {UUID}", None, ""),
    ("billing usage --period-offset=-1", None, ""),
    ("organizations create", ORGANIZATION, "organization"),
    ("organizations list", None, ""),
    ("organizations get {organization}", None, ""),
    ("organizations update {organization}", {"billing_email": "pay@example.com", "description": "", "links": []}, ""),
    ("group-mappings update", {"group_organization_mapping": MAPPINGS}, ""),
    ("group-mappings get", None, ""),
    ("organizations delete {organization}", None, ""),
    ("alerts {project} delete {alert}", None, ""),
    ("dashboards {project} delete {dashboard}", None, ""),
    ("channels delete {channel}", None, ""),
    ("projects delete {project}", None, ""),
]


class Client:
    """The vendor's client, pointed at an emulator."""

    def __init__(self, base_url: str, key: str, home: Path) -> None:
        self._environment = {
            "HOME": str(home),
            "PATH": os.environ.get("PATH", ""),
            "LOGFIRE_API_KEY": key,
            "LOGFIRE_BASE_URL": base_url,
        }

    def run(self, words: list[str], body: Any = None) -> Any:
        """The data of an answer that the client accepts."""
        command = [str(BINARY), "--beta", "--no-input", "--yes", "--output", "json", "api", *words]
        if body is not None:
            command += ["--json", json.dumps(body)]
        done = subprocess.run(
            command,
            env=self._environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return json.loads(done.stdout)["data"]


@pytest.fixture
def client(emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> Client:
    """The client, at home in an empty folder."""
    return Client(emulator.base_url, emulator_key, tmp_path)


def routes(emulator: "RunningEmulator") -> Iterator[tuple[str, str]]:
    """Every route of the API, as method and template."""
    from emulator.app import create_api

    for template, operations in create_api(emulator.emulator).openapi()["paths"].items():
        for method in operations:
            yield method.upper(), "/api" + template


def matches(template: str, path: str) -> bool:
    """Whether a path is one of a template."""
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) is not None


#: Routes that the client does not know.
UNKNOWN_TO_IT = (
    "/v1/gateway/",
    "/v1/instance/",
    "/v1/organization/",
    "/v1/integrations/",
    "/v1/usage/",
    "/v1/api-keys/",
    "/v1/invitations/",
    "/v1/members/",
    "/v1/schedules/",
    "/slos/",
    "^DELETE .*/variables/",
)

#: Another reading of the service that the client takes as well.
OTHERWISE: dict[str, Any] = {
    "creation_status": 200,
    "dashboard_create_status": 201,
    "unknown_members": True,
    "duration_form": "hours",
    "alert_origin_members": "always",
    "dashboard_display_nulls": True,
    "dashboard_unknown_members": "keep",
    "organization_cleared": "empty",
    "mapping_order": "reverse",
}


@pytest.mark.parametrize("settings", [{}, OTHERWISE], ids=["as it is", "otherwise"])
def test_every_route(client: Client, emulator: "RunningEmulator", settings: dict[str, Any]) -> None:
    """A table of calls that together use every route; a new route without a call fails."""
    emulator.settings.patch(settings)
    emulator.store.load({"audit_logs": [AUDIT_LOG]})
    ids: dict[str, str] = {}
    for words, body, name in STEPS:
        known = {"{" + key + "}": value for key, value in ids.items()}
        text = json.dumps(body)
        for placeholder, value in known.items():
            text = text.replace(placeholder, value)
        answer = client.run([known.get(word, word) for word in words.split()], json.loads(text))
        if name:
            ids[name] = answer["id"]
    succeeded = [(entry.method, entry.path) for entry in emulator.log if entry.status in (200, 201, 204)]
    assert len(succeeded) == len(STEPS)
    missed = [
        (method, template)
        for method, template in routes(emulator)
        if not any(re.search(pattern, f"{method} {template}") for pattern in UNKNOWN_TO_IT)
        and not any(method == called and matches(template, path) for called, path in succeeded)
    ]
    assert missed == []
    assert emulator.store.state.projects == {}


@pytest.mark.parametrize("kind", CONFIGS)
def test_channel_types(client: Client, emulator: "RunningEmulator", kind: str) -> None:
    """Every type of channel is created, changed into another and back, read and listed."""
    config = {"type": kind, **CONFIGS[kind]}
    created = client.run(["channels", "create"], {"label": kind, "config": config})
    channel = created["id"]
    client.run(["channels", "update", channel], {"config": {"type": "email", **CONFIGS["email"]}})
    updated = client.run(["channels", "update", channel], {"label": "renamed", "config": config})
    assert updated["config"] == created["config"]
    assert client.run(["channels", "get", channel]) == updated
    assert client.run(["channels", "list"]) == [updated]
    assert emulator.store.snapshot()["channels"][0]["config"] == config


RUNS: dict[str, dict[str, Any]] = {
    "never run": {},
    "matches": {
        "last_run": "2026-01-02T03:04:05.678901Z",
        "has_matches": True,
        "has_errors": False,
        "fired": True,
        "result": {"columns": [{"name": "n", "values": [1, 2.5, None, "x", True]}]},
        "result_length": 2,
    },
    "paused": {"active": False},
    "snoozed": {"snoozed_until": "2999-01-01T00:00:00Z"},
    "of an SLO": {"slo_id": UUID, "slo_bucket_tier": 1, "slo_tier": 1, "slo_tier_viable": True},
    "of an integration": {"integration_id": "github"},
    "long": {"time_window": "P30D", "frequency": "P1D", "notify_when": "starts_having_matches"},
}


@pytest.mark.parametrize("run", RUNS)
def test_alert_answers(client: Client, emulator: "RunningEmulator", run: str) -> None:
    """Whatever an alert's last run brought, the client can read it."""
    emulator.store.load(
        {"channels": ["ops"], "projects": [{"project_name": "shop", "alerts": [{"name": run, **RUNS[run]}]}]}
    )
    [project] = emulator.store.state.projects
    [listed] = client.run(["alerts", str(project), "list"])
    assert client.run(["alerts", str(project), "get", listed["id"]]) == listed


@pytest.mark.parametrize("status", ["ok", "slow", "timed_out", "not_checked"])
def test_query_checks(client: Client, emulator: "RunningEmulator", status: str) -> None:
    """Whatever came of trying a query, the client can read it."""
    emulator.store.load({"projects": ["shop"]})
    [project] = emulator.store.state.projects
    created = client.run(["alerts", str(project), "create"], {**ALERT, "query": f"SELECT 1 /* {status} */"})
    assert created["query_check"]["status"] == status


def test_frontend_application_tokens(client: Client, emulator: "RunningEmulator") -> None:
    """The tokens of frontend applications are listed with them."""
    token = {"frontend_application_id": UUID, "frontend_application_name": "Web", "frontend_application_deleted": True}
    emulator.store.load({"projects": [{"project_name": "shop", "write_tokens": [token]}]})
    [project] = emulator.store.state.projects
    [listed] = client.run(["projects", "write-tokens", str(project), "list"])
    assert {name: listed[name] for name in token} == token
