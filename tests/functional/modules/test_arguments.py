# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arguments in shapes that no option has, for every option of every module at any depth, from their argument specs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from argument_specs import WHOLE, options_of, spec_of, whole_with

if TYPE_CHECKING:
    from harness import Runner

    Options = dict[str, Any]


def options_where(module: str, kind: str, elements: str | None = None) -> Iterator[tuple[tuple[str, ...], "Options"]]:
    """The options of a module that are of a type."""
    for path, rule in options_of(spec_of(module)):
        if (rule["type"], rule.get("elements")) == (kind, elements):
            yield path, rule


def refusal(run: "Runner", module: str, options: "Options") -> str:
    """The message with which arguments are refused, before anything is asked: one line, one sentence or two."""
    refused = run.fails(module, **options)
    assert refused.calls == []
    message: str = refused.result["msg"]
    assert "\n" not in message
    return message


# Lists


@pytest.mark.parametrize("module", WHOLE)
def test_an_empty_item_is_not_an_empty_list(module: str, run: "Runner") -> None:
    for path, rule in options_where(module, "list", "str"):
        good = rule.get("choices", ["ops"])[0]
        for items, problem in [
            ([None], "[0]: is null"),
            ([good, None], "[1]: is null"),
            ([""], "[0]: is empty"),
            ([" \n"], "[0]: is empty"),
            ([good, ""], "[1]: is empty"),
            (f"{good},", "[1]: is empty"),
            (" ", "[0]: is empty"),
            ([good, "__omit_place_holder__0123456789abcdef"], "[1]: is omit"),
        ]:
            options, place = whole_with(module, path, items)
            message = refusal(run, module, options)
            assert message.startswith(f"{place}{problem}; an item must be "), (message, items)
            assert "a list without items is []" in message
            assert all(choice in message for choice in rule.get("choices", ()))


@pytest.mark.parametrize("module", WHOLE)
def test_an_empty_item_of_a_list_of_dictionaries(module: str, run: "Runner") -> None:
    for path, _rule in options_where(module, "list", "dict"):
        for items in ([None], [""], "", [[]]):
            options, place = whole_with(module, path, items)
            assert refusal(run, module, options).startswith(f"{place}[0]: must be a dictionary"), items


@pytest.mark.parametrize("empty", [[], ""])
def test_an_empty_list_clears(empty: Any, run: "Runner") -> None:
    """Empty text is what a command line has for it: channels= environments=."""
    alert = {**WHOLE["logfire_alert"], "environments": ["prod"]}
    assert len(run.ok("logfire_alert", **alert).result["alert"]["channels"]) == 1
    cleared = run.ok("logfire_alert", **{**alert, "channels": empty, "environments": empty})
    assert cleared.result["diff"]["after"] == {"name": "Errors", "environments": [], "channels": []}
    in_stack = {"name": alert["name"], "channels": empty, "environments": empty}
    again = run.ok("logfire_stack", projects=[{"name": "shop", "alerts": [in_stack]}])
    assert again.result["summary"]["unchanged"] == 2


# Null


@pytest.mark.parametrize("module", WHOLE)
def test_null_is_not_set(module: str, run: "Runner", monkeypatch: pytest.MonkeyPatch) -> None:
    """An option that is null, at any depth, does what it does when it is left out, whatever else is given."""
    monkeypatch.setenv("LOGFIRE_API_TOKEN", run.connection["api_token"])
    monkeypatch.setenv("LOGFIRE_BASE_URL", run.connection["base_url"])
    for path, _rule in options_of(spec_of(module)):
        left_out, _place = whole_with(module, path)
        null, _place = whole_with(module, path, None)
        done, expected = (run(module, check=True, connect=False, **options) for options in (null, left_out))
        assert (done.result, sorted(done.calls)) == (expected.result, sorted(expected.calls)), path


def test_null_beside_what_excludes_it(run: "Runner", tmp_path: Any) -> None:
    """Rules that concern several options do not count what is null."""
    alert = {key: value for key, value in WHOLE["logfire_alert"].items() if key != "channels"}
    assert run.ok("logfire_alert", **alert, channels=None, channel_assignments=[{"channel": "ops"}]).changed
    assert not run.ok("logfire_alert", **alert, channels=["ops"], channel_assignments=None).changed
    token = {"project": "shop", "path": str(tmp_path / "token")}
    run.ok("logfire_token", **token, id=None, token=None, expires_at=None, expires_in="1d")
    assert "required: name, id" in refusal(run, "logfire_project", {"name": None, "id": None})
    assert "missing: id, token, path" in refusal(
        run, "logfire_token", {"project": "shop", "state": "absent", "id": None}
    )


def test_an_alias_that_is_null_is_not_set(run: "Runner") -> None:
    assert not run.ok("logfire_project", name="shop", api_key=None).changed
