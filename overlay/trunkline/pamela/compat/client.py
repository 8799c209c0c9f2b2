"""The vendor's client: its methods, requests and results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, Unpack, cast

from trunkline import errors
from trunkline._engine.client.validation import identifier
from trunkline._json import is_array, is_mapping
from trunkline.pamela._sync.client import Pamela
from trunkline.pamela.compat.exceptions import PamelaError, vendor_error
from trunkline_generated.pamela.api.calls import (
    cancel_call,
    create_call,
    get_call,
    hangup_call,
    list_calls,
)
from trunkline_generated.pamela.api.tools import delete_tool, list_tools, register_tool
from trunkline_generated.pamela.api.usage import get_usage
from trunkline_generated.pamela.models.create_call_request import CreateCallRequest
from trunkline_generated.pamela.models.register_tool_request import RegisterToolRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline._engine.client._sync.client import Keywords
    from trunkline._secret import Secret
    from trunkline.pamela.compat.types import (
        CallListResponse,
        CallResponse,
        CallStatusResponse,
        JSONObject,
        ToolDefinition,
        ToolDeleteResponse,
        ToolRegistration,
        UsageResponse,
    )

#: What the vendor's package sends when no time is given, in milliseconds.
VENDOR_TIMEOUT_MS = 30_000


class UsageClient:
    """The usage of an account; ``client.usage`` is one."""

    def __init__(self, client: PamelaClient) -> None:
        self._client = client

    def get(self, period: str | None = None) -> UsageResponse:
        """Return the usage of a month (``YYYY-MM``), or of the current one."""
        return self._client.get_usage(period)


class PamelaClient:
    """The client of the vendor's package 1.2.0 on this package's engine.

    Arguments are sent as they are given, and the server checks them. Optional ones that are empty
    (``""``, ``{}``, ``[]``, a limit or offset of 0) are not sent. Results are the response's JSON.

    Args:
        api_key: the key; without it ``PAMELA_API_KEY`` is read.
        base_url: the server; without it ``PAMELA_BASE_URL``, else production.
        keywords: as for :class:`trunkline.Pamela`.

    Attributes:
        pamela: the :class:`trunkline.Pamela` on the same connections, for a gradual migration.
        usage: the usage of the account.
        base_url: the server.
        base_api_url: the base URL of all paths.

    Raises:
        ConfigurationError: no key was given, or an argument is not usable.
    """

    def __init__(
        self,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        **keywords: Unpack[Keywords],
    ) -> None:
        self.pamela = Pamela(api_key, base_url=base_url, **keywords)
        self.usage = UsageClient(self)

    @property
    def _context(self) -> Any:
        return self.pamela._session.context  # noqa: SLF001 - a part of its client

    @property
    def api_key(self) -> str:
        """The key itself."""
        return cast("str", self._context.key.reveal())

    @property
    def base_url(self) -> str:
        """The server."""
        return cast("str", self._context.base_url)

    @property
    def base_api_url(self) -> str:
        """The base URL of all paths."""
        return f"{self.base_url}/api/b2b/v1"

    def _request(self, request: dict[str, Any]) -> Any:
        """Send a request and return the JSON of its response."""
        raw = self.pamela.raw
        of_calls = request["url"].startswith("/api/b2b/v1/calls")
        try:
            response = raw.get_httpx_client().request(**request)
        except errors.APIStatusError as error:
            raise vendor_error(error, of_calls=of_calls) from error
        try:
            return response.json()
        except (ValueError, RecursionError) as error:
            raise raw.invalid_response(response, error) from error

    def create_call(
        self,
        to: str,
        task: str,
        country: str | None = None,
        locale: str | None = None,
        instructions: str | None = None,
        max_duration_seconds: int | None = None,
        voice: str | None = None,
        agent_name: str | None = None,
        caller_name: str | None = None,
        metadata: JSONObject | None = None,
        tools: list[ToolDefinition] | None = None,
        webhooks: Mapping[str, str] | None = None,
        end_user_id: str | None = None,
    ) -> CallResponse:
        """Start an outbound call; see :meth:`Calls.create`."""
        optional: dict[str, Any] = {
            "country": country,
            "locale": locale,
            "instructions": instructions,
            "voice": voice,
            "agent_name": agent_name,
            "caller_name": caller_name,
            "metadata": metadata,
            "tools": tools,
            "webhooks": dict(webhooks) if is_mapping(webhooks) else webhooks,
            "end_user_id": end_user_id,
        }
        body = {"to": to, "task": task, **_filled(optional)}
        if max_duration_seconds is not None:
            body["max_duration_seconds"] = max_duration_seconds
        request = _request_of(create_call, CreateCallRequest, body)
        return cast("CallResponse", self._request(request))

    def get_call(self, call_id: str) -> CallStatusResponse:
        """Return a call's state; see :meth:`Calls.get`."""
        request = get_call.get_kwargs(identifier("call_id", call_id))
        return cast("CallStatusResponse", self._request(request))

    def list_calls(
        self,
        status: str | None = None,
        status_filter: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
    ) -> CallListResponse:
        """Return one page of calls; ``status_filter`` wins over ``status``.

        :meth:`Calls.list` goes through all pages.
        """
        query = {
            "status_filter": status_filter or status,
            "limit": limit,
            "offset": offset,
            "start_date": start_date,
            "end_date": end_date,
        }
        return cast("CallListResponse", self._query(list_calls.get_kwargs(), query))

    def cancel_call(self, call_id: str) -> CallResponse:
        """Cancel a call; see :meth:`Calls.cancel`."""
        request = cancel_call.get_kwargs(identifier("call_id", call_id))
        return cast("CallResponse", self._request(request))

    def hangup_call(self, call_id: str) -> CallResponse:
        """End a call by force; see :meth:`Calls.hangup`."""
        request = hangup_call.get_kwargs(identifier("call_id", call_id))
        return cast("CallResponse", self._request(request))

    def register_tool(
        self,
        name: str,
        description: str,
        input_schema: JSONObject,
        output_schema: JSONObject | None = None,
        timeout_ms: int = VENDOR_TIMEOUT_MS,
    ) -> ToolRegistration:
        """Register a tool; sends an empty output schema and 30000 ms where none are given."""
        tool = {
            "name": name,
            "description": description,
            "input_schema": input_schema,
            "output_schema": output_schema or {},
            "timeout_ms": timeout_ms,
        }
        request = _request_of(register_tool, RegisterToolRequest, {"tool": tool})
        return cast("ToolRegistration", self._request(request))

    def list_tools(self) -> list[ToolDefinition]:
        """Return all tools; see :meth:`Tools.list`.

        Raises:
            PamelaError: the response holds no list of tools.
        """
        body = self._request(list_tools.get_kwargs())
        found = body.get("tools") if is_mapping(body) else body
        if is_array(found):
            return cast("list[ToolDefinition]", found)
        raise PamelaError("Unexpected response shape for list_tools")

    def delete_tool(self, tool_id: str) -> ToolDeleteResponse:
        """Deactivate a tool; see :meth:`Tools.delete`."""
        request = delete_tool.get_kwargs(identifier("tool_id", tool_id))
        return cast("ToolDeleteResponse", self._request(request))

    def get_usage(self, period: str | None = None) -> UsageResponse:
        """Return the usage of a month; the same as ``usage.get``."""
        return cast("UsageResponse", self._query(get_usage.get_kwargs(), {"period": period}))

    def _query(self, request: dict[str, Any], query: dict[str, Any]) -> Any:
        return self._request({**request, "params": _filled(query)})

    def close(self) -> None:
        """Close the connections."""
        self.pamela.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"


def _filled(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments that the vendor's package sends: those that are not empty."""
    return {name: value for name, value in arguments.items() if value}


def _request_of(operation: Any, model: Any, body: dict[str, Any]) -> dict[str, Any]:
    """Return the request of an operation with a body."""
    try:
        request: dict[str, Any] = operation.get_kwargs(body=model.from_dict(body))
    except RecursionError:
        raise errors.InvalidArgumentError("an argument nests too deep to be sent as JSON") from None
    return request
