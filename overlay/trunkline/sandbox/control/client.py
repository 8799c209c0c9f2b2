"""A client for tests: the control endpoints as methods."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import httpx

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

__all__ = ["Control"]


class Control:
    """Controls a sandbox over HTTP, in this process or another.

    Every method raises ConfigurationError when the sandbox refuses its arguments.

    Args:
        url: the sandbox's address, such as ``http://127.0.0.1:8700``.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(base_url=f"{self.url}/_control", timeout=60.0, trust_env=False)

    def fault(self, kind: str, **options: Any) -> None:
        """Plan a fault; the options are the members of `trunkline.sandbox.Fault`."""
        self._ask("POST", "/faults", {"kind": kind, **options})

    def faults(self) -> list[dict[str, Any]]:
        """The faults that no request has taken yet."""
        return cast("list[dict[str, Any]]", self._ask("GET", "/faults"))

    def clear_faults(self) -> None:
        """Remove all planned faults."""
        self._ask("DELETE", "/faults")

    def counters(self, **filters: str) -> dict[str, dict[str, dict[str, int]]]:
        """Requests seen and accepted; filters are ``provider`` and ``operation``."""
        found = self._ask("GET", "/counters", params=filters)
        return cast("dict[str, dict[str, dict[str, int]]]", found)

    def accepted(self, provider: str, operation: str) -> int:
        """Return how many requests of one operation (by its operationId) have taken effect."""
        return self._count(provider, operation, "accepted")

    def seen(self, provider: str, operation: str) -> int:
        """Return how many requests of one operation (by its operationId) were received in full."""
        return self._count(provider, operation, "seen")

    def requests(self, **filters: str) -> list[dict[str, Any]]:
        """Return the last requests, oldest first; filters are ``provider`` and ``operation``."""
        return cast("list[dict[str, Any]]", self._ask("GET", "/requests", params=filters))

    def now(self) -> str:
        """The virtual time, RFC 3339."""
        return str(self._ask("GET", "/clock")["now"])

    def advance(self, seconds: float) -> str:
        """Move the virtual time; deliveries that become due are sent before this returns."""
        return str(self._ask("POST", "/clock", {"advance": seconds})["now"])

    def config(self) -> dict[str, Any]:
        """The configuration in force."""
        return cast("dict[str, Any]", self._ask("GET", "/config"))

    def configure(self, **changes: Any) -> None:
        """Change the configuration, for example ``configure(pamela={"rate_limit": 3})``."""
        self._ask("PATCH", "/config", changes)

    def deliveries(self, **filters: str) -> list[dict[str, Any]]:
        """Webhook deliveries, settled first; filters are ``provider`` and ``event``."""
        found = self._ask("POST", "/deliveries/settle", params=filters)
        return cast("list[dict[str, Any]]", found)

    def release(self) -> int:
        """Send the held deliveries; returns their number."""
        return int(self._ask("POST", "/deliveries/release")["sent"])

    def again(self, number: int, times: int = 1) -> None:
        """Send a delivery again, byte for byte."""
        self._ask("POST", f"/deliveries/{number}/again", {"times": times})

    def emit(self, provider: str, event: str, **data: Any) -> int:
        """Send any event; returns the number of receivers."""
        wanted = {"provider": provider, "event": event, "data": data}
        return int(self._ask("POST", "/events", wanted)["sent"])

    def reset(self) -> None:
        """Restore the initial state; the clock keeps its time."""
        self._ask("POST", "/reset")

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Control of {self.url}{', closed' if self._http.is_closed else ''}>"

    def _count(self, provider: str, operation: str, which: str) -> int:
        counters = self.counters(provider=provider, operation=operation)
        return counters.get(provider, {}).get(operation, {}).get(which, 0)

    def _ask(
        self, method: str, path: str, body: Any = None, *, params: dict[str, str] | None = None
    ) -> Any:
        # ASCII, because a lone surrogate (a test may want one) has no UTF-8 encoding.
        content = b"" if body is None else json.dumps(body).encode("ascii")
        headers = {"content-type": "application/json"}
        try:
            response = self._http.request(
                method, path, content=content, params=params, headers=headers
            )
        except httpx.HTTPError as error:
            raise ConfigurationError(
                f"no sandbox responds at {self.url}: {type(error).__name__}"
            ) from None
        if response.is_error:
            raise ConfigurationError(f"the sandbox refuses {method} {path}: {_reason(response)}")
        return response.json()


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"])
    except (ValueError, LookupError, TypeError):
        # Not an error of the sandbox, for example one of another server at the same address.
        return f"{response.status_code} {response.text[:200]}"
