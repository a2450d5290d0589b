# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sets owner, group and mode of a file by its descriptor; Ansible's own functions use the path."""

from __future__ import annotations

import grp
import os
import pwd
import stat
from typing import Any, Callable, NamedTuple

from ansible.module_utils.basic import AnsibleModule

from .._values.option_errors import OptionError

OPTIONS: dict[str, Any] = {
    "owner": {"type": "str"},
    "group": {"type": "str"},
    "mode": {"type": "raw", "default": "0600"},
}


class Ownership(NamedTuple):
    """The wanted owner, group and mode; None keeps the current one. C(mode) is a number or text such as C(u=rw,g=r)."""

    owner: int | None
    group: int | None
    mode: int | str

    def differences(self, status: os.stat_result) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the current and wanted values that differ: IDs, and modes as text. Raises OptionError."""
        mode, wanted = stat.S_IMODE(status.st_mode), self._mode(status)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        if self.owner not in (None, status.st_uid):
            before["owner"], after["owner"] = status.st_uid, self.owner
        if self.group not in (None, status.st_gid):
            before["group"], after["group"] = status.st_gid, self.group
        if mode != wanted:
            before["mode"], after["mode"] = f"0{mode:03o}", f"0{wanted:03o}"
        return before, after

    def give(self, descriptor: int) -> None:
        """Apply them to the file of a descriptor. Raises OptionError."""
        status = os.fstat(descriptor)
        _before, after = self.differences(status)
        changes: dict[str, Callable[[], None]] = {
            "owner": lambda: os.fchown(descriptor, after["owner"], -1),
            "group": lambda: os.fchown(descriptor, -1, after["group"]),
            "mode": lambda: os.fchmod(descriptor, self._mode(status)),
        }
        for option in after:
            try:
                changes[option]()
            except OSError as error:
                raise OptionError(option, f"cannot be set: {error.strerror}") from None

    def _mode(self, status: os.stat_result) -> int:
        if isinstance(self.mode, int):
            return self.mode
        try:
            mode: int = AnsibleModule._symbolic_mode_to_octal(status, self.mode)
        except ValueError:
            raise OptionError("mode", f"{self.mode!r} is neither octal, such as 0640, nor symbolic") from None
        return mode


def parse_ownership(params: dict[str, Any]) -> Ownership:
    """The options C(owner), C(group) and C(mode). Raises OptionError."""
    mode = params["mode"]
    try:
        mode = int(mode) if isinstance(mode, int) else int(str(mode), 8)
    except ValueError:
        mode = str(mode)  # symbolic
    if isinstance(mode, int) and not 0 <= mode <= 0o7777:
        raise OptionError("mode", f"{params['mode']!r} is not a valid mode")
    return Ownership(
        owner=_number(params, "owner", lambda name: pwd.getpwnam(name).pw_uid),
        group=_number(params, "group", lambda name: grp.getgrnam(name).gr_gid),
        mode=mode,
    )


def _number(params: dict[str, Any], option: str, find: Callable[[str], int]) -> int | None:
    name = params[option]
    if name is None:
        return None
    if name.isdecimal():
        return int(name)
    try:
        return find(name)
    except KeyError:
        raise OptionError(
            option, f"there is no {'user' if option == 'owner' else option} {name!r} on this host"
        ) from None
