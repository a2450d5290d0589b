# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be changed about the emulator: open questions about the service, older releases, keys and limits.

A field marked *stand-in* settles something that nobody could observe of the real service. A client has to work with
every value of it.
"""

from datetime import timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .durations import Form

#: The scopes that the routes of the five kinds ask for.
SCOPES: dict[str, str] = {
    "organization:create_project": "Create projects in the organization",
    "organization:read_channel": "See notification channels of the organization",
    "organization:write_channel": "Create and change notification channels of the organization",
    "project:read": "See projects",
    "project:write": "Change and delete projects",
    "project:write_token": "Create, see and end write tokens",
    "project:read_token": "Create, see and end read tokens",
    "project:read_alert": "See alerts of a project",
    "project:write_alert": "Create and change alerts of a project",
    "project:read_dashboard": "See dashboards of a project",
    "project:write_dashboard": "Create and change dashboards of a project",
}

#: Statuses that a refusal may have; null: it is no refusal.
Refusal = Literal[400, 409, 422] | None

QueryCheckStatus = Literal["ok", "slow", "timed_out", "not_checked"]

CHANNEL_TYPES: tuple[str, ...] = (
    "webhook",
    "opsgenie",
    "pagerduty",
    "pagerduty-integration",
    "slack-integration",
    "email",
    "notification",
    "web-push",
)


class KeySettings(BaseModel):
    """A bearer key, what it may do (no list: everything) and what it reaches (no project: the whole organization)."""

    model_config = ConfigDict(extra="forbid")

    key: str
    scopes: list[str] | None = None
    project: str | None = Field(default=None, description="id or name of the only project that the key reaches")


class WindowLimit(BaseModel):
    """Up to this time window an alert may be evaluated as often as this."""

    model_config = ConfigDict(extra="forbid")

    time_window: timedelta
    frequency: timedelta


def _default_window_limits() -> list[WindowLimit]:
    return [
        WindowLimit(time_window=timedelta(days=1), frequency=timedelta(minutes=1)),
        WindowLimit(time_window=timedelta(days=7), frequency=timedelta(hours=1)),
        WindowLimit(time_window=timedelta(days=30), frequency=timedelta(days=1)),
    ]


def _default_query_checks() -> dict[str, QueryCheckStatus]:
    return {"/* slow */": "slow", "/* timed_out */": "timed_out", "/* not_checked */": "not_checked"}


class Settings(BaseModel):
    """Every setting, with its default. ``PATCH /_emulator/settings`` takes any part of it."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    # Reproducibility and time
    random_seed: int = Field(default=0, description="seed of ids and secrets")
    latency_ms: int = Field(default=0, ge=0, description="wait before each answer of the API")
    clock_offset: float = Field(default=0.0, description="seconds added to the clock: time travel without waiting")

    # Keys
    accept_local_keys: bool = Field(default=True, description="pylf_vN_local_... keys may do everything")
    keys: list[KeySettings] = Field(default_factory=list, description="further keys; they win over the line above")

    # Limits
    rate_limit_per_minute: int | None = Field(default=None, ge=1, description="429 beyond it")
    rate_limit_burst: int | None = Field(default=None, ge=1, description="of them at once; null: all of a minute")
    retry_after_format: Literal["seconds", "http-date"] = "seconds"

    # Release
    release: str | None = Field(default="v2026-10-06.01", description="value of the version header; null leaves it out")
    release_header: str = Field(default="Logfire-Version", description="older releases: x-backend-version")
    missing_routes: list[str] = Field(default_factory=list, description="regular expressions of paths that answer 404")
    channel_types: list[str] = Field(
        default_factory=lambda: list(CHANNEL_TYPES), description="types it takes on writes"
    )
    alert_environments: bool = Field(default=True, description="older releases: false")
    alert_channel_assignments: bool = Field(default=True, description="in answers; older releases: false")
    alert_create_channels: Literal["full", "empty", "absent"] = Field(
        default="full", description="member channels of the answer to an alert's POST; older releases: absent"
    )
    alert_status_members: bool = Field(
        default=True, description="fired, snoozed_until, suppression, query_check; older releases: false"
    )
    token_frontend_members: bool = Field(default=True, description="frontend_* of write tokens; older releases: false")
    rotate_grace_period: bool = Field(default=True, description="grace_period_hours is honoured; older releases: false")

    # Order of lists
    list_order: Literal["shuffled", "reversed", "insertion"] = Field(
        default="shuffled", description="shuffled: always the same, never as inserted (stand-in)"
    )

    # Answers of every kind
    creation_status: Literal[200, 201] = Field(default=201, description="dashboards have their own (stand-in)")
    error_form: Literal["json", "problem"] = Field(
        default="json", description="problem: application/problem+json with type, title and status besides (stand-in)"
    )
    unknown_members: bool = Field(
        default=False, description="every object has one more, of a release to come; of a definition the metadata"
    )

    # What becomes of text
    name_blanks: Literal["keep", "strip"] = Field(
        default="keep", description="around names, labels, slugs and environments (stand-in)"
    )
    name_form: Literal["keep", "nfc"] = Field(
        default="keep", description="Unicode form of names, labels, slugs and environments (stand-in)"
    )
    name_case: Literal["keep", "lower"] = Field(
        default="keep", description="of names, labels, slugs and environments (stand-in)"
    )
    line_ends: Literal["keep", "lf"] = Field(
        default="keep", description="CRLF and CR in queries and descriptions (stand-in)"
    )
    text_blanks: Literal["keep", "strip_end", "strip"] = Field(
        default="keep", description="blanks and line ends around queries and descriptions (stand-in)"
    )
    query_newline: bool = Field(default=False, description="a query ends with one (stand-in)")
    id_case: Literal["lower", "keep"] = Field(
        default="lower", description="ids in configurations of channels, and of schedules (stand-in)"
    )
    email_domain_case: Literal["keep", "lower"] = Field(
        default="keep", description="domains of e-mail addresses (stand-in)"
    )

    # Projects
    duplicate_project_status: Literal[400, 409, 422] = Field(default=409, description="a name that is taken (stand-in)")
    null_description: Literal["keep", "clear"] = Field(default="keep", description="PUT description null (stand-in)")
    cleared_description: Literal["null", "empty"] = Field(default="null", description='how "" comes back (stand-in)')
    missing_project_status: Literal[403, 404] = Field(default=404, description="project item is gone (stand-in)")
    missing_project_child_status: Literal[403, 404] = Field(
        default=403, description="so are the routes below it (stand-in)"
    )

    # Tokens
    token_prefix_length: int = Field(default=19, ge=1, description="characters of a token that lists show (stand-in)")
    expires_at_echo: Literal["utc", "as_given"] = Field(default="utc", description="offset of expires_at (stand-in)")
    rotate_keeps_expiry: bool = Field(default=False, description="the new token inherits expires_at (stand-in)")
    revoked_tokens: Literal["hidden", "listed"] = Field(default="hidden", description="listed: inactive (stand-in)")
    expired_tokens: Literal["listed", "hidden"] = Field(default="listed", description="listed: inactive (stand-in)")
    past_expires_at: Literal["accept", "refuse"] = Field(default="accept", description="or answer 422 (stand-in)")
    token_create_answer: Literal["full", "minimal"] = Field(
        default="full", description="of rotations too; minimal: id and token alone"
    )

    # Channels
    duplicate_label_status: Refusal = Field(default=None, description="a label that is taken, null: fine (stand-in)")
    mask_entirely_below: int = Field(default=8, ge=0, description="keys shorter than this show nothing (stand-in)")
    empty_key_on_update: Literal["store", "keep"] = Field(
        default="store", description="an empty key of opsgenie, pagerduty (stand-in)"
    )
    masked_secret_on_update: Literal["store", "keep"] = Field(
        default="store", description="a mask sent back becomes the secret, or leaves it (stand-in)"
    )
    omitted_prompt_on_update: Literal["keep", "true"] = Field(
        default="keep", description="include_agent_prompt left out"
    )
    delete_used_channel: Literal["detach", "refuse"] = Field(
        default="detach", description="from its alerts, or answer 409 (stand-in)"
    )

    # Alerts
    window_limits: list[WindowLimit] = Field(
        default_factory=_default_window_limits, description="how rarely to run for a window (stand-in)"
    )
    frequency_max: timedelta | None = Field(
        default=timedelta(days=1), description="rarest evaluation, null: none (stand-in)"
    )
    duplicate_alert_status: Refusal = Field(default=None, description="a name that is taken, null: fine (stand-in)")
    unknown_channel_status: Literal[400, 404, 422] = Field(
        default=422, description="assignment to no channel (stand-in)"
    )
    repeated_channel_status: Refusal = Field(
        default=None, description="a channel assigned twice, null: kept once (stand-in)"
    )
    duration_form: Form = Field(default="days", description="how answers spell them (stand-in)")
    alert_origin_members: Literal["set", "always"] = Field(
        default="set", description="integration_id, slo_*: where not null, or always (stand-in)"
    )
    alert_empty_description: Literal["empty", "null"] = Field(
        default="empty", description='how "" comes back (stand-in)'
    )
    query_checks: dict[str, QueryCheckStatus] = Field(
        default_factory=_default_query_checks, description="text inside a query -> status of its query_check"
    )

    # Dashboards
    dashboard_defaults: bool = Field(default=True, description="adds variables, duration, refreshInterval (stand-in)")
    dashboard_first_version: int = Field(default=1, description="version of a new dashboard (stand-in)")
    dashboard_create_status: Literal[200, 201] = 200
    dashboard_metadata_name: Literal["definition", "dashboard"] = Field(
        default="definition", description="metadata.name: as last sent in a definition, or always the name (stand-in)"
    )
    dashboard_layout_updated_at: bool = Field(default=True, description="metadata.layoutUpdatedAt (stand-in)")
    dashboard_display_nulls: bool = Field(default=False, description="left-out members of displays are null (stand-in)")
    dashboard_unknown_members: Literal["drop", "keep"] = Field(default="drop", description="of a definition (stand-in)")
    grid_content: Literal["$ref", "ref", "as_given"] = Field(
        default="$ref", description="what a grid item's content answers with; the others take both (stand-in)"
    )
    layout_overrides: Literal["replaceable", "keep", "drop"] = Field(
        default="replaceable",
        description="a new definition keeps what people moved: unless ?replace_layout=true, always, never (stand-in)",
    )

    # Who and where
    actor_name: str | None = Field(default="Emulator", description="created_by_name and updated_by_name")

    def replace(self, other: "Settings") -> None:
        """Take over every value of another object, in place."""
        for name in type(self).model_fields:
            setattr(self, name, getattr(other, name))

    def patch(self, changes: dict[str, Any]) -> None:
        """Change some settings, all or none; unknown names and illegal values raise ``ValidationError``."""
        self.replace(Settings.model_validate({**self.model_dump(), **changes}))
