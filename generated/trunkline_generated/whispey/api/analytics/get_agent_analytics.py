# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.agent_analytics_response import AgentAnalyticsResponse
    from ...models.error_body import ErrorBody
    from ...models.period import Period

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "getAgentAnalytics",
    "path_template": "/v1/analytics/agents/{agent_id}",
}


def get_kwargs(
    agent_id: str,
    *,
    period: Period | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    params: dict[str, Any] = {}

    json_period: str | Unset = UNSET
    if not isinstance(period, Unset):
        json_period = period.value

    params["period"] = json_period

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/v1/analytics/agents/{path_segment(agent_id)}",
        "params": params,
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> AgentAnalyticsResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast(
            "AgentAnalyticsResponse",
            _schemas.Object(_models.AgentAnalyticsResponse).read_body(response.json(), reading),
        )
    if status == 400:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 404:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 429:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 500:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        return cast(
            "AgentAnalyticsResponse",
            _schemas.Object(_models.AgentAnalyticsResponse).read_body(response.json(), reading),
        )
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AgentAnalyticsResponse | ErrorBody | None:
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
) -> Response[AgentAnalyticsResponse | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    agent_id: str,
    *,
    client: AuthenticatedClient,
    period: Period | Unset = UNSET,
) -> Response[AgentAnalyticsResponse | ErrorBody]:
    """Get the analytics of an agent

    Totals, daily trends and shares of the providers over a period. One call uses several providers, so
    their calls do not add up to the total.

    Args:
        agent_id (str):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[AgentAnalyticsResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    agent_id: str,
    *,
    client: AuthenticatedClient,
    period: Period | Unset = UNSET,
) -> AgentAnalyticsResponse | ErrorBody | None:
    """Get the analytics of an agent

    Totals, daily trends and shares of the providers over a period. One call uses several providers, so
    their calls do not add up to the total.

    Args:
        agent_id (str):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        AgentAnalyticsResponse | ErrorBody
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    agent_id: str,
    *,
    client: AuthenticatedClient,
    period: Period | Unset = UNSET,
) -> Response[AgentAnalyticsResponse | ErrorBody]:
    """Get the analytics of an agent

    Totals, daily trends and shares of the providers over a period. One call uses several providers, so
    their calls do not add up to the total.

    Args:
        agent_id (str):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[AgentAnalyticsResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    agent_id: str,
    *,
    client: AuthenticatedClient,
    period: Period | Unset = UNSET,
) -> AgentAnalyticsResponse | ErrorBody | None:
    """Get the analytics of an agent

    Totals, daily trends and shares of the providers over a period. One call uses several providers, so
    their calls do not add up to the total.

    Args:
        agent_id (str):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        AgentAnalyticsResponse | ErrorBody
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
