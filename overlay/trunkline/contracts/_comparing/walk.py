"""The state of a comparison, and the edits found so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline.contracts._loading.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.contracts._graph.pairing import Pairs
    from trunkline.contracts._graph.units import Side

    from .normal import Normal

SENT: Final = 1
RECEIVED: Final = 2
#: Received, but only with an error status.
ERROR: Final = 4
BOTH: Final = SENT | RECEIVED


class At(NamedTuple):
    """A location in both documents.

    Attributes:
        key: pointer inside the unit; named list items are identified by name.
        old: file number and pointer in the old document.
        new: the same in the new document.
        mask: the directions in which the value is used.
        muted: the directions that `readOnly` and `writeOnly` removed.
    """

    key: str
    old: str
    new: str
    mask: int
    muted: int = 0

    def down(self, *keys: str) -> At:
        """Return the location below, by the same keys in both documents."""
        path = "".join(f"/{escape(key)}" for key in keys)
        return At(self.key + path, self.old + path, self.new + path, self.mask, self.muted)

    def at(self, key: str, old: str | None, new: str | None) -> At:
        """Return the location below under a separate key; None keeps the parent's pointer."""
        return self._replace(
            key=self.key + key,
            old=self.old if old is None else old,
            new=self.new if new is None else new,
        )

    def only(self, mask: int) -> At:
        """Return the location with fewer directions."""
        return self._replace(mask=self.mask & mask, muted=self.muted | (self.mask & ~mask))


@dataclass(slots=True, eq=False)
class RawEdit:
    """An edit before it is judged."""

    unit: int | str
    kind: str
    at: At
    before: Any
    after: Any
    subject: str
    guards: tuple[str, ...]


class Walk:
    """One comparison of two documents.

    Attributes:
        edits: the edits found so far.
        unit: number of the pair of components, or name of the unit, that is being compared.
        active: pairs of values being compared across a reference, to prevent endless recursion.
        joined: pairs of components found to be counterparts during the comparison.
        kept: inherited pointers whose edits a component does not share, with its pair.
        compare_schemas: compares two schemas; passed in, since schemas contain objects and
            branches that contain schemas.
        compare_forms: the same for two normal forms.
    """

    __slots__ = (
        "active",
        "compare_forms",
        "compare_schemas",
        "edits",
        "joined",
        "kept",
        "new",
        "old",
        "pairs",
        "unit",
    )

    def __init__(
        self,
        old: Side,
        new: Side,
        pairs: Pairs,
        compare_schemas: Callable[[Walk, Any, Any, At], None],
        compare_forms: Callable[[Walk, Normal, Normal, At], None],
    ) -> None:
        self.old = old
        self.new = new
        self.pairs = pairs
        self.compare_schemas = compare_schemas
        self.compare_forms = compare_forms
        self.edits: list[RawEdit] = []
        self.unit: int | str = ""
        self.active: set[tuple[int, int]] = set()
        self.joined: list[int] = []
        self.kept: set[tuple[int, str]] = set()

    def emit(
        self,
        kind: str,
        at: At,
        before: Any = None,
        after: Any = None,
        *,
        subject: str = "",
        guards: tuple[str, ...] = (),
    ) -> None:
        """Record an edit."""
        self.edits.append(RawEdit(self.unit, kind, at, before, after, subject, guards))
