# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Arguments in shapes that no option has, for every option of every module at any depth, from their argument specs."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from argument_specs import WHOLE, options_of, spec_of, whole_with
from cases import seed, stored_definition
from harness import path_first

from ansible_collections.community.logfire.plugins.module_utils._api import http

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
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
    return path_first(message)


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


# Dictionaries

SECRET = "https://hooks.example.com/verysecret"
NO_DICTIONARIES: dict[str, tuple[Any, str]] = {
    "a list": ([SECRET], "a list"),
    "an empty list": ([], "a list"),
    "a list of pairs": ([["url", SECRET]], "a list"),
    "a number": (5, "a number"),
    "a fraction": (1e99, "a number"),
    "true": (True, "true or false"),
    "empty text": ("", "empty text"),
    "blank text": (" \n", "empty text"),
    "text": (SECRET, "text that contains none"),
    "code": (f"import os; x = '{SECRET}'", "text that contains none"),
    "code in braces": (f"{{'url': '{SECRET}', 'a': os.system('import x')}}", "text that contains none"),
    "JSON with an import, broken": ('{"a": "import x"', "text that contains none"),
    "JSON that ends early": (f'{{"url": "{SECRET}"', "text that contains none"),
    "JSON with more behind it": (f'{{"url": "{SECRET}"}} x', "text that contains none"),
    "words and pairs": (f"name {SECRET}=x", "text that contains none"),
    "a list in JSON": (f'["{SECRET}"]', "text that contains none"),
    "a list in Python": (f"['{SECRET}', 'import x']", "text that contains none"),
    "a set in Python": (f"{{'{SECRET}'}}", "text that contains none"),
    "deep JSON": ('{"a":' * 100_000, "text that contains none"),
    "deep braces": ("{" * 100_000, "text that contains none"),
    "a time stamp in Python": (
        f"{{'url': '{SECRET}', 'at': datetime.datetime(2026, 1, 1, 0, 0)}}",
        "text that contains none in JSON or key=value format (quote timestamps)",
    ),
}


@pytest.mark.parametrize("module", WHOLE)
def test_no_dictionary(module: str, run: "Runner") -> None:
    """One clear sentence, that shows nothing of what may be a secret."""
    for path, _rule in options_where(module, "dict"):
        for value, shape in NO_DICTIONARIES.values():
            options, place = whole_with(module, path, value)
            message = refusal(run, module, options)
            assert message.startswith(f"{place}: must be a dictionary, not {shape}"), str(value)[:100]
            assert SECRET not in message
            assert len(message) < 200


@pytest.mark.parametrize("module", WHOLE)
def test_no_item_that_is_a_dictionary(module: str, run: "Runner") -> None:
    for path, _rule in options_where(module, "list", "dict"):
        for value, shape in NO_DICTIONARIES.values():
            options, place = whole_with(module, path, [value])
            assert refusal(run, module, options).startswith(f"{place}[0]: must be a dictionary, not {shape}")
        for value, shape in ((None, ""), ({}, "a dictionary"), (True, "true or false")):
            if value is not None:
                options, place = whole_with(module, path, value)
                message = refusal(run, module, options)
                assert message.startswith(f"{place}: must be a list of dictionaries, not {shape}")


@pytest.mark.parametrize("module", WHOLE)
def test_no_single_value(module: str, run: "Runner") -> None:
    """A list or a dictionary in place of text, which Ansible would write as Python does."""
    for path, rule in options_of(spec_of(module)):
        for value, shape in (
            ([SECRET], "a list"),
            ({"a": SECRET}, "a dictionary"),
            ([], "a list"),
            ({}, "a dictionary"),
        ):
            if rule["type"] in ("str", "bool", "int", "float", "path"):
                options, place = whole_with(module, path, value)
                problem = f"{place}: must be a single value, not {shape}"
            elif (rule["type"], rule.get("elements")) == ("list", "str"):
                options, place = whole_with(module, path, [value])
                problem = f"{place}[0]: must be a single value, not {shape}"
            else:
                continue
            message = refusal(run, module, options)
            assert message.startswith(problem)
            assert SECRET not in message


BEFORE = ["\ufeff", "\n", "\n\n  ", "\t\r\n", "\ufeff\n "]


@pytest.mark.parametrize("before", ["", *BEFORE])
def test_json_text(before: str, run: "Runner") -> None:
    """For dictionaries and lists, whatever a file has before it."""

    def text(value: Any) -> str:
        return before + json.dumps(value, indent=1) + "\n"

    board = WHOLE["logfire_dashboard"]
    assert run.ok("logfire_dashboard", **{**board, "definition": text(board["definition"])}).changed
    assert not run.ok("logfire_dashboard", **board).changed
    channel = WHOLE["logfire_channel"]
    assert run.ok("logfire_channel", name="pager", config=text(channel["config"]), headers=text({"X-A": "b"})).changed
    assert not run.ok("logfire_channel", **channel).changed
    given = WHOLE["logfire_alert"]
    made = run.ok("logfire_alert", **{**given, "channels": text(["ops"]), "environments": text(["a, b", "c"])})
    assert made.result["alert"]["environments"] == ["a, b", "c"]
    stack = WHOLE["logfire_stack"]
    run.ok("logfire_stack", **{option: text(value) for option, value in stack.items()})
    again = run.ok("logfire_stack", channels=[text(item) for item in stack["channels"]], projects=stack["projects"])
    assert not again.changed


def test_other_text_for_dictionaries(run: "Runner") -> None:
    """As Ansible takes it on a command line, or as its templates leave it."""
    config = WHOLE["logfire_channel"]["config"]
    pairs = " ".join(f"{key}={value}" for key, value in config.items())
    assert run.ok("logfire_channel", name="pager", config=pairs).changed
    for same in (str(config), f"\n {config}", ", ".join(pairs.split())):
        assert not run.ok("logfire_channel", name="pager", config=same).changed


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


# Halves of characters

HALVES = ["\ud83d", "a\ud83db", "\udc00"]


@pytest.mark.parametrize("module", WHOLE)
def test_half_a_character(module: str, run: "Runner") -> None:
    """Of an emoji that was cut in two: once the service has it, nobody can read it again."""
    for path, rule in options_of(spec_of(module)):
        for half in HALVES:
            values: list[tuple[Any, str]] = [(half, "")]
            if rule["type"] == "list":
                values = [([half], "[0]")] if rule["elements"] == "str" else []
            elif rule["type"] == "dict":
                options = {"x": {"y": [1, half]}}, {"x": [{half: 1}]}
                given = list(zip(options, (".x.y[1]", ".x[0]"), strict=True))
                texts = [(json.dumps(option), suffix) for option, suffix in given]
                values = [*given, *texts, (f"x={half}", ".x")] if "options" not in rule else []
            for value, suffix in values:
                options, place = whole_with(module, path, value)
                message = refusal(run, module, options)
                assert message.startswith(f"{place}{suffix}: contains half of a surrogate pair, '\\u")
                message.encode()


@pytest.mark.parametrize("levels", [180, 300, 100_000])
def test_a_deep_definition(levels: int, run: "Runner") -> None:
    """What no answer could repeat is not sent; what is sent can be read again."""
    board = WHOLE["logfire_dashboard"]
    definition = json.dumps(board["definition"]).replace('"Hello"', "[" * levels + "]" * levels)
    options = {**board, "definition": definition}
    if levels < 190:
        assert run.ok("logfire_dashboard", **options).changed
        assert not run.ok("logfire_dashboard", **options).changed
    else:
        assert refusal(run, "logfire_dashboard", options).startswith("definition: ")


def test_half_a_character_in_answers(
    run: "Runner", emulator: "RunningEmulator", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else brought it into the service: results have the replacement character, and nothing is a change."""
    marked, shown = "a\ue000b", "a\ufffdb"  # the emulator itself cannot send a half

    def loads(content: bytes, **more: Any) -> Any:
        return json.loads(content.replace("\ue000".encode(), rb"\ud83d"), **more)

    monkeypatch.setattr(http, "json", SimpleNamespace(loads=loads, dumps=json.dumps))
    alert = {"name": marked, "query": marked, "description": marked, "environments": [marked]}
    dashboard = {"slug": "new", "name": marked, "definition": stored_definition(marked)}
    emulator.store.load(seed(description=marked, alerts=[alert], dashboards=[dashboard], channels=[{"label": marked}]))
    for module, options in {
        "logfire_project_info": {},
        "logfire_project": {"name": "shop"},
        "logfire_channel_info": {},
        "logfire_channel": {"name": shown},
        "logfire_alert_info": {"project": "shop"},
        "logfire_alert": {"project": "shop", "name": shown},
        "logfire_dashboard_info": {"project": "shop", "definitions": True},
        "logfire_dashboard": {"project": "shop", "slug": "new"},
    }.items():
        found = run.ok(module, **options)
        assert not found.changed
        assert shown in json.dumps(found.result, ensure_ascii=False)
        found.stdout.encode()
    described = run.ok("logfire_stack_info").result["stack"]
    assert not run.ok("logfire_stack", **described).changed
    emulator.faults.add(action="status", method="GET", path="/projects/$", status=400, body={"detail": "a\ud83db"})
    failed = run.fails("logfire_project", name="shop")
    assert shown in failed.result["msg"]
    assert failed.result["failure"]["detail"] == shown


def test_half_a_character_in_the_environment(run: "Runner", monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no text: what fails says so in text."""
    monkeypatch.setenv("LOGFIRE_BASE_URL", "http://\udcff.example.com")
    failed = run("logfire_project", connect=False, name="shop", api_token="x", retry_timeout=0)
    assert failed.failed
    failed.stdout.encode()
    assert "\\ud" not in failed.stdout
