"""The tools of an application: registration at Pamela, and tool calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from trunkline.errors import ConfigurationError
from trunkline.webhooks._optional_imports import missing_extra, optional_module
from trunkline.webhooks.effects import Effect, Effects, arun, run
from trunkline.webhooks.tools.executor import ToolExecutor
from trunkline.webhooks.tools.responses import unknown_tool
from trunkline.webhooks.tools.schema import tool_from_function
from trunkline.webhooks.tools.sync_plan import Change, SyncPlan, make_plan

if TYPE_CHECKING:
    from trunkline.webhooks.events.pamela import ToolExecution
    from trunkline.webhooks.responses import Reply
    from trunkline.webhooks.tools.tool import Tool

__all__ = ["ToolRegistry"]

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_TIMEOUT_MS = 30_000


class ToolsClient(Protocol):
    """The part of ``Pamela`` that is used."""

    @property
    def tools(self) -> Any:
        """The resource with ``register``, ``list`` and ``delete``."""
        ...


class ToolRegistry:
    """Functions that Pamela's agent may call.

    Pass it to a :class:`~trunkline.webhooks.WebhookEndpoint` as ``tools=``. A tool call that is
    delivered again, with the same ``call_id`` and ``correlation_id``, gets the response of the
    first one; each process remembers its own, so several workers may run a tool once each.

    Args:
        timeout_ms: the time limit of tools without their own, in milliseconds; 30,000, the value of
            the vendor's package, by default.
        max_concurrency: how many tools run at once, in threads and in each event loop.
        max_remembered: how many responses are kept for repetitions.

    Raises:
        ConfigurationError: when the extra ``tools`` is not installed.
    """

    def __init__(
        self,
        *,
        timeout_ms: int = DEFAULT_TIMEOUT_MS,
        max_concurrency: int = 16,
        max_remembered: int = 1000,
    ) -> None:
        if optional_module("msgspec") is None or optional_module("docstring_parser") is None:
            raise missing_extra("A tool registry", "tools")
        self._timeout_ms = timeout_ms
        self._tools: dict[str, Tool] = {}
        self._executor = ToolExecutor(
            max_concurrency=max_concurrency, max_remembered=max_remembered
        )

    @overload
    def tool(self, function: F, /) -> F: ...

    @overload
    def tool(
        self,
        function: None = None,
        /,
        *,
        name: str = "",
        description: str = "",
        timeout_ms: int | None = None,
    ) -> Callable[[F], F]: ...

    def tool(
        self,
        function: F | None = None,
        /,
        *,
        name: str = "",
        description: str = "",
        timeout_ms: int | None = None,
    ) -> F | Callable[[F], F]:
        """Register a function; the decorator returns it unchanged.

        Name and description come from the function's name and docstring, the schemas from its
        annotations. A parameter annotated as ``ToolExecution``, with or without None, receives the
        whole call and is not part of the schema.

        Args:
            function: the function, when the decorator is used without arguments.
            name: another name.
            description: another description.
            timeout_ms: its time limit in milliseconds, at least 1.

        Raises:
            ConfigurationError: for a name that is taken, or a function that cannot be a tool.
        """
        limit = self._timeout_ms if timeout_ms is None else timeout_ms

        def register(function: F) -> F:
            self._add(
                tool_from_function(function, name=name, description=description, timeout_ms=limit)
            )
            return function

        return register if function is None else register(function)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The registered tools, in the order of registration."""
        return tuple(self._tools.values())

    def answer_blocking(self, event: ToolExecution) -> Reply:
        """Run a tool call in this thread, and return the response for the service.

        An endpoint with this registry calls it; call it where tool calls arrive another way.

        Args:
            event: the tool call, verified and parsed.

        Returns:
            A reply in JSON. Status 200 with ``result``, the tool's result or an object with
            ``error`` (``code``, ``message``, and ``field`` where an argument is wrong), and
            ``correlation_id``; status 400 with ``error`` for an unknown tool. Exceptions of a tool
            are in the log ``trunkline.webhooks`` and never here.
        """
        tool = self._tools.get(event.tool_name)
        return unknown_tool() if tool is None else self._executor.run(tool, event)

    async def answer(self, event: ToolExecution) -> Reply:
        """:meth:`answer_blocking` for asyncio.

        Coroutine functions run in that loop, other functions in threads.
        """
        tool = self._tools.get(event.tool_name)
        return unknown_tool() if tool is None else await self._executor.arun(tool, event)

    async def sync(
        self, pamela: ToolsClient, *, dry_run: bool = False, prune: bool = True
    ) -> SyncPlan:
        """Make the tools at Pamela the same as these.

        Args:
            pamela: an ``AsyncPamela``.
            dry_run: only return the plan.
            prune: deactivate tools that are not registered here. False where other applications
                of the same account register their own tools.

        Returns:
            What was done, or would be.

        Raises:
            APIError: what the client raises; earlier changes remain, and another call does
                the rest.
        """
        return await arun(self._sync(pamela, dry_run=dry_run, prune=prune))

    def sync_blocking(
        self, pamela: ToolsClient, *, dry_run: bool = False, prune: bool = True
    ) -> SyncPlan:
        """:meth:`sync` for a ``Pamela``, with the same parameters and result.

        Raises:
            APIError: as :meth:`sync`.
        """
        return run(self._sync(pamela, dry_run=dry_run, prune=prune))

    def close(self) -> None:
        """Respond to new calls with ``busy``; running tools finish."""
        self._executor.close()

    def _add(self, tool: Tool) -> None:
        if tool.name in self._tools:
            raise ConfigurationError(f"there is a tool {tool.name!r} already")
        if tool.timeout_ms < 1:
            raise ConfigurationError(f"tool {tool.name!r} needs a time limit of at least 1 ms")
        self._tools[tool.name] = tool

    def _sync(self, pamela: ToolsClient, *, dry_run: bool, prune: bool) -> Effects[SyncPlan]:
        tools = pamela.tools
        found = yield _request(tools.list)
        plan = make_plan(self._tools.values(), found, prune=prune)
        for change in () if dry_run else plan.changes:
            new_id = None
            if change.action != "deactivate":
                definition = self._tools[change.name].definition()
                new_id = (yield _request(partial(tools.register, **definition))).get("tool_id")
            if _is_obsolete(change, new_id):
                yield _request(tools.delete, change.tool_id)
        return plan


def _request(method: Callable[..., Any], *args: Any) -> Effect:
    return Effect(method, args, blocking=False)


def _is_obsolete(change: Change, new_id: str | None) -> bool:
    # A service that replaces a tool of the same name returns the old id: keep that one.
    return change.tool_id is not None and change.tool_id != new_id
