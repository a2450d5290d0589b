# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage and billing: ranges, days and months, projects and pages."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

SHOP = "11111111-1111-4111-8111-111111111111"
DAYS = ("2026-01-31", "2026-02-01", "2026-02-28")


@pytest.fixture(autouse=True)
def used(emulator: "RunningEmulator") -> None:
    """Two projects, three days."""
    usage = [{"date": day, "records_count": 2, "metrics_count": 1} for day in DAYS]
    emulator.store.load({"projects": [{"id": SHOP, "project_name": "shop", "usage": usage}, {"project_name": "web"}]})


def read(api: Api, path: str, start: str, end: str, **more: Any) -> Any:
    """A report."""
    return api.ok("GET", f"usage/{path}/", params={"start_date": start, "end_date": end, **more})


@pytest.mark.parametrize("path", ["daily", f"projects/{SHOP}/daily", "projects/daily"])
@pytest.mark.parametrize("included", [True, False])
def test_by_day(emulator: "RunningEmulator", api: Api, path: str, included: bool) -> None:
    """The last day is part of the range, or not."""
    emulator.settings.patch({"usage_end_included": included})
    report = read(api, path, DAYS[0], DAYS[2])
    assert sorted(row["date"] for row in report["usage"]) == list(DAYS if included else DAYS[:2])
    assert report.get("total_observations", report.get("total", 0) * 3) == 3 * len(report["usage"])


@pytest.mark.parametrize("path", ["monthly", f"projects/{SHOP}/monthly", "projects/monthly"])
@pytest.mark.parametrize(("form", "dates"), [("first", ["2026-02-01"]), ("last", ["2026-01-31", "2026-02-28"])])
def test_by_month(emulator: "RunningEmulator", api: Api, path: str, form: str, dates: list[str]) -> None:
    """A month is as long as the day that stands for it lies in the range."""
    emulator.settings.patch({"usage_month_date": form})
    report = read(api, path, DAYS[0], DAYS[2])
    assert sorted(row["date"] for row in report["usage"]) == dates
    assert max(row["records_count"] for row in report["usage"]) == 4


def test_pages(api: Api) -> None:
    """Of the one report that has them."""
    first = read(api, "projects/daily", DAYS[0], DAYS[2], limit=2)
    rest = read(api, "projects/daily", DAYS[0], DAYS[2], limit=2, offset=2)
    assert (len(first["usage"]), len(rest["usage"]), rest["total"]) == (2, 1, 3)
    assert rest["usage"][0]["project_name"] == "shop"


@pytest.mark.parametrize(
    ("path", "end", "refused"),
    [
        ("daily", "2026-05-01", False),
        ("daily", "2026-05-02", True),
        (f"projects/{SHOP}/daily", "2026-05-02", True),
        ("projects/daily", "2026-05-02", False),
        ("projects/daily", "2026-05-03", True),
        ("monthly", "2029-01-01", False),
    ],
)
@pytest.mark.parametrize("status", [400, 422])
def test_lengths(emulator: "RunningEmulator", api: Api, path: str, end: str, refused: bool, status: int) -> None:
    """Three months, ninety days, or any."""
    emulator.settings.patch({"usage_range_status": status})
    answer = api.call("GET", f"usage/{path}/", params={"start_date": "2026-02-01", "end_date": end})
    assert answer.status_code == (status if refused else 200)


def test_days_without_usage(emulator: "RunningEmulator", api: Api) -> None:
    """They may have a row."""
    emulator.settings.patch({"usage_empty_days": True})
    assert len(read(api, "daily", DAYS[0], DAYS[1])["usage"]) == 2
    assert len(read(api, "daily", "2026-03-01", "2026-03-05")["usage"]) == 5


def test_billing(emulator: "RunningEmulator", api: Api) -> None:
    """This month, and others."""
    today = datetime.now(UTC).date()
    usage = [{"date": today.isoformat(), "records_count": 11_000_000, "metrics_count": 1}]
    emulator.store.load({"projects": [{"project_name": "shop", "usage": usage}]})
    bill = api.ok("GET", "billing/usage/")
    assert bill["billing_period"]["start"] == today.replace(day=1).isoformat()
    assert bill["usage"]["billable_observations"] == 1_000_001
    assert bill["cost"]["total_cost"] > 0
    assert api.ok("GET", "billing/usage/", params={"periodOffset": -1})["usage"]["total_observations"] == 0
    assert api.call("GET", "billing/usage/", params={"periodOffset": -3}).status_code == 422
