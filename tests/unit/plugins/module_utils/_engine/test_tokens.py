# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of tokens: what is planned for them (a table, with a fixed now), and how a plan is carried out."""

from __future__ import annotations

import errno
import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.logfire.plugins.module_utils._api.errors import LogfireError, NotFound
from ansible_collections.community.logfire.plugins.module_utils._engine.credentials import CredentialRotation
from ansible_collections.community.logfire.plugins.module_utils._engine.unfinished import (
    Attempt,
    Ending,
    Review,
    Unfinished,
    parse_unfinished,
    review,
)
from ansible_collections.community.logfire.plugins.module_utils._kinds.credential import CredentialSpec, is_active
from ansible_collections.community.logfire.plugins.module_utils._kinds.lifecycle import due, make_plan, parse_spec
from ansible_collections.community.logfire.plugins.module_utils._kinds.token import READ_TOKEN, WRITE_TOKEN
from ansible_collections.community.logfire.plugins.module_utils._values.durations import DAY, HOUR
from ansible_collections.community.logfire.plugins.module_utils._values.instants import format_instant
from ansible_collections.community.logfire.plugins.module_utils._values.option_errors import OptionError

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


def spec(**options):
    held, secret = options.pop("held", False), options.pop("secret", None)
    options = {**OPTIONS, **options}
    kind = READ_TOKEN if options["type"] == "read" else WRITE_TOKEN
    return parse_spec(kind, options, held or secret is not None, secret)


def planned(options, tokens):
    plan = make_plan(WRITE_TOKEN, spec(**options), tokens, NOW)
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
        ({"secret": SECRET}, [token("1"), token("2")], "token: 2 active tokens have its prefix; set id to one"),
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
        ({"expires_in": "0"}, "expires_in: '0' is out of range; allowed: 1s to 36500d"),
        ({"expires_in": "36501d"}, "expires_in: '36501d' is out of range"),
        ({"max_age": "x"}, "max_age: "),
        ({"renew_before": "30d", "expires_in": "30d"}, "renew_before: must be shorter than expires_in"),
        ({"grace_period": "90m"}, "grace_period: '90m' must be whole hours"),
        ({"grace_period": "1h", "type": "read"}, "grace_period: not allowed for type read"),
    ],
)
def test_what_cannot_be_wished(options, problem):
    with pytest.raises(OptionError) as caught:
        spec(**options)
    assert str(caught.value).startswith(problem)


def test_a_grace_period_is_in_hours():
    assert spec(grace_period="2d").grace_hours == 48


DAYS = st.none() | st.integers(1, 100)


@given(DAYS, DAYS, DAYS, st.lists(st.tuples(DAYS, st.integers(0, 100)), max_size=4))
def test_the_second_run_changes_nothing(expires_in, renew_before, max_age, lives):
    if expires_in and renew_before and renew_before >= expires_in:
        renew_before = None
    text = {"expires_in": expires_in, "renew_before": renew_before, "max_age": max_age}
    wanted = spec(**{option: f"{days}d" for option, days in text.items() if days})
    tokens = [token(str(index), expires and expires + 0.5, -age - 0.5) for index, (expires, age) in enumerate(lives)]
    try:
        plan = make_plan(WRITE_TOKEN, wanted, tokens, NOW)
    except OptionError:
        assert renew_before and not expires_in  # the lifetime that would be kept is too short for it
        return
    expires_at = plan.expires_at
    if plan.action != "none":
        tokens = [item for item in tokens if plan.current is None or item["id"] != plan.current["id"]]
        tokens.append({"id": "new", "created_at": day(0), "expires_at": expires_at and format_instant(expires_at)})
    again = make_plan(WRITE_TOKEN, wanted, tokens, NOW + timedelta(seconds=30))
    assert again.action == "none"


@pytest.mark.parametrize(
    ("options", "item", "reason"),
    [
        ({"rotate": True}, token(), "rotate is set"),
        ({"expires_at": day(5)}, token("t", 6), "it expires at another time than expires_at"),
        ({"renew_before": "14d"}, token("t", 5), "it expires in less than 14d"),
        ({"expires_in": "1d"}, token("t", 5), "it lives longer than 24h"),
        ({"max_age": "36h"}, token(), "it is older than 36h"),
        ({}, token(), ""),
    ],
)
def test_the_reason_is_told(options, item, reason):
    assert due(spec(**options), item, NOW) == reason


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
    state = READ_TOKEN.result({"id": "t", "token": SECRET, "created_at": "x"}, "shop")
    assert SECRET not in str(state)
    assert (state["type"], state["project_name"]) == ("read", "shop")
    assert (state["active"], state["token_prefix"]) == (True, None)
    assert READ_TOKEN.result({"project_name": "other", "active": False}, "shop")["project_name"] == "other"


# Plans, carried out


class Tokens:
    """The routes of one type, with what goes wrong: C(fail) maps a call to the errors of its next runs."""

    kind = WRITE_TOKEN

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

    def _made(self, error, expires_at=None):
        new_id = f"new{sum('new' in token['id'] for token in self.listed) or ''}"
        if error is None or getattr(error, "committed", False):
            self.listed.append({"id": new_id, "created_at": day(0.001 * len(self.listed)), "expires_at": expires_at})
        if error is not None:
            raise error
        return {"id": new_id, "token": SECRET}

    def create(self, body):
        return self._made(self._call("create", body["expires_at"]), body["expires_at"])

    def rotate(self, token_id, grace_hours):
        error = self._call("rotate", token_id, grace_hours)
        if error is None or getattr(error, "committed", False):
            (old,) = (token for token in self.listed if token["id"] == token_id)
            old["expires_at"] = day((grace_hours or 0) / 24)
        return self._made(error)

    def revoke(self, token_id):
        error = self._call("revoke", token_id)
        if error is not None:
            raise error
        self.listed = [token for token in self.listed if token["id"] != token_id]


def lost(committed):
    error = LogfireError("no answer came in time", method="POST", path="/p/", outcome_unknown=True)
    error.committed = committed
    return error


def refused(kind=LogfireError):
    return kind("the service answered 400: no", method="DELETE", path="/p/", status=400)


def keep_house(tokens, wanted, deliver=None, left=(), notes=None):
    """The new token, the calls that were made, and the rotation; C(notes) gets what is remembered."""
    listed = [dict(token) for token in tokens.listed]
    remember = (lambda unfinished: notes.append(unfinished.as_dict())) if notes is not None else None
    unfinished = Unfinished("p", "write", endings=list(left))
    rotation = CredentialRotation(tokens, listed, NOW, timedelta(minutes=5), unfinished, remember)
    new = rotation.apply(wanted, make_plan(WRITE_TOKEN, wanted, listed, NOW), deliver)
    return new, tokens.calls, rotation


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
            [("create", None), ("keep",), ("rotate", "t", 24), ("revoke", "new1")],
        ),
        ({"rotate": True, "keep_previous": True}, [token()], False, [("create", None)]),
        ({"rotate": True, "keep_previous": True}, [token()], True, [("create", None), ("keep",)]),
    ],
)
def test_the_calls_of_a_plan(options, tokens, in_file, calls):
    fake = Tokens(*tokens)
    keep = (lambda secret: fake.calls.append(("keep",))) if in_file else None
    new, made, rotation = keep_house(fake, spec(**options), keep)
    assert made == calls
    assert (rotation.changed, rotation.failures) == (True, [])
    assert new == (None if options.get("state") else {"id": "new", "token": SECRET})


def test_a_creation_whose_outcome_is_unknown_is_tried_again_when_nothing_came():
    fake = Tokens(token(), fail={"create": [lost(committed=False)]})
    new, calls, _keeper = keep_house(fake, spec(held=True))
    assert new["token"] == SECRET
    assert calls == [("create", None), ("list",), ("create", None)]


@pytest.mark.parametrize("attempts", [1, 2])
def test_a_token_whose_secret_is_lost_is_named(attempts):
    fake = Tokens(token(), fail={"create": [lost(committed=attempt == attempts) for attempt in range(1, attempts + 1)]})
    with pytest.raises(LogfireError) as caught:
        keep_house(fake, spec(held=True))
    text = str(caught.value)
    assert "A write token was created, but its secret is lost: new." in text
    assert "logfire_token (type=write id=new state=absent)" in text
    assert "may still have succeeded" not in text
    assert [call[0] for call in fake.calls] == ["create", "list"] * attempts


def test_a_creation_that_fails_twice_without_a_trace():
    fake = Tokens(fail={"create": [lost(False), lost(False)]})
    with pytest.raises(LogfireError, match="Could not create a write token: no answer came in time"):
        keep_house(fake, spec())
    assert [call[0] for call in fake.calls] == ["create", "list", "create", "list"]


def test_a_creation_of_which_nothing_can_be_found_out():
    fake = Tokens(fail={"create": [lost(True)], "list": [refused()]})
    with pytest.raises(LogfireError, match="could not be read") as caught:
        keep_house(fake, spec())
    assert "no answer came in time. A write token may have been created and its secret lost" in str(caught.value)
    assert [call[0] for call in fake.calls] == ["create", "list"]


def test_a_refused_creation_is_final():
    fake = Tokens(fail={"create": [refused()]})
    with pytest.raises(LogfireError, match="Could not create a write token"):
        keep_house(fake, spec())
    assert fake.calls == [("create", None)]


@pytest.mark.parametrize(
    "trouble",
    [OSError(errno.ENOSPC, "No space left on device", "/secret/path"), OptionError("path", "is a link")],
    ids=["OSError", "OptionError"],
)
@pytest.mark.parametrize("is_revoked", [True, False])
def test_a_secret_that_cannot_be_put_away_is_revoked_and_the_old_token_stays(is_revoked, trouble):
    def full(secret):
        raise trouble

    fake, notes = Tokens(token(), fail={"revoke": [] if is_revoked else [refused()]}), []
    with pytest.raises(OptionError) as caught:
        keep_house(fake, spec(rotate=True), full, notes=notes)
    text = str(caught.value)
    assert text.startswith(
        "path: cannot be written: No space left on device. " if isinstance(trouble, OSError) else "path: is a link. "
    )
    assert SECRET not in text
    assert fake.calls == [("create", None), ("revoke", "new")]
    if is_revoked:
        assert text.endswith("The new token was revoked")
        assert notes[-1] == {}
    else:
        assert "A write token was created, but its secret is lost: new." in text
        assert [ending["id"] for ending in notes[-1]["endings"]] == ["new"]


# What cannot be ended, and is remembered


@pytest.mark.parametrize("options", [{}, {"grace_period": "24h"}])
@pytest.mark.parametrize("deliver", [None, lambda secret: None], ids=["result", "file"])
def test_an_old_token_that_does_not_end(deliver, options):
    """The new secret is where it belongs all the same."""
    fake = Tokens(token("t", 9), fail={"revoke": [refused()], "rotate": [refused()]})
    notes = []
    new, _calls, rotation = keep_house(fake, spec(rotate=True, **options), deliver, notes=notes)
    assert new["token"] == SECRET
    assert rotation.changed
    assert ["Could not revoke the write token t: " in str(failure) for failure in rotation.failures] == [True]
    at = day(1) if options else None
    assert notes[-1]["endings"] == [{"id": "t", "at": at}]
    assert notes[-1]["attempt"] is None


def test_what_is_remembered_step_by_step():
    fake, notes = Tokens(token("t", None)), []
    keep_house(fake, spec(rotate=True, grace_period="24h"), lambda secret: None, notes=notes)
    attempt = {"after": day(-10), "until": "2026-10-01T12:05:00Z", "expiries": [None], "known": [], "rotates": None}
    old = [{"id": "t", "at": day(1)}]
    members = ("attempt", "endings", "is_unreported")
    assert [tuple(note.get(member) for member in members) for note in notes] == [
        (attempt, old, False),
        ({**attempt, "expiries": [None, None], "known": ["new"], "rotates": "t"}, old, True),
        (None, [{"id": "new1", "at": None}], True),
        (None, None, None),
    ]
    assert SECRET not in str(notes)


@pytest.mark.parametrize("ends", [0.5, 1.0])
def test_a_token_that_ends_in_time_by_itself_is_left_to_do_so(ends):
    fake = Tokens(token("t", ends))
    _new, calls, rotation = keep_house(fake, spec(rotate=True, grace_period="24h"), lambda secret: None)
    assert [call[0] for call in calls] == ["create"]
    assert rotation.failures == []


def test_what_earlier_runs_left_is_ended_too():
    fake, notes = Tokens(token("t"), token("left"), token("later")), []
    left = [Ending("left"), Ending("later", day(0.1))]
    keep_house(fake, spec(id="t", rotate=True, max_age="1d"), lambda secret: None, left, notes)
    assert [call for call in fake.calls if call[0] != "create"] == [
        ("revoke", "left"),
        ("rotate", "later", 3),
        ("revoke", "t"),
        ("revoke", "new1"),
    ]
    assert notes[-1] == {}


@pytest.mark.parametrize("others", [0, 1])
def test_a_spare_token_whose_answer_is_lost_is_revoked_or_named(others):
    """Where it is the only one that it can be, it needs no secret to be revoked."""
    fake = Tokens(token("t"), fail={"rotate": [lost(committed=True)]})

    def deliver(secret):
        fake.listed += [{"id": f"theirs{number}", "created_at": day(0.5)} for number in range(others)]

    _new, calls, rotation = keep_house(fake, spec(rotate=True, grace_period="24h"), deliver)
    if others == 0:
        assert calls[-2:] == [("list",), ("revoke", "new1")]
        assert rotation.failures == []
    else:
        (failure,) = rotation.failures
        assert "Could not revoke the write token t: " in str(failure)
        assert "It is one of: theirs0, new1." in str(failure)


def test_only_a_token_that_can_be_this_runs_own_is_named():
    fake = Tokens(token("old"))

    def create(body):
        fake.listed += [
            {"id": "ours", "created_at": day(0), "expires_at": "2026-10-31T12:00:00+00:00"},
            {"id": "lives-longer", "created_at": day(0), "expires_at": day(31)},
            {"id": "for-ever", "created_at": day(0)},
            {"id": "frontend", "created_at": day(0), "expires_at": day(30), "frontend_application_id": "f"},
            {"id": "revoked", "created_at": day(0), "expires_at": day(30), "active": False},
        ]
        raise lost(committed=True)

    fake.create = create
    with pytest.raises(LogfireError, match="secret is lost: ours. "):
        keep_house(fake, spec(held=True, expires_in="30d"))


@pytest.mark.parametrize("options", [{"state": "absent", "id": "t"}, {"rotate": True, "expires_in": "1d"}])
def test_a_token_that_is_gone_already_need_not_be_ended(options):
    fake = Tokens(token(), fail={"revoke": [refused(NotFound)]})
    assert keep_house(fake, spec(**options))[2].failures == []


# What an interrupted run left


ATTEMPT = Attempt(after=day(-1), until=day(0), expiries=[None])
LATER = {"created_at": day(-0.5), "expires_at": None}


@pytest.mark.parametrize(
    ("left", "tokens", "held", "expected"),
    [
        ({}, [], None, Review([])),
        # what is to be ended
        ({"endings": [Ending("t")]}, [token()], None, Review([Ending("t")])),
        ({"endings": [Ending("t")]}, [token()], "t", Review([])),
        ({"endings": [Ending("t")]}, [], None, Review([])),
        ({"endings": [Ending("t")]}, [token(active=False)], None, Review([])),
        ({"endings": [Ending("t", day(1))]}, [token("t", 1.02)], None, Review([])),
        ({"endings": [Ending("t", day(1))]}, [token("t", 2)], None, Review([Ending("t", day(1))])),
        # what may have been made
        ({"attempt": ATTEMPT}, [token()], "t", Review([])),
        ({"attempt": ATTEMPT}, [token(), {**LATER, "id": "x"}], "t", Review([], ["x"])),
        ({"attempt": ATTEMPT}, [token(), {**LATER, "id": "x"}], "x", Review([], was_delivered=True)),
        ({"attempt": ATTEMPT}, [{**LATER, "id": "x"}, {**LATER, "id": "y"}], None, Review([], ["x", "y"])),
        ({"attempt": ATTEMPT}, [{**LATER, "id": "x", "created_at": day(-1)}], None, Review([])),
        ({"attempt": ATTEMPT}, [{**LATER, "id": "x", "created_at": day(0.1)}], None, Review([])),
        ({"attempt": ATTEMPT}, [{**LATER, "id": "x", "created_at": None}], None, Review([])),
        ({"attempt": ATTEMPT}, [{**LATER, "id": "x", "expires_at": day(3)}], None, Review([])),
        ({"attempt": ATTEMPT._replace(expiries=[day(3)])}, [token("x", 3.001, -0.5)], None, Review([], ["x"])),
        ({"attempt": ATTEMPT._replace(after=None)}, [token()], None, Review([], ["t"])),
        ({"is_unreported": True, "endings": [Ending("t")]}, [token()], None, Review([Ending("t")], [], True)),
        # a rotation that was to end the token t later
        (
            {"attempt": ATTEMPT._replace(rotates="t", known=["n"]), "endings": [Ending("t", day(1))]},
            [token("t", 1), {**LATER, "id": "n"}, {**LATER, "id": "spare"}],
            "n",
            Review([Ending("spare")]),
        ),
        (
            {"attempt": ATTEMPT._replace(rotates="t", known=["n"]), "endings": [Ending("t", day(1))]},
            [token("t", 1), {**LATER, "id": "n"}, {**LATER, "id": "x"}, {**LATER, "id": "y"}],
            "n",
            Review([], ["x", "y"]),
        ),
        (
            {"attempt": ATTEMPT._replace(rotates="t", known=["n"]), "endings": [Ending("t", day(1))]},
            [token("t"), {**LATER, "id": "n"}, {**LATER, "id": "theirs"}],
            "n",
            Review([Ending("t", day(1))], ["theirs"]),
        ),
    ],
)
def test_what_is_to_be_done_about_an_interrupted_run(left, tokens, held, expected):
    unfinished = Unfinished("p", "write", **left)
    assert review(unfinished, tokens, held, NOW) == expected
    assert parse_unfinished(json.loads(json.dumps(unfinished.as_dict()))) in (unfinished, None)


@pytest.mark.parametrize(
    "stored",
    [
        {"project_id": "p"},
        {"project_id": "p", "type": "write", "attempt": None, "endings": [], "more": 1},
        {"project_id": "p", "type": "write", "attempt": {"after": 1}, "endings": []},
        {"project_id": "p", "type": "write", "attempt": None, "endings": [{"id": ["x"]}]},
        {"project_id": None, "type": "write", "attempt": None, "endings": []},
        {"project_id": "p", "type": "write", "attempt": None, "endings": 3},
        {"project_id": "p", "type": "write", "attempt": {"after": None, "until": "", "expiries": 1}, "endings": []},
    ],
)
def test_what_no_run_remembered(stored):
    with pytest.raises(ValueError, match="not what an unfinished run leaves"):
        parse_unfinished(stored)


def test_nothing_of_a_wish_gets_lost():
    more = {"expires_in": "30d", "renew_before": "1d", "max_age": "2d", "rotate": True, "keep_previous": True}
    assert parse_spec(WRITE_TOKEN, {**OPTIONS, **more}, True, "x") == CredentialSpec(
        held=True, secret="x", expires_in=30 * DAY, renew_before=DAY, max_age=2 * DAY, rotate=True, keep_previous=True
    )
    assert parse_spec(WRITE_TOKEN, {**OPTIONS, "grace_period": "1h"}, False, None).grace_hours == HOUR // 3600
