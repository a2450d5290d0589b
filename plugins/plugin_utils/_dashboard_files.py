# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of dashboards: Perses documents, in JSON or YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible_collections.community.logfire.plugins.module_utils._kinds.layout import JSON, FormatError
from ansible_collections.community.logfire.plugins.module_utils._values.places import leaves, spell
from ansible_collections.community.logfire.plugins.plugin_utils._reader import Reader


def read_dashboard(slug: str, path: Path, reader: Reader) -> dict[str, Any]:
    """Read a dashboard. Templates are not resolved, because dashboards have their own variables in braces."""
    content = (
        _load_json(path, reader.read_text(path)) if path.suffix == JSON else reader.read_yaml(path, templates=False)
    )
    definition = _check_json(path, content)
    if not isinstance(definition, dict):
        raise FormatError(f"{path}: must contain a Perses document")
    metadata = definition.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise FormatError(f"{path}: metadata: must be a dictionary")
    return {"slug": slug, "name": metadata.get("name") or _display_name(definition), "definition": definition}


def _display_name(definition: dict[str, Any]) -> Any:
    """Return the display name of a dashboard, which the tools of Perses write instead of a name in the metadata."""
    spec = definition.get("spec")
    display = spec.get("display") if isinstance(spec, dict) else None
    return display.get("name") if isinstance(display, dict) else None


def _load_json(path: Path, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"{path}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from None
    except RecursionError:
        raise FormatError(f"{path}: is nested too deeply") from None


def _check_json(path: Path, content: Any) -> Any:
    """Return the content. Raises FormatError for values that JSON cannot represent, such as dates in YAML."""
    for place, value in leaves(content):
        if not isinstance(value, (str, int, float, type(None))):
            raise FormatError(f"{path}: {spell(place)}: JSON has no such value as {value}; put it in quotes")
    try:
        return json.loads(json.dumps(content, allow_nan=False))
    except (TypeError, ValueError) as error:  # a key that is not text, or a number such as NaN
        raise FormatError(f"{path}: {error}") from None
