"""Tools that Pamela's agent calls during a call, as plain Python functions (extra ``tools``).

Names, schemas and validation come from msgspec: one well-kept library without dependencies that
writes JSON Schema from ordinary annotations (dataclasses, TypedDict, enums, Literal, Annotated),
validates against the same types, and names the path of an error. So what is registered and
what is checked cannot drift apart, and a function needs no models of a framework.
"""

from __future__ import annotations

from trunkline.webhooks.tools.registry import ToolRegistry
from trunkline.webhooks.tools.sync_plan import Change, SyncPlan
from trunkline.webhooks.tools.tool import Tool, ToolArgumentError, ToolResultError

__all__ = ["Change", "SyncPlan", "Tool", "ToolArgumentError", "ToolRegistry", "ToolResultError"]
