# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.api_key_revoked_response import ApiKeyRevokedResponse
    from ...models.error_body import ErrorBody
    from ...models.revoke_api_key_request import RevokeApiKeyRequest

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "revoke_api_key",
    "path_template": "/api/b2b/v1/partner/api-keys/{key_id}/revoke",
}


def get_kwargs(
    key_id: str,
    *,
    body: RevokeApiKeyRequest | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": f"/api/b2b/v1/partner/api-keys/{path_segment(key_id)}/revoke",
        "extensions": {"trunkline": OPERATION},
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> ApiKeyRevokedResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast(
            "ApiKeyRevokedResponse", _schemas.Object(_models.ApiKeyRevokedResponse).read_body(response.json(), reading)
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
            "ApiKeyRevokedResponse", _schemas.Object(_models.ApiKeyRevokedResponse).read_body(response.json(), reading)
        )
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiKeyRevokedResponse | ErrorBody | None:
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
) -> Response[ApiKeyRevokedResponse | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    key_id: str,
    *,
    client: AuthenticatedClient,
    body: RevokeApiKeyRequest | Unset = UNSET,
) -> Response[ApiKeyRevokedResponse | ErrorBody]:
    """Revoke an API key

    Takes a key out of service. Neither body nor answer is documented, so both are open objects and the
    body may be left out.

    Args:
        key_id (str):
        body (RevokeApiKeyRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ApiKeyRevokedResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        key_id=key_id,
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    key_id: str,
    *,
    client: AuthenticatedClient,
    body: RevokeApiKeyRequest | Unset = UNSET,
) -> ApiKeyRevokedResponse | ErrorBody | None:
    """Revoke an API key

    Takes a key out of service. Neither body nor answer is documented, so both are open objects and the
    body may be left out.

    Args:
        key_id (str):
        body (RevokeApiKeyRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ApiKeyRevokedResponse | ErrorBody
    """

    kwargs = get_kwargs(
        key_id=key_id,
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    key_id: str,
    *,
    client: AuthenticatedClient,
    body: RevokeApiKeyRequest | Unset = UNSET,
) -> Response[ApiKeyRevokedResponse | ErrorBody]:
    """Revoke an API key

    Takes a key out of service. Neither body nor answer is documented, so both are open objects and the
    body may be left out.

    Args:
        key_id (str):
        body (RevokeApiKeyRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[ApiKeyRevokedResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        key_id=key_id,
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    key_id: str,
    *,
    client: AuthenticatedClient,
    body: RevokeApiKeyRequest | Unset = UNSET,
) -> ApiKeyRevokedResponse | ErrorBody | None:
    """Revoke an API key

    Takes a key out of service. Neither body nor answer is documented, so both are open objects and the
    body may be left out.

    Args:
        key_id (str):
        body (RevokeApiKeyRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        ApiKeyRevokedResponse | ErrorBody
    """

    kwargs = get_kwargs(
        key_id=key_id,
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
