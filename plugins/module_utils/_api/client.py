# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The management API of Logfire, one method for each of its calls.

Arguments have the names that the API uses. Answers are returned as the API sends them; only their outer shape is
checked. To the API, an omitted member means "unchanged" or "default", which null does not always mean.
"""

from __future__ import annotations

import re
from typing import Any, Callable, cast
from urllib.parse import quote

from .errors import unexpected
from .exchange import OrganizationTransport, TokenExchange
from .http import Transport

Wire = dict[str, Any]  # one object as the API sends it
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class LogfireClient:
    """All methods raise LogfireError. IDs are UUIDs as text; a C(body) or keyword argument has members of the request.

    The methods right after C(close) work for any path and send all that they are given, null too. The others call them
    for the path of one route, and omit members that are None.
    """

    def __init__(
        self, transport: Transport | OrganizationTransport, learn: Callable[[str], None] = lambda secret: None
    ) -> None:
        """C(learn) is called with each secret in an answer, so that it can be kept out of all output."""
        self._transport = transport
        self._exchange = TokenExchange(transport, learn) if isinstance(transport, Transport) else None

    def inside(self, name: str) -> LogfireClient:
        """Return a client for another organization of the instance; it exchanges the API token for one of that."""
        if self._exchange is None:
            raise ValueError("a token that was exchanged cannot be exchanged again")
        return LogfireClient(OrganizationTransport(self._exchange, name))

    def seconds_for(self, requests: int) -> float | None:
        """Estimate the seconds that so many requests take at the service's rate limit; None if the limit is unknown."""
        return self._transport.seconds_for(requests)

    def close(self) -> None:
        """Send no more requests."""
        self._transport.close()

    def read_list(self, path: str) -> list[Wire]:
        """Return the objects of a list, without those whose ID cannot be part of a path: they cannot be managed."""
        return objects_of(self._transport.request("GET", path), path)

    def read(self, path: str) -> Wire:
        answer: Any = self._transport.request("GET", path)
        if not isinstance(answer, dict):
            raise unexpected("the answer is not an object", "GET", path)
        return answer

    def create(self, path: str, body: Wire) -> Wire:
        return self._write("POST", path, body)

    def update(self, path: str, body: Wire, method: str = "PUT") -> Wire:
        """Update an object and return the answer. Members that C(body) omits are not changed."""
        return self._write(method, path, body)

    def send(self, method: str, path: str, body: Wire | None = None) -> Any:
        """Send a request, and return its answer without any check."""
        return self._transport.request(method, path, body)

    def delete(self, path: str) -> None:
        self._transport.request("DELETE", path)

    def make_secret(self, path: str, body: Wire | None = None, inside: str = "") -> Wire:
        """Create an object with a secret, C(token), which the API returns only in this answer.

        C(inside) is the member of the answer that contains everything but the secret, if there is such a member.
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
        """Return the project of that name, or None. The API has no route for this, so it reads the list."""
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
        """Return a new token; the old one expires now, or C(grace_period_hours) later."""
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
        """Return a new token; the old one expires now. This route takes no body."""
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
        """A new channel is always active: this call cannot change that."""
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
        """Return only the definition: the answer of this route has neither id nor slug nor version."""
        path = api_path("projects", project_id, "dashboards", dashboard_id)
        definition = self.read(path).get("dashboard")
        if not isinstance(definition, dict) or not isinstance(definition.get("metadata") or {}, dict):
            raise unexpected("the answer holds no dashboard", "GET", path)
        return definition

    def update_dashboard(self, project_id: str, dashboard_id: str, **body: Any) -> Wire:
        """C(version) is the version that the change is based on: the API answers 409 if there is a newer one.

        Layout changes that people make in the UI take precedence over the layout of the definition, unless the request
        asks to replace them (vendor's Pulumi provider 0.2.4). Older releases ignore that parameter.
        """
        query = "?replace_layout=true" if body.get("definition") is not None else ""
        return self.update(api_path("projects", project_id, "dashboards", dashboard_id) + query, _given(body))

    def delete_dashboard(self, project_id: str, dashboard_id: str) -> None:
        self.delete(api_path("projects", project_id, "dashboards", dashboard_id))

    # Checks of the answers

    def _write(self, method: str, path: str, body: Any = None) -> Wire:
        answer = self._transport.request(method, path, body)
        if not _is_object(answer):
            raise unexpected("the answer is not an object with an id", method, path)
        return cast(Wire, answer)


def _given(body: Wire) -> Wire:
    """Return the members that are not None."""
    return {member: value for member, value in body.items() if value is not None}


def objects_of(answer: Any, path: str) -> list[Wire]:
    """Return the objects in an answer to a request for a list, without those that have no usable ID."""
    objects = [item for item in answer if _is_object(item)] if isinstance(answer, list) else None
    if objects is None or (answer and not objects):
        raise unexpected("the answer is not a list of objects with ids", "GET", path)
    return objects


def is_uuid(text: str) -> bool:
    """Whether C(text) has the format of an ID of the API (a name can have it too)."""
    return _UUID.fullmatch(text) is not None


def _is_object(answer: Any) -> bool:
    """Whether it is an object with an ID that can be part of a path: a UUID can, C(..) cannot."""
    object_id = answer.get("id") if isinstance(answer, dict) else None
    return isinstance(object_id, str) and re.fullmatch(r"[\w-]{1,100}", object_id, re.ASCII) is not None


def api_path(*segments: str) -> str:
    """Return the path of a route, with a slash at its end. Raises ValueError for an empty ID: it would be the list."""
    if not all(segments):
        raise ValueError("an id is empty")
    return "/api/v1/" + "".join(f"{quote(segment, safe='')}/" for segment in segments)
