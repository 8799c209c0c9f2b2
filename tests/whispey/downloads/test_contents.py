"""Exports as files: complete or absent, and the key only for the client's own server."""

from __future__ import annotations

import gzip
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.conftest import KEY

from trunkline.errors import (
    APIConnectionError,
    APIStatusError,
    ConflictError,
    NotFoundError,
    ResponseValidationError,
    UnexpectedStatusError,
)
from trunkline.whispey import Export, ExportCreated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers import Backend, Scripted
from tests.whispey.downloads.support import AS_CSV, CSV, CUT, FILE, fetch


def test_a_file_is_saved(whispey: Backend, server: Scripted, target: Path) -> None:
    """It has the bytes, only its owner has access, and the result describes it."""
    server.then(FILE)
    saved = fetch(whispey, target)
    assert (saved.path, saved.size, saved.media_type) == (target, len(CSV), "text/csv")
    assert target.read_bytes() == CSV
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("GET", "/v1/exports/export-456/download")
    assert (asked.headers["authorization"], asked.headers["accept"]) == (f"Bearer {KEY}", "*/*")


@pytest.mark.parametrize(
    "export",
    [
        ExportCreated.from_dict(page.EXPORT_CREATED),
        Export.from_dict(page.EXPORT),
    ],
)
def test_an_export_itself_may_be_given(
    whispey: Backend, server: Scripted, target: Path, export: Any
) -> None:
    """Its id is used; its download_url, on a former host of the vendor, is not."""
    server.then(FILE)
    whispey(lambda client: client.exports.download(export, str(target)))
    assert server.asked[0].path == "/v1/exports/export-456/download"


def test_the_raw_form_has_the_head_alone(whispey: Backend, server: Scripted, target: Path) -> None:
    """The content is in the file, not in memory."""
    server.then(Reply(200, CSV, {"x-request-id": "r-1"}))
    raw = whispey(
        lambda client: client.exports.with_raw_response.download("export-456", os.fsencode(target))
    )
    assert (raw.parsed.size, raw.content, raw.request_id) == (len(CSV), b"", "r-1")
    assert raw.attempts == 1


@pytest.mark.parametrize("size", [0, 1, 3 * 1024 * 1024 + 17])
def test_any_size_fits(whispey: Backend, server: Scripted, target: Path, size: int) -> None:
    """A file is limited neither by memory nor by max_response_bytes."""
    content = os.urandom(size)
    server.then(Reply(200, content, {"Content-Type": ""}))
    saved = fetch(whispey, target, more={"max_response_bytes": 10})
    assert (saved.size, saved.media_type) == (size, None)
    assert target.read_bytes() == content


def test_a_compressed_body_is_unpacked(whispey: Backend, server: Scripted, target: Path) -> None:
    """Transport compression is not part of the file."""
    server.then(Reply(200, gzip.compress(CSV), {**AS_CSV, "Content-Encoding": "gzip"}))
    assert fetch(whispey, target).size == len(CSV)
    assert target.read_bytes() == CSV


def test_a_broken_body_is_asked_for_again(whispey: Backend, server: Scripted, target: Path) -> None:
    """From the start: what had arrived is discarded."""
    server.then(CUT, Reply(503), FILE)
    assert fetch(whispey, target).size == len(CSV)
    assert target.read_bytes() == CSV
    assert len(server.asked) == 3


def test_a_body_that_keeps_breaking_is_given_up(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """Within max_retries, and without leaving a file in the folder."""
    server.then(CUT, CUT, CUT, FILE)
    with pytest.raises(APIConnectionError) as caught:
        fetch(whispey, target)
    assert caught.value.attempts == len(server.asked) == 3
    assert caught.value.operation_id == "downloadExport"
    assert not target.exists()


def test_damaged_compression_is_our_error(whispey: Backend, server: Scripted, target: Path) -> None:
    """Bytes that are labelled gzip and are not."""
    server.then(*(Reply(200, b"no gzip", {"Content-Encoding": "gzip"}) for _ in range(3)))
    with pytest.raises(ResponseValidationError, match="damaged"):
        fetch(whispey, target)
    assert not target.exists()


def test_a_larger_file_than_wanted_is_refused(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """At once: a retry would give the same size."""
    server.then(FILE, FILE)
    with pytest.raises(ResponseValidationError, match="larger"):
        fetch(whispey, target, max_bytes=len(CSV) - 1)
    assert len(server.asked) == 1
    assert not target.exists()
    assert fetch(whispey, target, max_bytes=len(CSV)).size == len(CSV)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(404, {"error": "no"}), NotFoundError),
        (Reply(409, {"error": {"code": "EXPORT_IN_PROGRESS"}}), ConflictError),
        (Reply(202, {"message": "soon"}), APIStatusError),
        (Reply(204, b""), APIStatusError),
        (Reply(304, b""), UnexpectedStatusError),
        (Reply(302, b""), UnexpectedStatusError),
        (Reply(302, b"", {"Location": "ftp://a.example/x"}), UnexpectedStatusError),
        (Reply(302, b"", {"Location": "http://me:pw@a.example/x"}), UnexpectedStatusError),
        (Reply(302, b"", {"Location": "http://[::1/x"}), UnexpectedStatusError),
        (Reply(302, b"", {"Location": "http://a.example:x/"}), UnexpectedStatusError),
        (Reply(302, b"", {"Location": f"http://{'a' * 70}.\xe4.example/"}), UnexpectedStatusError),
        (Reply(200, {"success": False, "error": "not ready"}), APIStatusError),
    ],
)
def test_answers_that_are_no_file(
    whispey: Backend, server: Scripted, target: Path, reply: Reply, kind: type[APIStatusError]
) -> None:
    """Anything but a file is an error, even with a 200, and nothing is saved."""
    server.then(reply)
    with pytest.raises(kind) as caught:
        fetch(whispey, target)
    assert caught.value.status == reply.status
    assert not target.exists()


def test_an_export_in_json_is_no_refusal(whispey: Backend, server: Scripted, target: Path) -> None:
    """Only ``success: false`` at the top level is one."""
    server.then(Reply(200, [{"success": False}]))
    assert fetch(whispey, target).media_type == "application/json"
