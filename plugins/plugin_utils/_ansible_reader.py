# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads files like Ansible: with vaults, tags and templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ansible.template
from ansible.errors import AnsibleError

from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import FormatError
from ansible_collections.community.logfire.plugins.module_utils._values.places import leaves, spell
from ansible_collections.community.logfire.plugins.plugin_utils._places import find_line

NO_VAULT_SECRETS = "no vault secrets found"  # part of Ansible's message if there is no password
# Since ansible-core 2.19, only text that the loader has marked as trusted is a template.
trust_as_template: Any = getattr(ansible.template, "trust_as_template", lambda text: text)


class AnsibleReader:
    """Reads files like Ansible: it decrypts them, and resolves tags and templates."""

    def __init__(self, loader: Any, templar: Any) -> None:
        self._loader = loader
        self._templar = templar

    def read_text(self, path: Path) -> str:
        return self._decrypt(path)[0]

    def read_yaml(self, path: Path, templates: bool = True, only: str | None = None) -> Any:
        text, is_plain = self._decrypt(path)
        text = trust_as_template(text) if templates else text
        try:
            content = self._loader.load(text, file_name=str(path), show_content=is_plain)
        except (AnsibleError, ValueError, RecursionError) as error:
            raise FormatError(f"{path}{_syntax_problem(error)}") from None
        if only is not None and isinstance(content, dict):
            content = {only: content[only]} if only in content else {}
        try:
            return _fill_in(content, self._templar) if templates else content
        except Exception as error:  # filters and lookups may raise anything
            # Not the error itself: ansible-core before 2.19 treats it as an undefined value, which default() hides.
            problem = _template_problem(text, content, self._templar) or f": {_message(error)}"
            raise FormatError(f"{path}{problem}") from None

    def _decrypt(self, path: Path) -> tuple[str, bool]:
        """Return the text of a file without a byte order mark, and whether the file was not encrypted."""
        try:
            # The loader's own methods to read a file decode %XX in its name.
            data, is_plain = self._loader._decrypt_if_vault_data(path.read_bytes())
            return data.decode("utf-8-sig"), is_plain
        except AnsibleError as error:
            raise FormatError(f"{path}: {_message(error)}") from None
        except UnicodeDecodeError:
            raise FormatError(f"{path}: is not UTF-8 text") from None


def _syntax_problem(error: Exception) -> str:
    """Return the message of the YAML parser, the cause of ansible-core's error, with line and column if known."""
    cause = error.__context__
    mark = getattr(cause, "problem_mark", None)
    if not mark:
        return f": is not YAML: {error}"
    return f":{mark.line + 1}:{mark.column + 1}: is not YAML: {getattr(cause, 'problem', '')}"


def _fill_in(content: Any, templar: Any) -> Any:
    """Return the content with resolved templates. Raises an exception if a value cannot be decrypted."""
    filled = templar.template(content)
    for _place, value in leaves(filled):
        str(value)  # decrypts it: ansible-core before 2.19 decrypts a value from a vault when it is used
    return filled


def _template_problem(text: str, content: Any, templar: Any) -> str:
    """Return the line, place and error of the first invalid template, or an empty text if each value is valid."""
    for place, value in leaves(content):
        try:
            _fill_in(value, templar)
        except Exception as error:  # as above
            return f":{find_line(text, place)}: {spell(place)}: {_message(error)}"
    return ""


def _message(error: Exception) -> str:
    """Return the message of an error without repetition, with the remedy for a missing vault password."""
    message = str(error)
    start, _dot, rest = message.partition(". ")
    if start == rest.rstrip("."):  # ansible-core before 2.19 adds the cause, which is often the same
        message = start
    if NO_VAULT_SECRETS in message:
        message = f"{message.rstrip('.')}; run Ansible with --ask-vault-pass or --vault-password-file"
    return message
