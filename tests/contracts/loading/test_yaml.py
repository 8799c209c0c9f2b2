from __future__ import annotations

import json
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.contracts import ContractError
from trunkline.contracts._loading import formats
from trunkline.contracts._loading.yaml import rapid, reader

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
    "x",
    ".Inf",
    "-inf",
    "NaN",
    "[]",
    "{}",
]
SHAPES = [
    "a: WORD\nb:\n  - WORD\nc: [WORD, 1]\nd: {e: WORD}\n",
    "a: WORD # b\n",
    "a b: WORD\n\"c\": WORD\n'd': WORD\né: WORD\n",
    "a: [1,\n  WORD,\n  {b: WORD,\n  c: WORD}]\n",
    "a:\n  WORD\nb:\n- WORD\n- - WORD\n",
    "a:\tWORD\n",
    "- WORD\n",
    "a: 'WORD'\nb: \"WORD\"\n",
    "a: 'WORD'\nb: WORD\n",
    "a: |\n  WORD\nb: >-\n  c: WORD\nd: e\n  WORD\n",
    "a: WORD\n# b: WORD\n",
    "a: &b WORD\nc: *b\n",
    "a: !!str WORD\n",
    "a:\n- b: |\n    x\n  c: WORD\n- |\n  WORD\n- WORD\n",
    "a:\n- - - b: >\n        - WORD\n      c: WORD\n",
    "a: say \"WORD\"\nb: 'WORD\n  WORD'\n",
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
    fast = rapid.parse(text.encode())
    slow = reader.slow_parse(text, "test")
    return (slow if fast is None else fast[0]), slow


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("word", WORDS)
def test_both_readers_agree_on_a_value(word: str, shape: str) -> None:
    """A value means the same whichever library is installed."""
    fast, slow = both(shape.replace("WORD", word))
    assert repr(fast) == repr(slow)


@pytest.mark.parametrize("word", ["True", "~", "inf", "0x1F"])
def test_words_in_blocks_need_no_second_reader(word: str) -> None:
    """The fast library alone reads these words, beside prose that contains them."""
    text = f"a: {word}\nb c: {word}\nd:\n  - {word}\ne: |\n  {word}\n  - {word}\nf: so {word}\n"
    assert rapid.parse(text.encode()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a: &a {\nb: *a}\n",
        "a: &a\n- 1\nb: &b\n- *a\n- *a\nc: *b\n",
        "&a b: 1\nc: *a\n",
        "a: &a\n  b: &c\n    d: 1\n  e: *c\nf: *a\n",
        "a: '*b'\nc: &b 1\nd: *b\n",
        "a: &a True\nb: *a\n",
        "- &a 1\n- *a\n",
        "True: 1\n0x1F: 2\n~: 3\n",
    ],
)
def test_both_readers_agree_on_aliases(text: str) -> None:
    """Also on aliases inside another alias's target, and on strings that look like one."""
    try:
        fast, slow = both(text)
    except ContractError:
        assert rapid.parse(text.encode()) is None
    else:
        assert fast == slow


def test_both_readers_agree_on_a_document() -> None:
    """Block and flow style, folded strings, aliases, and numeric keys."""
    fast, slow = both(dedent(LONG))
    assert fast == slow
    assert isinstance(slow, dict)
    assert slow["paths"]["/calls/{id}"]["get"]["responses"]["200"] == {"maximum": 5}


TEXTS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXTS | st.integers() | st.booleans()))
def test_both_readers_agree_on_what_pyyaml_writes(value: dict[str, object]) -> None:
    """Strings in every quoting style are read the same."""
    import yaml

    fast, slow = both(yaml.safe_dump({"x": value, "y": [value]}))
    assert fast == slow


def test_words_of_yaml_1_1_stay_texts() -> None:
    """`no` is a country and a date is a string, as in the core schema of YAML 1.2."""
    slow = reader.slow_parse("a: no\nb: 2024-01-01\nc: 12:30\nd: 0x1F\ne: ~\n", "test")
    assert slow == {"a": "no", "b": "2024-01-01", "c": "12:30", "d": 31, "e": None}


def test_merge_keys() -> None:
    """`<<` adds the keys that an object does not have."""
    slow = reader.slow_parse("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n", "test")
    assert slow == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}}


def test_json_in_a_file_that_is_called_yaml() -> None:
    """Such a file is read as JSON: YAML has no surrogate pairs."""
    text = r'{"openapi": "3.1.0", "info": {"title": "\ud83d\ude00", "version": "1"}, "paths": {}}'
    parsed = formats.parse(text.encode(), "contract.yaml")
    assert (parsed.value, parsed.format) == (json.loads(text), "json")
