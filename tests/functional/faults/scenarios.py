# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every operation on every kind of object, told once, with what it starts from and what it must lead to.

An organization starts with an object of each kind that no scenario speaks of. These bystanders must stay as they are,
to the last instant, whatever goes wrong.
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
#: What lies in the organization itself, beside its projects.
TOP_LISTS = (
    *("api_keys", "channels", "gateway_providers", "group_mappings", "invitations", "members", "organizations"),
    "schedules",
)

#: The bystanders: each kind in the project that the scenarios work in, and a project of its own.
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
    """Fails when a run ends in anything but success or a failure that is explained."""

    def __call__(self, module: str, /, *, check: bool = False, connect: bool = True, **options: Any) -> Run:
        run = super().__call__(module, check=check, connect=connect, **options)
        assert "Traceback" not in run.stdout + run.stderr
        assert "Internal error" not in run.stdout
        if run.failed:
            assert run.result["msg"]
        return run


@dataclass(frozen=True)
class Scenario:
    """One operation. ``before`` are options that lead to where it starts; without them there is no such object yet."""

    title: str
    module: str
    options: Options
    before: Options | None = None
    made_by: str = ""  # the module that takes them, if it is another
    tokens: list[Options] = field(default_factory=list)  # more write tokens of the project shop

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Course:
    """How a scenario goes when nothing goes wrong. It is found out once."""

    snapshot: State  # where it starts
    files: dict[str, str]  # what is held in the file, and remembered beside it
    start: Any  # the same, comparable
    end: Any
    bystanders: dict[str, State]
    calls: list[str]


_COURSES: dict[str, Course] = {}


class Stage:
    """Where a scenario is played: its beginning can be had back any number of times."""

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
        after = dict(records(store.snapshot()))  # what the operation is about is no bystander
        bystanders = {key: record for key, record in bystanders.items() if after.get(key) == record}
        return Course(snapshot, files, start, self.state(), bystanders, clean.calls)

    def _placed(self, options: Options) -> Options:
        placed = {**options, "path": str(self.file)} if options.get("path") else options
        return {"concurrency": 1, **placed} if "projects" in options else placed

    def _content(self) -> str | None:
        return self.file.read_text() if self.file.exists() else None

    def reset(self) -> None:
        """Back to the beginning."""
        emulator = self.run.emulator
        emulator.faults.clear()
        emulator.log.clear()
        emulator.store.load(self.course.snapshot)
        self.reset_files()

    def reset_files(self) -> None:
        """The same, for who does not ask the emulator."""
        for path in self.file.parent.iterdir():
            path.unlink()
        for name, text in self.course.files.items():
            (self.file.parent / name).write_text(text)
            (self.file.parent / name).chmod(0o600)

    @property
    def options(self) -> Options:
        return self._placed(self.scenario.options)

    def play(self, **options: Any) -> Run:
        """The operation, with more options."""
        return self.run(self.scenario.module, **self.options, **options)

    def state(self) -> Any:
        """All that the organization holds, comparable; of tokens only the one that the file holds: does it expire?"""
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
        """The bystanders are what they were, and nothing lies beside the token file unless something is left to do."""
        now = dict(records(self.run.emulator.store.snapshot()))
        assert {key: now.get(key) for key in self.course.bystanders} == self.course.bystanders
        pending = pending or self.scenario.module == "logfire_api_key"  # which remembers whose value the file holds
        assert {path.name for path in self.file.parent.iterdir()} <= {"token", *([".token.pending"] if pending else [])}

    def tokens(self) -> set[str]:
        """The ids of tokens that somebody can use, that are no bystanders and that will not end within two days."""
        soon = (datetime.now(UTC) + timedelta(days=2)).isoformat()
        living = {token["id"] for token in self._tokens() if (token["expires_at"] or "9") > soon}
        return living - set(self.course.bystanders)

    def strays(self) -> set[str]:
        """Those that the file does not hold."""
        return self.tokens() - {token["id"] for token in self._tokens() if self._is_held(token)}

    def _tokens(self) -> Iterator[State]:
        """The tokens that can be used."""
        now, snapshot = datetime.now(UTC).isoformat(), self.run.emulator.store.snapshot()
        tokens = [token for project in snapshot["projects"] for kind in TOKEN_LISTS for token in project[kind]]
        for token in [*tokens, *snapshot["api_keys"]]:
            if not token["revoked"] and (token["expires_at"] or "9") > now:
                yield token

    def _is_held(self, token: State) -> bool:
        return token["token"] == (self._content() or "").strip()


def records(snapshot: State) -> Iterator[tuple[str, State]]:
    """Every object by its id, as it is stored; projects without what lies in them."""
    for record in (record for kind in TOP_LISTS for record in snapshot[kind]):
        yield record["id"], record
    for project in snapshot["projects"]:
        yield project["id"], {member: value for member, value in project.items() if member not in KINDS}
        for kind in KINDS:
            for record in project[kind]:
                yield record["id"], record


def guarantees() -> str:
    """What the documentation says of all this, in one line."""
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
    """Nobody can be made a member: the scenarios begin with one."""
    ann = {"email": "ann@example.com"}
    return [
        Scenario("member-update", "logfire_member", {**ann, "role": "guest"}),
        Scenario("member-delete", "logfire_member", {**ann, "state": "absent"}),
        Scenario("member-noop", "logfire_member", {**ann, "role": "member"}),
    ]


def _schedule_operations() -> list[Scenario]:
    """By its ID: by name only one that is in use is found. ``test_schedules`` has creations."""
    hours = {"id": HOURS}
    return [
        Scenario("schedule-update", "logfire_schedule", {**hours, "timezone": "Europe/London"}),
        Scenario("schedule-delete", "logfire_schedule", {**hours, "state": "absent"}),
        Scenario("schedule-noop", "logfire_schedule", {**hours, "timezone": "UTC"}),
    ]


def _organization_operations() -> list[Scenario]:
    """The billing address takes a second request, and a deletion the name once more."""
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
    """The one document is there before, and replaced as a whole."""
    module, roles = "logfire_group_mappings", [{"organization_name": "acme", "role": "member"}]
    made = {"mappings": [{"group_id": "engineers", "organization_roles": roles}]}
    return [
        Scenario("group-mappings-update", module, made),
        Scenario("group-mappings-noop", module, made, before=made),
    ]


def _invitation_operations() -> list[Scenario]:
    """Nothing can be changed or removed of an invitation."""
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
#: The atomic rotation of a token whose value the user holds: the new secret is in the result of that run alone.
ROTATION = Scenario(
    "write-token-rotate",
    "logfire_token",
    {"project": "shop", "token": HELD, "rotate": True},
    tokens=[{"token": HELD}],
)
SCENARIOS = [*SINGLE, *STACK]
#: What only reads, with what there is to read.
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
