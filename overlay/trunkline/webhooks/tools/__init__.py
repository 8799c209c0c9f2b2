"""Tools that Pamela's agent calls during a call, as plain Python functions (extra ``tools``).

Names, schemas and validation come from msgspec: a well-maintained library without dependencies that
writes JSON Schema from ordinary annotations (dataclasses, TypedDict, enums, Literal, Annotated),
validates against the same types, and reports the path of an error. So the registered schema and the
validation cannot differ, and a function needs no framework models.
"""

from __future__ import annotations

from trunkline.webhooks.tools.registry import ToolRegistry
from trunkline.webhooks.tools.sync_plan import Change, SyncPlan
from trunkline.webhooks.tools.tool import Tool, ToolArgumentError, ToolResultError

__all__ = ["Change", "SyncPlan", "Tool", "ToolArgumentError", "ToolRegistry", "ToolResultError"]
