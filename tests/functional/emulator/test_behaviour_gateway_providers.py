# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Providers of the gateway: what stays, what is never shown, pages."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PATH = "gateway/providers/"
SECRET = "sk-secret"
CREDENTIALS = {"credentials": {"type": "api-key", "value": SECRET}}
OPENAI: dict[str, Any] = {"slug": "openai", "provider": {"vendor": "openai", "config": CREDENTIALS}}
AWS = {**CREDENTIALS, "api": "runtime", "region": "eu-west-1"}


def test_life(api: Api, emulator: "RunningEmulator") -> None:
    """No answer has the credential, and a change keeps it unless it has another."""
    made = api.ok("POST", PATH, OPENAI)
    assert made.keys() == {"id", "slug", "provider", "pricing", "created_at"}
    assert (made["provider"], made["pricing"]) == ({"vendor": "openai"}, {"required": True})
    path = f"{PATH}{made['id']}/"
    assert api.ok("PATCH", path, {"pricing": {"required": False}})["pricing"] == {"required": False}
    assert api.ok("GET", path) == {**made, "pricing": {"required": False}}
    assert emulator.store.snapshot()["gateway_providers"][0]["credential"] == SECRET
    assert api.call("DELETE", path).status_code == 204
    assert api.call("DELETE", path).status_code == 204
    assert api.call("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**OPENAI, "slug": "-x"}, 422),
        ({**OPENAI, "slug": "openai"}, 409),
        ({"slug": "a", "provider": {"vendor": "openai", "config": {}}}, 422),
        ({"slug": "a", "provider": {"vendor": "openai", "config": AWS}}, 422),
        ({"slug": "a", "provider": {"vendor": "bedrock", "config": CREDENTIALS}}, 422),
        ({"slug": "a", "provider": {"vendor": "bedrock", "config": AWS}}, 201),
    ],
)
def test_creations(api: Api, body: dict[str, Any], status: int) -> None:
    """What is refused, and what is not."""
    api.ok("POST", PATH, OPENAI)
    assert api.call("POST", PATH, body).status_code == status


def test_slug_and_vendor_stay(api: Api) -> None:
    """And the vendor is part of each configuration."""
    path = f"{PATH}{api.ok('POST', PATH, OPENAI)['id']}/"
    assert api.call("PATCH", path, {"slug": "other"}).status_code == 422
    assert api.call("PATCH", path, {"provider": {"vendor": "mistral", "config": {}}}).status_code == 422
    assert api.call("PATCH", path, {"provider": {"config": CREDENTIALS}}).status_code == 422


@pytest.mark.parametrize(("end", "last"), [("null", None), ("empty", "")])
def test_pages(api: Api, emulator: "RunningEmulator", end: str, last: Any) -> None:
    """By slug, to the last."""
    emulator.settings.patch({"gateway_last_cursor": end})
    emulator.store.load({"gateway_providers": ["b", "c", "a"]})
    first = api.ok("GET", PATH, params={"limit": 2})
    rest = api.ok("GET", PATH, params={"limit": 2, "cursor": first["next_cursor"]})
    assert [each["slug"] for each in first["providers"] + rest["providers"]] == ["a", "b", "c"]
    assert rest["next_cursor"] == last


@pytest.mark.parametrize("status", [403, 409, 422, 503])
@pytest.mark.parametrize("echo", [True, False])
def test_refusals_may_repeat_the_credential(api: Api, emulator: "RunningEmulator", status: int, echo: bool) -> None:
    """If the settings say so."""
    emulator.settings.patch({"gateway_refusal": status, "gateway_error_echo": echo})
    answer = api.call("POST", PATH, OPENAI)
    assert answer.status_code == status
    assert (SECRET in answer.text) is echo
