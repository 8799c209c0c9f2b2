"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Counts for all sections.

    Attributes:
        calls: sync calls in a slice.
        rounds: rounds of sync calls.
        concurrent_calls: concurrent calls in a slice.
        concurrent_rounds: rounds of concurrent calls.
        thinning: divides the number of calls under way at once.
        starts: fresh processes for each import.
        herds: repetitions of the herd.
        tasks: tasks in the herd.
        comparisons: fresh processes for each comparison of contracts.
        files: files of the code in which the impact of a contract is searched.
        processes: processes that share a call ledger or a rate limit.
        records: records of the large call ledger.
        window: seconds of the window of a shared rate limit.
        documents: folder of real contracts to compare; None leaves their row out.
    """

    calls: int = 300
    rounds: int = 9
    concurrent_calls: int = 1000
    concurrent_rounds: int = 5
    thinning: int = 1
    starts: int = 12
    herds: int = 3
    tasks: int = 200
    comparisons: int = 3
    files: int = 2_000
    processes: int = 8
    records: int = 10_000_000
    window: float = 10.0
    documents: Path | None = None


FULL: Final = Settings()
#: For a test that the program works; its figures mean nothing.
QUICK: Final = Settings(
    calls=3,
    rounds=1,
    concurrent_calls=60,
    concurrent_rounds=1,
    thinning=10,
    starts=1,
    herds=1,
    tasks=25,
    comparisons=1,
    files=40,
    processes=1,
    records=1_000,
    window=1.0,
)
