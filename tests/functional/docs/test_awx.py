# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files for AWX set what the collection reads: its environment variables, and variables of the role stack."""

import json
import re
from typing import Any

import yaml
from module_docs import MODULES

from playbooks import COLLECTION

AWX = COLLECTION / "examples/awx"
SPECS = yaml.safe_load((COLLECTION / "roles/stack/meta/argument_specs.yml").read_text())["argument_specs"]
ROLE: dict[str, Any] = SPECS["main"]["options"]


def test_the_credential_type() -> None:
    """Each field is injected, once, as a variable that is read; secrets are marked as such."""
    inputs = yaml.safe_load((AWX / "credential_inputs.yml").read_text())
    injectors = yaml.safe_load((AWX / "credential_injectors.yml").read_text())
    assert injectors.keys() == {"env"}
    fields = {field["id"]: field for field in inputs["fields"]}
    assert set(inputs["required"]) <= fields.keys()
    assert sorted(injectors["env"].values()) == sorted(f"{{{{ {name} }}}}" for name in fields)
    assert [name for name, field in fields.items() if field.get("secret")] == ["api_token", "channel_secrets"]
    described = str(MODULES["logfire_project"].options)
    documented = {name for name in injectors["env"] if f"E({name})" in described}
    read = set(re.findall(r"'ansible\.builtin\.env', '(\w+)'", (AWX / "site.yml").read_text()))
    assert documented == {"LOGFIRE_API_TOKEN", "LOGFIRE_BASE_URL"}
    assert injectors["env"].keys() - documented <= read


def test_the_survey() -> None:
    """Its answers are values that the role takes."""
    survey = json.loads((AWX / "survey.json").read_text())
    assert {"name", "description", "spec"} == survey.keys()
    for question in survey["spec"]:
        option = ROLE[question["variable"]]
        types = {"str": "multiplechoice", "bool": "multiplechoice", "list": "multiselect", "int": "integer"}
        assert question["type"] == types[option["type"]]
        default = str(question["default"]).splitlines()
        if "choices" in question:
            assert set(default) <= set(question["choices"])
            known = option.get("choices") or ["true", "false"]
            assert set(question["choices"]) <= set(known)
        else:
            assert question["min"] <= question["default"] <= question["max"]
