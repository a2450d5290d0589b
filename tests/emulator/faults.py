# Copyright (c) 2026, community.logfire contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Simulated faults: rules that match requests, and a middleware that applies the first matching one."""

import asyncio
import json
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .transport import abort, finish

Action = Literal["status", "delay", "drop_before", "drop_after", "truncate", "body", "redirect"]


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


class FaultRule(BaseModel):
    """Skips ``skip`` matching requests, then applies to ``count`` requests (null: always), then is inactive."""

    model_config = ConfigDict(extra="forbid")

    action: Action
    method: str | None = Field(default=None, description="null: any")
    path: Annotated[str, AfterValidator(_pattern)] = Field(default="", description="searched for in the path")
    skip: int = Field(default=0, ge=0)
    count: int | None = Field(default=1, ge=1)
    commit: bool | None = Field(default=None, description="status, delay: whether the change is made first")
    status: int = Field(default=500, ge=100, le=599, description="status")
    body: Any = Field(default=None, description="status, body: text, or anything else as JSON")
    content_type: str | None = None
    headers: dict[str, str] = Field(default_factory=dict, description="status, body, redirect: further headers")
    seconds: float = Field(default=0.0, ge=0, description="delay, status: wait before the answer")
    location: str | None = Field(default=None, description="redirect: where to, with a 307")
    seen: int = Field(default=0, description="matching requests so far")
    fired: int = Field(default=0, description="faults so far")

    def takes(self, method: str, path: str) -> bool:
        """Whether the rule applies to this request, which is counted."""
        if self.method is not None and self.method.upper() != method:
            return False
        if not re.search(self.path, path) or (self.count is not None and self.fired >= self.count):
            return False
        self.seen += 1
        if self.seen <= self.skip:
            return False
        self.fired += 1
        return True


class Faults:
    """The rules, in order; the first one that applies to a request is used."""

    def __init__(self) -> None:
        self.rules: list[FaultRule] = []

    def add(self, **rule: Any) -> FaultRule:
        """Add a rule, given by its members."""
        added = FaultRule.model_validate(rule)
        self.rules.append(added)
        return added

    def clear(self) -> None:
        """Remove all rules."""
        self.rules.clear()

    def find(self, method: str, path: str) -> FaultRule | None:
        """Return the rule for this request, or None."""
        return next((rule for rule in self.rules if rule.takes(method, path)), None)


class _Answer:
    """An answer that is captured instead of sent."""

    def __init__(self) -> None:
        self.start: Message = {"type": "http.response.start", "status": 500, "headers": []}
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def release(self, send: Send) -> None:
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})

    def replace(self, rule: FaultRule) -> None:
        text = rule.body if isinstance(rule.body, str) else json.dumps(rule.body)
        self.body = b"" if rule.body is None else text.encode()
        headers = MutableHeaders(scope=self.start)
        default_type = "text/plain" if isinstance(rule.body, str) else "application/json"
        headers["content-type"] = rule.content_type or default_type
        headers["content-length"] = str(len(self.body))
        headers.update(rule.headers)


class FaultMiddleware:
    """Applies the rule of each request."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        rule = self._faults.find(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if rule is None:
            await self._app(scope, receive, send)
            return
        scope["emulator.entry"].fault = rule.action
        if rule.action == "drop_before":
            await abort(scope, receive)
            return
        if rule.action == "delay" and rule.commit is False:
            await asyncio.sleep(rule.seconds)
            await self._app(scope, receive, send)
            return
        answer = _Answer()
        if rule.action not in ("status", "redirect") or rule.commit:
            await self._app(scope, receive, answer.send)
        await self._act(rule, answer, scope, receive, send)

    async def _act(self, rule: FaultRule, answer: _Answer, scope: Scope, receive: Receive, send: Send) -> None:
        """Apply the rule. ``answer`` is the real answer, if the request was handled."""
        if rule.action == "drop_after":
            await abort(scope, receive)
        elif rule.action == "truncate":
            await send(answer.start)
            await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
            await finish(scope, receive)
        else:
            await asyncio.sleep(rule.seconds)
            if rule.action == "redirect":
                answer.start = {"type": "http.response.start", "status": 307, "headers": []}
                answer.replace(rule)
                MutableHeaders(scope=answer.start)["location"] = rule.location or scope["path"]
            elif rule.action == "status":
                answer.start = {"type": "http.response.start", "status": rule.status, "headers": []}
                answer.replace(rule)
            elif rule.action == "body":
                answer.replace(rule)
            await answer.release(send)
