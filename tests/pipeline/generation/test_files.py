"""Writing files, and reporting how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline_pipeline import files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_tree_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Obsolete files are removed, and no temporary folder is left."""
    target = tmp_path / "new" / "tree"
    files.replace_tree(target, {"a.py": b"1", "old/b.py": b"2"})
    files.replace_tree(target, {"a.py": b"3", "c/d.py": b""})
    assert files.compare_tree(target, {"a.py": b"3", "c/d.py": b""}) == []
    assert list(target.parent.iterdir()) == [target]


def test_single_files_leave_their_neighbours_alone(tmp_path: Path) -> None:
    """A twin is written beside handwritten modules."""
    (tmp_path / "mine.py").write_bytes(b"mine")
    files.replace_files(tmp_path, {"api/_sync.py": b"twin"})
    assert (tmp_path / "mine.py").read_bytes() == b"mine"
    assert (tmp_path / "api" / "_sync.py").read_bytes() == b"twin"
    assert files.compare_files(tmp_path, {"api/_sync.py": b"twin"}) == []


def test_caches_are_no_strays(tmp_path: Path) -> None:
    """Python's bytecode files are not reported."""
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"")
    assert files.compare_tree(tmp_path, {}) == []


def test_a_diff_is_bounded(tmp_path: Path) -> None:
    """A large diff is truncated to a readable length."""
    files.replace_tree(tmp_path / "t", {"a.py": b"old\n" * 500})
    (difference,) = files.compare_tree(tmp_path / "t", {"a.py": b"new\n" * 500})
    lines = list(files.diff(difference))
    assert len(lines) < 100
    assert lines[-1].endswith("more lines")
