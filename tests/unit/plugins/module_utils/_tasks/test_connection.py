# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the connection: which service, with what token, and what is doubtful about it (api.md 1.2 to 1.4)."""

from __future__ import annotations

import re

import pytest
from ansible.module_utils.errors import AnsibleFallbackNotFound

from ansible_collections.community.logfire.plugins.module_utils._api.http import Transport
from ansible_collections.community.logfire.plugins.module_utils._tasks.connection import (
    connection_options,
    make_connection,
    set_variable,
)
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError

LOCAL = "pylf_v1_local_abc123"
V2 = "pylf_v2_us_123e4567-e89b-12d3-a456-426614174000_abc123"
US, EU = "https://logfire-us.pydantic.dev", "https://logfire-eu.pydantic.dev"


def params(**options):
    defaults = {name: option.get("default") for name, option in connection_options().items()}
    return {**defaults, "api_token": LOCAL, "base_url": "http://127.0.0.1:8000", **options}


@pytest.mark.parametrize(
    ("token", "base_url"),
    [("pylf_v1_us_abc123", US), ("pylf_v1_eu_abc123", EU), (V2, US), ("pylf_v1_us_a_b_c", US), (" pylf_v1_eu_a\n", EU)],
)
def test_the_region_in_the_token(token, base_url):
    connection, warnings = make_connection(params(api_token=token, base_url=None))
    assert connection.base_url == base_url
    assert connection.token == token.strip()
    assert warnings == []


@pytest.mark.parametrize(
    "token",
    [LOCAL, "not-a-logfire-token", "pylf_v2_us_missing-token", "pylf_v3_us_abc123", "pylf_v1_us", "x_v1_us_abc", "x"],
)
def test_a_token_that_names_no_region_needs_base_url(token):
    for base_url in (None, ""):
        with pytest.raises(OptionError, match="base_url: required") as caught:
            make_connection(params(api_token=token, base_url=base_url))
        assert "pylf_v1_us_..." in str(caught.value)
        assert not token.endswith("abc123") or "abc123" not in str(caught.value)
    assert make_connection(params(api_token=token))[0].base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize("token", [None, "", "  "])
def test_no_token(token):
    with pytest.raises(OptionError) as caught:
        make_connection(params(api_token=token))
    for word in ("api_token", "LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY"):
        assert word in str(caught.value)


@pytest.mark.parametrize("token", ["pylf v1", "pylf_v1_us_abc\r\nX: y", "pylf_ü", "pylf_\x00"])
def test_a_token_that_no_header_can_hold(token):
    with pytest.raises(OptionError, match="api_token: contains") as caught:
        make_connection(params(api_token=token))
    assert token not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "base_url"),
    [
        ("https://logfire.example.com", "https://logfire.example.com"),
        ("https://logfire.example.com/", "https://logfire.example.com"),
        (" https://logfire.example.com:8443 ", "https://logfire.example.com:8443"),
        ("HTTPS://logfire.example.com", "https://logfire.example.com"),
        ("https://[::1]:8443/", "https://[::1]:8443"),
    ],
)
def test_base_url(given, base_url):
    connection, warnings = make_connection(params(base_url=given))
    assert (connection.base_url, warnings) == (base_url, [])


@pytest.mark.parametrize(
    "base_url",
    [
        r"https://evil.example.net\.logfire.example.com",
        r"https://evil.example.net\@logfire.example.com",
        r"https:\\logfire.example.com",
        "https://logfire.exa\tmple.com",
        "https://logfire .example.com",
        "logfire.example.com",
        "ftp://example.com",
        "https://",
        "https:///x",
        "//example.com",
        "https://[::1",
        "http://a:b:c",
    ]
    + ["https://example.com:99999", "https://example.com:x", "https://example.com\uff0fapi"],
)
def test_what_is_no_url(base_url):
    with pytest.raises(OptionError, match=r"base_url: .* is not a URL such as https://logfire\.example\.com"):
        make_connection(params(base_url=base_url))


@pytest.mark.parametrize("rest", ["/api", "/api/v1/", "//", "?a=b", "#a"])
def test_nothing_after_the_host(rest):
    with pytest.raises(OptionError, match="base_url: must not contain a user, or anything after the host"):
        make_connection(params(base_url=f"https://logfire.example.com{rest}"))


def test_no_user_in_base_url():
    with pytest.raises(OptionError, match="base_url: must not contain a user") as caught:
        make_connection(params(base_url="https://user:topsecret@logfire.example.com"))
    assert "topsecret" not in str(caught.value)


@pytest.mark.parametrize(
    ("token", "base_url", "warning"),
    [
        (LOCAL, "http://localhost:8000", None),
        (LOCAL, "http://127.0.0.2", None),
        (LOCAL, "http://[::1]:8000", None),
        (LOCAL, "https://logfire.example.com", None),
        (LOCAL, "http://logfire.example.com", "without encryption"),
        (LOCAL, "http://127.example.com", "without encryption"),
        (LOCAL, "http://localhost.example.com", "without encryption"),
        ("pylf_v1_us_abc", US, None),
        ("pylf_v1_us_abc", "https://logfire-us.pydantic.dev/", None),
        ("pylf_v1_us_abc", EU, "the URL of another region"),
        ("pylf_v1_us_abc", "https://logfire.example.com", "belongs to the vendor's region us"),
        ("pylf_v1_eu_abc", "https://evilpydantic.dev", "belongs to the vendor's region eu"),
        ("pylf_v1_eu_abc", "https://logfire-eu.pydantic.dev.example.com", "belongs to the vendor's region eu"),
    ],
)
def test_doubts(token, base_url, warning):
    warnings = make_connection(params(api_token=token, base_url=base_url))[1]
    assert len(warnings) == (warning is not None)
    for text in warnings:
        assert warning in text
        assert token not in text


@pytest.mark.parametrize("name", ["Authorization", "ACCEPT", "content-type", "User-agent"])
def test_reserved_headers(name):
    with pytest.raises(OptionError, match=f"headers: {name} is set by the module"):
        make_connection(params(headers={name: "x"}))


@pytest.mark.parametrize("name", ["", " ", "X Y", "X:Y", "X\n", "ü", "X-A "])
def test_names_that_no_header_has(name):
    with pytest.raises(OptionError, match="not a valid header name"):
        make_connection(params(headers={name: "x"}))


@pytest.mark.parametrize("value", ["", " ", " topsecret", "topsecret ", "topsecret\r\nX: y", "topsecretü", None])
def test_values_that_no_header_has(value):
    with pytest.raises(OptionError, match="the value of X-Key is empty or contains characters") as caught:
        make_connection(params(headers={"X-Key": value}))
    assert "topsecret" not in str(caught.value)


def test_headers_that_differ_in_case_are_one():
    headers = {"CF-Access-Client-Id": "one", "X-Number": 5, "cf-access-client-id": "two words"}
    connection = make_connection(params(headers=headers))[0]
    sent = Transport(connection)._new_session().headers
    assert [value for name, value in sent.items() if name.lower() == "cf-access-client-id"] == ["two words"]
    assert sent["X-Number"] == "5"


@pytest.mark.parametrize(
    ("option", "value", "good"),
    [
        ("timeout", 0.5, True),
        ("timeout", 0.0, False),
        ("timeout", -1.0, False),
        ("retry_timeout", 0.0, True),
        ("retry_timeout", -0.1, False),
        ("retry_timeout", 1e6, True),
        ("retry_timeout", float("inf"), False),
        ("timeout", 1e12, False),
        ("timeout", float("nan"), False),
    ],
)
def test_seconds(option, value, good):
    if good:
        assert getattr(make_connection(params(**{option: value}))[0], option) == value
    else:
        with pytest.raises(OptionError, match=re.escape(f" seconds, not {value:g}")):
            make_connection(params(**{option: value}))


def test_verification(tmp_path):
    authorities = tmp_path / "ca.pem"
    authorities.touch()
    assert make_connection(params())[0].verify is True
    assert make_connection(params(ca_path=str(authorities)))[0].verify == str(authorities)
    assert make_connection(params(ca_path=str(authorities), validate_certs=False))[0].verify is False
    with pytest.raises(OptionError, match="ca_path: .*missing.pem does not exist"):
        make_connection(params(ca_path=str(tmp_path / "missing.pem")))


def test_the_defaults():
    connection = make_connection(params())[0]
    assert (connection.timeout, connection.retry_timeout, connection.verify) == (30, 120, True)
    assert connection.headers == {}


@pytest.mark.parametrize(
    ("environment", "token"),
    [
        ({"LOGFIRE_API_TOKEN": "a", "LOGFIRE_API_KEY": "b"}, "a"),
        ({"LOGFIRE_API_TOKEN": "", "LOGFIRE_API_KEY": "b"}, "b"),
        ({"LOGFIRE_API_KEY": "b"}, "b"),
        ({}, None),
    ],
)
def test_the_variables_of_the_token(monkeypatch, environment, token):
    for name in ("LOGFIRE_API_TOKEN", "LOGFIRE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    function, names = connection_options()["api_token"]["fallback"]
    if token is None:
        with pytest.raises(AnsibleFallbackNotFound):
            function(*names)
    else:
        assert function(*names) == token


def test_the_variable_of_the_url(monkeypatch):
    monkeypatch.setenv("LOGFIRE_BASE_URL", "https://logfire.example.com")
    function, names = connection_options()["base_url"]["fallback"]
    assert function is set_variable
    assert function(*names) == "https://logfire.example.com"


def test_what_is_kept_out_of_logs():
    secret = {name for name, option in connection_options().items() if option.get("no_log")}
    assert secret == {"api_token", "headers"}
