# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials: kinds with a secret that the API returns only once, in the answer to the creation.

A lost secret cannot be read again, and a secret cannot be changed. Both require a new credential, whose secret must be
stored before the old credential is ended.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError, article, needing, unexpected
from .._values.instants import parse_instant
from .field import State
from .kind import Kind

CLOCK_SLACK = timedelta(minutes=5)  # maximum difference between the clocks of this host and the service


class CredentialSpec(NamedTuple):
    """What the user wants of a credential. Durations are in seconds.

    The credential is the one with the ID C(id). With C(held), it is the one with the value C(secret), if one is stored.
    Otherwise, it is any suitable one. C(known) is the ID that an earlier run recorded for C(secret), and C(wanted) are
    the fields that are set.
    """

    present: bool = True
    id: str | None = None
    held: bool = False
    secret: str | None = None
    known: str | None = None
    wanted: State = {}
    expires_at: datetime | None = None
    expires_in: int | None = None
    renew_before: int | None = None
    max_age: int | None = None
    rotate: bool = False
    grace_hours: int | None = None
    keep_previous: bool = False


class Credential(Kind):
    """A kind of credentials."""

    title: ClassVar[str]  # the full noun in messages, such as "write token"
    word: ClassVar[str]  # the short noun in messages, such as "token"
    type: ClassVar[str]  # the value of the option C(type) for modules with several kinds; also part of records
    selector: ClassVar[str]  # the task that revokes one by its ID, for messages
    other_place: ClassVar[str]  # where else a credential that is not found may belong
    to_verify: ClassVar[tuple[str, str]]  # what to check if an ID or a value is not found
    variable: ClassVar[str]  # the default variable of an environment file
    can_rotate: ClassVar[bool] = False  # whether the API can replace one in a single request
    has_grace: ClassVar[bool] = False  # whether the old one can end later in that case
    shows_prefix: ClassVar[bool] = False  # whether lists have the beginning of the secret
    inside: ClassVar[str] = ""  # the member with everything but the secret in the answer to a creation
    named_by: ClassVar[tuple[str, ...]]  # options of which one is required to revoke
    replacing: ClassVar[tuple[str, ...]] = ()  # options that cannot be changed without a replacement

    @property
    def plural(self) -> str:
        return f"{self.title.replace(' ', '-').lower()}s"

    def read_all(self, client: LogfireClient, project_id: str) -> list[Wire]:
        listed = super().read_all(client, project_id)
        texts = [wire.get(member) for wire in listed for member in ("token_prefix", "created_at", "expires_at")]
        if not all(isinstance(text, (str, type(None))) for text in texts):
            problem = f"the answer has {article(self.word)} in an unexpected format"
            raise unexpected(problem, "GET", self.path(project_id))
        return listed

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        with needing(self.scopes.create or self.scopes.write, self.since, of_collection=self.parent is None):
            return client.make_secret(self.path(project_id), body, self.inside)

    def rotate(self, client: LogfireClient, project_id: str, object_id: str, grace_hours: int | None) -> Wire:
        """Create a credential that replaces another, which ends in C(grace_hours) hours, or now if that is None."""
        body = {"grace_period_hours": grace_hours} if self.has_grace else None
        with needing(self.scopes.write, self.since):
            return client.make_secret(self.path(project_id, object_id) + "rotate/", body)

    def choose(self, spec: CredentialSpec, active: list[Wire], now: datetime) -> Wire | None:
        """Return the one of C(active) to which the spec refers, or None. Raises OptionError if there may be several."""
        raise NotImplementedError

    def differences(self, wanted: State, current: Wire) -> State:
        """Return the fields of C(wanted) that differ from C(current). Raises LogfireError, and OptionError."""
        if not wanted:
            return {}
        state = self.read(current, "")
        changes = self.changes(wanted, state)
        self.check(changes, state)
        return changes

    def why_new(self, changes: State) -> str:
        """Return why changes require a new credential, or an empty text."""
        return next((f"a change of {option}" for option in changes if option in self.replacing), "")

    def new_body(self, wanted: State, current: Wire | None) -> Wire:
        """Return the body of a creation, without the expiry. C(current) is replaced by it. Raises OptionError."""
        return {}

    def change_body(self, changes: State, current: Wire) -> Wire:
        """Return the body of an update."""
        return self.update_body(changes, self.read(current, ""), None)

    def foresee(self, current: Wire, body: Wire) -> Wire:
        """Predict a credential after an update."""
        return {**current, **body}

    def foreseen(self, object_id: str, name: str, wanted: State) -> Wire:
        """Return a credential that check mode assumes to be created by an earlier task, with the wanted fields."""
        raise NotImplementedError

    def show_before(self, changes: State, current: Wire) -> dict[str, Any]:
        """Return the current values of changed fields, as diffs show them."""
        return self.show({option: self.read(current, "")[option] for option in changes})

    def may_be_in_use(self, wire: Wire) -> bool:
        """Whether a credential could revoke others of its kind, and so may be the one that the task itself uses."""
        return False

    def is_found(self, spec: CredentialSpec, listed: list[Wire]) -> bool:
        """Whether the credential of the spec is in C(listed), even if it has ended."""
        named = spec.id or spec.known
        return named is not None and any(wire["id"].lower() == named.lower() for wire in listed)

    def result(self, wire: Wire, project_name: str | None) -> State:
        """Return a credential as in results, without the secret. Answers to creations may lack members of lists."""
        raise NotImplementedError


class NamedCredential(Credential):
    """Credentials that are identified by name, which the service must therefore store unchanged."""

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        made = super().create(client, project_id, body)
        self.read(made, project_id, "POST")  # an invalid answer must be detected before it is used
        if not self.is_called(made, body[self.wire_key]):
            self.delete(client, project_id, made["id"])
            raise self._other_name(made, body, f"the {self.word} was revoked again", "POST", self.path(project_id))
        return made

    def update(self, client: LogfireClient, project_id: str, object_id: str, body: Wire) -> Wire:
        changed = super().update(client, project_id, object_id, body)
        self.read(changed, project_id, self.update_method, object_id)
        if self.wire_key in body and not self.is_called(changed, body[self.wire_key]):
            path = self.path(project_id, object_id)
            raise self._other_name(changed, body, f"the {self.word} has that name now", self.update_method, path)
        return changed

    def _other_name(self, wire: Wire, body: Wire, fate: str, method: str, path: str) -> LogfireError:
        asked, got = body[self.wire_key], wire[self.wire_key]
        problem = f"the service turned the {self.key} {asked!r} into {got!r}; {fate}"
        return LogfireError(problem, method=method, path=path)


class Issuer(NamedTuple):
    """Access to the credentials of one kind in one place, a project or the organization. Methods raise LogfireError."""

    kind: Credential
    client: LogfireClient
    project_id: str

    def read_all(self) -> list[Wire]:
        return self.kind.read_all(self.client, self.project_id)

    def create(self, body: Wire) -> Wire:
        return self.kind.create(self.client, self.project_id, body)

    def change(self, object_id: str, body: Wire) -> Wire:
        return self.kind.update(self.client, self.project_id, object_id, body)

    def rotate(self, object_id: str, grace_hours: int | None) -> Wire:
        return self.kind.rotate(self.client, self.project_id, object_id, grace_hours)

    def revoke(self, object_id: str) -> None:
        self.kind.delete(self.client, self.project_id, object_id)


def is_active(wire: Wire, now: datetime) -> bool:
    """Whether a credential in a list is active: lists may contain revoked and expired ones, too."""
    expires_at = instant(wire.get("expires_at"))
    return wire.get("active", True) is not False and (expires_at is None or expires_at > now)


def instant(wire: Any) -> datetime | None:
    """Parse a time of the API; None if it is missing or invalid."""
    try:
        return parse_instant(wire) if wire else None
    except ValueError:
        return None
