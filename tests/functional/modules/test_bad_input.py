# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad input: refused before anything is changed, mostly before anything is asked, in words that help.

A message names the option, the value (unless that is a secret) and what is allowed.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import ALERT, DASHBOARD, OPS_ID, PROJECT_ID, UNKNOWN_ID, definition, seed

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

Row = tuple[str, dict[str, Any], tuple[str, ...]]

NEW_ALERT = {"project": PROJECT_ID, **ALERT}
NEW_BOARD = {"project": PROJECT_ID, **DASHBOARD}
NEW_PROJECT = {"name": "site"}
TOKEN = {"project": PROJECT_ID}


def config(**members: Any) -> dict[str, Any]:
    return {"name": "new", "config": members}


def webhook(url: Any) -> dict[str, Any]:
    return config(type="webhook", url=url)


#: Refused without a single request: module, options, and what the message says.
UNASKED: dict[str, Row] = {
    # The connection
    "no token": ("project", {**NEW_PROJECT, "api_token": None}, ("api_token", "LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY")),
    "empty token": ("project", {**NEW_PROJECT, "api_token": ""}, ("api_token", "LOGFIRE_API_TOKEN")),
    "blank token": ("project", {**NEW_PROJECT, "api_token": " \n"}, ("api_token", "LOGFIRE_API_TOKEN")),
    "token with a space": ("project", {**NEW_PROJECT, "api_token": "pylf_v1_us_a b"}, ("api_token", "spaces")),
    "token with a line": ("project", {**NEW_PROJECT, "api_token": "pylf_v1_us_a\nX: y"}, ("api_token", "line breaks")),
    "token with an umlaut": (
        "project",
        {**NEW_PROJECT, "api_token": "pylf_v1_us_äbc"},
        ("api_token", "other characters"),
    ),
    "token of region local": (
        "project",
        {**NEW_PROJECT, "api_token": "pylf_v1_local_abc123", "base_url": None},
        ("base_url", "local", "us", "eu"),
    ),
    **{
        f"token without a region: {token}": (
            "project",
            {**NEW_PROJECT, "api_token": token, "base_url": None},
            ("base_url", "pylf_v1_us_"),
        )
        for token in ("not-a-logfire-token", "pylf_v2_us_missing-token", "pylf_v3_us_abc123", "pylf_us_abc123")
    },
    "base_url with a path": ("project", {**NEW_PROJECT, "base_url": "https://x.example/logfire"}, ("base_url", "host")),
    "base_url with a query": ("project", {**NEW_PROJECT, "base_url": "https://x.example?a=b"}, ("base_url", "host")),
    "base_url with a fragment": ("project", {**NEW_PROJECT, "base_url": "https://x.example/#a"}, ("base_url", "host")),
    "base_url with a user": ("project", {**NEW_PROJECT, "base_url": "https://me:pw9@x.example"}, ("base_url", "user")),
    "base_url with another scheme": ("project", {**NEW_PROJECT, "base_url": "ftp://x.example"}, ("base_url", "ftp://")),
    "base_url without a scheme": ("project", {**NEW_PROJECT, "base_url": "x.example"}, ("base_url", "x.example")),
    "base_url without a host": ("project", {**NEW_PROJECT, "base_url": "https://"}, ("base_url", "https://")),
    "base_url with a bad port": ("project", {**NEW_PROJECT, "base_url": "https://x.example:a"}, ("base_url", ":a")),
    **{
        f"reserved header {name}": ("project", {**NEW_PROJECT, "headers": {name: "x"}}, ("headers", name))
        for name in ("Authorization", "accept", "CONTENT-TYPE", "User-Agent")
    },
    "header with a bad name": ("project", {**NEW_PROJECT, "headers": {"a b": "x"}}, ("headers", "a b")),
    "header without a name": ("project", {**NEW_PROJECT, "headers": {"": "x"}}, ("headers", "''")),
    "header with a line": ("project", {**NEW_PROJECT, "headers": {"X-A": "s3cret\nX-B: y"}}, ("headers", "X-A")),
    "empty header": ("project", {**NEW_PROJECT, "headers": {"X-A": ""}}, ("headers", "X-A", "empty")),
    "timeout 0": ("project", {**NEW_PROJECT, "timeout": 0}, ("timeout", "0")),
    "negative timeout": ("project", {**NEW_PROJECT, "timeout": -1}, ("timeout", "-1")),
    "negative retry_timeout": ("project", {**NEW_PROJECT, "retry_timeout": -1}, ("retry_timeout", "-1")),
    "no number as timeout": ("project", {**NEW_PROJECT, "timeout": "soon"}, ("timeout", "'soon' is not a number")),
    "ca_path that is not there": ("project", {**NEW_PROJECT, "ca_path": "/no/such/ca"}, ("ca_path", "/no/such/ca")),
    # Projects
    "blank project name": ("project", {"name": " "}, ("name",)),
    "no name": ("project", {}, ("name", "id")),
    "bad state": ("project", {**NEW_PROJECT, "state": "gone"}, ("state", "gone", "absent")),
    "unknown option": ("project", {**NEW_PROJECT, "organization": "acme"}, ("organization",)),
    # Channels
    "blank channel name": ("channel", {"name": " "}, ("name", "empty")),
    "no channel": ("channel", {}, ("name", "id")),
    "no type": ("channel", config(url="https://x.example/a"), ("type",)),
    "unknown type": ("channel", config(type="pigeon"), ("type", "pigeon", "webhook")),
    "a list of recipients with a blank": (
        "channel",
        config(type="email", recipients=["a", " "]),
        ("config.recipients", "empty"),
    ),
    "bad update_secret": (
        "channel",
        {"name": "ops", "update_secret": "never"},
        ("update_secret", "never", "on_create"),
    ),
    "no URL": ("channel", webhook("hooks.example.com/s3cret"), ("config.url", "https://")),
    "URL of another scheme": ("channel", webhook("ftp://hooks.example.com/s3cret"), ("config.url", "https://")),
    "URL without a host": ("channel", webhook("https:///s3cret"), ("config.url", "host")),
    "URL with a space": ("channel", webhook("https://hooks.example.com/s3 cret"), ("config.url",)),
    "URL with a bad port": ("channel", webhook("https://hooks.example.com:99999/s3cret"), ("config.url",)),
    "URL with a bad bracket": ("channel", webhook("https://[hooks.example.com/s3cret"), ("config.url",)),
    **{
        f"{member} for {kind}": (
            "channel",
            config(**{"type": kind, member: value}),
            (f"config.{member}", f"type {kind}", allowed),
        )
        for kind, member, value, allowed in [
            ("pagerduty-integration", "routing_key", "s3cret" * 4, "install_id, service_id"),
            ("pagerduty-integration", "channel_id", "C1", "install_id, service_id"),
            ("webhook", "service_id", OPS_ID, "format, url"),
            ("webhook", "pagerduty_service_id", "PABC123", "format, url"),
            ("pagerduty", "account_subdomain", "acme", "routing_key, region"),
            ("webhook", "install_id", OPS_ID, "format, url"),
            ("webhook", "auth_key", "s3cret" * 4, "format, url"),
            ("pagerduty", "service_id", OPS_ID, "routing_key, region"),
            ("pagerduty", "include_agent_prompt", False, "routing_key, region"),
            ("slack-integration", "url", "https://x.example/s3cret", "channel_id"),
            ("slack-integration", "service_id", OPS_ID, "channel_id"),
            ("opsgenie", "format", "auto", "auth_key, base_url"),
            ("email", "url", "https://x.example/s3cret", "recipients"),
            ("notification", "region", "eu", "recipients"),
            ("web-push", "base_url", "https://x.example", "recipients"),
        ]
    },
    # Alerts
    **{
        f"{option} {value!r}": ("alert", {**NEW_ALERT, option: value}, (option, str(value), allowed))
        for option, value, allowed in [
            ("time_window", "5 minutes", "1h30m"),
            ("time_window", "-1m", "1h30m"),
            ("time_window", "", "1h30m"),
            ("time_window", "1.5h", "1h30m"),
            ("time_window", "5M", "1h30m"),
            ("time_window", "1m1h", "1h30m"),
            ("time_window", "P", "1h30m"),
            ("time_window", "PT", "1h30m"),
            ("time_window", "P1M", "1h30m"),
            ("time_window", "not-a-duration", "1h30m"),
            ("time_window", "99999999999d", "1h30m"),
            ("frequency", "٥m", "1h30m"),
            ("watermark", "soon", "1h30m"),
            ("active", "maybe", "boolean"),
        ]
    },
    "blank alert name": ("alert", {**NEW_ALERT, "name": " "}, ("name", "empty")),
    "blank query": ("alert", {**NEW_ALERT, "query": " \n"}, ("query", "empty")),
    "blank environment": ("alert", {**NEW_ALERT, "environments": ["prod", ""]}, ("environments", "empty")),
    "blank channel": ("alert", {**NEW_ALERT, "channels": ["ops", " "]}, ("channels", "empty")),
    "a channel twice": ("alert", {**NEW_ALERT, "channels": ["ops", "night", "ops"]}, ("channels", "ops", "once")),
    "a channel twice, with schedules": (
        "alert",
        {**NEW_ALERT, "channel_assignments": [{"channel": "ops"}, {"channel": "ops", "schedule_id": UNKNOWN_ID}]},
        ("channel_assignments", "ops", "once"),
    ),
    "assignment without a channel": (
        "alert",
        {**NEW_ALERT, "channel_assignments": [{"schedule_id": UNKNOWN_ID}]},
        ("channel", "channel_assignments"),
    ),
    "channels and assignments": (
        "alert",
        {**NEW_ALERT, "channels": ["ops"], "channel_assignments": [{"channel": "night"}]},
        ("channels", "channel_assignments"),
    ),
    "alert without a project": ("alert", ALERT, ("project",)),
    "alert of a blank project": ("alert", {**NEW_ALERT, "project": " "}, ("project", "empty")),
    "alert without a name": ("alert", {"project": PROJECT_ID, "query": "SELECT 1"}, ("name", "id")),
    # Dashboards
    **{
        f"definition {value!r}": ("dashboard", {**NEW_BOARD, "definition": value}, ("definition",))
        for value in ([], [1], "text", 1, True, "null", "[]", "1", "kind=Dashboard", {"kind": "Dashboard"}, "", {})
    },
    "spec that is no object": (
        "dashboard",
        {**NEW_BOARD, "definition": {"kind": "Dashboard", "spec": []}},
        ("definition.spec", "dictionary"),
    ),
    "metadata that are no object": (
        "dashboard",
        {**NEW_BOARD, "definition": {**definition(), "metadata": "x"}},
        ("definition.metadata", "dictionary"),
    ),
    "blank slug": ("dashboard", {**NEW_BOARD, "slug": ""}, ("slug", "empty")),
    "blank dashboard name": ("dashboard", {**NEW_BOARD, "name": " "}, ("name", "empty")),
    # Tokens
    "both ends": (
        "token",
        {**TOKEN, "expires_at": "2099-01-01T00:00:00Z", "expires_in": "1d"},
        ("expires_at", "expires_in", "mutually exclusive"),
    ),
    **{
        f"expires_at {value!r}": ("token", {**TOKEN, "expires_at": value}, ("expires_at", value, "RFC 3339"))
        for value in ("2026-03-02", "soon", "2099-02-30T00:00:00Z", "2099-01-01T25:00:00Z", "2099-01-01T00:00Z", "1d")
    },
    **{
        f"{option} {value!r}": ("token", {**TOKEN, option: value}, (option, value))
        for option in ("expires_in", "renew_before", "max_age", "grace_period")
        for value in ("5 minutes", "-1h", "", "1.5h", "0", "0s", "99999999d")
    },
    "grace_period in minutes": ("token", {**TOKEN, "grace_period": "90m"}, ("grace_period", "90m", "hours")),
    "grace_period for a read token": (
        "token",
        {**TOKEN, "type": "read", "grace_period": "1h"},
        ("grace_period", "read"),
    ),
    "grace_period and keep_previous": (
        "token",
        {**TOKEN, "grace_period": "1h", "keep_previous": True},
        ("grace_period", "keep_previous"),
    ),
    "renewed all the time": (
        "token",
        {**TOKEN, "expires_in": "1d", "renew_before": "24h"},
        ("renew_before", "expires_in"),
    ),
    "bad type of token": ("token", {**TOKEN, "type": "admin"}, ("type", "admin", "write")),
    "token without a project": ("token", {}, ("project",)),
    "token of a blank project": ("token", {"project": ""}, ("project", "empty")),
    "removal of no token": ("token", {**TOKEN, "state": "absent"}, ("id", "token", "path")),
    "two tokens": ("token", {**TOKEN, "id": UNKNOWN_ID, "token": "pylf_v1_us_s3cret"}, ("id", "token")),
    "token and path": ("token", {**TOKEN, "path": "/tmp/x", "token": "pylf_v1_us_s3cret"}, ("path", "token")),
    "path without a directory": ("token", {**TOKEN, "path": "/no/such/place/token"}, ("path", "/no/such/place")),
    "path that is a directory": ("token", {**TOKEN, "path": "TMP"}, ("path", "TMP", "not a file")),
    "path to something else": ("token", {**TOKEN, "path": "TMP/text"}, ("path", "TMP/text", "something other")),
    "path to bytes": ("token", {**TOKEN, "path": "TMP/bytes"}, ("path", "TMP/bytes", "something other")),
    "path to something else, removed": (
        "token",
        {**TOKEN, "path": "TMP/text", "state": "absent"},
        ("path", "TMP/text", "something other"),
    ),
}

#: Refused after a look, and before any change.
ASKED: dict[str, Row] = {
    # What the API would refuse: only where nothing has that value already, and so after a look.
    **{
        f"project name {name!r}": (
            "project",
            {"name": name},
            ("name", name, "2 to 50" if name[-1] != "\n" else "whitespace"),
        )
        for name in ("x", "a" * 51, "Shop", "my_shop", "-shop", "shop-", "my--shop", "my shop", "shöp", "shop\n")
    },
    **{
        f"{option} {value!r}": ("alert", {**NEW_ALERT, option: value}, (option, value, allowed))
        for option, value, allowed in [
            ("time_window", "30s", "1m to 30d"),
            ("time_window", "59", "1m to 30d"),
            ("time_window", "31d", "1m to 30d"),
            ("time_window", "90d", "1m to 30d"),
            ("frequency", "30s", "1m to 24h"),
            ("frequency", "7d", "1m to 24h"),
            ("frequency", "24h1s", "1m to 24h"),
            ("watermark", "25h", "0s to 24h"),
            ("notify_when", "always", "has_matches"),
        ]
    },
    "bad URL of Opsgenie": (
        "channel",
        config(type="opsgenie", auth_key="s3cret" * 4, base_url="opsgenie"),
        ("config.base_url", "https://"),
    ),
    "bad visibility": ("project", {**NEW_PROJECT, "visibility": "secret"}, ("visibility", "secret", "private")),
    "bad format": ("channel", config(type="webhook", format="xml"), ("format", "xml", "raw-data")),
    "bad region": ("channel", config(type="pagerduty", region="mars"), ("region", "mars", "us")),
    "name with blanks around it": ("channel", {"name": " ops", "state": "absent"}, ("name", "' ops'", "whitespace")),
    "alert's name with blanks around it": ("alert", {**NEW_ALERT, "name": "c2 "}, ("name", "'c2 '", "whitespace")),
    "slug with blanks around it": ("dashboard", {**NEW_BOARD, "slug": "a\n"}, ("slug", "whitespace")),
    "channel's name with blanks around it": (
        "alert",
        {**NEW_ALERT, "channels": [" ops"]},
        ("channels", "' ops'", "whitespace"),
    ),
    "project's name with blanks around it": ("alert", {**NEW_ALERT, "project": " shop"}, ("project", "' shop'")),
    "environment with blanks around it": (
        "alert",
        {**NEW_ALERT, "environments": ["prod", " dev"]},
        ("environments", "' dev'", "whitespace"),
    ),
    "unknown project": ("alert", {**NEW_ALERT, "project": "nope"}, ("project", "nope", "shop", "dub")),
    "unknown project by id": ("alert", {**NEW_ALERT, "project": UNKNOWN_ID}, ("project", UNKNOWN_ID, "shop")),
    "unknown project of a dashboard": ("dashboard", {**NEW_BOARD, "project": "nope"}, ("project", "nope", "shop")),
    "unknown project of a token": ("token", {"project": "nope"}, ("project", "nope", "shop")),
    "project in another case": ("token", {"project": "Shop"}, ("project", "Shop", "shop")),
    "unknown channel": ("alert", {**NEW_ALERT, "channels": ["ops", "nope"]}, ("channels", "nope", "night", "ops")),
    "unknown channel by id": ("alert", {**NEW_ALERT, "channels": [UNKNOWN_ID]}, ("channels", UNKNOWN_ID, "night")),
    "unknown channel of an assignment": (
        "alert",
        {**NEW_ALERT, "channel_assignments": [{"channel": "nope"}]},
        ("channel_assignments", "nope", "night"),
    ),
    "a channel twice, by name and id": ("alert", {**NEW_ALERT, "channels": ["ops", OPS_ID]}, ("channels", OPS_ID)),
    "two channels of one name": ("channel", {"name": "twin", "active": False}, ("name", "twin", "FIRST", "SECOND")),
    "two channels of one name, removed": ("channel", {"name": "twin", "state": "absent"}, ("twin", "FIRST", "SECOND")),
    "two channels of one name in an alert": ("alert", {**NEW_ALERT, "channels": ["twin"]}, ("twin", "FIRST", "SECOND")),
    "two alerts of one name": ("alert", {**NEW_ALERT, "name": "Twin"}, ("name", "Twin", "FIRST", "SECOND")),
    "two alerts of one name, removed": (
        "alert",
        {"project": "shop", "name": "Twin", "state": "absent"},
        ("Twin", "FIRST", "SECOND"),
    ),
    "unknown id of a project": ("project", {"id": UNKNOWN_ID, "name": "new"}, ("id", UNKNOWN_ID, "shop")),
    "id that is none": ("project", {"id": "shop/../..", "name": "new"}, ("id", "shop/../..")),
    "unknown id of a channel": ("channel", {"id": UNKNOWN_ID, "active": True}, ("id", UNKNOWN_ID, "night")),
    "unknown id of an alert": ("alert", {"project": "shop", "id": UNKNOWN_ID, "active": True}, ("id", UNKNOWN_ID)),
    "unknown id of a dashboard": ("dashboard", {"project": "shop", "id": UNKNOWN_ID}, ("id", UNKNOWN_ID)),
    "unknown id of a token": ("token", {"project": "shop", "id": UNKNOWN_ID}, ("id", UNKNOWN_ID)),
    "rename to a name that is taken": ("project", {"id": PROJECT_ID, "name": "dub"}, ("name", "dub")),
    "rename of a channel to a name that is taken": ("channel", {"id": OPS_ID, "name": "night"}, ("name", "night")),
    "an end in the past": ("token", {**TOKEN, "expires_at": "2001-01-01T00:00:00Z"}, ("expires_at", "past")),
    **{
        f"new alert without {option}": (
            "alert",
            {"project": "shop", **{k: v for k, v in ALERT.items() if k != option}},
            (option, "required"),
        )
        for option in ("query", "time_window", "frequency")
    },
    "new alert with a name alone": (
        "alert",
        {"project": "shop", "name": "x"},
        ("query", "time_window", "frequency", "required"),
    ),
    **{
        f"new dashboard without {option}": (
            "dashboard",
            {"project": "shop", **{k: v for k, v in DASHBOARD.items() if k != option}},
            (option, "required"),
        )
        for option in ("name", "definition")
    },
    "new channel without a configuration": ("channel", {"name": "new"}, ("config", "required")),
    **{
        f"new channel without {member}": ("channel", config(**given), (f"config.{member}", "required"))
        for member, given in {
            "url": {"type": "webhook"},
            "auth_key": {"type": "opsgenie", "auth_key": " "},
            "routing_key": {"type": "pagerduty", "region": "eu"},
            "install_id": {"type": "slack-integration", "channel_id": "C1"},
            "channel_id": {"type": "slack-integration", "install_id": OPS_ID},
            "service_id": {"type": "pagerduty-integration", "install_id": OPS_ID},
            "recipients": {"type": "email"},
        }.items()
    },
    "new channel with a mask as its URL": (
        "channel",
        webhook("https://x.example/**********"),
        ("config.url", "required"),
    ),
}


#: No error in check mode, where an earlier task would have made what is missing.
YET_TO_COME = {
    "unknown project",
    "unknown project of a dashboard",
    "unknown project of a token",
    "project in another case",
    "unknown channel",
    "unknown channel of an assignment",
    "path without a directory",
}


@pytest.mark.parametrize(
    ("row", "asked", "check"),
    [
        pytest.param(row, rows is ASKED, check, id=f"{name}-{'check' if check else 'real'}")
        for rows in (UNASKED, ASKED)
        for name, row in rows.items()
        for check in (False, True)
        if not (check and name in YET_TO_COME)
    ],
)
def test_bad_input(
    row: Row,
    asked: bool,
    check: bool,
    run: "Runner",
    emulator: "RunningEmulator",
    waits: list[float],
    tmp_path: Path,
) -> None:
    module, options, words = row
    (tmp_path / "text").write_text("Not a token, but a whole sentence.\n")
    (tmp_path / "bytes").write_bytes(b"\x00\xff\xfe")
    emulator.store.load(
        seed(channels=["twin", "twin"], projects=["dub"], alerts=["Twin", "Twin"], write_tokens=[{}] if asked else [])
    )
    if "past" in words:
        emulator.store.load(seed())
    before = emulator.store.snapshot()
    twins = before["channels"][-2:] if "twin" in str(options) else before["projects"][0].get("alerts", [])
    names = dict(zip(("FIRST", "SECOND"), (twin["id"] for twin in twins), strict=False)) | {"TMP": str(tmp_path)}
    options = {k: v.replace("TMP", str(tmp_path)) if isinstance(v, str) else v for k, v in options.items()}

    failed = run.fails(f"logfire_{module}", check=check, **options)

    message = failed.result["msg"]
    for word in words:
        for name, value in names.items():
            word = word.replace(name, value)
        assert word in message or repr(word)[1:-1] in message
    assert "s3cret" not in failed.stdout + failed.stderr
    assert "pw9" not in message
    assert bool(failed.calls) == asked
    assert bool(waits) == ("twin" in str(options).lower())  # the younger of two may be on its way out
    assert failed.writes == []
    assert emulator.store.snapshot() == before
    assert (tmp_path / "text").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bytes", "text"]


def test_the_variables_of_the_token(run: "Runner", monkeypatch: pytest.MonkeyPatch) -> None:
    """LOGFIRE_API_TOKEN comes first, then LOGFIRE_API_KEY; an empty one is not set; options win over both."""
    key, url = run.connection["api_token"], run.connection["base_url"]
    monkeypatch.setenv("LOGFIRE_BASE_URL", url)
    for token, other, works in [(key, "x", True), ("", key, True), ("x", key, False), ("", "", False)]:
        monkeypatch.setenv("LOGFIRE_API_TOKEN", token)
        monkeypatch.setenv("LOGFIRE_API_KEY", other)
        assert run("logfire_project", connect=False, name="shop").failed is not works
        assert not run("logfire_project", connect=False, api_key=key, base_url=url, name="shop").failed
    monkeypatch.setenv("LOGFIRE_API_TOKEN", f" {key}\n")
    assert not run("logfire_project", connect=False, name="shop").failed


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        ({"api_token": "pylf_v1_us_abc123"}, ("region us", "127.0.0.1")),
        ({"api_token": "pylf_v2_eu_123e4567-e89b-12d3-a456-426614174000_abc123"}, ("region eu", "127.0.0.1")),
        ({}, ()),
    ],
    ids=["us", "eu, v2", "local"],
)
def test_a_token_that_is_sent_where_it_does_not_belong(
    connection: dict[str, Any], words: tuple[str, ...], run: "Runner", emulator: "RunningEmulator"
) -> None:
    """A warning, since a service of one's own is legitimate; once, however many requests are sent."""
    emulator.settings.patch({"keys": [{"key": connection.get("api_token", "pylf_v1_local_x")}]})
    made = run.ok("logfire_alert", project="shop", **ALERT, channels=["ops"], **connection)
    assert len(made.warnings) == bool(words)
    assert all(word in made.warnings[0] for word in words)
