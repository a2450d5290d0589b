# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries in playbooks: the lookup, and the deployment that waits for an answer."""

import sys
from typing import TYPE_CHECKING, Any

import pytest
from plays import EXAMPLES, Plays, unsettled

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]
READ = "pylf_v1_local_canaryreadtoken4730abcdef"
LOOKUP = "community.logfire.logfire_query"
#: The calls of the lookup and what they give, as conditions.
CONDITIONS = [
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', read_token=token) == rows",
    f"query('{LOOKUP}', sql, sql ~ ' DESC', min_timestamp='1h') == [rows, rows | reverse | list]",
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', read_token_path='token', limit=1) == rows[:1]",
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', environments=['nowhere']) == []",
    f"lookup('{LOOKUP}', sql, min_timestamp='2020-01-01 00:00:00', max_timestamp='PT1H', timezone='UTC') == []",
    f"lookup('{LOOKUP}', 'SELECT 1 AS one', min_timestamp='1h', base_url=url, timeout=5) == [{{'one': 1}}]",
]
#: What is wrong, and what is said.
WRONG = {
    f"lookup('{LOOKUP}', 'SELEC 1', min_timestamp='1h')": "found: SELEC at Line: 1, Column: 1",
    f"lookup('{LOOKUP}', sql)": "min_timestamp",
    f"lookup('{LOOKUP}', ' ', min_timestamp='1h')": "sql: must not be empty",
    f"lookup('{LOOKUP}', sql, min_timestamp='soon')": "min_timestamp: 'soon' is not",
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', limit=0)": "limit: 0 is out of range",
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', minimum=1)": "minimum: unknown option",
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', read_token=token, read_token_path='token')": "exclusive with",
    f"lookup('{LOOKUP}', sql, min_timestamp='1h', read_token='{READ[:-1]}x')": "the service answered 403",
}


def test_the_lookup(plays: Plays, emulator: "RunningEmulator") -> None:
    records = [{"message": "a {{ sql }}"}, {"message": "b"}]
    emulator.store.load({"projects": [{"project_name": "shop", "records": records, "read_tokens": [{"token": READ}]}]})
    (plays.folder / "token").write_text(READ)
    variables = {"sql": "SELECT message FROM records ORDER BY message", "token": READ, "url": emulator.base_url}
    tasks = [
        {
            "ansible.builtin.assert": {"that": CONDITIONS},
            "vars": {"rows": "{{ [{'message': 'a {' ~ '{ sql }' ~ '}'}, {'message': 'b'}] }}"},
        },
        *({"ansible.builtin.debug": {"msg": f"{{{{ {wrong} }}}}"}, "ignore_errors": True} for wrong in WRONG),
    ]
    play = {"hosts": "localhost", "gather_facts": False, "tasks": tasks}
    done = plays.run([play], "-vvvv", variables=variables, LOGFIRE_READ_TOKEN=READ)
    said = unsettled(done.output)
    assert done.recap()["ignored"] == len(WRONG), done.output
    for words in WRONG.values():
        assert words in said, words
    assert READ not in done.output.replace(f'"token": "{READ}"', "")


GATE = EXAMPLES / "deployment_gate.yml"
#: What the deployment does: the service has an exception, so many seconds later.
DEPLOY = """
import json, sys, urllib.request
from datetime import datetime, timedelta, timezone
state = sys.argv[1] + "/_emulator/state"
later = datetime.now(timezone.utc) + timedelta(seconds=float(sys.argv[2]))
seed = json.load(urllib.request.urlopen(state))
seed["projects"][0]["records"].append(
    {"message": "Boom", "is_exception": True, "exception_type": "ValueError", "service_name": "checkout",
     "start_timestamp": later.isoformat()}
)
request = urllib.request.Request(
    state, json.dumps(seed).encode(), {"Content-Type": "application/json"}, method="PUT"
)
urllib.request.urlopen(request)
"""


@pytest.mark.parametrize(
    ("exception_after", "words"),
    [
        (None, "The new version of checkout stays: it has had no exception for 2 seconds."),
        (1, "The new version of checkout stays: it has had no exception for 2 seconds."),
        (
            3600,
            "checkout was rolled back. The exceptions continued. Since the deployment: 1, most of them ValueError.",
        ),
        ("no token", "checkout was rolled back. It is not known whether it has exceptions: Could not run the query"),
    ],
)
def test_a_deployment_waits_for_an_answer(
    plays: Plays, emulator: "RunningEmulator", exception_after: Any, words: str
) -> None:
    """An exception of another service, and one from before the deployment, are of no interest."""
    records = [{"is_exception": True}, {"is_exception": True, "service_name": "checkout"}]
    for record in records[1:]:
        record["start_timestamp"] = "2020-01-01T00:00:00Z"
    emulator.store.load({"projects": [{"project_name": "shop", "records": records, "read_tokens": [{"token": READ}]}]})
    (plays.folder / "deploy.py").write_text(DEPLOY)
    nothing = f"{sys.executable} -c pass"
    deploy = f"{sys.executable} {plays.folder}/deploy.py {emulator.base_url} {exception_after}"
    variables = {
        "gate_deploy": deploy if isinstance(exception_after, int) else nothing,
        "gate_roll_back": f"{sys.executable} -c \"open('{plays.folder}/rolled_back', 'w')\"",
        "gate_quiet": 2,
        "gate_patience": 30 if isinstance(exception_after, int) and exception_after < 60 else 3,
        "gate_delay": 1,
    }
    token = READ if exception_after != "no token" else f"{READ}s"
    done = plays.run(GATE, variables=variables, LOGFIRE_READ_TOKEN=token)
    assert words in unsettled(done.output), done.output
    is_kept = "stays" in words
    assert (done.status == 0) is is_kept
    assert (plays.folder / "rolled_back").exists() is not is_kept
    looks = [entry for entry in emulator.log if entry.path == "/v2/query"]
    assert is_kept or len(looks) == 4  # once, and three times again
    assert {entry.method + entry.path for entry in emulator.log} == {"POST/v2/query"}
