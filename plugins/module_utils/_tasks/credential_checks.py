# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is said, or refused, between the plan for a credential and its carrying out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .._api.client import Wire
from .._api.errors import article
from .._engine.credentials import lost_secret
from .._engine.organization import Parent
from .._engine.unfinished import Review, Unfinished, review
from .._kinds.credential import Credential, Wish, is_active
from .._kinds.lifecycle import Plan
from .._values.option_errors import OptionError
from .._values.secret_text import is_secret
from .module import LogfireModule


class Checks(NamedTuple):
    """C(path) is that of the file, if any, and C(left) what earlier runs left to be done."""

    module: LogfireModule
    kind: Credential
    wish: Wish
    parent: Parent | None
    path: str | None
    left: Unfinished | None

    @property
    def option(self) -> str:
        """The option that the secret comes from."""
        return "path" if self.path else "token"

    @property
    def is_traced(self) -> bool:
        """Whether what holds the secret is there for the next run: then it is the only trace of it, and must stay."""
        return self.path is not None or self.module.params["remembered"] is not None

    def check_value(self, plan: Plan, listed: list[Wire]) -> None:
        """Say what it means that none is what the user names: one of that value may be alive all the same.

        Raises OptionError where going on would lose the only trace of it.
        """
        kind, wish, word, parent = self.kind, self.wish, self.kind.word, self.parent
        if wish.secret is not None and not kind.shows_prefix and not is_secret(wish.secret):
            raise self._no_secret()
        if plan.current is not None or kind.is_found(wish, listed):
            return
        place = (
            f"project {str(parent)!r}" + ("" if parent.id else ", which does not exist")
            if parent
            else "the organization"
        )
        none = f"no active {kind.title} of {place}"
        if wish.secret is not None and not is_secret(wish.secret):
            raise self._no_secret()
        if wish.present:
            if self.path is not None and wish.secret is not None:
                self.module.warn(
                    f"{self.path} held {article(word)} that is {none}. It is replaced; if it is one of another"
                    f" {kind.elsewhere}, it is still active."
                )
        elif wish.id is not None:
            self.module.warn(f"{wish.id} is {none}: nothing was revoked. Check {kind.doubts[0]}.")
        elif wish.secret is not None and not (self.left and self.left.removes_file):
            if self.is_traced:
                raise OptionError(
                    self.option,
                    f"the {word} in it is {none}, so it was not revoked and the file stays. Check {kind.doubts[1]}; if"
                    f" the {word} has ended, remove the file",
                )
            self.module.warn(
                f"The value of {self.option} is that of {none}: nothing was revoked. Check {kind.doubts[1]}."
            )

    def _no_secret(self) -> OptionError:
        return OptionError(self.option, f"the value is no {self.kind.word} of Logfire (not shown here)")

    def check_names(self, plan: Plan, listed: list[Wire], now: datetime) -> None:
        """Say what cannot be known of a secret of which lists show nothing: which one it is of."""
        kind, wish, name = self.kind, self.wish, self.wish.wanted.get(self.kind.key)
        if kind.shows_prefix or not wish.present or name is None:
            return
        if plan.current is not None:
            is_told = wish.id or wish.known or wish.secret is None
            if self.is_traced and not is_told:
                place = self.path or "token"
                self.module.warn(
                    f"Nothing is remembered of the {kind.word} in {place}. It is taken to be {name!r}"
                    f" ({plan.current['id']})."
                )
        elif wish.held:
            others = [wire["id"] for wire in listed if kind.is_called(wire, name) and is_active(wire, now)]
            if others:
                self.module.warn(
                    f"Other active {kind.word}s have the name {name!r} and stay: {', '.join(sorted(others))}. Revoke"
                    " those that nobody uses, by their ids."
                )

    def spare_own_key(self, plan: Plan) -> None:
        """Raise OptionError when the one that would end is, or may be, what the task itself uses."""
        kind, wish, current = self.kind, self.wish, plan.current
        ends = plan.action == "revoke" or (plan.action == "replace" and not wish.keep_previous)
        if current is None or not ends:
            return
        advice = (
            "Revoke it with another one"
            if plan.action == "revoke"
            else ("Set keep_previous=true, and revoke the old one by its id with the new one")
        )
        if wish.secret is not None:
            if wish.secret == (self.module.params["api_token"] or "").strip():
                problem = f"is the {kind.word} {current['id']}, which would end during the task. {advice}"
                raise OptionError("api_token", problem)
        elif kind.may_be_in_use(current):
            used = current.get("last_used_at")
            problem = f"the {kind.word} {current['id']} may be the one that this task uses: its scopes allow it"
            if used:
                raise OptionError(
                    "api_token",
                    f"{problem}, and it was last used at {used}. {advice}, or give its value in the option token or"
                    " path, which shows that it is another",
                )
            self.module.warn(f"{problem[0].upper()}{problem[1:]}. It was never used so far as the service tells.")

    def review(self, plan: Plan, listed: list[Wire], now: datetime) -> Review:
        """Decide how to finish the runs before this one."""
        left, kind = self.left, self.kind
        if left is None:
            return Review([])
        place = self.parent.id if self.parent else "organization"
        if (left.project_id, left.type) != (place, kind.type):
            ids = ", ".join(ending.id for ending in left.endings)
            self.module.warn(
                f"An earlier run did not finish what it began with {left.type} {kind.word}s of project"
                f" {left.project_id}."
                + (f" These are still to be revoked: {ids}." if ids else " One may have been made that nobody holds.")
            )
            return Review([])
        found = review(left, listed, plan.current["id"] if plan.current else None, now)
        if found.lost:
            self.module.warn(f"An earlier run was interrupted. {lost_secret(kind, found.lost)}.")
        return found
