# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Warnings and errors about the plan for a credential, before it is applied."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from .._api.client import Wire
from .._api.errors import article
from .._engine.credentials import lost_secret
from .._engine.organization import Parent
from .._engine.unfinished import Review, Unfinished, review
from .._kinds.credential import Credential, CredentialSpec, is_active
from .._kinds.lifecycle import Plan
from .._values.option_errors import OptionError
from .._values.secret_text import is_secret
from .module import LogfireModule


class Checks(NamedTuple):
    """C(path) is the path of the file, if any, and C(left) is the unfinished work of earlier runs."""

    module: LogfireModule
    kind: Credential
    spec: CredentialSpec
    parent: Parent | None
    path: str | None
    left: Unfinished | None

    @property
    def option(self) -> str:
        """The option that provides the secret."""
        return "path" if self.path else "token"

    @property
    def is_recorded(self) -> bool:
        """Whether the secret is in a place that the next run reads, too. As its only trace, that must be kept."""
        return self.path is not None or self.module.params["remembered"] is not None

    def check_value(self, plan: Plan, listed: list[Wire]) -> None:
        """Warn if no credential has the given ID or value: one with that value may still be active elsewhere.

        Raises OptionError if the task would remove the only trace of it.
        """
        kind, spec, word, parent = self.kind, self.spec, self.kind.word, self.parent
        if spec.secret is not None and not kind.shows_prefix and not is_secret(spec.secret):
            raise self._no_secret()
        if plan.current is not None or kind.is_found(spec, listed):
            return
        place = (
            f"project {str(parent)!r}" + ("" if parent.id else ", which does not exist")
            if parent
            else "the organization"
        )
        none = f"no active {kind.title} of {place}"
        if spec.secret is not None and not is_secret(spec.secret):
            raise self._no_secret()
        if spec.present:
            if self.path is not None and spec.secret is not None:
                self.module.warn(
                    f"{self.path} contained {article(word)} that is {none}. It is replaced, but it is still active if"
                    f" it belongs to another {kind.other_place}."
                )
        elif spec.id is not None:
            self.module.warn(f"{spec.id} is {none}: nothing was revoked. Check {kind.to_verify[0]}.")
        elif spec.secret is not None and not (self.left and self.left.removes_file):
            if self.is_recorded:
                raise OptionError(
                    self.option,
                    f"the {word} in the file is {none}, so it was not revoked and the file was kept. Check"
                    f" {kind.to_verify[1]}; if the {word} has ended, remove the file",
                )
            self.module.warn(
                f"The value of {self.option} belongs to {none}: nothing was revoked. Check {kind.to_verify[1]}."
            )

    def _no_secret(self) -> OptionError:
        return OptionError(self.option, f"the value is not a Logfire {self.kind.word} (value not shown)")

    def check_names(self, plan: Plan, listed: list[Wire], now: datetime) -> None:
        """Warn if it is unknown to which credential a secret belongs, because lists show nothing of secrets."""
        kind, spec, name = self.kind, self.spec, self.spec.wanted.get(self.kind.key)
        if kind.shows_prefix or not spec.present or name is None:
            return
        if plan.current is not None:
            is_told = spec.id or spec.known or spec.secret is None
            if self.is_recorded and not is_told:
                place = self.path or "token"
                self.module.warn(
                    f"There is no record of which {kind.word} is in {place}. It is assumed to be {name!r}"
                    f" ({plan.current['id']})."
                )
        elif spec.held:
            others = [wire["id"] for wire in listed if kind.is_called(wire, name) and is_active(wire, now)]
            if others:
                self.module.warn(
                    f"Other active {kind.word}s have the name {name!r} and are kept: {', '.join(sorted(others))}."
                    " Revoke the unused ones by their IDs."
                )

    def check_own_key(self, plan: Plan) -> None:
        """Raise OptionError if the credential that would end is, or may be, the one that the task itself uses."""
        kind, spec, current = self.kind, self.spec, plan.current
        ends = plan.action == "revoke" or (plan.action == "replace" and not spec.keep_previous)
        if current is None or not ends:
            return
        advice = (
            f"Use another {kind.word} to revoke it"
            if plan.action == "revoke"
            else f"Set keep_previous=true, and then use the new {kind.word} to revoke the old one by its ID"
        )
        if spec.secret is not None:
            if spec.secret == (self.module.params["api_token"] or "").strip():
                problem = f"is the {kind.word} {current['id']}, which would end during the task. {advice}"
                raise OptionError("api_token", problem)
        elif kind.may_be_in_use(current):
            used = current.get("last_used_at")
            problem = f"the {kind.word} {current['id']} may be the one that this task uses: its scopes allow it"
            if used:
                raise OptionError(
                    "api_token",
                    f"{problem}, and it was last used at {used}. {advice}. If it is not, set its value in the option"
                    " token or path to confirm this",
                )
            self.module.warn(f"{problem[0].upper()}{problem[1:]}. The service reports that it was never used.")

    def review(self, plan: Plan, listed: list[Wire], now: datetime) -> Review:
        """Decide how to finish the work of earlier runs, and warn of what cannot be finished."""
        left, kind = self.left, self.kind
        if left is None:
            return Review([])
        place = self.parent.id if self.parent else "organization"
        if (left.project_id, left.type) != (place, kind.type):
            ids = ", ".join(ending.id for ending in left.endings)
            self.module.warn(
                f"An earlier run did not finish its changes to {left.type} {kind.word}s of project {left.project_id}."
                + (f" Still to be revoked: {ids}." if ids else " It may have created one whose value is lost.")
            )
            return Review([])
        found = review(left, listed, plan.current["id"] if plan.current else None, now)
        if found.lost:
            self.module.warn(f"An earlier run was interrupted. {lost_secret(kind, found.lost)}.")
        return found
