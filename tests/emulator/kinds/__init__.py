# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One file for each kind: settings, stored data, defaults of seeds, bodies, rules and routes.

To add a kind, add its file, and its name here, after the kinds that it refers to or is contained in.
"""

from . import (
    alerts,
    api_keys,
    audit_logs,
    channels,
    dashboards,
    gateway_providers,
    group_mappings,
    invitations,
    members,
    organizations,
    pagerduty_services,
    projects,
    schedules,
    slos,
    telemetry,
    tokens,
    usage,
    variables,
)

KINDS = tuple(
    module.KIND
    for module in (
        *(schedules, channels, projects, tokens, alerts, slos, dashboards, members, api_keys, invitations, variables),
        *(telemetry, audit_logs, usage, pagerduty_services, gateway_providers, organizations, group_mappings),
    )
)
