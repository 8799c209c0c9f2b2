"""All static rules on one repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import docs, events, evidence, exports, forwarders, operations, providers, released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trunkline_pipeline.checks.findings import Finding
    from trunkline_pipeline.checks.source.facts import Facts

CHECKS: Final[tuple[Callable[[Facts], Iterator[Finding]], ...]] = (
    operations.check,
    forwarders.check,
    providers.check,
    events.check,
    docs.check,
    exports.check,
    released.check,
    evidence.check,
)


def findings(facts: Facts) -> Iterator[Finding]:
    """Yield the differences between the source of the overlay and the contracts."""
    for check in CHECKS:
        yield from check(facts)
