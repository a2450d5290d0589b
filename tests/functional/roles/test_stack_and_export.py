# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles stack and export: their variables, one by one."""

import json
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from hostile import Options, definition
from plays import KEY, Plays, tree, unsettled

from ansible_collections.community.logfire.plugins.module_utils._values.yaml_text import to_yaml

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ALERT = {"name": "Errors", "query": "SELECT 1", "time_window": "5m", "frequency": "1m"}
SECRET = "https://hooks.example.com/services/canary-5d0c"
DESCRIPTION: Options = {
    "stack_channels": [{"name": "ops", "config": {"type": "webhook"}}],
    "stack_projects": [{"name": "shop", "alerts": [{**ALERT, "channels": ["ops"]}]}],
    "stack_channel_secrets": {"ops": {"url": SECRET}},
}


def test_variables_are_applied(plays: Plays, emulator: "RunningEmulator") -> None:
    """In check mode, for real, and again; and the secret stays one."""
    outputs = []
    for arguments, changed, writes in (["--check"], 1, 0), (["-vvvv"], 1, 3), (["-vvvv"], 0, 0):
        run = plays.role("stack", *arguments, **DESCRIPTION)
        assert (run.changed(), len(plays.writes())) == (changed, writes), run.output
        outputs.append(run.output)
    assert SECRET in json.dumps(emulator.store.snapshot())
    assert "canary-5d0c" not in "".join(outputs)
    assert ["\"would create channel 'ops'\"" in outputs[0], "\"created channel 'ops'\"" in outputs[1]] == [True, True]
    # The plan is what is done then.
    assert all(
        f"+++ after: {what} (create)" in output for output in outputs[:2] for what in ("project shop", "channel ops")
    )


def test_queries_are_compared_line_by_line(plays: Plays, emulator: "RunningEmulator") -> None:
    """As YAML, which Ansible prints when it is told to; the guide says how."""
    stored = {"name": "Errors", "query": "SELECT 1\nFROM records\nLIMIT 5"}
    emulator.store.load({"projects": [{"project_name": "shop", "alerts": [stored]}]})
    alert = {**ALERT, "query": "SELECT 1\nFROM records\nLIMIT 9"}
    play = {"hosts": "localhost", "gather_facts": False, "roles": ["community.logfire.stack"]}
    variables = {"stack_projects": [{"name": "shop", "alerts": [alert]}]}
    done = plays.run([play], "--check", variables=variables, ANSIBLE_CALLBACK_RESULT_FORMAT="yaml")
    assert re.search(r"^ +query: \|-\n +SELECT 1\n +FROM records\n- +LIMIT 5\n\+ +LIMIT 9$", done.output, re.MULTILINE)


def test_a_rotated_secret_is_noticed_by_its_fingerprint(plays: Plays, tmp_path: Path) -> None:
    """The file is beside the playbook, and so is a relative path."""
    rotated = {**DESCRIPTION, "stack_channel_secrets": {"ops": {"url": f"{SECRET}-rotated"}}}
    for description, changed in ((DESCRIPTION, 1), (rotated, 1), (rotated, 0)):
        run = plays.role("stack", **description, stack_fingerprints="prints.json", stack_fingerprints_mode="0644")
        assert run.changed() == changed, run.output
        assert "canary-5d0c" not in run.output + (tmp_path / "prints.json").read_text()
    assert (tmp_path / "prints.json").stat().st_mode & 0o777 == 0o644


def test_alerts_are_tried_before_they_are_saved(plays: Plays, emulator: "RunningEmulator", tmp_path: Path) -> None:
    """With the read token of a file beside the playbook, or of a variable. A query that fails changes nothing."""
    token = "pylf_v1_local_canaryreadtoken4730abcdef"
    emulator.store.load({"projects": [{"project_name": "shop", "read_tokens": [{"token": token}]}]})
    (tmp_path / "shop.token").write_text(token)
    for query, preview, said in (
        ("SELECT 1", {"read_token_path": "{project}.token", "limit": 1}, "would fire now: yes, 1 row or more"),
        ("SELEC 1", {"read_tokens": {"shop": token}}, "found: SELEC at Line: 1, Column: 1"),
    ):
        project = {"name": "shop", "alerts": [{**ALERT, "query": query}]}
        run = plays.role("stack", "-vvvv", stack_projects=[project], stack_preview=preview)
        assert said in unsettled(run.output), run.output
        assert "canaryreadtoken" not in run.output
    assert run.status == 2 and plays.writes()[-1] == "POST /v2/query"


def test_the_organization_that_is_meant(plays: Plays, emulator: "RunningEmulator") -> None:
    """Another one is refused."""
    emulator.store.load({"projects": ["shop"]})
    refused = plays.role("stack", **DESCRIPTION, stack_organization="another")
    assert refused.status == 2 and "organization: the description is for the organization" in unsettled(refused.output)


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({}, "Set either stack_directory, or stack_channels, stack_schedules, stack_members and stack_projects."),
        ({"stack_directory": "a", "stack_projects": []}, "Set either stack_directory, or"),
        (
            {**DESCRIPTION, "stack_channel_secrets": {"ops": {}, "ups": {}}},
            "the description has no channel ups; channels: ops",
        ),
        ({"stack_directory": "nowhere"}, "nowhere: there is no such directory"),
        ({"stack_directory": ""}, "the path of the directory is empty"),
        ({"stack_directory": "."}, "neither a file channels.yml nor a folder projects"),
        ({**DESCRIPTION, "stack_prune": ["tokens"]}, "value of stack_prune must be one or more of"),
    ],
)
def test_a_slip_is_an_error_before_anything_is_asked(
    plays: Plays, emulator: "RunningEmulator", variables: Options, problem: str
) -> None:
    run = plays.role("stack", **variables)
    assert run.status == 2
    assert problem in unsettled(run.output)
    assert "Traceback" not in run.output
    assert emulator.log == []


def test_a_directory_by_hand(plays: Plays, emulator: "RunningEmulator") -> None:
    """What has no file is left alone; what is pruned is what the files list; templates are filled in."""
    emulator.store.load(
        {
            "channels": ["old"],
            "projects": [
                {"project_name": "shop", "alerts": ["by hand", "kept"], "dashboards": ["by-hand"]},
                {"project_name": "web", "alerts": ["by hand"], "dashboards": ["by-hand"]},
                "other",
            ],
        }
    )
    folder = plays.folder / "files"
    (folder / "projects/shop").mkdir(parents=True)
    (folder / "projects/web/dashboards").mkdir(parents=True)
    (folder / "projects/shop/project.yml").write_text("description: The {{ kind }} shop\n")
    (folder / "projects/shop/alerts.yml").write_text("alerts:\n  - name: kept\n    query: SELECT '{{ kind }}'\n")
    (folder / "projects/web/dashboards/.gitkeep").touch()
    variables = {"stack_directory": "files", "stack_prune": ["alerts", "dashboards"], "kind": "web"}
    limited = plays.role("stack", stack_prune_limit=1, **variables)
    assert limited.status == 2 and "prune_limit: 2 objects would be deleted, but the limit is 1" in unsettled(
        limited.output
    )
    assert plays.writes() == []
    assert plays.role("stack", **variables).changed() == 1
    shop, web, _other = emulator.store.snapshot()["projects"]
    assert shop["description"] == "The web shop"
    assert [(alert["name"], alert["query"]) for alert in shop["alerts"]] == [("kept", "SELECT 'web'")]
    assert [board["slug"] for board in shop["dashboards"]] == ["by-hand"]
    assert ([alert["name"] for alert in web["alerts"]], web["dashboards"]) == (["by hand"], [])
    assert [channel["label"] for channel in emulator.store.snapshot()["channels"]] == ["old"]


SLIPS = {
    "channels.yml": ("channels:\n  - name: ops\n    config: {type: email, recipients: ['{{ nobody }}']}\n", 3),
    "projects/shop/project.yml": ("description: The shop\nvisibility: '{{ nobody }}'\n", 2),
    "projects/shop/alerts.yml": ("alerts:\n  - name: a\n  - name: b\n    query: SELECT '{{ nobody.x }}'\n", 4),
    "projects/a%2Fb/alerts.yml": ("alerts: '{{ nobody }}'\n", 1),
}


@pytest.mark.parametrize("path", SLIPS)
def test_a_slip_anywhere_in_the_files_fails_with_file_and_line(
    plays: Plays, emulator: "RunningEmulator", path: str
) -> None:
    content, line = SLIPS[path]
    file = plays.folder / "files" / path
    file.parent.mkdir(parents=True)
    (plays.folder / "files/channels.yml").write_text("channels: []\n")
    file.write_text(content)
    run = plays.role("stack", stack_directory="files")
    assert run.status == 2
    assert f"{file}:{line}: " in unsettled(run.output) and "'nobody' is undefined" in run.output
    assert emulator.log == []


@pytest.mark.parametrize("expression", ["read | default('nothing')", "read.channels | default('nothing')"])
def test_no_default_hides_a_slip(plays: Plays, expression: str) -> None:
    """Whoever reads the files with the look-up in a variable."""
    (plays.folder / "channels.yml").write_text(SLIPS["channels.yml"][0])
    read = "{{ lookup('community.logfire.logfire_stack_files', '.') }}"
    task = {"ansible.builtin.debug": {"msg": "{{ " + expression + " }}"}}
    run = plays.run([{"hosts": "localhost", "gather_facts": False, "vars": {"read": read}, "tasks": [task]}])
    assert run.status == 2
    assert "channels.yml:3: channels[0].config.recipients[0]: 'nobody' is undefined" in unsettled(run.output)


def test_mistakes_are_reported_once_by_name_and_file(plays: Plays, emulator: "RunningEmulator") -> None:
    folder = plays.folder / "files/projects/shop"
    folder.mkdir(parents=True)
    alert = {"name": "Errors", "query": "SELECT 1", "time_window": "10 m", "frequency": "1m"}
    (folder / "alerts.yml").write_text(json.dumps({"alerts": [alert]}))
    (folder / "alert.yml").write_text("[]")
    run = plays.role("stack", stack_directory="files")
    assert run.status == 2
    output = unsettled(run.output)
    assert f"alert 'Errors' of project 'shop' ({folder}/alerts.yml): time_window: '10 m' is not a duration" in output
    assert "alert.yml is not read; did you mean projects/shop/alerts.yml?" in output
    assert output.count("fatal: ") == 1 and "censored" not in output
    assert emulator.log == []


@pytest.mark.parametrize("directory", ["nowhere", "empty"])
def test_a_directory_without_a_description(plays: Plays, directory: str) -> None:
    (plays.folder / "empty").mkdir()
    run = plays.role("stack", stack_directory=directory)
    assert run.status == 2
    assert f"{plays.folder}/{directory}: there is n" in unsettled(run.output) and "censored" not in run.output


def test_files_are_read_once_and_what_is_secret_in_them_is_not_shown(plays: Plays, emulator: "RunningEmulator") -> None:
    secret = "{{ lookup('ansible.builtin.pipe', 'echo read >> times; echo canary-5d0c') }}"
    url = f"https://hooks.example.com/services/{secret}"
    folder = plays.folder / "files"
    folder.mkdir()
    channels = [{"name": "ops", "config": {"type": "webhook", "url": url}}]
    (folder / "channels.yml").write_text(json.dumps({"channels": channels}))
    run = plays.role("stack", "-vvvv", stack_directory="files", stack_channel_secrets={"ops": {"format": "raw-data"}})
    assert run.changed() == 1
    assert "canary-5d0c" in json.dumps(emulator.store.snapshot()) and "canary-5d0c" not in run.output
    assert (plays.folder / "times").read_text() == "read\n"


WITHOUT_PASSWORD = "no vault secrets found; run Ansible with --ask-vault-pass or --vault-password-file"
VAULTED = """$ANSIBLE_VAULT;1.1;AES256
31613931386338383437623964626131383762666466663562313132393336633531363533623262
3836386266323635356533343863613032623437616335640a313536616234363934653566313861
39366531303162613933326439646265353165643939636633663365363836613761353833343962
3436386230353835640a353635666462626263316165376130336333393337636537366339326338
38353335396361643232303830346337343839653864303336336134613333666261323533643233
6264373335383731393934363932623064333362363065326436
"""  # https://hooks.example.com/services/canary, with the password pw


def test_secrets_of_a_vault_can_be_in_the_files(plays: Plays, emulator: "RunningEmulator") -> None:
    """Without the password, the error has the place."""
    channel = "channels:\n  - name: ops\n    config:\n      type: webhook\n      url: !vault |\n"
    (plays.folder / "channels.yml").write_text(channel + textwrap.indent(VAULTED, " " * 8))
    lacking = plays.role("stack", stack_directory=".")
    assert lacking.status == 2
    assert "channels.yml:5: channels[0].config.url: " in unsettled(lacking.output)
    assert WITHOUT_PASSWORD in unsettled(lacking.output) and emulator.log == []
    (plays.folder / "password").write_text("pw\n")
    run = plays.role("stack", "-vvvv", "--vault-password-file", "password", stack_directory=".")
    assert run.changed() == 1
    assert "services/canary" in json.dumps(emulator.store.snapshot()) and "services/canary" not in run.output


def test_the_vault_of_the_directory_has_the_secrets(plays: Plays, emulator: "RunningEmulator") -> None:
    """A variable comes before it; nothing of it is shown; without the password, the error names the file."""
    hook, pager = "https://hooks.example.com/services/canary", "canarycanarycanary"
    folder = plays.folder / "files"
    folder.mkdir()
    channels = [{"name": name, "config": {"type": kind}} for name, kind in (("ops", "webhook"), ("pager", "pagerduty"))]
    (folder / "channels.yml").write_text(json.dumps({"channels": channels}))
    secrets = {"ops": {"url": f"{hook}-of-the-file"}, "pager": {"routing_key": pager}}
    vault = VaultLib([("default", VaultSecret(b"pw"))])
    (folder / "secrets.yml").write_bytes(vault.encrypt(json.dumps({"stack_channel_secrets": secrets})))
    lacking = plays.role("stack", stack_directory="files")
    assert lacking.status == 2 and f"{folder}/secrets.yml: " in unsettled(lacking.output)
    assert WITHOUT_PASSWORD in unsettled(lacking.output) and emulator.log == []
    (plays.folder / "password").write_text("pw\n")
    own = {"ops": {"url": f"{hook}-of-a-variable"}}
    arguments = ("-vvvv", "--vault-password-file", "password")
    run = plays.role("stack", *arguments, stack_directory="files", stack_channel_secrets=own)
    assert run.changed() == 1
    state = json.dumps(emulator.store.snapshot())
    assert f"{hook}-of-a-variable" in state and pager in state
    assert f"{hook}-of-the-file" not in state + run.output and pager not in run.output


@pytest.mark.parametrize("option", ["api_token", "base_url", "projects"])
@pytest.mark.parametrize("role", ["stack", "export"])
def test_an_undefined_variable_is_not_an_option_left_out(
    plays: Plays, emulator: "RunningEmulator", role: str, option: str
) -> None:
    """Also with the check of the arguments off: the environment may have the token of another organization."""
    variables = {f"{role}_{option}": "{{ nobody }}"}
    more = {"stack": {"stack_channels": []}, "export": {"export_directory": "files"}}[role]
    include = {"name": f"community.logfire.{role}", "rolespec_validate": False}
    task = {"ansible.builtin.include_role": include, "vars": {**more, **variables}}
    run = plays.run([{"hosts": "localhost", "gather_facts": False, "tasks": [task]}])
    assert run.status == 2 and "'nobody' is undefined" in run.output
    assert emulator.log == []


@pytest.mark.parametrize("option", ["api_token", "base_url"])
@pytest.mark.parametrize(
    "role",
    [
        {"role": "stack", "stack_projects": []},
        {"role": "export", "export_directory": "files"},
        {"role": "write_token", "write_token_project": "shop", "write_token_path": "token"},
    ],
    ids=lambda role: role["role"],
)
def test_the_error_says_that_module_defaults_do_not_reach_a_role(plays: Plays, role: Options, option: str) -> None:
    value = {"api_token": KEY, "base_url": plays.emulator.base_url}[option]
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/community.logfire.logfire": {option: value}},
        "roles": [{**role, "role": f"community.logfire.{role['role']}"}],
    }
    run = plays.run([play], **{"api_token": {"LOGFIRE_API_TOKEN": ""}, "base_url": {"LOGFIRE_BASE_URL": ""}}[option])
    assert run.status == 2
    hint = (
        f"In a role, set stack_{option}, export_{option} or write_token_{option}; module_defaults do not apply to them"
    )
    assert hint in unsettled(run.output)


def test_an_undefined_variable_in_the_secrets_is_an_error(plays: Plays, emulator: "RunningEmulator") -> None:
    (plays.folder / "channels.yml").write_text("channels:\n  - name: ops\n    config: {type: webhook}\n")
    emulator.store.load({"channels": ["ops"]})
    variables = {"stack_directory": ".", "stack_channel_secrets": {"ops": {"url": "{{ nobody }}"}}}
    run = plays.run("community.logfire.apply", variables=variables)
    assert run.status == 2 and "'nobody' is undefined" in run.output
    assert emulator.log == []


def test_what_a_yaml_file_describes_is_not_pruned(plays: Plays, emulator: "RunningEmulator") -> None:
    """The files of Perses' own tools end in .yaml. Their braces are no templates."""
    document = definition("{{ a }}", refreshInterval="1m")
    seed = {"slug": "overview", "name": "Overview", "definition": {**document, "metadata": {"name": "Overview"}}}
    emulator.store.load({"channels": ["ops"], "projects": [{"project_name": "shop", "dashboards": [seed, "other"]}]})
    dashboards = plays.folder / "files/projects/shop/dashboards"
    dashboards.mkdir(parents=True)
    (plays.folder / "files/channels.yaml").write_text("channels:\n  - name: ops\n    active: false\n")
    document["metadata"] = {"name": "Overview"}
    (dashboards / "overview.yaml").write_text(to_yaml(document, templates=False))
    variables = {"stack_directory": "files", "stack_prune": ["channels", "dashboards"]}
    assert plays.role("stack", **variables).changed() == 1
    state = emulator.store.snapshot()
    assert [channel["active"] for channel in state["channels"]] == [False]
    ((board,),) = [project["dashboards"] for project in state["projects"]]
    assert (board["slug"], board["definition"]["spec"]) == ("overview", document["spec"])
    assert plays.role("stack", **variables).changed() == 0

    assert plays.role("export", export_directory="files").changed() == 1
    assert {path for path in tree(plays.folder / "files") if "." not in path.rpartition("/")[2][0]} == {
        "channels.yaml",
        "secrets.example.yml",
        "projects/shop/project.yml",
        "projects/shop/alerts.yml",
        "projects/shop/dashboards/overview.yaml",
    }
    assert plays.role("stack", **variables).changed() == 0


def test_a_misplaced_file_stops_the_role(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.store.load({"projects": [{"project_name": "shop", "dashboards": ["overview"]}]})
    dashboards = plays.folder / "files/projects/shop/dashboards"
    (dashboards / "team").mkdir(parents=True)
    (dashboards / "team/overview.json").write_text(json.dumps(definition("a")))
    run = plays.role("stack", stack_directory="files", stack_prune=["dashboards"])
    assert run.status == 2
    assert "overview.json is not read; did you mean projects/shop/dashboards/overview.json?" in unsettled(run.output)
    assert emulator.log == []


def test_an_empty_list_is_not_no_list(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.store.load({"channels": ["old"], "projects": ["shop"]})
    limits = {"stack_prune": ["channels", "projects"], "stack_prune_projects_limit": 9}
    run = plays.role("stack", stack_channels=[], stack_projects=[], **limits)
    assert run.changed() == 1
    state = emulator.store.snapshot()
    assert (state["channels"], state["projects"]) == ([], [])


def test_some_projects_are_exported(plays: Plays, emulator: "RunningEmulator") -> None:
    """The files of the others stay as they are, and so does what is no description."""
    seed = {"projects": [{"project_name": name, "alerts": ["a"], "dashboards": ["b"]} for name in ("shop", "web")]}
    emulator.store.load(seed)
    directory = plays.folder / "files"
    assert plays.role("export", export_directory="files").changed() == 1
    before = tree(directory)
    (directory / "README.md").write_text("mine")
    emulator.store.load({"projects": ["shop", "new"]})
    planned = plays.role("export", "--check", export_directory="files", export_projects=["shop"])
    assert planned.changed() == 1 and tree(directory) == {**before, "README.md": b"mine"}
    done = plays.role("export", export_directory="files", export_projects=["shop"])
    assert sections(done.output) == sections(planned.output) != []
    after = tree(directory)
    assert {path for path in before if before[path] != after.get(path)} == {
        "projects/shop/alerts.yml",
        "projects/shop/dashboards/b.json",
    }
    assert after.keys() - before.keys() == {"README.md"}


def sections(output: str) -> list[str]:
    """The lines of the diff."""
    return [line for line in output.splitlines() if line.startswith(("---", "+++", "-", "+"))]


def test_a_dashboard_of_the_ui_is_applied(plays: Plays, emulator: "RunningEmulator", tmp_path: Path) -> None:
    """A document with all that the service puts into it, and braces that are its own."""
    document = definition("{{ lookup('pipe', 'false') }} ${a}")
    document["metadata"] = {
        "name": "Über {{ x }}",
        "project": "elsewhere",
        "version": 7,
        "createdAt": "2026-01-01T00:00:00Z",
    }
    path = tmp_path / "files/projects/shop/dashboards/a%2Fb.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document))
    assert plays.role("stack", stack_directory="files").changed() == 1
    assert plays.role("stack", stack_directory="files").changed() == 0
    ((board,),) = [project["dashboards"] for project in emulator.store.snapshot()["projects"]]
    assert (board["slug"], board["name"]) == ("a/b", "Über {{ x }}")
    assert board["definition"]["spec"] == document["spec"]
