# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.cost_analytics_response import CostAnalyticsResponse
    from ...models.error_body import ErrorBody
    from ...models.period import Period

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "getCostAnalytics",
    "path_template": "/v1/analytics/costs",
}


def get_kwargs(
    *,
    agent_id: str | Unset = UNSET,
    period: Period | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    params: dict[str, Any] = {}

    params["agent_id"] = agent_id

    json_period: str | Unset = UNSET
    if not isinstance(period, Unset):
        json_period = period.value

    params["period"] = json_period

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/analytics/costs",
        "params": params,
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> CostAnalyticsResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast(
            "CostAnalyticsResponse", _schemas.Object(_models.CostAnalyticsResponse).read_body(response.json(), reading)
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
            "CostAnalyticsResponse", _schemas.Object(_models.CostAnalyticsResponse).read_body(response.json(), reading)
        )
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CostAnalyticsResponse | ErrorBody | None:
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
) -> Response[CostAnalyticsResponse | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    period: Period | Unset = UNSET,
) -> Response[CostAnalyticsResponse | ErrorBody]:
    """Get the costs

    Costs over a period, by kind of service, by provider and by day.

    Args:
        agent_id (str | Unset):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CostAnalyticsResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    period: Period | Unset = UNSET,
) -> CostAnalyticsResponse | ErrorBody | None:
    """Get the costs

    Costs over a period, by kind of service, by provider and by day.

    Args:
        agent_id (str | Unset):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CostAnalyticsResponse | ErrorBody
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    period: Period | Unset = UNSET,
) -> Response[CostAnalyticsResponse | ErrorBody]:
    """Get the costs

    Costs over a period, by kind of service, by provider and by day.

    Args:
        agent_id (str | Unset):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CostAnalyticsResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    period: Period | Unset = UNSET,
) -> CostAnalyticsResponse | ErrorBody | None:
    """Get the costs

    Costs over a period, by kind of service, by provider and by day.

    Args:
        agent_id (str | Unset):
        period (Period | Unset): One day, seven, thirty or ninety days, or one year.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CostAnalyticsResponse | ErrorBody
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        period=period,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
