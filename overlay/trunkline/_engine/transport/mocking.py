"""Detects whether httpx's network code has been replaced.

respx and vcrpy replace methods of httpcore, pytest-httpx those of httpx, ``unittest.mock.patch``
anything. The pool of this package calls none of them, so httpx is used while they are replaced:
otherwise a test that relies on its mock would dial a real telephone.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

#: Packages whose functions only observe calls.
_TRACERS: Final = frozenset({"sentry_sdk"})
_CONTEXT_MANAGERS: Final = contextmanager.__code__.co_filename
_VERBS: Final = ("get", "post", "put", "patch", "delete", "head", "options")
_SHORTCUTS: Final = ("request", "stream", *_VERBS)
#: What a replaced class has to be a subclass of.
_CLIENT, _ASYNC_CLIENT = httpx.Client, httpx.AsyncClient


class PatchWatch:
    """Checks some names of a library, all in one step, because every request does this.

    Args:
        module: the library.
        paths: names in it, such as ``Client.send``.
    """

    __slots__ = ("_get", "_module", "_paths", "_seen")

    def __init__(self, module: str, *paths: str) -> None:
        self._module, self._paths = module, paths
        self._get: Callable[[Any], Any] | None = None
        self._seen: Any = None

    def is_patched(self) -> bool:
        """Return whether one of the names is not the library's own."""
        module = sys.modules.get(self._module)
        if module is None:  # not imported, so nothing is replaced
            return False
        try:
            if self._get is not None and self._get(module) == self._seen:
                return False
        except AttributeError:  # a class was replaced by something that has no such method
            return True
        return self._look(module)

    def _look(self, module: Any) -> bool:
        present = [path for path in self._paths if _has(module, path)]
        if not all(_is_genuine(module, path) for path in self._paths):
            return True
        if not present:
            return False
        self._get = attrgetter(*present)
        self._seen = self._get(module)
        return False


def _has(module: Any, path: str) -> bool:
    try:
        attrgetter(path)(module)
    except AttributeError:
        return False
    return True


def _is_genuine(module: Any, path: str) -> bool:
    """Return whether a name refers to the library's own object.

    A name that the installed version of the library does not have counts as genuine.
    """
    found = module
    for name in path.split("."):
        found = getattr(found, name, None)
        if found is None:
            return True
        if not (_is_own_class(module, found) or _is_own_function(module, found)):
            return False
    return True


def _is_own_class(module: Any, found: Any) -> bool:
    return isinstance(found, type) and found.__module__.partition(".")[0] == module.__name__


def _is_own_function(module: Any, found: Any) -> bool:
    # The file of the code decides: a mock may copy every name, __wrapped__ too (vcrpy does).
    # Wrappers for tracing are not mocks: those of wrapt show the original's code.
    if isinstance(found, type(sys)):
        return True
    file = _file_of(found)
    if file == _CONTEXT_MANAGERS:  # stream() is one
        file = _file_of(found.__wrapped__)
    if not isinstance(file, str):
        return False
    folder = os.path.dirname(os.path.abspath(file))
    library = os.path.dirname(module.__file__)
    its_own = folder == library or folder.startswith(library + os.sep)
    return its_own or not _TRACERS.isdisjoint(folder.split(os.sep))


def _file_of(found: Any) -> Any:
    return getattr(getattr(found, "__code__", None), "co_filename", "")


class MockWatch:
    """Checks the network code of httpx's sync or async client.

    Args:
        client: the name of the client's class.
        used: names of httpx through which a request is sent: a mock there responds.
        unused: names that this package does not call: a mock there cannot respond.
        pool: the method of httpcore through which a request is sent.
    """

    __slots__ = ("_client", "_httpx", "_pool", "_used")

    def __init__(
        self, client: str, used: tuple[str, ...], unused: tuple[str, ...], pool: str
    ) -> None:
        self._client = client
        self._httpx = PatchWatch("httpx", *used, *unused)
        self._used, self._pool = PatchWatch("httpx", *used), PatchWatch("httpcore", pool)

    def is_patched(self) -> bool:
        """Return whether requests are currently mocked.

        Raises:
            ConfigurationError: they are, by a mock that this package would not call.
        """
        if not self._httpx.is_patched():
            return self._pool.is_patched()
        if self._used.is_patched() or self._pool.is_patched():
            return True
        raise ConfigurationError(
            f"a method of httpx.{self._client} is replaced (by unittest.mock, say) that this "
            "client does not call: nothing was sent. Mock with respx or pytest-httpx, or pass "
            "transport=httpx.MockTransport"
        )


_SYNC: Final = MockWatch(
    "Client",
    used=(
        "HTTPTransport.handle_request",
        "_client.HTTPTransport.handle_request",
        "Client.send",
        "Client._send_single_request",
        "Client._transport_for_url",
    ),
    unused=(*(f"Client.{name}" for name in _SHORTCUTS), *_SHORTCUTS),
    pool="ConnectionPool.handle_request",
)
_ASYNC: Final = MockWatch(
    "AsyncClient",
    used=(
        "AsyncHTTPTransport.handle_async_request",
        "_client.AsyncHTTPTransport.handle_async_request",
        "AsyncClient.send",
        "AsyncClient._send_single_request",
        "AsyncClient._transport_for_url",
    ),
    unused=tuple(f"AsyncClient.{name}" for name in _SHORTCUTS),
    pool="AsyncConnectionPool.handle_async_request",
)
sync_is_patched: Final = _SYNC.is_patched
async_is_patched: Final = _ASYNC.is_patched


def _unusable(name: str) -> ConfigurationError:
    return ConfigurationError(
        f"{name} is replaced by something that makes no httpx clients: nothing was sent. Mock with "
        "respx or pytest-httpx, or pass transport=httpx.MockTransport"
    )


def sync_patched_client() -> httpx.Client:
    """Return a client whose transport is the replaced one.

    Raises:
        ConfigurationError: the replaced class makes something else.
    """
    transport: Any = None
    if not _is_genuine(httpx, "HTTPTransport"):
        transport = httpx.HTTPTransport()
    client = httpx.Client(transport=transport, trust_env=False)
    if not isinstance(client, _CLIENT):
        raise _unusable("httpx.Client")
    return client


def async_patched_client() -> httpx.AsyncClient:
    """Return a client whose transport is the replaced one; raises like sync_patched_client."""
    transport: Any = None
    if not _is_genuine(httpx, "AsyncHTTPTransport"):
        transport = httpx.AsyncHTTPTransport()
    client = httpx.AsyncClient(transport=transport, trust_env=False)
    if not isinstance(client, _ASYNC_CLIENT):
        raise _unusable("httpx.AsyncClient")
    return client
