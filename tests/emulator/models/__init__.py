# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies and answers of the API, named as the published document names them.

Typed dictionaries where "left out" must stay apart from null and from a default; models elsewhere. Both drop members
that they do not know, as the service does, but for definitions of dashboards, where a setting decides.
"""
