# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from ... import errors
from ... import models as _models
from ... import schemas as _schemas
from ...types import UNSET, Reading, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.checkout_session_response import CheckoutSessionResponse
    from ...models.create_checkout_session_request import CreateCheckoutSessionRequest
    from ...models.error_body import ErrorBody

#: Identifies the operation in the `extensions` of every request.
OPERATION: Final = {
    "operation_id": "create_checkout_session",
    "path_template": "/api/b2b/v1/partner/subscription/checkout",
}


def get_kwargs(
    *,
    body: CreateCheckoutSessionRequest | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request as keyword arguments of `httpx.Client.request`; sends nothing."""
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/b2b/v1/partner/subscription/checkout",
        "extensions": {"trunkline": OPERATION},
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _decode(
    client: AuthenticatedClient | Client, response: httpx.Response, reading: Reading
) -> CheckoutSessionResponse | ErrorBody | None:
    status = response.status_code
    if status == 200:
        return cast(
            "CheckoutSessionResponse",
            _schemas.Object(_models.CheckoutSessionResponse).read_body(response.json(), reading),
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
            "CheckoutSessionResponse",
            _schemas.Object(_models.CheckoutSessionResponse).read_body(response.json(), reading),
        )
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(status, response.content)
    return None


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CheckoutSessionResponse | ErrorBody | None:
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
) -> Response[CheckoutSessionResponse | ErrorBody]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateCheckoutSessionRequest | Unset = UNSET,
) -> Response[CheckoutSessionResponse | ErrorBody]:
    """Create a checkout session

    Opens a payment page at Stripe for a new subscription. Neither body nor answer is documented; a URL
    is to be expected in the answer.

    Args:
        body (CreateCheckoutSessionRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CheckoutSessionResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: CreateCheckoutSessionRequest | Unset = UNSET,
) -> CheckoutSessionResponse | ErrorBody | None:
    """Create a checkout session

    Opens a payment page at Stripe for a new subscription. Neither body nor answer is documented; a URL
    is to be expected in the answer.

    Args:
        body (CreateCheckoutSessionRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CheckoutSessionResponse | ErrorBody
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateCheckoutSessionRequest | Unset = UNSET,
) -> Response[CheckoutSessionResponse | ErrorBody]:
    """Create a checkout session

    Opens a payment page at Stripe for a new subscription. Neither body nor answer is documented; a URL
    is to be expected in the answer.

    Args:
        body (CreateCheckoutSessionRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        Response[CheckoutSessionResponse | ErrorBody]
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CreateCheckoutSessionRequest | Unset = UNSET,
) -> CheckoutSessionResponse | ErrorBody | None:
    """Create a checkout session

    Opens a payment page at Stripe for a new subscription. Neither body nor answer is documented; a URL
    is to be expected in the answer.

    Args:
        body (CreateCheckoutSessionRequest | Unset): Fields not documented.

    Raises:
        errors.UnexpectedStatus: The status is not documented and Client.raise_on_unexpected_status is True.
        errors.InvalidResponse: The body does not fit the contract (or what Client.invalid_response builds).
        httpx.HTTPError: There was no response, for example within Client.timeout.

    Returns:
        CheckoutSessionResponse | ErrorBody
    """

    kwargs = get_kwargs(
        body=body,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _parse_response(client=client, response=response)
