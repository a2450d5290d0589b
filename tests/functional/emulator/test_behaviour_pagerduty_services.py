# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Services of PagerDuty: found by three words, or not."""

from typing import TYPE_CHECKING

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PATH = "integrations/pagerduty/services/PABC123/"


@pytest.fixture(autouse=True)
def service(emulator: "RunningEmulator") -> None:
    """One of the region us."""
    emulator.store.load({"pagerduty_services": ["PABC123"]})


def test_found(api: Api) -> None:
    """The region is us if none is given."""
    found = api.ok("GET", PATH, params={"account_subdomain": "acme"})
    assert found.keys() == {"install_id", "service_id", "pagerduty_service_id", "service_name"}
    assert api.ok("GET", PATH, params={"account_subdomain": "acme", "region": "us"}) == found


@pytest.mark.parametrize("query", [{"account_subdomain": "other"}, {"account_subdomain": "acme", "region": "eu"}])
def test_not_found(api: Api, query: dict[str, str]) -> None:
    """In another account, or region."""
    answer = api.call("GET", PATH, params=query)
    assert (answer.status_code, answer.json()) == (404, {"detail": "PagerDuty service not found."})


def test_the_account_is_needed(api: Api) -> None:
    """And what is not a region is refused."""
    assert api.call("GET", PATH).status_code == 422
    assert api.call("GET", PATH, params={"account_subdomain": "acme", "region": "mars"}).status_code == 422


@pytest.mark.parametrize(("case", "status"), [("any", 200), ("exact", 404)])
def test_the_case_of_an_account(emulator: "RunningEmulator", api: Api, case: str, status: int) -> None:
    """It may matter."""
    emulator.settings.patch({"pagerduty_subdomain_case": case})
    assert api.call("GET", PATH, params={"account_subdomain": "Acme"}).status_code == status
