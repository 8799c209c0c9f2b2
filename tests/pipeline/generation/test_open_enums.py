"""Values that a vendor adds later."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, get_args

import pytest

if TYPE_CHECKING:
    from types import ModuleType


def test_an_unknown_value_equals_its_string(models: ModuleType) -> None:
    """It compares, hashes, prints and serialises as the received string."""
    mood = models.Mood("unheard-of")
    assert mood == "unheard-of"
    assert hash(mood) == hash("unheard-of")
    assert f"{mood}" == str(mood) == mood.value == mood.name == "unheard-of"
    assert json.dumps({mood: mood}) == '{"unheard-of": "unheard-of"}'
    assert isinstance(mood, models.Mood)


def test_an_unknown_value_stays_out_of_the_list(models: ModuleType) -> None:
    """Iteration and names give only the contract's members, whatever was received."""
    assert not models.Mood("unheard-of").is_known
    assert models.Mood.CALM.is_known
    assert [str(mood) for mood in models.Mood] == ["calm", "in_between", "wild"]
    assert "unheard-of" not in models.Mood.__members__


def test_an_unknown_value_is_shown_escaped(models: ModuleType) -> None:
    """A log line stays one line, whatever the vendor sends."""
    assert repr(models.Mood("a\nb\ud800")) == r"<Mood: 'a\nb\ud800'>"
    assert repr(models.Mood.CALM) == "<Mood.CALM: 'calm'>"


def test_an_unknown_value_is_one_object(models: ModuleType) -> None:
    """The same string gives the same member in any thread, copy or pickle."""
    with ThreadPoolExecutor(8) as pool:
        moods = list(pool.map(models.Mood, ["threads"] * 64))
    pickled = [pickle.loads(pickle.dumps(moods[0], protocol)) for protocol in range(6)]
    assert all(
        it is moods[0] for it in [*moods, *pickled, copy.copy(moods[0]), copy.deepcopy(moods[0])]
    )


def test_known_members_pickle_to_themselves(models: ModuleType) -> None:
    """The contract's members keep their identity too."""
    assert pickle.loads(pickle.dumps(models.Mood.CALM)) is models.Mood.CALM


def test_memory_is_bounded(models: ModuleType) -> None:
    """A server that keeps sending new values does not exhaust memory."""
    types = import_module(models.__name__.replace("models", "types"))
    moods = [models.Mood(f"invented-{number}") for number in range(1500)]
    assert moods[-1] == "invented-1499"
    assert len(types._unknown_members[models.Mood]) <= 1000


def test_only_strings_are_taken(models: ModuleType) -> None:
    """A number instead of a string is still an error."""
    with pytest.raises(ValueError, match="7 is not a valid Mood"):
        models.Mood(7)


def test_an_enum_that_is_not_marked_stays_strict(models: ModuleType) -> None:
    """Requests do not send undocumented values."""
    with pytest.raises(ValueError, match="unheard-of"):
        models.StrictMood("unheard-of")


def test_an_enum_says_what_it_is(models: ModuleType) -> None:
    """Its docstring is the contract's description, and says whether values may be added."""
    assert models.StrictMood.__doc__ == "How it must be."
    assert models.Mood.__doc__ == "How it is. The vendor may add values."


def test_the_values_of_an_enum_are_a_literal_too(models: ModuleType) -> None:
    """There is a type for plain strings, and its name does not clash with others."""
    assert get_args(models.MoodValue) == ("calm", "in_between", "wild")
    assert set(get_args(models.StrictMoodValue)) == set(models.StrictMood)
    assert "MoodValue" in dir(models)
    assert models.TakenValue(a=1).a == 1
    assert list(models.Taken) == ["one"]
