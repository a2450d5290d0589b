# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of the documentation, run by Ansible: in check mode, for real, and for real again.

They run in Ansible's own process, and as modules, which must not differ. Every result is compared with RETURN, in both
directions.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from argument_specs import WHOLE
from module_docs import CLIENTS, MODULES, PREFIX, ModuleDocs, bad_samples, differences
from same_course import play_both_ways

from playbooks import COLLECTION

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

Json = dict[str, Any]

PASSES = ("check", "first", "second")
# What the examples take for granted, in one place.
VAULT_TOKEN = "pylf_v1_local_vault0123456789vault"
SHOP = {"project_name": "shop", "read_tokens": [{"token": VAULT_TOKEN}]}
BOOM = {"is_exception": True, "exception_type": "ValueError", "service_name": "checkout"}
BOOM |= {"deployment_environment": "production"}
REMOVED = {"user_name": "ada", "resource_type": "read_tokens", "record_id": "0d9c8b7a-6f5e-4d3c-8b2a-1f0e9d8c7b6a"}
REMOVED |= {"project_name": "shop", "ip_address": "127.0.0.1"}
PEOPLE = {"eve": "admin", "ada": "member", "bob": "member"}
VALUES = {
    "rollout": {"labels": {"production": 1.0}},
    "overrides": [
        {
            "conditions": [{"kind": "value-equals", "attribute": "plan", "value": "enterprise"}],
            "rollout": {"labels": {}},
        }
    ],
}
OPS = "33333333-3333-4333-8333-333333333333"
HOURS = "9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20"
ASSIGNED = {"channel_id": OPS, "schedule_id": HOURS}
FULL = {
    "api_keys": ["shop"],
    "members": ["ada@example.com"],
    "invitations": ["member"],
    "channels": [{"id": OPS, "label": "ops-slack"}],
    "schedules": [{"id": HOURS, "label": "Office hours"}],
    "projects": [
        {
            **SHOP,
            "write_tokens": [{}],
            "alerts": [{"name": "Checkout errors", "channel_assignments": [ASSIGNED]}],
            "dashboards": ["overview"],
            "variables": [{"name": "agent_config", **VALUES}],
            "slos": ["Checkout succeeds"],
        }
    ],
}
MEMBERS = {"members": [{"email": f"{name}@example.com", "role": role} for name, role in PEOPLE.items()]}
BEDROCK = {"api": "runtime", "region": "eu-west-1"}
PAGERDUTY = {"pagerduty_services": [{"pagerduty_service_id": "PABC123", "region": "eu"}]}
GLOBEX = {"organization_name": "globex", "project_names": ["shop"]}
ROLE = {"organization_name": "globex", "role": "member", "project_roles": [{"project_name": "shop", "role": "write"}]}
ENGINEERS = {"group_id": "engineers", "organization_roles": [ROLE]}
SEEDS: dict[str, Json] = {
    "logfire_project": {},
    "logfire_token": {"projects": [SHOP]},
    "logfire_api_key": {"projects": [SHOP]},
    "logfire_invitation": {"members": [{"email": "ada@example.com", "role": role} for role in ("member", "guest")]},
    "logfire_gateway_provider": {},
    "logfire_organization": {},
    "logfire_organization_info": {"organizations": ["globex"]},
    "logfire_group_mappings": {"organizations": [GLOBEX]},
    "logfire_group_mappings_info": {"organizations": [GLOBEX], "group_mappings": [ENGINEERS]},
    "logfire_gateway_provider_info": {"gateway_providers": [{"slug": "bedrock", "vendor": "bedrock", **BEDROCK}]},
    "logfire_schedule": {
        "projects": [SHOP],
        "channels": ["ops-slack"],
        "schedules": [{"id": HOURS, "label": "Nights"}],
    },
    "logfire_schedule_info": {"schedules": [{"id": HOURS, "label": "Nights"}]},
    "logfire_channel": PAGERDUTY,
    "logfire_pagerduty_service_info": PAGERDUTY,
    "logfire_alert": {"projects": [SHOP], "channels": ["ops-slack", "on-call"]},
    "logfire_dashboard": {"projects": ["shop"]},
    "logfire_variable": {"projects": ["shop"]},
    "logfire_slo": {"projects": ["shop"], "channels": ["ops-slack", "on-call"]},
    "logfire_member": MEMBERS,
    "logfire_member_info": MEMBERS,
    "logfire_query": {"projects": [{**SHOP, "records": [{"message": "Boom", **BOOM}]}]},
    "logfire_stack": {"projects": [SHOP]},
    "logfire_usage_info": {"projects": [{**SHOP, "usage": [{"date": "2026-01-02", "records_count": 3}]}]},
    "logfire_audit_log_info": {"audit_logs": [{"action": "DELETE", **REMOVED}]},
    **{
        f"logfire_{kind}_info": FULL
        for kind in (
            "project",
            "token",
            "api_key",
            "invitation",
            "channel",
            "alert",
            "dashboard",
            "variable",
            "slo",
            "stack",
        )
    },
    "logfire_stack_files": FULL,
    "logfire_token_file": {},
}
VARIABLES = {
    "vault_slack_url": "https://hooks.slack.com/services/T0/B0/secret",
    "vault_openai_key": "canary-of-openai-0123456789",
    "vault_bedrock_key": "canary-of-bedrock-0123456789",
    "vault_pagerduty_key": "a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3",
    "vault_opsgenie_key": "GenieKey secret-key-12345",
    "vault_logfire_read_token": VAULT_TOKEN,
    "office_hours_id": "9b8f5d1c-2c5e-4b52-8d1e-0f6b5a7c9d20",
}
OVERVIEW = {
    "kind": "Dashboard",
    "metadata": {"name": "Overview", "project": "elsewhere", "version": 7},
    "spec": {"display": {"name": "Overview"}, "panels": {}, "layouts": [], "variables": []},
}


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str, emulator: "RunningEmulator", emulator_key: str, tmp_path: Path) -> None:
    docs = MODULES[name]
    turns = [(f"{index} {run}", task, run) for index, task in enumerate(docs.examples) for run in PASSES]

    def tasks(folder: Path) -> list[Json]:
        (folder / "etc").mkdir()
        (folder / "etc/logfire-read-token").write_text(VAULT_TOKEN)
        (folder / "overview.json").write_text(json.dumps(OVERVIEW))
        return [
            {**here(task, folder), "name": title, "check_mode": run == "check" or "check_mode" in task}
            for title, task, run in turns
        ]

    done, results = play_both_ways(
        emulator,
        tmp_path,
        tasks,
        lambda emulator: emulator.store.load(SEEDS[name]),
        variables=VARIABLES,
        LOGFIRE_API_TOKEN=emulator_key,
    )
    warnings = re.findall(r"\[WARNING\].*\n.*", done.output)  # ansible-core before 2.19 breaks lines
    # Whoever revokes a token by its id a second time cannot be told from one who misspells it.
    assert all(
        re.search(r" is no active (\w+ token of\sproject |API key of\sthe\sorganization)", line) for line in warnings
    ), done.output
    assert len(warnings) == (name in ("logfire_token", "logfire_api_key"))
    assert [result["task"] for result in results] == [title for title, _task, _run in turns]
    problems = []
    for index, task in enumerate(docs.examples):
        if PREFIX + name not in task:
            continue  # what is done with a result
        three = [result["result"] for result in results[3 * index : 3 * index + 3]]
        problems += [f"{task['name']}, {run}: {problem}" for run, problem in check_example(docs, task, three)]
    assert problems == []


def check_example(docs: ModuleDocs, task: Json, results: list[Json]) -> Iterator[tuple[str, str]]:
    """What is wrong with the three results of an example."""
    check, first, second = results
    options = task[PREFIX + docs.name]
    if check["changed"] != first["changed"]:
        yield "check", f"changed is {check['changed']}, and then {first['changed']}"
    if check.get("diff") != first.get("diff"):
        yield "check", f"the diff is {check['diff']}, and then {first['diff']}"
    unseen = docs.name == "logfire_schedule" and "name" in options  # as documented, until something uses it
    if second["changed"] and not {"rotate", "new"} & set(options or {}) and not task.get("check_mode") and not unseen:
        yield "second", f"changed again: {second['diff']}"
    for run, result in zip(PASSES, results, strict=True):
        nothing_removed = (options or {}).get("state") == "absent" and not result["changed"]
        for problem in differences(docs.returns, result, nothing_removed=nothing_removed):
            yield run, problem


def here(value: Any, folder: Path) -> Any:
    """An example for this machine: its own folder and user, and results that are not hidden."""
    if isinstance(value, dict):
        user = {"owner": str(os.getuid()), "group": str(os.getgid())}
        return {key: user.get(key) or here(item, folder) for key, item in value.items() if key != "no_log"}
    if isinstance(value, list):
        return [here(item, folder) for item in value]
    return value.replace("/etc/shop", str(folder / "etc")) if isinstance(value, str) else value


def test_every_module_has_examples() -> None:
    assert MODULES.keys() == SEEDS.keys()
    assert all(docs.examples for docs in MODULES.values())


@pytest.mark.parametrize("name", MODULES)
def test_examples_use_what_exists(name: str) -> None:
    docs = MODULES[name]
    for task in docs.examples:
        assert task["name"]
        (action,) = task.keys() - {"name", "register", "no_log", "check_mode"}
        assert action.count(".") == 2
        if action == PREFIX + name:
            assert_options(docs.options, task[action] or {})
    assert any(PREFIX + name in task for task in docs.examples)


def assert_options(documented: Json, options: Json) -> None:
    assert options.keys() <= documented.keys()
    for option, value in options.items():
        for item in value if isinstance(value, list) else [value]:
            if "suboptions" in documented[option]:
                assert_options(documented[option]["suboptions"], item)


@pytest.mark.parametrize("name", MODULES)
def test_secrets_that_are_returned_are_hidden_in_examples(name: str) -> None:
    for task in MODULES[name].examples if name == "logfire_token" else []:
        options = task[PREFIX + name]
        if "path" not in options and options.get("state") != "absent":
            assert task["no_log"] is True, task["name"]


@pytest.mark.parametrize("name", MODULES)
def test_samples_are_of_their_type(name: str) -> None:
    assert bad_samples(MODULES[name].returns) == []


def test_the_action_group_has_every_module() -> None:
    runtime = yaml.safe_load((COLLECTION / "meta/runtime.yml").read_text())
    assert sorted(runtime["action_groups"]["logfire"]) == sorted(CLIENTS)


# What the examples do not show

CHANNEL_IDS = {"ops": "22222222-2222-4222-8222-222222222222"}
PAST = "2020-01-01T00:00:00Z"
FURTHER: list[tuple[str, Json]] = [
    ("logfire_token", {"project": "shop", "type": "read"}),
    ("logfire_token", {"project": "shop", "rotate": True, "expires_in": "1h"}),
    ("logfire_api_key", {"name": "shop", "scopes": ["project:write_otlp"], "project": "shop"}),
    ("logfire_invitation", {"role": "admin", "expires_in": "7d"}),
    ("logfire_token", {"project": "shop", "rotate": True}),
    ("logfire_token", {"project": "11111111-1111-4111-8111-111111111111", "type": "read"}),
    ("logfire_channel", {"id": CHANNEL_IDS["ops"], "active": False}),
    ("logfire_alert", {"project": "shop", "name": "slow", "channels": ["ops"]}),
    ("logfire_alert", {"project": "shop", "name": "slow", "query": "SELECT 1 /* slow */"}),
    ("logfire_dashboard", {"project": "shop", "slug": "empty", "name": "New"}),
    ("logfire_dashboard", {"project": "shop", "slug": "empty", "state": "absent"}),
    ("logfire_project", {"name": "shop", "state": "absent"}),
    *((f"logfire_{kind}_info", {"project": "shop"}) for kind in ("token", "alert", "dashboard")),
    *((f"logfire_{kind}_info", {}) for kind in ("project", "channel", "stack")),
    ("logfire_dashboard_info", {"project": "shop", "definitions": True}),
    ("logfire_stack", {"channels": [{"name": "ops", "active": False}], "projects": [{"name": "shop", "alerts": []}]}),
]
SEED = {
    "channels": [{"id": CHANNEL_IDS["ops"], "label": "ops"}],
    "projects": [
        {
            "id": "11111111-1111-4111-8111-111111111111",
            "project_name": "shop",
            "write_tokens": ["pylf_v1_local_seededwritetoken0123456789"],
            "alerts": [{"name": "slow", "query": "SELECT 2", "time_window": "PT5M", "frequency": "PT1M"}],
            "dashboards": ["empty"],
        }
    ],
}


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize(("name", "options"), FURTHER)
def test_further_results(
    name: str, options: Json, older: bool, check: bool, emulator: "RunningEmulator", run: "Runner"
) -> None:
    """In check mode and for real, of the service as it is and as it was."""
    if older:
        emulator.settings.patch(
            {
                "alert_channel_assignments": False,
                "alert_create_channels": "absent",
                "alert_status_members": False,
                "actor_name": None,
                "dashboard_defaults": False,
            }
        )
    emulator.store.load(SEED)
    done = run.ok(name, check=check, **options)
    assert done.changed is not name.endswith("_info")
    assert differences(MODULES[name].returns, done.result) == []
    made = name == "logfire_token" and not check
    assert ("token" in done.result.get("token", {})) is made


@pytest.mark.parametrize(
    "fault",
    [
        {"action": "status", "status": 403, "body": {"detail": "This token is missing the required scope: x."}},
        {"action": "status", "status": 400, "body": "no JSON"},
        {"action": "drop_before", "count": None},
    ],
)
@pytest.mark.parametrize("name", CLIENTS)
def test_failures_are_documented(name: str, fault: Json, emulator: "RunningEmulator", run: "Runner") -> None:
    emulator.faults.add(**fault)
    spec = MODULES[name].documentation["options"]
    options = {option: "some" for option in ("project", "slug", "name", "email") if option in spec}
    if "slug" in spec:
        options.pop("name", None)
    if any(about.get("required") and option not in options for option, about in spec.items()):
        options = WHOLE[name]
    if name == "logfire_stack":
        options = {"projects": [{"name": "some"}]}
    done = run.fails(name, **options, retry_timeout=0)
    assert done.result["msg"]
    assert done.result["failure"]["status"] == fault.get("status")
    assert differences(MODULES[name].returns, done.result) == []
