# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole organizations: descriptions of any size for ``logfire_stack``, and the state of an emulator in that form."""

from collections.abc import Mapping
from typing import Any

Options = dict[str, Any]

IN_PROJECTS = ("alerts", "dashboards", "variables", "slos")

#: Metadata of a definition that the service sets.
SERVER_METADATA = {"name", "project", "createdAt", "updatedAt", "version", "layoutUpdatedAt"}
#: Members of an emulator's records that are not part of descriptions.
SERVER_SET = {"id", "created_at", "updated_at", "created_by_name", "updated_by_name", "version", "layout_updated_at"}
SERVER_SET |= {"invite_url", "predicate_version"}
LIVE = {"last_run", "has_matches", "has_errors", "fired", "result", "result_length", "snoozed_until"}


def webhook(host: str, secret: str = "T0/B0/verysecret", **more: Any) -> Options:
    """Return the configuration of a channel with a secret."""
    return {"type": "webhook", "url": f"https://{host}.example.com/services/{secret}", **more}


def board(text: str = "Hello", **spec: Any) -> Options:
    """Return the definition of a dashboard with one panel."""
    panel = {"display": {"name": "Panel"}, "plugin": {"kind": "TextPanel", "spec": {"text": text}}}
    panels = {"panel": {"kind": "Panel", "spec": panel}}
    return {
        "kind": "Dashboard",
        "metadata": {},
        "spec": {"display": {"name": "Board"}, "panels": panels, "layouts": [], **spec},
    }


def alert(name: str, *channels: str, **more: Any) -> Options:
    """Return an alert with the options that are required to create it."""
    query = f"SELECT trace_id FROM records WHERE is_exception AND service_name = '{name}'"
    return {
        "name": name,
        "query": query,
        "time_window": "5m",
        "frequency": "1m",
        "channels": list(channels),
        **more,
    }


def dashboard(slug: str, text: str = "Hello", **more: Any) -> Options:
    """Return a dashboard with the options that are required to create it."""
    return {"slug": slug, "name": slug.title(), "definition": board(text), **more}


def slo(name: str, *channels: str, **more: Any) -> Options:
    """Return an SLO with the options that are required to create it. Each of its alerts has these channels."""
    tiers = {tier: {"channels": list(channels)} for tier in ("fast", "medium", "slow")}
    return {
        "name": name,
        "scope_value": "checkout",
        "total_query": "parent_span_id IS NULL",
        "bad_query": "is_exception",
        "target_percent": "99.9",
        "rolling_window": "30d",
        **({"alerts": tiers} if channels else {}),
        **more,
    }


def organization(projects: int = 10, channels: int = 5, alerts: int = 10, dashboards: int = 2) -> Options:
    """Return a description with these numbers of projects and channels, and of alerts and dashboards in each project.

    By default, 10 projects, 5 channels, 100 alerts and 20 dashboards: the organization that the benchmarks use.
    """
    names = [f"channel-{number}" for number in range(channels)]
    return {
        "channels": [
            {"name": name, "config": webhook(name, f"secret-of-{name}"), "active": number % 3 != 2}
            for number, name in enumerate(names)
        ],
        "projects": [
            {
                "name": f"project-{number}",
                "description": f"Number {number}",
                "visibility": ("private", "public")[number % 2],
                "alerts": [
                    alert(f"Alert {other}", *[name for place, name in enumerate(names) if (other + place) % 4 == 0])
                    for other in range(alerts)
                ],
                "dashboards": [dashboard(f"board-{other}", f"{number}, {other}") for other in range(dashboards)],
            }
            for number in range(projects)
        ],
    }


def count(description: Mapping[str, Any]) -> int:
    """Return the number of objects in a description."""
    projects = description.get("projects") or []
    inside = sum(len(project.get(kind) or []) for project in projects for kind in IN_PROJECTS)
    return sum(len(description.get(kind) or []) for kind in ("channels", "schedules", "members", "projects")) + inside


def state_of(snapshot: Mapping[str, Any]) -> Options:
    """Return the state of an emulator without IDs, times and order, so that equal organizations have equal states.

    It contains secrets, and all objects that have the same name.
    """
    labels = {channel["id"]: channel["label"] for channel in snapshot["channels"]}
    return {
        "channels": _plain(snapshot["channels"], "label"),
        "gateway_providers": _plain(snapshot["gateway_providers"], "slug"),
        "group_mappings": _plain(snapshot["group_mappings"], "group_id"),
        "invitations": _plain(snapshot["invitations"], "role"),
        "members": _plain(snapshot["members"], "email"),
        "schedules": _plain(snapshot["schedules"], "label"),
        "organizations": _plain(snapshot["organizations"], "organization_name"),
        "projects": [
            {
                **project,
                "description": project["description"] or None,  # both are none
                "alerts": _plain([_of_slo(_with_labels(item, labels), whole) for item in whole["alerts"]], "name"),
                "dashboards": _plain([_without_metadata(item) for item in whole["dashboards"]], "slug"),
                "slos": _plain(whole["slos"], "name"),
                "variables": _plain([_with_values(item) for item in whole["variables"]], "name"),
            }
            for project, whole in zip(
                _plain(snapshot["projects"], "project_name"),
                sorted(snapshot["projects"], key=lambda item: item["project_name"]),
                strict=True,
            )
        ],
    }


def _plain(records: list[Options], key: str) -> list[Options]:
    plain = [{name: value for name, value in record.items() if name not in SERVER_SET | LIVE} for record in records]
    return sorted(plain, key=lambda record: (record[key], repr(record)))


def _with_labels(record: Options, labels: Mapping[str, str]) -> Options:
    assigned = sorted((labels[item["channel_id"]], item["schedule_id"] or "") for item in record["channel_assignments"])
    return {**record, "channel_assignments": assigned, "environments": sorted(record["environments"])}


def _of_slo(record: Options, project: Options) -> Options:
    names = [slo["name"] for slo in project["slos"] if slo["id"] == record["slo_id"]]
    return {**record, "slo_id": names}


def _with_values(record: Options) -> Options:
    labels = {name: _without_instants(label) for name, label in record["labels"].items()}
    return {**record, "labels": labels, "versions": [_without_instants(version) for version in record["versions"]]}


def _without_instants(record: Options) -> Options:
    return {name: value for name, value in record.items() if name not in SERVER_SET - {"version"}}


def _without_metadata(record: Options) -> Options:
    definition = record["definition"]
    metadata = {name: value for name, value in definition["metadata"].items() if name not in SERVER_METADATA}
    return {**record, "definition": {**definition, "metadata": metadata}}
