# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Providers of the gateway: their life, pages, credentials that nobody shows, and what cannot be."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from harness import Run, Runner

MODULE = "logfire_gateway_provider"
KEY, NEW_KEY = "canary-of-a-vendor-0123456789", "another-canary-of-a-vendor-9876543210"
OPENAI: dict[str, Any] = {"slug": "openai", "vendor": "openai", "api_key": KEY}
BEDROCK: dict[str, Any] = {"slug": "aws", "vendor": "bedrock", "api_key": KEY}
BEDROCK |= {"bedrock_api": "runtime", "bedrock_region": "eu-west-1"}


def bodies(done: "Run") -> list[Any]:
    return [request.body for request in done.requests if request.method in ("POST", "PATCH")]


def stored(run: "Runner") -> Any:
    [record] = run.emulator.store.snapshot()["gateway_providers"]
    return record


@pytest.fixture
def run(run: "Runner") -> "Runner":
    """Runs modules where there is no provider yet."""
    run.emulator.store.load({"projects": ["shop"]})
    return run


@pytest.mark.parametrize("reading", [{}, {"gateway_config": "always"}, {"unknown_members": True}])
@pytest.mark.parametrize("options", [OPENAI, BEDROCK])
def test_life(run: "Runner", options: dict[str, Any], reading: dict[str, Any]) -> None:
    """Planned, made, left alone, changed, read, removed; no result has the credential."""
    run.emulator.settings.patch(reading)
    planned = run.ok(MODULE, check=True, **options)
    made = run.ok(MODULE, **options)
    assert planned.changed and made.changed
    assert planned.result["gateway_provider"].keys() == made.result["gateway_provider"].keys()
    assert made.calls == ["GET /api/v1/gateway/providers/", "POST /api/v1/gateway/providers/"]
    assert stored(run)["credential"] == KEY
    assert "api_key" not in made.result["gateway_provider"]
    for same in (options, {**options, "api_key": NEW_KEY}, {"id": made.result["gateway_provider"]["id"]}):
        kept = run.ok(MODULE, **same)
        assert (kept.changed, kept.calls) == (False, ["GET /api/v1/gateway/providers/"])
    change = {"slug": options["slug"], "require_pricing": False}
    assert run.ok(MODULE, check=True, **change).changed
    changed = run.ok(MODULE, **change)
    assert bodies(changed) == [{"pricing": {"required": False}}]
    assert changed.result["gateway_provider"]["require_pricing"] is False
    assert stored(run)["credential"] == KEY
    assert not run.ok(MODULE, **change).changed
    assert run.ok(f"{MODULE}_info").result["gateway_providers"] == [changed.result["gateway_provider"]]
    removed = run.ok(MODULE, slug=options["slug"], state="absent")
    assert removed.changed
    assert not run.ok(MODULE, slug=options["slug"], state="absent").changed
    for done in (planned, made, changed, removed):
        assert KEY not in done.stdout + done.stderr


def test_a_region_changes_alone(run: "Runner") -> None:
    run.ok(MODULE, **BEDROCK)
    moved = run.ok(MODULE, **{**BEDROCK, "bedrock_region": "us-east-1"})
    provider = {"vendor": "bedrock", "config": {"region": "us-east-1"}}
    assert bodies(moved) == [{"provider": provider, "pricing": {"required": True}}]
    assert stored(run)["credential"] == KEY


def test_when_a_credential_is_sent(run: "Runner", tmp_path: Path) -> None:
    """Never again, always, or when the fingerprints do not know it."""
    file = tmp_path / "fingerprints.json"
    run.ok(MODULE, **OPENAI, fingerprints=str(file))
    assert not run.ok(MODULE, **OPENAI, fingerprints=str(file)).changed
    new = {**OPENAI, "api_key": NEW_KEY}
    assert not run.ok(MODULE, **new, update_secret="on_create", fingerprints=str(file)).changed
    assert run.ok(MODULE, check=True, **new, fingerprints=str(file)).changed
    sent = run.ok(MODULE, **new, fingerprints=str(file))
    credentials = {"credentials": {"type": "api-key", "value": NEW_KEY}}
    assert bodies(sent) == [{"provider": {"vendor": "openai", "config": credentials}, "pricing": {"required": True}}]
    assert not run.ok(MODULE, **new, fingerprints=str(file)).changed
    assert KEY not in file.read_text() and NEW_KEY not in file.read_text()
    for _turn in range(2):
        assert run.ok(MODULE, **OPENAI, update_secret="always").changed
    assert stored(run)["credential"] == KEY


@pytest.mark.parametrize("end", ["null", "empty"])
def test_pages(run: "Runner", end: str) -> None:
    run.emulator.settings.patch({"gateway_page": 2, "gateway_last_cursor": end})
    run.emulator.store.load({"gateway_providers": ["a", "b", "c", "d", "e"]})
    done = run.ok(f"{MODULE}_info")
    assert [provider["slug"] for provider in done.result["gateway_providers"]] == ["a", "b", "c", "d", "e"]
    assert len(done.requests) == 3
    assert not run.ok(MODULE, slug="e").changed
    run.emulator.faults.add(action="status", status=200, body={"providers": [], "next_cursor": "x"}, count=None)
    assert "endless number of pages" in run.fails(f"{MODULE}_info").result["msg"]


@pytest.mark.parametrize("status", [403, 409, 422, 503])
@pytest.mark.parametrize("verbose", [0, 4])
def test_no_error_shows_what_the_service_says(run: "Runner", status: int, verbose: int) -> None:
    """It repeats the credential, here of another run too, which no option of this one has."""
    run.ok(MODULE, **OPENAI)
    run.emulator.settings.patch({"gateway_refusal": status, "gateway_error_echo": True})
    tries = [
        run.fails(MODULE, **{**OPENAI, "slug": "new"}, retry_timeout=0, _ansible_verbosity=verbose),
        run.fails(MODULE, **OPENAI, update_secret="always", retry_timeout=0, _ansible_verbosity=verbose),
    ]
    run.emulator.faults.add(action="status", status=status, body={"detail": f"no, {NEW_KEY}"}, count=None)
    tries += [
        run.fails(f"{MODULE}_info", retry_timeout=0),
        run.fails(MODULE, slug="openai", state="absent", retry_timeout=0),
    ]
    for failed in tries:
        assert failed.result["failure"]["status"] == status
        assert failed.result["failure"]["detail"] is None
        assert KEY not in failed.stdout + failed.stderr
        assert NEW_KEY not in failed.stdout + failed.stderr
        assert "Refused" not in failed.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"slug": "new"}, "vendor: required to create a gateway provider; also required: api_key"),
        ({"slug": "new", "vendor": "openai", "api_key": " "}, "api_key: required to create a gateway provider"),
        ({"slug": "a b", "vendor": "openai", "api_key": KEY}, "slug: 'a b' is not a slug"),
        ({**OPENAI, "slug": "x" * 65}, "is not a slug"),
        ({**OPENAI, "slug": "new", "api_key": "pylf_v1_local_x"}, "not a Logfire API token"),
        ({**OPENAI, "slug": "new", "vendor": "azure"}, "vendor: 'azure' is not a valid choice"),
        ({**OPENAI, "slug": "new", "bedrock_api": "runtime"}, "bedrock_api: only for the vendor bedrock"),
        ({**BEDROCK, "slug": "new", "bedrock_region": None}, "bedrock_region: required to create a gateway provider"),
        ({**BEDROCK, "slug": "new", "bedrock_region": "Europe"}, "bedrock_region: 'Europe' is not a region"),
        ({"slug": "openai", "vendor": "mistral"}, "has the vendor 'openai', and a vendor cannot be changed"),
        ({"slug": "openai", "bedrock_region": "eu-west-1"}, "bedrock_region: only for the vendor bedrock"),
        ({"slug": "other", "id": "ID"}, "has the slug 'openai', and a slug cannot be changed"),
    ],
)
def test_slips(run: "Runner", options: dict[str, Any], message: str) -> None:
    made = run.ok(MODULE, **OPENAI).result["gateway_provider"]["id"]
    failed = run.fails(MODULE, **{name: made if value == "ID" else value for name, value in options.items()})
    assert message in failed.result["msg"]
    assert failed.writes == []
    assert "pylf_v1_local_x" not in failed.stdout


def test_a_service_without_it(run: "Runner") -> None:
    run.emulator.settings.patch({"missing_routes": ["/gateway/"]})
    assert "recent enough (release v2026-08-12.01 or later)" in run.fails(MODULE, **OPENAI).result["msg"]


def test_another_run_was_faster(run: "Runner") -> None:
    """Or the answer got lost: the provider is adopted, and not made twice."""
    run.emulator.faults.add(action="drop_after", method="POST")
    assert run.ok(MODULE, **OPENAI).changed
    assert len(run.emulator.store.snapshot()["gateway_providers"]) == 1


def test_the_api_token_has_no_alias_here(run: "Runner") -> None:
    """Or the key of the vendor would be sent as the API token."""
    done = run.ok(MODULE, **OPENAI)
    assert {request.authorized for request in done.requests} == {True}
    assert stored(run)["credential"] == KEY
    token = run.connection["api_token"]
    refused = run.fails(MODULE, slug="new", vendor="openai", api_key=token)
    assert "set api_token to the latter" in refused.result["msg"]
    assert token not in refused.stdout
