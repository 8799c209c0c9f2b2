"""Whether a test has put a mock in the place of httpx's network code.

respx and vcrpy replace methods of httpcore, pytest-httpx and respx's other mode those of httpx. The
pool of this package calls none of them, so it steps aside while they are replaced: otherwise a test
that believes in its mock would reach the real server.
"""

from __future__ import annotations

import os
import sys
from operator import attrgetter
from typing import Any, Final

#: Packages whose functions only watch what passes through them.
_TRACERS: Final = frozenset({"sentry_sdk"})


class _Watch:
    """Looks at some methods of a library, all of them in one step: every request does this."""

    __slots__ = ("_get", "_module", "_paths", "_seen")

    def __init__(self, module: str, *paths: str) -> None:
        self._module, self._paths = module, paths
        self._get: Any = None
        self._seen: Any = None

    def replaced(self) -> bool:
        """Return whether one of the methods is not the library's own."""
        module = sys.modules.get(self._module)
        if module is None:  # nobody can have replaced anything
            return False
        if self._get is not None and self._get(module) == self._seen:
            return False
        return self._look(module)

    def _look(self, module: Any) -> bool:
        present = [path for path in self._paths if _has(module, path)]
        if not all(_is_of(module, attrgetter(path)(module)) for path in present):
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


def _is_of(module: Any, method: Any) -> bool:
    # The code tells: a mock may copy every name, __wrapped__ too (vcrpy does), and wrappers for
    # tracing are no mocks: those of wrapt show the original's code.
    file = getattr(getattr(method, "__code__", None), "co_filename", "")
    folder = os.path.dirname(os.path.abspath(file))
    home = os.path.dirname(module.__file__)
    its_own = folder == home or folder.startswith(home + os.sep)
    return its_own or not _TRACERS.isdisjoint(folder.split(os.sep))


_SYNC: Final = (
    _Watch(
        "httpx",
        "HTTPTransport.handle_request",
        "Client.send",
        "Client._send_single_request",
        "Client._transport_for_url",
    ),
    _Watch("httpcore", "ConnectionPool.handle_request"),
)


_ASYNC: Final = (
    _Watch(
        "httpx",
        "AsyncHTTPTransport.handle_async_request",
        "AsyncClient.send",
        "AsyncClient._send_single_request",
        "AsyncClient._transport_for_url",
    ),
    _Watch("httpcore", "AsyncConnectionPool.handle_async_request"),
)


def sync_is_patched() -> bool:
    """Return whether requests of threads are mocked at present."""
    return _SYNC[0].replaced() or _SYNC[1].replaced()


def async_is_patched() -> bool:
    """Return whether requests of tasks are mocked at present."""
    return _ASYNC[0].replaced() or _ASYNC[1].replaced()
