"""The behaviour of our templates' models."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from types import ModuleType

WIRE: dict[str, Any] = {
    "id": "t1",
    "mood": "calm",
    "made_at": "2026-11-02T10:00:00Z",
    "maybe": None,
    "from": "+15555550100",
    "keys": ["k"],
    "get": "got",
    "phone": "+15555550123",
    "pin": 4711,
    "size": 5,
    "box": {"things": [], "sizes": {"a": "2026-01-02"}, "closed": {"a": 1, "b": 2}},
    "from_tomorrow": {"deep": [1]},
}


def thing(models: ModuleType, **changes: Any) -> Any:
    return models.Thing.from_dict({**WIRE, **changes})


def test_unknown_fields_survive_a_round_trip(models: ModuleType) -> None:
    """Unknown fields are sent as received, even for a closed schema."""
    assert thing(models).to_dict() == WIRE


def test_a_model_that_is_made_by_hand_leaves_none_out(models: ModuleType) -> None:
    """Only the given fields are sent, since null has its own meaning."""
    box = models.Box(things=[])
    assert box.to_dict() == {"things": []}
    box["sizes"] = None
    assert box.to_dict() == {"things": []}


def test_the_input_is_not_changed(models: ModuleType) -> None:
    """Decoding does not change the JSON."""
    wire = copy.deepcopy(WIRE)
    models.Thing.from_dict(wire)
    assert wire == WIRE


def test_what_came_comes_back_with_what_was_changed(models: ModuleType) -> None:
    """Date strings and nulls are kept as received, and later changes are applied."""
    model = thing(models, day=None, ended_at="2026-11-02T10:00:00Z", new=None)
    assert model.to_dict() == {**WIRE, "day": None, "ended_at": "2026-11-02T10:00:00Z", "new": None}
    model.size, model.made_at = 8, dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    del model["day"], model["new"]
    assert model.to_dict() == {
        **WIRE,
        "ended_at": "2026-11-02T10:00:00Z",
        "size": 8,
        "made_at": "2026-01-02T00:00:00+00:00",
    }


def test_absent_optional_fields_are_none(models: ModuleType) -> None:
    """There is no visible sentinel, and an absent field stays absent."""
    model = thing(models)
    assert model.strict is model.day is model.parent is model.ended_at is None
    assert "strict" not in model.to_dict()


def test_null_for_an_optional_field_is_none(models: ModuleType) -> None:
    """A null that the contract does not allow is read as None."""
    model = thing(models, strict=None, day=None, parent=None, moods=None)
    assert model.strict is model.day is model.parent is model.moods is None
    assert model == thing(models)


def test_null_differs_from_absent_as_in_a_dictionary(models: ModuleType) -> None:
    """By wire name, a null field is present and an absent one is not."""
    model = thing(models, day=None, new=None)
    for each in (model, copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert each["day"] is each["new"] is each.get("day", 7) is None
        assert each.get("strict", 7) == 7
        assert "day" in each
        assert "strict" not in each
        assert set(each) == {*WIRE, "day", "new"}


def test_null_can_be_set_replaced_and_deleted(models: ModuleType) -> None:
    """Item assignment of None sets null; later changes replace it."""
    model = thing(models, day=None)
    model["strict"] = None
    model["strict"] = None
    assert [key for key in model if key in {"day", "strict"}] == ["strict", "day"]
    model.day = dt.date(2026, 1, 2)
    assert model["day"] == dt.date(2026, 1, 2)
    del model["day"], model["strict"]
    assert model.get("day", 7) == model.get("strict", 7) == 7


def test_values_are_decoded(models: ModuleType) -> None:
    """Dates, ids, enums and models are Python values at any depth."""
    model = thing(
        models,
        key="7d444840-9dc0-11d1-b245-5ffdce74fad2",
        moods=["wild"],
        table=[["2026-01-02"]],
        level=0,
        either=["calm", 3],
    )
    assert model.made_at == dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
    assert model.key == UUID("7d444840-9dc0-11d1-b245-5ffdce74fad2")
    assert model.moods == [models.Mood.WILD]
    assert model.table == [[dt.date(2026, 1, 2)]]
    assert model.level is models.Level.VALUE_0
    assert model.either == [models.Mood.CALM, 3]
    assert model.box.sizes["a"] == dt.date(2026, 1, 2)
    assert models.Thing.from_dict(model.to_dict()) == model


def test_an_enum_that_openapi_3_0_calls_nullable_may_be_null(models: ModuleType) -> None:
    """It is named after its field, and null is not a deviation."""
    assert thing(models, tone="soft").tone is models.ThingTone.SOFT
    for tone in ("soft", None):
        assert thing(models, tone=tone).deviations == ()
    (deviation,) = thing(models, tone=1).deviations
    assert deviation.pointer == "/tone"


def test_a_model_is_named_after_its_component(models: ModuleType) -> None:
    """It is not named after its title, which is only a fallback description."""
    assert "What has gone wrong" in models.Problem.__doc__


def test_a_date_that_is_none_stays_readable(models: ModuleType) -> None:
    """In a nullable field, text that is not a date is kept, so the response is not lost."""
    assert thing(models, ended_at="").ended_at == ""


def test_fields_answer_to_their_wire_names(models: ModuleType) -> None:
    """Declared and unknown fields are items; an absent one is a KeyError."""
    model = thing(models)
    assert model["from"] == model.from_ == "+15555550100"
    assert model["from_tomorrow"] == {"deep": [1]}
    assert model["maybe"] is None
    assert model.get("strict") is None
    assert model.get("nothing", 7) == 7
    assert "size" in model
    assert "strict" not in model
    assert 3 not in model
    for key in ("strict", "nothing", "from_"):
        with pytest.raises(KeyError):
            model[key]


def test_a_model_converts_to_a_dict(models: ModuleType) -> None:
    """`keys`, iteration and `dict()` give the present fields."""
    model = thing(models)
    assert set(model.keys()) == set(model) == set(WIRE)
    assert dict(model)["mood"] is models.Mood.CALM


def test_items_can_be_set_and_deleted(models: ModuleType) -> None:
    """Item assignment sets the same field as the attribute; required fields cannot be deleted."""
    model = thing(models)
    model["size"] = 8
    model["own"] = 1
    assert (model.size, model["own"]) == (8, 1)
    del model["size"], model["own"]
    assert "size" not in model
    assert "own" not in model
    for key in ("size", "own", "id"):
        with pytest.raises(KeyError):
            del model[key]


def test_field_names_that_methods_need_get_an_underscore(models: ModuleType) -> None:
    """A field called `keys` or `get` does not replace the method."""
    model = thing(models)
    assert (model.keys_, model.get_) == (["k"], "got")
    assert model["keys"] == ["k"]


def test_a_repr_shows_nothing_personal(models: ModuleType) -> None:
    """Ids, numbers, enums and dates are shown; text, secrets and unknown fields are not."""
    text = repr(thing(models))
    assert "id='t1'" in text
    assert "size=5" in text
    assert "phone=<hidden>" in text
    for secret in ("5555550", "4711", "deep", "got"):
        assert secret not in text


def test_a_repr_counts_unknown_fields_only_where_there_are_any(models: ModuleType) -> None:
    """If there are none, the repr does not mention them, at any depth."""
    text = repr(thing(models))
    assert text.startswith("Thing(id='t1', mood=<Mood.CALM: 'calm'>, ")
    assert text.endswith("additional_properties=<1 more>)")
    assert "0 more" not in text
    assert repr(models.Closed(a=1)) == "Closed(a=1)"
    assert repr(models.Closed.from_dict({"a": 1, "b": 2})) == (
        "Closed(a=1, additional_properties=<1 more>)"
    )


def test_a_wire_name_as_attribute_names_the_item(models: ModuleType) -> None:
    """The error for a wire name used as an attribute says how to read it.

    On Python 3.11 the hint would slow every attribute, so only models without fields give it.
    """
    hint = r"; use result\['callId'\]" if sys.version_info >= (3, 12) else ""
    model = thing(models, callId="c1")
    with pytest.raises(AttributeError, match=rf"no attribute 'callId'{hint}$"):
        _ = model.callId
    with pytest.raises(AttributeError, match=r"no attribute 'nothing'$"):
        _ = model.nothing
    sizes = models.Sizes.from_dict({"callId": "2026-01-02"})
    with pytest.raises(AttributeError, match=r"no attribute 'callId'; use result\['callId'\]$"):
        _ = sizes.callId
    assert not hasattr(models.Sizes.__new__(models.Sizes), "callId")


def test_a_field_that_was_never_set_is_an_attribute_error(models: ModuleType) -> None:
    """Debuggers inspect half-initialised objects."""
    made = thing(models)
    del made.size
    half = object.__new__(models.Thing)
    for one in (made, half):
        with pytest.raises(AttributeError):
            _ = one.size
        assert "size=<absent>" in repr(one)
        assert "size" not in one


def test_models_copy_and_pickle(models: ModuleType) -> None:
    """Copies are equal, also after pickling."""
    model = thing(models, mood="unheard-of")
    assert copy.deepcopy(model) == pickle.loads(pickle.dumps(model)) == model


def test_unset_survives_copies(models: ModuleType) -> None:
    """A copy of UNSET is UNSET, so it never becomes a value."""
    unset = import_module(models.__name__.replace("models", "types")).UNSET
    pickled = [pickle.loads(pickle.dumps(unset, protocol)) for protocol in range(6)]
    assert all(it is unset for it in [copy.copy(unset), copy.deepcopy([unset])[0], *pickled])
    assert not unset


def test_models_are_imported_when_needed(models: ModuleType) -> None:
    """The models package lists all names and refuses others."""
    assert {"Thing", "Mood"} <= set(dir(models))
    with pytest.raises(AttributeError, match="Nothing"):
        _ = models.Nothing
