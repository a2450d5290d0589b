# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
name: logfire_stack_files
short_description: Read the description of a Pydantic Logfire organization from files
version_added: 1.0.0
author:
  - community.logfire contributors (@ansible-collections)
description:
  - Reads a directory as written by M(community.logfire.logfire_stack_files), and returns the description for
    M(community.logfire.logfire_stack).
  - Like variable files, the YAML files can contain templates, C(!unsafe) strings and C(!vault) secrets. Dashboards are
    never templated, so C({{ }}) in a query is kept.
options:
  _terms:
    description:
      - Paths of the directories. A relative path is relative to the playbook.
    type: list
    elements: path
    required: true
notes:
  - A mistake in a file, such as an undefined variable, is an error that names the file, the line and the place in it.
    The filter C(default) does not hide the error.
  - Objects whose file or directory is missing are not managed. A project without C(project.yml) has the name of its
    directory.
  - YAML files end in C(.yml) or C(.yaml). A dashboard is a JSON or a YAML file.
  - Two files for the same object are an error. So is a misplaced YAML or JSON file below C(projects), and any name that
    is similar to that of a file or directory of a description, such as C(alert.yml) or C(dashboard/). The message
    suggests a name.
  - Everything else is ignored. This includes files and directories whose names begin with a dot, files such as
    C(README.md) and C(alerts.yml.orig), and other files beside C(channels.yml) and C(projects), such as playbooks.
  - The directory C(dashboards) lists all dashboards of its project, even if it is empty.
  - The name of a dashboard is the C(metadata.name) of its document.
seealso:
  - module: community.logfire.logfire_stack_files
  - module: community.logfire.logfire_stack
"""

EXAMPLES = r"""
---
- name: Apply a directory
  vars:
    organization: "{{ lookup('community.logfire.logfire_stack_files', 'organization') }}"
  community.logfire.logfire_stack:
    channels: "{{ organization.channels }}"
    projects: "{{ organization.projects }}"
"""

RETURN = r"""
---
_raw:
  description: The descriptions. Each has C(channels), C(members) and C(projects) if the directory contains them.
  type: list
  elements: dict
"""

from pathlib import Path
from typing import Any

import ansible.template
from ansible.errors import AnsibleError, AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import FormatError
from ansible_collections.community.logfire.plugins.module_utils._values.places import leaves, spell
from ansible_collections.community.logfire.plugins.plugin_utils._files import read
from ansible_collections.community.logfire.plugins.plugin_utils._places import find_line

# Since ansible-core 2.19 a text has templates only when the one who loads it says so.
trust_as_template: Any = getattr(ansible.template, "trust_as_template", lambda text: text)


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **kwargs: Any) -> list[dict[str, Any]]:
        loader: Any = self._loader
        if not all(terms):
            raise AnsibleLookupError("the path of the directory is empty")
        try:
            return [read(Path(loader.path_dwim(term)), AnsibleReader(loader, self._templar)) for term in terms]
        except OSError as error:
            raise AnsibleLookupError(f"{error.filename}: {error.strerror}") from None
        except FormatError as error:
            raise AnsibleLookupError(str(error)) from None


class AnsibleReader:
    """Reads files as Ansible does: from a vault where they are in one, with its tags and its templates."""

    def __init__(self, loader: Any, templar: Any) -> None:
        self._loader = loader
        self._templar = templar

    def read_text(self, path: Path) -> str:
        return self._decrypt(path)[0]

    def read_yaml(self, path: Path, templates: bool = True) -> Any:
        text, is_plain = self._decrypt(path)
        text = trust_as_template(text) if templates else text
        try:
            content = self._loader.load(text, file_name=str(path), show_content=is_plain)
        except (AnsibleError, ValueError, RecursionError) as error:
            raise FormatError(f"{path}{_syntax_problem(error)}") from None
        try:
            return _fill_in(content, self._templar) if templates else content
        except Exception as error:  # filters and look-ups raise what they like
            # Not the error itself: ansible-core before 2.19 takes it for an undefined value, which default() hides.
            raise FormatError(f"{path}{_template_problem(text, content, self._templar) or f': {error}'}") from None

    def _decrypt(self, path: Path) -> tuple[str, bool]:
        """The text of a file, and whether it was not encrypted. Editors of Windows begin it with a byte order mark."""
        try:
            # The loader's own ways to read a file take %XX in its name for what that stands for.
            data, is_plain = self._loader._decrypt_if_vault_data(path.read_bytes())
            return data.decode("utf-8-sig"), is_plain
        except AnsibleError as error:
            raise FormatError(f"{path}: {error}") from None
        except UnicodeDecodeError:
            raise FormatError(f"{path}: is not a text in UTF-8") from None


def _syntax_problem(error: Exception) -> str:
    """What the YAML parser says, which is the cause of ansible-core's error, with the line where it has one."""
    cause = error.__context__
    mark = getattr(cause, "problem_mark", None)
    return f":{mark.line + 1}: is not YAML: {getattr(cause, 'problem', '')}" if mark else f": is not YAML: {error}"


def _fill_in(content: Any, templar: Any) -> Any:
    """The content with its templates filled in, and with nothing in it that cannot be decrypted."""
    filled = templar.template(content)
    for _place, value in leaves(filled):
        str(value)  # this decrypts it: before ansible-core 2.19, a value from a vault waits for somebody to look
    return filled


def _template_problem(text: str, content: Any, templar: Any) -> str:
    """The line, place and error of the first value that is no good template. Empty when each is one by itself."""
    for place, value in leaves(content):
        try:
            _fill_in(value, templar)
        except Exception as error:  # as above
            return f":{find_line(text, place)}: {spell(place)}: {error}"
    return ""
