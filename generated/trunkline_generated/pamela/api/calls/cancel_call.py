# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import Reading, Response, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.call_action_response import CallActionResponse
    from ...models.error_body import ErrorBody

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "cancel_call",
    "path_template": "/api/b2b/v1/calls/{call_id}/cancel",
}


def get_kwargs(
    call_id: str,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/api/b2b/v1/calls/{path_segment(call_id)}/cancel",
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> CallActionResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast(
            "CallActionResponse", _schemas.Object(_models.CallActionResponse).read_body(response.json(), reading)
        )
    if status == 400:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 403:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 404:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 422:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 429:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 500:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 502:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 503:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 504:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        return cast(
            "CallActionResponse", _schemas.Object(_models.CallActionResponse).read_body(response.json(), reading)
        )
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CallActionResponse | ErrorBody | None:
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
) -> Response[CallActionResponse | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    call_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[CallActionResponse | ErrorBody]:
    """Cancel a call

    Cancels a call; the vendor's demo offers it while the call is queued or ringing. Takes no body. What
    the service answers for a call that has already ended is not known.

    Args:
        call_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CallActionResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        call_id=call_id,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    call_id: str,
    *,
    client: AuthenticatedClient,
) -> CallActionResponse | ErrorBody | None:
    """Cancel a call

    Cancels a call; the vendor's demo offers it while the call is queued or ringing. Takes no body. What
    the service answers for a call that has already ended is not known.

    Args:
        call_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CallActionResponse | ErrorBody
    """

    kwargs = get_kwargs(
        call_id=call_id,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    call_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[CallActionResponse | ErrorBody]:
    """Cancel a call

    Cancels a call; the vendor's demo offers it while the call is queued or ringing. Takes no body. What
    the service answers for a call that has already ended is not known.

    Args:
        call_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CallActionResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        call_id=call_id,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    call_id: str,
    *,
    client: AuthenticatedClient,
) -> CallActionResponse | ErrorBody | None:
    """Cancel a call

    Cancels a call; the vendor's demo offers it while the call is queued or ringing. Takes no body. What
    the service answers for a call that has already ended is not known.

    Args:
        call_id (str):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CallActionResponse | ErrorBody
    """

    kwargs = get_kwargs(
        call_id=call_id,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
