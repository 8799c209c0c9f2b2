from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts import ContractError, Report, diff, load
from trunkline.contracts.impact import analyse
from trunkline.contracts.impact.source import MAX_BYTES, decode, find, read

USER = (
    "from voice_client import Client\n"
    "from voice_client.api.calls import get_call\n"
    "call = get_call.sync('c', client=Client(base_url='x'))\n"
    "print(call.recording_url)\n"
)


def _report(code: Path, client: Path, **options: object) -> Report:
    old, new = corpus.documents("generated")
    compared = diff(load(old), load(new))
    return analyse(compared, [code], client, generator=False, cache=False, **options)  # type: ignore[arg-type]


def _lines(report: Report) -> set[tuple[str, int]]:
    return {(Path(site.file).name, site.line) for f in report.findings for site in f.used}


BROKEN = {
    "syntax": b"from voice_client import (\n",
    "python 2": b"import voice_client\nprint 'hello'\n",
    "nul": b"import voice_client\x00\n",
    "encoding": b"# -*- coding: no-such-coding -*-\nimport voice_client\n",
    "bytes": b"import voice_client\nx = '\xff\xfe'\n",
    "deep": b"import voice_client\nx = " + b"(" * 5_000 + b")" * 5_000,
    "long chain": b"import voice_client\nx = voice_client" + b".a" * 20_000,
    "huge": b"import voice_client\n" + b"x = 1\n" * (MAX_BYTES // 6 + 1),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=list(BROKEN))
def test_file_that_cannot_be_read_hides_no_other(
    data: bytes, tmp_path: Path, voice_client: Path
) -> None:
    """A broken file is skipped and named, and the file beside it is searched."""
    (tmp_path / "broken.py").write_bytes(data)
    (tmp_path / "user.py").write_text(USER)
    report = _report(tmp_path, voice_client)
    assert ("user.py", 4) in _lines(report)
    assert [(Path(each.file).name, each.reason != "") for each in report.skipped] == [
        ("broken.py", True)
    ]


def test_other_encodings_are_read(tmp_path: Path, voice_client: Path) -> None:
    """Coding lines and byte order marks are applied; columns count characters."""
    latin = "# -*- coding: latin-1 -*-\n" + USER.replace("print(", "print('größe', ")
    (tmp_path / "latin.py").write_bytes(latin.encode("latin-1"))
    (tmp_path / "mark.py").write_bytes(USER.encode("utf-8-sig"))
    report = _report(tmp_path, voice_client)
    sites = [s for f in report.findings for s in f.used if "recording_url" in s.code]
    assert sorted((Path(s.file).name, s.line, s.column) for s in sites) == [
        ("latin.py", 5, 21),
        ("mark.py", 4, 12),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_to_a_folder_above_is_followed_once(tmp_path: Path) -> None:
    """A loop of symbolic links ends, and every file is found once."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "user.py").write_text(USER)
    (inner / "loop").symlink_to(tmp_path, target_is_directory=True)
    (inner / "dangling.py").symlink_to(tmp_path / "nothing.py")
    files, _ = find([tmp_path])
    assert [path.name for path in files if path.exists()] == ["user.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A file that would block forever is skipped with its reason."""
    os.mkfifo(tmp_path / "pipe.py")
    found = read(tmp_path / "pipe.py")
    assert getattr(found, "reason", "") == "not a regular file"


def test_environments_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    """Installed packages are not the consumer's code."""
    for name in (".git", "node_modules", "mine", "env3"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "user.py").write_text(USER)
    (tmp_path / "env3" / "pyvenv.cfg").write_text("")
    files, _ = find([tmp_path])
    assert [path.parent.name for path in files] == ["mine"]


def test_path_that_does_not_exist_is_named(tmp_path: Path, voice_client: Path) -> None:
    """A mistyped path is an error, not an empty result."""
    with pytest.raises(ContractError, match=r"no such file or folder: .*missing"):
        _report(tmp_path / "missing", voice_client)


def test_folder_that_is_no_client_is_named(tmp_path: Path) -> None:
    """A package without the generator's folders is refused."""
    (tmp_path / "user.py").write_text(USER)
    with pytest.raises(ContractError, match="openapi-python-client writes"):
        _report(tmp_path, tmp_path)


def test_unknown_coding_is_a_value_error() -> None:
    """The decoder's error names the encoding from the coding line."""
    with pytest.raises(ValueError, match="no-such-coding"):
        decode(b"# coding: no-such-coding\n")
