# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What API keys have of their own: names that need not be unique, values of which no list shows anything, scopes."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from api_calls import expected_calls, short
from cases import PROJECT_ID, bodies, seed

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

MODULE = "logfire_api_key"
SCOPES = ["project:read", "project:write"]
GATEWAY = "project:gateway_proxy"
HELD = "pylf_v1_local_" + "h" * 43
IDS = [f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}" for digit in "abc"]


def load(emulator: "RunningEmulator", *keys: Any) -> None:
    """An organization with the project shop and some keys, of which those without a name are called pipeline."""
    named = [{"name": "pipeline", "id": id_, "scopes": SCOPES, **key} for id_, key in zip(IDS, keys, strict=False)]
    emulator.store.load({**seed(), "api_keys": named})


def alive(emulator: "RunningEmulator") -> list[str]:
    """The ids of the keys that were not revoked."""
    return sorted(key["id"] for key in emulator.store.snapshot()["api_keys"] if not key["revoked"])


def value_of(emulator: "RunningEmulator", key_id: str) -> str:
    """The value of a key."""
    [value] = [str(key["token"]) for key in emulator.store.snapshot()["api_keys"] if key["id"] == key_id]
    return value


# What can be changed, and what needs another key


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": ["project:read"]},
        {"project": "shop"},
        {"expires_in": "30d"},
        {"expires_at": "2099-01-01T00:00:00Z"},
        {"rotate": True},
        {"scopes": ["project:read"], "description": "Less"},
    ],
    ids=", ".join,
)
def test_what_needs_another_key(change: dict[str, Any], run: "Runner", emulator: "RunningEmulator") -> None:
    """The new key has all that the old one had, but for what is to change; the old one ends last."""
    load(emulator, {"description": "Old", "claims": {}})
    check = run.ok(MODULE, name="pipeline", **change, check=True)
    real = run.ok(MODULE, name="pipeline", **change)
    given = ["project of the key"] if "project" in change else []
    assert short(real.calls) == expected_calls("api_key", "replace", given)
    key = real.result["api_key"]
    assert check.result["diff"] == real.result["diff"]
    assert real.result["diff"]["after"]["reason"]
    assert (key["replaced"], key["name"]) == (IDS[0], "pipeline")
    assert key["description"] == change.get("description", "Old")
    assert key["scopes"] == change.get("scopes", SCOPES)
    assert key["project_name"] == change.get("project")
    assert alive(emulator) == [key["id"]]
    assert key["token"] == value_of(emulator, key["id"])
    if "rotate" not in change:
        assert not run.ok(MODULE, name="pipeline", **change).changed


def test_scopes_are_a_set(run: "Runner", emulator: "RunningEmulator") -> None:
    load(emulator, {})
    assert not run.ok(MODULE, name="pipeline", scopes=[*SCOPES[::-1], SCOPES[0]]).changed


@pytest.mark.parametrize("no_limits", ["null", "absent"])
def test_limits_of_the_gateway(no_limits: str, run: "Runner", emulator: "RunningEmulator") -> None:
    """They are changed one by one, and an empty text takes one away."""
    emulator.settings.patch({"api_key_no_limits": no_limits})
    limits = {"spending_limit_daily": 10, "cache_enabled": True}
    made = run.ok(MODULE, name="llm", scopes=[GATEWAY], project="shop", gateway=limits)
    assert bodies(made)[0]["claims"] == {GATEWAY: limits}
    nothing = dict.fromkeys(f"spending_limit_{span}" for span in ("daily", "weekly", "monthly", "total"))
    assert made.result["api_key"]["gateway"] == {**nothing, **limits}
    assert not run.ok(MODULE, name="llm", gateway={"spending_limit_daily": "10", "spending_limit_total": ""}).changed
    change = {"spending_limit_daily": "", "spending_limit_weekly": 50, "cache_enabled": "true"}
    check, real, again = (run.ok(MODULE, name="llm", gateway=change, check=mode) for mode in (True, False, True))
    assert bodies(real) == [{"claims": {GATEWAY: {"spending_limit_daily": None, "spending_limit_weekly": 50}}}]
    assert real.result["diff"] == check.result["diff"]
    assert real.result["diff"]["before"] == {
        "name": "llm",
        "gateway": {"spending_limit_daily": 10, "spending_limit_weekly": None},
    }
    expected = {**nothing, "spending_limit_weekly": 50, "cache_enabled": True}
    assert check.result["api_key"]["gateway"] == real.result["api_key"]["gateway"] == expected
    assert not again.changed
    moved = run.ok(MODULE, name="llm", rotate=True)
    assert bodies(moved)[0]["claims"] == {GATEWAY: {"spending_limit_weekly": 50, "cache_enabled": True}}


# How one is found


def test_two_of_one_name(run: "Runner", emulator: "RunningEmulator") -> None:
    load(emulator, {}, {}, {"name": "other"})
    failed = run.fails(MODULE, name="pipeline", description="x")
    assert all(id_ in failed.result["msg"] for id_ in IDS[:2])
    assert failed.writes == []
    assert run.ok(MODULE, id=IDS[1].upper(), name="pipeline two").result["api_key"]["id"] == IDS[1]
    assert not run.ok(MODULE, name="pipeline", scopes=SCOPES).changed


@pytest.mark.parametrize("ended", [{"active": False}, {"expires_at": "2001-01-01T00:00:00Z"}], ids=str)
def test_ended_keys_do_not_count(ended: dict[str, Any], run: "Runner", emulator: "RunningEmulator") -> None:
    load(emulator, ended, {})
    assert run.ok(MODULE, name="pipeline").result["api_key"]["id"] == IDS[1]
    assert "there is no active API key" in run.fails(MODULE, id=IDS[0], description="x").result["msg"]


def test_service_keys_come_before_those_of_people(run: "Runner", emulator: "RunningEmulator") -> None:
    """Whose key asks may see its own personal keys; what it makes is one of these, and is found again."""
    load(emulator, {})
    answer = run.ok(f"{MODULE}_info").result["api_keys"][0]
    own = {**answer, "id": IDS[1], "user_id": IDS[1]}
    mine = {**own, "id": IDS[2], "name": "mine"}
    emulator.faults.add(action="body", path="/api-keys/", body=[own, mine, answer], count=None)
    assert run.ok(MODULE, name="pipeline").result["api_key"]["id"] == IDS[0]
    assert run.ok(MODULE, name="mine").result["api_key"]["id"] == IDS[2]


def test_the_previous_key_stays(run: "Runner", emulator: "RunningEmulator") -> None:
    """Then there are two of the name, of which the newest counts with the same option."""
    load(emulator, {})
    made = run.ok(MODULE, name="pipeline", expires_in="30d", keep_previous=True)
    assert short(made.writes) == ["POST api-keys/"]
    assert len(alive(emulator)) == 2
    assert not run.ok(MODULE, name="pipeline", expires_in="30d", keep_previous=True).changed
    assert "2 active API keys" in run.fails(MODULE, name="pipeline").result["msg"]


# Values that are held


def test_a_value_in_a_file(run: "Runner", emulator: "RunningEmulator", tmp_path: Path) -> None:
    """Its key is known by what is remembered beside it, whatever it is called."""
    path, pending = tmp_path / "key", tmp_path / ".key.pending"
    emulator.store.load(seed())
    options = {"name": "pipeline", "scopes": SCOPES, "path": str(path)}
    made = run.ok(MODULE, **options)
    key_id = made.result["api_key"]["id"]
    assert "token" not in made.result["api_key"]
    assert path.read_text().strip() == value_of(emulator, key_id)
    assert path.stat().st_mode & 0o777 == pending.stat().st_mode & 0o777 == 0o600
    assert list(json.loads(pending.read_text())["holds"]) == [key_id]
    assert path.read_text().strip() not in pending.read_text()
    again = run.ok(MODULE, **options)
    assert (again.changed, again.warnings) == (False, [])
    renamed = run.ok(MODULE, **{**options, "name": "two"})
    assert (renamed.result["api_key"]["id"], renamed.result["api_key"]["name"]) == (key_id, "two")
    rotated = run.ok(MODULE, path=str(path), rotate=True)
    assert rotated.result["api_key"]["replaced"] == key_id
    assert alive(emulator) == [rotated.result["api_key"]["id"]]
    assert path.read_text().strip() == value_of(emulator, rotated.result["api_key"]["id"])
    assert list(json.loads(pending.read_text())["holds"]) == [rotated.result["api_key"]["id"]]
    gone = run.ok(MODULE, path=str(path), state="absent")
    assert gone.result["api_key"]["id"] == rotated.result["api_key"]["id"]
    assert alive(emulator) == list(tmp_path.iterdir()) == []
    assert not run.ok(MODULE, path=str(path), state="absent").changed


def test_hosts_with_keys_of_one_name(run: "Runner", emulator: "RunningEmulator", tmp_path: Path) -> None:
    """No host revokes what another one holds; who has no value gets a key, and a warning names the others."""
    emulator.store.load(seed())
    options = {"name": "shop", "scopes": SCOPES}
    made = [run.ok(MODULE, **options, path=str(tmp_path / host)) for host in ("a", "b")]
    ids = [each.result["api_key"]["id"] for each in made]
    assert any(ids[0] in warning for warning in made[1].warnings)
    assert not any(run.ok(MODULE, **options, path=str(tmp_path / host)).changed for host in ("a", "b"))
    run.ok(MODULE, **options, path=str(tmp_path / "a"), state="absent")
    assert not run.ok(MODULE, **options, path=str(tmp_path / "a"), state="absent").changed
    assert alive(emulator) == ids[1:]


def test_a_file_of_which_nothing_is_remembered(run: "Runner", emulator: "RunningEmulator", tmp_path: Path) -> None:
    """It is taken to hold the key of the name, with a warning; to revoke it takes its id."""
    path = tmp_path / "key"
    path.write_text(HELD)
    path.chmod(0o600)
    load(emulator, {"token": HELD})
    refused = run.fails(MODULE, name="pipeline", path=str(path), state="absent")
    assert "id" in refused.result["msg"]
    assert path.exists()
    taken = run.ok(MODULE, name="pipeline", path=str(path))
    assert not taken.changed
    assert any(IDS[0] in warning and str(path) in warning for warning in taken.warnings)
    assert run.ok(MODULE, name="pipeline", path=str(path)).warnings == []
    path.write_text(HELD.replace("h", "i"))  # by somebody else
    assert run.ok(MODULE, name="pipeline", path=str(path), check=True).warnings != []
    assert run.ok(MODULE, id=IDS[0], path=str(path), state="absent").changed
    assert (alive(emulator), path.exists()) == ([], False)


def test_a_value_in_a_vault(run: "Runner", emulator: "RunningEmulator") -> None:
    """Without a value there is a new key; a value is taken to be that of the key of the name."""
    load(emulator, {})
    made = run.ok(MODULE, name="pipeline", scopes=SCOPES, token="")
    key = made.result["api_key"]
    assert any(IDS[0] in warning for warning in made.warnings)
    assert alive(emulator) == sorted([IDS[0], key["id"]])
    held = {"id": key["id"], "token": key["token"]}
    assert not run.ok(MODULE, **held, scopes=SCOPES).changed
    assert run.ok(MODULE, **held, state="absent").changed


def test_what_is_remembered_tells_whose_value_it_is(run: "Runner", emulator: "RunningEmulator") -> None:
    load(emulator, {})
    made = run.ok(MODULE, name="pipeline", scopes=SCOPES, token="", remembered={})
    key = made.result["api_key"]
    held = {"token": key["token"], "remembered": made.result["remembered"]}
    again = run.ok(MODULE, name="pipeline", **held)
    assert (again.changed, again.result["api_key"]["id"]) == (False, key["id"])
    gone = run.ok(MODULE, **held, state="absent", name="pipeline")
    assert gone.result["api_key"]["id"] == key["id"]
    assert "holds" not in gone.result["remembered"]
    assert alive(emulator) == [IDS[0]]


# The key of the task itself


@pytest.mark.parametrize("options", [{"state": "absent"}, {"rotate": True}], ids=str)
def test_the_key_in_use_is_spared(
    options: dict[str, Any], run: "Runner", emulator: "RunningEmulator", tmp_path: Path
) -> None:
    """Which one it is shows by its value, or may be by its use."""
    own = {"token": HELD, "scopes": ["organization:read_api_key", "organization:write_api_key", *SCOPES]}
    own["scopes"] += ["organization:create_api_key"]
    load(emulator, own, {"name": "another"})
    emulator.settings.patch({"accept_local_keys": False})
    run.connection["api_token"] = HELD
    path = tmp_path / "key"
    path.write_text(HELD)
    for held in ({"token": HELD}, {"path": str(path)}, {}):
        failed = run.fails(MODULE, id=IDS[0], **held, **options)
        assert failed.result["msg"].startswith("api_token: ")
        assert failed.writes == []
    assert run.ok(MODULE, id=IDS[1], **options).changed
    if "rotate" in options:
        assert run.ok(MODULE, id=IDS[0], **options, keep_previous=True).changed
        assert IDS[0] in alive(emulator)


def test_a_key_of_another_value_is_not_the_one_in_use(run: "Runner", emulator: "RunningEmulator") -> None:
    managing = {"scopes": ["organization:write_api_key"], "last_used_at": "2026-01-01T00:00:00Z", "token": HELD}
    load(emulator, managing)
    assert "may be the one" in run.fails(MODULE, name="pipeline", state="absent").result["msg"]
    assert run.ok(MODULE, id=IDS[0], token=HELD, state="absent").changed


# What goes wrong


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ("name", "required to create an API key")),
        ({"name": "new"}, ("scopes", "required to create an API key")),
        ({"name": "new", "scopes": []}, ("scopes", "required")),
        ({"name": "new", "scopes": [""]}, ("scopes[0]", "empty")),
        ({"name": "new", "scopes": [GATEWAY]}, ("project", GATEWAY)),
        ({"name": "new", "scopes": ["project:write_otlp"]}, ("project", "project:write_otlp")),
        ({"name": "new", "scopes": SCOPES, "gateway": {"spending_limit_daily": 1}}, ("gateway", GATEWAY)),
        ({"name": "pipeline", "gateway": {"spending_limit_daily": 1}}, ("gateway", GATEWAY)),
        ({"name": "pipeline", "gateway": {"spending_limit_daily": "1.5"}}, ("gateway.spending_limit_daily", "1.5")),
        ({"name": "pipeline", "gateway": {"spending_limit_daily": 500000001}}, ("500000001", "500000000")),
        ({"name": "pipeline", "gateway": {"cache_enabled": "maybe"}}, ("gateway.cache_enabled", "maybe")),
        ({"name": "pipeline", "project": ""}, ("project", "empty")),
        ({"name": "pipeline", "project": "nope"}, ("project", "nope", "shop")),
        ({"name": " "}, ("name", "empty")),
        ({"name": "pipeline", "token": "no key at all"}, ("token", "not a Logfire API key")),
        ({"name": "pipeline", "token": "", "path": "/tmp/x"}, ("token", "path")),
        ({"name": "pipeline", "grace_period": "1h"}, ("grace_period",)),
        ({"state": "absent"}, ("name", "id", "path")),
    ],
)
def test_bad_input(options: dict[str, Any], words: tuple[str, ...], run: "Runner", emulator: "RunningEmulator") -> None:
    load(emulator, {})
    failed = run.fails(MODULE, **options)
    assert all(word in failed.result["msg"] for word in words), failed.result["msg"]
    assert failed.writes == []


@pytest.mark.parametrize(
    ("missing", "options"),
    [
        ("organization:read_api_key", {}),
        ("organization:create_api_key", {"rotate": True}),
        ("organization:write_api_key", {"description": "x"}),
    ],
)
def test_a_missing_scope_is_named(
    missing: str, options: dict[str, Any], run: "Runner", emulator: "RunningEmulator"
) -> None:
    load(emulator, {})
    scopes = {f"organization:{verb}_api_key" for verb in ("read", "create", "write")} | set(SCOPES)
    emulator.settings.patch({"keys": [{"key": run.connection["api_token"], "scopes": sorted(scopes - {missing})}]})
    failed = run.fails(MODULE, name="pipeline", **options)
    assert f"needs the scope {missing}" in failed.result["msg"]
    assert failed.result["failure"]["status"] == 403


@pytest.mark.parametrize("in_file", [True, False])
def test_a_lost_secret_is_named(in_file: bool, run: "Runner", emulator: "RunningEmulator", tmp_path: Path) -> None:
    """The next run with a file makes another key."""
    emulator.store.load(seed())
    emulator.faults.add(action="drop_after", method="POST")
    options: dict[str, Any] = {"name": "pipeline", "scopes": SCOPES}
    if in_file:
        options["path"] = str(tmp_path / "key")
    failed = run.fails(MODULE, **options)
    [lost] = alive(emulator)
    assert f"logfire_api_key (id={lost} state=absent)" in failed.result["msg"]
    assert failed.changed
    again = run.ok(MODULE, **options)
    assert again.changed == in_file
    run.ok(MODULE, id=lost, state="absent")
    assert len(alive(emulator)) == int(in_file)


def test_a_key_that_cannot_be_revoked_is_revoked_by_the_next_run(
    run: "Runner", emulator: "RunningEmulator", tmp_path: Path
) -> None:
    emulator.store.load(seed())
    options = {"name": "pipeline", "scopes": SCOPES, "path": str(tmp_path / "key")}
    old = run.ok(MODULE, **options).result["api_key"]["id"]
    emulator.faults.add(action="status", status=400, body={"detail": "No"}, method="DELETE")
    rotated = run.ok(MODULE, **options, rotate=True)
    assert any(old in warning for warning in rotated.warnings)
    assert len(alive(emulator)) == 2
    done = run.ok(MODULE, **options)
    assert done.changed
    assert alive(emulator) == [rotated.result["api_key"]["id"]]
    assert not run.ok(MODULE, **options).changed


def test_a_name_that_the_service_changes(run: "Runner", emulator: "RunningEmulator") -> None:
    """The key would not be found by the next run: it is revoked again, each time, and the message shows both."""
    load(emulator, {"name": "other"})
    emulator.settings.name_case = "lower"
    for _run in range(2):
        failed = run.fails(MODULE, name="Of Shop", scopes=SCOPES)
        assert "turned the name 'Of Shop' into 'of shop'; the API key was revoked again" in failed.result["msg"]
        assert alive(emulator) == IDS[:1]
    failed = run.fails(MODULE, id=IDS[0], name="Of Shop")
    assert "'Of Shop' into 'of shop'; the API key has that name now" in failed.result["msg"]


def test_check_mode_foresees_a_project(run: "Runner") -> None:
    """An earlier task of the same check run would have made it."""
    foreseen = run.ok(MODULE, check=True, name="new", scopes=["project:write_otlp"], project="to-come")
    assert foreseen.result["api_key"]["project_id"] == "planned-project:to-come"
    assert any("to-come" in warning for warning in foreseen.warnings)
    again = run.ok(MODULE, check=True, id=foreseen.result["api_key"]["id"], scopes=SCOPES)
    assert again.result["api_key"]["name"] == "new"
    assert run.fails(MODULE, check=True, strict=True, name="new", scopes=SCOPES, project="to-come").writes == []


def test_a_project_by_its_id_costs_no_call(run: "Runner", emulator: "RunningEmulator") -> None:
    emulator.store.load(seed())
    made = run.ok(MODULE, name="new", scopes=["project:write_otlp"], project=PROJECT_ID)
    assert short(made.calls) == expected_calls("api_key", "add", ())


def test_the_info_module(run: "Runner", emulator: "RunningEmulator") -> None:
    load(emulator, {}, {"name": "assistant", "scopes": [GATEWAY], "project": "shop"})
    keys = run.ok(f"{MODULE}_info").result["api_keys"]
    assert [key["name"] for key in keys] == ["assistant", "pipeline"]
    assert (keys[0]["project_id"], keys[0]["project_name"]) == (PROJECT_ID, "shop")
    managed = run.ok(MODULE, name="pipeline").result["api_key"]
    assert managed == {**keys[1], "replaced": None}
    for options in ({"name": "pipeline"}, {"id": IDS[0].upper()}):
        assert run.ok(f"{MODULE}_info", **options).result["api_keys"] == keys[1:]
