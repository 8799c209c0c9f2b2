# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.error_body import ErrorBody
    from ...models.voice_session_list import VoiceSessionList

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "list_voice_sessions",
    "path_template": "/api/v1/voice-sessions",
}


def get_kwargs(
    *,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
    stream_id: str | Unset = UNSET,
    agent_key: str | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["offset"] = offset

    params["status"] = status

    params["stream_id"] = stream_id

    params["agent_key"] = agent_key

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/voice-sessions",
        "params": params,
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> ErrorBody | VoiceSessionList | None:
    status = response.status_code
    if status == 200:
        return cast("VoiceSessionList", _schemas.Object(_models.VoiceSessionList).read_body(response.json(), reading))
    if status == 400:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 401:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 403:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 404:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 409:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 412:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 429:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 500:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 502:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    if status == 503:
        return cast("ErrorBody", _schemas.Object(_models.ErrorBody).read_body(response.json(), reading))
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        return cast("VoiceSessionList", _schemas.Object(_models.VoiceSessionList).read_body(response.json(), reading))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorBody | VoiceSessionList | None:
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
) -> Response[ErrorBody | VoiceSessionList]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
    stream_id: str | Unset = UNSET,
    agent_key: str | Unset = UNSET,
) -> Response[ErrorBody | VoiceSessionList]:
    """List voice sessions

    Pages through the stored sessions of the tenant by limit and offset.

    Args:
        limit (int | Unset):
        offset (int | Unset):
        status (str | Unset):
        stream_id (str | Unset):
        agent_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | VoiceSessionList]
    """

    kwargs = get_kwargs(
        limit=limit,
        offset=offset,
        status=status,
        stream_id=stream_id,
        agent_key=agent_key,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
    stream_id: str | Unset = UNSET,
    agent_key: str | Unset = UNSET,
) -> ErrorBody | VoiceSessionList | None:
    """List voice sessions

    Pages through the stored sessions of the tenant by limit and offset.

    Args:
        limit (int | Unset):
        offset (int | Unset):
        status (str | Unset):
        stream_id (str | Unset):
        agent_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | VoiceSessionList
    """

    kwargs = get_kwargs(
        limit=limit,
        offset=offset,
        status=status,
        stream_id=stream_id,
        agent_key=agent_key,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
    stream_id: str | Unset = UNSET,
    agent_key: str | Unset = UNSET,
) -> Response[ErrorBody | VoiceSessionList]:
    """List voice sessions

    Pages through the stored sessions of the tenant by limit and offset.

    Args:
        limit (int | Unset):
        offset (int | Unset):
        status (str | Unset):
        stream_id (str | Unset):
        agent_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ErrorBody | VoiceSessionList]
    """

    kwargs = get_kwargs(
        limit=limit,
        offset=offset,
        status=status,
        stream_id=stream_id,
        agent_key=agent_key,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    status: str | Unset = UNSET,
    stream_id: str | Unset = UNSET,
    agent_key: str | Unset = UNSET,
) -> ErrorBody | VoiceSessionList | None:
    """List voice sessions

    Pages through the stored sessions of the tenant by limit and offset.

    Args:
        limit (int | Unset):
        offset (int | Unset):
        status (str | Unset):
        stream_id (str | Unset):
        agent_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ErrorBody | VoiceSessionList
    """

    kwargs = get_kwargs(
        limit=limit,
        offset=offset,
        status=status,
        stream_id=stream_id,
        agent_key=agent_key,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
