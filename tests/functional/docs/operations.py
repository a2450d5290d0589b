# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Operations of the modules, named as in the tables of the guides, and an organization for them."""

from typing import Any

Json = dict[str, Any]

SHOP = "11111111-1111-4111-8111-111111111111"
OPS = "22222222-2222-4222-8222-222222222222"
TOKEN = "pylf_v1_local_seededtoken0123456789"
MAIL = {"type": "email", "recipients": ["ops@example.com"]}
SPEC = {"display": {"name": "Overview"}, "panels": {}, "layouts": [], "variables": []}
DEFINITION = {"kind": "Dashboard", "metadata": {"name": "Overview", "project": "shop"}, "spec": SPEC}
SLO = "33333333-3333-4333-8333-333333333333"
HOURS = "44444444-4444-4444-8444-444444444444"
NEW_SLO = {
    "scope_value": "checkout",
    "total_query": "true",
    "bad_query": "is_exception",
    "target_percent": "99.9",
    "rolling_window": "30d",
    "alerts": {"fast": {"channels": ["ops"]}},
}
NEW_ALERT = {"query": "SELECT 1", "time_window": "5m", "frequency": "1m", "channels": ["ops"]}
ADMIN = {"organization_name": "globex", "role": "admin"}
ORGANIZATION: Json = {
    "api_keys": [{"name": "pipeline", "scopes": ["project:read"]}],
    "members": [{"email": "ada@example.com", "role": "admin"}, {"email": "bob@example.com", "role": "member"}],
    "invitations": [{"role": "member"}],
    "pagerduty_services": ["PABC123"],
    "gateway_providers": ["openai"],
    "schedules": [{"id": HOURS, "label": "Office hours"}],
    "organizations": ["globex"],
    "channels": [{"id": OPS, "label": "ops", "config": MAIL}],
    "projects": [
        {
            "id": SHOP,
            "project_name": "shop",
            "write_tokens": [TOKEN],
            "read_tokens": [{"token": f"{TOKEN}read"}],
            "alerts": [
                {"name": "errors", "channels": ["ops"]},
                {"name": "uptime (fast)", "slo_id": SLO, "slo_tier": 1, "channels": ["ops"]},
            ],
            "dashboards": [{"slug": "overview", "name": "Overview", "definition": DEFINITION}],
            "variables": ["config"],
            "slos": [{"id": SLO, "name": "uptime"}],
        }
    ],
}

NOTHING, CREATE, CHANGE, REMOVE, READ = "nothing to change", "create", "change", "remove", "read"
#: Module, operation, and the options of the operation.
OPERATIONS: list[tuple[str, str, Json]] = [
    ("logfire_project", NOTHING, {"name": "shop"}),
    ("logfire_project", CREATE, {"name": "web"}),
    ("logfire_project", CHANGE, {"name": "shop", "description": "The shop"}),
    ("logfire_project", REMOVE, {"name": "shop", "state": "absent"}),
    ("logfire_channel", NOTHING, {"name": "ops"}),
    ("logfire_channel", CREATE, {"name": "mail", "config": MAIL}),
    ("logfire_channel", CHANGE, {"name": "ops", "active": False}),
    ("logfire_channel", REMOVE, {"name": "ops", "state": "absent"}),
    *(
        (f"logfire_token, {kind}", what, {"project": "shop", "type": kind, **options})
        for kind, token in (("write", TOKEN), ("read", f"{TOKEN}read"))
        for what, options in (
            (NOTHING, {"token": token}),
            (CREATE, {"token": ""}),
            (CHANGE, {"token": token, "expires_in": "90d"}),
            (REMOVE, {"token": token, "state": "absent"}),
        )
    ),
    ("logfire_api_key", NOTHING, {"name": "pipeline"}),
    ("logfire_api_key", CREATE, {"name": "new", "scopes": ["organization:read_api_key"]}),
    ("logfire_api_key", CHANGE, {"name": "pipeline", "description": "Applies it"}),
    ("logfire_api_key", REMOVE, {"name": "pipeline", "state": "absent"}),
    ("logfire_invitation", NOTHING, {"role": "member"}),
    ("logfire_invitation", CREATE, {"role": "admin"}),
    ("logfire_alert", NOTHING, {"project": "shop", "name": "errors", "channels": ["ops"]}),
    ("logfire_alert", CREATE, {"project": "shop", "name": "slow", **NEW_ALERT}),
    ("logfire_alert", CHANGE, {"project": "shop", "name": "errors", "channels": ["ops"], "active": False}),
    ("logfire_alert", REMOVE, {"project": "shop", "name": "errors", "state": "absent"}),
    ("logfire_dashboard", NOTHING, {"project": "shop", "slug": "overview", "definition": DEFINITION}),
    ("logfire_dashboard", CREATE, {"project": "shop", "slug": "new", "name": "New", "definition": DEFINITION}),
    ("logfire_dashboard", CHANGE, {"project": "shop", "slug": "overview", "name": "At a glance"}),
    ("logfire_dashboard", REMOVE, {"project": "shop", "slug": "overview", "state": "absent"}),
    ("logfire_variable", NOTHING, {"project": "shop", "name": "config"}),
    ("logfire_variable", CREATE, {"project": "shop", "name": "new"}),
    ("logfire_variable", CHANGE, {"project": "shop", "name": "config", "description": "Settings"}),
    ("logfire_variable", REMOVE, {"project": "shop", "name": "config", "state": "absent"}),
    ("logfire_slo", NOTHING, {"project": "shop", "name": "uptime", "alerts": {"fast": {"channels": ["ops"]}}}),
    ("logfire_slo", CREATE, {"project": "shop", "name": "new", **NEW_SLO}),
    ("logfire_slo", CHANGE, {"project": "shop", "name": "uptime", "alerts": {"slow": {"channels": ["ops"]}}}),
    ("logfire_slo", REMOVE, {"project": "shop", "name": "uptime", "state": "absent"}),
    ("logfire_schedule, by ID", NOTHING, {"id": HOURS}),
    ("logfire_schedule, by ID", CHANGE, {"id": HOURS, "timezone": "Europe/London"}),
    ("logfire_schedule, by ID", REMOVE, {"id": HOURS, "state": "absent"}),
    ("logfire_gateway_provider", NOTHING, {"slug": "openai"}),
    (
        "logfire_gateway_provider",
        CREATE,
        {"slug": "other", "vendor": "mistral", "api_key": "canary-of-a-vendor-0123456789"},
    ),
    ("logfire_gateway_provider", CHANGE, {"slug": "openai", "require_pricing": False}),
    ("logfire_gateway_provider", REMOVE, {"slug": "openai", "state": "absent"}),
    ("logfire_organization", NOTHING, {"name": "globex"}),
    ("logfire_organization", CREATE, {"name": "hooli"}),
    ("logfire_organization", CHANGE, {"name": "globex", "location": "Springfield"}),
    ("logfire_organization", REMOVE, {"name": "globex", "state": "absent", "confirm_deletion": "globex"}),
    ("logfire_group_mappings", NOTHING, {"mappings": []}),
    ("logfire_group_mappings", CHANGE, {"mappings": [{"group_id": "ops", "organization_roles": [ADMIN]}]}),
    ("logfire_member", NOTHING, {"email": "ada@example.com"}),
    ("logfire_member", CHANGE, {"email": "bob@example.com", "role": "guest"}),
    ("logfire_project_info", READ, {}),
    ("logfire_channel_info", READ, {}),
    ("logfire_schedule_info, by ID", READ, {"id": HOURS}),
    ("logfire_gateway_provider_info", READ, {}),
    ("logfire_member_info", READ, {}),
    ("logfire_organization_info", READ, {}),
    ("logfire_group_mappings_info", READ, {}),
    ("logfire_token_info, write", READ, {"project": "shop", "type": "write"}),
    ("logfire_token_info, read", READ, {"project": "shop", "type": "read"}),
    ("logfire_token_info", READ, {"project": "shop"}),
    ("logfire_api_key_info", READ, {}),
    ("logfire_invitation_info", READ, {}),
    ("logfire_alert_info", READ, {"project": "shop"}),
    ("logfire_dashboard_info", READ, {"project": "shop"}),
    ("logfire_variable_info", READ, {"project": "shop"}),
    ("logfire_slo_info", READ, {"project": "shop"}),
    ("logfire_pagerduty_service_info", READ, {"service_id": "PABC123", "account_subdomain": "acme"}),
    ("logfire_audit_log_info", READ, {"start_time": "7d"}),
    ("logfire_usage_info", READ, {"start": "30d"}),
    ("logfire_usage_info, of a project", READ, {"start": "30d", "project": "shop"}),
    ("logfire_stack_info", READ, {}),
    (
        "logfire_stack",
        NOTHING,
        {
            "channels": [{"name": "ops"}],
            "projects": [
                {
                    "name": "shop",
                    "alerts": [{"name": "errors", "channels": ["ops"]}],
                    "dashboards": [{"slug": "overview"}],
                }
            ],
        },
    ),
    (
        "logfire_stack",
        CHANGE,
        {
            "channels": [{"name": "ops", "active": False}],
            "projects": [
                {
                    "name": "shop",
                    "description": "The shop",
                    "alerts": [{"name": "errors", "active": False}],
                    "dashboards": [{"slug": "overview", "name": "At a glance"}],
                },
                {
                    "name": "web",
                    "alerts": [{"name": "errors", **NEW_ALERT}],
                    "dashboards": [{"slug": "overview", "name": "Overview", "definition": DEFINITION}],
                },
            ],
        },
    ),
]
