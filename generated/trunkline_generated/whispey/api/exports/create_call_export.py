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
    from ...models.create_call_export_request import CreateCallExportRequest
    from ...models.error_body import ErrorBody
    from ...models.export_created_response import ExportCreatedResponse

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "createCallExport",
    "path_template": "/v1/export/calls",
}


def get_kwargs(
    *,
    body: CreateCallExportRequest,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/export/calls",
        "extensions": {"trunkline": OPERATION},
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> ErrorBody | ExportCreatedResponse | None:
    status = response.status_code
    if status == 200:
        return cast(
            "ExportCreatedResponse", _schemas.Object(_models.ExportCreatedResponse).read_body(response.json(), reading)
        )
    if status == 201:
        return cast(
            "ExportCreatedResponse", _schemas.Object(_models.ExportCreatedResponse).read_body(response.json(), reading)
        )
    if status == 202:
        return cast(
            "ExportCreatedResponse", _schemas.Object(_models.ExportCreatedResponse).read_body(response.json(), reading)
        )
    if status == 400:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 404:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 409:
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
            "ExportCreatedResponse", _schemas.Object(_models.ExportCreatedResponse).read_body(response.json(), reading)
        )
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorBody | ExportCreatedResponse | None:
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
) -> Response[ErrorBody | ExportCreatedResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateCallExportRequest,
) -> Response[ErrorBody | ExportCreatedResponse]:
    """Start an export of calls

    Starts writing calls to a file. Only one export runs at a time. The path says `export`, the other
    two say `exports`. Which fields are required is not documented.

    Args:
        body (CreateCallExportRequest): Which fields are required, and their defaults, are not
            documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | ExportCreatedResponse]
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: CreateCallExportRequest,
) -> ErrorBody | ExportCreatedResponse | None:
    """Start an export of calls

    Starts writing calls to a file. Only one export runs at a time. The path says `export`, the other
    two say `exports`. Which fields are required is not documented.

    Args:
        body (CreateCallExportRequest): Which fields are required, and their defaults, are not
            documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | ExportCreatedResponse
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateCallExportRequest,
) -> Response[ErrorBody | ExportCreatedResponse]:
    """Start an export of calls

    Starts writing calls to a file. Only one export runs at a time. The path says `export`, the other
    two say `exports`. Which fields are required is not documented.

    Args:
        body (CreateCallExportRequest): Which fields are required, and their defaults, are not
            documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | ExportCreatedResponse]
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CreateCallExportRequest,
) -> ErrorBody | ExportCreatedResponse | None:
    """Start an export of calls

    Starts writing calls to a file. Only one export runs at a time. The path says `export`, the other
    two say `exports`. Which fields are required is not documented.

    Args:
        body (CreateCallExportRequest): Which fields are required, and their defaults, are not
            documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | ExportCreatedResponse
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
