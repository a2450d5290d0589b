# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects that the tests create, update and delete. The calls of these operations are in :mod:`api_calls`."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from api_calls import BY_NAME, expected_calls, short
from harness import is_write

if TYPE_CHECKING:
    from harness import Run, Runner

Options = dict[str, Any]

PROJECT_ID = "11111111-1111-4111-8111-111111111111"
OPS_ID = "22222222-2222-4222-8222-222222222222"
NIGHT_ID = "33333333-3333-4333-8333-333333333333"
UNKNOWN_ID = "44444444-4444-4444-8444-444444444444"
USERS = ["55555555-5555-4555-8555-555555555555", "66666666-6666-4666-8666-666666666666"]
VENDOR_KEY = "canary-of-a-vendor-0123456789"
SCHEDULE_ID = "77777777-7777-4777-8777-777777777777"

#: Members of results that the service sets, or that only some responses have.
SERVER_SET = {"id", "created_at", "updated_at", "created_by_name", "updated_by_name", "version"}
SERVER_SET |= {"organization_id", "organization_name", "token_prefix", "role_id"}
SERVER_SET |= {"has_admin_panel", "gateway_enabled", "ai_enabled", "ai_training_enabled"}
SERVER_METADATA = {"name", "project", "createdAt", "updatedAt", "version", "layoutUpdatedAt"}


def seed(*, channels: Sequence[Any] = (), projects: Sequence[Any] = (), **shop: Any) -> dict[str, Any]:
    """Return a seed: the project shop with its objects, the channels ops and night, others, two members, a schedule."""
    return {
        "members": [
            {"email": "ann@example.com", "role": "admin"},
            {"email": "bob@example.com", "role": "member", "name": "Bob"},
        ],
        "channels": [{"id": OPS_ID, "label": "ops"}, {"id": NIGHT_ID, "label": "night"}, *channels],
        "schedules": [{"id": SCHEDULE_ID, "label": "Office hours"}],
        "projects": [{"id": PROJECT_ID, "project_name": "shop", **shop}, *projects],
    }


def definition(text: Any = "Hello", **spec: Any) -> dict[str, Any]:
    """Return the definition of a dashboard with one panel, to which the service adds only metadata."""
    panel = {
        "kind": "Panel",
        "spec": {
            "display": {"name": "Panel", "description": "A text"},
            "plugin": {"kind": "TextPanel", "spec": {"text": text}},
            "queries": [],
        },
    }
    item = {"x": 0, "y": 0, "width": 24, "height": 6, "content": {"$ref": "#/spec/panels/panel"}}
    grid = {"kind": "Grid", "spec": {"display": {"title": "Row"}, "items": [item]}}
    given = {
        "display": {"name": "Overview", "description": "All of it"},
        "panels": {"panel": panel},
        "layouts": [grid],
        "variables": [],
        "datasources": {},
        "duration": "1h",
        "refreshInterval": "0s",
        **spec,
    }
    return {"kind": "Dashboard", "metadata": {}, "spec": given}


def stored_definition(text: Any = "Hello", **spec: Any) -> dict[str, Any]:
    """Return the same as the service stores it, for seeds."""
    return {**definition(text, **spec), "metadata": {"name": "Overview", "project": "shop"}}


ALERT: Options = {"name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
DASHBOARD: Options = {"slug": "overview", "name": "Overview", "definition": definition()}

#: The configuration of a channel by type, and other values for each member. The last one clears it, if possible.
CONFIGS: dict[str, tuple[Options, dict[str, list[Any]]]] = {
    "webhook": (
        {"format": "auto", "url": "https://hooks.example.com/services/T0/B0/verysecret"},
        {
            "format": ["raw-data", "auto"],
            "url": ["https://other.example.com:8443/hook/notforyou", "https://hooks.example.com/back"],
        },
    ),
    "opsgenie": (
        {"auth_key": "GenieKey secret-key-12345"},
        {"auth_key": ["GenieKey secret-key-67890"], "base_url": ["https://api.eu.opsgenie.com", ""]},
    ),
    "pagerduty": (
        {"routing_key": "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"},
        {"routing_key": ["a0b1c2d3e4f5a0b1c2d3e4f5a0b1ffff"], "region": ["eu", "us"]},
    ),
    "pagerduty-integration": (
        {"install_id": USERS[0], "service_id": USERS[0]},
        {"install_id": [USERS[1]], "service_id": [USERS[1]]},
    ),
    "slack-integration": (
        {"install_id": USERS[0], "channel_id": "C0123456789"},
        {"install_id": [USERS[1]], "channel_id": ["C9876543210"], "include_agent_prompt": [False, True]},
    ),
    "email": (
        {"recipients": ["ann@example.com", "bob@example.com"]},
        {"recipients": [["ann@example.com"], ["eve@example.com", "ann@example.com"], []]},
    ),
    "notification": ({"recipients": USERS}, {"recipients": [USERS[:1], []]}),
    "web-push": ({"recipients": USERS}, {"recipients": [USERS[:1], []]}),
}


@dataclass(frozen=True)
class Case:
    """An object: options that identify, create and update it, and other values of each field.

    ``scopes`` are those to read, create and delete it. ``wire`` has the names of options in requests. If it is
    ``seeded``, it exists initially, since the API cannot create it.
    """

    title: str
    kind: str
    names: Options
    new: Options
    change: Options
    scopes: tuple[str, str, str]
    fields: dict[str, list[Any]] = field(default_factory=dict)
    wire: dict[str, str] = field(default_factory=dict)
    seeded: bool = False
    confirms_removal: bool = False

    def __str__(self) -> str:
        return self.title

    @property
    def module(self) -> str:
        return f"logfire_{self.kind}"

    @property
    def key(self) -> str:
        """Return the option that identifies the object."""
        return {"dashboard": "slug", "gateway_provider": "slug", "member": "email"}.get(self.kind, "name")

    def removal(self, name: str = "") -> Options:
        """Return the options that delete the object with this name."""
        confirmed = {"confirm_deletion": name or self.names[self.key]} if self.confirms_removal else {}
        return {"state": "absent", **confirmed}

    def calls(self, operation: str, *given: str) -> list[str]:
        """Return the calls of an operation, by default with projects and channels by name."""
        if self.kind == "token":
            # The token of these cases is in a file, so it cannot be rotated, and is considered absent without the file.
            operation = {"update": "replace", "absent": "absent, no file"}.get(operation, operation)
        return expected_calls(self.kind, operation, given or BY_NAME, token_type=self.names.get("type", ""))


def _channel(config_type: str) -> Case:
    config, values = CONFIGS[config_type]
    config = {"type": config_type, **config}
    return Case(
        f"channel-{config_type}",
        "channel",
        {"name": "pager"},
        {"config": config},
        {"active": False, "config": {**config, **{member: others[0] for member, others in values.items()}}},
        ("organization:read_channel", "organization:write_channel", "organization:write_channel"),
        fields={
            "name": ["pager two"],
            "active": [False, True],
            **{
                f"config.{member}": [{**config, member: value} for value in others] for member, others in values.items()
            },
        },
        wire={"name": "label"},
    )


def _token(kind: str) -> Case:
    names = {"project": "shop", "type": kind, "path": "TMP/token"}
    return Case(f"token-{kind}", "token", names, {}, {"expires_in": "30d"}, (f"project:{kind}_token",) * 3)


PROJECT_CASE = Case(
    "project",
    "project",
    {"name": "web-site"},
    {"description": "What people see"},
    {"description": "", "visibility": "private"},
    ("project:read", "organization:create_project", "project:write"),
    fields={
        "name": ["web-shop"],
        "description": ["Another", "", "What people see"],
        "visibility": ["private", "public"],
    },
    wire={"name": "project_name"},
)
CHANNEL_CASES = [_channel(config_type) for config_type in CONFIGS]
ALERT_CASE = Case(
    "alert",
    "alert",
    {"project": "shop", "name": "Errors"},
    {**{name: value for name, value in ALERT.items() if name != "name"}, "channels": ["ops"]},
    {"description": "Look at it", "time_window": "1h30m", "environments": ["prod"], "channels": ["night", "ops"]},
    ("project:read_alert", "project:write_alert", "project:write_alert"),
    fields={
        "name": ["Errors!"],
        "description": ["One\ntwo", ""],
        "query": ["SELECT 'a' || '{{ b }}' -- ü"],
        "time_window": ["90m", "5m"],
        "frequency": ["24h", "1m"],
        "watermark": ["1m", "10s"],
        "notify_when": ["matches_changed", "starts_having_matches", "has_matches_changed", "has_matches"],
        "environments": [["staging", "prod"], ["prod"], []],
        "channels": [["night"], ["night", "ops"], []],
        "channel_assignments": [[{"channel": "ops", "schedule_id": SCHEDULE_ID}], [{"channel": "night"}], []],
        "active": [False, True],
    },
    wire={"channels": "channel_assignments"},
)
DASHBOARD_CASE = Case(
    "dashboard",
    "dashboard",
    {"project": "shop", "slug": "overview"},
    {"name": "Overview", "definition": definition()},
    {"name": "All", "definition": definition("Bye")},
    ("project:read_dashboard", "project:write_dashboard", "project:write_dashboard"),
    fields={
        "name": ["All of it", "Overview"],
        "definition": [
            definition("Bye"),
            definition("Bye", duration="6h", refreshInterval="30s"),
            definition(panels={}, layouts=[]),
            definition(),
        ],
    },
)
API_KEY_CASE = Case(
    "api-key",
    "api_key",
    {"name": "pipeline"},
    {"scopes": ["project:write", "project:read"], "description": "Applies it"},
    {"description": "Applies what is in the repository"},
    ("organization:read_api_key", "organization:create_api_key", "organization:write_api_key"),
    fields={"name": ["pipeline two"], "description": ["One\ntwo", ""]},
)
MEMBER_CASE = Case(
    "member",
    "member",
    {"email": "bob@example.com"},
    {"role": "member"},
    {"role": "guest"},
    ("organization:read_member", "", "organization:write_member"),
    fields={"role": ["billing", "guest", "admin", "member"]},
    seeded=True,
)
#: By ID: schedules that are not in use cannot be found by name, so none is created here. test_schedules has both.
SCHEDULE_CASE = Case(
    "schedule",
    "schedule",
    {"id": SCHEDULE_ID, "name": "Office hours"},
    {
        "timezone": "UTC",
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "18:00:00"}],
    },
    {"timezone": "Europe/London", "windows": [{"days": [7], "start": "00:00", "end": "23:59:59"}]},
    ("organization:read_channel", "organization:write_channel", "organization:write_channel"),
    fields={
        "name": ["Hours of the office"],
        "timezone": ["America/New_York", "UTC"],
        "windows": [
            [
                {"days": ["1", "sat"], "start": "09:00", "end": "18:00"},
                {"days": ["sun"], "start": "1080", "end": "20:00"},
            ],
            [{"days": [5, 4, 3, 2, 1], "start": "09:00:00", "end": "18:00"}],
        ],
    },
    wire={"name": "label"},
    seeded=True,
)
VARIABLE_CASE = Case(
    "variable",
    "variable",
    {"project": "shop", "name": "agent_config"},
    {"description": "Settings", "labels": {"production": {"value": {"model": "a"}}}, "rollout": {"production": 0.9}},
    {"description": "", "rollout": {"production": 1}, "labels": {"production": {"value": "{{ b }}"}}},
    ("project:read_variables", "project:write_variables", "project:write_variables"),
    fields={
        "description": ["One\ntwo", "", "Settings"],
        "json_schema": [{"type": "object"}, {}],
        "labels": [
            {"production": {"value": "@{a}@ {{ b }} ü"}},
            {"production": {"value": None}, "staging": {"ref": "production"}},
            {"production": {"ref": "latest"}, "staging": {"ref": "code_default"}},
        ],
        "rollout": [{"production": 0.25}, {}],
        "overrides": [
            [
                {
                    "conditions": [{"kind": "value-is-in", "attribute": "plan", "values": ["a", None]}],
                    "rollout": {"production": 1},
                }
            ],
            [],
        ],
        "aliases": [["old", "older"], ["old"], []],
        "example": ['{"model": "a"}', ""],
    },
)
GATEWAY_CASE = Case(
    "gateway-provider",
    "gateway_provider",
    {"slug": "bedrock"},
    {"vendor": "bedrock", "api_key": VENDOR_KEY, "bedrock_api": "runtime", "bedrock_region": "eu-west-1"},
    {"require_pricing": False, "bedrock_api": "mantle"},
    ("organization:read_gateway", "organization:write_gateway", "organization:write_gateway"),
    fields={
        "require_pricing": [False, True],
        "bedrock_api": ["mantle", "runtime"],
        "bedrock_region": ["us-east-1", "eu-west-1"],
    },
    wire={"require_pricing": "pricing", "bedrock_api": "provider", "bedrock_region": "provider"},
)
ORGANIZATION_CASE = Case(
    "organization",
    "organization",
    {"name": "globex"},
    {"display_name": "Globex", "description": "Makes things"},
    {
        "billing_email": "pay@example.com",
        "location": "Springfield",
        "description": "",
        "links": [{"url": "https://a.example.com", "icon": "x", "name": "A"}],
    },
    ("instance:admin", "instance:admin", "organization:admin"),
    fields={
        "name": ["globex-two"],
        "display_name": ["Globex Two", ""],
        "billing_email": ["bills@example.com", ""],
        "github_handle": ["globex", ""],
        "location": ["Here", ""],
        "avatar": ["https://a.example.com/logo.png", ""],
        "description": ["One\ntwo", ""],
        "links": [[{"url": "https://b.example.com", "icon": "y", "name": "B"}], []],
    },
    wire={"name": "organization_name", "display_name": "organization_display_name"},
    confirms_removal=True,
)
SLO_CASE = Case(
    "slo",
    "slo",
    {"project": "shop", "name": "Checkout"},
    {
        "scope_value": "checkout",
        "total_query": "parent_span_id IS NULL",
        "bad_query": "is_exception",
        "target_percent": "99.9",
        "rolling_window": "30d",
        "alerts": {"fast": {"channels": ["ops"]}},
    },
    {
        "description": "Customers can pay",
        "target_percent": "99.95",
        "rolling_window": "2h",
        "environments": ["prod"],
        "alerts": {"fast": {"channels": []}, "slow": {"channels": ["night", "ops"]}},
    },
    ("project:read_alert", "project:write_alert", "project:write_alert"),
    fields={
        "name": ["Checkout!"],
        "description": ["One\ntwo", ""],
        "source": ["metrics", "records"],
        "metric_aggregation": ["gauge_fraction", "counter_rate", "additive"],
        "total_query": ["name = '{{ b }}' -- ü"],
        "bad_query": ["level >= 'error'"],
        "target_percent": ["99", "99.1234"],
        "rolling_window": ["90m", "14d"],
        "environments": [["staging", "prod"], ["prod"], []],
        "alerts": [
            {"fast": {"channels": ["night", "ops"]}},
            {"slow": {"channel_assignments": [{"channel": "ops", "schedule_id": SCHEDULE_ID}]}},
            {"medium": {"channels": ["night"]}, "slow": {"channels": []}},
        ],
    },
    wire={"rolling_window": "rolling_window_seconds"},
)
#: One case for each kind that is described field by field; those with API keys, which show a secret once; all cases of
#: these; and those with the tokens.
KINDS = [PROJECT_CASE, CHANNEL_CASES[0], ALERT_CASE, DASHBOARD_CASE]
NAMED = [*KINDS, API_KEY_CASE, SLO_CASE, ORGANIZATION_CASE]
OBJECTS = [*NAMED, *CHANNEL_CASES[1:], MEMBER_CASE, SCHEDULE_CASE, VARIABLE_CASE, GATEWAY_CASE]
TOKENS = [_token("write"), _token("read")]
CASES = [*OBJECTS, *TOKENS]


def names_channels(value: Any) -> bool:
    """Return whether the value of an option contains a channel, at any depth, that must be looked up."""
    if isinstance(value, dict):
        return any(map(names_channels, value.values()))
    return any(map(names_channels, value)) if isinstance(value, list) else value in ("ops", "night")


def bodies(run: "Run") -> list[Any]:
    """Return the bodies of the writes of a run."""
    return [request.body for request in run.requests if is_write(request)]


def shape(value: Any) -> Any:
    """Return the members of a result at any depth, without their values."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else ...


def comparable(result: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the object of a result without the values that check mode cannot predict.

    These are the service's check of a query, which options.md documents; a new token; metadata of a definition that the
    service sets; and everything about the alerts of an SLO except their channels.
    """
    shown: dict[str, Any] = copy.deepcopy(result.get(kind) or {})
    shown.pop({"alert": "query_check", "token": "token", "api_key": "token"}.get(kind, ""), None)
    if kind == "slo" and shown:
        shown["alerts"] = {tier: alert["channels"] for tier, alert in shown["alerts"].items()}
    if shown.get("definition"):
        metadata = shown["definition"].get("metadata") or {}
        shown["definition"]["metadata"] = {k: v for k, v in metadata.items() if k not in SERVER_METADATA}
    return shown


def change(run: "Runner", case: Case, calls: Sequence[str], noop: Sequence[str] | None, **options: Any) -> "Run":
    """Make a change in check mode, for real, and twice again, and check all rules. Return the real run."""
    check, real, *again = foretold_and_done(run, case, lambda value: value, **options)
    assert short(real.calls) == list(calls)
    assert short(check.calls) == list(takewhile(lambda call: call.startswith("GET "), short(real.calls)))
    for each in again if noop is not None else []:
        assert short(each.calls) == list(noop)
    return real


def foretold_and_done(run: "Runner", case: Case, kept: Callable[[Any], Any], **options: Any) -> list["Run"]:
    """Make a change in check mode, for real, and again in both. Check all rules except for the calls. Return the runs.

    ``kept`` returns a result as it is after the service stored it. The runner itself checks that neither check mode nor
    a run without a change writes or changes anything.
    """
    check = run.ok(case.module, check=True, **options)
    real = run.ok(case.module, **options)
    assert (check.changed, real.changed) == (True, True)
    assert check.result["diff"] == real.result["diff"]
    assert check.result["diff"]["before"] != check.result["diff"]["after"]
    if any(call.startswith("POST ") for call in real.writes):
        foreseen = (
            f"planned-{case.kind}:{made_name}" if (made_name := {**options, **case.names}.get(case.key)) else None
        )
        assert check.result[case.kind].get("id", foreseen) == foreseen
    foretold, made = (kept(comparable(each.result, case.kind)) for each in (check, real))
    assert shape(foretold) == shape(made)
    hidden = {*SERVER_SET, *(["description", "expires_at"] if case.kind == "token" else [])}
    assert {k: v for k, v in foretold.items() if k not in hidden} == {k: v for k, v in made.items() if k not in hidden}
    assert (check.warnings, real.warnings) == ([], [])
    again = [run.ok(case.module, check=mode, **options) for mode in (True, False)]
    for each in again:
        assert not each.changed, each.result["diff"]
        assert each.result["diff"] == {"before": {}, "after": {}}
    return [check, real, *again]
