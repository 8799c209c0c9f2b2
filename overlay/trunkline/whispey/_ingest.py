"""The ingest API without requests: records, their compressed form, receipts."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from trunkline._engine.client.nested_objects import reject_mistyped_names
from trunkline._engine.client.validation import to_utc
from trunkline._engine.transport.content import dump_json
from trunkline._json import is_object
from trunkline.errors import InvalidArgumentError
from trunkline_generated.whispey_ingest.models.compressed_call_log import CompressedCallLog
from trunkline_generated.whispey_ingest.models.ingest_receipt import IngestReceipt
from trunkline_generated.whispey_ingest.types import Model, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trunkline_generated.whispey_ingest.models.call_ended import CallEnded
    from trunkline_generated.whispey_ingest.models.call_started import CallStarted
    from trunkline_generated.whispey_ingest.models.ingest_result import IngestResult

M = TypeVar("M", bound=Model)

#: What the ingest API accepts.
CallRecord: TypeAlias = "CallStarted | CallEnded | CompressedCallLog"

Moment: TypeAlias = datetime | date | str

_NO_LISTS: Final[tuple[type[object], ...]] = (str, bytes, Mapping, Model)

#: Larger records are compressed, as the vendor's own packages do.
COMPRESS_ABOVE: Final = 10 * 1024


def instant(name: str, moment: Moment | None) -> str | None:
    """Return a moment as ISO 8601 in UTC: the server's columns keep no zone.

    Raises:
        InvalidArgumentError: it is not a date, or is outside the years 1 to 9999 in UTC.
    """
    known = to_utc(name, moment)
    try:
        return None if known is None else known.astimezone(UTC).isoformat()
    except OverflowError:
        raise InvalidArgumentError(f"{name} is outside the years 1 to 9999 in UTC") from None


def as_model(name: str, model: type[M], value: M | Mapping[str, Any] | None) -> M | None:
    """Return a model as it is, and a mapping as a model that is sent unchanged.

    Raises:
        InvalidArgumentError: it is neither, or a name in it is a mistyped name of the contract.
    """
    if value is None or isinstance(value, model):
        return value
    if not isinstance(value, Mapping):
        raise InvalidArgumentError(
            f"{name} must be a {model.__name__} or a mapping, not {type(value).__name__}"
        )
    # The server keeps what the contract does not name, so only mistyped names are refused.
    reject_mistyped_names(name, model.from_dict(value))
    made = model()
    made.additional_properties = dict(value)
    return made


def as_models(
    name: str, model: type[M], values: Iterable[M | Mapping[str, Any]] | None
) -> list[M] | None:
    """Return the items of a list, each like :func:`as_model`.

    Raises:
        InvalidArgumentError: it is not a list, or an item is neither model nor mapping.
    """
    if values is None:
        return None
    if isinstance(values, _NO_LISTS):
        raise InvalidArgumentError(f"{name} must be a list, not a single item")
    try:
        made = [as_model(f"{name}[{n}]", model, value) for n, value in enumerate(values)]
    except TypeError:
        raise InvalidArgumentError(f"{name} must be a list") from None
    return [item for item in made if item is not None]


def packed(record: CallRecord) -> CallRecord:
    """Return a record in its compressed form when its JSON is larger than 10 KiB.

    Raises:
        InvalidArgumentError: the record holds a value that cannot be written as JSON.
    """
    if isinstance(record, CompressedCallLog):
        return record
    plain = dump_json(record.to_dict())
    if len(plain) <= COMPRESS_ABOVE:
        return record
    squeezed = gzip.compress(plain, mtime=0)
    return CompressedCallLog(
        compressed=True,
        data=base64.b64encode(squeezed).decode("ascii"),
        original_size=len(plain),
        compressed_size=len(squeezed),
        compression_ratio=round(100 * (1 - len(squeezed) / len(plain)), 1),
    )


def receipt_of(result: IngestResult) -> IngestReceipt:
    """Return the receipt of a response, which is in ``data`` or is the response itself."""
    found = result.get("data")
    if isinstance(found, IngestReceipt):
        return found
    body = result.raw
    if is_object(body):
        body = {n: body[n] for n in body if n != "success" and not (n == "data" and found is None)}
    return IngestReceipt.from_dict(body, Reading("sendCallLog"))
