"""The counts files: one per process and contract, always replaced as a whole."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline._shapes.contract import EVERY, WHOLE
from trunkline._shapes.counts import rounded
from trunkline._shapes.places import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline._shapes.counts import Counts

__all__ = ["FORMAT", "InvalidFileError", "digest", "header", "parse", "write"]

FORMAT: Final = 1
MOST_BYTES: Final = 256 * 1024
_KIND: Final = "trunkline shapes"
_PARTS: Final = ("operations", "objects", "places")


class InvalidFileError(ValueError):
    """A file that does not hold valid counts; the text says why."""


def digest(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest of a contract, which identifies it in counts files."""
    import hashlib  # a quarter of this module's import time

    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def header(contract: str, identity: str, credentials: int) -> Counts:
    """Return the header of a file."""
    return {
        "kind": _KIND,
        "format": FORMAT,
        "contract": contract,
        "digest": identity,
        "sampling": {"whole_answers": WHOLE, "then_every": EVERY, "items": SAMPLE},
        "credentials": "2+" if credentials > 1 else "1",
    }


def write(path: str, head: Counts, counts: Counts) -> None:
    """Replace a file with counts; only its owner may read it.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
    """
    data = _bounded(head, rounded(counts))
    number, part = tempfile.mkstemp(prefix=".shapes-", dir=os.path.dirname(path))
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def _bounded(head: Counts, counts: Counts) -> bytes:
    """Return the bytes of a file; the last schemas are left out, and counted, if it is too long."""
    data = _encoded(head, counts)
    if len(data) > MOST_BYTES:
        counts = {
            **counts,
            "objects": {k: {**v, "shapes": {}} for k, v in counts["objects"].items()},
        }
        data = _encoded(head, counts)
    while len(data) > MOST_BYTES:
        part = max(_PARTS, key=lambda name: len(json.dumps(counts[name])))
        kept = dict(list(counts[part].items())[: len(counts[part]) // 2])
        left_out = counts["left_out"] + len(counts[part]) - len(kept)
        counts = {**counts, part: kept, "left_out": left_out}
        data = _encoded(head, counts)
    return data


def _encoded(head: Counts, counts: Counts) -> bytes:
    return json.dumps({**head, "counts": counts}, separators=(",", ":")).encode("ascii")


def parse(data: bytes) -> Counts:
    """Return the contents of a file.

    Raises:
        InvalidFileError: it is truncated or not a counts file of this format.
    """
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidFileError("it is not complete JSON") from None
    if not is_object(found) or found.get("kind") != _KIND:
        raise InvalidFileError("it holds no counts of shapes")
    if found.get("format") != FORMAT:
        raise InvalidFileError(f"its format is not {FORMAT}: another release of trunkline wrote it")
    texts = (found.get(name) for name in ("contract", "digest", "credentials"))
    if not all(isinstance(text, str) for text in texts) or not _are_counts(found.get("counts")):
        raise InvalidFileError("its counts are damaged")
    return found


def _are_counts(counts: Any) -> bool:
    return (
        is_object(counts)
        and all(is_object(counts.get(part)) for part in _PARTS)
        and all(is_object(each) for part in _PARTS for each in counts[part].values())
    )
