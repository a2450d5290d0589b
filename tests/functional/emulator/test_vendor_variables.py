# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's SDK reads and writes variables of the project that its key is bound to."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from logfire.variables import VariableAlreadyExistsError, VariableNotFoundError
from logfire.variables.config import LabeledValue, LabelRef, Rollout, VariableConfig, VariablesOptions
from logfire.variables.remote import LogfireRemoteVariableProvider

if TYPE_CHECKING:
    from emulator.server import RunningEmulator
    from harness import Runner

KEY = "pylf_v1_own_boundtotheshop0123456789"
SCOPES = ["project:read_variables", "project:write_variables"]


@pytest.fixture
def provider(emulator: "RunningEmulator") -> Iterator[LogfireRemoteVariableProvider]:
    """The SDK with a key of the project shop."""
    emulator.store.load({"projects": [{"project_name": "shop", "variables": ["config"]}, {"project_name": "other"}]})
    emulator.settings.patch({"keys": [{"key": KEY, "scopes": SCOPES, "project": "shop"}]})
    made = LogfireRemoteVariableProvider(emulator.base_url, KEY, VariablesOptions())
    yield made
    made.shutdown()


def test_a_life(provider: LogfireRemoteVariableProvider, emulator: "RunningEmulator") -> None:
    labels = {"production": LabeledValue(version=1, serialized_value='"a"'), "staging": LabelRef(ref="latest")}
    new = VariableConfig(name="model", labels=labels, rollout=Rollout(labels={"production": 1.0}), overrides=[])
    provider.create_variable(new)
    assert provider.get_all_variables_config().variables.keys() == {"config", "model"}
    assert provider.get_serialized_value("model").value == '"a"'
    with pytest.raises(VariableAlreadyExistsError):
        provider.create_variable(new)
    labels["production"] = LabeledValue(version=2, serialized_value='"b"')
    provider.update_variable("model", new.model_copy(update={"labels": labels, "description": "Which model"}))
    assert provider.get_serialized_value("model").value == '"b"'
    provider.delete_variable("model")
    assert provider.get_variable_config("model") is None
    for call in (provider.delete_variable, lambda name: provider.update_variable(name, new)):
        with pytest.raises(VariableNotFoundError):
            call("model")
    assert [entry.path for entry in emulator.log if entry.method == "DELETE"] == ["/v1/variables/model/"] * 2


def test_what_the_module_made(provider: LogfireRemoteVariableProvider, run: "Runner") -> None:
    """Both sets of routes are about the same variables."""
    made = {"labels": {"production": {"value": {"model": "a"}}}, "rollout": {"production": 1}}
    run.ok("logfire_variable", project="shop", name="model", **made)
    provider.refresh(force=True)
    assert json.loads(provider.get_serialized_value("model").value or "") == {"model": "a"}
    provider.delete_variable("model")
    assert run.ok("logfire_variable", check=True, project="shop", name="model", **made).changed


def test_a_key_of_the_organization(emulator: "RunningEmulator", emulator_key: str) -> None:
    """Has no project whose variables these could be."""
    provider = LogfireRemoteVariableProvider(emulator.base_url, emulator_key, VariablesOptions())
    with pytest.warns(RuntimeWarning, match="403"):
        provider.refresh(force=True)
    provider.shutdown()
