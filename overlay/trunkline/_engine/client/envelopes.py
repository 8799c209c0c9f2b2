"""Finds results in responses whose outermost object may not be the documented one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar, cast

from trunkline._engine.client.paging import items_of, to_json_bytes
from trunkline._engine.session.deviations import ContractMismatchError, log_once
from trunkline._json import is_array, is_object
from trunkline.errors import ResponseValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.session.deviations import Deviation


class Model(Protocol):
    """The part of a generated model that is used here."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], reading: Any = None) -> Self:
        """Return the model of a JSON object."""
        ...

    @classmethod
    def item_reader(cls, reading: Any) -> Callable[[Any], Self]:
        """Return a function that makes the models of a list's items, with less memory."""
        ...

    @property
    def raw(self) -> Any:
        """What the model was read from."""
        ...

    @property
    def deviations(self) -> Sequence[Deviation]:
        """Where it differs from the contract."""
        ...


class Session(Protocol):
    """The part of a client's session that is used here."""

    @property
    def context(self) -> ClientContext:
        """The client's settings."""
        ...

    def report_deviations(self, response: Any, deviations: Sequence[Deviation]) -> None:
        """Log them, or raise in strict mode."""
        ...


M = TypeVar("M", bound=Model)


class Reading:
    """What the generated packages receive about a response, and report about it."""

    __slots__ = ("operation_id", "unusual")

    def __init__(self, operation_id: str) -> None:
        self.operation_id = operation_id
        self.unusual = False


def operation_id(module: ModuleType) -> str:
    """Return the operationId of a generated endpoint module."""
    return str(module.OPERATION["operation_id"])


def unwrap(module: ModuleType, model: type[M], envelope: Any) -> M:
    """Return the object in ``data``; where there is none, the whole body read as that object.

    Args:
        module: the generated endpoint module.
        model: the model of the object.
        envelope: the model of the whole body.
    """
    found = envelope.get("data")
    if isinstance(found, model):
        return found
    return model.from_dict(envelope.raw, Reading(operation_id(module)))


def unwrap_list(module: ModuleType, model: type[M], envelope: Any, session: Session) -> list[M]:
    """Return the objects in ``data``, or those of a body that is a list itself.

    Raises:
        ResponseValidationError: neither of them is a list.
    """
    found = envelope.get("data")
    return found if is_array(found) else find_items(module, model, envelope.raw, "data", session)


def find_items(
    module: ModuleType, model: type[M], body: Any, key: str, session: Session
) -> list[M]:
    """Return the items of a body in which generated code found no list.

    Raises:
        ResponseValidationError: there is none; the message names what there is.
    """
    try:
        return read_items(module, model, items_of(body, key))
    except ContractMismatchError as error:
        operation = operation_id(module)
        raise ResponseValidationError(
            f"the body differs from the contract: {error}",
            body=to_json_bytes(body),
            provider=session.context.provider.name,
            operation_id=operation,
            path=module.OPERATION["path_template"],
        ) from error


def read_items(module: ModuleType, model: type[M], items: list[Any]) -> list[M]:
    """Return the items of a list as models; an item that is not an object stays as it came."""
    reading = Reading(operation_id(module))
    return [model.from_dict(item, reading) if is_object(item) else item for item in items]


class ListBody(NamedTuple, Generic[M]):
    """The body of a list's response.

    Attributes:
        page: the model of the whole body.
        key: the name of the items in it.
        item: the model of an item.
    """

    page: type[Model]
    key: str
    item: type[M]

    def check(self, session: Session, response: Any, body: Any) -> None:
        """Report where a page differs from the contract, in strict mode its items as well.

        Raises:
            ResponseValidationError: it does, in strict mode.
        """
        whole: Any = body
        if not session.context.options.strict and is_object(body) and is_array(body.get(self.key)):
            whole = {**body, self.key: []}
        reading = Reading("")
        made = self.page.from_dict(whole, reading)
        if reading.unusual:
            session.report_deviations(response, made.deviations)

    def unusual_item(self, session: Session, reading: Reading, item: Any, made: M) -> M:
        """Report where an item differs from the contract; one that is not an object stays as is."""
        reading.unusual = False
        provider = session.context.provider.name
        log_once(provider, reading.operation_id, made.deviations, f"/{self.key}/*")
        return made if is_object(item) else cast("M", item)
