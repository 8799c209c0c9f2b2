"""Administration of API keys and of the subscription, by a logged-in user.

The vendor's page names these six operations and little more: bodies and responses are open objects,
so each method takes further fields, and ``result["field"]`` reads any field of a result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import identifier
from trunkline._engine.session.extra_options import extra_options
from trunkline.pamela._partner import keys_of, optional_body
from trunkline_generated.pamela.api.api_keys import create_api_key, list_api_keys, revoke_api_key
from trunkline_generated.pamela.api.subscription import (
    create_checkout_session,
    create_portal_session,
    get_subscription,
)
from trunkline_generated.pamela.client import AuthenticatedClient
from trunkline_generated.pamela.models.api_key_created_response import ApiKeyCreatedResponse
from trunkline_generated.pamela.models.api_key_revoked_response import ApiKeyRevokedResponse
from trunkline_generated.pamela.models.checkout_session_response import CheckoutSessionResponse
from trunkline_generated.pamela.models.create_api_key_request import CreateApiKeyRequest
from trunkline_generated.pamela.models.create_checkout_session_request import (
    CreateCheckoutSessionRequest,
)
from trunkline_generated.pamela.models.create_portal_session_request import (
    CreatePortalSessionRequest,
)
from trunkline_generated.pamela.models.portal_session_response import PortalSessionResponse
from trunkline_generated.pamela.models.revoke_api_key_request import RevokeApiKeyRequest
from trunkline_generated.pamela.models.subscription_response import SubscriptionResponse

if TYPE_CHECKING:
    import builtins

    from trunkline._engine.session.extra_options import (
        ExtraBody,
        ExtraHeaders,
        ExtraOptions,
        ExtraQuery,
    )
    from trunkline_generated.pamela.models.api_key import ApiKey


class AsyncApiKeys(AsyncAPIResource[AuthenticatedClient]):
    """API keys; every method needs the user token."""

    @operation(create_api_key)
    async def create(
        self,
        *,
        project_id: str | None = None,
        key_prefix: str | None = None,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> ApiKeyCreatedResponse:
        """Create a key (operation ``create_api_key``); only this response shows it in full.

        Args:
            project_id: the project to tie the key to.
            key_prefix: the beginning of the key, ``pk_live_``.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: further fields of the body, under their names on the wire.

        Raises:
            ConfigurationError: the client has no user token.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        body = CreateApiKeyRequest(project_id=project_id, key_prefix=key_prefix)
        body.additional_properties = fields
        created = await create_api_key.asyncio(client=self._raw_with(extra), body=body)
        return require_type(ApiKeyCreatedResponse, created)

    @operation(list_api_keys)
    async def list(self, **extra: Unpack[ExtraOptions]) -> builtins.list[ApiKey]:
        """Return the keys, without their secret parts (operation ``list_api_keys``).

        The shape of the response is not documented: a list is taken as it is; from an object, the
        one member that is a list of objects is taken.

        Raises:
            ConfigurationError: the client has no user token.
            ResponseValidationError: the response holds no such list, or several; look at it with
                ``client.raw``.
            APIError: anything else that went wrong.
        """
        return keys_of(await list_api_keys.asyncio(client=self._raw_with(extra)))

    @operation(revoke_api_key)
    async def revoke(
        self,
        key_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> ApiKeyRevokedResponse:
        """Revoke a key (operation ``revoke_api_key``).

        Args:
            key_id: the key's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: fields of the body, under their names on the wire; none are documented.

        Raises:
            ConfigurationError: the client has no user token.
            NotFoundError: there is no such key.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        body = optional_body(RevokeApiKeyRequest, fields)
        revoked = await revoke_api_key.asyncio(
            identifier("key_id", key_id), client=self._raw_with(extra), body=body
        )
        return require_type(ApiKeyRevokedResponse, revoked)


class AsyncSubscription(AsyncAPIResource[AuthenticatedClient]):
    """The subscription; every method needs the user token."""

    @operation(get_subscription)
    async def get(self, **extra: Unpack[ExtraOptions]) -> SubscriptionResponse:
        """Return the subscription's state (operation ``get_subscription``).

        :func:`trunkline.pamela.billing.has_access` returns whether the state allows calls.

        Raises:
            ConfigurationError: the client has no user token.
            APIError: anything else that went wrong.
        """
        found = await get_subscription.asyncio(client=self._raw_with(extra))
        return require_type(SubscriptionResponse, found)

    @operation(create_checkout_session)
    async def checkout(
        self,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> CheckoutSessionResponse:
        """Open a payment page for a new subscription (operation ``create_checkout_session``).

        Args:
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: fields of the body, under their names on the wire; none are documented.

        Raises:
            ConfigurationError: the client has no user token.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        body = optional_body(CreateCheckoutSessionRequest, fields)
        opened = await create_checkout_session.asyncio(client=self._raw_with(extra), body=body)
        return require_type(CheckoutSessionResponse, opened)

    @operation(create_portal_session)
    async def portal(
        self,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> PortalSessionResponse:
        """Open the customer portal of a subscription (operation ``create_portal_session``).

        Args:
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: fields of the body, under their names on the wire; none are documented.

        Raises:
            ConfigurationError: the client has no user token.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        body = optional_body(CreatePortalSessionRequest, fields)
        opened = await create_portal_session.asyncio(client=self._raw_with(extra), body=body)
        return require_type(PortalSessionResponse, opened)
