"""Counts the responses of one contract."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline._shapes.envelopes import note_envelope
from trunkline._shapes.objects import ObjectNode
from trunkline._shapes.places import Place
from trunkline._shapes.schemas import Schemas
from trunkline._shapes.sightings import Answer, Sightings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline._shapes.counts import Counts
    from trunkline._shapes.schemas import ObjectSchema, OperationSchema

__all__ = ["EVERY", "WHOLE", "ContractShapes", "Statuses", "body_class"]

#: The first ``WHOLE`` responses of an operation are inspected, then one in ``EVERY`` of those
#: with a documented status.
WHOLE: Final = 50
EVERY: Final = 100
MOST_NODES: Final = 512


class Statuses:
    """The statuses of one operation.

    Attributes:
        operation: the operation in the contract.
        answers: the number of responses.
    """

    __slots__ = ("_counted", "_documented", "answers", "bodies", "like", "operation", "seen")

    def __init__(self, operation: OperationSchema) -> None:
        self.operation = operation
        self.answers = 0
        self._counted: dict[int, int] = {}
        self._documented: dict[int, str | None] = {}
        self.seen: dict[int, Sightings] = {}
        self.bodies: dict[int, Counter[str]] = {}
        self.like: dict[int, Counter[str]] = {}

    def documented(self, status: int) -> str | None:
        """Return the key under which the contract documents a status."""
        if status not in self._documented:
            self._documented[status] = self.operation.documented(status)
        return self._documented[status]

    def count(self, status: int) -> int:
        """Count a response to inspect; return how many with this status to skip after it."""
        known = self.documented(status) is not None
        skips = EVERY - 1 if known and self.answers >= WHOLE else 0
        self._counted[status] = self._counted.get(status, 0) + 1 + skips
        self.answers += 1 + skips
        return skips

    def counts(self) -> Counts:
        """Return the counts as they are merged and written."""
        return {
            "answers": self.answers,
            "statuses": {
                str(status): {
                    "count": count,
                    "bodies": dict(self.bodies.get(status, ())),
                    "like": dict(self.like.get(status, ())),
                    **(self.seen[status].counts() if status in self.seen else {}),
                }
                for status, count in self._counted.items()
            },
        }


class ContractShapes:
    """The counts of one contract in this process.

    Args:
        document: OpenAPI 3.0 or 3.1.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.schemas = Schemas(document)
        self.operations = {each.operation_id: Statuses(each) for each in self.schemas.operations()}
        self._locations: dict[str, Place] = {}
        self._objects: dict[str, ObjectNode] = {}
        self._answers = self._left_out = 0

    def place(self, pointer: str) -> Place | None:
        """Return the counts of the location that a schema describes."""
        found = self._locations.get(pointer)
        if found is None:
            found = self._locations[pointer] = Place(self.schemas.place(pointer), self)
        return found

    def object(self, schema: ObjectSchema) -> ObjectNode | None:
        """Return the counts of a kind of object; None when there are too many."""
        found = self._objects.get(schema.pointer)
        if found is None and len(self._objects) < MOST_NODES:
            found = self._objects[schema.pointer] = ObjectNode(schema, self)
        self._left_out += found is None
        return found

    def begin(self, statuses: Statuses, status: int, body: str, now: float, day: str) -> Answer:
        """Count the status of a response whose body will be inspected.

        Args:
            statuses: the statuses of its operation.
            status: the HTTP status.
            body: the class of its body: ``json``, ``html``, ``text``, ``other`` or ``empty``.
            now: seconds since the epoch.
            day: the day in UTC.
        """
        self._answers += 1
        answer = Answer(
            self._answers,
            statuses.operation.operation_id,
            day,
            int(now // 60),
            is_error=status >= 400,
            is_whole=statuses.answers <= WHOLE,
        )
        statuses.seen.setdefault(status, Sightings()).add(answer)
        statuses.bodies.setdefault(status, Counter())[body] += 1
        return answer

    def record(self, statuses: Statuses, status: int, body: Any, answer: Answer) -> None:
        """Count the decoded body of a response that ``begin`` has counted."""
        operation = statuses.operation
        key = statuses.documented(status)
        if key is None:
            fitting = (
                key for key in operation.responses if self._fits(operation, key, status, body)
            )
            statuses.like.setdefault(status, Counter()).update(fitting)
            return
        pointer = operation.responses[key]
        location = self.place(pointer) if pointer else None
        if location is None:
            return
        if location.schema.is_closed or location.schema.has_secrets:
            location.types["object" if is_object(body) else "other"] += 1
            return
        location.record(body, answer)
        if status < 300 and is_object(body):
            note_envelope(location, body, answer)

    def _fits(self, operation: OperationSchema, key: str, status: int, body: Any) -> bool:
        """Return whether a body of an undocumented status has the form of a documented one."""
        pointer = operation.responses[key]
        if pointer is None or not key[0].isdigit() or (key[0] == "2") != (status < 300):
            return False
        location = self.place(pointer)
        if location is None:
            return False
        if not is_object(body):
            return is_array(body) and location.allows("array") and location.schema.types is not None
        return any(node.fits(body) for node in location.inside())

    def counts(self) -> Counts:
        """Return the counts as they are merged and written."""
        inside = {
            id(location) for node in self._objects.values() for location in node.places.values()
        }
        return {
            "operations": {n: s.counts() for n, s in self.operations.items() if s.answers},
            "objects": {n: o.counts() for n, o in self._objects.items() if o.seen.objects},
            "places": {
                pointer: counts
                for pointer, location in self._locations.items()
                if id(location) not in inside and (counts := location.counts())
            },
            "left_out": self._left_out,
        }


def body_class(media: str, *, is_empty: bool) -> str:
    """Return the class of a body: ``json``, ``html``, ``text``, ``other`` or ``empty``."""
    kind = media.partition(";")[0].strip().lower()
    if is_empty:
        return "empty"
    if kind == "application/json" or kind.endswith("+json"):
        return "json"
    if kind in {"text/html", "application/xhtml+xml"}:
        return "html"
    return "text" if kind.startswith("text/") else "other"
