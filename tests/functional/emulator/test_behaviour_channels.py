# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notification channels."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
WEBHOOK = {"type": "webhook", "format": "auto", "url": "https://example.com/webhook"}
OPSGENIE = {"type": "opsgenie", "auth_key": "GenieKey secret-key-12345"}
PAGERDUTY = {"type": "pagerduty", "routing_key": "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"}
SLACK = {"type": "slack-integration", "install_id": ID, "channel_id": "C0123456789"}
STARS = "*" * 10


def create(api: Api, config: dict[str, Any], label: str = "ops") -> Any:
    """A new channel."""
    return api.ok("POST", "channels/", {"label": label, "config": config})


def stored(emulator: "RunningEmulator", channel: Any) -> Any:
    """The configuration in clear."""
    [found] = [item for item in emulator.store.snapshot()["channels"] if item["id"] == channel["id"]]
    return found["config"]


@pytest.mark.parametrize(
    ("config", "member", "shown"),
    [
        (WEBHOOK, "url", f"https://example.com/{STARS}"),
        ({**WEBHOOK, "url": "https://example.com:8443/a/b?q=1#f"}, "url", f"https://example.com:8443/{STARS}"),
        ({**WEBHOOK, "url": "http://user:pass@example.com/"}, "url", f"http://example.com/{STARS}"),
        (OPSGENIE, "auth_key", f"{STARS}2345"),
        ({**OPSGENIE, "auth_key": "short"}, "auth_key", STARS),
        ({**OPSGENIE, "auth_key": "12345678"}, "auth_key", f"{STARS}5678"),
        (PAGERDUTY, "routing_key", f"{STARS}c2d3"),
    ],
)
def test_masks(
    emulator: "RunningEmulator", api: Api, project: str, config: dict[str, Any], member: str, shown: str
) -> None:
    """In every answer: create, read, list, update, and inside alerts. The store keeps the secret."""
    channel = create(api, config)
    path = f"channels/{channel['id']}/"
    alert = {
        **{"name": "a", "description": "", "query": "SELECT 1", "notify_when": "has_matches"},
        **{"time_window": "PT5M", "frequency": "PT5M", "watermark": "PT10S", "channel_ids": [channel["id"]]},
    }
    answers = [channel, api.ok("GET", path), *api.ok("GET", "channels/"), api.ok("PUT", path, {"label": "x"})]
    answers += api.ok("POST", f"{project}alerts/", alert)["channels"]
    assert [answer["config"] for answer in answers] == [{**config, member: shown}] * 5
    assert stored(emulator, channel) == config


def test_mask_threshold(emulator: "RunningEmulator", api: Api) -> None:
    """How short a key has to be to show nothing is a setting."""
    emulator.settings.mask_entirely_below = 100
    assert create(api, PAGERDUTY)["config"]["routing_key"] == STARS
    emulator.settings.mask_entirely_below = 0
    assert create(api, {**OPSGENIE, "auth_key": "1234"})["config"]["auth_key"] == STARS
    assert create(api, {**OPSGENIE, "auth_key": "12345"})["config"]["auth_key"] == f"{STARS}2345"


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (f"https://example.com/{STARS}", True),
        (f"https://example.com:8443/{STARS}", True),
        ("https://example.com/webhook/updated", False),
        (f"https://example.com/{STARS}?q=1", False),
        (f"/{STARS}", False),
    ],
)
def test_masked_urls_are_known(emulator: "RunningEmulator", value: str, masked: bool) -> None:
    """The exact shape and nothing like it."""
    from emulator.masking import is_masked_url

    assert is_masked_url(value) is masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [(f"{STARS}1234", True), (STARS, True), ("GenieKey secret-key-12345", False), (f"{STARS}12345", False)],
)
def test_masked_keys_are_known(emulator: "RunningEmulator", value: str, masked: bool) -> None:
    """The exact shape and nothing like it."""
    from emulator.masking import is_masked_key

    assert is_masked_key(value) is masked


@pytest.mark.parametrize(
    "config",
    [
        WEBHOOK,
        OPSGENIE,
        {**OPSGENIE, "base_url": "https://api.eu.opsgenie.com"},
        PAGERDUTY,
        {**PAGERDUTY, "region": "eu"},
        {"type": "pagerduty-integration", "install_id": ID, "service_id": ID},
        {**SLACK, "include_agent_prompt": False},
        {"type": "email", "recipients": ["a@example.com"]},
        {"type": "notification", "recipients": [ID]},
        {"type": "web-push", "recipients": []},
    ],
)
def test_types(emulator: "RunningEmulator", api: Api, config: dict[str, Any]) -> None:
    """Each type keeps its members, drops the others', and can be switched to and away from."""
    channel = create(api, {**config, "other_type's_member": 1})
    assert stored(emulator, channel) == config
    path = f"channels/{channel['id']}/"
    other = OPSGENIE if config["type"] != "opsgenie" else WEBHOOK
    assert api.ok("PUT", path, {"config": other})["config"]["type"] == other["type"]
    assert stored(emulator, channel) == other
    assert api.ok("PUT", path, {"config": config})["id"] == channel["id"]
    assert stored(emulator, channel) == config


@pytest.mark.parametrize(
    "config",
    [
        None,
        {},
        {"type": "unknown"},
        {"type": "webhook", "format": "auto"},
        {"type": "webhook", "url": "https://example.com"},
        {**WEBHOOK, "url": ""},
        {**WEBHOOK, "url": "ftp://example.com"},
        {**WEBHOOK, "format": "other"},
        {"type": "opsgenie"},
        {**PAGERDUTY, "region": "mars"},
        {**SLACK, "install_id": "x"},
        {"type": "notification", "recipients": ["a@example.com"]},
    ],
)
def test_bad_configurations(api: Api, config: Any) -> None:
    """422, and nothing is created."""
    assert api.call("POST", "channels/", {"label": "ops", "config": config}).status_code == 422
    assert api.ok("GET", "channels/") == []


def test_creation_is_active(api: Api) -> None:
    """``active`` is no member of a creation: it is dropped."""
    answer = api.call("POST", "channels/", {"label": "ops", "config": WEBHOOK, "active": False})
    assert (answer.status_code, answer.json()["active"]) == (201, True)
    assert answer.json()["updated_at"] is None
    updated = api.ok("PUT", f"channels/{answer.json()['id']}/", {"active": False})
    assert (updated["active"], updated["updated_at"] is None) == (False, False)


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ({}, {}),
        ({"label": None, "active": None, "config": None}, {}),
        ({"label": "new"}, {"label": "new"}),
        ({"active": False}, {"active": False}),
        ({"config": {**WEBHOOK, "format": "raw-data", "url": ""}}, {"format": "raw-data"}),
        ({"config": {**WEBHOOK, "url": "https://example.com/new"}}, {"url": "https://example.com/new"}),
    ],
)
def test_partial_update(emulator: "RunningEmulator", api: Api, body: dict[str, Any], changes: dict[str, Any]) -> None:
    """Left out and null: unchanged. A configuration is replaced; an empty URL keeps the credential."""
    channel = create(api, WEBHOOK)
    answer = api.ok("PUT", f"channels/{channel['id']}/", body)
    expected = {**WEBHOOK, "label": "ops", "active": True, **changes}
    assert {**stored(emulator, channel), "label": answer["label"], "active": answer["active"]} == expected


def test_nothing_to_keep(api: Api) -> None:
    """An empty URL on the way from another type."""
    channel = create(api, OPSGENIE)
    assert api.call("PUT", f"channels/{channel['id']}/", {"config": {**WEBHOOK, "url": ""}}).status_code == 422


@pytest.mark.parametrize(
    ("config", "member", "sent", "settings", "kept"),
    [
        (WEBHOOK, "url", f"https://example.com/{STARS}", {}, False),
        (WEBHOOK, "url", f"https://example.com/{STARS}", {"masked_secret_on_update": "keep"}, True),
        (OPSGENIE, "auth_key", f"{STARS}2345", {}, False),
        (OPSGENIE, "auth_key", f"{STARS}2345", {"masked_secret_on_update": "keep"}, True),
        (PAGERDUTY, "routing_key", "", {}, False),
        (PAGERDUTY, "routing_key", "", {"empty_key_on_update": "keep"}, True),
    ],
)
def test_masked_or_empty_secret_sent_back(
    emulator: "RunningEmulator",
    api: Api,
    config: dict[str, Any],
    member: str,
    sent: str,
    settings: dict[str, Any],
    kept: bool,
) -> None:
    """What the service does with it is open: by default it destroys the secret."""
    emulator.settings.patch(settings)
    channel = create(api, config)
    api.ok("PUT", f"channels/{channel['id']}/", {"config": {**config, member: sent}})
    assert stored(emulator, channel)[member] == (config[member] if kept else sent)


def test_slack_prompt(emulator: "RunningEmulator", api: Api) -> None:
    """True for a new channel, what it was when left out later, or true again by a setting."""
    channel = create(api, SLACK)
    path = f"channels/{channel['id']}/"
    assert channel["config"]["include_agent_prompt"] is True
    for config, prompt in (({**SLACK, "include_agent_prompt": False}, False), (SLACK, False)):
        assert api.ok("PUT", path, {"config": config})["config"]["include_agent_prompt"] is prompt
    assert api.ok("PUT", path, {"label": "renamed"})["config"]["include_agent_prompt"] is False
    emulator.settings.omitted_prompt_on_update = "true"
    assert api.ok("PUT", path, {"config": SLACK})["config"]["include_agent_prompt"] is True


def test_labels_are_not_unique(api: Api) -> None:
    """Two channels of one label, and one that is labelled with another's id."""
    first = create(api, WEBHOOK)
    assert create(api, WEBHOOK)["label"] == first["label"]
    assert create(api, WEBHOOK, first["id"])["label"] == first["id"]
    assert len(api.ok("GET", "channels/")) == 3


def test_channel_of_an_unknown_type(emulator: "RunningEmulator", api: Api) -> None:
    """One that only the service of tomorrow knows is shown, renamed, switched off and removed."""
    emulator.store.load({"channels": [{"label": "ops", "config": {"type": "carrier-pigeon", "loft": 7}}]})
    [channel] = api.ok("GET", "channels/")
    assert channel["config"] == {"type": "carrier-pigeon", "loft": 7}
    path = f"channels/{channel['id']}/"
    assert api.ok("PUT", path, {"label": "x", "active": False})["config"] == channel["config"]
    assert api.call("DELETE", path).status_code == 204


def test_types_of_older_releases(emulator: "RunningEmulator", api: Api) -> None:
    """A type that a release does not know is refused."""
    emulator.settings.channel_types = ["webhook"]
    assert api.call("POST", "channels/", {"label": "ops", "config": PAGERDUTY}).status_code == 422


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_channel(api: Api, method: str) -> None:
    """404."""
    answer = api.call(method, f"channels/{ID}/", {})
    assert (answer.status_code, set(answer.json())) == (404, {"detail"})


@pytest.mark.parametrize("refuse", [False, True])
def test_channel_in_use(emulator: "RunningEmulator", api: Api, refuse: bool) -> None:
    """It disappears from the alerts, or is refused: a setting."""
    emulator.settings.delete_used_channel = "refuse" if refuse else "detach"
    alert = {"name": "a", "channels": ["ops", "other"]}
    emulator.store.load({"channels": ["ops", "other"], "projects": [{"project_name": "shop", "alerts": [alert]}]})
    ops = next(item["id"] for item in api.ok("GET", "channels/") if item["label"] == "ops")
    assert api.call("DELETE", f"channels/{ops}/").status_code == (409 if refuse else 204)
    [project] = emulator.store.state.projects
    [found] = api.ok("GET", f"projects/{project}/alerts/")
    assert len(found["channels"]) == len(found["channel_assignments"]) == (2 if refuse else 1)


@pytest.mark.parametrize("status", [None, 400, 409, 422])
def test_a_label_that_is_taken(emulator: "RunningEmulator", api: Api, status: int | None) -> None:
    """On creation as on a rename; a channel may keep its own label. Whether it is refused is a setting."""
    emulator.settings.patch({"duplicate_label_status": status})
    other = f"channels/{create(api, WEBHOOK, 'other')['id']}/"
    create(api, WEBHOOK)
    created = api.call("POST", "channels/", {"label": "ops", "config": WEBHOOK})
    renamed = api.call("PUT", other, {"label": "ops", "active": False})
    assert (created.status_code, renamed.status_code) == (status or 201, status or 200)
    if status:
        assert isinstance(created.json()["detail"], list if status == 422 else str)
        assert api.ok("GET", other)["active"] is True
        assert api.ok("PUT", other, {"label": "other"})["label"] == "other"


def test_values_of_a_release_to_come(emulator: "RunningEmulator", api: Api) -> None:
    """Requests are refused with them; what a seed brought is shown, and kept by changes of other members."""
    configs = [{**WEBHOOK, "format": "carrier-pigeon"}, {**PAGERDUTY, "region": "moon"}]
    emulator.store.load({"channels": [{"label": config["type"], "config": config} for config in configs]})
    for channel in api.ok("GET", "channels/"):
        (config,) = (each for each in configs if each["type"] == channel["config"]["type"])
        more = next(name for name in ("format", "region") if name in config)
        assert channel["config"][more] == config[more]
        changed = api.ok("PUT", f"channels/{channel['id']}/", {"label": "x"})
        assert changed["config"] == channel["config"]
        assert api.call("PUT", f"channels/{channel['id']}/", {"config": config}).status_code == 422
