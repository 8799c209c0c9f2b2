import threading
from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from tests.webhooks.tool_calls import order

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    ToolRegistry,
)
from trunkline.webhooks.events.pamela import ToolExecution


def test_definition_comes_from_signature_annotations_and_docstring(tools: ToolRegistry) -> None:
    """Name, description, input and output JSON Schema, and time limit, as in the contract."""
    assert tools.tool(order) is order
    (tool,) = tools.tools
    definition = tool.definition()
    assert definition["name"] == "order"
    assert definition["description"] == (
        "Order something for the caller and confirm it. A second paragraph."
    )
    schema = definition["input_schema"]
    assert schema["type"] == "object"
    assert schema["required"] == ["lines", "size", "when"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["lines"]["description"] == "what to order, one by one."
    assert schema["properties"]["size"]["description"] == "how large."
    assert schema["properties"]["note"] == {
        "description": "for the kitchen.",
        "type": "string",
        "default": "none",
    }
    assert schema["properties"]["rush"]["default"] is False
    assert schema["properties"]["floor"] == {
        "description": "where to.",
        "type": "integer",
        "minimum": 0,
        "maximum": 40,
        "default": 0,
    }
    assert schema["properties"]["paid"]["enum"] == ["card", "cash"]
    assert "default" not in schema["properties"]["tags"]
    assert schema["$defs"]["Line"]["required"] == ["sku"]
    assert definition["output_schema"]["required"] == ["lines", "total"]
    assert definition["timeout_ms"] == 5000


def test_decorator_takes_name_description_and_limit(tools: ToolRegistry) -> None:
    """The decorator's arguments override the function's own."""

    @tools.tool(name="weather", description="The weather.", timeout_ms=250)
    def anything(city: str) -> Any:
        return city

    (tool,) = tools.tools
    assert tool.definition() == {
        "name": "weather",
        "description": "The weather.",
        "input_schema": {
            "title": "weather",
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
            "additionalProperties": False,
        },
        "output_schema": {},
        "timeout_ms": 250,
    }
    assert anything("x") == "x"


@dataclass
class Tree:
    name: str
    branches: list["Tree"]


def test_recursive_result_keeps_its_own_definition(tools: ToolRegistry) -> None:
    """The object is at the top, and its references to itself still resolve."""

    @tools.tool
    def grow() -> Tree:
        """Grow a tree."""
        return Tree("root", [Tree("leaf", [])])

    schema = tools.tools[0].output_schema
    assert schema["type"] == "object"
    assert schema["properties"]["branches"]["items"] == {"$ref": "#/$defs/Tree"}
    assert "Tree" in schema["$defs"]


STYLES = {
    "google": """Book a table. Opening hours:

    eight to five.

    Args:
        size (int, optional): how many
            people: all of them.
        name: of the guest.

    Returns:
        Nothing.
    """,
    "numpy": """Book a table. Opening hours:

    eight to five.

    Parameters
    ----------
    size : int, optional
        how many
        people: all of them.
    name
        of the guest.

    Returns
    -------
    None
    """,
    "sphinx": """Book a table. Opening hours:

    eight to five.

    :param size: how many
        people: all of them.
    :type size: int
    :param str name: of the guest.
    :return: nothing
    """,
}


@pytest.mark.parametrize("style", STYLES)
def test_docstring_is_read_in_every_usual_style(tools: ToolRegistry, style: str) -> None:
    """The agent gets sentences: no markup, no return section, no cut at a colon."""

    def book(size: int, name: str) -> None: ...

    book.__doc__ = STYLES[style]
    tools.tool(book)
    definition = tools.tools[0].definition()
    properties = definition["input_schema"]["properties"]
    assert definition["description"] == "Book a table. Opening hours: eight to five."
    assert properties["size"]["description"] == "how many people: all of them."
    assert properties["name"]["description"] == "of the guest."


def no_docstring(a: int) -> None: ...


def no_type(a) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # wrong on purpose
    """Text."""


def open_ended(**rest: int) -> None:
    """Text."""


def starred(*rest: int) -> None:
    """Text."""


def unnamed(a: int, /) -> None:
    """Text."""


def no_schema(a: complex) -> None:
    """Text."""


def no_result(a: int) -> threading.Thread:
    """Text."""
    raise AssertionError(a)


def unresolved(a: "Missing") -> None:  # type: ignore[name-defined]  # noqa: F821  # wrong on purpose
    """Text."""


def half_written(a: "list[") -> None:  # type: ignore[syntax]  # noqa: F722  # wrong on purpose
    """Text."""


def not_there(a: "threading.nope") -> None:  # type: ignore[name-defined]  # wrong on purpose
    """Text."""


def endless(limit: float = float("inf")) -> None:
    """Text."""


@dataclass
class Endless:
    limit: float = float("inf")


def endless_inside(a: Endless) -> None:
    """Text."""


def many_calls(a: list[ToolExecution]) -> None:
    """Text."""


def call_or_number(a: Annotated[ToolExecution, "the call"] | int) -> None:
    """Text."""


@dataclass
class Forwarded:
    call: ToolExecution


def call_inside(a: Forwarded) -> None:
    """Text."""


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (many_calls, "'many_calls' would let the agent write a ToolExecution"),
        (call_or_number, "would let the agent write a ToolExecution"),
        (call_inside, "would let the agent write a ToolExecution"),
        (half_written, "cannot be read"),
        (not_there, "cannot be read"),
        (endless, "parameter 'limit' of tool 'endless' is inf"),
        (endless_inside, "'endless_inside' has a type without a JSON Schema"),
        (no_docstring, "needs a description"),
        (no_type, "parameter 'a' .* has no type"),
        (open_ended, "arguments have names"),
        (starred, "arguments have names"),
        (unnamed, "arguments have names"),
        (no_schema, "without a JSON Schema: type .*complex"),
        (no_result, "without a JSON Schema: type .*Thread"),
        (unresolved, "cannot be read"),
    ],
)
def test_function_that_cannot_be_a_tool_says_why(
    tools: ToolRegistry, function: Any, message: str
) -> None:
    """The error is raised where the tool is declared, with its name and the remedy."""
    with pytest.raises(ConfigurationError, match=message):
        tools.tool(function)


def test_names_and_limits_are_checked(tools: ToolRegistry) -> None:
    """Two tools with one name, or a zero time limit, are errors."""
    tools.tool(order)
    with pytest.raises(ConfigurationError, match="already"):
        tools.tool(order)
    with pytest.raises(ConfigurationError, match="at least 1 ms"):
        tools.tool(name="never", timeout_ms=0)(order)
