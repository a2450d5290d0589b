# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file with the secrets of channels, which is separate from the description, and an example of it."""

from __future__ import annotations

from typing import Any

from .._values.yaml_text import to_yaml
from .channel import CONFIG_TYPES, MEMBERS
from .layout import SECRETS_EXAMPLE, YAML

SECRETS_OPTION = "stack_channel_secrets"  # a variable of the role stack, so that the file can also be passed with -e
PLACEHOLDER = "REPLACE_ME"
_HEAD = """\
# The secrets of the channels, which the API never returns. Copy this file to secrets.yml, keep the channels whose
# secret you want to set, replace the placeholders, and encrypt the copy: ansible-vault encrypt secrets.yml
"""


def render_example(stack: dict[str, Any]) -> dict[str, str]:
    """Return the example file by its path, with a placeholder for each secret; empty if no channel has a secret."""
    secrets = {}
    for channel in stack.get("channels") or []:
        members = CONFIG_TYPES.get((channel.get("config") or {}).get("type", ""), ())
        own = {member: PLACEHOLDER for member in members if MEMBERS[member].secret}
        if own and channel.get("name"):
            secrets[channel["name"]] = own
    return {f"{SECRETS_EXAMPLE}{YAML}": _HEAD + to_yaml({SECRETS_OPTION: secrets})} if secrets else {}
