# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import Reading, Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.call_ended import CallEnded
    from ...models.call_started import CallStarted
    from ...models.compressed_call_log import CompressedCallLog
    from ...models.error_body import ErrorBody
    from ...models.ingest_result import IngestResult

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "sendCallLog",
    "path_template": "/send-call-log",
}


def get_kwargs(
    *,
    body: CallEnded | CallStarted | CompressedCallLog,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""
    from ...models.call_ended import CallEnded
    from ...models.call_started import CallStarted

    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/send-call-log",
        "extensions": {"trunkline": OPERATION},
    }

    if isinstance(body, CallStarted):
        _kwargs["json"] = body.to_dict()
    elif isinstance(body, CallEnded):
        _kwargs["json"] = body.to_dict()
    else:
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> ErrorBody | IngestResult | None:
    status = response.status_code
    if status == 200:
        return cast("IngestResult", _schemas.Object(_models.IngestResult).read_body(response.json(), reading))
    if status == 400:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 500:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        return cast("IngestResult", _schemas.Object(_models.IngestResult).read_body(response.json(), reading))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorBody | IngestResult | None:
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
) -> Response[ErrorBody | IngestResult]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CallEnded | CallStarted | CompressedCallLog,
) -> Response[ErrorBody | IngestResult]:
    """Send a call record

    Takes the start of a call, the finished call, or either of them compressed: a JSON object whose
    `data` is the base64 text of the gzipped JSON. The vendor's package compresses above 10 KiB.

    Args:
        body (CallEnded | CallStarted | CompressedCallLog):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | IngestResult]
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: CallEnded | CallStarted | CompressedCallLog,
) -> ErrorBody | IngestResult | None:
    """Send a call record

    Takes the start of a call, the finished call, or either of them compressed: a JSON object whose
    `data` is the base64 text of the gzipped JSON. The vendor's package compresses above 10 KiB.

    Args:
        body (CallEnded | CallStarted | CompressedCallLog):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | IngestResult
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CallEnded | CallStarted | CompressedCallLog,
) -> Response[ErrorBody | IngestResult]:
    """Send a call record

    Takes the start of a call, the finished call, or either of them compressed: a JSON object whose
    `data` is the base64 text of the gzipped JSON. The vendor's package compresses above 10 KiB.

    Args:
        body (CallEnded | CallStarted | CompressedCallLog):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | IngestResult]
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CallEnded | CallStarted | CompressedCallLog,
) -> ErrorBody | IngestResult | None:
    """Send a call record

    Takes the start of a call, the finished call, or either of them compressed: a JSON object whose
    `data` is the base64 text of the gzipped JSON. The vendor's package compresses above 10 KiB.

    Args:
        body (CallEnded | CallStarted | CompressedCallLog):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | IngestResult
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
