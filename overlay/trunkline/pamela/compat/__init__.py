"""The interface of the vendor's package ``thisispamela`` 1.2.0, on this package's client.

Replace ``pamela`` by ``trunkline.pamela.compat`` in imports, also in those of its modules
``client``, ``exceptions``, ``types`` and ``webhooks``. The requests are the same, results are
dictionaries, and errors have the vendor's names; the guide lists what differs.
"""

from trunkline.pamela.compat.client import PamelaClient, UsageClient
from trunkline.pamela.compat.exceptions import (
    AuthenticationError,
    CallError,
    PamelaError,
    RateLimitError,
    SubscriptionError,
    ValidationError,
)
from trunkline.pamela.compat.types import (
    CallListResponse,
    CallResponse,
    CallStatusResponse,
    ToolDefinition,
    ToolDeleteResponse,
    ToolRegistration,
    ToolWebhookParsed,
    UsageQuota,
    UsageResponse,
    WebhookDelivery,
)
from trunkline.pamela.compat.webhooks import (
    create_tool_handler,
    parse_tool_webhook,
    verify_webhook_signature,
)

__all__ = [
    "AuthenticationError",
    "CallError",
    "CallListResponse",
    "CallResponse",
    "CallStatusResponse",
    "Pamela",
    "PamelaClient",
    "PamelaError",
    "RateLimitError",
    "SubscriptionError",
    "ToolDefinition",
    "ToolDeleteResponse",
    "ToolRegistration",
    "ToolWebhookParsed",
    "UsageClient",
    "UsageQuota",
    "UsageResponse",
    "ValidationError",
    "WebhookDelivery",
    "create_tool_handler",
    "parse_tool_webhook",
    "verify_webhook_signature",
]

#: The vendor's second name for its client.
Pamela = PamelaClient
#: The version of the vendor's package that has this interface.
__version__ = "1.2.0"
