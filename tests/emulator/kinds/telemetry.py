# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Telemetry of projects, which read tokens query, and routes that return the project of a token.

Known from the vendor's own query client: the routes, which are not below ``/api``; the token without ``Bearer`` in
``Authorization``; the members of requests and responses; 400 for a failed query, 422 for an invalid request; problem
details for clients that accept them. Records and metrics come only from seeds, and have some of the columns of the
service. Stand-ins without a setting: a range of time includes the minimum and excludes the maximum; a key that is not
limited to a project cannot query; only queries are accepted, no other statements. ``engine.py`` runs the engine that
the service uses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import AwareDatetime, BaseModel, Field

from .. import engine
from ..errors import ForbiddenError, InvalidError, UnauthorizedError
from ..kind import Kind
from ..records import Collection, Record
from ..security import StoreDep, recognise
from ..shared_settings import SharedSettings
from ..store import Store
from . import tokens
from .projects import PROJECTS, Project, find

SCOPE = "project:read_otlp"
MOST_ROWS = 10_000
CSV = "text/csv"
ARROW = "application/vnd.apache.arrow.stream"


class Settings(SharedSettings):
    """Open questions about queries."""

    query_accepts_bearer: bool = Field(default=True, description="the word Bearer in front of a read token (stand-in)")
    query_default_limit: int = Field(
        default=500, ge=1, description="number of rows if a request has no limit (stand-in)"
    )
    query_words: Literal["detail", "error_details", "both"] = Field(
        default="both", description="member of problem details with the reason why a query failed (stand-in)"
    )
    query_failure: Literal["object", "text"] = Field(
        default="object",
        description='error_details, and the body without problem details: {"detail": ...} (stand-in)',
    )
    query_bad_timezone_status: Literal[400, 422] = Field(
        default=422, description="status for an unknown timezone (stand-in)"
    )
    query_data_types: Literal["rust", "name"] = Field(
        default="rust", description="types that are not simple: in the JSON form of arrow-rs, or their name (stand-in)"
    )
    token_info_answers_keys: bool = Field(default=True, description="read-token-info also accepts API keys (stand-in)")


# Stored data


class SpanRecord(Record):
    """A row of ``records``. ``start_timestamp`` is by default the time of the seed."""

    start_timestamp: datetime
    end_timestamp: datetime | None = None
    duration: float | None = None
    trace_id: str = "0" * 31 + "1"
    span_id: str = "0" * 15 + "1"
    parent_span_id: str | None = None
    kind: str = "span"
    level: int = 9
    span_name: str = "request"
    message: str = "request"
    is_exception: bool = False
    exception_type: str | None = None
    exception_message: str | None = None
    otel_status_code: str | None = None
    service_name: str = "shop"
    service_version: str | None = None
    deployment_environment: str | None = None
    http_response_status_code: int | None = None
    http_route: str | None = None
    tags: list[str] | None = None
    attributes: str = "{}"


class MetricRecord(Record):
    """A row of ``metrics``. ``recorded_timestamp`` is by default the time of the seed."""

    recorded_timestamp: datetime
    metric_name: str = "requests"
    metric_type: str = "sum"
    unit: str = "1"
    scalar_value: float | None = None
    service_name: str = "shop"
    deployment_environment: str | None = None
    attributes: str = "{}"


RECORDS = Collection(
    "records",
    SpanRecord,
    "Record not found",
    within=PROJECTS,
    naming="message",
    complete=lambda seeding, record, holder: record.setdefault("start_timestamp", record["created_at"]),
)
METRICS = Collection(
    "metrics",
    MetricRecord,
    "Metric not found",
    within=PROJECTS,
    naming="metric_name",
    complete=lambda seeding, record, holder: record.setdefault("recorded_timestamp", record["created_at"]),
)


# Bodies of requests and responses


class Query(BaseModel):
    """A query. An empty string as environment selects rows without an environment."""

    sql: Annotated[str, Field(min_length=1)]
    min_timestamp: AwareDatetime
    max_timestamp: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] | None = None
    timezone: str | None = None
    deployment_environment: list[str] | None = None
    explain: bool = False
    include_schema: bool = True


class ReadTokenInfo(BaseModel):
    """The organization and project of a read token."""

    organization_name: str
    project_name: str


class WriteTokenInfo(BaseModel):
    """The organization and project of a write token."""

    project_name: str
    project_url: str


# Rules


@dataclass(frozen=True)
class Reader:
    """A client that can query a project, with a read token or an API key."""

    project: Project
    is_key: bool


def token_in(store: Store, authorization: str | None) -> str:
    """Return the token of a request, which is the value of the header."""
    word, space, rest = (authorization or "").partition(" ")
    if space and word.lower() == "bearer" and Settings.of(store.settings).query_accepts_bearer:
        return rest.strip()
    return (authorization or "").strip()


def living(store: Store, collection: Collection[Any], value: str) -> Iterator[Project]:
    """Yield the project of an active token."""
    for project in PROJECTS.of(store.state).values():
        for token in collection.of(project).values():
            if token.token == value and not token.revoked and not tokens.expired(store, token):
                yield project


def reader(store: Store, authorization: str | None) -> Reader:
    """Return the reader. Raises a 401 without a read token or key, and a 403 for a key that is not allowed to query."""
    token = token_in(store, authorization)
    for project in living(store, tokens.READ_TOKENS, token):
        return Reader(project, is_key=False)
    caller = recognise(store, f"Bearer {token}")
    if caller is None:
        raise UnauthorizedError("Invalid token" if token else "Not authenticated")
    project_of_key = find(store, caller.project) if caller.project is not None else None
    if not caller.has(SCOPE) or project_of_key is None:
        raise ForbiddenError(f"This token is missing the required scope: {SCOPE}.")
    return Reader(project_of_key, is_key=True)


def knows(store: Store, authorization: str | None) -> bool:
    """Return whether a request is authenticated, for the log."""
    token = token_in(store, authorization)
    kept = any(True for each in (tokens.READ_TOKENS, tokens.WRITE_TOKENS) for _project in living(store, each, token))
    return kept or recognise(store, f"Bearer {token}") is not None


def rows_of(store: Store, project: Project, query: Query) -> dict[str, list[dict[str, Any]]]:
    """Return the tables, filtered by the range of time and the environments of the query."""
    end = query.max_timestamp or store.clock.peek() + timedelta(days=1)

    def seen(row: Any, at: datetime) -> bool:
        environments = query.deployment_environment
        in_environment = environments is None or (row.deployment_environment or "") in environments
        return query.min_timestamp <= at < end and in_environment

    return {
        "records": [row.model_dump() for row in RECORDS.of(project).values() if seen(row, row.start_timestamp)],
        "metrics": [row.model_dump() for row in METRICS.of(project).values() if seen(row, row.recorded_timestamp)],
    }


def failure(store: Store, words: str, *, accepts_problem: bool) -> Response:
    """Return the response to a failed query."""
    settings = Settings.of(store.settings)
    legacy: Any = {"detail": words} if settings.query_failure == "object" else words
    if not accepts_problem:
        return JSONResponse(legacy, 400) if settings.query_failure == "object" else PlainTextResponse(words, 400)
    told = {"detail": words} if settings.query_words != "error_details" else {}
    details = legacy if settings.query_words != "detail" else None
    return JSONResponse({**told, "error_details": details, "retryable": False}, 400)


# Routes

router = APIRouter(tags=["Query"])


@router.post("/v2/query", response_model=None)
def run_query(store: StoreDep, request: Request, query: Annotated[Query, Body()]) -> Response:
    """Run a query and return its rows, or why it failed. It runs in its own thread, so other requests do not wait."""
    asker, accept = reader(store, request.headers.get("authorization")), request.headers.get("accept", "")
    accepts_problem = "application/problem+json" in accept
    settings = Settings.of(store.settings)
    try:
        zone = query.timezone and ZoneInfo(query.timezone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if settings.query_bad_timezone_status == 400:
            return failure(store, f"Unknown timezone {query.timezone!r}", accepts_problem=accepts_problem)
        raise InvalidError("timezone", "unknown timezone", query.timezone) from None
    tables = rows_of(store, asker.project, query)
    try:
        found = engine.run(query.sql, tables, query.limit or settings.query_default_limit, zone, query.explain)
    except engine.QueryError as error:
        return failure(store, str(error), accepts_problem=accepts_problem)
    if ARROW in accept:
        return Response(found.as_arrow(), media_type=ARROW)
    if CSV in accept:
        return Response(found.as_csv(), media_type=CSV)
    answer: dict[str, Any] = {"data": found.rows(), **found.plans}
    if query.include_schema:
        fields = found.fields(by_name=settings.query_data_types == "name")
        answer["schema"] = {"fields": fields, "metadata": {}}
    return JSONResponse(answer)


@router.get("/v1/read-token-info", response_model=ReadTokenInfo)
async def read_token_info(store: StoreDep, request: Request) -> dict[str, str]:
    """Get the organization and project of a read token."""
    asker = reader(store, request.headers.get("authorization"))
    if asker.is_key and not Settings.of(store.settings).token_info_answers_keys:
        raise UnauthorizedError("Invalid token")
    return {"organization_name": store.state.organization.name, "project_name": asker.project.project_name}


@router.get("/v1/info", response_model=WriteTokenInfo)
async def write_token_info(store: StoreDep, request: Request) -> dict[str, str]:
    """Get the organization and project of a write token."""
    for project in living(store, tokens.WRITE_TOKENS, token_in(store, request.headers.get("authorization"))):
        place = f"{request.base_url}{store.state.organization.name}/{project.project_name}"
        return {"project_name": project.project_name, "project_url": place}
    raise UnauthorizedError("Invalid token")


KIND = Kind(settings=Settings, collections=(RECORDS, METRICS), routers=(), data_routers=(router,))
