# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody else is at work too, between what a run reads and what it writes: each outcome, exactly."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import requests
from organizations import alert, dashboard, webhook
from scenarios import SEED, SHOP, Options, records

from ansible_collections.community.logfire.plugins.module_utils._api import http

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from scenarios import ClearRunner

Meanwhile = Callable[..., None]

ALERT = {"project": "shop", **alert("Errors", "ops")}
BOARD = {"project": "shop", **dashboard("overview")}
TOKEN = {"project": "shop", "rotate": True}
CHANNEL: Options = {"name": "pager", "config": webhook("pager")}
PROJECT: Options = {"name": "web", "description": "It"}

#: By kind: what makes an object, a change of it, and where the service has it.
OBJECTS: dict[str, tuple[Options, Options, str]] = {
    "project": (PROJECT, {"description": "Other"}, "/api/v1/projects/"),
    "channel": (CHANNEL, {"active": False}, "/api/v1/channels/"),
    "alert": (ALERT, {"description": "Other"}, f"/api/v1/projects/{SHOP}/alerts/"),
    "dashboard": (BOARD, {"name": "Other"}, f"/api/v1/projects/{SHOP}/dashboards/"),
}


@pytest.fixture(autouse=True)
def seeded(emulator: "RunningEmulator") -> None:
    emulator.store.load(SEED)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch, emulator: "RunningEmulator", emulator_key: str) -> Meanwhile:
    """Right before the first request of a run that matches, or right after, somebody else sends one: once, or more."""

    def arrange(match: str, method: str, path: str, body: Any = None, times: int = 1, after: bool = False) -> None:
        request, left = http.Transport.request, [times]

        def raced(transport: Any, own_method: str, own_path: str, own_body: Any = None) -> Any:
            races = bool(left[0] and re.search(match, f"{own_method} {own_path}"))
            left[0] -= races
            if races and not after:
                send()
            answer = request(transport, own_method, own_path, own_body)
            if races and after:
                send()
            return answer

        def send() -> None:
            headers = {"Authorization": f"Bearer {emulator_key}"}
            answer = requests.request(method, emulator.base_url + path, json=body, headers=headers, timeout=10)
            assert answer.ok, answer.text

        monkeypatch.setattr(http.Transport, "request", raced)

    return arrange


def made(run: "ClearRunner", kind: str) -> str:
    """Make an object; its path."""
    options, _change, path = OBJECTS[kind]
    return f"{path}{run.ok(f'logfire_{kind}', **options).result[kind]['id']}/"


@pytest.mark.parametrize("kind", OBJECTS)
def test_deleted_before_it_is_changed(kind: str, run: "ClearRunner", meanwhile: Meanwhile) -> None:
    """It is made again, since that is what is described; once."""
    path = made(run, kind)
    options, change, _path = OBJECTS[kind]
    meanwhile("PUT ", "DELETE", path)
    again = run.ok(f"logfire_{kind}", **{**options, **change})
    assert again.changed
    assert again.result[kind]["id"] not in path
    assert [call[:4] for call in again.writes if "DELETE" not in call][:2] == ["PUT ", "POST"]
    assert not run.ok(f"logfire_{kind}", **{**options, **change}).changed


@pytest.mark.parametrize("kind", OBJECTS)
def test_deleted_before_it_is_changed_by_its_id(kind: str, run: "ClearRunner", meanwhile: Meanwhile) -> None:
    """Nothing can be made with a certain id: it is said that it is gone."""
    path = made(run, kind)
    options, change, _path = OBJECTS[kind]
    meanwhile("PUT ", "DELETE", path)
    parent = {"project": "shop"} if "project" in options else {}
    failed = run.fails(f"logfire_{kind}", **parent, **change, id=path.split("/")[-2])
    assert f"there is no {kind} '{path.split('/')[-2]}'" in failed.result["msg"]


def test_deleted_before_it_is_changed_in_part(run: "ClearRunner", meanwhile: Meanwhile) -> None:
    """It cannot be made from a part: it is said what is missing."""
    meanwhile("PUT ", "DELETE", made(run, "alert"))
    failed = run.fails("logfire_alert", project="shop", name="Errors", active=False)
    assert "query: required to create an alert" in failed.result["msg"]


@pytest.mark.parametrize("kind", OBJECTS)
def test_deleted_before_it_is_deleted(kind: str, run: "ClearRunner", meanwhile: Meanwhile) -> None:
    path = made(run, kind)
    options, _change, _path = OBJECTS[kind]
    names = {name: options[name] for name in ("project", "slug", "name") if name in options}
    if kind == "dashboard":
        del names["name"]
    meanwhile("DELETE ", "DELETE", path)
    assert run.ok(f"logfire_{kind}", **names, state="absent").changed
    assert not run.ok(f"logfire_{kind}", **names, state="absent").changed


RENAMED = {
    "project": {"project_name": "other"},
    "channel": {"label": "other"},
    "alert": {"name": "Other"},
}


@pytest.mark.parametrize("kind", RENAMED)
def test_renamed_before_it_is_changed(kind: str, run: "ClearRunner", meanwhile: Meanwhile) -> None:
    """The change is made to the object that was found, the new name stays, and nothing is made twice."""
    path = made(run, kind)
    options, change, _path = OBJECTS[kind]
    meanwhile("PUT ", "PUT", path, RENAMED[kind])
    changed = run.ok(f"logfire_{kind}", **{**options, **change})
    assert changed.result[kind]["id"] in path
    assert changed.result[kind]["name"] in RENAMED[kind].values()
    assert {option: changed.result[kind][option] for option in change} == change


TAKEN = {
    "project": ("POST .*/projects/$", {"project_name": "web", "description": "Theirs"}),
    "dashboard": (
        "POST .*/dashboards/$",
        {
            "name": "Theirs",
            "slug": "overview",
            "definition": {**BOARD["definition"], "metadata": {"name": "Theirs", "project": "shop"}},
        },
    ),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_made_by_another_first(
    kind: str, run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    """Where names are unique the other's object is taken, and changed to what is described."""
    options, _change, path = OBJECTS[kind]
    match, body = TAKEN[kind]
    meanwhile(match, "POST", path, body)
    adopted = run.ok(f"logfire_{kind}", **options)
    assert adopted.changed
    assert "Theirs" in str(adopted.result["diff"]["before"])
    assert not run.ok(f"logfire_{kind}", **options).changed


#: Where names are not unique: what somebody else makes, by kind.
THEIRS: dict[str, Options] = {
    "channel": {
        "label": "pager",
        "config": {"type": "webhook", "format": "auto", "url": "https://hooks.example.com/t"},
    },
    "alert": {
        **{"name": "Errors", "description": "Theirs", "query": "SELECT 1", "notify_when": "has_matches"},
        **{"time_window": "PT5M", "frequency": "PT1M", "watermark": "PT10S"},
    },
}


@pytest.mark.parametrize("kind", THEIRS)
def test_an_older_one_of_the_same_name(
    kind: str, run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    """Made in the instant between the list and the creation: it is kept and made as described, and ours withdrawn."""
    options, _change, path = OBJECTS[kind]
    meanwhile("POST ", "POST", path, THEIRS[kind])
    done = run.ok(f"logfire_{kind}", **options)
    (theirs,) = [call for call in done.writes if call.startswith("PUT")]
    (ours,) = [call for call in done.writes if call.startswith("DELETE")]
    lookups = ["GET"] * (3 if kind == "alert" else 1)
    assert [call.split()[0] for call in done.calls] == [*lookups, "POST", "POST", "GET", "DELETE", "PUT"]
    assert done.result[kind]["id"] in theirs
    assert done.result["diff"]["before"] == {}
    (warning,) = done.warnings
    assert "at the same time" in warning
    assert ours.split("/")[-2] in warning
    assert done.result[kind]["id"] in warning
    assert not run.ok(f"logfire_{kind}", **options).changed


@pytest.mark.parametrize("kind", THEIRS)
def test_a_younger_one_of_the_same_name(kind: str, run: "ClearRunner", meanwhile: Meanwhile) -> None:
    """Made between our creation and the look after it: whoever made it withdraws it, and nobody else touches it."""
    options, _change, path = OBJECTS[kind]
    meanwhile("POST ", "POST", path, THEIRS[kind], after=True)
    done = run.ok(f"logfire_{kind}", **options)
    assert [call.split()[0] for call in done.writes] == ["POST", "POST"]
    assert done.warnings == []
    parent = {name: options[name] for name in options if name == "project"}
    ids = [item["id"] for item in run.ok(f"logfire_{kind}_info", name=options["name"], **parent).result[f"{kind}s"]]
    assert len(ids) == 2
    (theirs,) = {*ids} - {done.result[kind]["id"]}
    assert run.ok(f"logfire_{kind}", id=theirs, state="absent", **parent).changed
    assert not run.ok(f"logfire_{kind}", **options).changed


def test_a_dashboard_that_is_edited_meanwhile(run: "ClearRunner", meanwhile: Meanwhile) -> None:
    """409, once: what is there now is read, and changed to what is described."""
    path = made(run, "dashboard")
    theirs = {**dashboard("overview", "Theirs")["definition"], "metadata": {"name": "Overview", "project": "shop"}}
    ours = {**BOARD, **dashboard("overview", "Ours")}
    meanwhile("PUT ", "PUT", path, {"definition": theirs, "version": 1})
    changed = run.ok("logfire_dashboard", **ours)
    assert changed.changed
    assert [request.status for request in changed.requests if request.method == "PUT"] == [200, 409, 200]
    assert changed.result["dashboard"]["version"] == 3
    assert "Theirs" in str(changed.result["diff"]["before"])
    assert not run.ok("logfire_dashboard", **ours).changed


def test_a_dashboard_that_is_edited_all_the_time(
    run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    """After the second conflict it is left as the other has it."""
    made(run, "dashboard")
    emulator.faults.add(action="status", method="PUT", status=409, count=None, body={"detail": "Version conflict"})
    failed = run.fails("logfire_dashboard", **{**BOARD, "name": "Ours"})
    assert failed.result["failure"]["status"] == 409
    assert len(failed.writes) == 2


# The project above is deleted in the middle of a run. Both refusals have been seen of the service.


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("kind", ["alert", "dashboard", "token"])
@pytest.mark.parametrize("reference", ["shop", SHOP], ids=["by name", "by id"])
def test_the_project_is_deleted_before_its_list_is_read(
    reference: str, kind: str, status: Any, run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    emulator.settings.missing_project_child_status = status
    meanwhile(f"GET .*/{kind}s/$|-tokens/$", "DELETE", f"/api/v1/projects/{SHOP}/")
    options = {"alert": ALERT, "dashboard": BOARD, "token": {}}[kind]
    failed = run.fails(f"logfire_{kind}", **{**options, "project": reference})
    assert f"there is no project {reference!r}" in failed.result["msg"]
    assert [call for call in failed.writes if "DELETE" not in call] == []


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("kind", ["alert", "dashboard", "token"])
def test_the_project_is_deleted_before_the_creation(
    kind: str, status: Any, run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    """It is said that the project is gone, or that it may be: 403 also stands for a missing permission."""
    emulator.settings.missing_project_child_status = status
    meanwhile("POST ", "DELETE", f"/api/v1/projects/{SHOP}/")
    failed = run.fails(f"logfire_{kind}", **{"alert": ALERT, "dashboard": BOARD, "token": TOKEN}[kind])
    if status == 404 and kind != "token":
        assert "there is no project 'shop'" in failed.result["msg"]
    else:
        assert failed.result["failure"]["status"] == status
        assert "no longer exists" in failed.result["msg"] or "Project not found" in failed.result["msg"]
    assert sum(call.startswith("POST") for call in failed.calls) == 1


@pytest.mark.parametrize("status", [403, 404])
@pytest.mark.parametrize("kind", ["alert", "dashboard"])
def test_the_project_is_deleted_before_the_deletion(
    kind: str, status: Any, run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    """A 403 is no proof; the next run finds that nothing is left to do."""
    emulator.settings.missing_project_child_status = status
    made(run, kind)
    names = {"alert": {"name": "Errors"}, "dashboard": {"slug": "overview"}}[kind]
    meanwhile("DELETE ", "DELETE", f"/api/v1/projects/{SHOP}/")
    ended = run(f"logfire_{kind}", project="shop", **names, state="absent")
    assert ended.failed == (status == 403)
    assert not run.ok(f"logfire_{kind}", project="shop", **names, state="absent").changed


@pytest.mark.parametrize("status", [403, 404])
def test_a_project_of_a_stack_is_deleted(
    status: Any, run: "ClearRunner", emulator: "RunningEmulator", meanwhile: Meanwhile
) -> None:
    """The rest is done, what failed is listed, and the next run makes all of it."""
    emulator.settings.missing_project_child_status = status
    description = {
        "projects": [
            {"name": "shop", "alerts": [alert("Errors")], "dashboards": [dashboard("overview")]},
            {"name": "web", "alerts": [alert("Down")]},
        ]
    }
    meanwhile("POST .*/dashboards/$", "DELETE", f"/api/v1/projects/{SHOP}/")
    failed = run.fails("logfire_stack", **description, concurrency=1)
    assert [item["name"] for item in failed.result["failures"]] == ["overview"]
    assert {item["name"] for item in failed.result["changes"]} == {"Errors", "web", "Down"}
    assert run.ok("logfire_stack", **description).changed
    assert not run.ok("logfire_stack", **description).changed


#: A kind, and what its list holds besides what the run is about, in SEED.
LISTS = {kind: path for kind, (_options, _change, path) in OBJECTS.items()}


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("change", ["creation", "change"])
def test_a_list_that_is_empty_all_at_once(
    kind: str, change: str, run: "ClearRunner", emulator: "RunningEmulator", waits: list[float]
) -> None:
    """Is no reason to make again what the run has seen there: it fails, and the next run makes nothing twice."""
    options, changes, path = OBJECTS[kind]
    if change == "change":
        made(run, kind)
        options = {**options, **changes}
        emulator.faults.add(action="status", method="PUT", path=path, status=404)
    else:
        emulator.faults.add(action="drop_after", method="POST", path=f"{path}$")
    emulator.faults.add(action="body", method="GET", path=f"{path}$", skip=1, count=None, body=[])
    bystanders = len(list(records(emulator.store.snapshot())))
    failed = run.fails(f"logfire_{kind}", **options)
    assert [call.split()[0] for call in failed.writes] == ["POST" if change == "creation" else "PUT"]
    assert len(list(records(emulator.store.snapshot()))) == bystanders + (change == "creation")
    emulator.faults.clear()
    run.ok(f"logfire_{kind}", **options)
    assert not run.ok(f"logfire_{kind}", **options).changed
    assert len(list(records(emulator.store.snapshot()))) == bystanders + (change == "creation")


def test_a_list_that_is_empty_after_a_creation(run: "ClearRunner", emulator: "RunningEmulator") -> None:
    """Takes nothing from what is known: the alert finds the channel that was just made."""
    emulator.faults.add(action="body", method="GET", path="/channels/$", skip=1, count=None, body=[])
    described = {"channels": [CHANNEL], "projects": [{"name": "shop", "alerts": [alert("Errors", "pager")]}]}
    done = run.ok("logfire_stack", **described)
    assert done.result["summary"]["created"] == 2
    emulator.faults.clear()
    assert not run.ok("logfire_stack", **described).changed


@pytest.mark.parametrize("is_approved", [True, False])
def test_an_approved_plan_and_an_edit_during_the_run(
    run: "ClearRunner", meanwhile: Meanwhile, is_approved: bool
) -> None:
    """After the plan was compared: the edit stays, since what it would take now was approved by nobody."""
    path = made(run, "dashboard")
    theirs = {**dashboard("overview", "Theirs")["definition"], "metadata": {"name": "Overview", "project": "shop"}}
    description = {
        "projects": [{"name": "shop", "dashboards": [{"slug": BOARD["slug"], **dashboard("overview", "Ours")}]}]
    }
    approved = run.ok("logfire_stack", check=True, **description).result["plan_digest"]
    meanwhile("PUT ", "PUT", path, {"definition": theirs, "version": 1})
    done = run("logfire_stack", **description, **({"expected_plan": approved} if is_approved else {}))
    puts = [request.status for request in done.requests if request.method == "PUT"]
    assert (done.failed, puts) == ((True, [200, 409]) if is_approved else (False, [200, 409, 200]))
    assert ("during this run and no longer matches the approved plan" in str(done.result)) is is_approved
