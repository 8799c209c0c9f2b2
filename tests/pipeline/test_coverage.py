"""The check that everything a contract offers can be reached and arrives."""

from __future__ import annotations

import inspect
from copy import deepcopy
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
from tests.pipeline.fake_contract import DOCUMENT, EVENTS, TEXT, query
from tests.pipeline.fake_overlay import AsyncFake, Fake, ItemEvent, Items, Others, operation

from trunkline_pipeline.checks.coverage import check_coverage


def check(
    document: dict[str, Any] = DOCUMENT, events: frozenset[str] = EVENTS, client: type = Fake
) -> list[str]:
    overlay = SimpleNamespace(
        __all__=["AsyncFake", "Fake", "other"], Fake=client, AsyncFake=AsyncFake
    )
    types = {"fake": dict.fromkeys(events, ItemEvent)}
    typed = SimpleNamespace(event_types=lambda: types)
    return check_coverage(
        {"fake": document}, cast("ModuleType", overlay), cast("ModuleType", typed)
    )


def client_with(resource: type, attribute: str = "items") -> type:
    return type("Fake", (Fake,), {attribute: property(resource), "__module__": Fake.__module__})


def test_a_complete_overlay_passes() -> None:
    """Renamed, flattened, open and form fields all count when they arrive."""
    assert check() == []


def test_an_operation_that_the_contract_gains_fails() -> None:
    """A new operation must be reachable in sync and async."""
    document = deepcopy(DOCUMENT)
    document["paths"]["/new"] = {"get": {"operationId": "getNew"}}
    assert check(document) == [
        "fake.get_new (GET /new): no public sync method of the overlay reaches it",
        "fake.get_new (GET /new): no public async method of the overlay reaches it",
    ]


def test_a_field_that_the_contract_gains_fails() -> None:
    """A new body field or parameter must be settable, also deep in a flattened object."""
    document = deepcopy(DOCUMENT)
    document["components"]["schemas"]["Meta"]["properties"]["c"] = TEXT
    document["paths"]["/items/{item_id}"]["get"]["parameters"].append(query("sort"))
    lines = check(document)
    assert "Items.get has no argument for query sort" in lines[0]
    assert "Items.create has no argument for json meta.c" in lines[1]
    assert len(lines) == 4  # sync and async


def test_each_variant_of_a_body_needs_one_method() -> None:
    """Methods may share the variants, but each variant needs one that takes all of it."""
    document = deepcopy(DOCUMENT)
    variant = document["paths"]["/either"]["post"]["requestBody"]["content"]["application/json"]
    variant["schema"]["oneOf"][1]["properties"]["total"] = TEXT
    lines = check(document)
    assert len(lines) == 2  # sync and async
    assert "Others.send_part has no argument for json total" in lines[0]


def test_an_event_that_the_contract_gains_fails() -> None:
    """A webhook goes by its event names, or by its key where it has none."""
    lines = check(events=EVENTS - {"item.gone", "three"})
    assert lines == [
        "fake: the webhook event item.gone is unknown to trunkline.webhooks",
        "fake: the webhook event three is unknown to trunkline.webhooks",
    ]


def test_an_event_in_one_of_two_places_fails() -> None:
    """The marks of the webhooks and the enum of their payloads list the same names."""
    document = deepcopy(DOCUMENT)
    document["components"]["schemas"]["EventName"]["enum"][0] = "item.lost"
    assert check(document) == [
        "fake: the event item.lost is only in the enum of the payloads",
        "fake: the event item.made is only in the marks of the webhooks",
    ]


def test_a_payload_field_that_the_contract_gains_fails() -> None:
    """A typed event has every documented field, also those of an object in it."""
    document = deepcopy(DOCUMENT)
    fields = document["components"]["schemas"]["ItemEvent"]["properties"]
    fields["data"]["properties"]["price"] = fields["size"] = {"type": "integer"}
    lines = check(document)
    assert "fake: no event class has the field data.price of the webhook one" in lines
    assert "fake: no event class has the field size of the webhook two" in lines
    assert len(lines) == 4


def test_a_media_type_that_the_contract_gains_fails() -> None:
    """A body in another form needs a method that sends it in that form."""
    document = deepcopy(DOCUMENT)
    content = document["paths"]["/items"]["post"]["requestBody"]["content"]
    content["application/vnd.items+json"] = content["application/json"]
    lines = check(document)
    assert len(lines) == 2  # sync and async
    assert "application/json is sent, application/vnd.items+json never" in lines[0]


def test_two_methods_may_share_the_media_types() -> None:
    """One method for each form of the same body is enough."""
    document = deepcopy(DOCUMENT)
    content = document["paths"]["/form"]["post"]["requestBody"]["content"]
    content["application/json"] = content["application/x-www-form-urlencoded"]

    class Both(Others):
        @operation("fill_form")
        def fill_json(self, *, call_sid: str) -> Any:
            return self._client.send("POST", "/form", json={"CallSid": call_sid})

    Both.__module__ = Others.__module__
    lines = check(document, client=client_with(Both, "others"))
    assert len(lines) == 1  # the asynchronous one has the form only
    assert "application/json never" in lines[0]


def test_a_mark_without_an_operation_fails() -> None:
    """A method cannot claim what the contract does not have."""

    class More(Others):
        @operation("gone")
        def gone(self) -> None:
            pass

    More.__module__ = Others.__module__
    lines = check(client=client_with(More, "others"))
    assert lines == ["fake.gone: marked in the overlay, but no operation of a contract"]


class Forgets(Items):
    """Takes an argument and does not send it."""

    @operation("get_item")
    def get(
        self, item_id: str, *, status: str | None = None, limit: int = 1, x_trace: str = ""
    ) -> Any:
        del limit
        return super().get(item_id, status=status, x_trace=x_trace)


class Swaps(Items):
    """Sends one field as another."""

    @operation("create_item")
    def create(
        self, *, name: str, from_: str, at: str | None = None, a: str = "", b: int = 0
    ) -> Any:
        return super().create(name=from_, from_=name, at=at, a=a, b=b)


class Mistakes(Others):
    """Sends what it was given, some of it in the wrong place or always the same."""

    wrong: ClassVar[dict[str, Any]] = {}

    @operation("export")
    def export(self, **given: Any) -> Any:
        wrong = {n: given.get(v, v) for n, v in self.wrong.items()}
        return super().export(**{**given, **wrong})

    vars(export)["__signature__"] = inspect.signature(Others.export)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"start": "end", "end": "start"}, ["start", "end"]),
        ({"with_text": "with_costs", "with_costs": "with_text"}, ["with_text", "with_costs"]),
        ({"with_text": True}, ["with_text"]),
        ({"with_costs": False}, ["with_costs"]),
        ({"x_kind": "a"}, ["x_kind"]),
    ],
)
def test_swapped_and_fixed_values_show(wrong: dict[str, Any], expected: list[str]) -> None:
    """Dates, booleans and enums count only when each call's own value arrives."""
    body = {"wrong": wrong, "__module__": Others.__module__}
    lines = check(client=client_with(type("Mistaken", (Mistakes,), body), "others"))
    assert [line.split("argument ")[1].split()[0] for line in lines] == expected


class Refuses(Items):
    """Raises before anything is sent."""

    @operation("get_item")
    def get(
        self, item_id: str, *, status: str | None = None, limit: int = 1, x_trace: str = ""
    ) -> Any:
        del status, limit, x_trace
        raise ValueError(f"{item_id} is not to my taste")


class Closed(Others):
    """Has no way to send fields that are not declared."""

    @operation("send_anything")
    def send(self) -> Any:  # type: ignore[override]  # less than its parent, which is the point
        return self._client.send("POST", "/open", json={})


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        (client_with(Forgets), ["argument limit does not arrive as query limit"]),
        (
            client_with(Swaps),
            [
                "argument name does not arrive as json name",
                "argument from_ does not arrive as json from",
            ],
        ),
        (client_with(Refuses), ["nothing was sent: item_id-probe is not to my taste"]),
        (client_with(Closed, "others"), ["Closed.send has no argument for the open body"]),
    ],
)
def test_what_does_not_arrive_fails(client: type, expected: list[str]) -> None:
    """An argument counts only when the contract's field shows up on the wire."""
    for resource in (Forgets, Swaps, Refuses, Closed):
        resource.__module__ = Items.__module__
    lines = check(client=client)
    assert len(lines) == len(expected)
    for line, part in zip(sorted(lines), sorted(expected), strict=True):
        assert part in line
