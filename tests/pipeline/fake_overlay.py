"""A client of two resources, handwritten, for the contract in test_coverage.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

    Method = TypeVar("Method", bound=Callable[..., object])


def operation(name: str) -> Callable[[Method], Method]:
    def mark(method: Method) -> Method:
        vars(method)["__operation__"] = ("fake", name)
        return method

    return mark


@dataclass
class ItemEvent:
    """What the webhooks carry; `seen` is inside an object there."""

    event: str
    seen: int | None = None
    tags: tuple[str, ...] = ()


class Items:
    """The part with parameters in path, query, header and body."""

    def __init__(self, client: Fake) -> None:
        self._client = client

    @operation("get_item")
    def get(
        self, item_id: str, *, status: str | None = None, limit: int = 1, x_trace: str = ""
    ) -> Any:
        params = {"status_filter": status, "limit": limit}
        return self._client.send(
            "GET", f"/items/{item_id}", params=params, headers={"X-Trace": x_trace}
        )

    @operation("create_item")
    def create(
        self, *, name: str, from_: str, at: str | None = None, a: str = "", b: int = 0
    ) -> Any:
        body = {"name": name, "from": from_, "at": at, "meta": {"a": a, "b": b}}
        return self._client.send("POST", "/items", json=body)


class Others:
    """The part with a form and an open body."""

    def __init__(self, client: Fake) -> None:
        self._client = client

    @operation("export")
    def export(
        self, *, start: str, end: str, with_text: bool, with_costs: bool, x_kind: str
    ) -> Any:
        body = {"start": start, "end": end, "with_text": with_text, "with_costs": with_costs}
        return self._client.send("POST", "/export", json=body, headers={"X-Kind": x_kind})

    @operation("fill_form")
    def fill(self, *, call_sid: str) -> Any:
        return self._client.send("POST", "/form", data={"CallSid": call_sid})

    @operation("send_anything")
    def send(self, **fields: Any) -> Any:
        return self._client.send("POST", "/open", json=fields)

    @operation("send_either")
    def send_total(self, *, name: str, total: str) -> Any:
        return self._client.send("POST", "/either", json={"name": name, "total": total})

    @operation("send_either")
    def send_part(self, name: str, part: str, /, limit: int = 3) -> Any:
        body = {"name": name, "part": part, "limit": limit}
        return self._client.send("POST", "/either", json=body)


class Fake:
    """A client."""

    def __init__(
        self, *, api_key: str, user_token: str, transport: Any, check_phone_numbers: bool = True
    ) -> None:
        assert api_key
        assert user_token
        assert not check_phone_numbers
        self._http = httpx.Client(transport=transport, base_url="https://example.com")

    def send(self, method: str, path: str, **arguments: Any) -> Any:
        return self._http.request(method, path, **arguments).json()

    @property
    def items(self) -> Items:
        """Items."""
        return Items(self)

    @property
    def others(self) -> Others:
        """Others."""
        return Others(self)


class AsyncFake(Fake):
    """Its twin; that it is asynchronous makes no difference to the check."""
