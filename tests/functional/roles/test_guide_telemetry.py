# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example of telemetry: a token that is made and renewed, and the variables with which it is used."""

import configparser
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from plays import EXAMPLES, Plays

if TYPE_CHECKING:
    from emulator.server import RunningEmulator

EXAMPLE = EXAMPLES / "telemetry"
ENDPOINT = "https://logfire-eu.pydantic.dev"


def test_the_variables_have_the_token(plays: Plays, emulator: "RunningEmulator") -> None:
    folder = plays.folder / "telemetry"
    folder.mkdir()
    token_file, variables_file = folder / "logfire-token", folder / "telemetry.env"
    variables = {"telemetry_directory": str(folder), "telemetry_endpoint": ENDPOINT}

    def run(*arguments: str) -> int:
        done = plays.run(EXAMPLE / "token.yml", "-vvv", *arguments, variables=variables)
        assert not token_file.exists() or token_file.read_text().strip() not in done.output
        return done.changed()

    assert run("--check") == 3 and list(folder.iterdir()) == []
    assert run() == 3
    assert {file.stat().st_mode & 0o777 for file in (token_file, variables_file)} == {0o600}
    token = token_file.read_text().strip()
    names_and_values = dict(line.split("=", 1) for line in variables_file.read_text().splitlines())
    assert names_and_values == {
        "ANSIBLE_OPENTELEMETRY_ENABLED": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": ENDPOINT,
        "OTEL_EXPORTER_OTLP_HEADERS": f"Authorization={token}",
    }
    assert run() == 0

    (project,) = emulator.store.state.projects.values()
    (made,) = project.write_tokens.values()
    made.expires_at = datetime.now(UTC) + timedelta(days=10)
    assert run() == 2
    new = token_file.read_text().strip()
    assert new != token and f"Authorization={new}\n" in variables_file.read_text()
    assert sorted(each.token for each in project.write_tokens.values() if not each.revoked) == sorted([token, new])


def test_the_callback_is_enabled_by_the_variables() -> None:
    settings = configparser.ConfigParser()
    settings.read(EXAMPLE / "ansible.cfg")
    variable = settings["callback_opentelemetry"]["enable_from_environment"]
    assert f"{variable}=true\n" in (EXAMPLE / "token.yml").read_text()
