# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specs of the modules, as they pass them to Ansible, and valid options for each module."""

import copy
import importlib
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from harness import COLLECTION
from organizations import Options, alert, dashboard, slo, webhook

from ansible_collections.community.logfire.plugins.module_utils._tasks import module as task_module
from ansible_collections.community.logfire.plugins.module_utils._tasks.connection import connection_options

#: A read token of the project shop.
READ_TOKEN = "pylf_v1_local_readtokenofshop0123456789"
PAGER: Options = {"name": "pager", "config": webhook("pager")}
OVERRIDE: Options = {"conditions": [{"kind": "key-is-present", "attribute": "plan"}], "rollout": {}}
WINDOW: Options = {"days": ["sat", "sun"], "start": "00:00", "end": "23:59"}
LINK: Options = {"url": "https://globex.example.com", "icon": "globe", "name": "Site"}
PROJECT_ROLE: Options = {"project_name": "shop", "role": "write"}
ROLE: Options = {"organization_name": "acme", "role": "member", "project_roles": [PROJECT_ROLE]}
MAPPING: Options = {"group_id": "engineers", "organization_roles": [ROLE]}
#: Options that create an object, by module, if the project shop and the channel ops exist.
WHOLE: dict[str, Options] = {
    "logfire_project": {"name": "web"},
    "logfire_channel": PAGER,
    "logfire_alert": {"project": "shop", **alert("Errors", "ops")},
    "logfire_member": {"email": "ann@example.com", "role": "member"},
    "logfire_member_info": {},
    "logfire_dashboard": {"project": "shop", **dashboard("new")},
    "logfire_variable": {"project": "shop", "name": "config", "overrides": [OVERRIDE]},
    "logfire_variable_info": {"project": "shop"},
    "logfire_slo": {"project": "shop", **slo("Uptime", "ops")},
    "logfire_slo_info": {"project": "shop"},
    "logfire_token": {"project": "shop"},
    "logfire_api_key": {
        "name": "assistant",
        "scopes": ["project:gateway_proxy"],
        "project": "shop",
        "gateway": {"spending_limit_daily": "10"},
    },
    "logfire_gateway_provider": {"slug": "openai", "vendor": "openai", "api_key": "canary-of-a-vendor-0123456789"},
    "logfire_gateway_provider_info": {},
    "logfire_schedule": {
        "name": "Weekend",
        "timezone": "UTC",
        "windows": [WINDOW],
    },
    "logfire_schedule_info": {},
    "logfire_group_mappings": {"mappings": [MAPPING]},
    "logfire_group_mappings_info": {},
    "logfire_organization": {"name": "globex", "links": [LINK]},
    "logfire_organization_info": {},
    "logfire_invitation": {"role": "member"},
    "logfire_query": {"sql": "SELECT 1", "min_timestamp": "1h", "read_token": READ_TOKEN},
    "logfire_stack": {"channels": [PAGER], "projects": [{"name": "web", "alerts": [alert("Down", "pager")]}]},
    "logfire_project_info": {},
    "logfire_channel_info": {},
    "logfire_alert_info": {"project": "shop"},
    "logfire_dashboard_info": {"project": "shop"},
    "logfire_token_info": {"project": "shop"},
    "logfire_api_key_info": {},
    "logfire_invitation_info": {},
    "logfire_audit_log_info": {"start_time": "7d"},
    "logfire_pagerduty_service_info": {"service_id": "PABC123", "account_subdomain": "acme"},
    "logfire_usage_info": {"start": "30d", "project": "shop"},
    "logfire_stack_info": {},
}
#: Items of lists, for options of items that WHOLE lacks. Other options are dictionaries.
ITEMS: dict[str, Options] = {
    "channel_assignments": {"channel": "ops"},
    "dashboards": dashboard("new"),
    "members": {"email": "ann@example.com"},
    "schedules": {"name": "Weekend"},
    "windows": WINDOW,
    "variables": {"name": "config"},
    "slos": slo("Uptime", "ops"),
    "overrides": OVERRIDE,
}
CONNECTION = set(connection_options())


class Seen(Exception):
    """Carries the argument spec out of a module."""


def spec_of(module: str) -> Options:
    """Return the argument spec that a module passes to Ansible."""

    def init(_self: Any, **given: Any) -> None:
        raise Seen(given["argument_spec"])

    with patch.object(task_module.LogfireModule, "__init__", init), pytest.raises(Seen) as seen:
        importlib.import_module(f"{COLLECTION}.modules.{module}").main()
    spec: Options = seen.value.args[0]
    return spec


def options_of(spec: Options, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Options]]:
    """Yield each option at any depth: its path, and its entry in the argument spec."""
    for option, rule in spec.items():
        yield (*path, option), rule
        yield from options_of(rule.get("options", {}), (*path, option))


def whole_with(module: str, path: tuple[str, ...], *value: Any) -> tuple[Options, str]:
    """Return valid options of a module, but with a value at a path, or without that option; and the path as text."""
    whole: Options = copy.deepcopy(WHOLE[module])
    level, place = whole, ""
    for option in path[:-1]:
        exclude(level, option)
        if option not in level:
            level[option] = [copy.deepcopy(ITEMS[option])] if option in ITEMS else {}
        inner = level[option]
        level, place = (inner[0], f"{place}.{option}[0]") if isinstance(inner, list) else (inner, f"{place}.{option}")
    exclude(level, path[-1])
    level.pop(path[-1], None)
    if value:
        level[path[-1]] = value[0]
    return whole, f"{place}.{path[-1]}".lstrip(".")


def exclude(level: Options, option: str) -> None:
    """Remove the options that are mutually exclusive with an option."""
    if option == "channel_assignments":
        level.pop("channels", None)
