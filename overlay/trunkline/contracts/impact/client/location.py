"""The generated code for an element of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trunkline.contracts.impact.client.package import Endpoint

__all__ = ["Attribute", "Location", "Parameter"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a model: the class, the attribute if there is one yet, the name on the wire."""

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
    """Everything in the client that was generated for an element of the contract.

    Attributes:
        attributes: properties that hold the value.
        parameters: parameters that hold the value.
        classes: models and enums that are the type of the value.
        endpoints: operations, if the element belongs to operations as a whole.
        inside: operations whose own definition contains the element.
        shared: the element is behind a reference, so that its class is used for others too.
    """

    attributes: tuple[Attribute, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    classes: tuple[str, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    inside: tuple[Endpoint, ...] = ()
    shared: bool = False
