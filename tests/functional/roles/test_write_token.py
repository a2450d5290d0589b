# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role write_token: hosts on this machine, each with a file of its own, and what can go wrong on the way."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from plays import KEY, Play, Plays, unsettled

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

CONNECTIONS = Path(__file__).resolve().parent / "connections"
DAY = 86400


def shown_changes(output: str) -> str:
    """What the role says that becomes of the token."""
    return output.split("TASK [community.logfire.write_token : Show the token changes]")[1].split("TASK [")[0]


class Hosts:
    """Hosts on this machine that are told apart by their files, and may have variables of their own."""

    def __init__(self, plays: Plays, **variables: dict[str, str]) -> None:
        self._plays = plays
        self.names = list(variables)
        self.folder = plays.folder / "hosts"
        self.folder.mkdir()
        self.log = plays.folder / "modules.log"
        own = {name: {"write_token_path": str(self.file(name)), **given} for name, given in variables.items()}
        shared = {"ansible_connection": "unsteady", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        (plays.folder / "inventory.json").write_text(json.dumps({"all": {"hosts": own, "vars": shared}}))

    def run(self, *arguments: str, **options: Any) -> Play:
        """Run the role, with options without their prefix, and with a handler that counts as a change."""
        restarted = {"ansible.builtin.debug": {}, "changed_when": True, "listen": "Write token changed"}
        play = {
            "name": "Test",
            "hosts": "all",
            "gather_facts": False,
            "become": False,
            "roles": ["community.logfire.write_token"],
            "handlers": [{"name": "Restart", **restarted}],
        }
        environment = {"ANSIBLE_CONNECTION_PLUGINS": str(CONNECTIONS), "UNSTEADY_LOG": str(self.log)}
        variables = {f"write_token_{option}": value for option, value in {"project": "shop", **options}.items()}
        for trouble in ("until", "breaks"):
            environment[f"UNSTEADY_{trouble.upper()}"] = variables.pop(f"write_token_{trouble}", "")
        return self._plays.run([play], "-i", "inventory.json", "-vvvv", *arguments, variables=variables, **environment)

    def file(self, name: str) -> Path:
        """The file of a host."""
        return self.folder / f"{name}.env"

    def secrets(self) -> list[str]:
        """What the files hold, which must be one token each, and private."""
        assert all(self.file(name).stat().st_mode & 0o777 == 0o600 for name in self.names)
        found = [re.fullmatch(r"(?:LOGFIRE_TOKEN=)?(\S+)\n", self.file(name).read_text()) for name in self.names]
        return [match[1] for match in found if match]


OLD = "pylf_v1_local_oldcanaryoldcanaryoldcanary"


@pytest.fixture
def host(plays: Plays, emulator: "RunningEmulator") -> Hosts:
    """A host whose token is a day old."""
    emulator.settings.clock_offset = -DAY
    emulator.store.load({"projects": [{"project_name": "shop", "write_tokens": [OLD]}]})
    emulator.settings.clock_offset = 0
    host = Hosts(plays, alpha={})
    host.file("alpha").write_text(f"{OLD}\n")
    host.file("alpha").chmod(0o600)
    return host


def alive(emulator: "RunningEmulator") -> list[str]:
    """The tokens that can be used."""
    (project,) = emulator.store.snapshot()["projects"]
    return [token["token"] for token in project["write_tokens"] if not token["revoked"]]


def test_a_token_on_each_host(plays: Plays, emulator: "RunningEmulator") -> None:
    """Planned, made, left alone, replaced in time, and removed; the hosts never see what only the controller may."""
    emulator.store.load({"projects": ["shop"]})
    hosts = Hosts(plays, alpha={}, beta={}, gamma={})
    outputs = []

    def run(*names: str, check: bool = False, **options: Any) -> dict[str, int]:
        arguments = ["--limit", ",".join(names), *(["--check"] if check else [])]
        given = {"format": "environment", "expires_in": "90d", "renew_before": "14d", **options}
        done = hosts.run(*arguments, **given)
        outputs.append(done.output)
        (changed,) = {done.changed(name) for name in names}
        return {"changed": changed, "writes": len(plays.writes()), "restarts": done.output.count("HANDLER [Restart]")}

    emulator.settings.clock_offset = -80 * DAY
    assert run(*hosts.names, check=True) == {"changed": 3, "writes": 0, "restarts": 1}
    assert not any(hosts.folder.iterdir())
    assert run(*hosts.names) == {"changed": 3, "writes": 3, "restarts": 1}
    first = hosts.secrets()
    assert sorted(first) == sorted(alive(emulator)) and len(set(first)) == 3
    assert hosts.file("alpha").read_text().startswith("LOGFIRE_TOKEN=pylf_")
    assert run(*hosts.names) == {"changed": 0, "writes": 0, "restarts": 0}

    emulator.settings.clock_offset = 0
    assert run("alpha", check=True, max_age="30d") == {"changed": 3, "writes": 0, "restarts": 1}
    planned = shown_changes(outputs[-1])
    assert hosts.secrets() == first
    assert run("alpha", max_age="30d") == {"changed": 3, "writes": 2, "restarts": 1}
    assert "it is older than 30d" in planned
    assert shown_changes(outputs[-1]) == planned
    new, *others = hosts.secrets()
    assert others == first[1:] and sorted(alive(emulator)) == sorted([new, *others])

    assert run("alpha", format="token") == {
        "changed": 2,
        "writes": 0,
        "restarts": 1,
    }  # the format changes, not the token
    assert hosts.file("alpha").read_text() == f"{new}\n"
    assert run("alpha", state="absent") == {"changed": 3, "writes": 1, "restarts": 1}
    assert sorted(alive(emulator)) == sorted(others) and not hosts.file("alpha").exists()

    assert not [secret for secret in [*first, new, KEY] if secret in "".join(outputs)]
    assert set(hosts.log.read_text().split()) == {"logfire_token_file"}


@pytest.mark.parametrize("refused", [False, True])
def test_the_old_token_ends_after_the_handlers(host: Hosts, emulator: "RunningEmulator", refused: bool) -> None:
    """What restarts a service that goes on with the new token runs before the old one is gone, if it can be ended."""
    if refused:
        emulator.faults.add(action="status", method="DELETE", status=403, body={"detail": "not you"})
    done = host.run(max_age="1h")
    assert 0 < done.output.find("RUNNING HANDLER [Restart]") < done.output.find("Revoke the replaced token]")
    assert (done.recap("alpha")["failed"], "not you" in done.output) == (int(refused), refused)
    assert alive(emulator) == [*([OLD] if refused else []), *host.secrets()]
    again = host.run(max_age="1h")
    assert again.changed("alpha") == refused  # it is remembered, and ended by the next run
    assert "RUNNING HANDLER [Restart]" not in again.output
    assert alive(emulator) == host.secrets()
    assert [path.name for path in host.folder.iterdir()] == ["alpha.env"]


@pytest.mark.parametrize("trouble", ["breaks", "until"])
def test_a_token_that_may_not_be_on_the_host(host: Hosts, emulator: "RunningEmulator", trouble: str) -> None:
    """When it certainly is not there, it is revoked; when the host went away it may be, and its id is told."""
    failed = host.run(max_age="1h", **{trouble: "3"})  # read, prepared, written
    assert failed.recap("alpha")["failed"] == 1
    assert "RUNNING HANDLER" not in failed.output
    assert host.secrets() == [OLD]
    (project,) = emulator.store.state.projects.values()
    new = [str(token.id) for token in project.write_tokens.values() if token.token != OLD]
    if trouble == "breaks":
        assert "alpha.env could not be written:" in unsettled(failed.output)
        assert "The new token was revoked." in unsettled(failed.output)
        assert alive(emulator) == [OLD]
        assert [request.method for request in emulator.log if request.method != "GET"] == ["POST", "DELETE"]
    else:
        assert f"its value is lost: revoke {new[0]}" in unsettled(failed.output)
        assert len(alive(emulator)) == 2
        assert (host.folder / ".alpha.env.pending").stat().st_mode & 0o777 == 0o600
    again = host.run()
    assert again.changed("alpha") == 0
    assert (bool(new) and new[0] in again.output) == (trouble == "until")  # named, since nobody holds it
    assert [path.name for path in host.folder.iterdir()] == ["alpha.env"]


def test_no_token_is_made_for_a_place_where_none_can_be(plays: Plays, emulator: "RunningEmulator") -> None:
    emulator.store.load({"projects": ["shop"]})
    contents = {"variables": b"A=1\nB=2\n", "words": b"some words\n", "bytes": b"\x80"}
    hosts = Hosts(
        plays,
        **{name: {} for name in contents},
        folder={"write_token_path": str(plays.folder / "hosts")},
        nowhere={"write_token_path": str(plays.folder / "nowhere/token")},
        owner={"write_token_owner": "nobody-of-that-name"},
    )
    for name, content in contents.items():
        hosts.file(name).write_bytes(content)
    output = unsettled(hosts.run().output)
    for name, content in contents.items():
        assert f"{name}.env contains something other than a token of Logfire or NAME=token" in output
        assert hosts.file(name).read_bytes() == content
    for problem in ("hosts is not a file", "nowhere", "owner: there is no user 'nobody-of-that-name'"):
        assert problem in output
    assert output.count("failed=1") == len(hosts.names)
    assert plays.writes() == []


def test_what_the_api_refuses_is_told(host: Hosts, emulator: "RunningEmulator") -> None:
    """Although the task that makes a token shows nothing."""
    emulator.faults.add(action="status", method="POST", status=403, body={"detail": "missing scope: write_token"})
    failed = host.run(max_age="1h")
    assert failed.recap("alpha")["failed"] == 1
    assert "missing scope: write_token" in failed.output
    assert host.secrets() == alive(emulator) == [OLD]


def test_a_project_that_does_not_exist(host: Hosts, emulator: "RunningEmulator") -> None:
    """Check mode assumes that an earlier task creates it. A real run names those that exist."""
    checked = host.run("--check", project="shopp")
    assert checked.status == 0
    assert "check mode assumes an earlier task creates it. Did you mean 'shop'?" in unsettled(checked.output)
    failed = host.run(project="shopp")
    assert failed.recap("alpha")["failed"] == 1
    assert "there is no project 'shopp'; did you mean 'shop'? Existing projects: shop" in unsettled(failed.output)
    assert "check mode assumes" not in failed.output
    assert (host.secrets(), alive(emulator)) == ([OLD], [OLD])


@pytest.mark.parametrize("wrong", ["project", "token"])
def test_a_file_stays_until_its_token_is_revoked(host: Hosts, emulator: "RunningEmulator", wrong: str) -> None:
    """A token that is not found may be alive elsewhere."""
    emulator.store.load({"projects": [{"project_name": "shop", "write_tokens": [OLD]}, "web"]})
    if wrong == "token":
        host.file("alpha").write_text(f"{OLD.upper().replace('PYLF_V1', 'pylf_v1')}\n")
    failed = host.run(state="absent", **({"project": "web"} if wrong == "project" else {}))
    assert failed.recap("alpha")["failed"] == 1
    assert "is no active write token of project" in unsettled(failed.output)
    assert host.file("alpha").exists()
    assert "RUNNING HANDLER" not in failed.output


@pytest.mark.parametrize("until", ["2", "3"])
def test_a_removal_that_is_interrupted(host: Hosts, emulator: "RunningEmulator", until: str) -> None:
    """The next run knows that the token was that of the file, although nobody lists it any more."""
    failed = host.run(state="absent", until=until)  # read, remembered, removed
    assert failed.recap("alpha")["unreachable"] == 1
    assert alive(emulator) == ([OLD] if until == "2" else [])
    assert host.run(state="absent").changed("alpha") > 0
    assert alive(emulator) == []
    assert list(host.folder.iterdir()) == []


def test_a_link_is_not_followed(host: Hosts, emulator: "RunningEmulator") -> None:
    other = host.folder / "other"
    host.file("alpha").rename(other)
    host.file("alpha").symlink_to(other)
    failed = host.run(max_age="1h", mode="0666")
    assert "alpha.env is a symbolic link, which is not followed" in unsettled(failed.output)
    assert (other.stat().st_mode & 0o777, alive(emulator)) == (0o600, [OLD])


def test_five_hosts_with_one_file(plays: Plays, emulator: "RunningEmulator") -> None:
    """Whoever comes second revokes its token and fails; the next run finds all in order."""
    emulator.store.load({"projects": ["shop"]})
    path = str(plays.folder / "hosts/one.env")
    hosts = Hosts(plays, **{name: {"write_token_path": path} for name in ("a", "b", "c", "d", "e")})
    first = hosts.run()
    assert first.output.count("failed=0") >= 1
    assert hosts.run().status == 0
    assert [f"{secret}\n" for secret in alive(emulator)] == [Path(path).read_text()]
    assert [path.name for path in hosts.folder.iterdir()] == ["one.env"]
