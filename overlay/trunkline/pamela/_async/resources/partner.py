# Derived from pamela/_async/partner.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.pamela._async import partner


class AsyncApiKeys(partner.AsyncApiKeys):
    """API keys; every method needs the user token."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncApiKeysRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncApiKeysRaw(self)


class AsyncApiKeysRaw:
    """:class:`AsyncApiKeys` with the response beside each result."""

    def __init__(self, resource: partner.AsyncApiKeys) -> None:
        self.create = async_raw(resource.create)
        self.list = async_raw(resource.list)
        self.revoke = async_raw(resource.revoke)


class AsyncSubscription(partner.AsyncSubscription):
    """The subscription; every method needs the user token."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncSubscriptionRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncSubscriptionRaw(self)


class AsyncSubscriptionRaw:
    """:class:`AsyncSubscription` with the response beside each result."""

    def __init__(self, resource: partner.AsyncSubscription) -> None:
        self.get = async_raw(resource.get)
        self.checkout = async_raw(resource.checkout)
        self.portal = async_raw(resource.portal)
