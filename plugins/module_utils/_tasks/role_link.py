# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Links that grant a role. They are created, then stored in a file or returned once; they cannot be revoked."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import datetime, timezone
from typing import Any, Callable, NamedTuple

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError, article
from .._kinds.lifecycle import parse_seconds
from .._kinds.role_link import ROLES, RoleLink, Roles, is_open, read_roles
from .._values.diff import no_diff
from .._values.instants import format_instant, from_now, parse_instant
from .._values.option_errors import OptionError
from .._values.secret_text import read_link
from .module import LogfireModule, blank, connect, make_module, run_safely
from .ownership import OPTIONS as OWNERSHIP
from .ownership import parse_ownership
from .secret_file import SecretFile

OPTIONS: dict[str, Any] = {
    "role": {"type": "str", "choices": list(ROLES), "required": True},
    "new": {"type": "bool", "default": False},
    "expires_at": {"type": "str"},
    "expires_in": {"type": "str"},
    "path": {"type": "path"},
    **OWNERSHIP,
}


def run_role_link(kind: RoleLink) -> None:
    """Run the module of a kind."""
    module = make_module(dict(OPTIONS), mutually_exclusive=[("expires_at", "expires_in")])

    def run() -> dict[str, Any]:
        params = module.params
        blank(params, "path")  # an empty path would put the link into the result
        expiration = _parse_expiration(params)
        client = connect(module).client
        if params["path"] is None:
            return RoleLinkTask(kind, module, client, None, expiration).run()
        with SecretFile(params["path"], parse_ownership(params), module.check_mode, read_link) as file:
            return RoleLinkTask(kind, module, client, file, expiration).run()

    run_safely(module, run)


def run_role_link_info(kind: RoleLink) -> None:
    """Run the info module of a kind."""
    module = make_module({"role": {"type": "str"}, "active": {"type": "bool"}})
    run_safely(module, lambda: {"changed": False, f"{kind.name}s": _read_all(kind, module, connect(module).client)})


def _read_all(kind: RoleLink, module: LogfireModule, client: LogfireClient) -> list[dict[str, Any]]:
    role, active, now = blank(module.params, "role"), module.params["active"], datetime.now(timezone.utc)
    listed, roles = kind.read_all(client, ""), read_roles(client)
    shown = [{**kind.result(each, roles.name_of(each)), "active": is_open(each, now)} for each in listed]
    found = [
        each
        for each in shown
        if (role is None or each["role"] == role.casefold()) and (active is None or each["active"] == active)
    ]
    return sorted(found, key=lambda each: (str(each["created_at"]), each["id"]))


def _parse_expiration(params: dict[str, Any]) -> str | None:
    """Return when a new link should expire, in RFC 3339 format, or None. Raises OptionError."""
    now = datetime.now(timezone.utc)
    seconds = parse_seconds("expires_in", params["expires_in"])
    if seconds is not None:
        return format_instant(from_now(seconds, now))
    text = (params["expires_at"] or "").strip()  # an empty text means that it is not set
    try:
        expires_at = parse_instant(text) if text else None
    except ValueError as error:
        raise OptionError("expires_at", str(error)) from None
    return format_instant(expires_at) if expires_at else None


class RoleLinkTask(NamedTuple):
    """One run of the module. Raises OptionError and LogfireError."""

    kind: RoleLink
    module: LogfireModule
    client: LogfireClient
    file: SecretFile | None
    expiration: str | None

    def run(self) -> dict[str, Any]:
        params, check_mode, file = self.module.params, self.module.check_mode, self.file
        if file is not None and file.secret:
            self.module.no_log_values.add(file.secret)
        if file is not None and not file.has_directory:
            self.module.warn(
                f"The directory of {file.path} does not exist; check mode assumes an earlier task creates it."
            )
        listed, roles = self.kind.read_all(self.client, ""), read_roles(self.client)
        current = None if params["new"] else self._find(listed, roles)
        diff = no_diff()
        if current is not None:
            changed = file is not None and file.adjust(file.layout, diff)
            shown = self.kind.result(current, roles.name_of(current) or params["role"])
        else:
            if self.expiration and parse_instant(self.expiration) <= datetime.now(timezone.utc):
                raise OptionError("expires_at", f"is in the past, but a new {self.kind.name} is needed")
            changed = True
            expiry = {option: params[option] for option in ("expires_at", "expires_in") if params[option]}
            diff["after"] = {"role": params["role"], "id": f"(a new {self.kind.name})", **expiry}
            shown = self._foretold(roles) if check_mode else self._create(listed, roles)
        result = {"changed": changed, self.kind.name: shown}
        return {**result, "diff": diff} if self.module._diff else result

    def _find(self, listed: list[Wire], roles: Roles) -> Wire | None:
        """Return an existing link of the role: the one in the file or, without a file, any."""
        now, role = datetime.now(timezone.utc), self.module.params["role"]
        fitting = [each for each in listed if is_open(each, now) and roles.may_be(each, role)]
        if self.file is not None:
            found = self.kind.find(fitting, self.file.secret) if self.file.secret else None
        else:
            found = max(fitting, key=lambda each: (str(each.get("expiration") or "~"), each["id"]), default=None)
        if found is not None and roles.name_of(found) is None:
            self.module.warn(
                f"No member has the role {role}, so the role of the {self.kind.name} {found['id']} cannot be verified."
                f" It is assumed to be {role}; set new=true to create another {self.kind.name}."
            )
        return found

    def _foretold(self, roles: Roles) -> dict[str, Any]:
        role = self.module.params["role"]
        role_id = next((each for each, name in roles.names.items() if name == role), None)
        wire = {"id": None, "role_id": role_id, "expiration": self.expiration, "max_usage_count": 1, "usage_count": 0}
        return self.kind.result(wire, role)

    def _create(self, listed: list[Wire], roles: Roles) -> dict[str, Any]:
        """Create a link; return it for the result, without the link itself if that is in the file."""
        file, role = self.file, self.module.params["role"]
        with file.replacement(file.layout) if file is not None else nullcontext(None) as put:
            link = self._make_link(listed, roles)
            if put is not None:
                self.module.no_log_values.add(link)
                self._store_secret(link, put)
        made: Wire | None = None
        with suppress(LogfireError):  # the link exists, even if the list cannot be read
            made = self.kind.find(self.kind.read_all(self.client, ""), link)
        shown = self.kind.result(made, role) if made else self._foretold(roles)
        return shown if put is not None else {**shown, self.kind.link: link}

    def _make_link(self, listed: list[Wire], roles: Roles) -> str:
        """Create a link. If the outcome is unknown, the list shows whether it was created."""
        role = self.module.params["role"]
        for last_attempt in (False, True):
            try:
                return self.kind.make(self.client, role, self.expiration)
            except LogfireError as error:
                error.task = f"create {article(self.kind.name)} for the role {role}"
                if not error.outcome_unknown:
                    raise
                links = self._new_links(listed, roles)
                if len(links) == 1:
                    return links[0]
                if last_attempt or links:
                    raise
        raise AssertionError("the second attempt returns or raises")

    def _new_links(self, listed: list[Wire], roles: Roles) -> list[str]:
        known, now = {each["id"] for each in listed}, datetime.now(timezone.utc)
        role = self.module.params["role"]
        return [
            str(each[self.kind.link])
            for each in self.kind.read_all(self.client, "")
            if each["id"] not in known and is_open(each, now) and roles.may_be(each, role) and each.get(self.kind.link)
        ]

    def _store_secret(self, link: str, put: Callable[[str], None]) -> None:
        try:
            put(link)
        except (OSError, OptionError) as error:
            problem = error.problem if isinstance(error, OptionError) else f"cannot be written: {error.strerror}"
            told = f"{article(self.kind.name).capitalize()} was created nevertheless, and the API cannot revoke it"
            failure = OptionError("path", f"{problem}. {told}")
            failure.changed = True
            raise failure from None
