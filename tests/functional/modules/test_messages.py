# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users read after typical mistakes, word for word: what is wrong, where, and what to do about it."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from cases import seed

from ansible_collections.community.logfire.plugins.module_utils._kinds.kinds import STACK_KINDS

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

Options = dict[str, Any]

ERRORS: Options = {"project": "shop", "name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
HOOK = "https://hooks.example.com/services/T0/B0/verysecret"
WRITE_TOKEN = "pylf_v1_local_canarywrite0123456789"


def project_with(**lists: Any) -> Options:
    return {"projects": [{"name": "shop", **lists}]}


def described(**options: Any) -> Options:
    return project_with(
        alerts=[{**{option: value for option, value in ERRORS.items() if option != "project"}, **options}]
    )


#: By mistake: module, options and message. Of the options that a module has, the other tests know the list.
MISTAKES: dict[str, tuple[str, Options, str]] = {
    "no API token": (
        "project",
        {"name": "site", "api_token": None},
        "api_token: no API token; set this option or an environment variable, LOGFIRE_API_TOKEN or "
        "LOGFIRE_API_KEY. In a role, set stack_api_token, export_api_token or write_token_api_token; "
        "module_defaults do not apply to them",
    ),
    "an API token of another service": (
        "project",
        {"name": "site", "api_token": "ghp_abc123", "base_url": None},
        "base_url: required, because the API token does not name a region of the vendor (us, eu), as "
        "pylf_v1_us_... and pylf_v1_eu_... do. In a role, set stack_base_url, export_base_url or "
        "write_token_base_url; module_defaults do not apply to them",
    ),
    "an API token with a line break": (
        "project",
        {"name": "site", "api_token": "pylf_v1_us_a\nb"},
        "api_token: contains spaces, line breaks or other characters that are invalid in an API token "
        "(value not shown)",
    ),
    "a write token as API token": (
        "project_info",
        {"api_token": WRITE_TOKEN},
        "the service answered 401: Invalid token (GET /api/v1/projects/). Check that the API token is "
        "valid and active, and belongs to this organization. Write and read tokens do not work here.",
    ),
    "a base_url without a scheme": (
        "project",
        {"name": "site", "base_url": "logfire.example.com"},
        "base_url: 'logfire.example.com' is not a URL such as https://logfire.example.com",
    ),
    "a base_url with a path": (
        "project",
        {"name": "site", "base_url": "https://logfire.example.com/api"},
        "base_url: must not contain a user, or anything after the host and port; the paths of the API are absolute",
    ),
    "a service that does not run": (
        "project",
        {"name": "site", "base_url": "http://127.0.0.1:1", "retry_timeout": 0},
        "Could not read project 'site': no connection to http://127.0.0.1:1 could be made: connection "
        "refused; check base_url and the network (GET /api/v1/projects/).",
    ),
    "a timeout of 0": (
        "project",
        {"name": "site", "timeout": 0},
        "timeout: must be greater than 0, and at most 1000000 seconds, not 0",
    ),
    "a CA file that does not exist": (
        "project",
        {"name": "site", "ca_path": "/nonexistent/ca.pem"},
        "ca_path: /nonexistent/ca.pem does not exist",
    ),
    "a header of the module": (
        "project",
        {"name": "site", "headers": {"Authorization": "Bearer x"}},
        "headers: Authorization is set by the module and cannot be overridden",
    ),
    "a typo in an option": (
        "alert",
        {**ERRORS, "time_windw": "5m"},
        "time_windw: unknown option; did you mean 'time_window'? Valid options: ...",
    ),
    "a dash in place of an underscore": (
        "alert",
        {**ERRORS, "notify-when": "has_matches"},
        "notify-when: unknown option; did you mean 'notify_when'? Valid options: ...",
    ),
    "an option of no module": (
        "alert",
        {**ERRORS, "severity": "high"},
        "severity: unknown option; valid options: ...",
    ),
    "a typo in a choice": (
        "alert",
        {**ERRORS, "state": "presnt"},
        "state: 'presnt' is not a valid choice; did you mean 'present'? Valid choices: absent, present",
    ),
    "a choice with dashes": (
        "alert",
        {**ERRORS, "notify_when": "has-matches"},
        "notify_when: 'has-matches' is not a valid choice; did you mean 'has_matches'? Valid choices: "
        "has_matches, has_matches_changed, matches_changed, starts_having_matches",
    ),
    "no boolean": (
        "alert",
        {**ERRORS, "active": "maybe"},
        "active: 'maybe' is not a boolean; use true or false",
    ),
    "no number": (
        "project",
        {"name": "site", "timeout": "soon"},
        "timeout: 'soon' is not a number",
    ),
    "a list where one value is needed": (
        "alert",
        {**ERRORS, "name": ["Errors"]},
        "name: must be a single value, not a list (for a template that returns text in this form, use the filter "
        "string)",
    ),
    "null in a list": (
        "alert",
        {**ERRORS, "channels": ["ops", None]},
        "channels[1]: is null; an item must be text, and a list without items is []",
    ),
    "a required option that is missing": (
        "alert",
        {"name": "Errors"},
        "missing required arguments: project",
    ),
    "two typos": (
        "alert",
        {**ERRORS, "chanels": ["ops"], "stat": "absent"},
        "2 problems: (1) chanels: unknown option; did you mean 'channels'? Valid options: ... (2) stat: "
        "unknown option; did you mean 'state'? Valid options: ...",
    ),
    "an empty name": (
        "project",
        {"name": " "},
        "name: must not be empty",
    ),
    "a name that projects cannot have": (
        "project",
        {"name": "Web Shop"},
        "name: 'Web Shop' is not a valid project name: use 2 to 50 lowercase letters, digits and single hyphens",
    ),
    "neither name nor id": (
        "project",
        {"description": "x"},
        "one of the following is required: name, id",
    ),
    "a visibility that is not known": (
        "project",
        {"name": "site", "visibility": "hidden"},
        "visibility: 'hidden' is not a valid choice; valid choices: private, public",
    ),
    "an id that is not known": (
        "project",
        {"id": "44444444-4444-4444-8444-444444444444", "name": "site"},
        "id: there is no project '44444444-4444-4444-8444-444444444444'; existing projects: shop",
    ),
    "a channel without a configuration": (
        "channel",
        {"name": "new"},
        "config: required to create a channel",
    ),
    "a channel without its secret": (
        "channel",
        {"name": "new", "config": {"type": "webhook"}},
        "config.url: required to create a webhook channel",
    ),
    "a field of another type of channel": (
        "channel",
        {"name": "new", "config": {"type": "webhook", "url": HOOK, "routing_key": "x"}},
        "config.routing_key: not allowed for type webhook, which takes format, url",
    ),
    "a typo in the type of a channel": (
        "channel",
        {"name": "new", "config": {"type": "web-hook", "url": HOOK}},
        "config.type: 'web-hook' is not a valid choice; did you mean 'webhook'? Valid choices: email, "
        "notification, opsgenie, pagerduty, pagerduty-integration, slack-integration, web-push, webhook",
    ),
    "a URL without a scheme": (
        "channel",
        {"name": "new", "config": {"type": "webhook", "url": "hooks.example.com/x"}},
        "config.url: must be a URL that starts with http:// or https:// and names a host",
    ),
    "broken JSON": (
        "channel",
        {"name": "new", "config": '{"type": "webhook",\n "url": }'},
        "config: must be a dictionary, not text that contains none in JSON or key=value format (line 2, column 9: "
        "Expecting value)",
    ),
    "a project with a typo": (
        "alert",
        {**ERRORS, "project": "shpo"},
        "project: there is no project 'shpo'; did you mean 'shop'? Existing projects: shop",
    ),
    "a project that does not exist": (
        "alert",
        {**ERRORS, "project": "billing"},
        "project: there is no project 'billing'; existing projects: shop",
    ),
    "a channel with a typo": (
        "alert",
        {**ERRORS, "channels": ["opps"]},
        "channels: there is no channel 'opps'; did you mean 'ops'? Existing channels: night, ops",
    ),
    "two channels that do not exist": (
        "alert",
        {**ERRORS, "channels": ["opps", "nix"]},
        "2 problems: (1) channels: there is no channel 'opps'; did you mean 'ops'? Existing channels: night, ops "
        "(2) channels: there is no channel 'nix'; existing channels: night, ops",
    ),
    "a channel twice": (
        "alert",
        {**ERRORS, "channels": ["ops", "ops"]},
        "channels: duplicate channel 'ops'; an alert can use each channel only once",
    ),
    "both ways to give channels": (
        "alert",
        {**ERRORS, "channels": ["ops"], "channel_assignments": [{"channel": "ops"}]},
        "parameters are mutually exclusive: channels|channel_assignments",
    ),
    "a slip in the name of a channel": (
        "channel",
        {"name": "nigth", "active": False},
        "config: required to create a channel. There is no channel 'nigth'; did you mean 'night'?",
    ),
    "a new alert without a query": (
        "alert",
        {"project": "shop", "name": "New"},
        "query: required to create an alert; also required: time_window, frequency",
    ),
    "a duration with a blank": (
        "alert",
        {**ERRORS, "time_window": "10 m"},
        "time_window: '10 m' is not a duration; write it like 5m, 1h30m or 7d, as ISO 8601 (PT90M), or in seconds",
    ),
    "a duration that is too long": (
        "alert",
        {**ERRORS, "time_window": "31d"},
        "time_window: '31d' is out of range; allowed: 1m to 30d",
    ),
    "a name with a blank at its end": (
        "alert",
        {**ERRORS, "name": "Errors "},
        "name: 'Errors ' must not begin or end with whitespace",
    ),
    "a definition that is none": (
        "dashboard",
        {"project": "shop", "slug": "new", "name": "New", "definition": {"panels": {}}},
        "definition.spec: must be a dictionary; a definition is a Perses document with kind, metadata and spec",
    ),
    "a new dashboard without a definition": (
        "dashboard",
        {"project": "shop", "slug": "new"},
        "name: required to create a dashboard; also required: definition",
    ),
    "a dashboard of a file without a name": (
        "stack",
        project_with(dashboards=[{"slug": "web", "name": None, "definition": {"kind": "Dashboard", "spec": {}}}]),
        "dashboard 'web' of project 'shop' (projects[0].dashboards[0]): name: required to create a dashboard "
        "(in its file, metadata.name or spec.display.name)",
    ),
    "both ends of a token": (
        "token",
        {"project": "shop", "expires_in": "30d", "expires_at": "2030-01-01T00:00:00Z"},
        "parameters are mutually exclusive: expires_at|expires_in",
    ),
    "a date without a time": (
        "token",
        {"project": "shop", "expires_at": "2030-01-01"},
        "expires_at: '2030-01-01' is not an RFC 3339 date and time, such as 2026-12-31T23:59:59Z",
    ),
    "a token that is renewed by every run": (
        "token",
        {"project": "shop", "expires_in": "7d", "renew_before": "30d"},
        "renew_before: must be shorter than expires_in; otherwise, every run would renew the token",
    ),
    "a directory that does not exist": (
        "token",
        {"project": "shop", "path": "/nonexistent/token"},
        "path: there is no directory /nonexistent",
    ),
    "a grace period of a read token": (
        "token",
        {"project": "shop", "type": "read", "grace_period": "2h"},
        "grace_period: not allowed for type read; the API supports it for write tokens only",
    ),
    "a variable with a dash": (
        "variable",
        {"project": "shop", "name": "my-config"},
        "name: 'my-config' is not a valid variable name: use letters, digits and _, and begin with a letter or _",
    ),
    "weights above 1": (
        "variable",
        {"project": "shop", "name": "config", "labels": {"a": {"value": 1}}, "rollout": {"a": 1.5}},
        "rollout.a: 1.5 is out of range; a weight must be from 0 to 1",
    ),
    "a label with a typo": (
        "variable",
        {"project": "shop", "name": "config", "labels": {"production": {"value": 1}}, "rollout": {"prodution": 1}},
        "rollout: there is no label 'prodution'; did you mean 'production'? Existing labels: production",
    ),
    "a member that the API cannot create": (
        "member",
        {"email": "cid@example.com", "role": "admin"},
        "email: there is no member 'cid@example.com'; the API cannot add members: use "
        "logfire_invitation to create a link with which the person can join",
    ),
    "two ways to give a read token": (
        "query",
        {"sql": "SELECT 1", "min_timestamp": "1h", "read_token": "pylf_v1_local_x", "read_token_path": "/nonexistent"},
        "read_token: mutually exclusive with read_token_path",
    ),
    "a start after now": (
        "query",
        {"sql": "SELECT 1", "min_timestamp": "2100-01-01T00:00:00Z", "read_token": "pylf_v1_local_x"},
        "min_timestamp: must be before now",
    ),
    "a duration in a stack": (
        "stack",
        described(time_window="10 m"),
        "alert 'Errors' of project 'shop' (projects[0].alerts[0]): time_window: '10 m' is not a duration;"
        " write it like 5m, 1h30m or 7d, as ISO 8601 (PT90M), or in seconds",
    ),
    "an option in a stack": (
        "stack",
        described(time_windw="10m"),
        "alert 'Errors' of project 'shop' (projects[0].alerts[0]): time_windw: unknown option; did you "
        "mean 'time_window'? Valid options: ...",
    ),
    "a channel in a stack": (
        "stack",
        described(channels=["opps"]),
        "alert 'Errors' of project 'shop' (projects[0].alerts[0]): channels: there is no channel 'opps'; "
        "did you mean 'ops'? Existing channels: night, ops",
    ),
    "an alert twice": (
        "stack",
        project_with(alerts=[{"name": "Errors"}] * 2),
        "alert 'Errors' of project 'shop' (projects[0].alerts[1]): name: duplicate alert name 'Errors' in"
        " project 'shop'; first used in projects[0].alerts[0]",
    ),
    "a list that is not a list": (
        "stack",
        project_with(alerts={"name": "Errors"}),
        "project 'shop' (projects[0]): alerts: must be a list of dictionaries, not a dictionary",
    ),
    "a list with a typo": (
        "stack",
        {"projects": [{"name": "shop", "alert": []}]},
        "project 'shop' (projects[0]): alert: unknown option; did you mean 'alerts'? Valid options: ...",
    ),
    "a new channel without its secret in a stack": (
        "stack",
        {"channels": [{"name": "new", "config": {"type": "webhook"}}]},
        "channel 'new' (channels[0]): config.url: required to create a webhook channel; with the role "
        "stack, set stack_channel_secrets, or add it to secrets.yml in the directory",
    ),
    "alerts of an absent project": (
        "stack",
        {"projects": [{"name": "shop", "state": "absent", "alerts": [{"name": "Errors", "state": "absent"}]}]},
        "project 'shop' (projects[0]): alerts: cannot be set in a project with state=absent",
    ),
    "a removed channel that is used": (
        "stack",
        {"channels": [{"name": "ops", "state": "absent"}], **described(channels=["ops"])},
        "alert 'Errors' of project 'shop' (projects[0].alerts[0]): channels: the channel 'ops' will be "
        "removed (channels[0])",
    ),
    "pruning without a list": (
        "stack",
        {"projects": [], "prune": ["channels"]},
        "prune: channels cannot be pruned when channels is not set (an empty list removes all)",
    ),
    "a kind to prune with a typo": (
        "stack",
        {"projects": [], "prune": ["alert"]},
        "prune: 'alert' is not a valid choice; did you mean 'alerts'? Valid choices: alerts, channels, "
        "dashboards, members, projects, slos, variables",
    ),
    "more deletions than the limit": (
        "stack",
        {"channels": [], "prune": ["channels"], "prune_limit": 1},
        "prune_limit: 2 objects would be deleted, but the limit is 1: channel 'night', channel 'ops'",
    ),
    "too many requests at a time": (
        "stack",
        {"projects": [], "concurrency": 100},
        "concurrency: 100 is out of range; allowed: 1 to 64",
    ),
    "another organization": (
        "stack",
        {"projects": [], "organization": "other"},
        "organization: the description is for the organization 'other', but the API token belongs to 'acme'",
    ),
    "three mistakes": (
        "stack",
        {
            "channels": [{"name": "new", "config": {"type": "webhook"}}],
            "projects": [{"name": "Web Shop"}, {"name": "shop", "alerts": [{"name": "New"}]}],
        },
        "3 problems: (1) channel 'new' (channels[0]): config.url: required to create a webhook channel; "
        "with the role stack, set stack_channel_secrets, or add it to secrets.yml in the directory "
        "(2) project 'Web Shop' (projects[0]): name: 'Web "
        "Shop' is not a valid project name: use 2 to 50 lowercase letters, digits and single hyphens (3) "
        "alert 'New' of project 'shop' (projects[1].alerts[0]): query: required to create an alert; also "
        "required: time_window, frequency",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_users_read(mistake: str, run: "Runner", emulator: "RunningEmulator") -> None:
    module, options, message = MISTAKES[mistake]
    emulator.store.load(seed(write_tokens=[{"token": WRITE_TOKEN}]))
    failed = run.fails(f"logfire_{module}", **options)
    assert failed.writes == []
    shown = re.sub(r"([Vv]alid options): [a-z_, ]*[a-z]", r"\1: ...", failed.result["msg"])
    assert shown == message.replace("{kinds}", ", ".join(sorted(kind.plural for kind in STACK_KINDS)))
