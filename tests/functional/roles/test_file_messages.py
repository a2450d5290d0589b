# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users read after typical mistakes in the files of a description, word for word; in this process."""

from pathlib import Path

import pytest
from ansible.errors import AnsibleError
from test_files import read

#: By mistake: files, and the beginning of the message, in which DIR is the directory. The parsers' words differ between
#: versions.
MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "an empty directory": ({}, "DIR: there is neither a file channels.yml nor a folder projects in it"),
    "an indentation": (
        {"channels.yml": "channels:\n  - name: ops\n   active: true\n"},
        "DIR/channels.yml:3:4: is not YAML: ",
    ),
    "a bracket that is not closed": (
        {"projects/shop/alerts.yml": "alerts: [\n"},
        "DIR/projects/shop/alerts.yml:2:1: is not YAML: ",
    ),
    "another key": (
        {"channels.yml": "channel:\n  - name: ops\n"},
        "DIR/channels.yml: must contain a list called channels, and nothing else",
    ),
    "no list": (
        {"projects/shop/alerts.yml": "alerts:\n  name: Errors\n"},
        "DIR/projects/shop/alerts.yml: must contain a list called alerts, and nothing else",
    ),
    "an undefined variable": (
        {"channels.yml": "channels:\n  - name: '{{ team }}'\n"},
        "DIR/channels.yml:2: channels[0].name: 'team' is undefined",
    ),
    "a comma in JSON": (
        {"projects/shop/dashboards/a.json": '{"kind": "Dashboard",\n "spec": {},}'},
        "DIR/projects/shop/dashboards/a.json:2:13: is not JSON: ",
    ),
    "a list as a dashboard": (
        {"projects/shop/dashboards/a.json": "[]"},
        "DIR/projects/shop/dashboards/a.json: must contain a Perses document",
    ),
    "a list of SLOs at the top": (
        {"slos.yml": "slos: []\n"},
        "DIR/slos.yml is not read; did you mean projects/NAME/slos.yml?",
    ),
    "alerts in the singular": (
        {"projects/shop/alert.yml": "alerts: []\n"},
        "DIR/projects/shop/alert.yml is not read; did you mean projects/shop/alerts.yml?",
    ),
    "a dashboard beside its folder": (
        {"projects/shop/overview.json": "{}"},
        "DIR/projects/shop/overview.json is not read; did you mean projects/shop/dashboards/overview.json?",
    ),
    "two files for one list": (
        {"channels.yml": "channels: []\n", "channels.yaml": "channels: []\n"},
        "DIR/channels.yaml and DIR/channels.yml describe the same objects; keep one of them",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_users_read(mistake: str, tmp_path: Path) -> None:
    files, message = MISTAKES[mistake]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    assert str(error.value).replace(str(tmp_path), "DIR").startswith(message)


def test_an_undefined_variable_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "channels.yml").write_text("channels:\n  - name: '{{ team }}'\n")
    with pytest.raises(AnsibleError) as error:
        read(tmp_path)
    assert str(error.value) == f"{tmp_path}/channels.yml:2: channels[0].name: 'team' is undefined"
