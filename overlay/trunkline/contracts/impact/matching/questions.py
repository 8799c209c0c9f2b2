"""Which questions an edit raises about a consumer's code."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from trunkline.contracts.model import Direction, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import Finding

__all__ = ["Question", "questions"]


class Question(StrEnum):
    """A question that facts answer.

    `calls`: which code uses the operation at all; `passes`: which passes the parameter or property;
    `omits`: which leaves it out; `reads`: which reads the property of a result; `branches`: which
    branches on the values of the enum without a default; `values`: which passes exactly this
    value; `members`: which names the enum member for it.
    """

    CALLS = "calls"
    PASSES = "passes"
    OMITS = "omits"
    READS = "reads"
    BRANCHES = "branches"
    VALUES = "values"
    MEMBERS = "members"


#: By kind of edit: the question where the data is sent, and the one where it is received.
_RULES: Final[dict[str, tuple[Question | None, Question | None]]] = {
    "property-added": (Question.OMITS, None),
    "property-became-required": (Question.OMITS, None),
    "property-became-optional": (None, Question.READS),
    "property-removed": (Question.PASSES, Question.READS),
    "parameter-added": (Question.OMITS, None),
    "parameter-became-required": (Question.OMITS, None),
    "enum-value-added": (None, Question.BRANCHES),
    "enum-removed": (None, Question.BRANCHES),
    "extensible-enum-value-added": (None, Question.BRANCHES),
    "enum-value-removed": (Question.VALUES, None),
    "extensible-enum-value-removed": (Question.VALUES, None),
    "request-body-became-required": (Question.CALLS, None),
    "header-removed": (None, None),
    "header-became-optional": (None, None),
    "header-became-required": (None, None),
    "header-added": (None, None),
    "operation-added": (None, None),
    "server-added": (None, None),
}
#: The new client does not have the member, even if the value was only ever received.
_MEMBER_GONE: Final = frozenset({"enum-value-removed", "extensible-enum-value-removed"})
#: Kinds that announce a later change; their level does not matter.
_LIFECYCLE: Final = ("deprecated", "sunset")


def questions(finding: Finding) -> Iterator[Question]:
    """Yield the questions to ask about the code for one finding, most telling first."""
    asked: dict[Question, None] = {}
    announced = finding.rule.startswith(_LIFECYCLE)
    for verdict in finding.verdicts:
        if verdict.level < Level.WARNING and not announced:
            continue
        is_sent = verdict.direction is Direction.SENT
        default = (Question.PASSES, Question.READS)
        rule = _RULES.get(finding.rule, default)
        question = rule[0 if is_sent else 1]
        if question is not None:
            asked[question] = None
        if finding.rule == "property-removed":
            # Tests that build a response can no longer set the field.
            asked[Question.PASSES] = None
    if finding.rule in _MEMBER_GONE:
        asked[Question.MEMBERS] = None
    yield from asked
