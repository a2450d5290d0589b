# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The floor: a script that only sends the necessary requests, concurrently, and compares what it reads.

It has no retries, reports and checks, and trusts every answer.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

Json = dict[str, Any]

BASE = os.environ["LOGFIRE_BASE_URL"] + "/api/v1/"
LOCAL = threading.local()
POOL = ThreadPoolExecutor(8)


def call(method: str, path: str, body: Json | None = None) -> Any:
    if not hasattr(LOCAL, "session"):
        LOCAL.session = requests.Session()
        LOCAL.session.headers["Authorization"] = f"Bearer {os.environ['LOGFIRE_API_TOKEN']}"
    answer = LOCAL.session.request(method, BASE + path, json=body)
    answer.raise_for_status()
    return answer.json()


def get(path: str) -> Any:
    return call("GET", path)


def together(work: Callable[..., Any], items: Iterable[tuple[Any, ...]]) -> list[Any]:
    return list(POOL.map(lambda item: work(*item), items))


def change(path: str, current: Json, wanted: Json) -> None:
    differing = {name: value for name, value in wanted.items() if value != current.get(name)}
    if differing:
        call("PUT", f"{path}{current['id']}/", differing)


def without(item: Json, *members: str) -> Json:
    return {name: value for name, value in item.items() if name not in members}


def apply(wanted: Json) -> None:
    listed_channels, listed_projects = together(get, [("channels/",), ("projects/",)])
    channels = {channel["label"]: channel for channel in listed_channels}
    projects = {project["project_name"]: project for project in listed_projects}
    existing = [projects[item["project_name"]]["id"] for item in wanted["projects"] if item["project_name"] in projects]
    inside = read_inside([f"projects/{project}/{kind}/" for project in existing for kind in ("alerts", "dashboards")])
    channel_ids = dict(together(apply_channel, [(item, channels.get(item["label"])) for item in wanted["channels"]]))
    places = together(apply_project, [(item, projects.get(item["project_name"])) for item in wanted["projects"]])
    # Names of alerts are not unique, so the list is read right before they are created, even in a new project.
    inside |= read_inside([f"{place}alerts/" for place in places if f"{place}alerts/" not in inside])
    pairs = list(zip(places, wanted["projects"], strict=True))
    alerts = [(f"{place}alerts/", item, channel_ids, inside) for place, project in pairs for item in project["alerts"]]
    boards = [(f"{place}dashboards/", item, inside) for place, project in pairs for item in project["dashboards"]]
    together(apply_alert, alerts)
    together(apply_dashboard, boards)


def read_inside(paths: list[str]) -> dict[str, list[Json]]:
    """Return the objects at each path, dashboards with their definitions."""
    inside = dict(zip(paths, together(get, [(path,) for path in paths]), strict=True))
    boards = [(path, board) for path, items in inside.items() if path.endswith("dashboards/") for board in items]
    definitions = together(get, [(f"{path}{board['id']}/",) for path, board in boards])
    for (_path, board), definition in zip(boards, definitions, strict=True):
        board["definition"] = definition["dashboard"]
    return inside


def apply_channel(wanted: Json, current: Json | None) -> tuple[str, str]:
    if current is None:
        current = call("POST", "channels/", {"label": wanted["label"], "config": wanted["config"]})
    change("channels/", current, {"active": wanted["active"]})
    return wanted["label"], current["id"]


def apply_project(wanted: Json, current: Json | None) -> str:
    body = without(wanted, "alerts", "dashboards", "write_tokens")
    if current is None:
        current = call("POST", "projects/", body)
    else:
        change("projects/", current, body)
    return f"projects/{current['id']}/"


def apply_alert(path: str, wanted: Json, channel_ids: dict[str, str], inside: dict[str, list[Json]]) -> None:
    assignments = [{"channel_id": channel_ids[label], "schedule_id": None} for label in wanted["channels"]]
    body = {**without(wanted, "channels"), "channel_assignments": assignments}
    current = next((alert for alert in inside[path] if alert["name"] == wanted["name"]), None)
    if current is None:
        call("POST", path, body)
    else:
        change(path, current, body)


def apply_dashboard(path: str, wanted: Json, inside: dict[str, list[Json]]) -> None:
    current = next((board for board in inside.get(path, []) if board["dashboard_slug"] == wanted["slug"]), None)
    if current is None:
        call("POST", path, wanted)
    elif current["definition"]["spec"] != wanted["definition"]["spec"] or current["dashboard_name"] != wanted["name"]:
        call("PUT", f"{path}{current['id']}/", without(wanted, "slug"))


def apply_tokens(wanted: Json) -> None:
    ids = {project["project_name"]: project["id"] for project in get("projects/")}
    paths = [(f"projects/{ids[item['project_name']]}/write-tokens/",) for item in wanted["projects"]]
    for (path,), tokens in zip(paths, together(get, paths), strict=True):
        if not any(token["active"] for token in tokens):
            call("POST", path, {})


if __name__ == "__main__":
    organization = json.loads(Path(sys.argv[1]).read_text())
    (apply_tokens if "tokens" in sys.argv[2:] else apply)(organization)
