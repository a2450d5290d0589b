# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services of a PagerDuty integration. They can be read one at a time, and come only from seeds.

They are not in the published document. The source is the vendor's Terraform provider.
"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Security
from pydantic import BaseModel, Field

from ..answers import AnswerRoute
from ..errors import NotFoundError
from ..kind import Kind
from ..models import RATE_LIMITED, View
from ..records import Collection, Raw, Record
from ..security import Caller, StoreDep, authenticate
from ..seeding import Seeding
from ..shared_settings import SharedSettings


class Settings(SharedSettings):
    """Open questions about PagerDuty services."""

    pagerduty_subdomain_case: Literal["any", "exact"] = Field(
        default="exact", description="case of the subdomain in requests (stand-in)"
    )


# Stored data


class PagerdutyService(Record):
    """A service. Its ID is that of Logfire."""

    pagerduty_service_id: str
    account_subdomain: str = "acme"
    region: str = "us"
    install_id: UUID
    service_name: str = "Service"


def _complete(seeding: Seeding, record: Raw, holder: Raw) -> None:
    if "install_id" not in record:
        record["install_id"] = seeding.ids.new()


SERVICES = Collection(
    "pagerduty_services",
    PagerdutyService,
    "PagerDuty service not found.",
    naming="pagerduty_service_id",
    complete=_complete,
)


# Responses


class PagerDutyServiceRead(BaseModel):
    """A service."""

    install_id: UUID
    service_id: UUID
    pagerduty_service_id: str
    service_name: str


# Routes

router = APIRouter(
    prefix="/v1/integrations/pagerduty", tags=["PagerDuty"], responses=RATE_LIMITED, route_class=AnswerRoute
)

CanRead = Annotated[Caller, Security(authenticate, scopes=["organization:read_channel"])]
Word = Annotated[str, Query(min_length=1, max_length=255)]


@router.get("/services/{pagerduty_service_id}/", response_model=PagerDutyServiceRead)
async def get_pagerduty_service(
    store: StoreDep,
    caller: CanRead,
    pagerduty_service_id: str,
    account_subdomain: Word,
    region: Literal["us", "eu"] = "us",
) -> View:
    """Get the service with this ID, account and region."""
    any_case = Settings.of(store.settings).pagerduty_subdomain_case == "any"

    def account(name: str) -> str:
        return name.casefold() if any_case else name

    for each in SERVICES.of(store.state).values():
        own = (each.pagerduty_service_id, each.region, account(each.account_subdomain))
        if own == (pagerduty_service_id, region, account(account_subdomain)):
            return {**dict(each), "service_id": each.id}
    raise NotFoundError(SERVICES.missing)


KIND = Kind(settings=Settings, collections=(SERVICES,), routers=(router,))
