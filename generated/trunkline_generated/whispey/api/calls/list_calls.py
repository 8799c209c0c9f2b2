# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.call_list_response import CallListResponse
    from ...models.call_status_filter import CallStatusFilter
    from ...models.error_body import ErrorBody

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "listCalls",
    "path_template": "/v1/calls",
}


def get_kwargs(
    *,
    agent_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    start_date: datetime.date | datetime.datetime | Unset = UNSET,
    end_date: datetime.date | datetime.datetime | Unset = UNSET,
    status: CallStatusFilter | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    params: dict[str, Any] = {}

    params["agent_id"] = agent_id

    params["limit"] = limit

    params["offset"] = offset

    json_start_date: str | Unset
    if isinstance(start_date, Unset):
        json_start_date = UNSET
    elif isinstance(start_date, datetime.datetime):
        json_start_date = start_date.isoformat()
    else:
        json_start_date = start_date.isoformat()

    params["start_date"] = json_start_date

    json_end_date: str | Unset
    if isinstance(end_date, Unset):
        json_end_date = UNSET
    elif isinstance(end_date, datetime.datetime):
        json_end_date = end_date.isoformat()
    else:
        json_end_date = end_date.isoformat()

    params["end_date"] = json_end_date

    json_status: str | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = status.value

    params["status"] = json_status

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/calls",
        "params": params,
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> CallListResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast("CallListResponse", _schemas.Object(_models.CallListResponse).read_body(response.json(), reading))
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
        return cast("CallListResponse", _schemas.Object(_models.CallListResponse).read_body(response.json(), reading))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CallListResponse | ErrorBody | None:
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
) -> Response[CallListResponse | ErrorBody]:
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
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    start_date: datetime.date | datetime.datetime | Unset = UNSET,
    end_date: datetime.date | datetime.datetime | Unset = UNSET,
    status: CallStatusFilter | Unset = UNSET,
) -> Response[CallListResponse | ErrorBody]:
    """List calls

    Pages through calls by limit and offset. The order is not documented; where new calls come first,
    rows shift while a reader pages, so calls are to be told apart by id or the window fixed with
    `end_date`.

    Args:
        agent_id (str | Unset):
        limit (int | Unset):
        offset (int | Unset):
        start_date (datetime.date | datetime.datetime | Unset):
        end_date (datetime.date | datetime.datetime | Unset):
        status (CallStatusFilter | Unset): State of a call as a filter of the list.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CallListResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        limit=limit,
        offset=offset,
        start_date=start_date,
        end_date=end_date,
        status=status,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    start_date: datetime.date | datetime.datetime | Unset = UNSET,
    end_date: datetime.date | datetime.datetime | Unset = UNSET,
    status: CallStatusFilter | Unset = UNSET,
) -> CallListResponse | ErrorBody | None:
    """List calls

    Pages through calls by limit and offset. The order is not documented; where new calls come first,
    rows shift while a reader pages, so calls are to be told apart by id or the window fixed with
    `end_date`.

    Args:
        agent_id (str | Unset):
        limit (int | Unset):
        offset (int | Unset):
        start_date (datetime.date | datetime.datetime | Unset):
        end_date (datetime.date | datetime.datetime | Unset):
        status (CallStatusFilter | Unset): State of a call as a filter of the list.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CallListResponse | ErrorBody
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        limit=limit,
        offset=offset,
        start_date=start_date,
        end_date=end_date,
        status=status,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    start_date: datetime.date | datetime.datetime | Unset = UNSET,
    end_date: datetime.date | datetime.datetime | Unset = UNSET,
    status: CallStatusFilter | Unset = UNSET,
) -> Response[CallListResponse | ErrorBody]:
    """List calls

    Pages through calls by limit and offset. The order is not documented; where new calls come first,
    rows shift while a reader pages, so calls are to be told apart by id or the window fixed with
    `end_date`.

    Args:
        agent_id (str | Unset):
        limit (int | Unset):
        offset (int | Unset):
        start_date (datetime.date | datetime.datetime | Unset):
        end_date (datetime.date | datetime.datetime | Unset):
        status (CallStatusFilter | Unset): State of a call as a filter of the list.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CallListResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        limit=limit,
        offset=offset,
        start_date=start_date,
        end_date=end_date,
        status=status,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    agent_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    start_date: datetime.date | datetime.datetime | Unset = UNSET,
    end_date: datetime.date | datetime.datetime | Unset = UNSET,
    status: CallStatusFilter | Unset = UNSET,
) -> CallListResponse | ErrorBody | None:
    """List calls

    Pages through calls by limit and offset. The order is not documented; where new calls come first,
    rows shift while a reader pages, so calls are to be told apart by id or the window fixed with
    `end_date`.

    Args:
        agent_id (str | Unset):
        limit (int | Unset):
        offset (int | Unset):
        start_date (datetime.date | datetime.datetime | Unset):
        end_date (datetime.date | datetime.datetime | Unset):
        status (CallStatusFilter | Unset): State of a call as a filter of the list.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CallListResponse | ErrorBody
    """

    kwargs = get_kwargs(
        agent_id=agent_id,
        limit=limit,
        offset=offset,
        start_date=start_date,
        end_date=end_date,
        status=status,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
