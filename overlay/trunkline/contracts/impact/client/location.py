"""What a place in a contract became in the generated client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trunkline.contracts.impact.client.package import Endpoint

__all__ = ["Attribute", "Location", "Parameter"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a model: the class, the attribute if there is one yet, the wire's name."""

    owner: str
    name: str | None
    wire: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation: the endpoint, the Python name if there is one yet."""

    endpoint: Endpoint
    name: str | None
    wire: str


@dataclass(frozen=True, slots=True)
class Location:
    """Everything in the client that a place in the contract became.

    Attributes:
        attributes: properties that hold the value.
        parameters: parameters that hold the value.
        classes: models and enums that the value is.
        endpoints: operations, if the place belongs to operations as a whole.
        inside: operations in whose own description the place stands.
        shared: the place leads through a reference, so that its class stands for other places too.
    """

    attributes: tuple[Attribute, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    classes: tuple[str, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    inside: tuple[Endpoint, ...] = ()
    shared: bool = False
