"""The Pamela client."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Unpack

from trunkline._engine.client._async.client import AsyncAPIClient
from trunkline._engine.options import checked_key, given
from trunkline._secret import Secret
from trunkline.pamela._async.resources.calls import AsyncCalls
from trunkline.pamela._async.resources.partner import AsyncApiKeys, AsyncSubscription
from trunkline.pamela._async.resources.tools import AsyncTools
from trunkline.pamela._async.resources.usage import AsyncUsage
from trunkline.pamela._provider import PROVIDER
from trunkline_generated.pamela.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.client._async.client import AsyncKeywords
    from trunkline._engine.options import Options
    from trunkline._engine.provider import Provider
    from trunkline._engine.runtime import Runtime
    from trunkline._engine.session.context import ClientContext

API_KEY: Final = f"{PROVIDER.env}_API_KEY"
USER_TOKEN: Final = f"{PROVIDER.env}_USER_TOKEN"


class AsyncPamela(AsyncAPIClient):
    """Pamela: outbound calls by a voice agent, tools, usage, keys and subscription.

    Calls, tools and usage take the API key; keys and subscription take the token of a logged-in
    user. A client needs one of the two; a method that needs the other raises ConfigurationError.

    Args:
        api_key: the key; without it ``PAMELA_API_KEY`` is read.
        user_token: the token of a logged-in user; without it ``PAMELA_USER_TOKEN`` is read.
        base_url: the server; without it ``PAMELA_BASE_URL``, else production.
        keywords: those of the clients' common base: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers, check_phone_numbers, max_connections, verify, proxy,
            transport, http_client, throttle, strict, observe,
            ledger, runtime.

    Raises:
        ConfigurationError: neither key nor token was given, or an argument of the connection is
            not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    _provider: ClassVar[Provider] = PROVIDER

    def __init__(
        self,
        api_key: str | Secret | None = None,
        *,
        user_token: str | Secret | None = None,
        base_url: str | None = None,
        **keywords: Unpack[AsyncKeywords],
    ) -> None:
        token: str | Secret | None = given(user_token, USER_TOKEN)
        self._user_token = (
            Secret("")
            if token is None
            else checked_key(token, USER_TOKEN, "user_token", PROVIDER.display_name)
        )
        super().__init__(api_key, base_url=base_url, **keywords)

    def _new_context(
        self, api_key: str | Secret | None, base_url: str | None, options: Options, runtime: Runtime
    ) -> ClientContext:
        context = super()._new_context(api_key, base_url, options, runtime)
        return context.replace(user_token=self._user_token)

    def _key(self, api_key: str | Secret | None) -> Secret:
        if self._user_token and given(api_key, API_KEY) is None:
            return Secret("")
        return super()._key(api_key)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, on this client's engine; each operation gets its credential."""
        return self._generated(AuthenticatedClient)

    @property
    def calls(self) -> AsyncCalls:
        """Outbound calls."""
        return AsyncCalls(self)

    @property
    def tools(self) -> AsyncTools:
        """Functions that the agent may call at your server during a call."""
        return AsyncTools(self)

    @property
    def usage(self) -> AsyncUsage:
        """Calls and minutes of a calendar month."""
        return AsyncUsage(self)

    @property
    def api_keys(self) -> AsyncApiKeys:
        """API keys; needs the user token."""
        return AsyncApiKeys(self)

    @property
    def subscription(self) -> AsyncSubscription:
        """The subscription; needs the user token."""
        return AsyncSubscription(self)
