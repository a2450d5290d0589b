# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same examples in every run, on machines of any speed; no test in which ansible-core tells of a deprecation."""

from __future__ import annotations

import pytest
from ansible.module_utils.common.warnings import get_deprecation_messages
from hypothesis import settings

settings.register_profile("logfire", deadline=None, derandomize=True, database=None)
settings.load_profile("logfire")


@pytest.fixture(autouse=True)
def no_deprecation():
    before = get_deprecation_messages()
    yield
    assert get_deprecation_messages() == before
