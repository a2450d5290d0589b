# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers of every kind that other services may spell otherwise: statuses, problem details, members to come."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
WEBHOOK = {"type": "webhook", "format": "auto", "url": "https://example.com/webhook"}
ALERT = {
    **{"name": "Errors", "description": "", "query": "SELECT 1", "notify_when": "has_matches"},
    **{"time_window": "PT5M", "frequency": "PT5M", "watermark": "PT10S"},
}
DEFINITION = {
    "kind": "Dashboard",
    "metadata": {"name": "x", "project": "shop"},
    "spec": {"display": {"name": "x"}, "panels": {}, "layouts": []},
}


@pytest.mark.parametrize("status", [200, 201])
def test_status_of_a_creation(emulator: "RunningEmulator", api: Api, project: str, status: int) -> None:
    """A setting for all kinds; dashboards have one of their own."""
    emulator.settings.patch({"creation_status": status})
    channel = {"label": "ops", "config": WEBHOOK}
    board = {"name": "x", "slug": "x", "definition": DEFINITION}
    answers = {
        path: api.call("POST", path, sent)
        for path, sent in {
            "projects/": {"project_name": "other"},
            "channels/": channel,
            f"{project}alerts/": ALERT,
            f"{project}write-tokens/": {},
            f"{project}read-tokens/": {},
            f"{project}dashboards/": board,
        }.items()
    }
    token = answers[f"{project}write-tokens/"].json()["id"]
    answers["rotate"] = api.call("POST", f"{project}write-tokens/{token}/rotate/")
    assert {path: answer.status_code for path, answer in answers.items()} == {
        **dict.fromkeys(answers, status),
        f"{project}dashboards/": 200,
    }
    assert all(answer.json()["id"] for answer in answers.values())


REFUSALS: list[tuple[str, str, Any, int]] = [
    ("GET", "projects/", ..., 401),
    ("GET", f"channels/{ID}/", ..., 404),
    ("GET", "nothing/", ..., 404),
    ("GET", "missing/", ..., 404),
    ("DELETE", "projects/", ..., 405),
    ("POST", "projects/", {"project_name": "shop"}, 409),
    ("POST", "projects/", {"project_name": "!"}, 422),
    ("POST", "projects/", {}, 422),
]


@pytest.mark.parametrize(("method", "path", "sent", "status"), REFUSALS)
def test_problem_details(
    emulator: "RunningEmulator", connect: Any, method: str, path: str, sent: Any, status: int
) -> None:
    """The same refusal with its type, title and status, as a media type of its own: a setting."""
    api = connect(None) if status == 401 else connect()
    emulator.settings.missing_routes = ["/missing/"]
    emulator.store.load({"projects": ["shop"]})
    plain = api.call(method, path, sent)
    emulator.settings.error_form = "problem"
    problem = api.call(method, path, sent)
    assert (plain.status_code, problem.status_code) == (status, status)
    assert plain.headers["Content-Type"] == "application/json"
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert {**problem.json(), "type": "about:blank", "status": status} == problem.json()
    assert {name: problem.json()[name] for name in plain.json()} == plain.json()
    kept = {name for name in plain.headers if not name.lower().startswith(("content-", "date"))}
    assert {problem.headers[name] for name in kept} == {plain.headers[name] for name in kept}


def test_problem_details_of_the_rate_limit(emulator: "RunningEmulator", api: Api) -> None:
    """They keep Retry-After, and a success stays what it is."""
    emulator.settings.patch({"error_form": "problem", "rate_limit_per_minute": 1})
    assert api.call("GET", "projects/").json() == []
    answer = api.call("GET", "projects/")
    assert (answer.status_code, answer.json()["title"]) == (429, "Too Many Requests")
    assert int(answer.headers["Retry-After"]) > 0


def test_unknown_members(emulator: "RunningEmulator", api: Api, project: str) -> None:
    """One more in every object whose members the service names, in answers to reads and writes: a setting.

    Of a dashboard's definition, these are the metadata.
    """
    channel = api.ok("POST", "channels/", {"label": "ops", "config": WEBHOOK})
    paths = {
        "projects/": project,
        "channels/": f"channels/{channel['id']}/",
        f"{project}alerts/": "",
        f"{project}write-tokens/": "",
        f"{project}dashboards/": "",
    }
    alert = api.ok("POST", f"{project}alerts/", {**ALERT, "channel_ids": [channel["id"]], "active": False})
    board = api.ok("POST", f"{project}dashboards/", {"name": "x", "slug": "x", "definition": DEFINITION})
    api.ok("POST", f"{project}write-tokens/")
    items = {**paths, f"{project}alerts/": f"{project}alerts/{alert['id']}/"}
    plain = {path: api.ok("GET", path) for path in [*paths, *filter(None, items.values())]}
    emulator.settings.unknown_members = True
    more = "of_a_release_to_come"
    for path, answer in plain.items():
        told = api.ok("GET", path)
        for item, before in zip(*([each] if isinstance(each, dict) else each for each in (told, answer)), strict=True):
            assert set(item) == {*before, more}
    updated = api.ok("PUT", f"{project}alerts/{alert['id']}/", {"query": "SELECT 2"})
    [assigned], [pair] = updated["channels"], updated["channel_assignments"]
    for inner in (updated, assigned, assigned["config"], pair, updated["query_check"], updated["suppression"]):
        assert more in inner
    shown = api.ok("GET", f"{project}dashboards/{board['id']}/")["dashboard"]
    assert more in shown["metadata"]
    assert more not in {*shown, *shown["spec"], *shown["spec"]["panels"]}
    assert more not in str(emulator.store.snapshot())
