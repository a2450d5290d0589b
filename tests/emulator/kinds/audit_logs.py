# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit log. It is read-only, and does not record changes in the emulator: entries are seeded.

Known: a range includes its start and excludes its end, it has at most 90 days, and there is no pagination. The vendor's
client writes blanks where RFC 3339 has none. Actions are those of the document and of the vendor's client. Seeds can
have others.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Security
from pydantic import BaseModel, BeforeValidator, Field

from ..answers import AnswerRoute
from ..errors import ApiError, BadRequestError
from ..kind import Kind
from ..models import RATE_LIMITED, FirstChoiceDocumented, JSONBData, View
from ..records import Collection, Record
from ..security import Caller, StoreDep, authenticate
from ..shared_settings import SharedSettings
from ..store import Store

LONGEST = timedelta(days=90)


class Settings(SharedSettings):
    """Open questions about the audit log."""

    audit_log_plan_status: Literal[402, 403] | None = Field(
        default=None, description="status if the plan does not include the audit log; null: it does (stand-in)"
    )


# Stored data


class AuditLog(Record):
    """An entry."""

    action: str
    project_name: str | None = None
    user_name: str | None = None
    resource_type: str | None = None
    record_id: UUID | None = None
    ip_address: IPv4Address | IPv6Address | None = None
    metadata: dict[str, JSONBData] | None = None


AUDIT_LOGS = Collection("audit_logs", AuditLog, "Audit log not found", naming="action")


# Parameters and responses

Action = Literal[
    "INSERT",
    "UPDATE",
    "DELETE",
    "VIEW",
    "LOGIN",
    "FAILED_LOGIN",
    "LOGOUT",
    "CLAIM_INVITATION",
    "REVOKE_INVITATION",
    "VERIFY",
    "SSO_SIGN_IN_ATTEMPT",
]


def _joined(value: Any) -> Any:
    """Return a time such as ``2026-01-01 00:00:00 +00:00`` in the form of RFC 3339."""
    return "T".join(value.split(" ", 1)).replace(" ", "") if isinstance(value, str) else value


Moment = Annotated[datetime, BeforeValidator(_joined)]


class AuditLogInfoRead(BaseModel):
    """An entry in the list."""

    id: UUID
    created_at: datetime
    organization_name: str | None
    project_name: str | None
    user_name: str | None
    action: Annotated[Action | str, FirstChoiceDocumented()]
    resource_type: str | None
    record_id: UUID | None
    ip_address: IPv4Address | IPv6Address | None


class AuditLogDetailRead(AuditLogInfoRead):
    """An entry by its ID."""

    metadata: dict[str, JSONBData] | None


# Rules


def between(store: Store, start: datetime, end: datetime | None, action: str | None) -> list[AuditLog]:
    """Return the entries of a range."""
    status = Settings.of(store.settings).audit_log_plan_status
    if status:
        raise ApiError(status, "Audit logs are not available on your plan")
    start, end = _aware(start), _aware(end or store.clock.now())
    if end - start > LONGEST:
        raise BadRequestError("The time range cannot exceed 90 days")
    return [
        each
        for each in store.arranged(AUDIT_LOGS.of(store.state).values())
        if start <= each.created_at < end and action in (None, each.action)
    ]


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def view(store: Store, entry: AuditLog) -> View:
    """Return an entry as in responses."""
    return {**dict(entry), "organization_name": store.state.organization.name}


# Routes

router = APIRouter(prefix="/v1/audit-logs", tags=["Audit Logs"], responses=RATE_LIMITED, route_class=AnswerRoute)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:auditlog"])]


@router.get("/", response_model=list[AuditLogInfoRead])
async def list_audit_logs(
    store: StoreDep,
    caller: CanRead,
    start_time: Annotated[Moment, Query()],
    end_time: Annotated[Moment | None, Query()] = None,
    action: Annotated[Action | None, Query()] = None,
) -> list[View]:
    """List the entries of a range."""
    return [view(store, each) for each in between(store, start_time, end_time, action)]


@router.get("/{audit_log_id}/", response_model=AuditLogDetailRead)
async def get_audit_log(store: StoreDep, caller: CanRead, audit_log_id: UUID) -> View:
    """Get an entry with its changes."""
    return view(store, AUDIT_LOGS.find(store.state, audit_log_id))


KIND = Kind(settings=Settings, collections=(AUDIT_LOGS,), routers=(router,))
