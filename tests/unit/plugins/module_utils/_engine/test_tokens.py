# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of tokens: what is planned for them (a table, with a fixed now), and how a plan is carried out."""

from __future__ import annotations

import errno
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._api.errors import LogfireError, NotFound, OptionError
from ansible_collections.community.logfire.plugins.module_utils._engine.tokens import TokenKeeper
from ansible_collections.community.logfire.plugins.module_utils._kinds.token import (
    TokenWish,
    due,
    is_active,
    load_token,
    parse_wish,
    plan_token,
)
from ansible_collections.community.logfire.plugins.module_utils._values.durations import DAY, HOUR
from ansible_collections.community.logfire.plugins.module_utils._values.instants import format_instant

NOW = datetime(2026, 10, 1, 12, 0, 0, tzinfo=timezone.utc)
OPTIONS = {
    "state": "present",
    "type": "write",
    "id": None,
    "expires_at": None,
    "expires_in": None,
    "renew_before": None,
    "max_age": None,
    "rotate": False,
    "grace_period": None,
    "keep_previous": False,
}
SECRET = "pylf_v1_us_abcdefgh0123456789"


def day(number):
    """A moment that many days from now, as the API writes it."""
    return format_instant(NOW + timedelta(days=number)) if number is not None else None


def token(token_id="t", expires=None, created=-10, **members):
    dates = {"expires_at": day(expires), "created_at": day(created)}
    return {"id": token_id, **dates, "token_prefix": SECRET[:16], **members}


def wish(**options):
    held, secret = options.pop("held", False), options.pop("secret", None)
    return parse_wish({**OPTIONS, **options}, held or secret is not None, secret)


def planned(options, tokens):
    plan = plan_token(wish(**options), tokens, NOW)
    return plan.action, plan.current["id"] if plan.current else None


EXPIRED, REVOKED = token("expired", -1), token("revoked", active=False)


@pytest.mark.parametrize(
    ("options", "tokens", "expected"),
    [
        # nothing names it: at least one that is active
        ({}, [], ("create", None)),
        ({}, [token()], ("none", "t")),
        ({}, [EXPIRED, REVOKED], ("create", None)),
        ({}, [EXPIRED, token("good", 1)], ("none", "good")),
        ({}, [token(frontend_application_id="f")], ("create", None)),
        ({}, [token("soon", 5), token("late", 50)], ("none", "late")),
        ({}, [token("ever"), token("late", 50)], ("none", "ever")),
        ({}, [token("old", None, -9), token("new", None, -1)], ("none", "new")),
        # of several, one that need not be replaced
        ({"renew_before": "10d"}, [token("soon", 5), token("late", 50)], ("none", "late")),
        ({"expires_in": "30d"}, [token("ever"), token("fits", 20)], ("none", "fits")),
        ({"expires_at": day(20)}, [token("other", 50), token("exact", 20)], ("none", "exact")),
        ({"max_age": "5d"}, [token("old", None, -9), token("new", 3, -1)], ("none", "new")),
        # the value that is held
        ({"secret": SECRET}, [token()], ("none", "t")),
        ({"secret": "pylf_v1_us_otherotherother"}, [token()], ("create", None)),
        ({"secret": SECRET}, [token(active=False)], ("create", None)),
        ({"secret": SECRET}, [token("expired", -1)], ("create", None)),
        ({"secret": SECRET}, [token(token_prefix=None)], ("create", None)),
        ({"secret": SECRET}, [token("short", token_prefix=SECRET[:13]), token("long")], ("none", "long")),
        ({"held": True}, [token()], ("create", None)),  # no file yet, or an empty value
        # the id
        ({"id": "T"}, [token()], ("none", "t")),
        ({"id": "t", "max_age": "5d"}, [token()], ("replace", "t")),
        # expiry
        ({"expires_at": day(20)}, [token("t", 20)], ("none", "t")),
        ({"expires_at": "2026-10-21T14:00:00+02:00"}, [token("t", 20)], ("none", "t")),
        ({"expires_at": "2026-10-21T12:00:00.4Z"}, [token("t", 20)], ("none", "t")),
        ({"expires_at": day(20)}, [token("t", 21)], ("replace", "t")),
        ({"expires_at": day(20)}, [token("t", None)], ("replace", "t")),
        ({"expires_at": day(20), "renew_before": "30d"}, [token("t", 20)], ("none", "t")),
        ({"expires_in": "30d"}, [token("t", 30)], ("none", "t")),
        ({"expires_in": "30d"}, [token("t", 1)], ("none", "t")),
        ({"expires_in": "30d"}, [token("t", 31)], ("replace", "t")),
        ({"expires_in": "30d"}, [token("t", None)], ("replace", "t")),
        ({"expires_in": "30d"}, [EXPIRED], ("create", None)),
        # renewal
        ({"renew_before": "10d"}, [token("t", 11)], ("none", "t")),
        ({"renew_before": "10d"}, [token("t", 10)], ("none", "t")),
        ({"renew_before": "10d"}, [token("t", 9)], ("replace", "t")),
        ({"renew_before": "10d"}, [token("t", None)], ("none", "t")),
        ({"renew_before": "10d", "expires_in": "30d"}, [token("t", 30)], ("none", "t")),
        ({"renew_before": "10d", "expires_in": "30d"}, [token("t", 9)], ("replace", "t")),
        ({"max_age": "10d"}, [token("t", None, -10)], ("none", "t")),
        ({"max_age": "9d"}, [token("t", None, -10)], ("replace", "t")),
        ({"max_age": "9d"}, [token("t", None, None)], ("none", "t")),
        ({"rotate": True}, [token()], ("replace", "t")),
        ({"rotate": True}, [], ("create", None)),
        # absent
        ({"state": "absent", "id": "t"}, [token()], ("revoke", "t")),
        ({"state": "absent", "id": "x"}, [token()], ("none", None)),
        ({"state": "absent", "id": "revoked"}, [REVOKED], ("none", None)),
        ({"state": "absent", "secret": SECRET}, [token()], ("revoke", "t")),
        ({"state": "absent", "secret": "other"}, [token()], ("none", None)),
        ({"state": "absent", "held": True}, [token()], ("none", None)),
        ({"state": "absent", "id": "t", "rotate": True, "expires_at": day(-5)}, [token()], ("revoke", "t")),
    ],
)
def test_lifecycles(options, tokens, expected):
    assert planned(options, tokens) == expected
    assert planned(options, tokens[::-1]) == expected  # whatever the order of the list


@pytest.mark.parametrize(
    ("options", "tokens", "problem"),
    [
        ({"id": "x"}, [token()], "id: there is no active token x"),
        ({"id": "expired"}, [EXPIRED], "id: there is no active token expired"),
        ({"secret": SECRET}, [token("1"), token("2")], "token: its prefix is that of 2 active tokens; name one"),
        ({"expires_at": day(-1)}, [], "expires_at: is in the past"),
        ({"expires_at": day(-1)}, [token()], "expires_at: is in the past"),
    ],
)
def test_what_cannot_be_planned(options, tokens, problem):
    with pytest.raises(OptionError) as caught:
        planned(options, tokens)
    assert str(caught.value).startswith(problem)
    assert SECRET not in str(caught.value)


def test_an_expiry_that_has_come_is_no_error_where_nothing_is_made():
    """The token that had it is gone, and so is what it was for."""
    assert planned({"expires_at": day(1)}, [token("t", 1)]) == ("none", "t")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"expires_at": "tomorrow"}, "expires_at: 'tomorrow' is not an RFC 3339"),
        ({"expires_at": "2026-03-02"}, "expires_at: "),
        ({"expires_at": "9999-12-31T23:59:59-05:00"}, "expires_at: "),
        ({"expires_in": "soon"}, "expires_in: 'soon' is not a duration"),
        ({"expires_in": "0"}, "expires_in: '0' is out of range; allowed is 1s to 36500d"),
        ({"expires_in": "36501d"}, "expires_in: '36501d' is out of range"),
        ({"max_age": "x"}, "max_age: "),
        ({"renew_before": "30d", "expires_in": "30d"}, "renew_before: must be shorter than expires_in"),
        ({"grace_period": "90m"}, "grace_period: '90m' is not in whole hours"),
        ({"grace_period": "1h", "type": "read"}, "grace_period: not allowed for type read"),
    ],
)
def test_what_cannot_be_wished(options, problem):
    with pytest.raises(OptionError) as caught:
        wish(**options)
    assert str(caught.value).startswith(problem)


def test_a_grace_period_is_in_hours():
    assert wish(grace_period="2d").grace_hours == 48


DAYS = st.none() | st.integers(1, 100)


@given(DAYS, DAYS, DAYS, st.lists(st.tuples(DAYS, st.integers(0, 100)), max_size=4))
def test_the_second_run_changes_nothing(expires_in, renew_before, max_age, lives):
    if expires_in and renew_before and renew_before >= expires_in:
        renew_before = None
    text = {"expires_in": expires_in, "renew_before": renew_before, "max_age": max_age}
    wanted = wish(**{option: f"{days}d" for option, days in text.items() if days})
    tokens = [token(str(index), expires and expires + 0.5, -age - 0.5) for index, (expires, age) in enumerate(lives)]
    try:
        plan = plan_token(wanted, tokens, NOW)
    except OptionError:
        assert renew_before and not expires_in  # the lifetime that would be kept is too short for it
        return
    expires_at = plan.expires_at
    if plan.action != "none":
        tokens = [item for item in tokens if plan.current is None or item["id"] != plan.current["id"]]
        tokens.append({"id": "new", "created_at": day(0), "expires_at": expires_at and format_instant(expires_at)})
    again = plan_token(wanted, tokens, NOW + timedelta(seconds=30))
    assert again.action == "none"


@pytest.mark.parametrize(
    ("options", "item", "reason"),
    [
        ({"rotate": True}, token(), "rotate is set"),
        ({"expires_at": day(5)}, token("t", 6), "expires_at is another"),
        ({"renew_before": "14d"}, token("t", 5), "it expires in less than 14d"),
        ({"expires_in": "1d"}, token("t", 5), "it lives longer than 24h"),
        ({"max_age": "36h"}, token(), "it is older than 36h"),
        ({}, token(), ""),
    ],
)
def test_the_reason_is_told(options, item, reason):
    assert due(wish(**options), item, NOW) == reason


@pytest.mark.parametrize(
    ("item", "active"),
    [
        ({}, True),
        ({"active": None, "expires_at": None}, True),
        ({"active": False}, False),
        ({"expires_at": day(1)}, True),
        ({"expires_at": day(0)}, False),
        ({"active": True, "expires_at": day(-1)}, False),
        ({"expires_at": "not a date"}, True),
    ],
)
def test_which_tokens_are_active(item, active):
    assert is_active(item, NOW) is active


def test_the_result_of_a_token():
    state = load_token({"id": "t", "token": SECRET, "created_at": "x"}, "read", "shop")
    assert SECRET not in str(state)
    assert (state["type"], state["project_name"]) == ("read", "shop")
    assert (state["active"], state["token_prefix"]) == (True, None)
    assert load_token({"project_name": "other", "active": False}, "read", "shop")["project_name"] == "other"


# Plans, carried out


class Tokens:
    """The routes of one type, with what goes wrong: C(fail) maps a call to the errors of its next runs."""

    name = "write"

    def __init__(self, *tokens, fail=None):
        self.listed = list(tokens)
        self.fail = fail or {}
        self.calls = []

    def _call(self, *call):
        self.calls.append(call)
        errors = self.fail.get(call[0], [])
        return errors.pop(0) if errors else None

    def read_all(self):
        error = self._call("list")
        if error is not None:
            raise error
        return list(self.listed)

    def _made(self, error):
        if error is None or getattr(error, "committed", False):
            self.listed.append({"id": "new"})
        if error is not None:
            raise error
        return {"id": "new", "token": SECRET}

    def create(self, expires_at):
        return self._made(self._call("create", expires_at))

    def rotate(self, token_id, grace_hours):
        return self._made(self._call("rotate", token_id, grace_hours))

    def revoke(self, token_id):
        error = self._call("revoke", token_id)
        if error is not None:
            raise error


def lost(committed):
    error = LogfireError("no answer came in time", method="POST", path="/p/", outcome_unknown=True)
    error.committed = committed
    return error


def refused(kind=LogfireError):
    return kind("the service answered 400: no", method="DELETE", path="/p/", status=400)


def keep_house(tokens, wanted, keep=None):
    """The new token, the calls that were made, and the warnings."""
    keeper = TokenKeeper(tokens, list(tokens.listed), NOW)
    new = keeper.apply(wanted, plan_token(wanted, list(tokens.listed), NOW), keep)
    return new, tokens.calls, keeper.warnings


NEXT_MONTH = "2026-10-31T12:00:00Z"


@pytest.mark.parametrize(
    ("options", "tokens", "in_file", "calls"),
    [
        ({}, [], False, [("create", None)]),
        ({"expires_at": NEXT_MONTH}, [], True, [("create", NEXT_MONTH), ("keep",)]),
        ({"expires_in": "30d"}, [], False, [("create", NEXT_MONTH)]),
        ({"state": "absent", "id": "t"}, [token()], False, [("revoke", "t")]),
        # the atomic rotation, where nothing can be lost
        ({"rotate": True}, [token()], False, [("rotate", "t", None)]),
        ({"rotate": True, "grace_period": "24h"}, [token()], False, [("rotate", "t", 24)]),
        # with an expiry, or a file to be written first: the old one ends last
        ({"rotate": True}, [token("t", 9)], False, [("create", day(19)), ("revoke", "t")]),
        ({"rotate": True, "expires_in": "30d"}, [token()], False, [("create", NEXT_MONTH), ("revoke", "t")]),
        ({"rotate": True}, [token()], True, [("create", None), ("keep",), ("revoke", "t")]),
        (
            {"rotate": True, "grace_period": "24h"},
            [token()],
            True,
            [("create", None), ("keep",), ("rotate", "t", 24), ("revoke", "new")],
        ),
        ({"rotate": True, "keep_previous": True}, [token()], False, [("create", None)]),
        ({"rotate": True, "keep_previous": True}, [token()], True, [("create", None), ("keep",)]),
    ],
)
def test_the_calls_of_a_plan(options, tokens, in_file, calls):
    fake = Tokens(*tokens)
    keep = (lambda secret: fake.calls.append(("keep",))) if in_file else None
    new, made, warnings = keep_house(fake, wish(**options), keep)
    assert made == calls
    assert warnings == []
    assert new == (None if options.get("state") else {"id": "new", "token": SECRET})


def test_a_creation_whose_outcome_is_unknown_is_tried_again_when_nothing_came():
    fake = Tokens(token(), fail={"create": [lost(committed=False)]})
    new, calls, warnings = keep_house(fake, wish(held=True))
    assert new["token"] == SECRET
    assert calls == [("create", None), ("list",), ("create", None)]


@pytest.mark.parametrize("attempts", [1, 2])
def test_a_token_whose_secret_is_lost_is_named(attempts):
    fake = Tokens(token(), fail={"create": [lost(committed=attempt == attempts) for attempt in range(1, attempts + 1)]})
    with pytest.raises(LogfireError) as caught:
        keep_house(fake, wish(held=True))
    text = str(caught.value)
    assert "A write token was made whose secret is lost: new." in text
    assert "logfire_token (type=write id=new state=absent)" in text
    assert "may have been carried out" not in text
    assert [call[0] for call in fake.calls] == ["create", "list"] * attempts


def test_a_creation_that_fails_twice_without_a_trace():
    fake = Tokens(fail={"create": [lost(False), lost(False)]})
    with pytest.raises(LogfireError, match="Could not make a write token: no answer came in time"):
        keep_house(fake, wish())
    assert [call[0] for call in fake.calls] == ["create", "list", "create", "list"]


def test_a_creation_of_which_nothing_can_be_found_out():
    fake = Tokens(fail={"create": [lost(True)], "list": [refused()]})
    with pytest.raises(LogfireError, match="could not be read") as caught:
        keep_house(fake, wish())
    assert "no answer came in time. A write token may have been made, whose secret is lost" in str(caught.value)
    assert [call[0] for call in fake.calls] == ["create", "list"]


def test_a_refused_creation_is_final():
    fake = Tokens(fail={"create": [refused()]})
    with pytest.raises(LogfireError, match="Could not make a write token"):
        keep_house(fake, wish())
    assert fake.calls == [("create", None)]


def test_a_secret_that_cannot_be_put_away_leaves_the_old_token():
    def full(secret):
        raise OSError(errno.ENOSPC, "No space left on device", "/secret/path")

    fake = Tokens(token())
    problem = r"path: cannot be written: No space left on device\. A write token was made whose secret is lost"
    with pytest.raises(OptionError, match=problem) as caught:
        keep_house(fake, wish(rotate=True), full)
    assert "id=new" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert fake.calls == [("create", None)]


def test_an_old_token_that_does_not_end():
    """The new secret is returned all the same, with a warning; when it is safe in a file, the task fails."""
    fake = Tokens(token("t", 9), fail={"revoke": [refused()]})
    new, calls, warnings = keep_house(fake, wish(rotate=True))
    assert new["token"] == SECRET
    assert len(warnings) == 1
    assert "Could not end the token t, which is replaced" in warnings[0]
    fake = Tokens(token("t", 9), fail={"revoke": [refused()]})
    with pytest.raises(LogfireError, match="Could not end the token t, which is replaced"):
        keep_house(fake, wish(rotate=True), lambda secret: None)


@pytest.mark.parametrize("options", [{"state": "absent", "id": "t"}, {"rotate": True, "expires_in": "1d"}])
def test_a_token_that_is_gone_already_need_not_be_ended(options):
    fake = Tokens(token(), fail={"revoke": [refused(NotFound)]})
    assert keep_house(fake, wish(**options))[2] == []


def test_nothing_of_a_wish_gets_lost():
    more = {"expires_in": "30d", "renew_before": "1d", "max_age": "2d", "rotate": True, "keep_previous": True}
    assert parse_wish({**OPTIONS, **more}, True, "x") == TokenWish(
        held=True, secret="x", expires_in=30 * DAY, renew_before=DAY, max_age=2 * DAY, rotate=True, keep_previous=True
    )
    assert parse_wish({**OPTIONS, "grace_period": "1h"}, False, None).grace_hours == HOUR // 3600
