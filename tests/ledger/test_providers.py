"""One key at two providers: only one call, in any order and after purges."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from tests.ledger.conftest import TASK, TO, Place
from tests.ledger.test_store_files import NS, accepted, begun

from trunkline.ledger import KeyConflictError
from trunkline.ledger.machine import Policy

if TYPE_CHECKING:
    from trunkline.ledger import Ledger
    from trunkline.ledger.machine import Claim

ELSEWHERE = "phone_ai|mine|create_call"
RETRY = Policy(retry_rejected=True, redial_absent=True)


def claim(ledger: Ledger, ns: str, policy: Policy = RETRY) -> Claim:
    """Claim a key, as a client does."""
    return ledger.entry(ns, "order-1", 1, {"task": TASK, "to": TO}, 70.0).claim(policy).result()


def begun_again(ledger: Ledger, ns: str) -> None:
    """Record an accepted call for a key that was refused before."""
    entry = ledger.entry(ns, "order-1", 1, {"task": TASK, "to": TO}, 70.0)
    entry.ticket = entry.claim(RETRY).result().ticket
    entry.begin(0.0).result()
    entry.accepted("call-1", "{}").result()


def test_a_later_attempt_counts_as_well_as_the_first(place: Place) -> None:
    """The first was refused and the second accepted: the other provider gets no request."""
    ledger = place.open()
    begun(ledger).rejected({}, "no").result()
    begun_again(ledger, NS)
    with pytest.raises(KeyConflictError) as caught:
        claim(ledger, ELSEWHERE)
    assert caught.value.fields == ("provider",)


def test_the_first_provider_is_not_asked_again(place: Place) -> None:
    """It refused, and the other has the call: a retry at the first would be a second call."""
    ledger = place.open()
    begun(ledger).rejected({}, "no").result()
    begun_again(ledger, ELSEWHERE)
    with pytest.raises(KeyConflictError):
        claim(ledger, NS)
    assert claim(ledger, NS, Policy()).kind == "rejected"
    assert claim(ledger, ELSEWHERE).kind == "accepted"


def test_a_purged_key_is_refused_at_the_other_provider(place: Place) -> None:
    """The tombstone counts as a call, but not for another account of the same provider."""
    ledger = place.open()
    accepted(ledger, "order-1")
    place.times.pass_(10.0)
    assert ledger.purge(5.0) == 1
    with pytest.raises(KeyConflictError):
        claim(ledger, ELSEWHERE)
    assert claim(ledger, "pamela|other|create_call").kind == "begin"


def test_two_providers_at_once(database: str) -> None:
    """Of two callers that have not seen each other's record, one starts."""
    ledgers = [Place(database).open() for _ in range(2)]
    barrier = Barrier(2)

    def one(ledger: Ledger, ns: str) -> int:
        begins = 0
        for number in range(20):
            entry = ledger.entry(ns, f"order-{number}", 1, {"to": TO}, 70.0)
            barrier.wait()
            with suppress(KeyConflictError):
                begins += entry.claim(Policy()).result().kind == "begin"
        return begins

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(one, ledgers, (NS, ELSEWHERE))) == 20
    for ledger in ledgers:
        ledger.close()
