# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The code blocks of the guides, run from top to bottom: each in check mode, for real, and for real again.

So are the examples of the roles, one after the other.
"""

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from guides import GUIDES, Block, blocks, role_example
from module_docs import CLIENTS, MODULES, PREFIX

from playbooks import COLLECTION, Command, ansible, recorded, recording

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]

PASSES = ("check", "first", "second")
QUERY = "SELECT trace_id FROM records WHERE is_exception AND service_name = 'checkout'"
ALERT = {"name": "Checkout errors", "query": QUERY, "time_window": "PT5M", "frequency": "PT1M"}
SLACK_URL = "https://hooks.slack.com/services/T0/B0/secret"
SLACK = {"label": "ops-slack", "config": {"type": "webhook", "format": "auto", "url": SLACK_URL}}
#: The organization that a guide takes for granted; an empty one if it is not here.
ORGANIZATIONS: dict[str, Json] = {
    "check_and_diff": {"projects": [{"project_name": "shop", "alerts": [ALERT]}]},
    "secrets_and_rotation": {"projects": ["shop"]},
    "self_hosted": {"projects": ["shop"]},
    "queries": {"projects": ["shop"]},
    "roles": {"channels": [SLACK], "projects": [{"project_name": "shop", "alerts": [ALERT]}]},
}
VARIABLES = {
    "vault_logfire_api_token": "pylf_v1_local_fromavault",
    "vault_slack_url": SLACK_URL,
}
LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
INVENTORY = {"shops": {"hosts": {"alpha": None}, "vars": LOCAL}}
EXAMPLES = {path.relative_to(COLLECTION / "examples").as_posix() for path in COLLECTION.glob("examples/**/*.yml")}

PLAYS = {guide: [block for block in blocks(guide) if block.plays] for guide in GUIDES}
PLAYS["roles"] = [role_example(role) for role in ("export", "stack", "write_token")]
AD_HOC = {
    guide: [line for block in blocks(guide) for line in block.commands if line.startswith("ansible ")]
    for guide in GUIDES
}
AD_HOC = {guide: commands for guide, commands in AD_HOC.items() if commands}
FRAGMENTS = [block for guide in GUIDES for block in blocks(guide) if block.language == "yaml" and not block.plays]


def run(folder: Path, emulator: "RunningEmulator", command: str, *arguments: str) -> Command:
    (folder / "inventory.json").write_text(json.dumps(INVENTORY))
    (folder / "variables.json").write_text(json.dumps(VARIABLES))
    return ansible(
        *(command, "-i", "inventory.json", "-e", "@variables.json", *arguments),
        folder=folder,
        LOGFIRE_API_TOKEN="pylf_v1_local_guides",
        LOGFIRE_BASE_URL=emulator.base_url,
        **recording(folder),
    )


@pytest.mark.parametrize("guide", [guide for guide in PLAYS if PLAYS[guide]])
def test_plays(guide: str, emulator: "RunningEmulator", tmp_path: Path) -> None:
    emulator.store.load(ORGANIZATIONS.get(guide, {}))
    (tmp_path / "etc").mkdir()
    playbook = [
        {**here(play, tmp_path), "pre_tasks": [marker(block, turn)], "check_mode": turn == "check"}
        for block in PLAYS[guide]
        for turn in PASSES
        for play in block.plays
    ]
    (tmp_path / "site.yml").write_text(json.dumps(playbook))
    done = run(tmp_path, emulator, "playbook", "--diff", "site.yml")
    assert done.status == 0, done.output
    assert "[ERROR]" not in done.output
    changed = changes(recorded(tmp_path))
    for block in PLAYS[guide]:
        check, first, second = (changed[marker(block, turn)["name"]] for turn in PASSES)
        assert bool(check) is bool(first), f"{block}: planned {check}, done {first}"
        if "rotate: true" not in block.text:
            assert not second, f"{block} is not idempotent: {second}"
    printed = "\n".join(line.rstrip() for line in done.output.splitlines())
    for block in blocks(guide) if guide in GUIDES else ():
        if block.language == "diff":
            assert block.text in printed, f"{block}: {done.output}"


def marker(block: Block, turn: str) -> Json:
    """A task that says, among the results, where those of a block begin."""
    return {"name": f"Run of {block}: {turn}", "ansible.builtin.debug": {}}


def changes(results: list[Json]) -> dict[str, list[str]]:
    """The tasks that changed something, by the markers that precede them."""
    changed: dict[str, list[str]] = {}
    for result in results:
        if result["task"].startswith("Run of "):
            tasks = changed.setdefault(result["task"], [])
        elif result["result"].get("changed"):
            tasks.append(result["task"])
    return changed


def here(value: Any, folder: Path) -> Any:
    """A play for this machine: with its own folder and user, and without services."""
    if isinstance(value, list):
        return [here(item, folder) for item in value]
    if isinstance(value, dict):
        service, debug = "ansible.builtin.service", "ansible.builtin.debug"
        return {
            debug if key == service else key: {} if key == service else here(item, folder)
            for key, item in value.items()
            if key != "become"
        }
    return value.replace("/etc/shop", str(folder / "etc")) if isinstance(value, str) else value


@pytest.mark.parametrize(("status", "rescued"), [(429, True), (403, False)])
def test_what_rescues(status: int, rescued: bool, emulator: "RunningEmulator", tmp_path: Path) -> None:
    """The block that leaves the rate limit to the next run fails for any other reason."""
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": [ALERT]}]})
    (block,) = (block for block in blocks("rate_limits") if "rescue:" in block.text)
    emulator.faults.add(
        method="PUT", action="status", status=status, headers={"Retry-After": "1000"}, body={"detail": "No."}
    )
    (tmp_path / "site.yml").write_text(json.dumps(block.plays))
    done = run(tmp_path, emulator, "playbook", "site.yml")
    assert ("Rate limit still in effect. Waited for 0" in done.output) is rescued
    assert (done.status == 0) is rescued, done.output


@pytest.mark.parametrize("guide", AD_HOC)
def test_ad_hoc_commands(guide: str, emulator: "RunningEmulator", tmp_path: Path) -> None:
    for command in AD_HOC[guide]:
        done = run(tmp_path, emulator, "adhoc", *shlex.split(command)[1:])
        assert done.status == 0, done.output


def test_the_files_of_the_guide_are_a_description(emulator: "RunningEmulator", tmp_path: Path) -> None:
    """As the guide shows them: correct, planned, applied, and nothing to do then."""
    for block in blocks("configuration_as_code"):
        if block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text)
    playbook = ("community.logfire.apply", "-e", "stack_directory=organization")
    for arguments, changed in (["--check"], 1), ([], 1), ([], 0):
        done = run(tmp_path, emulator, "playbook", *playbook, *arguments)
        assert done.status == 0, done.output
        assert f"changed={changed} " in done.output
    (shop,) = emulator.store.snapshot()["projects"]
    assert [len(shop[kind]) for kind in ("alerts", "dashboards")] == [2, 1]
    assert run(tmp_path, emulator, "playbook", "community.logfire.validate", *playbook[1:]).status == 0


@pytest.mark.parametrize("guide", GUIDES)
def test_playbooks_that_are_named_exist(guide: str) -> None:
    """In the collection, as an example, named from its own folder or from above, or as a block of the guide."""
    own = {path.stem for path in (COLLECTION / "playbooks").glob("*.yml")}
    known = {f"/{path}" for path in EXAMPLES} | {f"/{block.file}" for block in blocks(guide)}
    for block in blocks(guide):
        for command in block.commands:
            first, *words = shlex.split(command)
            for word in words if first == "ansible-playbook" else ():
                assert not word.startswith(PREFIX) or word[len(PREFIX) :] in own, f"{block}: {word}"
                if word.endswith(".yml") and "=" not in word and not word.startswith("@"):
                    assert any(path.endswith(f"/{word}") for path in known), f"{block}: {word}"


@pytest.mark.parametrize("block", FRAGMENTS, ids=str)
def test_fragments_name_what_exists(block: Block) -> None:
    """Variables are those of an example, and options those of a module."""
    examples = "".join((COLLECTION / "examples" / path).read_text() for path in EXAMPLES)
    for key in block.content if isinstance(block.content, dict) else ():
        assert not key.startswith("logfire_") or key in examples
    check_options(block.content)


def check_options(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            check_options(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            module = str(key).removeprefix(PREFIX)
            if key == f"group/{PREFIX}logfire":
                assert all(item.keys() <= MODULES[client].options.keys() for client in CLIENTS)
            elif module != key and module in MODULES:
                assert (item or {}).keys() <= MODULES[module].options.keys()
            check_options(item)
