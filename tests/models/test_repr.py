"""Deviating values may be anything, so no repr shows them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from tests.models.contracts import GENERATED

from trunkline.whispey import CallDetail

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID = "please cancel my card"
FORMS = {"text": SAID, "list": [SAID], "lists": [[SAID]], "object": {"k": SAID}, "key": {SAID: 1}}


def fields() -> Iterator[tuple[Any, str]]:
    """Every model of every contract, with each of its fields by the name in JSON."""
    for package in sorted(path.parent.name for path in GENERATED.glob("*/models")):
        models = import_module(f"trunkline_generated.{package}.models")
        schemas = import_module(f"trunkline_generated.{package}.schemas")
        for name in sorted(models.__all__):
            if hasattr(model := getattr(models, name), "from_dict"):
                for key in schemas.Object(model).json_schema().get("properties", {}):
                    yield model, key


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_of_the_promised_type_does_not_show(form: str) -> None:
    """In every field of every model: text in place of a list, a number or a date is hidden."""
    deviating = 0
    for model, key in fields():
        made = model.from_dict({key: FORMS[form]})
        if any(f"{each.pointer}/".startswith(f"/{key}/") for each in made.deviations):
            deviating += 1
            assert SAID not in repr(made), f"{model.__name__}[{key!r}] shows it"
    assert deviating > 100


def test_what_is_of_the_promised_type_shows() -> None:
    """A call shows its times, its measurements and its number of turns."""
    turns = [{"speaker": "user", "text": SAID}] * 2
    came = {"id": "x", "created_at": "2026-11-28T12:00:00Z", "duration": 12.5, "transcript": turns}
    shown = repr(CallDetail.from_dict(came))
    for part in ("id='x'", "2026, 11, 28", "duration=12.5"):
        assert part in shown
    assert shown.count("TranscriptTurn(") == 2
    assert SAID not in shown
