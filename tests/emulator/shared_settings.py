# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings that have to do with every kind: keys and limits, older releases, what becomes of text.

"older releases: false" is what the service did before October 2026. A field marked *stand-in* settles something that
nobody could observe of the real service. A client has to work with every value of it.
"""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from .durations import Form

#: Statuses that a refusal may have; null: it is no refusal.
Refusal = Literal[400, 409, 422] | None


class KeySettings(BaseModel):
    """A bearer key, with its scopes (none: all) and its project (none: the whole organization)."""

    model_config = ConfigDict(extra="forbid")

    key: str
    scopes: list[str] | None = None
    project: str | None = Field(default=None, description="id or name of the only project that the key reaches")


class SharedSettings(BaseModel):
    """The settings of all kinds, with their defaults. A kind that has more of them adds a subclass."""

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
    retry_after_format: Literal["seconds", "http-date"] = Field(default="seconds", description="of a 429")

    # Release
    release: str | None = Field(default="v2026-10-06.01", description="value of the version header; null leaves it out")
    release_header: str = Field(default="Logfire-Version", description="older releases: x-backend-version")
    missing_routes: list[str] = Field(default_factory=list, description="regular expressions of paths that answer 404")

    # Order of lists
    list_order: Literal["shuffled", "reversed", "insertion"] = Field(
        default="shuffled", description="shuffled: always the same, never as inserted (stand-in)"
    )

    # Answers of every kind
    creation_status: Literal[200, 201] = Field(
        default=201, description="of kinds that have none of their own (stand-in)"
    )
    error_form: Literal["json", "problem"] = Field(
        default="json", description="problem: application/problem+json with type, title and status besides (stand-in)"
    )
    unknown_members: bool = Field(
        default=False, description="every object whose members the service names has one more, of a release to come"
    )
    duration_form: Form = Field(default="days", description="how answers spell durations (stand-in)")

    # Changes of text
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

    # User and organization
    actor_name: str | None = Field(default="Emulator", description="created_by_name and updated_by_name")

    @classmethod
    def of(cls, settings: "SharedSettings") -> Self:
        """The settings of an emulator as a kind knows them: it is a subclass that the whole of them consists of."""
        assert isinstance(settings, cls)
        return settings

    def replace(self, other: "SharedSettings") -> None:
        """Copy every value of another object, in place."""
        for name in type(self).model_fields:
            setattr(self, name, getattr(other, name))

    def patch(self, changes: dict[str, Any]) -> None:
        """Change some settings, all or none; unknown names and illegal values raise ``ValidationError``."""
        self.replace(type(self).model_validate({**self.model_dump(), **changes}))
