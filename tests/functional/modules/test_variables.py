# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What variables have of their own: versions, labels, rollouts, and answers that are not what is read.

Their life is one of the cases of :mod:`test_ten_steps`.
"""

from typing import TYPE_CHECKING, Any

import pytest
from api_calls import short
from cases import seed

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run, Runner

NAME = {"project": "shop", "name": "config"}
LABELS = {"production": {"value": {"model": "a", "on": True}}, "canary": {"value": [1, None, "{{ b }} @{c}@"]}}
NEW = {"labels": LABELS, "rollout": {"production": 0.9, "canary": 0.1}}
READINGS = [
    {},
    {"variable_labels_on_update": "replace"},
    {"variable_same_value": "new_version"},
    *({"duplicate_variable_status": status} for status in (400, 409, 422)),
]


@pytest.fixture(autouse=True)
def shop(emulator: "RunningEmulator") -> None:
    emulator.store.load(seed())


def versions(run: "Runner") -> list[int]:
    """The numbers of the versions of the one variable that there is."""
    (project,) = run.emulator.store.snapshot()["projects"]
    return [version["version"] for version in project["variables"][0]["versions"]]


def body(run: "Run") -> dict[str, Any]:
    """What the one write of a run sent."""
    (written,) = [request.body for request in run.requests if request.method != "GET"]
    return dict(written)


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_only_a_label_that_differs_gets_a_new_version(
    reading: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.patch(reading)
    run.ok("logfire_variable", **NAME, **NEW)
    assert versions(run) == [1, 2]
    changed = {**LABELS, "production": {"value": {"model": "b", "on": True}}, "staging": {"ref": "latest"}}
    check, done, again = (
        run.ok("logfire_variable", check=check, **NAME, labels=changed) for check in (True, False, False)
    )
    assert (check.changed, done.changed, again.changed) == (True, True, False)
    assert check.result == done.result
    assert versions(run) == [1, 2, 3]
    sent = body(done)["labels"]
    assert (sent["canary"]["version"], sent["production"].get("version")) == (2, None)
    assert done.warnings == []
    (read,) = run.ok("logfire_variable_info", **NAME).result["variables"]
    assert (read["labels"], read["latest_version"]["version"]) == (changed, 3)


@pytest.mark.parametrize(("service", "warned"), [("replace", False), ("merge", True)])
def test_a_label_that_is_not_named_goes_or_is_a_warning(
    service: str, warned: bool, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.patch({"variable_labels_on_update": service})
    run.ok("logfire_variable", **NAME, labels=LABELS)
    done = run.ok("logfire_variable", **NAME, labels={"production": LABELS["production"]})
    assert bool(done.warnings) is warned
    assert all("did not save labels" in warning for warning in done.warnings)
    assert run.ok("logfire_variable", **NAME, labels={"production": LABELS["production"]}).changed is warned


def test_values_are_compared_as_json(run: "Runner") -> None:
    run.ok("logfire_variable", **NAME, labels={"production": {"value": {"a": 1, "b": 0.5}}})
    assert not run.ok("logfire_variable", **NAME, labels={"production": {"value": {"b": 0.5, "a": 1.0}}}).changed
    assert run.ok("logfire_variable", **NAME, labels={"production": {"value": {"b": 0.5, "a": True}}}).changed


def test_what_cannot_be_read_goes_with_other_changes(run: "Runner") -> None:
    override = {
        "name": "big customers",
        "conditions": [{"kind": "value-equals", "attribute": "plan", "value": None}],
        "rollout": {"canary": 1},
    }
    options = {**NAME, **NEW, "overrides": [override], "external": True}
    made = run.ok("logfire_variable", **options)
    assert body(made)["overrides"][0]["name"] == "big customers"
    assert body(made)["external"] is True
    assert not made.result["variable"].keys() & {"id", "external", "stored_labels"}
    assert made.warnings == []
    assert not run.ok("logfire_variable", **{**options, "overrides": [{**override, "name": "x"}]}).changed
    changed = run.ok("logfire_variable", **{**options, "description": "Another"})
    assert body(changed) == {"description": "Another", "external": True}


BAD: list[tuple[dict[str, Any], str]] = [
    ({"name": "my-config"}, "name: 'my-config' is not a valid variable name"),
    ({"labels": {"latest": {"value": 1}}}, "labels: 'latest' is not a valid label name"),
    ({"labels": {"a": {"value": 1, "ref": "b"}}}, "labels.a: must be a dictionary with one of value and ref"),
    ({"labels": {"a": {"ref": "b"}, "b": {"ref": "a"}}}, "labels.a.ref: is a circular reference: a -> b -> a"),
    ({"labels": {"a": {"ref": "b"}}}, "labels.a.ref: there is no label 'b'; existing labels: a"),
    ({"labels": LABELS, "rollout": {"production": 1.5}}, "rollout.production: 1.5 is out of range"),
    ({"labels": LABELS, "rollout": {"production": "much"}}, "rollout.production: 'much' is not a number from 0 to 1"),
    ({"labels": LABELS, "rollout": {"production": 0.7, "canary": 0.7}}, "rollout: the weights add up to 1.4"),
    (
        {"labels": LABELS, "rollout": {"staging": 1}},
        "rollout: there is no label 'staging'; existing labels: can",
    ),
    (
        {"overrides": [{"conditions": [{"kind": "value-is-in", "attribute": "a", "values": 1}], "rollout": {}}]},
        "overrides: item 0: a condition value-is-in requires values, a list",
    ),
    (
        {"overrides": [{"conditions": [{"kind": "key-is-present", "attribute": "a", "value": 1}], "rollout": {}}]},
        "overrides: item 0: a condition key-is-present has nothing besides kind and attribute",
    ),
]


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(("options", "message"), BAD, ids=[message for _options, message in BAD])
def test_bad_input_is_refused_before_any_write(
    options: dict[str, Any], message: str, check: bool, run: "Runner"
) -> None:
    failed = run.fails("logfire_variable", check=check, **{**NAME, **options})
    assert failed.result["msg"].startswith(message)
    assert failed.writes == []


def test_a_label_that_a_rollout_needs_cannot_go(run: "Runner") -> None:
    run.ok("logfire_variable", **NAME, **NEW)
    failed = run.fails("logfire_variable", **NAME, labels={"production": {"value": 1}})
    assert failed.result["msg"] == "rollout: there is no label 'canary'; existing labels: production"
    assert failed.writes == []


@pytest.mark.parametrize(("deletion", "status"), [("not_found", 404), ("not_allowed", 405)])
def test_a_service_without_a_way_to_remove_says_so(
    deletion: str, status: int, run: "Runner", emulator: "RunningEmulator"
) -> None:
    emulator.settings.patch({"variable_deletion": deletion})
    run.ok("logfire_variable", **NAME)
    failed = run.fails("logfire_variable", **NAME, state="absent")
    assert "this service cannot remove variables through its management API" in failed.result["msg"]
    assert failed.result["failure"]["status"] == status


def test_a_stack_describes_prunes_and_exports_variables(run: "Runner", emulator: "RunningEmulator") -> None:
    override = {
        "conditions": [{"kind": "value-is-in", "attribute": "plan", "values": ["", None, {"a": 1}]}],
        "rollout": {"canary": 1.0},
    }
    variables = [{"name": "config", **NEW, "overrides": [override]}, {"name": "Config"}, {"name": "other"}]
    made = run.ok("logfire_stack", projects=[{"name": "shop", "variables": variables}])
    assert [(change["kind"], change["id"]) for change in made.result["changes"]] == [("variable", None)] * 3
    described = run.ok("logfire_stack_info", variables=True).result["stack"]
    assert described["projects"][0]["variables"][1]["labels"] == LABELS
    assert described["projects"][0]["variables"][1]["overrides"] == [override]
    assert "variables" not in run.ok("logfire_stack_info").result["stack"]["projects"][0]
    again = run.ok("logfire_stack", projects=described["projects"], prune=["variables"])
    assert not again.changed
    assert "GET projects/P/variables/" in short(again.calls)
    pruned = run.ok("logfire_stack", projects=[{"name": "shop", "variables": variables[:1]}], prune=["variables"])
    assert sorted(change["name"] for change in pruned.result["changes"]) == ["Config", "other"]
    names = [variable["name"] for variable in run.ok("logfire_variable_info", project="shop").result["variables"]]
    assert names == ["config"]
