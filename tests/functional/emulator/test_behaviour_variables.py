# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables: two shapes, versions, labels, what has to fit together."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PLAIN = {"name": "retries", "description": None, "json_schema": None, "rollout": {"labels": {}}, "overrides": []}
LABELS = {
    "old": {"target_type": "version", "serialized_value": "3"},
    "new": {"target_type": "version", "serialized_value": "5"},
    "prod": {"target_type": "label", "target_label": "old"},
    "test": {"target_type": "latest"},
    "off": {"target_type": "code_default"},
}
OVERRIDE = {
    "name": "Pays",
    "conditions": [{"kind": "value-equals", "attribute": "plan", "value": "enterprise"}],
    "rollout": {"labels": {"new": 1.0}},
}


def test_a_plain_variable(api: Api, project: str) -> None:
    """The answer to a write tells more than what is read later."""
    made = api.ok("POST", f"{project}variables/", {**PLAIN, "initial_serialized_value": "3"})
    assert (made["kind"], made["external"], made["latest_version"]["version"]) == ("general", False, 1)
    assert made["latest_version"]["serialized_value"] == "3"
    read = api.ok("GET", f"{project}variables/retries/")
    assert not {"id", "external", "type_id", "created_at"} & read.keys()
    assert read["latest_version"] == {"version": 1, "serialized_value": "3"}
    assert api.ok("GET", f"{project}variables/") == {"variables": {"retries": read}}


def test_labels(api: Api, project: str) -> None:
    """Point to versions, to each other, to the latest, or to the default in the code."""
    body = {
        **PLAIN,
        "labels": LABELS,
        "rollout": {"labels": {"prod": 0.5}, "latest_weight": 0.25},
        "overrides": [OVERRIDE],
    }
    made = api.ok("POST", f"{project}variables/", body)
    assert made["labels"]["prod"]["serialized_value"] == "3"
    assert (made["rollout"], made["overrides"]) == (body["rollout"], [OVERRIDE])
    read = api.ok("GET", f"{project}variables/retries/")
    assert read["labels"] == {
        "old": {"version": 1, "serialized_value": "3"},
        "new": {"version": 2, "serialized_value": "5"},
        "prod": {"ref": "old", "version": 1},
        "test": {"ref": "latest", "version": 2},
        "off": {"ref": "code_default", "version": None},
    }
    assert read["rollout"] == {"labels": {"prod": 0.5}}
    assert read["overrides"] == [{name: OVERRIDE[name] for name in ("conditions", "rollout")}]


@pytest.mark.parametrize("setting", ["merge", "replace"])
def test_labels_on_update(api: Api, emulator: "RunningEmulator", project: str, setting: str) -> None:
    """Are put beside the others, or in their place."""
    emulator.settings.patch({"variable_labels_on_update": setting})
    api.ok("POST", f"{project}variables/", {**PLAIN, "labels": {"a": LABELS["old"], "b": LABELS["test"]}})
    changed = api.ok("PUT", f"{project}variables/retries/", {"labels": {"c": LABELS["off"]}})
    assert set(changed["labels"]) == ({"a", "b", "c"} if setting == "merge" else {"c"})


@pytest.mark.parametrize(("setting", "version"), [("keep", 1), ("new_version", 2)])
def test_the_same_value(api: Api, emulator: "RunningEmulator", project: str, setting: str, version: int) -> None:
    """Sent again makes a version, or none."""
    emulator.settings.patch({"variable_same_value": setting})
    api.ok("POST", f"{project}variables/", {**PLAIN, "labels": {"old": LABELS["old"]}})
    changed = api.ok("PUT", f"{project}variables/retries/", {"labels": {"old": LABELS["old"]}})
    assert changed["latest_version"]["version"] == version


def test_changes(api: Api, project: str) -> None:
    """null clears, what is left out stays, and a new name is the new address."""
    path = f"{project}variables/retries/"
    api.ok("POST", f"{project}variables/", {**PLAIN, "description": "How often", "example": "1", "external": True})
    changed = api.ok("PUT", path, {"description": None, "name": "tries", "aliases": ["retries"]})
    assert [changed[name] for name in ("description", "example", "external", "aliases")] == [
        None,
        "1",
        True,
        ["retries"],
    ]
    assert api.call("GET", path).json() == {"detail": "Variable not found"}
    assert api.ok("GET", f"{project}variables/tries/")["aliases"] == ["retries"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "no-name"},
        {"name": "1st"},
        {"description": "x" * 501},
        {"json_schema": "text"},
        {"labels": {"latest": LABELS["old"]}},
        {"labels": {"x" * 201: LABELS["old"]}},
        {"labels": {"a": LABELS["prod"]}},
        {"labels": {"a": {"target_type": "label", "target_label": "a"}}},
        {"rollout": {"labels": {"a": 1.0}}},
        {"labels": {"a": LABELS["old"]}, "rollout": {"labels": {"a": 0.75}, "latest_weight": 0.5}},
        {"labels": {"a": LABELS["old"]}, "rollout": {"labels": {"a": -0.5}}},
        {"overrides": [OVERRIDE]},
    ],
)
def test_what_is_refused(api: Api, project: str, change: dict[str, Any]) -> None:
    """And makes no variable."""
    assert api.call("POST", f"{project}variables/", {**PLAIN, **change}).status_code == 422
    assert api.ok("GET", f"{project}variables/") == {"variables": {}}


@pytest.mark.parametrize("missing", ["name", "description", "json_schema", "rollout", "overrides"])
def test_what_is_needed(api: Api, project: str, missing: str) -> None:
    """Even where it may be null."""
    body = {name: value for name, value in PLAIN.items() if name != missing}
    assert api.call("POST", f"{project}variables/", body).status_code == 422


@pytest.mark.parametrize("status", [400, 409, 422])
def test_names_are_unique(api: Api, emulator: "RunningEmulator", project: str, status: int) -> None:
    """The status is a setting."""
    emulator.settings.patch({"duplicate_variable_status": status})
    emulator.store.load({"projects": [{"project_name": "web", "variables": ["retries", "other"]}]})
    [web] = emulator.store.state.projects
    assert api.call("POST", f"projects/{web}/variables/", PLAIN).status_code == status
    assert api.call("PUT", f"projects/{web}/variables/other/", {"name": "retries"}).status_code == status
    assert api.call("PUT", f"projects/{web}/variables/other/", {"name": "other"}).status_code == 200


@pytest.mark.parametrize(("setting", "status"), [("works", 204), ("not_found", 404), ("not_allowed", 405)])
def test_deletion(api: Api, emulator: "RunningEmulator", project: str, setting: str, status: int) -> None:
    """Works, or is answered as a route that is not there."""
    emulator.settings.patch({"variable_deletion": setting})
    api.ok("POST", f"{project}variables/", PLAIN)
    assert api.call("DELETE", f"{project}variables/retries/").status_code == status
    assert set(api.ok("GET", f"{project}variables/")["variables"]) == (set() if status == 204 else {"retries"})


def test_prompts(api: Api, project: str) -> None:
    """Are variables by their name."""
    made = api.ok("POST", f"{project}variables/", {**PLAIN, "name": "prompt__be_kind"})
    assert (made["kind"], made["prompt_slug"]) == ("prompt", "be-kind")
