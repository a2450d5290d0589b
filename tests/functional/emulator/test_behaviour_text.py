# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of text on its way into the store: each step is a setting, and off at first."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

UPPER = "0B52E3C8-8F4E-4D0D-9F0A-3F1D5D3F2A11"
DECOMPOSED, COMPOSED = "Bu\u0308ro", "B\u00fcro"
ALERT = {"notify_when": "has_matches", "time_window": "PT5M", "frequency": "PT5M", "watermark": "PT10S"}
DEFINITION = {
    "kind": "Dashboard",
    "metadata": {"name": "x", "project": "shop"},
    "spec": {"display": None, "panels": {}, "layouts": []},
}


@pytest.mark.parametrize(
    ("settings", "sent", "shown"),
    [
        ({}, f" {DECOMPOSED}\t", f" {DECOMPOSED}\t"),
        ({"name_blanks": "strip"}, f" {DECOMPOSED}\t", DECOMPOSED),
        ({"name_form": "nfc"}, f" {DECOMPOSED}\t", f" {COMPOSED}\t"),
        ({"name_blanks": "strip", "name_form": "nfc"}, f" {DECOMPOSED}\t", COMPOSED),
    ],
)
def test_names(
    emulator: "RunningEmulator", api: Api, project: str, settings: dict[str, Any], sent: str, shown: str
) -> None:
    """Of channels, alerts, environments and dashboards, and their slugs; on creation as on a change."""
    emulator.settings.patch(settings)
    config = {"type": "email", "recipients": []}
    alert = {**ALERT, "description": "", "query": "SELECT 1", "environments": [sent]}
    channel = api.ok("POST", "channels/", {"label": sent, "config": config})
    first = api.ok("POST", f"{project}alerts/", {**alert, "name": sent})
    board = api.ok("POST", f"{project}dashboards/", {"name": sent, "slug": sent, "definition": DEFINITION})
    for _change in range(2):
        assert (channel["label"], first["name"], first["environments"]) == (shown, shown, [shown])
        assert (board["dashboard_name"], board["dashboard_slug"]) == (shown, shown)
        for path, name in ((f"channels/{channel['id']}/", "label"), (f"{project}alerts/{first['id']}/", "name")):
            api.ok("PUT", path, {name: "other"})
        channel = api.ok("PUT", f"channels/{channel['id']}/", {"label": sent})
        first = api.ok("PUT", f"{project}alerts/{first['id']}/", {"name": sent, "environments": [sent]})
        board = api.ok("PUT", f"{project}dashboards/{board['id']}/", {"name": sent})
    again = api.call("POST", f"{project}dashboards/", {"name": "x", "slug": shown, "definition": DEFINITION})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("settings", "description", "query"),
    [
        ({}, "  a\r\nb\rc \r\n", "  a\r\nb\rc \r\n"),
        ({"line_ends": "lf"}, "  a\nb\nc \n", "  a\nb\nc \n"),
        ({"text_blanks": "strip_end"}, "  a\r\nb\rc", "  a\r\nb\rc"),
        ({"text_blanks": "strip"}, "a\r\nb\rc", "a\r\nb\rc"),
        ({"query_newline": True}, "  a\r\nb\rc \r\n", "  a\r\nb\rc \r\n"),
        ({"query_newline": True, "text_blanks": "strip"}, "a\r\nb\rc", "a\r\nb\rc\n"),
        ({"query_newline": True, "text_blanks": "strip_end", "line_ends": "lf"}, "  a\nb\nc", "  a\nb\nc\n"),
    ],
)
def test_queries_and_descriptions(
    emulator: "RunningEmulator", api: Api, project: str, settings: dict[str, Any], description: str, query: str
) -> None:
    """Of alerts, and descriptions of projects; on creation as on a change."""
    emulator.settings.patch(settings)
    text = "  a\r\nb\rc \r\n"
    alert = api.ok("POST", f"{project}alerts/", {**ALERT, "name": "x", "description": text, "query": text})
    shop = api.ok("POST", "projects/", {"project_name": "other", "description": text})
    for _change in range(2):
        assert (alert["description"], alert["query"]) == (description, query)
        assert shop["description"] == description
        path = f"{project}alerts/{alert['id']}/"
        api.ok("PUT", path, {"description": "", "query": "SELECT 1"})
        alert = api.ok("PUT", path, {"description": text, "query": text})
        api.ok("PUT", f"projects/{shop['id']}/", {"description": ""})
        shop = api.ok("PUT", f"projects/{shop['id']}/", {"description": text})


@pytest.mark.parametrize("case", ["lower", "keep"])
def test_ids(emulator: "RunningEmulator", api: Api, project: str, case: str) -> None:
    """Of installations, services, users and schedules. Lower case is what UUIDs are written in."""
    emulator.settings.patch({"id_case": case})
    shown = UPPER.lower() if case == "lower" else UPPER
    configs: list[dict[str, Any]] = [
        {"type": "pagerduty-integration", "install_id": UPPER, "service_id": UPPER},
        {"type": "slack-integration", "install_id": UPPER, "channel_id": "C0ABC", "include_agent_prompt": True},
        {"type": "notification", "recipients": [UPPER]},
        {"type": "web-push", "recipients": [UPPER]},
    ]
    for config in configs:
        channel = api.ok("POST", "channels/", {"label": "x", "config": config})
        wanted = {name: shown if value == UPPER else value for name, value in config.items()}
        wanted |= {"recipients": [shown]} if "recipients" in config else {}
        assert channel["config"] == wanted
        assert api.ok("PUT", f"channels/{channel['id']}/", {"config": config})["config"] == wanted
    assigned = [{"channel_id": channel["id"].upper(), "schedule_id": UPPER}]
    body = {**ALERT, "name": "x", "description": "", "query": "x", "channel_assignments": assigned}
    pairs = api.ok("POST", f"{project}alerts/", body)["channel_assignments"]
    assert pairs == [{"channel_id": channel["id"], "schedule_id": shown}]
    assert api.call("POST", "channels/", {"label": "x", "config": {**configs[0], "service_id": "x"}}).status_code == 422


@pytest.mark.parametrize(
    ("case", "shown"), [("keep", ["Ops@Example.COM", "nobody"]), ("lower", ["Ops@example.com", "nobody"])]
)
def test_email_domains(emulator: "RunningEmulator", api: Api, case: str, shown: list[str]) -> None:
    """Only the domain of an address knows no case."""
    emulator.settings.patch({"email_domain_case": case})
    config = {"type": "email", "recipients": ["Ops@Example.COM", "nobody"]}
    assert api.ok("POST", "channels/", {"label": "x", "config": config})["config"]["recipients"] == shown
