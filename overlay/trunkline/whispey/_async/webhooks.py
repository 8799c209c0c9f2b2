"""Where events are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.envelopes import unwrap
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import web_address
from trunkline.errors import APIError
from trunkline.whispey._webhooks import hide, revealed, subscriptions
from trunkline_generated.whispey.api.webhooks import create_webhook
from trunkline_generated.whispey.client import AuthenticatedClient
from trunkline_generated.whispey.models.create_webhook_request import CreateWebhookRequest
from trunkline_generated.whispey.models.webhook import Webhook
from trunkline_generated.whispey.models.webhook_response import WebhookResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline._secret import Secret
    from trunkline_generated.whispey.models.event_subscription import (
        EventSubscription,
        EventSubscriptionValue,
    )


class AsyncWebhooks(AsyncAPIResource[AuthenticatedClient]):
    """Where events are sent."""

    @operation(create_webhook)
    async def create(
        self,
        *,
        url: str,
        events: Iterable[EventSubscriptionValue | EventSubscription],
        secret: Secret | str | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> Webhook:
        """Create a webhook that sends events to a URL (operation ``createWebhook``).

        It is never repeated after a timeout or a 5xx: there is no operation to look for, or
        delete, a second webhook.

        Args:
            url: the URL that they are sent to.
            events: their names: ``call.completed``, ``call.failed``, ``cost.alert``,
                ``performance.alert``, ``agent.status_changed``.
            secret: the webhook's secret; what the vendor does with it is not documented. It is
                neither shown nor echoed.

        Raises:
            InvalidArgumentError: the URL, an event's name or the secret cannot be used.
            AmbiguousResultError: no response came and the webhook may exist.
            APIError: anything else that went wrong.
        """
        body = CreateWebhookRequest(
            url=web_address("url", url), events=subscriptions(events), secret=revealed(secret)
        )
        try:
            answer = await create_webhook.asyncio(client=self._raw_with(extra), body=body)
        except APIError as error:
            hide(body.secret, error)
            raise
        return unwrap(create_webhook, Webhook, require_type(WebhookResponse, answer))
