# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each operation on each kind of object, with its initial state and the state that it must lead to.

An organization initially has an object of each kind that no scenario uses. These bystanders must not change at all,
whatever goes wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argument_specs import READ_TOKEN
from harness import Run, Runner
from organizations import alert, dashboard, slo, state_of, webhook

Options = dict[str, Any]
State = dict[str, Any]

SHOP = "11111111-1111-4111-8111-111111111111"
OPS = "22222222-2222-4222-8222-222222222222"
HOURS = "44444444-4444-4444-8444-444444444444"
HELD = "pylf_v1_local_0123456789heldbytheuser0123456789"
ANN = "33333333-3333-4333-8333-333333333333"
TOKEN_LISTS = ("write_tokens", "read_tokens")
KINDS = ("alerts", "dashboards", "slos", "variables", *TOKEN_LISTS)
#: Objects of the organization itself, besides its projects.
TOP_LISTS = (
    *("api_keys", "channels", "gateway_providers", "group_mappings", "invitations", "members", "organizations"),
    "schedules",
)

#: The bystanders: one of each kind in the project of the scenarios, and a separate project.
SEED: State = {
    "api_keys": ["bystander"],
    "channels": [{"id": OPS, "label": "ops"}, "bystander"],
    "gateway_providers": ["bystander"],
    "group_mappings": [
        {"group_id": "bystanders", "organization_roles": [{"organization_name": "acme", "role": "guest"}]}
    ],
    "invitations": ["admin"],
    "members": [
        {"email": "ann@example.com", "role": "member", "id": ANN},
        {"email": "eve@example.com", "role": "admin"},
    ],
    "schedules": [{"id": HOURS, "label": "Office hours"}, "Bystander"],
    "organizations": ["bystander"],
    "projects": [
        {
            "id": SHOP,
            "project_name": "shop",
            "alerts": [{"name": "Bystander", "channels": ["ops", "bystander"]}],
            "dashboards": ["bystander"],
            "slos": ["bystander"],
            "variables": ["bystander"],
            "write_tokens": [{}],
            "read_tokens": [{"token": READ_TOKEN}],
        },
        {"project_name": "bystander", "alerts": ["Errors"], "dashboards": ["overview"], "write_tokens": [{}]},
    ],
}


class ClearRunner(Runner):
    """Fails unless each run ends with success or an error message."""

    def __call__(self, module: str, /, *, check: bool = False, connect: bool = True, **options: Any) -> Run:
        run = super().__call__(module, check=check, connect=connect, **options)
        assert "Traceback" not in run.stdout + run.stderr
        assert "Internal error" not in run.stdout
        if run.failed:
            assert run.result["msg"]
        return run


@dataclass(frozen=True)
class Scenario:
    """An operation. ``before`` are the options that create the initial state. Without them, there is no object."""

    title: str
    module: str
    options: Options
    before: Options | None = None
    made_by: str = ""  # the module for ``before``, if it is a different one
    tokens: list[Options] = field(default_factory=list)  # further write tokens of the project shop

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Course:
    """The course of a scenario without errors. It is determined once."""

    snapshot: State  # the initial state
    files: dict[str, str]  # the token file, and the files next to it
    start: Any  # the initial state in a form that can be compared
    end: Any
    bystanders: dict[str, State]
    calls: list[str]


_COURSES: dict[str, Course] = {}


class Stage:
    """The place where a scenario runs, which can be reset any number of times."""

    def __init__(self, run: Runner, scenario: Scenario, folder: Path) -> None:
        self.run, self.scenario = run, scenario
        self.file = folder / "token"
        if scenario.title not in _COURSES:
            _COURSES[scenario.title] = self._rehearse()
        self.course = _COURSES[scenario.title]
        self.reset()

    def _rehearse(self) -> Course:
        run, scenario = self.run, self.scenario
        seed = {**SEED, "projects": [dict(project) for project in SEED["projects"]]}
        seed["projects"][0]["write_tokens"] = [{}, *scenario.tokens]
        store = run.emulator.store
        store.load(seed)
        bystanders = dict(records(store.snapshot()))
        if scenario.before is not None:
            run.ok(scenario.made_by or scenario.module, **self._placed(scenario.before))
        snapshot, start = store.snapshot(), self.state()
        files = {path.name: path.read_text() for path in self.file.parent.iterdir()}
        clean = self.play()
        assert not clean.failed, clean.result
        assert clean.changed == (store.snapshot() != snapshot)
        after = dict(records(store.snapshot()))  # objects that the operation changes are not bystanders
        bystanders = {key: record for key, record in bystanders.items() if after.get(key) == record}
        return Course(snapshot, files, start, self.state(), bystanders, clean.calls)

    def _placed(self, options: Options) -> Options:
        placed = {**options, "path": str(self.file)} if options.get("path") else options
        return {"concurrency": 1, **placed} if "projects" in options else placed

    def _content(self) -> str | None:
        return self.file.read_text() if self.file.exists() else None

    def reset(self) -> None:
        """Restore the initial state."""
        emulator = self.run.emulator
        emulator.faults.clear()
        emulator.log.clear()
        emulator.store.load(self.course.snapshot)
        self.reset_files()

    def reset_files(self) -> None:
        """Restore the initial files only, without the emulator."""
        for path in self.file.parent.iterdir():
            path.unlink()
        for name, text in self.course.files.items():
            (self.file.parent / name).write_text(text)
            (self.file.parent / name).chmod(0o600)

    @property
    def options(self) -> Options:
        return self._placed(self.scenario.options)

    def play(self, **options: Any) -> Run:
        """Run the operation, with further options."""
        return self.run(self.scenario.module, **self.options, **options)

    def state(self) -> Any:
        """Return the state of the organization, for comparison. Its only token is that in the file: does it expire?"""
        snapshot = self.run.emulator.store.snapshot()
        held = [
            (token["expires_at"] is not None, token.get("description"))
            for token in self._tokens()
            if self._is_held(token)
        ]
        for project in snapshot["projects"]:
            for kind in TOKEN_LISTS:
                del project[kind]
        return {**state_of(snapshot), "file": self._content() is not None, "held": held}

    def assert_nothing_else_touched(self, pending: bool = False) -> None:
        """Check that bystanders did not change, and that nothing is next to the token file unless work is pending."""
        now = dict(records(self.run.emulator.store.snapshot()))
        assert {key: now.get(key) for key in self.course.bystanders} == self.course.bystanders
        pending = pending or self.scenario.module == "logfire_api_key"  # which stores whose value the file contains
        assert {path.name for path in self.file.parent.iterdir()} <= {"token", *([".token.pending"] if pending else [])}

    def tokens(self) -> set[str]:
        """Return the IDs of usable tokens that are not bystanders and do not expire within two days."""
        soon = (datetime.now(UTC) + timedelta(days=2)).isoformat()
        living = {token["id"] for token in self._tokens() if (token["expires_at"] or "9") > soon}
        return living - set(self.course.bystanders)

    def strays(self) -> set[str]:
        """Return the IDs of those that are not in the file."""
        return self.tokens() - {token["id"] for token in self._tokens() if self._is_held(token)}

    def _tokens(self) -> Iterator[State]:
        """Yield the usable tokens."""
        now, snapshot = datetime.now(UTC).isoformat(), self.run.emulator.store.snapshot()
        tokens = [token for project in snapshot["projects"] for kind in TOKEN_LISTS for token in project[kind]]
        for token in [*tokens, *snapshot["api_keys"]]:
            if not token["revoked"] and (token["expires_at"] or "9") > now:
                yield token

    def _is_held(self, token: State) -> bool:
        return token["token"] == (self._content() or "").strip()


def records(snapshot: State) -> Iterator[tuple[str, State]]:
    """Yield each stored object with its ID. Projects do not contain their objects."""
    for record in (record for kind in TOP_LISTS for record in snapshot[kind]):
        yield record["id"], record
    for project in snapshot["projects"]:
        yield project["id"], {member: value for member, value in project.items() if member not in KINDS}
        for kind in KINDS:
            for record in project[kind]:
                yield record["id"], record


def guarantees() -> str:
    """Return the guarantees in the documentation, in one line."""
    page = Path(__file__).resolve().parents[3] / "docs/docsite/rst/guarantees.rst"
    return " ".join(page.read_text().split())


def _operations(kind: str, names: Options, new: Options, changes: Options) -> list[Scenario]:
    module, made = f"logfire_{kind}", {**names, **new}
    return [
        Scenario(f"{kind}-create", module, made),
        Scenario(f"{kind}-update", module, {**made, **changes}, before=made),
        Scenario(f"{kind}-delete", module, {**names, "state": "absent"}, before=made),
        Scenario(f"{kind}-noop", module, made, before=made),
    ]


def _token_operations(kind: str) -> list[Scenario]:
    made = {"project": "shop", "type": kind, "path": True}
    title, module = f"{kind}-token", "logfire_token"
    return [
        Scenario(f"{title}-create", module, made),
        Scenario(f"{title}-update", module, {**made, "expires_in": "30d"}, before=made),
        Scenario(f"{title}-delete", module, {**made, "state": "absent"}, before=made),
        Scenario(f"{title}-noop", module, made, before=made),
        *(
            [Scenario(f"{title}-grace", module, {**made, "expires_in": "30d", "grace_period": "24h"}, before=made)]
            if kind == "write"
            else []
        ),
    ]


def _member_operations() -> list[Scenario]:
    """Return the scenarios of members. They cannot be created, so the organization already has one."""
    ann = {"email": "ann@example.com"}
    return [
        Scenario("member-update", "logfire_member", {**ann, "role": "guest"}),
        Scenario("member-delete", "logfire_member", {**ann, "state": "absent"}),
        Scenario("member-noop", "logfire_member", {**ann, "role": "member"}),
    ]


def _schedule_operations() -> list[Scenario]:
    """Return scenarios of a schedule by ID: by name, only those in use are found. ``test_schedules`` has creations."""
    hours = {"id": HOURS}
    return [
        Scenario("schedule-update", "logfire_schedule", {**hours, "timezone": "Europe/London"}),
        Scenario("schedule-delete", "logfire_schedule", {**hours, "state": "absent"}),
        Scenario("schedule-noop", "logfire_schedule", {**hours, "timezone": "UTC"}),
    ]


def _organization_operations() -> list[Scenario]:
    """Return scenarios where the billing address requires a second request, and a deletion the name as confirmation."""
    module, made = "logfire_organization", {"name": "globex", "billing_email": "pay@example.com"}
    return [
        Scenario("organization-create", module, made),
        Scenario("organization-update", module, {**made, "description": "It", "location": "Here"}, before=made),
        Scenario(
            "organization-delete",
            module,
            {"name": "globex", "state": "absent", "confirm_deletion": "globex"},
            before=made,
        ),
        Scenario("organization-noop", module, made, before=made),
    ]


def _mapping_operations() -> list[Scenario]:
    """Return the scenarios of the only document, which always exists, and is replaced as a whole."""
    module, roles = "logfire_group_mappings", [{"organization_name": "acme", "role": "member"}]
    made = {"mappings": [{"group_id": "engineers", "organization_roles": roles}]}
    return [
        Scenario("group-mappings-update", module, made),
        Scenario("group-mappings-noop", module, made, before=made),
    ]


def _invitation_operations() -> list[Scenario]:
    """Return the scenarios of invitations, which cannot be updated or deleted."""
    return [
        Scenario("invitation-create", "logfire_invitation", {"role": "member", "expires_at": "2127-01-01T00:00:00Z"}),
        Scenario("invitation-noop", "logfire_invitation", {"role": "admin"}),
    ]


def _key_operations() -> list[Scenario]:
    made = {"name": "pipeline", "scopes": ["project:read"], "path": True}
    return [
        Scenario("api-key-create", "logfire_api_key", made),
        Scenario("api-key-change", "logfire_api_key", {**made, "description": "Applies it"}, before=made),
        Scenario("api-key-update", "logfire_api_key", {**made, "expires_in": "30d"}, before=made),
        Scenario("api-key-delete", "logfire_api_key", {"path": True, "state": "absent"}, before=made),
        Scenario("api-key-noop", "logfire_api_key", made, before=made),
    ]


def _without(options: Options, *names: str) -> Options:
    return {name: value for name, value in options.items() if name not in names}


_ALERT = alert("Errors", "ops", description="Look")
_BOARD = dashboard("overview")
_SLO = slo("checkout", "ops")
_STACK = {
    "channels": [{"name": "night", "config": webhook("night"), "active": False}],
    "projects": [{"name": "web", "alerts": [alert("Down", "night")], "dashboards": [dashboard("home")]}],
}
_CHANGED_STACK = {
    "channels": [{"name": "night", "active": True}],
    "projects": [
        {
            "name": "web",
            "description": "Changed",
            "alerts": [{"name": "Down", "query": "SELECT 2"}],
            "dashboards": [dashboard("home", "Bye")],
        }
    ],
}
_NO_STACK = {
    "channels": [{"name": "night", "state": "absent"}],
    "projects": [
        {
            "name": "web",
            "alerts": [{"name": "Down", "state": "absent"}],
            "dashboards": [{"slug": "home", "state": "absent"}],
        }
    ],
}

SINGLE = [
    *_operations("project", {"name": "web"}, {"description": "It"}, {"description": "", "visibility": "private"}),
    *_operations(
        "channel",
        {"name": "pager"},
        {"config": webhook("pager"), "active": False},
        {"config": webhook("other"), "active": True},
    ),
    *_operations(
        "alert",
        {"project": "shop", "name": "Errors"},
        _without(_ALERT, "name"),
        {"time_window": "1h", "channels": ["bystander"], "active": False},
    ),
    *_operations(
        "dashboard",
        {"project": "shop", "slug": "overview"},
        _without(_BOARD, "slug"),
        {"name": "All", "definition": dashboard("overview", "Bye")["definition"]},
    ),
    *_token_operations("write"),
    *_token_operations("read"),
    *_key_operations(),
    *_operations(
        "variable",
        {"project": "shop", "name": "config"},
        {"labels": {"production": {"value": {"model": "a"}}}, "rollout": {"production": 1}},
        {"description": "Look", "labels": {"production": {"value": "b"}}},
    ),
    *_operations(
        "slo",
        {"project": "shop", "name": "checkout"},
        _without(_SLO, "name"),
        {"target_percent": "99.5", "alerts": {"fast": {"channels": ["bystander"]}}},
    ),
    *_operations(
        "gateway_provider",
        {"slug": "openai"},
        {"vendor": "openai", "api_key": "canary-of-a-vendor-0123456789"},
        {"require_pricing": False},
    ),
    *_organization_operations(),
    *_mapping_operations(),
    *_member_operations(),
    *_schedule_operations(),
    *_invitation_operations(),
]
STACK = [
    Scenario("stack-create", "logfire_stack", _STACK),
    Scenario("stack-update", "logfire_stack", _CHANGED_STACK, before=_STACK),
    Scenario("stack-delete", "logfire_stack", _NO_STACK, before=_STACK),
    Scenario("stack-noop", "logfire_stack", _STACK, before=_STACK),
]
#: The atomic rotation of a token whose value the user has: only the result of that run contains the new secret.
ROTATION = Scenario(
    "write-token-rotate",
    "logfire_token",
    {"project": "shop", "token": HELD, "rotate": True},
    tokens=[{"token": HELD}],
)
SCENARIOS = [*SINGLE, *STACK]
#: Read-only modules, with something to read.
INFO = [
    Scenario(f"{kind}-info", f"{module}_info", options, before=before, made_by=module)
    for kind, module, options, before in [
        ("project", "logfire_project", {}, {"name": "web"}),
        ("channel", "logfire_channel", {}, {"name": "pager", "config": webhook("pager")}),
        ("alert", "logfire_alert", {"project": "shop"}, {"project": "shop", **_ALERT}),
        ("dashboard", "logfire_dashboard", {"project": "shop", "definitions": True}, {"project": "shop", **_BOARD}),
        ("token", "logfire_token", {"project": "shop"}, {"project": "shop", "path": True}),
        ("slo", "logfire_slo", {"project": "shop"}, {"project": "shop", **_SLO}),
        ("variable", "logfire_variable", {"project": "shop"}, {"project": "shop", "name": "config"}),
        ("stack", "logfire_stack", {"projects": ["web"]}, _STACK),
    ]
]
