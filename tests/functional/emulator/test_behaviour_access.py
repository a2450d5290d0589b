# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys, scopes and reach; answers that every route has in common; the rate limit; the log."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import requests
from rest import Api

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

ID = "0b52e3c8-8f4e-4d0d-9f0a-3f1d5d3f2a11"

#: Every route and the scope that it asks for.
ROUTES: list[tuple[str, str, str]] = [
    ("GET", "projects/", "project:read"),
    ("POST", "projects/", "organization:create_project"),
    ("GET", "projects/{id}/", "project:read"),
    ("PUT", "projects/{id}/", "project:write"),
    ("DELETE", "projects/{id}/", "project:write"),
    ("GET", "channels/", "organization:read_channel"),
    ("POST", "channels/", "organization:write_channel"),
    ("GET", "channels/{id}/", "organization:read_channel"),
    ("PUT", "channels/{id}/", "organization:write_channel"),
    ("DELETE", "channels/{id}/", "organization:write_channel"),
    ("GET", "api-keys/", "organization:read_api_key"),
    ("POST", "api-keys/", "organization:create_api_key"),
    ("PATCH", "api-keys/{id}/", "organization:write_api_key"),
    ("DELETE", "api-keys/{id}/", "organization:write_api_key"),
    ("GET", "invitations/", "organization:read_invitation"),
    ("POST", "invitations/", "organization:write_invitation"),
    ("POST", "schedules/", "organization:write_channel"),
    ("GET", "schedules/{id}/", "organization:read_channel"),
    ("PUT", "schedules/{id}/", "organization:write_channel"),
    ("DELETE", "schedules/{id}/", "organization:write_channel"),
    ("GET", "projects/{id}/slos/", "project:read_alert"),
    ("POST", "projects/{id}/slos/", "project:write_alert"),
    ("GET", "projects/{id}/slos/{id}/", "project:read_alert"),
    ("PATCH", "projects/{id}/slos/{id}/", "project:write_alert"),
    ("DELETE", "projects/{id}/slos/{id}/", "project:write_alert"),
    ("GET", "projects/{id}/variables/", "project:read_variables"),
    ("POST", "projects/{id}/variables/", "project:write_variables"),
    ("GET", "projects/{id}/variables/{id}/", "project:read_variables"),
    ("PUT", "projects/{id}/variables/{id}/", "project:write_variables"),
    ("DELETE", "projects/{id}/variables/{id}/", "project:write_variables"),
    ("GET", "audit-logs/", "organization:auditlog"),
    ("GET", "audit-logs/{id}/", "organization:auditlog"),
    *(
        (verb, f"gateway/providers/{item}", f"organization:{access}_gateway")
        for verb, item, access in (
            ("GET", "", "read"),
            ("POST", "", "write"),
            ("GET", "{id}/", "read"),
            ("PATCH", "{id}/", "write"),
            ("DELETE", "{id}/", "write"),
        )
    ),
    *((verb, f"{place}group-mappings/", "instance:admin") for place in ("", "instance/") for verb in ("GET", "PUT")),
    *((verb, "instance/organizations/", "instance:admin") for verb in ("GET", "POST")),
    *((verb, "organizations/", "organization:admin") for verb in ("GET", "POST")),
    *((verb, "organizations/{id}/", "organization:admin") for verb in ("GET", "PUT", "DELETE")),
    ("GET", "organization/", "organization:read"),
    *((verb, "organization/", "organization:write") for verb in ("PUT", "DELETE")),
    ("GET", "billing/usage/", "organization:payment"),
    ("GET", "integrations/pagerduty/services/{id}/", "organization:read_channel"),
    *(
        ("GET", f"usage/{of}{period}/", "organization:payment")
        for of in ("", "projects/", "projects/{id}/")
        for period in ("daily", "monthly")
    ),
    ("GET", "members/", "organization:read_member"),
    ("PATCH", "members/{id}/", "organization:write_member"),
    ("DELETE", "members/{id}/", "organization:write_member"),
    *(
        (verb, f"projects/{{id}}/{kind}s/", f"project:{access}_{kind}")
        for kind in ("alert", "dashboard")
        for verb, access in (("GET", "read"), ("POST", "write"))
    ),
    *(
        (verb, f"projects/{{id}}/{kind}s/{{id}}/", f"project:{access}_{kind}")
        for kind in ("alert", "dashboard")
        for verb, access in (("GET", "read"), ("PUT", "write"), ("DELETE", "write"))
    ),
    *(
        (verb, f"projects/{{id}}/{kind}-tokens/{item}", f"project:{kind}_token")
        for kind in ("write", "read")
        for verb, item in (
            ("GET", ""),
            ("POST", ""),
            ("DELETE", "{id}/"),
            ("POST", "{id}/rotate/"),
            ("PATCH", "{id}/expire/"),
        )
    ),
]


def test_no_route_is_left_out(emulator: "RunningEmulator") -> None:
    """A new route must say which scope it asks for, here."""
    document = requests.get(f"{emulator.base_url}/api/openapi.json", timeout=10).json()
    there_are = {
        (method.upper(), re.sub(r"\{\w+\}", "{id}", template.removeprefix("/v1/")))
        for template, operations in document["paths"].items()
        for method in operations
    }
    assert there_are == {(method, path) for method, path, _scope in ROUTES}


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
def test_scopes(emulator: "RunningEmulator", connect: Callable[..., Api], method: str, path: str, scope: str) -> None:
    """A key without the scope is told its name; a key with that scope alone gets past."""
    from emulator.shared_settings import KeySettings

    others = [name for _method, _path, name in ROUTES if name != scope]
    emulator.settings.keys = [KeySettings(key="all-but", scopes=others), KeySettings(key="only", scopes=[scope])]
    path = path.replace("{id}", ID)
    refused = connect("all-but").call(method, path)
    assert refused.status_code == 403
    assert refused.json() == {"detail": f"This token is missing the required scope: {scope}."}
    passed = connect("only").call(method, path)
    missing_project = {"detail": "You do not have permission to access this project"}
    assert passed.status_code in (200, 201, 204, 404, 422) or passed.json() == missing_project


@pytest.mark.parametrize(
    ("authorization", "accepted"),
    [
        (None, False),
        ("Bearer", False),
        ("Basic pylf_v1_local_abc", False),
        ("Bearer pylf_v1_us_abc", False),
        ("Bearer pylf_v3_local_abc", False),
        ("Bearer pylf_v2_local_abc", False),
        ("Bearer not-a-key", False),
        ("Bearer pylf_v1_local_abc", True),
        (f"bearer pylf_v2_local_{ID}_abc", True),
    ],
)
def test_keys(
    connect: Callable[..., Api], emulator: "RunningEmulator", authorization: str | None, accepted: bool
) -> None:
    """Keys of the region ``local`` may do everything; the rest is nobody."""
    headers = {"Authorization": authorization} if authorization else {}
    answer = connect(None).call("GET", "projects/", headers=headers)
    assert answer.status_code == (200 if accepted else 401)
    assert accepted or set(answer.json()) == {"detail"}
    assert emulator.log[-1].authorized is accepted
    assert "authorization" not in emulator.log[-1].headers


def test_project_tokens_are_no_keys(api: Api, connect: Callable[..., Api], project: str) -> None:
    """A write or a read token manages nothing, however much it looks like a key."""
    for kind in ("write", "read"):
        token = api.ok("POST", f"{project}{kind}-tokens/", {})["token"]
        assert connect(token).call("GET", "projects/").status_code == 401


def test_key_of_one_project(emulator: "RunningEmulator", connect: Callable[..., Api]) -> None:
    """It sees its own project, no other one, and nothing of the organization."""
    from emulator.kinds.projects import find
    from emulator.shared_settings import KeySettings

    emulator.store.load({"projects": ["mine", "other"]})
    emulator.settings.keys = [KeySettings(key="mine", project="mine")]
    other = find(emulator.store, "other")
    assert other is not None
    api = connect("mine")
    [mine] = api.ok("GET", "projects/")
    assert mine["project_name"] == "mine"
    assert api.ok("GET", f"projects/{mine['id']}/alerts/") == []
    for path in (f"projects/{other.id}/", f"projects/{other.id}/alerts/", f"projects/{ID}/"):
        answer = api.call("GET", path)
        assert (answer.status_code, answer.json()) == (
            403,
            {"detail": "You do not have permission to access this project"},
        )
    assert api.call("GET", "channels/").json()["detail"].endswith("organization:read_channel.")
    assert api.call("POST", "projects/", {"project_name": "more"}).json()["detail"].endswith("create_project.")


def test_local_keys_can_be_refused(emulator: "RunningEmulator", api: Api) -> None:
    """Then only the keys of the settings are left."""
    emulator.settings.accept_local_keys = False
    assert api.call("GET", "projects/").status_code == 401


@pytest.mark.parametrize("path", ["nothing/", "projects/x/y/z/", "slos/"])
def test_unknown_route(api: Api, path: str) -> None:
    """FastAPI's own 404."""
    answer = api.call("GET", path)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})


def test_trailing_slash(api: Api, emulator: "RunningEmulator") -> None:
    """A path without the slash is redirected, as FastAPI does it."""
    answer = api.call("POST", "projects", {"project_name": "shop"})
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{emulator.base_url}/api/v1/projects/"


@pytest.mark.parametrize("path", ["projects/not-an-id/", "channels/not-an-id/", "{project}alerts/overview/"])
def test_ids_are_uuids(api: Api, project: str, path: str) -> None:
    """FastAPI's own 422, with the place of what is wrong."""
    answer = api.call("GET", path.replace("{project}", project))
    assert answer.status_code == 422
    [problem] = answer.json()["detail"]
    assert problem["loc"][0] == "path"
    assert problem["type"] == "uuid_parsing"


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, "missing"),
        ({"data": b"{", "headers": {"Content-Type": "application/json"}}, "json_invalid"),
        ({"json": []}, "model_attributes_type"),
        ({"json": {"project_name": "Bad Name"}}, "string_pattern_mismatch"),
        ({"json": {"project_name": "x"}}, "string_too_short"),
        ({"json": {"project_name": "x" * 51}}, "string_too_long"),
        ({"json": {"project_name": "shop", "visibility": "secret"}}, "literal_error"),
        ({"json": {"project_name": "shop", "visibility": None}}, "literal_error"),
        ({"json": {"project_name": "shop", "description": "x" * 501}}, "string_too_long"),
    ],
)
def test_validation_errors(api: Api, options: dict[str, Any], kind: str) -> None:
    """FastAPI's own bodies."""
    answer = api.call("POST", "projects/", **options)
    assert answer.status_code == 422
    [problem] = answer.json()["detail"]
    assert problem["type"] == kind
    assert {"loc", "msg", "type", "input"} <= set(problem)


@pytest.mark.parametrize(
    ("header", "release"),
    [("Logfire-Version", "v2026-10-06.01"), ("Logfire-Version", "sha256:abc"), ("x-backend-version", "v2026-01-01.01")],
)
def test_release_header(emulator: "RunningEmulator", api: Api, header: str, release: str) -> None:
    """On every answer, errors too; it may hold something else than a release, or have another name."""
    emulator.settings.release_header = header
    emulator.settings.release = release
    for path in ("projects/", "nothing/", "channels/not-an-id/"):
        assert api.call("GET", path).headers[header] == release
    emulator.settings.release = None
    assert header not in api.call("GET", "projects/").headers


def test_missing_routes(emulator: "RunningEmulator", api: Api, project: str) -> None:
    """A release that lacks a collection answers as for any unknown route."""
    emulator.settings.missing_routes = [r"/channels/"]
    assert api.call("GET", "channels/").json() == {"detail": "Not Found"}
    assert api.call("GET", f"{project}alerts/").status_code == 200


def test_rate_limit(emulator: "RunningEmulator", api: Api) -> None:
    """429 beyond the limit, with the seconds after which a request passes again."""
    emulator.settings.rate_limit_per_minute = 3
    assert [api.call("GET", "projects/").status_code for attempt in range(5)] == [200, 200, 200, 429, 429]
    refused = api.call("GET", "projects/")
    assert set(refused.json()) == {"detail"}
    seconds = int(refused.headers["Retry-After"])
    assert 1 <= seconds <= 20
    emulator.settings.clock_offset += seconds
    assert api.call("GET", "projects/").status_code == 200
    emulator.settings.retry_after_format = "http-date"
    assert api.call("GET", "projects/").headers["Retry-After"].endswith("GMT")


def test_rate_limit_with_a_burst(emulator: "RunningEmulator", api: Api) -> None:
    """Fewer at once than in a minute."""
    emulator.settings.patch({"rate_limit_per_minute": 30, "rate_limit_burst": 2})
    for allowed in (2, 1, 1):
        assert [api.call("GET", "projects/").status_code for _attempt in range(3)] == [200] * allowed + [429] * (
            3 - allowed
        )
        assert api.call("GET", "projects/").headers["Retry-After"] == "2"
        emulator.settings.clock_offset += 2


def test_latency(emulator: "RunningEmulator", api: Api) -> None:
    """Each answer of the API waits, the controls do not."""
    emulator.settings.latency_ms = 60
    assert api.call("GET", "projects/").elapsed.total_seconds() >= 0.06
    assert api.control("GET", "settings").elapsed.total_seconds() < 0.06


def test_log(emulator: "RunningEmulator", api: Api) -> None:
    """What came in, as it came in; a connection that is used again shows as the same client."""
    api.call("POST", "projects/?x=1", {"project_name": "shop"}, headers={"X-Custom": "Yes"})
    api.call("PUT", "projects/", data=b"{not json")
    first, second = api.control("GET", "log").json()
    wanted = {"n": 1, "method": "POST", "path": "/api/v1/projects/", "query": "x=1", "status": 201, "authorized": True}
    assert {name: first[name] for name in wanted} == wanted
    assert first["body"] == {"project_name": "shop"}
    assert first["raw_body"] == '{"project_name": "shop"}'
    assert first["headers"]["x-custom"] == "Yes"
    assert (second["n"], second["body"], second["raw_body"], second["status"]) == (2, None, "{not json", 405)
    assert first["client"] == second["client"]
    assert first["time"] <= second["time"]
    assert api.control("DELETE", "log").status_code == 204
    assert emulator.log == []
