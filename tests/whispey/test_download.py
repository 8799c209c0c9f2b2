"""Exports as files: whole or not at all, and no key for anyone but the client's own server."""

from __future__ import annotations

import errno
import gzip
import os
import stat
import threading
import time
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.conftest import KEY
from tests.whispey.page import success

from trunkline import AsyncWhispey, Whispey
from trunkline.errors import (
    APIConnectionError,
    APIStatusError,
    ConflictError,
    DeadlineExceededError,
    InvalidArgumentError,
    LocalFileError,
    NotFoundError,
    ResponseValidationError,
    UnexpectedStatusError,
)
from trunkline.whispey import Export, ExportCreated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.providers import Backend, Scripted
    from tests.whispey.conftest import Hands

CSV = b"id,status\ncall-1,completed\n"
AS_CSV = {"Content-Type": "text/csv; charset=utf-8"}
FILE = Reply(200, CSV, AS_CSV)
CUT = Reply(200, CSV, AS_CSV, promised=1000)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """A name in a folder of its own; nothing else may be in that folder afterwards."""
    folder = tmp_path / "exports"
    folder.mkdir()
    yield folder / "calls.csv"
    assert [found.name for found in folder.iterdir()] in ([], ["calls.csv"])


def fetch(whispey: Backend, target: Any, *, more: Any = None, **arguments: Any) -> Any:
    return whispey(
        lambda client: client.exports.download("export-456", target, **arguments), **(more or {})
    )


def test_a_file_is_saved(whispey: Backend, server: Scripted, target: Path) -> None:
    """It has the bytes, belongs to its owner alone, and the result says what it is."""
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
    """Its id is used; its download_url, on a host of the vendor's past, is not."""
    server.then(FILE)
    whispey(lambda client: client.exports.download(export, str(target)))
    assert server.asked[0].path == "/v1/exports/export-456/download"


def test_the_raw_form_has_the_head_alone(whispey: Backend, server: Scripted, target: Path) -> None:
    """The content is in the file and not in memory."""
    server.then(Reply(200, CSV, {"x-request-id": "r-1"}))
    raw = whispey(
        lambda client: client.exports.with_raw_response.download("export-456", os.fsencode(target))
    )
    assert (raw.parsed.size, raw.content, raw.request_id) == (len(CSV), b"", "r-1")
    assert raw.attempts == 1


@pytest.mark.parametrize("size", [0, 1, 3 * 1024 * 1024 + 17])
def test_any_size_fits(whispey: Backend, server: Scripted, target: Path, size: int) -> None:
    """A file is bounded neither by memory nor by max_response_bytes."""
    content = os.urandom(size)
    server.then(Reply(200, content, {"Content-Type": ""}))
    saved = fetch(whispey, target, more={"max_response_bytes": 10})
    assert (saved.size, saved.media_type) == (size, None)
    assert target.read_bytes() == content


def test_a_compressed_body_is_unpacked(whispey: Backend, server: Scripted, target: Path) -> None:
    """The transport's compression is not the file's."""
    server.then(Reply(200, gzip.compress(CSV), {**AS_CSV, "Content-Encoding": "gzip"}))
    assert fetch(whispey, target).size == len(CSV)
    assert target.read_bytes() == CSV


def test_a_broken_body_is_asked_for_again(whispey: Backend, server: Scripted, target: Path) -> None:
    """From its beginning: what had arrived is forgotten."""
    server.then(CUT, Reply(503), FILE)
    assert fetch(whispey, target).size == len(CSV)
    assert target.read_bytes() == CSV
    assert len(server.asked) == 3


def test_a_body_that_keeps_breaking_is_given_up(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """Within max_retries, and without a trace in the folder."""
    server.then(CUT, CUT, CUT, FILE)
    with pytest.raises(APIConnectionError) as caught:
        fetch(whispey, target)
    assert caught.value.attempts == len(server.asked) == 3
    assert caught.value.operation_id == "downloadExport"
    assert not target.exists()


def test_damaged_compression_is_our_error(whispey: Backend, server: Scripted, target: Path) -> None:
    """Bytes that claim to be gzip and are not."""
    server.then(*(Reply(200, b"no gzip", {"Content-Encoding": "gzip"}) for _ in range(3)))
    with pytest.raises(ResponseValidationError, match="damaged"):
        fetch(whispey, target)
    assert not target.exists()


def test_a_larger_file_than_wanted_is_refused(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """At once: it would be as large the next time."""
    server.then(FILE, FILE)
    with pytest.raises(ResponseValidationError, match="larger"):
        fetch(whispey, target, max_bytes=len(CSV) - 1)
    assert len(server.asked) == 1
    assert not target.exists()
    assert fetch(whispey, target, max_bytes=len(CSV)).size == len(CSV)


def test_a_file_that_exists_is_kept(whispey: Backend, server: Scripted, target: Path) -> None:
    """Without overwrite nothing is even asked for."""
    target.write_bytes(b"old")
    with pytest.raises(LocalFileError, match="overwrite=True") as caught:
        fetch(whispey, target)
    assert isinstance(caught.value, OSError)
    assert (caught.value.errno, caught.value.filename) == (errno.EEXIST, str(target))
    assert target.read_bytes() == b"old"
    assert not server.asked


def test_a_file_that_exists_is_replaced_on_demand(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """In one step, and only when the new one is complete."""
    target.write_bytes(b"old")
    server.then(Reply(404), FILE)
    with pytest.raises(NotFoundError):
        fetch(whispey, target, overwrite=True)
    assert target.read_bytes() == b"old"
    fetch(whispey, target, overwrite=True)
    assert target.read_bytes() == CSV


def test_a_file_that_appears_meanwhile_is_kept(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """Another process may have been quicker; its file is not overwritten."""
    server.then(Reply(200, CSV, AS_CSV, pieces=2, between=lambda: target.write_bytes(b"theirs")))
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target)
    assert caught.value.errno == errno.EEXIST
    assert target.read_bytes() == b"theirs"


def test_a_folder_is_no_file(whispey: Backend, server: Scripted, target: Path) -> None:
    """Not even with overwrite."""
    with pytest.raises(LocalFileError, match="file name"):
        fetch(whispey, target.parent, overwrite=True)
    assert not server.asked


def test_a_missing_folder_is_our_error(whispey: Backend, server: Scripted, target: Path) -> None:
    """It is found out before anything is asked for."""
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target.parent / "missing" / "calls.csv")
    assert caught.value.errno == errno.ENOENT
    assert not server.asked


@pytest.mark.parametrize("path", [None, 3, "", "a\0b"])
def test_paths_that_are_none(whispey: Backend, server: Scripted, path: Any) -> None:
    """What is no path is refused."""
    with pytest.raises(InvalidArgumentError, match="path"):
        fetch(whispey, path)
    assert not server.asked


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_name_that_the_system_refuses(
    whispey: Backend, server: Scripted, target: Path, *, overwrite: bool
) -> None:
    """An impossible name shows at the end; the error is ours and the folder stays clean."""
    server.then(FILE)
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target.parent / ("n" * 300), overwrite=overwrite)
    assert caught.value.errno == errno.ENAMETOOLONG


@pytest.fixture
def small_files() -> Iterator[None]:
    """The operating system itself refuses files above 10 bytes."""
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, usual[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_our_error(whispey: Backend, server: Scripted, target: Path) -> None:
    """Writing fails half-way; the part is removed."""
    server.then(FILE)
    with pytest.raises(LocalFileError) as caught:
        fetch(whispey, target)
    assert caught.value.errno == errno.EFBIG


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
    """Anything but a file is an error, also when it comes as a 200, and nothing is saved."""
    server.then(reply)
    with pytest.raises(kind) as caught:
        fetch(whispey, target)
    assert caught.value.status == reply.status
    assert not target.exists()


def test_an_export_in_json_is_no_refusal(whispey: Backend, server: Scripted, target: Path) -> None:
    """Only ``success: false`` at the top is one."""
    server.then(Reply(200, [{"success": False}]))
    assert fetch(whispey, target).media_type == "application/json"


def test_a_redirect_is_followed_without_the_key(
    whispey: Backend, server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """Neither the key nor a header of the caller's reaches another host; the query does."""
    place = f"{elsewhere.url}/bucket/a%2Fb.csv?X-Amz-Signature=%2Babc"
    server.then(Reply(302, {"moved": 1}, {"Location": place}))
    elsewhere.then(FILE)
    fetch(whispey, target, more={"headers": {"X-Mine": "secret"}})
    assert server.asked[0].headers["x-mine"] == "secret"
    asked = elsewhere.asked[0]
    assert asked.path == "/bucket/a%2Fb.csv?X-Amz-Signature=%2Babc"
    assert KEY not in repr(asked)
    assert "secret" not in repr(asked)
    assert asked.headers["host"] == elsewhere.url.removeprefix("http://")
    assert target.read_bytes() == CSV


@pytest.mark.parametrize("location", ["/files/1", "1?a=b", "//{host}/files/1"])
def test_no_key_crosses_a_redirect_at_home_either(
    whispey: Backend, server: Scripted, target: Path, location: str
) -> None:
    """Relative places are understood, and asked without the key as well."""
    host = server.url.removeprefix("http://")
    server.then(Reply(307, b"", {"Location": location.format(host=host)}), FILE)
    fetch(whispey, target)
    assert "authorization" in server.asked[0].headers
    assert "authorization" not in server.asked[1].headers


def test_a_presigned_place_may_expire(
    whispey: Backend, server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """When the file breaks off behind a redirect, the whole way is gone again."""
    server.then(
        Reply(302, b"", {"Location": f"{elsewhere.url}/1"}),
        Reply(302, b"", {"Location": f"{elsewhere.url}/2"}),
    )
    elsewhere.then(CUT, FILE)
    assert fetch(whispey, target).size == len(CSV)
    assert [asked.path for asked in elsewhere.asked] == ["/1", "/2"]
    assert [("authorization" in asked.headers) for asked in server.asked] == [True, True]


def test_a_redirect_to_nowhere_new_ends(whispey: Backend, server: Scripted, target: Path) -> None:
    """A loop of redirects is left after a few rounds."""
    server.then(*(Reply(301, b"", {"Location": "/again"}) for _ in range(20)))
    with pytest.raises(UnexpectedStatusError, match="not followed"):
        fetch(whispey, target)
    assert len(server.asked) == 6


def test_a_foreign_url_is_used_on_demand_and_without_the_key(
    whispey: Backend, server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """An id is looked up first, with the key; the vendor's other host does not get it."""
    server.then(Reply(200, success({**page.EXPORT, "download_url": f"{elsewhere.url}/f?s=1"})))
    elsewhere.then(FILE)
    fetch(whispey, target, use_download_url=True)
    assert [asked.path for asked in server.asked] == ["/v1/exports/export-456"]
    assert elsewhere.asked[0].path == "/f?s=1"
    assert KEY not in repr(elsewhere.asked[0])
    assert target.read_bytes() == CSV


def test_a_url_at_home_is_the_usual_one(whispey: Backend, server: Scripted, target: Path) -> None:
    """Where the URL names our own server, the path is made of the id, and the key goes along."""
    export = Export(id="export-456", download_url=f"{server.url}/v1/exports/other/download")
    server.then(FILE)
    whispey(lambda client: client.exports.download(export, target, use_download_url=True))
    assert server.asked[0].path == "/v1/exports/export-456/download"
    assert "authorization" in server.asked[0].headers


@pytest.mark.parametrize(
    "url", [None, 5, "ftp://a.example/x", "/v1/x", "https://", "https://u@a.example"]
)
def test_urls_that_lead_nowhere(
    whispey: Backend, server: Scripted, target: Path, url: str | None
) -> None:
    """They are refused before anything is sent, and not shown: they may hold a signature."""
    export = Export(id="export-456", download_url=url)
    with pytest.raises(InvalidArgumentError, match=r"(?i)url"):
        whispey(lambda client: client.exports.download(export, target, use_download_url=True))
    assert not server.asked


def test_https_never_becomes_http(target: Path, elsewhere: Scripted) -> None:
    """A file of call data does not send in the clear when the API is encrypted."""
    export = Export(id="export-456", download_url=f"{elsewhere.url}/f")
    with Whispey(KEY) as whispey, pytest.raises(InvalidArgumentError, match="https"):
        whispey.exports.download(export, target, use_download_url=True)
    assert not elsewhere.asked


def slow(hands: Hands, folder: Path) -> Reply:
    """A large file, of which the rest comes 100 s after the first quarter was written."""

    def wait() -> None:
        while not sum(found.stat().st_size for found in folder.iterdir()):
            time.sleep(0.001)
        hands.move(100)

    return Reply(200, bytes(5 * 1024 * 1024), AS_CSV, pieces=4, between=wait)


def test_a_body_may_take_longer_than_the_deadline(
    whispey: Backend, server: Scripted, target: Path, hands: Hands
) -> None:
    """The client's deadline of 60 s bounds the way to the head; the body has time of its own."""
    server.then(slow(hands, target.parent))
    saved = fetch(whispey, target, more={"runtime": hands.runtime()})
    assert saved.size == 5 * 1024 * 1024


def test_a_deadline_bounds_everything(
    whispey: Backend, server: Scripted, target: Path, hands: Hands
) -> None:
    """One that is given for the download ends its body as well."""
    server.then(slow(hands, target.parent))
    with pytest.raises(DeadlineExceededError):
        fetch(whispey, target, deadline=80, more={"runtime": hands.runtime()})
    assert not target.exists()


@pytest.mark.parametrize("deadline", [0, -1, "x"])
def test_deadlines_that_are_none(
    whispey: Backend, server: Scripted, target: Path, deadline: Any
) -> None:
    """A deadline is a number above 0."""
    with pytest.raises(InvalidArgumentError, match="deadline"):
        fetch(whispey, target, deadline=deadline)
    assert not server.asked


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_download_leaves_nothing(server: Scripted, target: Path, backend: str) -> None:
    """The part is removed, and the client goes on working."""
    begun, finish = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        finish.wait(10)

    server.then(Reply(200, CSV, AS_CSV, pieces=2, between=hold), Reply(200, success([])))

    async def scenario() -> None:
        async with AsyncWhispey(KEY, base_url=server.url) as whispey:
            async with anyio.create_task_group() as group:
                group.start_soon(whispey.exports.download, "export-456", target)
                await anyio.to_thread.run_sync(begun.wait)
                assert len(list(target.parent.iterdir())) == 1
                group.cancel_scope.cancel()
            assert not list(target.parent.iterdir())
            finish.set()
            assert await whispey.agents.list() == []

    try:
        anyio.run(scenario, backend=backend)
    finally:
        finish.set()


def test_downloads_go_through_a_transport_of_the_caller_s(
    server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """A user's own httpx transport carries files as well, redirects and retries included."""
    server.then(CUT, Reply(302, b"", {"Location": f"{elsewhere.url}/1"}))
    elsewhere.then(FILE)
    with Whispey(KEY, base_url=server.url, transport=httpx.HTTPTransport()) as whispey:
        assert whispey.exports.download("export-456", target).size == len(CSV)
    assert KEY not in repr(elsewhere.asked)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_downloads_go_through_a_transport_of_the_caller_s(
    server: Scripted, target: Path, backend: str
) -> None:
    """The same in the other backends."""
    server.then(FILE)

    async def scenario() -> None:
        transport = httpx.AsyncHTTPTransport()
        async with AsyncWhispey(KEY, base_url=server.url, transport=transport) as whispey:
            await whispey.exports.download("export-456", target)

    anyio.run(scenario, backend=backend)
    assert target.read_bytes() == CSV
