# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way from Terraform, as its guide goes it: what Terraform made is found, and nothing of it is changed."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests
import yaml
from plays import EXAMPLES, KEY, Plays

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

Json = dict[str, Any]
CREDENTIAL = "sk-of-terraform-0123456789"
URL = "https://hooks.slack.com/services/T0/B0/of-terraform"
DASHBOARD = json.loads((EXAMPLES / "terraform/overview.json").read_text())


class Terraform:
    """What a run of Terraform with main.tf leaves: objects of the service, and a state."""

    def __init__(self, emulator: "RunningEmulator", folder: Path) -> None:
        self._api = f"{emulator.base_url}/api/v1/"
        project = self._post("projects/", project_name="shop", visibility="private")
        inside = f"projects/{project['id']}/"
        token = self._post(f"{inside}write-tokens/")
        config = {"type": "webhook", "format": "slack-blockkit", "url": URL}
        channel = self._post("channels/", label="ops-slack", config=config)
        self._post(
            f"{inside}alerts/",
            name="Checkout errors",
            description="",
            query="SELECT trace_id FROM records WHERE is_exception AND service_name = 'checkout'",
            time_window="PT1H30M",
            frequency="PT5M",
            watermark="PT10S",
            channel_assignments=[{"channel_id": channel["id"]}],
            notify_when="has_matches",
        )
        self._post(
            f"{inside}slos/",
            scope_kind="service",
            scope_value="checkout",
            name="Checkout succeeds",
            total_query="parent_span_id IS NULL",
            bad_query="otel_status_code = 'ERROR'",
            target_percent="99.9",
            rolling_window_seconds=2592000,
            alerts={"fast": {"channel_assignments": [{"channel_id": channel["id"]}]}},
        )
        upstream = {"vendor": "openai", "config": {"credentials": {"type": "api-key", "value": CREDENTIAL}}}
        self._post("gateway/providers/", slug="primary-openai", provider=upstream, pricing={"required": True})
        definition = {**DASHBOARD, "metadata": {"name": "Overview", "project": "shop"}}
        self._post(f"{inside}dashboards/", name="Overview", slug="overview", definition=definition)
        self.token: str = token["token"]
        resources = [
            self._resource("logfire_project", "shop", {"id": project["id"], "name": "shop"}),
            self._resource("logfire_write_token", "shop", {"id": token["id"], "token": self.token}),
            self._resource("logfire_channel", "ops", {"name": "ops-slack", "config": {**config, "auth_key": None}}),
            self._resource("logfire_api_key", "pipeline", {"token": "of a key"}),
            self._resource("logfire_gateway_provider", "openai", {"slug": "primary-openai", "api_key": CREDENTIAL}),
            {
                "module": "module.more",
                **self._resource("logfire_read_token", "each", {"token": "of a module"}),
                "instances": [{"index_key": "a", "attributes": {"token": "of a module"}}],
            },
            {**self._resource("logfire_pagerduty_service", "x", {}), "mode": "data"},
        ]
        (folder / "state.json").write_text(json.dumps({"version": 4, "serial": 1, "resources": resources}))
        command = folder / "terraform"
        command.write_text('#!/bin/sh\n[ "$*" = "state pull" ] && cat state.json\n')
        command.chmod(0o755)

    def _post(self, path: str, **body: Any) -> Json:
        answer = requests.post(self._api + path, json=body, headers={"Authorization": f"Bearer {KEY}"}, timeout=30)
        assert answer.status_code in (200, 201), answer.text
        created: Json = answer.json()
        return created

    def _resource(self, kind: str, name: str, attributes: Json) -> Json:
        return {"mode": "managed", "type": kind, "name": name, "instances": [{"attributes": attributes}]}


def test_nothing_changes(plays: Plays, emulator: "RunningEmulator") -> None:
    """Neither as it is exported, with the secrets of the state, nor as the counterpart describes it."""
    terraform = Terraform(emulator, plays.folder)
    secrets, directory = plays.folder / "secrets.yml", str(plays.folder / "organization")
    here = {"terraform_directory": str(plays.folder)}
    path = f"{plays.folder}{os.pathsep}{os.environ['PATH']}"
    plays.writes()

    planned = plays.run(EXAMPLES / "terraform/take_secrets.yml", "--check", variables=here, PATH=path)
    assert planned.changed() == 1 and not secrets.exists()
    taken = plays.run(EXAMPLES / "terraform/take_secrets.yml", "-vvv", variables=here, PATH=path)
    assert taken.changed() == 1
    assert not any(secret in taken.output for secret in (URL, CREDENTIAL, terraform.token))
    assert secrets.stat().st_mode & 0o777 == 0o600
    found = yaml.safe_load(secrets.read_text())
    assert found == {
        "stack_channel_secrets": {"ops-slack": {"url": URL}},
        "logfire_tokens": {
            "logfire_write_token.shop": terraform.token,
            "logfire_api_key.pipeline": "of a key",
            'module.more.logfire_read_token.each["a"]': "of a module",
        },
        "logfire_gateway_credentials": {"primary-openai": CREDENTIAL},
    }
    secrets.write_text(f"# mine\n{secrets.read_text()}")
    assert plays.run(EXAMPLES / "terraform/take_secrets.yml", variables=here, PATH=path).changed() == 0
    assert secrets.read_text().startswith("# mine\n")

    with_secrets = ("-e", f"@{secrets}")
    assert plays.run("community.logfire.export", variables={"export_directory": directory}).changed() == 1
    applied = plays.run("community.logfire.apply", *with_secrets, "--check", variables={"stack_directory": directory})
    assert applied.changed() == 0
    for check in (["--check"], []):
        assert plays.run(EXAMPLES / "terraform/counterpart.yml", *with_secrets, *check).changed() == 0
    assert plays.writes() == []
