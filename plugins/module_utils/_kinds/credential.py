# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials: kinds of which the API shows a secret once, to whoever makes one.

Who has lost a secret, or wants another one, needs a new credential. So what changes is which credential there is, and
it takes care that the new secret is where it belongs before the old one ends.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from .._api.client import LogfireClient, Wire
from .._api.errors import LogfireError, article, needing, unexpected
from .._values.instants import parse_instant
from .field import State
from .kind import Kind

CLOCK_SLACK = timedelta(minutes=5)  # by which the clocks of this host and the service may differ


class Wish(NamedTuple):
    """What the user wants of a credential. Durations are seconds.

    It is the one that C(id) names; or, with C(held), the one whose value C(secret) the user holds, if any; or one that
    fits. C(known) is the id that an earlier run remembered for C(secret), and C(wanted) are the fields that are set.
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
    """What a kind of credentials says of itself."""

    title: ClassVar[str]  # what one is called where it matters which kind it is of
    word: ClassVar[str]  # the same, short
    type: ClassVar[str]  # the option C(type), where several kinds share a module; also what is remembered with ids
    selector: ClassVar[str]  # how a task names one by its id
    elsewhere: ClassVar[str]  # what else one can be of that is not found
    doubts: ClassVar[tuple[str, str]]  # what to check when an id or a value is not found
    variable: ClassVar[str]  # of an environment file
    can_rotate: ClassVar[bool] = False  # the API replaces one in a single request
    has_grace: ClassVar[bool] = False  # with that request, the old one can end later
    shows_prefix: ClassVar[bool] = False  # lists have the beginning of the secret
    inside: ClassVar[str] = ""  # the member of the answer to a creation that holds all but the secret
    named_by: ClassVar[tuple[str, ...]]  # options one of which says what to revoke
    replacing: ClassVar[tuple[str, ...]] = ()  # options that only a new one can have another value of

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
        """Make one that takes the place of another, which ends then."""
        body = {"grace_period_hours": grace_hours} if self.has_grace else None
        with needing(self.scopes.write, self.since):
            return client.make_secret(self.path(project_id, object_id) + "rotate/", body)

    def choose(self, wish: Wish, active: list[Wire], now: datetime) -> Wire | None:
        """The one of C(active) that the wish is about, or None. Raises OptionError when it may be several."""
        raise NotImplementedError

    def differences(self, wanted: State, current: Wire) -> State:
        """The fields of C(wanted) that one does not have like that. Raises LogfireError, and OptionError."""
        if not wanted:
            return {}
        state = self.read(current, "")
        changes = self.changes(wanted, state)
        self.check(changes, state)
        return changes

    def why_new(self, changes: State) -> str:
        """Why changes need a new one, or an empty text."""
        return next((f"a change of {option}" for option in changes if option in self.replacing), "")

    def new_body(self, wanted: State, current: Wire | None) -> Wire:
        """The request that makes one, which may take the place of another, without its expiry. Raises OptionError."""
        return {}

    def change_body(self, changes: State, current: Wire) -> Wire:
        """The request that changes one."""
        return self.update_body(changes, self.read(current, ""), None)

    def foresee(self, current: Wire, body: Wire) -> Wire:
        """One as it will be after the request that changes it."""
        return {**current, **body}

    def foreseen(self, object_id: str, name: str, wanted: State) -> Wire:
        """One that check mode foresaw for an earlier task: what is not known of it is as it is wanted."""
        raise NotImplementedError

    def show_before(self, changes: State, current: Wire) -> dict[str, Any]:
        """What changes, as it was, as diffs show it."""
        return self.show({option: self.read(current, "")[option] for option in changes})

    def may_be_in_use(self, wire: Wire) -> bool:
        """Whether one can end credentials of its kind, and so be the one that the task itself uses."""
        return False

    def is_found(self, wish: Wish, listed: list[Wire]) -> bool:
        """Whether the one that the user names is among those, if only one that has ended."""
        named = wish.id or wish.known
        return named is not None and any(wire["id"].lower() == named.lower() for wire in listed)

    def result(self, wire: Wire, project_name: str | None) -> State:
        """One as results have it, without the secret. A new one's answer leaves out what only lists have."""
        raise NotImplementedError


class NamedCredential(Credential):
    """Credentials with a name, by which the next run finds them: the service must keep it as it was asked to."""

    def create(self, client: LogfireClient, project_id: str, body: Wire) -> Wire:
        made = super().create(client, project_id, body)
        self.read(made, project_id, "POST")  # what makes no sense now would not do later
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
    """The credentials of one kind in one place: a project, or the organization. Methods raise LogfireError."""

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
    """Whether a credential of the list can be used: revoked and expired ones may stay listed."""
    expires_at = instant(wire.get("expires_at"))
    return wire.get("active", True) is not False and (expires_at is None or expires_at > now)


def instant(wire: Any) -> datetime | None:
    """A moment as the API writes it, or None."""
    try:
        return parse_instant(wire) if wire else None
    except ValueError:
        return None
