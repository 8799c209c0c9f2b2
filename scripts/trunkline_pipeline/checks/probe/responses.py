"""Send each method the responses of its contract, and compare the result with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx

from trunkline_pipeline.checks.contract import answers
from trunkline_pipeline.checks.contract.sample_values import value_for
from trunkline_pipeline.checks.source.docstrings import annotations_of
from trunkline_pipeline.json_types import is_array, is_object

from .requests import further, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.checks.findings import Finding

    from .clients import Probe


def check(probe: Probe, unknown: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield differences between the results of a method and the responses of the contract.

    Args:
        probe: the method.
        unknown: the contract with only unknown values in its enumerations.
    """
    for status, media_type, schema, value in answers.bodies(probe.operation, probe.document):
        name = f"{status} {media_type}".strip()
        answer = _response(status, media_type, value)
        wrong = list(_compared(probe, name, answer, value))
        yield from wrong
        if "json" in media_type and not wrong:
            strange = value_for(probe.operation.operation_id, schema, unknown)
            made = _response(status, media_type, strange)
            for each in _compared(probe, name, made, strange):
                yield probe.finding(
                    "response/closed-enum", f"with an unknown value: {each.message}"
                )
            if paths := answers.paging(schema, probe.document):
                yield from _pages(probe, value, paths)


def _response(status: int, media_type: str, value: Any) -> httpx.Response:
    if not media_type:
        return httpx.Response(status)
    content = json.dumps(value) if "json" in media_type else str(value)
    return httpx.Response(status, content=content, headers={"content-type": media_type})


def _compared(probe: Probe, name: str, answer: httpx.Response, value: Any) -> Iterator[Finding]:
    probe.recorder.reset(answer)
    try:
        result = probe.recorder.run(probe.call, {**further(probe), **values_of(probe)})
        items = _items(probe, result)
    except Exception as error:  # noqa: BLE001  # a documented response must not raise
        text = f"the documented response {name} raises {type(error).__name__}: {error}"
        yield probe.finding("response/refused", text)
        return
    wrong = list(_differences(probe, result, items, value, answer.content))
    if wrong:
        yield probe.finding("response/type", f"response {name}: {wrong[0]}")


def _items(probe: Probe, result: Any) -> list[Any] | None:
    if is_array(result):
        return list(result)
    is_pages = hasattr(result, "__aiter__") or hasattr(result, "pages")
    return probe.recorder.all_items(result) if is_pages else None


def _differences(
    probe: Probe, result: Any, items: list[Any] | None, value: Any, content: bytes
) -> Iterator[str]:
    known = list(answers.nodes(value))
    if items is not None:
        raws = [getattr(item, "raw", item) for item in items]
        if not raws or raws not in known:
            yield f"the items are not a list in the response, but {len(raws)} others"
    for model in items if items is not None else [result]:
        if hasattr(model, "raw") and hasattr(model, "deviations"):
            yield from _model(probe, model, known, is_item=items is not None)
        elif items is None:
            yield from _plain(result, value, content, probe.folder)


def _model(probe: Probe, model: Any, known: list[Any], *, is_item: bool) -> Iterator[str]:
    name = type(model).__name__
    if name not in annotations_of(probe.method.node):
        yield f"it gives a {name}, not what its annotation says"
    if not is_item and model.raw not in known:
        yield f"the {name} is not an object in the response"
    for each in model.deviations:
        yield f"{name}{each.pointer} is {each.found}, expected {each.expected}"


def _plain(result: Any, value: Any, content: bytes, folder: Path) -> Iterator[str]:
    saved = folder / "probe"
    if saved.exists():
        if saved.read_bytes() != content:
            yield "the file has different content"
    elif value is None:
        if result not in (True, None):
            yield f"a response without a body gives {result!r}"
    elif result != value:
        yield f"it gives a {type(result).__name__}, not the response"


def _pages(probe: Probe, value: Any, paths: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Check paging by each paging fact alone, and the facts that a page reports."""
    key = next((name for name, each in value.items() if is_array(each)), None)
    if key is None or not any(each.name == "offset" for each in probe.operation.fields):
        return  # not a list, or paged by cursors
    items = [_distinct(value[key][0], number) for number in range(4)]
    first, second = {**value, key: items[:2]}, {**value, key: items[2:]}
    full = {"total": 4, "limit": 2, "offset": 0, "has_more": True, "next_offset": 2}
    last = {"total": 4, "limit": 2, "offset": 2, "has_more": False, "next_offset": None}
    made = [answers.page(first, paths, full), answers.page(second, paths, last)]
    found, offsets, page = _listed(probe, made)
    if found != items or offsets != [None, "2"]:
        text = f"two pages of 2 items give {len(found)}, asked for at {offsets}"
        yield probe.finding("response/paging", text)
    for name in ("total", "limit"):
        if name in paths and page is not None and getattr(page, name) != full[name]:
            yield probe.finding("response/paging", f"the page's {name} is not read")
    yield from _single_facts(probe, first, paths)


def _single_facts(
    probe: Probe, first: Any, paths: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    for name, facts, expected in (
        ("has_more", {"has_more": False}, [None]),
        ("total", {"total": 2}, [None]),
        ("limit", {"limit": 3}, [None]),
        ("next_offset", {"has_more": True, "next_offset": 7}, [None, "7"]),
    ):
        if facts.keys() <= paths.keys():
            page = answers.page(first, paths, facts)
            empty = answers.page({**first, _key(first): []}, paths, {"total": 2, "has_more": False})
            _, offsets, _ = _listed(probe, [page, empty])
            if offsets != expected:
                text = f"with {facts} alone it asks at {offsets}, expected {expected}"
                yield probe.finding("response/paging", f"{name} is not read: {text}")


def _key(body: Mapping[str, Any]) -> str:
    return next(name for name, each in body.items() if is_array(each))


def _listed(probe: Probe, bodies: list[Any]) -> tuple[list[Any], list[str | None], Any]:
    probe.recorder.reset(*(_response(200, "application/json", body) for body in bodies))
    result: Any = None
    try:
        result = probe.recorder.run(probe.call, _without_offset(probe))
        found = [getattr(item, "raw", item) for item in probe.recorder.all_items(result)]
    except Exception:  # noqa: BLE001  # the offsets show what is wrong
        found = []
    offsets = [request.url.params.get("offset") for request in probe.recorder.requests]
    return found, offsets, None if hasattr(result, "__aiter__") else result


def _without_offset(probe: Probe) -> dict[str, Any]:
    fields = probe.pairing.arguments
    needed = {n for n, a in probe.method.arguments.items() if a.default is None}
    return {
        name: value for name, value in values_of(probe).items() if name in fields and name in needed
    }


def _distinct(item: Any, number: int) -> Any:
    """Return a copy with the number appended to its generic sample texts."""
    if not is_object(item):
        return item
    return {
        name: f"{value}-{number}" if isinstance(value, str) and value.endswith("-probe") else value
        for name, value in item.items()
    }
