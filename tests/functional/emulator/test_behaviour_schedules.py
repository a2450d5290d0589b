# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Delivery schedules: no list, names that need not be unique, times with seconds, and what becomes of their users."""

from typing import TYPE_CHECKING, Any

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

PATH = "schedules/"
WINDOW = {"days": [5, 1], "start_time": "09:00", "end_time": "18:00:30"}
HOURS: dict[str, Any] = {"label": "Office hours", "timezone": "Europe/London", "windows": [WINDOW]}


def test_life(api: Api) -> None:
    """A change is partial; a second one of the name is fine."""
    made = api.ok("POST", PATH, HOURS)
    assert made.keys() == {"id", "organization_id", "label", "timezone", "windows", "created_at", "updated_at"}
    assert made["windows"] == [{"days": [5, 1], "start_time": "09:00:00", "end_time": "18:00:30"}]
    assert made["updated_at"] is None
    assert api.ok("POST", PATH, HOURS)["id"] != made["id"]
    path = f"{PATH}{made['id']}/"
    changed = api.ok("PUT", path, {"timezone": "UTC"})
    assert changed == {**made, "timezone": "UTC", "updated_at": changed["updated_at"]}
    assert api.ok("GET", path) == changed
    assert api.call("DELETE", path).status_code == 204
    gone = api.call("GET", path)
    assert (gone.status_code, gone.json()["detail"]) == (404, "No schedule with that ID in this organization.")


@pytest.mark.parametrize("status", [404, 405])
def test_there_is_no_list(api: Api, emulator: "RunningEmulator", status: int) -> None:
    """How it is refused is not known."""
    emulator.settings.patch({"schedule_list_status": status})
    assert api.call("GET", PATH).status_code == status


@pytest.mark.parametrize(
    "change",
    [
        {"label": ""},
        {"timezone": "Nowhere/Special"},
        {"windows": []},
        {"windows": None},
        {"windows": [{**WINDOW, "days": []}]},
        {"windows": [{**WINDOW, "days": [1, 1]}]},
        {"windows": [{**WINDOW, "days": [8]}]},
        {"windows": [{**WINDOW, "start_time": "9:00"}]},
        {"windows": [{**WINDOW, "end_time": "24:00"}]},
    ],
)
def test_refused(api: Api, change: dict[str, Any]) -> None:
    """In a creation and in a change."""
    assert api.call("POST", PATH, {**HOURS, **change}).status_code == 422
    made = api.ok("POST", PATH, HOURS)
    assert api.call("PUT", f"{PATH}{made['id']}/", change).status_code == 422


def test_users_of_a_schedule_that_is_deleted(api: Api, emulator: "RunningEmulator") -> None:
    """Their channels stay, and are notified at all times."""
    made = api.ok("POST", PATH, HOURS)
    emulator.store.load({**emulator.store.snapshot(), "channels": ["ops"], "projects": ["shop"]})
    (channel,) = api.ok("GET", "channels/")
    (project,) = api.ok("GET", "projects/")
    assignment = {"channel_id": channel["id"], "schedule_id": made["id"]}
    body = {"name": "a", "description": "", "query": "SELECT 1", "time_window": "PT5M", "frequency": "PT5M"}
    body |= {"watermark": "PT10S", "notify_when": "has_matches"}
    path = f"projects/{project['id']}/alerts/"
    api.ok("POST", path, {**body, "channel_assignments": [assignment]})
    api.ok("DELETE", f"{PATH}{made['id']}/")
    (alert,) = api.ok("GET", path)
    assert alert["channel_assignments"] == [{**assignment, "schedule_id": None}]
    api.ok("POST", path, {**body, "channel_assignments": [assignment]})  # whether that is refused is not known
    for status in (404, 422):
        emulator.settings.patch({"unknown_schedule_status": status})
        assert api.call("POST", path, {**body, "channel_assignments": [assignment]}).status_code == status


def test_other_readings(api: Api, emulator: "RunningEmulator") -> None:
    """Of the order of days, and of a night."""
    night = {**WINDOW, "start_time": "22:00", "end_time": "06:00"}
    assert api.ok("POST", PATH, {**HOURS, "windows": [night]})["windows"][0]["days"] == [5, 1]
    emulator.settings.patch({"schedule_days": "sorted", "schedule_overnight_status": 422})
    assert api.ok("POST", PATH, HOURS)["windows"][0]["days"] == [1, 5]
    assert api.call("POST", PATH, {**HOURS, "windows": [night]}).status_code == 422
