"""The names by which ledgers know operations."""

from __future__ import annotations

from trunkline.pamela import _evidence as pamela
from trunkline.phone_ai import _fields as phone_ai
from trunkline.stateset_voice import _evidence as stateset_voice


def test_a_key_is_known_whatever_the_contract_calls_the_operation() -> None:
    """Records of earlier releases contain these names: with others every key would dial again."""
    modules = (pamela, stateset_voice, phone_ai)
    names = [each.RECORDED_AS for each in modules]
    assert names == ["create_call", "make_call", "create_call"]
