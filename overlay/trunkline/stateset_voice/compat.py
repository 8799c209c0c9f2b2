"""The client of the vendor's sample, under the name that it has there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline.stateset_voice._sync.client import StateSetVoice

if TYPE_CHECKING:
    from trunkline._engine.client._sync.client import Keywords
    from trunkline._secret import Secret


class StateSetVoiceClient(StateSetVoice):
    """:class:`StateSetVoice` with the argument order of the sample on the vendor's Python page.

    Args:
        api_key: the key; without it ``STATESET_VOICE_API_KEY`` is read.
        base_url: the server; without it ``STATESET_VOICE_BASE_URL``, else production.
        keywords: as for :class:`StateSetVoice`.

    Raises:
        ConfigurationError: no key was given, or an argument of the connection is not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    def __init__(
        self,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        **keywords: Unpack[Keywords],
    ) -> None:
        super().__init__(api_key, base_url=base_url, **keywords)
