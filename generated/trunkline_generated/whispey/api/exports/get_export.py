# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import Reading, Response, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.error_body import ErrorBody
    from ...models.export_response import ExportResponse

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "getExport",
    "path_template": "/v1/exports/{export_id}",
}


def get_kwargs(
    export_id: str,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/v1/exports/{path_segment(export_id)}",
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> ErrorBody | ExportResponse | None:
    status = response.status_code
    if status == 200:
        return cast("ExportResponse", _schemas.Object(_models.ExportResponse).read_body(response.json(), reading))
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
        return cast("ExportResponse", _schemas.Object(_models.ExportResponse).read_body(response.json(), reading))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorBody | ExportResponse | None:
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
) -> Response[ErrorBody | ExportResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    export_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorBody | ExportResponse]:
    """Get an export

    State of an export. The id is called `id` here and `export_id` in the answer to the creation. The
    `download_url` of the page is on another host than the API: it must never be given the API key.

    Args:
        export_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | ExportResponse]
    """

    kwargs = get_kwargs(
        export_id=export_id,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    export_id: str,
    *,
    client: AuthenticatedClient,
) -> ErrorBody | ExportResponse | None:
    """Get an export

    State of an export. The id is called `id` here and `export_id` in the answer to the creation. The
    `download_url` of the page is on another host than the API: it must never be given the API key.

    Args:
        export_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | ExportResponse
    """

    kwargs = get_kwargs(
        export_id=export_id,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    export_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorBody | ExportResponse]:
    """Get an export

    State of an export. The id is called `id` here and `export_id` in the answer to the creation. The
    `download_url` of the page is on another host than the API: it must never be given the API key.

    Args:
        export_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | ExportResponse]
    """

    kwargs = get_kwargs(
        export_id=export_id,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    export_id: str,
    *,
    client: AuthenticatedClient,
) -> ErrorBody | ExportResponse | None:
    """Get an export

    State of an export. The id is called `id` here and `export_id` in the answer to the creation. The
    `download_url` of the page is on another host than the API: it must never be given the API key.

    Args:
        export_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | ExportResponse
    """

    kwargs = get_kwargs(
        export_id=export_id,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
