# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every member of every answer replaced by what it should not be: an explanation or tolerance, and no wild writes.

The answers of a clean run are recorded once; then they are played back, one of them changed, without a network.
"""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from scenarios import INFO, SINGLE, Scenario, Stage, guarantees

from ansible_collections.community.logfire.plugins.module_utils._api import http
from ansible_collections.community.logfire.plugins.module_utils._api.failures import Answer

if TYPE_CHECKING:
    from scenarios import ClearRunner

Call = tuple[str, str]
Place = tuple[str | int, ...]

GONE = Answer(404, "application/json", b'{"detail": "Not there"}')
MISSING = object()
STRANGE: list[Any] = [MISSING, None, True, -1.5, "", "../..\ud800\x00", "x" * 20_000, [None], {"a": None}]
PLAYED = [scenario for scenario in SINGLE if scenario.title.endswith(("create", "update"))]


class Player:
    """In place of the network: answers as recorded."""

    def __init__(self, recorded: list[tuple[Call, Answer]]) -> None:
        self.recorded = recorded
        self.calls: list[Call] = []
        self.index = -1  # of the answer that is replaced
        self.strange = b""

    def send(self, _transport: Any, method: str, path: str, _payload: Any) -> Answer:
        number, call = len(self.calls), (method, path)
        self.calls.append(call)
        if number == self.index:
            return self.recorded[number][1]._replace(content=self.strange)
        if number < len(self.recorded) and self.recorded[number][0] == call:
            return self.recorded[number][1]
        return next((answer for known, answer in self.recorded if known == call), GONE)

    def writes(self, after: int = -1) -> list[Call]:
        return [call for call in self.calls[after + 1 :] if call[0] != "GET"]


def record(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Player:
    """A player of what a clean run was answered."""
    recorded: list[tuple[Call, Answer]] = []
    send = http.Transport._send

    def recording(transport: Any, method: str, path: str, payload: Any) -> Answer:
        answer = send(transport, method, path, payload)
        recorded.append(((method, path), answer))
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(http.Transport, "_send", recording)
        assert not stage.play().failed
    return Player(recorded)


def places(answer: Any, place: Place = ()) -> Iterator[Place]:
    """Where something can be replaced: everywhere, but of lists only in the first two items."""
    yield place
    if isinstance(answer, dict):
        for member, value in answer.items():
            yield from places(value, (*place, member))
    elif isinstance(answer, list):
        for index, value in enumerate(answer[:2]):
            yield from places(value, (*place, index))


def replaced(answer: Any, place: Place, strange: Any) -> Any:
    """The answer with something strange in that place."""
    if not place:
        return None if strange is MISSING else strange
    changed = copy.deepcopy(answer)
    inner = changed
    for step in place[:-1]:
        inner = inner[step]
    if strange is MISSING:
        del inner[place[-1]]
    else:
        inner[place[-1]] = strange
    return changed


def variations(answer: Any) -> Iterator[Any]:
    """Answers like this one that the service should not give."""
    for place in places(answer):
        for strange in STRANGE:
            yield replaced(answer, place, strange)
    if isinstance(answer, list):
        yield answer + answer  # every id twice
        yield [{**item, "another": {"member": [1]}} for item in answer]


@pytest.mark.usefixtures("waits")  # modules look again whether the younger of two objects goes away
@pytest.mark.parametrize("scenario", [*PLAYED, *INFO], ids=str)
def test_a_strange_answer_is_explained_or_tolerated(
    scenario: Scenario, run: "ClearRunner", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(run, scenario, tmp_path)
    player = record(stage, monkeypatch)

    def send(*given: Any) -> Any:
        return player.send(*given)

    monkeypatch.setattr(http.Transport, "_send", send)
    most = 2 * sum(method != "GET" for (method, _path), _answer in player.recorded) + 1
    for index, ((method, _path), answer) in enumerate(player.recorded):
        for strange in variations(json.loads(answer.content or "null")):
            stage.reset_files()
            player.index, player.strange, player.calls = index, json.dumps(strange).encode(), []
            ended = stage.play()
            if ended.failed and method == "GET":
                assert player.writes(after=index) == []
            assert len(player.writes()) <= most


def test_the_number_of_strange_answers(run: "ClearRunner", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the documentation says, at least."""
    number = 0
    for place, scenario in enumerate([*PLAYED, *INFO]):
        folder = tmp_path / str(place)
        folder.mkdir()
        recorded = record(Stage(run, scenario, folder), monkeypatch).recorded
        number += sum(1 for _call, answer in recorded for _each in variations(json.loads(answer.content or "null")))
    assert number > 10_000
    assert "More than 10000 responses" in guarantees()
