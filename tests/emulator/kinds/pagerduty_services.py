# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services of PagerDuty, which an integration knows. They are looked up one at a time, and only seeds make them.

Not in the published document; the vendor's Terraform provider has the route, its parameters and its answers.
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
    """Open questions about services of PagerDuty."""

    pagerduty_subdomain_case: Literal["any", "exact"] = Field(
        default="exact", description="of the subdomain of an account that is looked up (stand-in)"
    )


# What is stored


class PagerdutyService(Record):
    """A service; its id is Logfire's."""

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


# Answers


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
    """The service of that id, account and region."""
    any_case = Settings.of(store.settings).pagerduty_subdomain_case == "any"

    def account(name: str) -> str:
        return name.casefold() if any_case else name

    for each in SERVICES.of(store.state).values():
        own = (each.pagerduty_service_id, each.region, account(each.account_subdomain))
        if own == (pagerduty_service_id, region, account(account_subdomain)):
            return {**dict(each), "service_id": each.id}
    raise NotFoundError(SERVICES.missing)


KIND = Kind(settings=Settings, collections=(SERVICES,), routers=(router,))
