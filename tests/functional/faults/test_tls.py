# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Encryption and the way to the service: certificates are verified, proxies used, no other credentials sent."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from encryption import Authority, tunnel
from servers import Handler, TinyServer, serving

if TYPE_CHECKING:
    from scenarios import ClearRunner

PROJECTS = json.dumps([{"id": "1", "project_name": "shop"}]).encode()
NOBODY = "http://127.0.0.1:9"  # where no proxy is


def answer(handler: Handler) -> None:
    handler.send(PROJECTS)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def service(authority: Authority) -> Iterator[TinyServer]:
    """A service over TLS whose certificate no system trusts."""
    with serving(answer, authority.context) as server:
        yield server


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def options(server: TinyServer) -> dict[str, object]:
    return {"name": "shop", "base_url": server.url, "retry_timeout": 0}


def test_a_certificate_of_nobody_knows_whom_is_refused(run: "ClearRunner", service: TinyServer) -> None:
    """By default; and nothing was sent."""
    failed = run.fails("logfire_project", **options(service))
    assert "certificate" in failed.result["msg"]
    assert "ca_path" in failed.result["msg"]
    assert failed.result["failure"]["status"] is None
    assert run.connection["api_token"] not in failed.stdout
    assert service.seen == []


def test_a_certificate_of_an_authority_that_is_named(
    run: "ClearRunner", service: TinyServer, authority: Authority
) -> None:
    assert not run.ok("logfire_project", **options(service), ca_path=str(authority.ca_path)).changed


def test_another_authority(run: "ClearRunner", service: TinyServer, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    failed = run.fails("logfire_project", **options(service), ca_path=str(other.ca_path))
    assert "certificate" in failed.result["msg"]
    assert service.seen == []


def test_another_host(run: "ClearRunner", service: TinyServer, authority: Authority) -> None:
    given = {**options(service), "base_url": service.url.replace("127.0.0.1", "localhost")}
    failed = run.fails("logfire_project", **given, ca_path=str(authority.ca_path))
    assert "certificate" in failed.result["msg"]
    assert service.seen == []


def test_a_certificate_that_has_expired(run: "ClearRunner", tmp_path: Path) -> None:
    authority = Authority(tmp_path, days=-1)
    with serving(answer, authority.context) as server:
        failed = run.fails("logfire_project", **options(server), ca_path=str(authority.ca_path))
    assert "certificate" in failed.result["msg"]
    assert server.seen == []


def test_no_verification_when_the_user_says_so(run: "ClearRunner", service: TinyServer) -> None:
    done = run.ok("logfire_project", **options(service), validate_certs=False)
    assert done.stderr == ""


def test_a_file_that_is_no_certificate(run: "ClearRunner", service: TinyServer, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("not a certificate")
    run.fails("logfire_project", **options(service), ca_path=str(bad))
    assert service.seen == []


def test_a_server_that_speaks_no_tls(run: "ClearRunner") -> None:
    with serving(answer) as server:
        secure = {**options(server), "base_url": server.url.replace("http:", "https:")}
        failed = run.fails("logfire_project", **secure)
    assert failed.result["failure"]["status"] is None


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_authorities_of_the_environment(
    variable: str, run: "ClearRunner", service: TinyServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(authority.ca_path))
    assert not run.ok("logfire_project", **options(service)).changed


def test_what_the_user_says_wins_over_the_environment(
    run: "ClearRunner", service: TinyServer, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(Authority(tmp_path / "other").ca_path))
    assert not run.ok("logfire_project", **options(service), ca_path=str(authority.ca_path)).changed
    assert not run.ok("logfire_project", **options(service), validate_certs=False).changed


def test_a_netrc_is_not_used(run: "ClearRunner", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The API token is what the service gets, whatever the user's file has for its host."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(answer) as server:
        run.ok("logfire_project", **options(server))
    assert [headers["Authorization"] for _method, _path, headers in server.seen] == [
        f"Bearer {run.connection['api_token']}"
    ]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_carries_what_is_encrypted(
    variable: str, run: "ClearRunner", service: TinyServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It learns the host and the port, and neither the API token nor what is asked for."""
    with serving(tunnel) as proxy:
        monkeypatch.setenv(variable, proxy.url.replace("//", "//me:proxypassword@"))
        assert not run.ok("logfire_project", **options(service), ca_path=str(authority.ca_path)).changed
    assert proxy.calls == [f"CONNECT {urlsplit(service.url).netloc}"]
    assert run.connection["api_token"] not in str(proxy.seen)
    assert proxy.seen[0][2]["Proxy-Authorization"].startswith("Basic ")
    assert "Proxy-Authorization" not in service.seen[0][2]


def test_a_plain_proxy(run: "ClearRunner", monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        run.ok("logfire_project", name="shop", base_url="http://logfire.example.com")
    assert proxy.calls == ["GET http://logfire.example.com/api/v1/projects/"]


def test_a_host_without_the_proxy(run: "ClearRunner", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", NOBODY)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(answer) as server:
        assert not run.ok("logfire_project", **options(server)).changed


@pytest.mark.parametrize("reply", [(407, b"who are you"), (502, b"no way"), None], ids=["407", "502", "not there"])
def test_a_proxy_that_fails(
    reply: tuple[int, bytes] | None, run: "ClearRunner", service: TinyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said that it is the proxy, without its password."""
    with serving(lambda handler: handler.send(reply[1], reply[0]) if reply else None) as proxy:
        address = (proxy.url if reply else NOBODY).replace("//", "//me:proxypassword@")
        monkeypatch.setenv("https_proxy", address)
        failed = run.fails("logfire_project", **options(service))
    assert "proxy" in failed.result["msg"]
    assert "proxypassword" not in failed.stdout
    assert service.seen == []


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://127.0.0.1:port", "ftp://127.0.0.1:9", "socks5://127.0.0.1:9"]
)
def test_a_proxy_that_is_none(address: str, run: "ClearRunner", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", address)
    run.fails("logfire_project", name="shop", base_url="http://logfire.example.com", retry_timeout=0)
