# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audit log: what is in it, ranges, plans."""

from typing import TYPE_CHECKING

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ENTRIES = [
    {"action": "DELETE", "created_at": "2026-01-01T00:00:00Z", "metadata": {"name": "shop"}, "ip_address": "::1"},
    {"action": "INSERT", "created_at": "2026-02-01T00:00:00Z"},
]


@pytest.fixture(autouse=True)
def entries(emulator: "RunningEmulator") -> None:
    """Two entries, a month apart."""
    emulator.store.load({"audit_logs": ENTRIES})


@pytest.mark.parametrize(
    ("end", "actions"),
    [("2026-02-01T00:00:00Z", ["DELETE"]), ("2026-02-01T00:00:01Z", ["DELETE", "INSERT"])],
)
def test_the_start_is_in_and_the_end_is_not(api: Api, end: str, actions: list[str]) -> None:
    """Seen from both sides."""
    listed = api.ok("GET", "audit-logs/", params={"start_time": "2026-01-01 00:00:00 +00:00", "end_time": end})
    assert sorted(each["action"] for each in listed) == actions
    assert all("metadata" not in each for each in listed)


def test_one_action(api: Api) -> None:
    """And one that nobody knows."""
    query = {"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-03-01T00:00:00Z", "action": "INSERT"}
    [entry] = api.ok("GET", "audit-logs/", params=query)
    assert (entry["action"], entry["organization_name"], entry["user_name"]) == ("INSERT", "acme", None)
    assert api.call("GET", "audit-logs/", params={**query, "action": "NOTHING"}).status_code == 422


def test_ninety_days_at_most(api: Api) -> None:
    """Without an end until now."""
    query = {"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-04-01T00:00:01Z"}
    assert api.call("GET", "audit-logs/", params=query).status_code == 400
    assert api.call("GET", "audit-logs/", params={"start_time": "2020-01-01T00:00:00Z"}).status_code == 400
    assert api.call("GET", "audit-logs/", params={"end_time": "2020-01-01T00:00:00Z"}).status_code == 422


def test_one_entry(api: Api) -> None:
    """With what changed."""
    query = {"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-02-01T00:00:00Z"}
    [entry] = api.ok("GET", "audit-logs/", params=query)
    assert api.ok("GET", f"audit-logs/{entry['id']}/") == {**entry, "metadata": {"name": "shop"}}
    assert api.call("GET", "audit-logs/0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11/").status_code == 404


@pytest.mark.parametrize("status", [402, 403])
def test_not_in_the_plan(emulator: "RunningEmulator", api: Api, status: int) -> None:
    """Then there is none."""
    emulator.settings.patch({"audit_log_plan_status": status})
    assert api.call("GET", "audit-logs/", params={"start_time": "2026-01-01T00:00:00Z"}).status_code == status
