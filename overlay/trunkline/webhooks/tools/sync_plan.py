"""The changes that make Pamela's tools match a registry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from trunkline._json import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trunkline.webhooks.tools.tool import Tool

__all__ = ["Change", "SyncPlan", "make_plan"]

_COMPARED = ("description", "input_schema", "output_schema", "timeout_ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change.

    Attributes:
        action: ``register`` a missing tool, ``update`` a changed one (register it again, then
            deactivate the old one: the API has no operation to change a tool), or ``deactivate``.
        name: the tool.
        tool_id: the id to deactivate.
        fields: what differs, for an update.
    """

    action: Literal["register", "update", "deactivate"]
    name: str
    tool_id: str | None = None
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.action} {self.name}{details}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlan:
    """The changes of one synchronisation, in order.

    Attributes:
        changes: what to do; empty when nothing has to change.
        unchanged: the names of tools that are up to date.
    """

    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]

    def __str__(self) -> str:
        lines = [str(change) for change in self.changes] or ["nothing to do"]
        return "\n".join(lines)


def make_plan(tools: Iterable[Tool], found: Sequence[Any], *, prune: bool) -> SyncPlan:
    """Compare tools with what the service lists."""
    active = [one for one in found if _is_active(one)]
    changes: list[Change] = []
    unchanged: list[str] = []
    wanted = {tool.name: tool for tool in tools}
    for tool in wanted.values():
        same_name = [one for one in active if text_of(one, "name") == tool.name]
        change, surplus = _compare(tool, same_name)
        changes += [change] if change else []
        unchanged += [] if change else [tool.name]
        changes += [_deactivate(one) for one in surplus]
    if prune:
        changes += [_deactivate(one) for one in active if text_of(one, "name") not in wanted]
    return SyncPlan(changes=tuple(changes), unchanged=tuple(unchanged))


def _is_active(listed: Any) -> bool:
    # A tool without an id cannot be changed.
    return bool(text_of(listed, "id")) and listed.get("active") is not False


def _compare(tool: Tool, same_name: list[Any]) -> tuple[Change | None, list[Any]]:
    """Return the change of a tool, and the other listed tools with its name."""
    if not same_name:
        return Change(action="register", name=tool.name), []
    best = min(same_name, key=lambda one: len(_differences(tool, one)))
    others = [one for one in same_name if one is not best]
    fields = _differences(tool, best)
    if not fields:
        return None, others
    return Change(action="update", name=tool.name, tool_id=best.get("id"), fields=fields), others


def _differences(tool: Tool, listed: Any) -> tuple[str, ...]:
    own = tool.definition()
    # A field that the service does not list cannot be compared.
    shown = {name: _plain(listed.get(name)) for name in _COMPARED}
    return tuple(
        name for name, value in shown.items() if value is not None and not _same(value, own[name])
    )


def _same(left: object, right: object) -> bool:
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def _plain(value: Any) -> Any:
    return value.to_dict() if hasattr(value, "to_dict") else value


def _deactivate(listed: Any) -> Change:
    name = str(listed.get("name", ""))
    return Change(action="deactivate", name=name, tool_id=listed.get("id"))
