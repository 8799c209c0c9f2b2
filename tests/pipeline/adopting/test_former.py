"""Arguments kept for callers, when a later adoption renames them or restores them."""

from __future__ import annotations

import libcst as cst
import pytest

from trunkline._engine.client.operation import renamed_argument
from trunkline.errors import InvalidArgumentError
from trunkline_pipeline.adopting.edits import former, imports

METHOD = '''@operation(list_calls, own=("state", "old"))
def list(self, *, limit: int | None = None, state: str | None = None, old: str | None = None):
    """List calls."""
    now = renamed_argument("old", old, "now", now)
    warn_unsent("state", state)
    return self._page(limit=limit, now=now)
'''


def function() -> cst.FunctionDef:
    return cst.ensure_type(cst.parse_statement(METHOD), cst.FunctionDef)


def code(made: cst.FunctionDef | None) -> str:
    assert made is not None
    return cst.Module([made]).code


def test_an_argument_that_comes_back_is_the_contracts_again() -> None:
    """It is added again, so the old parameter and its warning must be removed."""
    made = code(former.revived(function(), "state"))
    assert '@operation(list_calls, own=("old",))' in made.replace("'", '"')
    assert "state" not in made
    both = former.revived(cst.ensure_type(cst.parse_statement(made), cst.FunctionDef), "old")
    assert code(both).startswith("@operation(list_calls)\n")
    assert "renamed_argument" not in code(both)


@pytest.mark.parametrize("name", ["limit", "now", "unknown"])
def test_an_argument_of_the_contract_is_not_taken_for_a_former_one(name: str) -> None:
    assert former.revived(function(), name) is None


def test_a_former_name_follows_the_argument_to_its_next_name() -> None:
    """Otherwise a value passed by the first name would reach a variable that is not sent."""
    made = code(former.moved(function(), "now", "next_"))
    assert 'next_ = renamed_argument("old", old, "next_", next_)' in made
    assert 'warn_unsent("state", state)' in made


def test_a_former_name_is_not_sent_either_when_the_argument_is_not() -> None:
    made = code(former.given_up(function(), "now"))
    assert 'warn_unsent("old", old)' in made
    assert "renamed_argument" not in made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from a import B, C", "from a import B\nif TYPE_CHECKING:\n    from a import C\n"),
        ("from a import B", "from a import B\nif TYPE_CHECKING:\n    pass\n"),
        ("from a import *", "from a import B\nif TYPE_CHECKING:\n    from a import *\n"),
    ],
)
def test_what_is_needed_at_run_time_is_imported_once(before: str, after: str) -> None:
    """It may have been imported only for type checkers before."""
    module = cst.parse_module(f"if TYPE_CHECKING:\n    {before}\n")
    assert imports.added(module, [("a", "B")]).code == after


def test_a_former_name_warns_and_both_are_refused() -> None:
    """Either name is accepted; the warning has the new one."""
    assert renamed_argument("old", None, "new", 1) == 1
    with pytest.warns(DeprecationWarning, match="old is called new now") as told:
        assert renamed_argument("old", 2, "new", None) == 2
    assert told[0].filename == __file__
    with pytest.raises(InvalidArgumentError, match="old is the former name of new"):
        renamed_argument("old", 2, "new", 1)
