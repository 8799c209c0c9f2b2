# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import Reading, Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.agent_list_response import AgentListResponse
    from ...models.error_body import ErrorBody

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "listAgents",
    "path_template": "/v1/agents",
}


def get_kwargs() -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/agents",
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> AgentListResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast("AgentListResponse", _schemas.Object(_models.AgentListResponse).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 429:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 500:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        return cast("AgentListResponse", _schemas.Object(_models.AgentListResponse).read_body(response.json(), reading))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AgentListResponse | ErrorBody | None:
    reading = Reading(OPERATION["operation_id"])
    try:
        parsed = _decode(client, response, reading)
    except errors.PARSE_FAILURES as exc:
        raise client.invalid_response(response, exc) from exc
    if reading.deviations and 200 <= response.status_code <= 299:
        client.deviating(response, reading.deviations)
    return parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AgentListResponse | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
) -> Response[AgentListResponse | ErrorBody]:
    """List agents

    All agents of the account. Neither parameters nor paging are documented. `total_calls` and
    `success_rate` are fields of the agent itself here and of its `metrics` in `getAgent`.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[AgentListResponse | ErrorBody]
    """

    kwargs = get_kwargs()
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
) -> AgentListResponse | ErrorBody | None:
    """List agents

    All agents of the account. Neither parameters nor paging are documented. `total_calls` and
    `success_rate` are fields of the agent itself here and of its `metrics` in `getAgent`.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        AgentListResponse | ErrorBody
    """

    kwargs = get_kwargs()
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
) -> Response[AgentListResponse | ErrorBody]:
    """List agents

    All agents of the account. Neither parameters nor paging are documented. `total_calls` and
    `success_rate` are fields of the agent itself here and of its `metrics` in `getAgent`.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[AgentListResponse | ErrorBody]
    """

    kwargs = get_kwargs()
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
) -> AgentListResponse | ErrorBody | None:
    """List agents

    All agents of the account. Neither parameters nor paging are documented. `total_calls` and
    `success_rate` are fields of the agent itself here and of its `metrics` in `getAgent`.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        AgentListResponse | ErrorBody
    """

    kwargs = get_kwargs()
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
