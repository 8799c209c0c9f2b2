"""Edits of docstrings: entries of arguments, names of operations, errors."""

from __future__ import annotations

import pytest

from trunkline_pipeline.adopting.edits import docstring

DOCUMENTED = '''"""Do it.

        Args:
            first: the first,
                at length.
            key: your own.

        Raises:
            APIError: it failed.
        """'''


def test_docstrings_are_edited_by_entry() -> None:
    """An entry is replaced entirely, or inserted before those of the method's own arguments."""
    edited = docstring.described(DOCUMENTED, "second", "the second.", ("key",))
    assert "at length.\n            second: the second.\n            key: your own." in edited
    replaced = docstring.described(DOCUMENTED, "first", "gone.")
    assert "            first: gone.\n            key: your own." in replaced
    fresh = docstring.described('"""Do it."""', "first", "the first.")
    assert fresh == '"""Do it.\n\n        Args:\n            first: the first.\n        """'


def test_an_operation_stands_below_a_summary_that_it_makes_too_long() -> None:
    """The first line's indentation counts, although it is not in the text."""
    text = f'"""{"Do it ".ljust(60, "x")} (operation ``a``).\n        """'
    for length, below in ((11, False), (12, True)):
        new = "b" * length
        named = docstring.operation_named(text, "a", new)
        assert max(len(f"        {line.lstrip()}") for line in named.split("\n")) <= 100
        assert (f"\n        (operation ``{new}``)" in named) == below


def test_an_entry_is_renamed_where_there_is_one() -> None:
    """It keeps its text, with lines rewrapped."""
    renamed = docstring.entry_renamed(DOCUMENTED, "first", "earliest")
    assert "            earliest: the first, at length.\n            key:" in renamed
    assert docstring.entry_renamed(DOCUMENTED, "other", "earliest") == DOCUMENTED
    assert docstring.entry_renamed('"""Do it."""', "other", "earliest") == '"""Do it."""'


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Do it (operation ``a``).", "Do it.\n\n{}(operation ``{}``)"),
        ("Do it (operation ``a``); not twice.", "Do it; not twice.\n\n{}(operation ``{}``)"),
        ("Do it (operation ``a``, as ``b``).", "Do it.\n\n{}(operation ``{}``, as\n{}``b``)"),
    ],
)
def test_a_long_operation_is_named_below_the_summary(said: str, wanted: str) -> None:
    """No line is too long; a docstring of one line gets several."""
    name, indent = "a" + "_long_name" * 7 + "_x", " " * 8
    below = wanted.format(indent, name, indent)
    assert docstring.operation_named(f'"""{said}\n{indent}"""', "a", name) == (
        f'"""{below}\n{indent}"""'
    )
    assert docstring.operation_named(f'"""{said}"""', "a", name) == f'"""{below}\n{indent}"""'
    assert docstring.operation_named(f'"""{said}"""', "a", "b_c") == (
        f'"""{said}"""'.replace("``a``", "``b_c``")
    )


def test_a_removed_method_documents_that_it_raises() -> None:
    """The operation is no longer named, and one error is left."""
    said = docstring.raising(
        DOCUMENTED.replace("it.", "it (operation ``do_it``)."), "Gone", "ever."
    )
    assert said.startswith('"""Do it.\n')
    assert "        Raises:\n            Gone: ever.\n" in said
    assert "APIError" not in said
    assert "your own." in said
    assert "Raises:\n            Gone: ever." in docstring.raising('"""Do it."""', "Gone", "ever.")
