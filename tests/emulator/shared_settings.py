# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings that apply to all kinds: keys and limits, older releases, changes of text.

"older releases: false" is the behavior of the releases before October 2026. A setting that is marked *stand-in* chooses
one possible behavior, since that of the service could not be observed. A client should work with all of its values.
"""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from .durations import Form

#: Statuses of an error; null: no error.
Refusal = Literal[400, 409, 422] | None


class KeySettings(BaseModel):
    """A bearer key, its scopes (none: all) and its project (none: all projects)."""

    model_config = ConfigDict(extra="forbid")

    key: str
    scopes: list[str] | None = None
    project: str | None = Field(default=None, description="ID or name of the project that the key is limited to")


class SharedSettings(BaseModel):
    """Settings that apply to all kinds, with their defaults. A kind adds further settings as a subclass."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    # Reproducibility and time
    random_seed: int = Field(default=0, description="seed of IDs and secrets")
    latency_ms: int = Field(default=0, ge=0, description="delay of each response of the API, in milliseconds")
    clock_offset: float = Field(default=0.0, description="seconds added to the clock, to test expiry without waiting")

    # Keys
    accept_local_keys: bool = Field(default=True, description="keys that begin with pylf_vN_local_ have all scopes")
    keys: list[KeySettings] = Field(
        default_factory=list, description="further keys, which take precedence over the setting above"
    )

    # Limits
    rate_limit_per_minute: int | None = Field(
        default=None, ge=1, description="requests per minute. Further requests get a 429. null: no limit"
    )
    rate_limit_burst: int | None = Field(
        default=None, ge=1, description="requests that can be sent at once; null: all requests of a minute"
    )
    retry_after_format: Literal["seconds", "http-date"] = Field(
        default="seconds", description="format of Retry-After in a 429: seconds or http-date"
    )

    # Release
    release: str | None = Field(default="v2026-10-06.01", description="value of the version header; null: no header")
    release_header: str = Field(
        default="Logfire-Version", description="name of the version header; x-backend-version in older releases"
    )
    missing_routes: list[str] = Field(
        default_factory=list, description="regular expressions of paths that respond with 404"
    )

    # Order of lists
    list_order: Literal["shuffled", "reversed", "insertion"] = Field(
        default="shuffled",
        description=(
            "order of lists (stand-in): shuffled (always the same order, never the order of "
            "insertion), reversed or insertion"
        ),
    )

    # Responses of all kinds
    creation_status: Literal[200, 201] = Field(
        default=201, description="status of a creation, for kinds without a setting for it (stand-in): 200 or 201"
    )
    error_form: Literal["json", "problem"] = Field(
        default="json",
        description=(
            "format of errors (stand-in): json, or problem (application/problem+json, also with type, title and status)"
        ),
    )
    unknown_members: bool = Field(
        default=False, description="adds a member of a future release to every object whose members the service defines"
    )
    duration_form: Form = Field(
        default="days",
        description=(
            "format of durations in responses (stand-in); a day is days P1D, hours PT24H, seconds "
            "PT86400S, all_parts P1DT0H0M0S, decimal P1DT0.0S, and seven of them weeks P1W"
        ),
    )

    # Changes of text
    name_blanks: Literal["keep", "strip"] = Field(
        default="keep", description="blanks around names, labels, slugs and environments (stand-in): keep or strip"
    )
    name_form: Literal["keep", "nfc"] = Field(
        default="keep", description="Unicode form of names, labels, slugs and environments (stand-in): keep or nfc"
    )
    name_case: Literal["keep", "lower"] = Field(
        default="keep", description="case of names, labels, slugs and environments (stand-in): keep or lower"
    )
    line_ends: Literal["keep", "lf"] = Field(
        default="keep", description="CRLF and CR in queries and descriptions (stand-in): keep or lf"
    )
    text_blanks: Literal["keep", "strip_end", "strip"] = Field(
        default="keep",
        description="blanks and line breaks around queries and descriptions (stand-in): keep, strip_end or strip",
    )
    query_newline: bool = Field(default=False, description="queries end with a line break (stand-in)")
    id_case: Literal["lower", "keep"] = Field(
        default="lower",
        description="case of IDs in configurations of channels, and of IDs of schedules (stand-in): lower or keep",
    )
    email_domain_case: Literal["keep", "lower"] = Field(
        default="keep", description="case of domains in e-mail addresses (stand-in): keep or lower"
    )

    # User and organization
    actor_name: str | None = Field(default="Emulator", description="value of created_by_name and updated_by_name")

    @classmethod
    def of(cls, settings: "SharedSettings") -> Self:
        """Return the settings of an emulator as those of a kind, whose class is a base of the class of all settings."""
        assert isinstance(settings, cls)
        return settings

    def replace(self, other: "SharedSettings") -> None:
        """Copy all values of another object in place."""
        for name in type(self).model_fields:
            setattr(self, name, getattr(other, name))

    def patch(self, changes: dict[str, Any]) -> None:
        """Change all of these settings, or none: raises ``ValidationError`` for unknown names and invalid values."""
        self.replace(type(self).model_validate({**self.model_dump(), **changes}))
