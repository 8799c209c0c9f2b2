from __future__ import annotations

import json
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.contracts._loading import formats, yaml_reader

WORDS = [
    "010",
    "0x1F",
    "0o14",
    "+1",
    "1.",
    ".5",
    "1_000",
    "12:30",
    "yes",
    "no",
    "on",
    "off",
    "True",
    "TRUE",
    "true",
    "False",
    "~",
    "Null",
    "NULL",
    "null",
    "1e5",
    "1E+5",
    ".nan",
    ".inf",
    "-.inf",
    "inf",
    "nan",
    "infinity",
    "2024-01-01",
    "1e",
    "00",
    "1.2.3",
    "9999999999999999999999",
    "-0",
    "1.0",
    "0b1",
    "-1",
    "-.5",
    "0.0.0.0",
    "a#b",
    "'x'",
    '"1"',
    "'~'",
    "[]",
    "{}",
]
LONG = """
    openapi: 3.1.0
    info: {title: "Calls: all of them", version: '1.0', x: [1, two, null, True]}
    x-anchor: &limits
      maximum: 5
    paths:
      /calls/{id}:
        get:
          description: |
            - True
            limit: inf
              *not an alias*
          parameters:
          - name: id
            required: yes
          responses:
            200: *limits
            default:
              description: >-
                Folded
                text
              x-list:
                - inf
                - ~
                - - nested
                  - 5
    """


def both(text: str) -> tuple[object, object]:
    fast = yaml_reader.fast_parse(text.encode())
    slow = yaml_reader.slow_parse(text, "test")
    return (slow if fast is None else fast[0]), slow


@pytest.mark.parametrize("word", WORDS)
def test_both_readers_agree_on_a_plain_value(word: str) -> None:
    """A value means the same whichever library is installed."""
    fast, slow = both(f"a: {word}\nb:\n  - {word}\nc: [{word}, 1]\nd: {{e: {word}}}\n")
    assert repr(fast) == repr(slow)


def test_both_readers_agree_on_a_document() -> None:
    """Block and flow style, folded texts, aliases, and keys that are numbers."""
    fast, slow = both(dedent(LONG))
    assert fast == slow
    assert isinstance(slow, dict)
    assert slow["paths"]["/calls/{id}"]["get"]["responses"]["200"] == {"maximum": 5}


TEXTS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXTS | st.integers() | st.booleans()))
def test_both_readers_agree_on_what_pyyaml_writes(value: dict[str, object]) -> None:
    """Texts in every quoting style come back alike."""
    import yaml

    fast, slow = both(yaml.safe_dump({"x": value, "y": [value]}))
    assert fast == slow


def test_words_of_yaml_1_1_stay_texts() -> None:
    """`no` is a country and a date is a text, as the core schema of YAML 1.2 says."""
    slow = yaml_reader.slow_parse("a: no\nb: 2024-01-01\nc: 12:30\nd: 0x1F\ne: ~\n", "test")
    assert slow == {"a": "no", "b": "2024-01-01", "c": "12:30", "d": 31, "e": None}


def test_merge_keys() -> None:
    """`<<` fills in what an object does not say itself."""
    slow = yaml_reader.slow_parse("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n", "test")
    assert slow == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}}


def test_json_in_a_file_that_is_called_yaml() -> None:
    """Such a file is read as JSON: YAML knows no surrogate pairs."""
    text = r'{"openapi": "3.1.0", "info": {"title": "\ud83d\ude00", "version": "1"}, "paths": {}}'
    assert formats.parse(text.encode(), "contract.yaml") == (json.loads(text), "json")
