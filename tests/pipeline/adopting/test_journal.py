"""Files are written all or none, and undone without losing later edits."""

from __future__ import annotations

import os
from collections.abc import ItemsView, Iterator, Mapping
from typing import TYPE_CHECKING

import pytest

from trunkline_pipeline.adopting import journal
from trunkline_pipeline.adopting.journal import Adoption
from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = {"a.py": b"one\ntwo\nthree\n", "b.py": b"gone\n", "folder/c.py": None}
NEW = {"a.py": b"one\n2\nthree\n", "b.py": None, "folder/c.py": b"come\n"}
FILES = {name: (OLD[name], NEW[name]) for name in OLD}


def put(root: Path, files: Mapping[str, bytes | None]) -> None:
    for name, data in files.items():
        if data is not None:
            (root / name).write_bytes(data)


def found(root: Path) -> dict[str, bytes | None]:
    return {n: (root / n).read_bytes() if (root / n).is_file() else None for n in OLD}


class Cut(dict[str, journal.Bytes]):
    """Files whose writing is interrupted before one of them."""

    def __init__(self, number: int, action: Callable[[], object]) -> None:
        super().__init__(FILES)
        self.number, self.action, self.passes = number, action, 0

    def items(self) -> ItemsView[str, journal.Bytes]:
        self.passes += 1
        return _Items(self, self.passes)


class _Items(ItemsView[str, journal.Bytes]):
    def __init__(self, files: Cut, passes: int) -> None:
        super().__init__(files)
        self._files, self._passes = files, passes

    def __iter__(self) -> Iterator[tuple[str, journal.Bytes]]:
        for number, name in enumerate(FILES):
            # The first two passes compare and write the journal.
            if self._passes == 3 and number == self._files.number:
                self._files.action()
            yield name, FILES[name]


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", range(3))
def test_ctrl_c_leaves_the_tree_as_it_was(tmp_path: Path, number: int) -> None:
    """Whichever file is interrupted, those before it get their old bytes back."""
    put(tmp_path, OLD)
    with pytest.raises(KeyboardInterrupt):
        journal.swap_in(tmp_path, Adoption("x", "1", "2", Cut(number, interrupt)))
    assert found(tmp_path) == OLD
    assert not (tmp_path / "folder").exists()
    assert list((tmp_path / "build").iterdir()) == []


@pytest.mark.parametrize("number", range(3))
def test_a_killed_process_is_recovered_from(tmp_path: Path, number: int) -> None:
    """If a process is killed while writing, the next one undoes its changes."""
    put(tmp_path, OLD)
    child = os.fork()
    if child == 0:
        journal.swap_in(tmp_path, Adoption("x", "1", "2", Cut(number, lambda: os._exit(9))))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert journal.recover(tmp_path)
    assert found(tmp_path) == OLD
    assert not journal.recover(tmp_path)


def test_an_adoption_is_taken_back_beside_later_edits(tmp_path: Path) -> None:
    """Later edits in the files that the adoption wrote are kept."""
    put(tmp_path, OLD)
    journal.swap_in(tmp_path, Adoption("x", "1", "2", FILES))
    assert found(tmp_path) == NEW
    (tmp_path / "a.py").write_bytes(b"zero\none\n2\nthree\nfour\n")
    last = journal.last(tmp_path)
    assert last is not None
    journal.swap_in(tmp_path, journal.undone(tmp_path, last))
    assert found(tmp_path) == {**OLD, "a.py": b"zero\none\ntwo\nthree\nfour\n"}


def test_an_edited_region_is_not_taken_back(tmp_path: Path) -> None:
    """If a line that the adoption wrote was edited, it is named and nothing is undone."""
    put(tmp_path, OLD)
    journal.swap_in(tmp_path, Adoption("x", "1", "2", FILES))
    (tmp_path / "a.py").write_bytes(b"one\nII\nthree\n")
    last = journal.last(tmp_path)
    assert last is not None
    with pytest.raises(PipelineError, match=r"a\.py: .* near its line 2"):
        journal.undone(tmp_path, last)


def test_a_tree_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """An edit during the adoption is not overwritten."""
    put(tmp_path, {**OLD, "b.py": b"edited\n"})
    with pytest.raises(PipelineError, match=r"b\.py has changed meanwhile"):
        journal.swap_in(tmp_path, Adoption("x", "1", "2", FILES))
    assert (tmp_path / "a.py").read_bytes() == OLD["a.py"]


def test_a_tree_that_cannot_be_written_is_left_alone(tmp_path: Path) -> None:
    """If the journal or a file cannot be created, that is reported and nothing is changed."""
    put(tmp_path, OLD)
    (tmp_path / "build").write_text("a file")
    with pytest.raises(PipelineError, match="nothing was changed"):
        journal.swap_in(tmp_path, Adoption("x", "1", "2", FILES))
    assert found(tmp_path) == OLD
    (tmp_path / "build").unlink()
    (tmp_path / "folder").write_text("in the way")
    with pytest.raises(PipelineError, match="nothing was changed"):
        journal.swap_in(tmp_path, Adoption("x", "1", "2", FILES))
    assert (tmp_path / "a.py").read_bytes() == OLD["a.py"]


def test_a_journal_of_another_kind_is_named(tmp_path: Path) -> None:
    """A file that is not a journal is refused."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "adoption.json").write_text("[]")
    with pytest.raises(PipelineError, match=r"adoption\.json is not a journal"):
        journal.last(tmp_path)
