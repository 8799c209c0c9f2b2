"""Old names still work, and name the new ones."""

from __future__ import annotations

import importlib

import pytest

from trunkline.sandbox import Fault, ManualClock, Sandbox


def test_the_old_module_of_faults() -> None:
    """`trunkline.sandbox.faults` has moved into the package itself."""
    with pytest.warns(DeprecationWarning, match="import Fault from trunkline.sandbox"):
        module = importlib.import_module("trunkline.sandbox.faults")
    assert module.Fault is Fault


def test_the_old_attribute_of_a_sandbox() -> None:
    """`Sandbox.world` is the state that providers share."""
    sandbox = Sandbox(clock=ManualClock())
    with pytest.warns(DeprecationWarning, match=r"use sandbox\.app\.registry\.state"):
        state = sandbox.world
    assert state is sandbox.app.registry.state
