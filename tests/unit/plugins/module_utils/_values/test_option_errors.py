# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several errors of options keep a remark where it belongs."""

from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import (
    MissingSecret,
    OptionError,
    OptionErrors,
)


def test_a_remark_stands_at_the_end_once() -> None:
    several = OptionErrors([OptionError("name", "is empty"), MissingSecret("url", "is missing")]).noting(". Why?")
    assert str(several) == "2 problems: (1) name: is empty (2) url: is missing. Why?"
    assert isinstance(several, OptionErrors) and isinstance(several.errors[1], MissingSecret)
