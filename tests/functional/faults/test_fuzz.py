# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that nobody thought of, drawn from each module's own argument spec: never a traceback, never half a job."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from argument_specs import CONNECTION, WHOLE, spec_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organizations import board
from scenarios import HELD, OPS, SEED, SHOP, Options

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Run
    from scenarios import ClearRunner

NAMES = ["shop", "web", "ops", "bystander", "Bystander", "Errors", "overview", SHOP, OPS]
DURATIONS = ["5m", "90m", "PT1H", "P1D", "30d", "0s", "1y", "3600"]
INSTANTS = ["2020-01-01T00:00:00Z", "2050-01-01T00:00:00+02:00", "2050-13-01", "tomorrow"]
ODD = ["", " ", "\n", "{{ x }}", "a/b", "..", "ä" * 60, "x" * 5000, "\x00", "null", "0", "-1"]
TEXTS = {
    **dict.fromkeys(("name", "id", "project", "channel", "slug"), NAMES),
    **dict.fromkeys(("time_window", "frequency", "watermark", "expires_in", "renew_before", "max_age"), DURATIONS),
    "grace_period": ["1h", "90m", "24h"],
    "expires_at": INSTANTS,
    "token": [HELD],
    "url": ["https://hooks.example.com/a", "https://[::1", "https://hooks.example.com/**********"],
    "base_url": ["https://opsgenie.example.com", "opsgenie"],
}
DICTS: list[Any] = [
    {},
    board(),
    board("Bye"),
    {"spec": {}},
    {"spec": None},
    {"kind": 1, "spec": {"a": [None]}},
    [],
    "x",
]
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 10**12),
    st.sampled_from(ODD),
    st.just([]),
    st.just({}),
    st.text(max_size=5),
)


def values(option: str, rule: Options) -> st.SearchStrategy[Any]:
    """Mostly what an option may be, and now and then anything."""
    return st.integers(0, 9).flatmap(lambda dice: ANYTHING if dice == 0 else plausible(option, rule))


def plausible(option: str, rule: Options) -> st.SearchStrategy[Any]:
    if "choices" in rule and rule["type"] == "str":
        return st.sampled_from(rule["choices"])
    if "options" in rule:
        inner = some(rule["options"], most=4)
        return inner if rule["type"] == "dict" else st.lists(inner, max_size=2)
    if rule["type"] == "list":
        element = {"type": rule.get("elements", "str"), **({"choices": rule["choices"]} if "choices" in rule else {})}
        return st.lists(plausible("name", element), max_size=3)
    return {
        "bool": st.booleans(),
        "int": st.integers(0, 70),
        "float": st.floats(0, 100),
        "dict": st.sampled_from(DICTS),
        "path": st.sampled_from(["FOLDER/token", "FOLDER/none/token", "FOLDER", "/"]),
        "raw": st.sampled_from(["0600", "0640", "u=rw", "0o600", 384, "rubbish"]),
    }.get(rule["type"], st.one_of(st.sampled_from(TEXTS.get(option, NAMES)), st.sampled_from(ODD)))


def some(spec: Options, most: int) -> st.SearchStrategy[Options]:
    """Some of the options."""
    names = st.lists(st.sampled_from(sorted(spec)), max_size=most, unique=True) if spec else st.just([])
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: values(name, spec[name]) for name in chosen}))


def repeats(options: Options) -> bool:
    """Whether a second run has something to do, as documented."""
    always = any(options.get(option) not in (None, False) for option in ("rotate", "new"))
    always = always or options.get("token") is not None
    channels = options.get("channels") if isinstance(options.get("channels"), list) else []
    secrets = [item.get("update_secret") for item in [options, *channels] if isinstance(item, dict)]
    return always or "always" in secrets or options.get("max_age") is not None


def check_requests(ended: "Run", module: str) -> None:
    """No write in vain: none before an option is refused, none after the service has refused one."""
    if ended.failed and "failure" not in ended.result and module != "logfire_stack":
        assert ended.writes == []
    refused = [index for index, request in enumerate(ended.requests) if (request.status or 0) in (400, 403, 422)]
    if refused and module != "logfire_stack":
        assert not [request for request in ended.requests[refused[0] + 1 :] if request.method != "GET"]


def placed(options: Any, folder: Path) -> Any:
    """With a real folder, in which nothing is left of the example before."""
    (folder / "token").unlink(missing_ok=True)
    path = options.get("path")
    if isinstance(path, str) and "FOLDER" not in path and path.startswith("/"):
        return {**options, "path": str(folder)}
    return {**options, "path": path.replace("FOLDER", str(folder))} if isinstance(path, str) else options


@pytest.mark.parametrize("module", WHOLE)
def test_any_options(
    module: str, run: "ClearRunner", emulator: "RunningEmulator", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a path may be relative
    spec = {name: rule for name, rule in spec_of(module).items() if name not in CONNECTION | {"owner", "group"}}
    succeeded = []

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=60 if module.endswith("info") else 120,
        suppress_health_check=list(HealthCheck),
    )
    @given(base=st.sampled_from([{}, *[WHOLE[module]] * 4]), drawn=some(spec, most=3), check=st.booleans())
    def go(base: Options, drawn: Options, check: bool) -> None:
        emulator.store.load({**SEED, "pagerduty_services": ["PABC123"]})
        options = placed({**base, **drawn}, tmp_path)
        if check:
            before = emulator.store.snapshot()
            foretold = run(module, check=True, **options)
            assert foretold.writes == []
            assert emulator.store.snapshot() == before
        ended = run(module, **options)
        check_requests(ended, module)
        if ended.failed:
            return
        succeeded.append(ended)
        if check:
            assert (foretold.failed, foretold.changed) == (False, ended.changed)
        if "is this the right organization" in str(ended.warnings):
            return  # now it is, and the next run prunes
        again = run.ok(module, **options)
        unseen = module == "logfire_schedule"  # of which nothing uses any: each run creates another one
        assert not again.changed or repeats(options) or unseen or "does not keep" in str(ended.warnings)

    go()
    assert len(succeeded) >= 5  # or nothing was tested but refusals


def test_any_connection(run: "ClearRunner", emulator: "RunningEmulator", waits: list[float]) -> None:
    """Only to addresses of this machine."""
    spec = {name: rule for name, rule in spec_of("logfire_project").items() if name in CONNECTION}
    addresses = [
        emulator.base_url,
        f"{emulator.base_url}/",
        "http://127.0.0.1:9",
        "http://[::1",
        "127.0.0.1",
        "ftp://x",
    ]
    spec["base_url"] = {"type": "str", "choices": addresses}

    @settings(derandomize=True, database=None, deadline=None, max_examples=80)
    @given(drawn=some({**spec, "headers": {"type": "dict"}}, most=2))
    def go(drawn: Options) -> None:
        waits.clear()
        ended = run("logfire_project", name="web", check=True, **drawn)
        assert ended.writes == []

    go()
