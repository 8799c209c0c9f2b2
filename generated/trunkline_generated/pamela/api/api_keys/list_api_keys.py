# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ... import errors
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.api_key import ApiKey
    from ...models.api_key_list_response import ApiKeyListResponse
    from ...models.error_body import ErrorBody

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "list_api_keys",
    "path_template": "/api/b2b/v1/partner/api-keys",
}


def get_kwargs() -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/b2b/v1/partner/api-keys",
        "extensions": {"trunkline": OPERATION},
    }

    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiKeyListResponse | list[ApiKey] | ErrorBody | None:
    from ...models.error_body import ErrorBody

    status = response.status_code
    if status == 200:
        data = response.json()
        return _decode_response_200(data)
    if status == 400:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 401:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 403:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 404:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 422:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 429:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 500:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 502:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 503:
        data = response.json()
        return ErrorBody.from_dict(data)
    if status == 504:
        data = response.json()
        return ErrorBody.from_dict(data)
    # Any other success, such as 299: its body is taken for the documented one, so that nothing is lost.
    if 200 <= status <= 299:
        if not response.content:
            return None
        data = response.json()
        return _decode_response_200(data)
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _decode_response_200(data: Any) -> ApiKeyListResponse | list[ApiKey]:
    from ...models.api_key import ApiKey
    from ...models.api_key_list_response import ApiKeyListResponse

    if isinstance(data, list):
        try:
            return [ApiKey.from_dict(item_response_200__1) for item_response_200__1 in data]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    if isinstance(data, dict):
        try:
            return ApiKeyListResponse.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    raise TypeError("response_200 fits no variant of the contract")


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiKeyListResponse | list[ApiKey] | ErrorBody | None:
    try:
        return _decode(client, response)
    except errors.PARSE_FAILURES as exc:
        raise client.invalid_response(response, exc) from exc


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ApiKeyListResponse | list[ApiKey] | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
) -> Response[ApiKeyListResponse | list[ApiKey] | ErrorBody]:
    """List API keys

    The keys of the account, recognisable by their prefix. Neither the envelope nor the fields are
    documented: an array and an object are both accepted.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ApiKeyListResponse | list[ApiKey] | ErrorBody]
    """

    kwargs = get_kwargs()
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
) -> ApiKeyListResponse | list[ApiKey] | ErrorBody | None:
    """List API keys

    The keys of the account, recognisable by their prefix. Neither the envelope nor the fields are
    documented: an array and an object are both accepted.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ApiKeyListResponse | list[ApiKey] | ErrorBody
    """

    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
) -> Response[ApiKeyListResponse | list[ApiKey] | ErrorBody]:
    """List API keys

    The keys of the account, recognisable by their prefix. Neither the envelope nor the fields are
    documented: an array and an object are both accepted.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ApiKeyListResponse | list[ApiKey] | ErrorBody]
    """

    kwargs = get_kwargs()
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
) -> ApiKeyListResponse | list[ApiKey] | ErrorBody | None:
    """List API keys

    The keys of the account, recognisable by their prefix. Neither the envelope nor the fields are
    documented: an array and an object are both accepted.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ApiKeyListResponse | list[ApiKey] | ErrorBody
    """

    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
