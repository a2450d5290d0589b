# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that manage credentials: options, the file, the result."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime, timedelta, timezone
from typing import Any, Callable

from .._api.client import Wire
from .._api.errors import LogfireError, article
from .._engine.credentials import CredentialRotation
from .._engine.organization import Organization, Parent
from .._engine.unfinished import Review, Unfinished, parse_unfinished
from .._kinds.credential import Credential, CredentialSpec, Issuer
from .._kinds.lifecycle import Plan, make_plan, parse_spec
from .._values.diff import Diff, no_diff
from .._values.fingerprints import make_fingerprint
from .._values.option_errors import OptionError
from .._values.placeholders import planned_name
from .credential_checks import Checks
from .credential_result import show_changes, show_one
from .directories import locked_file
from .module import STRICT, LogfireModule, blank, connect, make_module, run_safely
from .ownership import OPTIONS as OWNERSHIP
from .ownership import parse_ownership
from .secret_file import SecretFile

OPTIONS: dict[str, Any] = {
    "id": {"type": "str"},
    "token": {"type": "str", "no_log": True},
    "path": {"type": "path"},
    "format": {"type": "str", "choices": ["token", "environment"]},
    **OWNERSHIP,
    "expires_at": {"type": "str"},
    "expires_in": {"type": "str"},
    "renew_before": {"type": "str"},
    "max_age": {"type": "str"},
    "rotate": {"type": "bool", "default": False},
    "keep_previous": {"type": "bool", "default": False},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "remembered": {"type": "dict"},
}


def run_credential(*kinds: Credential) -> None:
    """Run a module that manages credentials of one kind, or of several kinds from which the option C(type) selects."""
    kind = kinds[0]
    options = {**OPTIONS, **STRICT, **kind.argument_spec()}
    if kind.parent:
        options["project"] = {"type": "str", "required": True}
    exclusive = [*kind.exclusive, ("expires_at", "expires_in")]
    if len(kinds) > 1:
        options["type"] = {"type": "str", "choices": [kind.type for kind in kinds], "default": kind.type}
    if any(kind.has_grace for kind in kinds):
        options["grace_period"] = {"type": "str"}
        exclusive.append(("grace_period", "keep_previous"))
    module = make_module(options, mutually_exclusive=exclusive, required_if=[("state", "absent", kind.named_by, True)])

    def run() -> dict[str, Any]:
        wanted = next(kind for kind in kinds if module.params.get("type") in (None, kind.type))
        with ExitStack() as stack:
            return CredentialTask(module, wanted, stack).run()

    run_safely(module, run)


class CredentialTask:
    """One run of the module. Raises OptionError and LogfireError."""

    def __init__(self, module: LogfireModule, kind: Credential, stack: ExitStack) -> None:
        """C(stack) keeps the file open and locked, from before it is read until all is done."""
        params = module.params
        kind.check_named(params)
        blank(params, "project")
        blank(params, "path")  # an empty path would put a new secret into the result
        params["expires_at"] = (params["expires_at"] or "").strip() or None  # an empty text means that it is not set
        self.module = module
        self.kind = kind
        self.now = datetime.now(timezone.utc)
        held = params["path"] is not None or params["token"] is not None
        self.spec: CredentialSpec = parse_spec(kind, params, held, (params["token"] or "").strip() or None)
        self.organization: Organization = connect(module)
        self.file = stack.enter_context(self._open_file()) if params["path"] else None
        if self.file is not None:
            self.layout = self.file.layout.changed_to(params["format"], None, kind.variable)
            self.spec = self.spec._replace(secret=self.file.secret)
        if self.spec.secret:
            module.no_log_values.add(self.spec.secret)
        self.left = self._recall()
        if self.left and self.left.type == kind.type and self.spec.secret:
            self.spec = self.spec._replace(known=self.left.known_id(self.spec.secret))

    def _open_file(self) -> SecretFile:
        params, check_mode = self.module.params, self.module.check_mode
        return SecretFile(params["path"], parse_ownership(params), check_mode)

    def _recall(self) -> Unfinished | None:
        """Return the unfinished work of earlier runs, or None."""
        record = self.file.recall() if self.file else self.module.params["remembered"]
        try:
            return parse_unfinished(record or {})
        except ValueError:
            self.module.warn("The record of an earlier run cannot be read and is ignored.")
            return None

    def _remember(self, unfinished: Unfinished) -> None:
        if self.file is not None:
            self.file.remember(unfinished.as_dict())

    def run(self) -> dict[str, Any]:
        spec = self.spec
        if self.file is not None and not self.file.has_directory:
            self.module.warn(
                f"The directory of {self.file.path} does not exist; check mode assumes an earlier task creates it."
            )
        if not spec.present and spec.held and not (spec.id or spec.secret or self.left):
            return self._nothing()  # no credential is given: the file is missing or empty
        parent = self._resolve_project()
        is_alone = self._lock(parent) if spec.present and not self.module.check_mode else nullcontext()
        with is_alone:
            return self._ensure(parent)

    def _resolve_project(self) -> Parent | None:
        """Return the project that contains the credentials, if any; a project to which they refer is only looked up."""
        reference = self.module.params.get("project")
        if self.kind.parent:
            return self.organization.parent(reference)
        if self.spec.present and reference is not None:
            project = self.organization.parent(reference)
            self.organization.require(project)
            self.spec = self.spec._replace(wanted={**self.spec.wanted, "project": project.id})
        return None

    def _nothing(self) -> dict[str, Any]:
        diff = no_diff()
        result: dict[str, Any] = {"changed": self.file is not None and self._adjust_file(self.file, diff)}
        if self.module.params["remembered"] is not None:
            result["remembered"] = {}
        return {**result, "diff": diff} if self.module._diff else result

    @contextmanager
    def _lock(self, parent: Parent | None) -> Iterator[None]:
        """A context that only one run of a user on this machine enters at a time, for each kind and place.

        So a credential that appears during the run was created by it, unless by another machine.
        """
        folder = os.open(tempfile.gettempdir(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            with locked_file(folder, f".logfire-token-{os.geteuid()}-{self.kind.type}-{_place(parent)}.lock"):
                yield
        except TimeoutError as error:
            of = f" of project {str(parent)!r}" if parent else ""
            problem = f"cannot create {article(self.kind.word)}{of}: {error.strerror}"
            raise OptionError("project" if parent else "", problem) from None
        finally:
            os.close(folder)

    def _ensure(self, parent: Parent | None) -> dict[str, Any]:
        issuer, listed = self._read(parent)
        if self.spec.present and parent:
            self.organization.require(parent)
        for warning in self.organization.warnings:
            self.module.warn(warning)
        plan = make_plan(self.kind, self.spec, listed, self.now)
        checks = Checks(self.module, self.kind, self.spec, parent, self.file.path if self.file else None, self.left)
        checks.check_value(plan, listed)
        checks.check_names(plan, listed, self.now)
        checks.check_own_key(plan)
        found = checks.review(plan, listed, self.now)
        rotation = CredentialRotation(
            issuer,
            listed,
            self.now,
            self._patience(),
            Unfinished(
                _place(parent),
                self.kind.type,
                endings=found.endings,
                removes_file=not self.spec.present,
                is_unreported=found.was_delivered,
                holds=self._held(plan),
            ),
            self._remember if self.file else None,
        )
        try:
            new = None if self.module.check_mode else self._carry_out(plan, rotation, found)
            return self._result(plan, found, rotation, new, parent)
        except (LogfireError, OptionError) as error:
            error.changed = rotation.changed
            raise

    def _patience(self) -> timedelta:
        """Return the longest time that a creation may take, with its retry and with a rotation to end the old one."""
        return timedelta(seconds=4 * (self.module.params["timeout"] + self.module.params["retry_timeout"]))

    def _foreseen(self) -> list[Wire]:
        """Return the credential that an earlier task of this check run would create, if the user refers to it."""
        spec = self.spec
        name = planned_name(self.kind.name, spec.id or "")
        if spec.id is None or name is None:
            return []
        self.organization.check_foreseen(self.kind, spec.id, "id")
        return [self.kind.foreseen(spec.id, name, spec.wanted)]

    def _held(self, plan: Plan) -> dict[str, str]:
        """Return the fingerprint that connects the stored secret to the current credential, if lists do not."""
        if self.kind.shows_prefix or plan.current is None or self.spec.secret is None:
            return {}
        current = plan.current["id"]
        known = self.left.holds.get(current) if self.left and self.spec.known == current else None
        return {current: known or make_fingerprint(self.spec.secret)}

    def _read(self, parent: Parent | None) -> tuple[Issuer, list[Wire]]:
        """Return the issuer and the existing credentials of the place."""
        kind, client = self.kind, self.organization.client
        try:
            if parent is None:
                return Issuer(kind, client, ""), [*kind.read_all(client, ""), *self._foreseen()]
            listed = self.organization.in_project(parent, lambda project: kind.read_all(client, project))
        except LogfireError as error:
            error.task = f"read the {kind.title}s" + (f" of project {str(parent)!r}" if parent else "")
            raise
        return Issuer(kind, client, parent.id or ""), listed

    def _carry_out(self, plan: Plan, rotation: CredentialRotation, found: Review) -> Wire | None:
        """Apply the plan, and return the new or changed credential, if any."""
        new = None
        if plan.action != "none":
            with self._delivery() as deliver:
                new = rotation.apply(self.spec, plan, deliver)
        elif self.left is not None or rotation.unfinished.holds:
            rotation.finish()
        if rotation.failures and (plan.action == "revoke" or not (rotation.changed or found.was_delivered)):
            raise rotation.failures[0]
        for failure in rotation.failures:  # not an error: the new secret was stored, and handlers must be notified
            self.module.warn(f"{failure}{' The next run tries again.' if self.file else ''}")
        return new

    @contextmanager
    def _delivery(self) -> Iterator[Callable[[str], None] | None]:
        """Yield a function that writes a new secret to the file, or None without a file: it is returned then."""
        if self.file is None or not self.spec.present:
            yield None
            return
        with self.file.replacement(self.layout) as put:

            def deliver(secret: str) -> None:
                self.module.no_log_values.add(secret)  # from now on, it must not be in the result
                put(secret)

            yield deliver

    def _result(
        self, plan: Plan, found: Review, rotation: CredentialRotation, new: Wire | None, parent: Parent | None
    ) -> dict[str, Any]:
        diff = show_changes(self.kind, plan, found, parent, self.module.params)
        changed = plan.action != "none" or bool(found.endings) or found.was_delivered
        if self.file is not None and (not self.spec.present or plan.action == "none"):
            changed = self._adjust_file(self.file, diff) or changed
        result: dict[str, Any] = {"changed": changed}
        shown = show_one(self.kind, plan, new, parent)
        if shown is not None:
            result[self.kind.name] = shown
            if plan.makes and new is not None and self.file is None:
                shown["token"] = new["token"]
        if self.module.params["remembered"] is not None:
            left = rotation.beginning(self.spec, plan) if self.module.check_mode else rotation.unfinished
            result["remembered"] = left.as_dict()
        if self.module._diff:
            result["diff"] = diff
        return result

    def _adjust_file(self, file: SecretFile, diff: Diff) -> bool:
        """Remove the file, or set its format and owner. Returns whether that changed anything, or would."""
        if self.spec.present:
            return file.adjust(self.layout, diff)
        was_there = file.remove()
        if was_there:
            diff["before"]["path"] = file.path
        return was_there


def _place(parent: Parent | None) -> str:
    """Return a name for the place of credentials: the ID of the project, or the organization."""
    return parent.id or "" if parent else "organization"
