# Generated from phone-ai.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.audio_request import AudioRequest
    from ...models.audio_result import AudioResult
    from ...models.error_body import ErrorBody

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "inject_audio",
    "path_template": "/calls/{callId}/audio",
}


def get_kwargs(
    call_id: str,
    *,
    body: AudioRequest | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": f"/calls/{path_segment(call_id)}/audio",
        "extensions": {"trunkline": OPERATION},
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> AudioResult | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast("AudioResult", _schemas.Object(_models.AudioResult).read_body(response.json(), reading))
    if status == 400:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 403:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 429:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 500:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        return cast("AudioResult", _schemas.Object(_models.AudioResult).read_body(response.json(), reading))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AudioResult | ErrorBody | None:
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
) -> Response[AudioResult | ErrorBody]:
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
    body: AudioRequest | Unset = UNSET,
) -> Response[AudioResult | ErrorBody]:
    """Inject audio into a call

    Plays audio into an active call. Whether the audio is given by URL, as text in base64 or as bytes is
    not documented; JSON is the only content type that the page shows.

    Args:
        call_id (str):
        body (AudioRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[AudioResult | ErrorBody]
    """

    kwargs = get_kwargs(
        call_id=call_id,
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    call_id: str,
    *,
    client: AuthenticatedClient,
    body: AudioRequest | Unset = UNSET,
) -> AudioResult | ErrorBody | None:
    """Inject audio into a call

    Plays audio into an active call. Whether the audio is given by URL, as text in base64 or as bytes is
    not documented; JSON is the only content type that the page shows.

    Args:
        call_id (str):
        body (AudioRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        AudioResult | ErrorBody
    """

    kwargs = get_kwargs(
        call_id=call_id,
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    call_id: str,
    *,
    client: AuthenticatedClient,
    body: AudioRequest | Unset = UNSET,
) -> Response[AudioResult | ErrorBody]:
    """Inject audio into a call

    Plays audio into an active call. Whether the audio is given by URL, as text in base64 or as bytes is
    not documented; JSON is the only content type that the page shows.

    Args:
        call_id (str):
        body (AudioRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[AudioResult | ErrorBody]
    """

    kwargs = get_kwargs(
        call_id=call_id,
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    call_id: str,
    *,
    client: AuthenticatedClient,
    body: AudioRequest | Unset = UNSET,
) -> AudioResult | ErrorBody | None:
    """Inject audio into a call

    Plays audio into an active call. Whether the audio is given by URL, as text in base64 or as bytes is
    not documented; JSON is the only content type that the page shows.

    Args:
        call_id (str):
        body (AudioRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        AudioResult | ErrorBody
    """

    kwargs = get_kwargs(
        call_id=call_id,
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
