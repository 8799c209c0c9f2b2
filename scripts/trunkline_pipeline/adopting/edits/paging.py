"""How an operation pages according to its contract: by offset, by cursor, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.contract.sample_values import one_variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_pipeline.checks.contract.operations import Operation

#: Vendors' names for the position of a page, without underscores and in lower case.
_CURSORS: Final = frozenset(
    {"cursor", "after", "startingafter", "pagetoken", "nexttoken", "token", "continuationtoken"}
)
#: The same for the facts about a page in a response.
_FACTS: Final = {
    "total": ("total", "totalcount", "count", "totalitems"),
    "limit": ("limit", "pagesize", "perpage"),
    "offset": ("offset", "skip"),
    "has_more": ("hasmore", "hasnext", "more"),
    "next_offset": ("nextoffset",),
    "next_cursor": ("nextcursor", "nextpagetoken", "nexttoken", "next", "endcursor", "cursor"),
}


class Paging(NamedTuple):
    """A list.

    Attributes:
        page: the class of the whole body.
        key: the member that holds the items.
        item: the class of an item.
        position: the query parameter for the start of a page.
        facts: the member of the body for each paging fact.
    """

    page: str
    key: str
    item: str
    position: str
    facts: dict[str, str]

    @property
    def by_cursor(self) -> bool:
        """Whether pages are identified by cursors or tokens, not by offsets."""
        return self.position != "offset"


def paging_of(operation: Operation, document: Mapping[str, Any]) -> Paging | None:
    """Return how an operation pages, None where it does not."""
    if operation.method != "get":
        return None
    positions = {_plain(f.name): f.python_name for f in operation.fields if f.location == "query"}
    position = next((name for key, name in positions.items() if key in _CURSORS), "")
    position = "offset" if "offset" in positions else position
    for _, media_type, schema in operation.successes(document):
        page = str(schema.get("$ref", "")).rpartition("/")[2]
        if not position or not page or "json" not in media_type:
            continue
        members = properties(schema, document)
        lists = {key: item for key, each in members.items() if (item := _items(each, document))}
        facts = _facts(members)
        if len(lists) == 1 and (position == "offset" or "next_cursor" in facts):
            ((key, item),) = lists.items()
            return Paging(class_name(page), key, class_name(item), position, facts)
    return None


def _items(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    found = one_variant(schema, document)
    return str(found.get("items", {}).get("$ref", "")).rpartition("/")[2]


def _facts(members: Mapping[str, Any]) -> dict[str, str]:
    plain = {_plain(name): name for name in members}
    return {
        fact: plain[name]
        for fact, names in _FACTS.items()
        if (name := next((each for each in names if each in plain), ""))
    }


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
