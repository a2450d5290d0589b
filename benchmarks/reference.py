# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The organizations of the benchmarks, in the format of the API, for the emulator, and of the collection."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Json = dict[str, Any]

#: Projects and channels; every project has 10 alerts, 2 dashboards and a write token.
SIZES: dict[str, tuple[int, int]] = {"reference": (10, 5), "200 objects": (15, 5), "tenfold": (100, 50)}
ALERTS, DASHBOARDS = 10, 2


def wire(projects: int, channels: int, alerts: int = ALERTS, dashboards: int = DASHBOARDS) -> Json:
    """Return an organization in the format of the API, except that C(channels) of an alert are labels."""
    labels = [f"channel-{number}" for number in range(channels)]
    return {
        "channels": [_channel(label, active=number % 5 != 4) for number, label in enumerate(labels)],
        "projects": [
            {
                "project_name": f"project-{number}",
                "description": f"Project number {number}",
                "visibility": ("private", "public")[number % 2],
                "alerts": [_alert(other, labels[(number + other) % channels]) for other in range(alerts)],
                "dashboards": [_dashboard(f"project-{number}", other) for other in range(dashboards)],
                "write_tokens": [{}],
            }
            for number in range(projects)
        ],
    }


def changed(organization: Json) -> Json:
    """Return the organization with one alert changed."""
    other = deepcopy(organization)
    other["projects"][-1]["alerts"][-1]["time_window"] = "PT15M"
    return other


def description(organization: Json) -> Json:
    """Return the organization as options of the collection."""
    return {
        "channels": [{"name": item["label"], **_without(item, "label")} for item in organization["channels"]],
        "projects": [
            {"name": item["project_name"], **_without(item, "project_name", "write_tokens")}
            for item in organization["projects"]
        ],
    }


def _without(item: Json, *members: str) -> Json:
    return {name: value for name, value in item.items() if name not in members}


def _channel(label: str, active: bool) -> Json:
    url = f"https://hooks.example.com/services/{label}/of-no-value"
    return {"label": label, "active": active, "config": {"type": "webhook", "format": "auto", "url": url}}


def _alert(number: int, channel: str) -> Json:
    query = f"SELECT trace_id, exception_message FROM records WHERE is_exception AND service_name = 'service-{number}'"
    return {
        "name": f"Errors of service-{number}",
        "description": "Look at the traces first.",
        "query": query,
        "time_window": "PT5M",
        "frequency": "PT1M",
        "watermark": "PT10S",
        "notify_when": "has_matches",
        "environments": ["production"],
        "channels": [channel],
    }


def _dashboard(project: str, number: int) -> Json:
    name = f"Overview {number}"
    panels = {f"panel-{index}": _panel(index) for index in range(6)}
    items = [
        {"x": 0, "y": 6 * index, "width": 24, "height": 6, "content": {"$ref": f"#/spec/panels/{panel}"}}
        for index, panel in enumerate(panels)
    ]
    # With all defaults that the service would add, so that it can be compared without knowing them.
    spec = {
        "display": {"name": name, "description": "Made by a benchmark"},
        "panels": panels,
        "layouts": [{"kind": "Grid", "spec": {"display": {"title": "All"}, "items": items}}],
        "variables": [],
        "datasources": {},
        "duration": "1h",
        "refreshInterval": "0s",
    }
    definition = {"kind": "Dashboard", "metadata": {"name": name, "project": project}, "spec": spec}
    return {"slug": f"overview-{number}", "name": name, "definition": definition}


def _panel(number: int) -> Json:
    query = "SELECT time_bucket($resolution, start_timestamp) AS x, count(*) FROM records GROUP BY x ORDER BY x"
    return {
        "kind": "Panel",
        "spec": {
            "display": {"name": f"Panel {number}", "description": "Requests"},
            "plugin": {"kind": "TimeSeriesChart", "spec": {"legend": {"position": "bottom"}}},
            "queries": [
                {
                    "kind": "TimeSeriesQuery",
                    "spec": {"plugin": {"kind": "LogfireTimeSeriesQuery", "spec": {"query": query}}},
                }
            ],
        },
    }
