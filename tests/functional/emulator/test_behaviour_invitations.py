# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Invitations: the link alone in the answer, and the id of the role in the list."""

from typing import TYPE_CHECKING

import pytest
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator


def test_creation_and_list(emulator: "RunningEmulator", api: Api) -> None:
    emulator.store.load({"members": [{"email": "ada@example.com", "role": "admin"}]})
    made = api.ok("POST", "invitations/", {"role": "admin", "expiration": "2099-01-01T00:00:00Z"})
    assert set(made) == {"invite_url"}
    (listed,) = api.ok("GET", "invitations/")
    (ada,) = api.ok("GET", "members/")
    assert listed["invite_url"] == made["invite_url"]
    assert (listed["role_id"], listed["usage_count"], listed["max_usage_count"]) == (ada["role_id"], 0, 1)
    assert listed["expiration"] == "2099-01-01T00:00:00Z"


@pytest.mark.parametrize("body", [{}, {"role": "auditor"}, {"role": "guest", "expiration": None}])
def test_what_is_refused(api: Api, body: dict[str, str | None]) -> None:
    assert api.call("POST", "invitations/", body).status_code == 422


@pytest.mark.parametrize(("lifetime", "ends"), [(None, False), ("P7D", True)])
def test_an_end_of_its_own(emulator: "RunningEmulator", api: Api, lifetime: str | None, ends: bool) -> None:
    emulator.settings.patch({"invitation_lifetime": lifetime})
    api.ok("POST", "invitations/", {"role": "guest"})
    assert (api.ok("GET", "invitations/")[0]["expiration"] is not None) is ends
