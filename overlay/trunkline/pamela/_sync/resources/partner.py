# Derived from pamela/_async/resources/partner.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.pamela._sync import partner


class ApiKeys(partner.ApiKeys):
    """API keys; every method needs the user token."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> ApiKeysRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return ApiKeysRaw(self)


class ApiKeysRaw:
    """:class:`ApiKeys` with the response beside each result."""

    def __init__(self, resource: partner.ApiKeys) -> None:
        self.create = sync_raw(resource.create)
        self.list = sync_raw(resource.list)
        self.revoke = sync_raw(resource.revoke)


class Subscription(partner.Subscription):
    """The subscription; every method needs the user token."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> SubscriptionRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return SubscriptionRaw(self)


class SubscriptionRaw:
    """:class:`Subscription` with the response beside each result."""

    def __init__(self, resource: partner.Subscription) -> None:
        self.get = sync_raw(resource.get)
        self.checkout = sync_raw(resource.checkout)
        self.portal = sync_raw(resource.portal)
