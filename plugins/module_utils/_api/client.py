# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The management API of Logfire, one method for each of its calls.

Arguments are the API's own words; answers come as the API sends them, checked only for their outer shape. For the API,
a member that is left out means unchanged or its default, and null is not always the same.
"""

from __future__ import annotations

import re
from typing import Any, Callable, cast
from urllib.parse import quote

from .errors import unexpected
from .exchange import Inside, TokenExchange
from .http import Transport

Wire = dict[str, Any]  # one object as the API sends it
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class LogfireClient:
    """All methods raise LogfireError. Ids are UUIDs as text; a C(body) or keyword holds members of the request.

    After C(close) come those that all routes of the API have in common, which send what they are given, null too. The
    others are these for one path each, and leave out what is None.
    """

    def __init__(self, transport: Transport | Inside, learn: Callable[[str], None] = lambda secret: None) -> None:
        """C(learn) is told the secrets that answers bring, which nothing may show."""
        self._transport = transport
        self._exchange = TokenExchange(transport, learn) if isinstance(transport, Transport) else None

    def inside(self, name: str) -> LogfireClient:
        """The same calls in another organization of the instance, by a token that is exchanged for the API token."""
        if self._exchange is None:
            raise ValueError("a token that was exchanged cannot be exchanged again")
        return LogfireClient(Inside(self._exchange, name))

    def seconds_for(self, requests: int) -> float | None:
        """About how long so many requests take at the service's rate limit; None where it said nothing of one."""
        return self._transport.seconds_for(requests)

    def close(self) -> None:
        """Send nothing more."""
        self._transport.close()

    def read_list(self, path: str) -> list[Wire]:
        """The objects of a list. What has no ID that could be part of a path can't be managed, and is left out."""
        return objects_of(self._transport.request("GET", path), path)

    def read(self, path: str) -> Wire:
        answer: Any = self._transport.request("GET", path)
        if not isinstance(answer, dict):
            raise unexpected("the answer is not an object", "GET", path)
        return answer

    def create(self, path: str, body: Wire) -> Wire:
        return self._write("POST", path, body)

    def update(self, path: str, body: Wire, method: str = "PUT") -> Wire:
        """Members that C(body) leaves out stay as they are."""
        return self._write(method, path, body)

    def send(self, method: str, path: str, body: Wire | None = None) -> Any:
        """A request whose answer may have any shape."""
        return self._transport.request(method, path, body)

    def delete(self, path: str) -> None:
        self._transport.request("DELETE", path)

    def make_secret(self, path: str, body: Wire | None = None, inside: str = "") -> Wire:
        """Make an object with a secret, C(token), which this answer alone holds.

        C(inside) is the member of the answer that holds everything else, if it is not beside the secret.
        """
        answer: Any = self._transport.request("POST", path, None if body is None else _given(body))
        if inside and isinstance(answer, dict) and isinstance(answer.get(inside), dict):
            answer = {**answer[inside], "token": answer.get("token")}
        if not _is_object(answer):
            raise unexpected("the answer is not an object with an id", "POST", path)
        if not isinstance(answer.get("token"), str) or not re.fullmatch(r"[!-~]{1,1000}", answer["token"]):
            raise unexpected("the answer holds no token", "POST", path)
        return cast(Wire, answer)

    # Projects

    def list_projects(self) -> list[Wire]:
        return self.read_list(api_path("projects"))

    def create_project(self, project_name: str, **body: Any) -> Wire:
        """Optional: C(description), C(visibility)."""
        return self.create(api_path("projects"), _given({"project_name": project_name, **body}))

    def get_project(self, project_id: str) -> Wire:
        return self.read(api_path("projects", project_id))

    def get_project_by_name(self, project_name: str) -> Wire | None:
        """The project of that name, or None. The API has no such route: this reads the list."""
        return next((item for item in self.list_projects() if item.get("project_name") == project_name), None)

    def update_project(self, project_id: str, **body: Any) -> Wire:
        return self.update(api_path("projects", project_id), _given(body))

    def delete_project(self, project_id: str) -> None:
        self.delete(api_path("projects", project_id))

    # Write tokens

    def list_write_tokens(self, project_id: str) -> list[Wire]:
        return self.read_list(api_path("projects", project_id, "write-tokens"))

    def create_write_token(self, project_id: str, **body: Any) -> Wire:
        """Optional: C(expires_at), RFC 3339. The answer holds the secret, as C(token), for this one time."""
        return self.make_secret(api_path("projects", project_id, "write-tokens"), body)

    def delete_write_token(self, project_id: str, token_id: str) -> None:
        self.delete(api_path("projects", project_id, "write-tokens", token_id))

    def rotate_write_token(self, project_id: str, token_id: str, **body: Any) -> Wire:
        """A new token; the old one ends now, or C(grace_period_hours) later."""
        return self.make_secret(api_path("projects", project_id, "write-tokens", token_id, "rotate"), body)

    def expire_write_token(self, project_id: str, token_id: str) -> None:
        self._transport.request("PATCH", api_path("projects", project_id, "write-tokens", token_id, "expire"))

    # Read tokens

    def list_read_tokens(self, project_id: str) -> list[Wire]:
        return self.read_list(api_path("projects", project_id, "read-tokens"))

    def create_read_token(self, project_id: str, **body: Any) -> Wire:
        """Optional: C(expires_at), RFC 3339. The answer holds the secret, as C(token), for this one time."""
        return self.make_secret(api_path("projects", project_id, "read-tokens"), body)

    def delete_read_token(self, project_id: str, token_id: str) -> None:
        self.delete(api_path("projects", project_id, "read-tokens", token_id))

    def rotate_read_token(self, project_id: str, token_id: str) -> Wire:
        """A new token; the old one ends now. This route takes no body."""
        return self.make_secret(api_path("projects", project_id, "read-tokens", token_id, "rotate"))

    def expire_read_token(self, project_id: str, token_id: str) -> None:
        self._transport.request("PATCH", api_path("projects", project_id, "read-tokens", token_id, "expire"))

    # Alerts

    def list_alerts(self, project_id: str) -> list[Wire]:
        return self.read_list(api_path("projects", project_id, "alerts"))

    def create_alert(self, project_id: str, **body: Any) -> Wire:
        return self.create(api_path("projects", project_id, "alerts"), _given(body))

    def get_alert(self, project_id: str, alert_id: str) -> Wire:
        return self.read(api_path("projects", project_id, "alerts", alert_id))

    def update_alert(self, project_id: str, alert_id: str, **body: Any) -> Wire:
        return self.update(api_path("projects", project_id, "alerts", alert_id), _given(body))

    def delete_alert(self, project_id: str, alert_id: str) -> None:
        self.delete(api_path("projects", project_id, "alerts", alert_id))

    # Channels

    def list_channels(self) -> list[Wire]:
        return self.read_list(api_path("channels"))

    def create_channel(self, label: str, config: Wire) -> Wire:
        """A new channel is active: this call cannot say otherwise."""
        return self.create(api_path("channels"), {"label": label, "config": config})

    def get_channel(self, channel_id: str) -> Wire:
        return self.read(api_path("channels", channel_id))

    def update_channel(self, channel_id: str, **body: Any) -> Wire:
        """C(config) replaces the whole configuration."""
        return self.update(api_path("channels", channel_id), _given(body))

    def delete_channel(self, channel_id: str) -> None:
        self.delete(api_path("channels", channel_id))

    # Dashboards

    def list_dashboards(self, project_id: str) -> list[Wire]:
        """Summaries, without the definitions."""
        return self.read_list(api_path("projects", project_id, "dashboards"))

    def create_dashboard(self, project_id: str, name: str, slug: str, definition: Wire) -> Wire:
        body = {"name": name, "slug": slug, "definition": definition}
        return self.create(api_path("projects", project_id, "dashboards"), body)

    def get_dashboard(self, project_id: str, dashboard_id: str) -> Wire:
        """The definition alone: the route answers neither id nor slug nor version."""
        path = api_path("projects", project_id, "dashboards", dashboard_id)
        definition = self.read(path).get("dashboard")
        if not isinstance(definition, dict) or not isinstance(definition.get("metadata") or {}, dict):
            raise unexpected("the answer holds no dashboard", "GET", path)
        return definition

    def update_dashboard(self, project_id: str, dashboard_id: str, **body: Any) -> Wire:
        """C(version) is the version that the change was made on: 409 when there is a newer one.

        People's changes of the layout in the UI lie over the definition's, unless a definition comes with the wish to
        replace them (vendor's Pulumi provider 0.2.4). Older releases don't know the parameter, and ignore it.
        """
        query = "?replace_layout=true" if body.get("definition") is not None else ""
        return self.update(api_path("projects", project_id, "dashboards", dashboard_id) + query, _given(body))

    def delete_dashboard(self, project_id: str, dashboard_id: str) -> None:
        self.delete(api_path("projects", project_id, "dashboards", dashboard_id))

    # What the answers must look like

    def _write(self, method: str, path: str, body: Any = None) -> Wire:
        answer = self._transport.request(method, path, body)
        if not _is_object(answer):
            raise unexpected("the answer is not an object with an id", method, path)
        return cast(Wire, answer)


def _given(body: Wire) -> Wire:
    """The members that have a value."""
    return {member: value for member, value in body.items() if value is not None}


def objects_of(answer: Any, path: str) -> list[Wire]:
    """The objects of a list that the answer to a request has; those without an ID are left out."""
    objects = [item for item in answer if _is_object(item)] if isinstance(answer, list) else None
    if objects is None or (answer and not objects):
        raise unexpected("the answer is not a list of objects with ids", "GET", path)
    return objects


def is_uuid(text: str) -> bool:
    """Whether C(text) has the shape of an id of the API (a name can have it too)."""
    return _UUID.fullmatch(text) is not None


def _is_object(answer: Any) -> bool:
    """Whether it has an id that is fit to be part of a path: UUIDs are, C(..) is not."""
    object_id = answer.get("id") if isinstance(answer, dict) else None
    return isinstance(object_id, str) and re.fullmatch(r"[\w-]{1,100}", object_id, re.ASCII) is not None


def api_path(*segments: str) -> str:
    """The path of a route: every one ends in a slash, and an empty id must not turn an item into its collection."""
    if not all(segments):
        raise ValueError("an id is empty")
    return "/api/v1/" + "".join(f"{quote(segment, safe='')}/" for segment in segments)
