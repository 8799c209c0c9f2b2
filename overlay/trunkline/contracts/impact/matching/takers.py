"""Which functions of the client, and of the overlay on it, take a parameter or a property."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trunkline.contracts.impact.client.location import Attribute, Location, Parameter
    from trunkline.contracts.impact.client.overlay import Overlay
    from trunkline.contracts.impact.facts.model import Call

__all__ = ["Takers", "Taking"]


#: Functions and classes; the names under which one takes it in a call; a label for reasons.
Taking: TypeAlias = "tuple[set[str], Callable[[str, Call], set[str]], str]"


class Takers:
    """Finds the functions and classes that take a value, and the names under which they do.

    Args:
        overlay: what the overlay's functions reach.
    """

    def __init__(self, overlay: Overlay) -> None:
        self.overlay = overlay

    def of(self, location: Location) -> Iterator[Taking]:
        """Yield what takes a parameter or property, and under which names, with a label."""
        for each in location.parameters:
            yield self.of_parameter(each)
        for attribute in location.attributes:
            yield self.of_attribute(attribute)

    def of_parameter(self, parameter: Parameter) -> Taking:
        """Return what takes a parameter of an operation."""
        name = parameter.name or ""
        functions = set(parameter.endpoint.functions)
        passing = self.overlay.passing((function, name) for function in functions)
        reaching = self.overlay.reaching([*functions, parameter.endpoint.module])
        for function in reaching:
            for candidate in {name, parameter.wire}:
                is_taken = self.overlay.has_parameter(function, candidate)
                if is_taken or self.overlay.takes_any(function):
                    passing.setdefault(function, set()).add(candidate)

        def names(target: str, _: Call) -> set[str]:
            return {name} if target in functions else passing.get(target, set())

        return functions | set(passing), names, parameter.wire

    def of_attribute(self, attribute: Attribute) -> Taking:
        """Return what takes a property of a model."""
        name = attribute.name or attribute.wire
        passing = self.overlay.passing([(attribute.owner, name)])
        for function in self.overlay.reaching([attribute.owner]):
            if self.overlay.takes_any(function):
                passing.setdefault(function, set()).update({name, attribute.wire})

        def names(target: str, call: Call) -> set[str]:
            if target == attribute.owner:
                return {attribute.wire} if call.wire else {name}
            return passing.get(target, set())

        label = f"{attribute.owner.rpartition('::')[2]}.{name}"
        return {attribute.owner} | set(passing), names, label

    def are_always_given(self, function: str, passing: list[tuple[str, str]]) -> bool:
        """Whether an overlay function passes one of these itself, whatever its caller passes."""
        return any(self.overlay.is_always_passed(function, *each) for each in passing)
