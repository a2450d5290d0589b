# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds and the planning of one object: pure functions of what is wanted and what exists."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._api.client import LogfireClient
from ansible_collections.community.logfire.plugins.module_utils._api.errors import Forbidden
from ansible_collections.community.logfire.plugins.module_utils._engine.plan import SENT_AGAIN, make_plan
from ansible_collections.community.logfire.plugins.module_utils._kinds.alert import ALERT
from ansible_collections.community.logfire.plugins.module_utils._kinds.channel import CHANNEL
from ansible_collections.community.logfire.plugins.module_utils._kinds.dashboard import DASHBOARD, normalised
from ansible_collections.community.logfire.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.logfire.plugins.module_utils._kinds.token import TOKEN_KINDS
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError

OPS = "11111111-1111-4111-8111-111111111111"
MAIL = "22222222-2222-4222-8222-222222222222"
HOURS = "33333333-3333-4333-8333-333333333333"
MASKED = "https://hooks.example.com/**********"
KINDS = [PROJECT, CHANNEL, ALERT, DASHBOARD]


class Lookup:
    """The channels of an organization."""

    fingerprints = None

    def __init__(self):
        self.asked = []

    def find(self, kind, reference, current_id=None):
        assert kind is CHANNEL
        self.asked.append(reference)
        for channel in ({"id": OPS, "label": "ops"}, {"id": MAIL, "label": "mail"}):
            if reference in channel.values():
                return channel
        return {"id": f"planned-channel:{reference}", "label": reference}


def plan(kind, options, wire=None, present=True):
    wanted = kind.parse(options)
    current = kind.load(wire) if wire is not None else None
    if present:
        wanted = kind.resolve(wanted, current, Lookup())
    before = copy.deepcopy((wanted, current))
    result = make_plan(kind, wanted, current, present)
    assert (wanted, current) == before  # planning changes nothing
    return result


def body(kind, options, wire=None, project_name=None):
    """The body that a plan sends: a creation's, or a change's; None for no request."""
    made = plan(kind, options, wire)
    if made.action == "create":
        wanted = kind.resolve(kind.parse(options), None, Lookup())
        return kind.create_body(made.changes, wanted, project_name)
    return kind.update_body(made.changes, made.current, project_name) if made.action == "update" else None


class Refusing:
    """A transport to a service that refuses everything."""

    def request(self, method, path, body=None):
        raise Forbidden("the service answered 403", method=method, path=path)


@pytest.mark.parametrize(
    ("kind", "read", "write", "create"),
    [
        (PROJECT, "project:read", "project:write", "organization:create_project"),
        (CHANNEL, "organization:read_channel", "organization:write_channel", "organization:write_channel"),
        (ALERT, "project:read_alert", "project:write_alert", "project:write_alert"),
        (DASHBOARD, "project:read_dashboard", "project:write_dashboard", "project:write_dashboard"),
        *((kind, *[f"project:{kind.type}_token"] * 3) for kind in TOKEN_KINDS),
    ],
)
def test_a_refusal_names_the_scope_that_the_request_needs(kind, read, write, create):
    client, project = LogfireClient(Refusing()), "p" if kind.parent else ""
    for scope, request in [
        (read, lambda: kind.read_all(client, project)),
        (read, lambda: kind.read_one(client, project, "x")),
        (create, lambda: kind.create(client, project, {})),
        (write, lambda: kind.update(client, project, "x", {})),
        (write, lambda: kind.delete(client, project, "x")),
    ]:
        with pytest.raises(Forbidden, match=f"needs the scope {scope}[ ,]"):
            request()


# Projects

PROJECT_WIRE = {
    "id": "p",
    "project_name": "shop",
    "description": "The shop",
    "visibility": "private",
    "organization_name": "acme",
    "created_at": "2026-01-01T00:00:00Z",
    "updated_at": None,
}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": "shop"}, {"project_name": "shop"}),
        ({"name": "shop", "description": ""}, {"project_name": "shop"}),
        (
            {"name": "shop", "description": "x", "visibility": "private"},
            {"project_name": "shop", "description": "x", "visibility": "private"},
        ),
    ],
)
def test_new_projects(options, expected):
    assert body(PROJECT, options) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": "shop"}, None),
        ({"name": "shop", "description": "The shop", "visibility": "private"}, None),
        ({"name": "renamed"}, {"project_name": "renamed"}),
        ({"name": "shop", "description": ""}, {"description": ""}),
        ({"name": "shop", "visibility": "public"}, {"visibility": "public"}),
    ],
)
def test_changes_of_projects(options, expected):
    assert body(PROJECT, options, PROJECT_WIRE) == expected


@pytest.mark.parametrize("description", [None, ""])
def test_no_description_is_an_empty_one(description):
    assert body(PROJECT, {"description": ""}, {**PROJECT_WIRE, "description": description}) is None


@pytest.mark.parametrize("name", ["ab", "a1", "1-a", "shop-eu-1", "x" * 50, OPS])
def test_names_of_projects(name):
    assert PROJECT.parse({"name": name}) == {"name": name}


@pytest.mark.parametrize("name", ["", "a", "x" * 51, "Shop", "my_shop", "-a", "a-", "a--b", "a b", "a\n", "ü1"])
def test_names_that_no_project_has(name):
    """Neither made nor given to another; one that exists can be described."""
    problem = "name: .*(is not a valid project name|must not be empty|must not begin or end with whitespace)"
    with pytest.raises(OptionError, match=problem):
        plan(PROJECT, {"name": name})
    with pytest.raises(OptionError, match=problem):
        plan(PROJECT, {"name": name}, PROJECT_WIRE)
    if name:
        assert plan(PROJECT, {"name": name}, {**PROJECT_WIRE, "project_name": name}).action == "none"


# Channels


def channel(config, **members):
    return {"id": "c", "label": "ops", "active": True, "config": config, **members}


WEBHOOK = {"type": "webhook", "format": "auto", "url": MASKED}
URL = "https://hooks.example.com/secret/path"
OPSGENIE = {"type": "opsgenie", "auth_key": "**********2345"}
KEY = "GenieKey secret-key-12345"
PAGERDUTY = {"type": "pagerduty", "routing_key": "**********c2d3", "region": "us"}
OTHER = "https://other.example.com/secret"
EMAIL = {"type": "email", "recipients": ["b@x", "a@x"]}
SLACK = {"type": "slack-integration", "install_id": "i", "channel_id": "C1", "include_agent_prompt": False}


@pytest.mark.parametrize(
    ("config", "sent"),
    [
        ({"type": "webhook", "url": URL}, {"type": "webhook", "format": "auto", "url": URL}),
        ({"type": "webhook", "url": f" {URL}\n", "auth_key": " "}, {"type": "webhook", "format": "auto", "url": URL}),
        ({"type": "opsgenie", "auth_key": KEY, "base_url": ""}, {"type": "opsgenie", "auth_key": KEY}),
        (
            {"type": "slack-integration", "install_id": "i", "channel_id": "C1"},
            {"type": "slack-integration", "install_id": "i", "channel_id": "C1", "include_agent_prompt": True},
        ),
        ({"type": "email", "recipients": ["b@x", "a@x", "b@x "]}, {"type": "email", "recipients": ["a@x", "b@x"]}),
        ({"type": "web-push", "recipients": []}, {"type": "web-push", "recipients": []}),
    ],
)
def test_new_channels(config, sent):
    """C(active) is not sent: the API ignores it on creation."""
    assert body(CHANNEL, {"name": "ops", "active": False, "config": config}) == {"label": "ops", "config": sent}


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ({"type": "webhook"}, "config.url: required"),
        ({"type": "webhook", "url": ""}, "config.url: required"),
        ({"type": "webhook", "url": MASKED}, "config.url: required"),
        ({"type": "opsgenie", "auth_key": "**********"}, "config.auth_key: required"),
        ({"type": "pagerduty"}, "config.routing_key: required"),
        ({"type": "email"}, "config.recipients: required"),
        ({"type": "slack-integration", "install_id": "i"}, "config.channel_id: required"),
        ({"type": "webhook", "url": "ftp://x"}, "config.url: must be a URL"),
        ({"type": "webhook", "url": "https://"}, "config.url: must be a URL"),
        ({"type": "webhook", "url": "https://x/a b"}, "config.url: must be a URL"),
        ({"type": "webhook", "url": "https://[x/topsecret"}, "config.url: must be a URL"),
        ({"type": "webhook", "url": "https://x:99999/topsecret"}, "config.url: must be a URL"),
        ({"type": "webhook", "url": "https://x.com\uff0ftopsecret"}, "config.url: must be a URL"),
        ({"type": "opsgenie", "auth_key": KEY, "base_url": "x"}, "config.base_url: must be a URL"),
        ({"type": "email", "recipients": [" "]}, "config.recipients: must not "),
        # members of another type (api.md 16.4)
        ({"type": "pagerduty-integration", "routing_key": KEY}, "config.routing_key: not allowed"),
        ({"type": "pagerduty-integration", "channel_id": "C1"}, "config.channel_id: not allowed"),
        ({"type": "webhook", "service_id": "s"}, "config.service_id: not allowed"),
        ({"type": "pagerduty", "service_id": "s"}, "config.service_id: not allowed"),
        ({"type": "slack-integration", "service_id": "s"}, "config.service_id: not allowed"),
        ({"type": "slack-integration", "url": URL}, "config.url: not allowed"),
        ({"type": "webhook", "install_id": "i"}, "config.install_id: not allowed"),
        ({"type": "pagerduty", "include_agent_prompt": False}, "config.include_agent_prompt: not allowed"),
        ({"type": "pagerduty", "base_url": ""}, "config.base_url: not allowed"),
    ],
)
def test_what_is_no_configuration(config, problem):
    with pytest.raises(OptionError) as caught:
        plan(CHANNEL, {"name": "ops", "config": config})
    assert str(caught.value).startswith(problem)
    assert "topsecret" not in str(caught.value)


def test_a_new_channel_needs_a_configuration():
    with pytest.raises(OptionError, match="config: required to create a channel"):
        plan(CHANNEL, {"name": "ops"})


@pytest.mark.parametrize(
    ("config", "options", "expected"),
    [
        # the secret looks the same
        (WEBHOOK, {"config": {"type": "webhook", "url": URL}}, None),
        (OPSGENIE, {"config": {"type": "opsgenie", "auth_key": KEY}}, None),
        (PAGERDUTY, {"config": {"type": "pagerduty", "routing_key": "a0b1c2d3"}}, None),
        (WEBHOOK, {"config": {"type": "webhook", "url": MASKED}}, None),
        (WEBHOOK, {"config": {"type": "webhook"}}, None),
        (WEBHOOK, {}, None),
        (WEBHOOK, {"name": "ops", "active": True}, None),
        # it differs
        (WEBHOOK, {"config": {"type": "webhook", "url": OTHER}}, {"url": OTHER}),
        (
            OPSGENIE,
            {"config": {"type": "opsgenie", "auth_key": "another-key-99999"}},
            {"auth_key": "another-key-99999"},
        ),
        # always, on_create
        (WEBHOOK, {"update_secret": "always", "config": {"type": "webhook", "url": URL}}, {"url": URL}),
        (WEBHOOK, {"update_secret": "always", "config": {"type": "webhook"}}, None),
        (WEBHOOK, {"update_secret": "on_create", "config": {"type": "webhook", "url": OTHER}}, None),
        (OPSGENIE, {"update_secret": "on_create", "config": {"type": "opsgenie", "auth_key": "x-key"}}, None),
        # another change sends the whole configuration: an empty URL keeps the one that is stored
        (WEBHOOK, {"config": {"type": "webhook", "format": "raw-data"}}, {"format": "raw-data", "url": ""}),
        (WEBHOOK, {"config": {"type": "webhook", "format": "auto", "url": OTHER}}, {"url": OTHER}),
        (
            WEBHOOK,
            {"update_secret": "on_create", "config": {"type": "webhook", "format": "raw-data", "url": URL}},
            {"format": "raw-data", "url": ""},
        ),
        (
            PAGERDUTY,
            {"config": {"type": "pagerduty", "routing_key": "a0b1c2d3", "region": "eu"}},
            {"routing_key": "a0b1c2d3", "region": "eu"},
        ),
        (
            {**OPSGENIE, "base_url": "https://a.b"},
            {"config": {"type": "opsgenie", "auth_key": KEY, "base_url": ""}},
            {"auth_key": KEY},
        ),
        # what is not set stays
        (SLACK, {"config": {"type": "slack-integration"}}, None),
        (SLACK, {"config": {"type": "slack-integration", "channel_id": "C2"}}, {"channel_id": "C2"}),
        (EMAIL, {"config": {"type": "email", "recipients": ["a@x", "b@x"]}}, None),
    ],
)
def test_changes_of_configurations(config, options, expected):
    sent = body(CHANNEL, options, channel(config))
    if expected is not None:
        base = {member: value for member, value in config.items() if member != "base_url"}
        expected = {"config": {**base, **expected}}
    assert sent == expected
    assert "**********" not in str(sent)


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        (OPSGENIE, {"type": "opsgenie", "base_url": "https://api.eu.opsgenie.com"}),
        (PAGERDUTY, {"type": "pagerduty", "region": "eu"}),
    ],
)
def test_a_change_that_would_lose_the_key(config, wanted):
    with pytest.raises(OptionError, match=r"config\.\w+_key: required for this change"):
        plan(CHANNEL, {"config": wanted}, channel(config))


@pytest.mark.parametrize("update_secret", ["on_drift", "always", "on_create"])
def test_another_type_is_a_new_configuration(update_secret):
    wanted = {"type": "opsgenie", "auth_key": KEY}
    options = {"config": wanted, "update_secret": update_secret}
    assert body(CHANNEL, options, channel(WEBHOOK)) == {"config": wanted}
    with pytest.raises(OptionError, match=r"config\.auth_key: required"):
        plan(CHANNEL, {"config": {"type": "opsgenie"}}, channel(WEBHOOK))


@pytest.mark.parametrize(
    ("options", "expected"),
    [({"name": "new"}, {"label": "new"}), ({"active": False}, {"active": False}), ({"name": "ops"}, None)],
)
def test_a_channel_of_an_unknown_type(options, expected):
    assert body(CHANNEL, options, channel({"type": "fax", "number": "1"})) == expected
    assert plan(CHANNEL, options, channel({"type": "fax", "number": "1"}), present=False).action == "delete"


@pytest.mark.parametrize("present", [True, False])
@pytest.mark.parametrize("current", [None, WEBHOOK, {**WEBHOOK, "url": "https://old.example.com/old-secret"}, OPSGENIE])
@pytest.mark.parametrize(
    "config",
    [
        {"type": "webhook", "format": "auto", "url": URL},
        {"type": "webhook", "format": "auto", "url": "https://user:word@new.example.com/new-secret?secret"},
        {"type": "opsgenie", "auth_key": "new-secret-key-99999"},
        {"type": "pagerduty", "routing_key": "secret"},
    ],
)
@pytest.mark.parametrize("update_secret", ["on_drift", "always"])
def test_diffs_of_channels_show_no_secret(present, current, config, update_secret):
    wire = channel(current) if current else None
    made = plan(CHANNEL, {"name": "ops", "config": config, "update_secret": update_secret}, wire, present)
    shown = str(made.diff)
    for secret in ("secret", "path", "word@", "key-9"):
        assert secret not in shown.replace(SENT_AGAIN, "")
    assert (made.diff["before"] != made.diff["after"]) is (made.action != "none")
    for state in (made.current, made.after):
        if state is not None:
            assert "secret" not in str(CHANNEL.public(state, {})["config"])


def test_a_secret_that_is_sent_again_is_a_change_that_can_be_seen():
    made = plan(CHANNEL, {"config": {"type": "webhook", "url": URL}, "update_secret": "always"}, channel(WEBHOOK))
    assert made.diff == {"before": {"name": "ops"}, "after": {"name": "ops", "config": SENT_AGAIN}}


# Alerts

ALERT_WIRE = {
    "id": "a",
    "name": "Errors",
    "description": None,
    "query": "select 1",
    "time_window": "P1D",
    "frequency": "PT1H30M",
    "watermark": "PT10S",
    "notify_when": "has_matches",
    "environments": ["b", "a"],
    "channels": [{"id": MAIL, "label": "mail"}, {"id": OPS, "label": "ops"}],
    "channel_assignments": [{"channel_id": MAIL, "schedule_id": None}, {"channel_id": OPS, "schedule_id": HOURS}],
    "active": True,
}
NEW_ALERT = {"name": "Errors", "query": "select 1", "time_window": "5m", "frequency": "60"}


def test_a_new_alert():
    """What the API insists on is sent, and the rest only when it was set."""
    least = {
        "name": "Errors",
        "description": "",
        "query": "select 1",
        "time_window": "PT5M",
        "frequency": "PT1M",
        "watermark": "PT10S",
        "notify_when": "has_matches",
        "channel_assignments": [],
    }
    assert body(ALERT, NEW_ALERT) == least
    assert body(ALERT, {**NEW_ALERT, "environments": [], "channels": []}) == least
    more = {"description": "x", "notify_when": "matches_changed", "active": False}
    options = {**NEW_ALERT, **more, "watermark": "1m", "environments": ["b", "a"], "channels": ["ops"]}
    assert body(ALERT, options) == {
        **least,
        **more,
        "watermark": "PT1M",
        "environments": ["a", "b"],
        "channel_assignments": [{"channel_id": OPS}],
    }


@pytest.mark.parametrize("missing", ["name", "query", "time_window", "frequency"])
def test_what_a_new_alert_needs(missing):
    with pytest.raises(OptionError, match=f"{missing}: required to create an? alert"):
        plan(ALERT, {option: value for option, value in NEW_ALERT.items() if option != missing})


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": "Errors"}, None),
        ({"time_window": "24h", "frequency": "90m", "watermark": "PT10S"}, None),
        ({"time_window": "86400", "frequency": "PT5400S", "watermark": "10"}, None),
        ({"description": "", "environments": ["a", "b", "a"], "channels": ["mail", "ops"]}, None),
        ({"channels": ["ops", "mail"]}, None),
        ({"channels": [OPS, MAIL.upper()]}, None),
        ({"channel_assignments": [{"channel": "ops", "schedule_id": HOURS}, {"channel": MAIL}]}, None),
        ({"time_window": "2d"}, {"time_window": "PT48H"}),
        ({"frequency": "1h"}, {"frequency": "PT1H"}),
        ({"description": "x", "query": "select 2"}, {"description": "x", "query": "select 2"}),
        ({"environments": []}, {"environments": []}),
        ({"environments": ["c"]}, {"environments": ["c"]}),
        ({"channels": []}, {"channel_assignments": []}),
        ({"channel_assignments": []}, {"channel_assignments": []}),
        ({"channels": ["ops"]}, {"channel_assignments": [{"channel_id": OPS, "schedule_id": HOURS}]}),
        ({"channel_assignments": [{"channel": "ops"}]}, {"channel_assignments": [{"channel_id": OPS}]}),
        ({"active": False}, {"active": False}),
        ({"notify_when": "starts_having_matches"}, {"notify_when": "starts_having_matches"}),
    ],
)
def test_changes_of_alerts(options, expected):
    assert body(ALERT, options, ALERT_WIRE) == expected


def test_the_channels_of_older_releases():
    """No member C(channel_assignments) at all: they are in the channels. An empty one is none."""
    channels = [{"id": OPS, "label": "ops", "schedule_id": HOURS}, {"id": MAIL, "label": "mail", "schedule_id": None}]
    older = {**{key: value for key, value in ALERT_WIRE.items() if key != "channel_assignments"}, "channels": channels}
    assert ALERT.load(older)["channels"] == ALERT.load(ALERT_WIRE)["channels"]
    assert ALERT.load({**older, "channel_assignments": []})["channels"] == []


@pytest.mark.parametrize(
    ("member", "answer", "wanted"),
    [("environments", None, []), ("environments", [], []), ("description", "", ""), ("description", None, "")],
)
def test_none_is_empty(member, answer, wanted):
    assert body(ALERT, {member: wanted}, {**ALERT_WIRE, member: answer}) is None


@pytest.mark.parametrize(
    ("option", "good", "bad"),
    [
        (
            "time_window",
            ["1m", "2m", "5m", "10m", "15m", "20m", "30m", "47m", "90m", "1h", "1h30m", "2h", "6h", "12h", "24h", "2d"]
            + ["7d", "30d", "PT20M"],
            ["30s", "90d", "31d", "0", "not-a-duration", ""],
        ),
        (
            "frequency",
            ["1m", "3m", "5m", "20m", "30m", "1h", "6h", "12h", "24h", "90m", "1d"],
            ["30s", "7d", "25h", "not-a-duration", ""],
        ),
        ("watermark", ["0s", "10s", "5m", "24h"], ["25h", "-1s", "x"]),
    ],
)
def test_ranges_of_durations(option, good, bad):
    for text in good:
        assert ALERT.parse({option: text})[option]
    for text in bad:
        with pytest.raises(OptionError, match=f"^{option}: "):
            plan(ALERT, {option: text}, ALERT_WIRE)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"channels": ["ops", "ops"]}, "channels: duplicate channel 'ops'"),
        ({"channels": ["ops", OPS]}, f"channels: duplicate channel '{OPS}'"),
        ({"channels": ["ops", ""]}, "channels: must not be empty"),
        (
            {"channel_assignments": [{"channel": "ops"}, {"channel": "ops", "schedule_id": HOURS}]},
            "channel_assignments: duplicate channel 'ops'",
        ),
        ({"environments": ["a", " "]}, "environments: must not be empty"),
        ({"query": " "}, "query: must not be empty"),
        ({"name": ""}, "name: must not be empty"),
    ],
)
def test_what_is_no_alert(options, problem):
    with pytest.raises(OptionError) as caught:
        plan(ALERT, options, {**ALERT_WIRE, "channels": [], "channel_assignments": []})
    assert str(caught.value).startswith(problem)


def test_channels_by_id_that_the_alert_has_need_no_look_up():
    lookup = Lookup()
    current = ALERT.load(ALERT_WIRE)
    ALERT.resolve(ALERT.parse({"channels": [OPS, MAIL]}), current, lookup)
    assert lookup.asked == []
    ALERT.resolve(ALERT.parse({"channels": [OPS, "mail"]}), current, lookup)
    assert lookup.asked == ["mail"]


def test_channels_that_are_yet_to_be_made_are_shown_by_name():
    made = plan(ALERT, {"channels": ["new", "ops"]}, ALERT_WIRE)
    assert made.diff == {
        "before": {"name": "Errors", "channels": ["mail", {"channel": "ops", "schedule_id": HOURS}]},
        "after": {"name": "Errors", "channels": ["new", {"channel": "ops", "schedule_id": HOURS}]},
    }


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ({"status": "slow", "message": "took 20 s"}, ["'Errors'", "slow", "took 20 s"]),
        ({"status": "timed_out", "message": None}, ["'Errors'", "timed_out"]),
        ({"status": "ok", "message": ""}, None),
        ({"status": "not_checked"}, None),
        (None, None),
    ],
)
def test_what_the_service_says_of_a_query(check, words):
    warnings = ALERT.warnings({**ALERT_WIRE, "query_check": check})
    assert len(warnings) == (words is not None)
    assert all(word in warnings[0] for word in words or [])


# Dashboards

SPEC = {"display": {"name": "x"}, "panels": {}, "layouts": []}
DASHBOARD_WIRE = {
    "id": "d",
    "dashboard_slug": "overview",
    "dashboard_name": "Overview",
    "version": 5,
    "definition": {
        "kind": "Dashboard",
        "metadata": {
            "name": "Overview",
            "project": "shop",
            "createdAt": "2026-02-19T12:51:31.131766Z",
            "updatedAt": "2026-02-19T12:51:31.131766Z",
            "layoutUpdatedAt": "2026-02-19T12:51:31.131766Z",
            "version": 5,
        },
        "spec": {**SPEC, "variables": [], "duration": "1h", "refreshInterval": "0s", "datasources": None},
    },
}


def definition(**spec):
    return {"kind": "Dashboard", "metadata": {}, "spec": {**SPEC, **spec}}


@pytest.mark.parametrize(
    ("given", "same"),
    [
        (definition(), True),
        ({"kind": "Dashboard", "spec": SPEC}, True),
        ({"kind": "Dashboard", "metadata": None, "spec": SPEC}, True),
        (DASHBOARD_WIRE["definition"], True),
        (definition(variables=[], duration="1h", refreshInterval="0s"), True),
        (definition(display={"name": "y"}), False),
        (definition(duration="2h"), False),
        (definition(variables=[{"kind": "TextVariable"}]), False),
        ({**definition(), "metadata": {"name": "ignored", "project": "ignored", "version": 99}}, True),
        ({**definition(), "metadata": {"tags": ["a"]}}, False),
        ({**definition(), "kind": "Other"}, False),
        (definition(layouts=[{"a": 1}, {"a": 2}]), False),
    ],
)
def test_what_counts_of_a_definition(given, same):
    made = plan(DASHBOARD, {"slug": "overview", "definition": given}, DASHBOARD_WIRE)
    assert (made.action == "none") is same


@pytest.mark.parametrize(
    ("given", "same"),
    [
        (definition(), True),
        ({**definition(), "metadata": {"tags": ["a"]}}, True),
        ({**definition(), "metadata": {"tags": ["b"]}}, False),
        ({**definition(), "metadata": {"tags": ["a"], "owner": "x"}}, False),
    ],
)
def test_metadata_that_only_the_service_has_do_not_count(given, same):
    wire = copy.deepcopy(DASHBOARD_WIRE)
    wire["definition"]["metadata"] |= {"tags": ["a"], "revisedAt": "2026-02-19T12:51:31.131766Z"}
    assert (plan(DASHBOARD, {"slug": "overview", "definition": given}, wire).action == "none") is same


def test_a_definition_is_sent_in_the_spelling_that_the_api_takes():
    """What the service answered is sent back with a new name; what a plugin is told stays as it is."""
    plugin = {"kind": "TextPanel", "spec": {"display": {"unit": None}, "content": {"ref": "x"}}}
    panel = {"kind": "Panel", "spec": {"display": {"name": "A", "description": None}, "plugin": plugin}}
    grid = {"kind": "Grid", "spec": {"display": None, "items": [{"x": 0, "content": {"ref": "#/spec/panels/a"}}]}}
    wire = copy.deepcopy(DASHBOARD_WIRE)
    wire["definition"]["spec"] = {"display": None, "panels": {"a": panel}, "layouts": [grid]}
    current = DASHBOARD.load(wire)
    for changes in ({"name": "Other"}, DASHBOARD.parse({"definition": wire["definition"]})):
        sent = DASHBOARD.update_body(changes, current, None)["definition"]["spec"]
        assert sent["display"] is None
        assert sent["panels"]["a"]["spec"] == {"display": {"name": "A"}, "plugin": plugin}
        assert sent["layouts"][0]["spec"]["display"] is None
        assert sent["layouts"][0]["spec"]["items"][0]["content"] == {"$ref": "#/spec/panels/a"}


def test_true_is_not_one():
    wire = copy.deepcopy(DASHBOARD_WIRE)
    wire["definition"]["spec"]["x"] = {"on": True, "size": 1.0}
    assert plan(DASHBOARD, {"definition": definition(x={"on": True, "size": 1})}, wire).action == "none"
    made = plan(DASHBOARD, {"definition": definition(x={"on": 1, "size": 1})}, wire)
    assert made.diff["after"] == {"slug": "overview", "definition": {"spec": {"x": {"on": 1}}}}


def test_the_order_of_lists_counts():
    wire = copy.deepcopy(DASHBOARD_WIRE)
    wire["definition"]["spec"]["layouts"] = [{"a": 2}, {"a": 1}]
    made = plan(DASHBOARD, {"definition": definition(layouts=[{"a": 1}, {"a": 2}])}, wire)
    assert made.action == "update"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": "Overview", "definition": definition()}, None),
        ({"name": "New"}, {"name": "New", "version": 5}),
        ({"definition": definition(duration="2h")}, {"version": 5}),
    ],
)
def test_changes_of_dashboards(options, expected):
    """A rename sends the definition too: the name that is read back is in its metadata."""
    sent = body(DASHBOARD, options, DASHBOARD_WIRE)
    if expected is not None:
        metadata = {"name": options.get("name", "Overview"), "project": "shop"}
        kept = options.get("definition", DASHBOARD_WIRE["definition"])
        expected = {**expected, "definition": {**kept, "metadata": metadata}}
    assert sent == expected


def test_a_new_dashboard():
    given = {**definition(), "metadata": {"name": "x", "version": 3, "tags": ["a"]}}
    assert body(DASHBOARD, {"slug": "overview", "name": "Overview", "definition": given}, project_name="shop") == {
        "slug": "overview",
        "name": "Overview",
        "definition": {**given, "metadata": {"tags": ["a"], "name": "Overview", "project": "shop"}},
    }


def test_a_slug_cannot_be_changed():
    with pytest.raises(OptionError, match="slug: .*cannot be changed"):
        plan(DASHBOARD, {"slug": "other"}, DASHBOARD_WIRE)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "definition.spec: must be a dictionary"),
        ({"spec": []}, "definition.spec: must be a dictionary"),
        ({"spec": {}, "metadata": []}, "definition.metadata: must be a dictionary"),
        ({"spec": {"x": float("nan")}}, "definition: cannot be written as JSON"),
        ({"spec": {"x": {1, 2}}}, "definition: cannot be written as JSON"),
    ],
)
def test_what_is_no_definition(given, problem):
    with pytest.raises(OptionError) as caught:
        DASHBOARD.parse({"definition": given})
    assert str(caught.value).startswith(problem)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["a", "variables", "panels", "layouts", "duration", "datasources"]), JSON))
def test_what_was_sent_is_no_change(spec):
    """On any content: what comes back with what the service owns and adds is the same definition."""
    given = {"kind": "Dashboard", "metadata": {}, "spec": spec}
    sent = body(DASHBOARD, {"slug": "s", "name": "n", "definition": given}, project_name="shop")["definition"]
    sent["metadata"]["version"] = 1
    for member, default in (("variables", []), ("duration", "1h"), ("refreshInterval", "0s"), ("display", None)):
        if sent["spec"].get(member) is None:
            sent["spec"] = {**sent["spec"], member: default}
    wire = {**DASHBOARD_WIRE, "dashboard_slug": "s", "dashboard_name": "n", "definition": sent}
    assert plan(DASHBOARD, {"slug": "s", "name": "n", "definition": given}, wire).action == "none"
    assert normalised(normalised(given)) == normalised(given)


# All kinds

WIRES = {"project": PROJECT_WIRE, "channel": channel(WEBHOOK), "alert": ALERT_WIRE, "dashboard": DASHBOARD_WIRE}
WANTED = {
    "project": {"name": "shop", "description": "New"},
    "channel": {"name": "ops", "config": {"type": "webhook", "url": "https://new.example.com/x"}},
    "alert": {**NEW_ALERT, "channels": ["ops"]},
    "dashboard": {"slug": "overview", "name": "New", "definition": definition(duration="3h")},
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_lists_name_an_object_as_its_field_does(kind):
    (named,) = [field for field in kind.fields if field.option == kind.key]
    assert kind.wire_key == named.answer_member


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_plan_of_each_kind(kind):
    wire, options = WIRES[kind.name], WANTED[kind.name]
    create = plan(kind, options)
    assert (create.action, create.diff["before"], create.after["id"]) == ("create", {}, None)
    update = plan(kind, options, wire)
    assert update.action == "update"
    assert update.diff["before"][kind.key] == update.diff["after"][kind.key] == options[kind.key]
    assert update.after == {**update.current, **update.changes}
    nothing = plan(kind, {kind.key: options[kind.key]}, wire)
    assert (nothing.action, nothing.diff) == ("none", {"before": {}, "after": {}})
    delete = plan(kind, {kind.key: options[kind.key]}, wire, present=False)
    assert (delete.action, delete.after, delete.diff["after"]) == ("delete", None, {})
    assert delete.diff["before"][kind.key] == options[kind.key]
    gone = plan(kind, {kind.key: options[kind.key]}, None, present=False)
    assert (gone.action, gone.diff) == ("none", {"before": {}, "after": {}})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_predicted_state_has_the_shape_of_a_real_one(kind):
    real = kind.load(WIRES[kind.name])
    assert plan(kind, WANTED[kind.name]).after.keys() == real.keys()
    assert plan(kind, WANTED[kind.name], WIRES[kind.name]).after.keys() == real.keys()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_answer_with_nothing_but_an_id_can_be_loaded(kind):
    assert kind.load({"id": "x"})["id"] == "x"


@pytest.mark.parametrize(
    ("kind", "stored", "options"),
    [
        (PROJECT, {"visibility": "tomorrow"}, {"visibility": "tomorrow"}),
        (ALERT, {"time_window": "PT45S"}, {"time_window": "45s"}),
        (ALERT, {"time_window": "P90D", "frequency": "PT5S"}, {"time_window": "90d", "frequency": "5s"}),
        (ALERT, {"notify_when": "tomorrow"}, {"notify_when": "tomorrow"}),
        (ALERT, {"environments": ["prod "]}, {"environments": ["prod ", "new"]}),
        (
            CHANNEL,
            {"config": {"type": "opsgenie", "auth_key": "**********2345", "base_url": "eu.opsgenie.com"}},
            {"config": {"type": "opsgenie", "auth_key": KEY, "base_url": "eu.opsgenie.com"}},
        ),
        (
            CHANNEL,
            {"config": {"type": "webhook", "url": MASKED, "format": "tomorrow"}},
            {"config": {"type": "webhook", "url": URL, "format": "tomorrow"}},
        ),
    ],
)
def test_what_is_stored_is_never_refused(kind, stored, options):
    """But it is not made, and not given to another object."""
    new = plan(kind, options, {**WIRES[kind.name], **stored})
    assert new.changes in ({}, {"environments": ["new", "prod "]})
    with pytest.raises(OptionError):
        plan(kind, options, WIRES[kind.name])
