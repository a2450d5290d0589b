# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dashboards."""

import copy
from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"
SUMMARY = {
    *("id", "project_id", "created_at", "updated_at", "created_by_name", "updated_by_name"),
    *("dashboard_name", "dashboard_slug", "version"),
}
PANEL = {
    "kind": "Panel",
    "spec": {
        "display": {"name": "Text", "description": "A text"},
        "plugin": {"kind": "TextPanel", "spec": {"text": "{{ hello }}", "any": [1, {"thing": None}]}},
        "queries": [],
    },
}
LAYOUT = {
    "kind": "Grid",
    "spec": {
        "display": {"title": "Row"},
        "items": [{"x": 0, "y": 0, "width": 24, "height": 6, "content": {"$ref": "#/spec/panels/panel"}}],
    },
}
SPEC: dict[str, Any] = {
    "display": {"name": "Overview", "description": "All of it"},
    "panels": {"panel": PANEL},
    "layouts": [LAYOUT],
    "variables": [
        {"kind": "TextVariable", "spec": {"name": "service", "value": "api", "constant": True}},
        {
            "kind": "ListVariable",
            "spec": {
                "name": "host",
                "defaultValue": ["a", "b"],
                "allowMultiple": True,
                "allowAllValue": False,
                "plugin": {"kind": "StaticListVariable", "spec": {"values": ["a", "b"]}},
            },
        },
    ],
    "datasources": {"main": {"display": None, "default": True, "plugin": {"kind": "Logfire", "spec": {}}}},
    "duration": "1h",
    "refreshInterval": "0s",
}
MINIMAL: dict[str, Any] = {"display": None, "panels": None, "layouts": []}


def definition(spec: Any, name: str = "Overview") -> Any:
    """A definition."""
    return {"kind": "Dashboard", "metadata": {"name": name, "project": "shop"}, "spec": spec}


def body(spec: Any = None, slug: str = "overview", **members: Any) -> dict[str, Any]:
    """The body of a creation."""
    return {"name": "Overview", "slug": slug, "definition": definition(SPEC if spec is None else spec), **members}


@pytest.fixture
def path(project: str) -> str:
    """The path of the dashboards of a project."""
    return f"{project}dashboards/"


def test_answers(emulator: "RunningEmulator", api: Api, path: str) -> None:
    """A summary in the list, the definition alone by id, both after a write."""
    answer = api.call("POST", path, body())
    created = answer.json()
    item = f"{path}{created['id']}/"
    assert answer.status_code == 200
    assert set(created) == SUMMARY | {"definition"}
    assert (created["dashboard_name"], created["dashboard_slug"], created["version"]) == ("Overview", "overview", 1)
    assert api.ok("GET", path) == [{name: created[name] for name in SUMMARY}]
    assert api.ok("GET", item) == {"dashboard": created["definition"]}
    assert set(api.ok("PUT", item, {})) == SUMMARY | {"definition"}
    assert api.call("DELETE", item).status_code == 204
    assert [api.call(method, item, {}).status_code for method in ("GET", "PUT", "DELETE")] == [404] * 3
    emulator.settings.dashboard_create_status = 201
    assert api.call("POST", path, body()).status_code == 201


def test_round_trip(api: Api, path: str) -> None:
    """A whole definition comes back as it was sent, but for the metadata."""
    created = api.ok("POST", path, body())
    assert created["definition"]["spec"] == SPEC
    assert created["definition"]["kind"] == "Dashboard"


@pytest.mark.parametrize(
    ("settings", "added"),
    [
        ({}, {"variables": [], "duration": "1h", "refreshInterval": "0s"}),
        ({"dashboard_defaults": False}, {"variables": []}),
    ],
)
def test_defaults(
    emulator: "RunningEmulator", api: Api, path: str, settings: dict[str, Any], added: dict[str, Any]
) -> None:
    """Added where they are left out, which is a setting; ``variables`` always is there."""
    emulator.settings.patch(settings)
    assert api.ok("POST", path, body(MINIMAL))["definition"]["spec"] == {**MINIMAL, **added}
    kept = {**MINIMAL, "duration": None, "refreshInterval": "5m"}
    assert api.ok("POST", path, body(kept, "kept"))["definition"]["spec"] == {**kept, **added, **kept}


def test_unknown_members(api: Api, path: str) -> None:
    """Dropped from the typed parts, kept inside plugins."""
    odd = copy.deepcopy(SPEC)
    odd["unknown"] = 1
    odd["panels"]["panel"]["spec"]["unknown"] = 1
    odd["layouts"][0]["spec"]["items"][0]["unknown"] = 1
    odd["variables"][0]["spec"]["unknown"] = 1
    odd["panels"]["panel"]["spec"]["plugin"]["spec"]["more"] = {"kept": 1}
    wanted = copy.deepcopy(SPEC)
    wanted["panels"]["panel"]["spec"]["plugin"]["spec"]["more"] = {"kept": 1}
    assert api.ok("POST", path, body(odd))["definition"]["spec"] == wanted


def test_unknown_members_may_be_kept(emulator: "RunningEmulator", api: Api, path: str) -> None:
    """Everywhere, in the metadata too, but for what the server owns of these: a setting."""
    emulator.settings.dashboard_unknown_members = "keep"
    odd = copy.deepcopy(SPEC)
    for place in (odd, odd["panels"]["panel"]["spec"], odd["layouts"][0]["spec"]["items"][0], odd["variables"][0]):
        place["unknown"] = {"any": [1, None]}
    sent = {**definition(odd), "unknown": 1}
    sent["metadata"] |= {"tags": ["a"], "version": 99}
    created = api.ok("POST", path, body(definition=sent))
    item = f"{path}{created['id']}/"
    changed = api.ok("PUT", item, {"definition": sent})["definition"]
    for answer in (created["definition"], changed, api.ok("GET", item)["dashboard"]):
        assert answer["spec"] == odd
        assert answer["unknown"] == 1
        assert answer["metadata"]["tags"] == ["a"]
        assert answer["metadata"]["version"] in (1, 2)


def test_metadata(emulator: "RunningEmulator", api: Api, path: str, project: str) -> None:
    """It is the server's: what a client adds is dropped, and the project's name is the current one."""
    sent = definition(MINIMAL)
    sent["metadata"] |= {"version": 99, "createdAt": "2000-01-01T00:00:00Z", "tags": ["a"], "project": "another"}
    created = api.ok("POST", path, body(definition=sent))
    metadata = created["definition"]["metadata"]
    assert set(metadata) == {"name", "project", "createdAt", "updatedAt", "version", "layoutUpdatedAt"}
    assert (metadata["name"], metadata["project"], metadata["version"]) == ("Overview", "shop", 1)
    assert metadata["createdAt"] == created["created_at"]
    api.ok("PUT", project, {"project_name": "renamed"})
    emulator.settings.dashboard_layout_updated_at = False
    metadata = api.ok("GET", f"{path}{created['id']}/")["dashboard"]["metadata"]
    assert metadata["project"] == "renamed"
    assert "layoutUpdatedAt" not in metadata


@pytest.mark.parametrize(("source", "shown"), [("definition", "Overview"), ("dashboard", "New")])
def test_name_only(emulator: "RunningEmulator", api: Api, path: str, source: str, shown: str) -> None:
    """Whether ``metadata.name`` follows a PUT of the name alone is a setting; with the definition it does."""
    emulator.settings.patch({"dashboard_metadata_name": source})
    item = f"{path}{api.ok('POST', path, body())['id']}/"
    updated = api.ok("PUT", item, {"name": "New"})
    assert (updated["dashboard_name"], updated["version"]) == ("New", 2)
    assert updated["definition"]["metadata"]["name"] == shown
    assert updated["definition"]["spec"] == SPEC
    both = api.ok("PUT", item, {"name": "Newer", "definition": definition(MINIMAL, "Newer")})
    assert (both["dashboard_name"], both["definition"]["metadata"]["name"]) == ("Newer", "Newer")
    assert both["definition"]["spec"]["panels"] is None


def moved(emulator: "RunningEmulator", **place: int) -> None:
    """Somebody moves the panel in the browser."""
    state = emulator.store.snapshot()
    [board] = state["projects"][0]["dashboards"]
    board["layout_overrides"] = {"#/spec/panels/panel": place}
    emulator.store.load(state)


PLACE = {"x": 3, "y": 4, "width": 12, "height": 5}


@pytest.mark.parametrize(
    ("setting", "query", "kept"),
    [
        ("replaceable", "", True),
        ("replaceable", "?replace_layout=false", True),
        ("replaceable", "?replace_layout=true", False),
        ("keep", "?replace_layout=true", True),
        ("drop", "", False),
        ("drop", "?replace_layout=true", False),
    ],
)
def test_what_people_moved(
    emulator: "RunningEmulator", api: Api, path: str, setting: str, query: str, kept: bool
) -> None:
    """Lies over the layouts of a definition; which new definition ends that is a setting, and a new name does not."""
    emulator.settings.patch({"layout_overrides": setting})
    item = f"{path}{api.ok('POST', path, body())['id']}/"
    moved(emulator, **PLACE)

    def place(answer: Any) -> dict[str, int]:
        [shown] = answer["spec"]["layouts"][0]["spec"]["items"]
        assert shown.pop("content") == {"$ref": "#/spec/panels/panel"}
        return dict(shown)

    assert place(api.ok("GET", item)["dashboard"]) == PLACE
    before = api.ok("PUT", f"{item}{query}", {"name": "New"})["definition"]
    assert place(before) == PLACE
    sent = api.ok("PUT", f"{item}{query}", {"definition": definition(SPEC)})["definition"]
    assert api.ok("GET", item) == {"dashboard": sent}
    assert place(sent) == (PLACE if kept else {"x": 0, "y": 0, "width": 24, "height": 6})
    assert (sent["metadata"]["layoutUpdatedAt"] == before["metadata"]["layoutUpdatedAt"]) is kept


@pytest.mark.parametrize(
    ("setting", "taken", "shown"),
    [("$ref", ["$ref"], "$ref"), ("ref", ["$ref", "ref"], "ref"), ("as_given", ["$ref", "ref"], None)],
)
def test_spellings_of_a_reference(
    emulator: "RunningEmulator", api: Api, path: str, setting: str, taken: list[str], shown: str | None
) -> None:
    """How a grid item names its panel: what is taken, and what answers show, is a setting."""
    emulator.settings.patch({"grid_content": setting})
    for given in ("$ref", "ref"):
        spec = copy.deepcopy(SPEC)
        spec["layouts"][0]["spec"]["items"][0]["content"] = {given: "#/spec/panels/panel"}
        answer = api.call("POST", path, body(spec, slug=given))
        assert answer.status_code == (200 if given in taken else 422)
        if given in taken:
            item = api.ok("GET", f"{path}{answer.json()['id']}/")["dashboard"]
            for found in (answer.json()["definition"], item):
                [grid_item] = found["spec"]["layouts"][0]["spec"]["items"]
                assert grid_item["content"] == {shown or given: "#/spec/panels/panel"}


def test_nulls_in_displays(emulator: "RunningEmulator", api: Api, path: str) -> None:
    """The members that were left out are null in answers: a setting; a display that was left out stays away."""
    spec = copy.deepcopy(SPEC)
    spec["display"] = {"name": "Overview"}
    spec["panels"]["panel"]["spec"]["display"] = {"name": "Text"}
    spec["datasources"]["main"]["display"] = {"name": "Main"}
    spec["variables"][0]["spec"]["display"] = {"name": "Service"}
    item = f"{path}{api.ok('POST', path, body(spec))['id']}/"
    assert api.ok("GET", item)["dashboard"]["spec"] == spec
    emulator.settings.dashboard_display_nulls = True
    shown = [api.ok("GET", item)["dashboard"]["spec"], api.ok("PUT", item, {"name": "x"})["definition"]["spec"]]
    assert shown[0] == shown[1]
    assert shown[0]["display"] == {"name": "Overview", "description": None}
    assert shown[0]["panels"]["panel"]["spec"]["display"] == {"name": "Text", "description": None}
    assert shown[0]["datasources"]["main"]["display"] == {"name": "Main", "description": None}
    assert shown[0]["layouts"][0]["spec"]["display"] == {"title": "Row", "collapse": None}
    assert shown[0]["variables"][0]["spec"]["display"] == {"name": "Service", "description": None, "hidden": None}
    assert "display" not in shown[0]["variables"][1]["spec"]
    assert api.call("POST", path, body(MINIMAL, "minimal")).json()["definition"]["spec"]["display"] is None


@pytest.mark.parametrize(
    ("sent", "version"),
    [
        ({}, 1),
        ({"name": None, "definition": None, "version": None}, 1),
        ({"version": 1}, 1),
        ({"slug": "other"}, 1),
        ({"name": "New"}, 2),
        ({"name": "New", "version": 1}, 2),
        ({"definition": definition(MINIMAL)}, 2),
    ],
)
def test_partial_update(api: Api, path: str, sent: dict[str, Any], version: int) -> None:
    """Left out and null: unchanged, and no new version. A slug cannot be changed."""
    created = api.ok("POST", path, body())
    updated = api.ok("PUT", f"{path}{created['id']}/", sent)
    assert updated["version"] == version
    assert updated["dashboard_slug"] == "overview"
    assert (updated["updated_at"] is None) is (version == 1)


def test_version_lock(api: Api, path: str) -> None:
    """A version that is not the current one is refused, and changes nothing."""
    item = f"{path}{api.ok('POST', path, body())['id']}/"
    api.ok("PUT", item, {"name": "New", "version": 1})
    for version in (1, 3):
        answer = api.call("PUT", item, {"name": "Lost", "version": version})
        assert (answer.status_code, answer.json()) == (409, {"detail": "Dashboard version conflict"})
    assert api.ok("GET", path)[0]["dashboard_name"] == "New"


def test_slugs_are_unique(emulator: "RunningEmulator", api: Api, path: str) -> None:
    """Within a project, until the dashboard is gone."""
    created = api.ok("POST", path, body())
    answer = api.call("POST", path, body())
    assert (answer.status_code, answer.json()) == (409, {"detail": "Dashboard with this slug already exists"})
    other = api.ok("POST", "projects/", {"project_name": "other"})["id"]
    assert api.call("POST", f"projects/{other}/dashboards/", body()).status_code == 200
    api.ok("DELETE", f"{path}{created['id']}/")
    emulator.settings.dashboard_first_version = 0
    again = api.ok("POST", path, body())
    assert again["id"] != created["id"]
    assert again["version"] == 0


def without(name: str) -> dict[str, Any]:
    """A spec that lacks a member."""
    return {key: value for key, value in SPEC.items() if key != name}


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "text",
        1,
        {},
        {"metadata": {"name": "x", "project": "y"}, "widgets": []},
        {"kind": "Dashboard", "metadata": {}, "spec": SPEC},
        {**definition(SPEC), "kind": "Folder"},
        *(definition(without(name)) for name in ("display", "panels", "layouts")),
        definition({**SPEC, "duration": "soon"}),
        definition({**SPEC, "refreshInterval": None}),
        definition({**SPEC, "layouts": [{"kind": "Flow", "spec": {"items": []}}]}),
        definition({**SPEC, "variables": [{"kind": "Other", "spec": {}}]}),
        definition({**SPEC, "panels": {"panel": {"kind": "Panel", "spec": {"display": {"name": "x"}}}}}),
    ],
)
def test_bad_definitions(api: Api, path: str, wrong: Any) -> None:
    """422, on creation and (but for null) on an update; nothing happens."""
    item = f"{path}{api.ok('POST', path, body())['id']}/"
    assert api.call("POST", path, body(slug="other", definition=wrong)).status_code == 422
    assert wrong is None or api.call("PUT", item, {"definition": wrong}).status_code == 422
    assert [board["version"] for board in api.ok("GET", path)] == [1]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_dashboard(api: Api, path: str, method: str) -> None:
    """404; a slug is no id."""
    assert api.call(method, f"{path}{ID}/", {}).status_code == 404
    assert api.call(method, f"{path}overview/", {}).status_code == 422
