# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.export_status import ExportStatus
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class Export(_Model):
    """State of an export.

    Attributes:
        id (str): Id of the export, called `export_id` at its creation.
        status (ExportStatus | None): State of an export; a value for failure must exist, but its name is not
            documented. The vendor may add values.
        download_url (None | str | None): Where the file is, on a host that may differ from the API's; the null is
            inferred.
        file_size (None | str | None): Size of the file as text for people, such as 2.5MB; the null is inferred.
        record_count (int | None): Number of calls in the file; the null is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "status": "status",
        "download_url": "download_url",
        "file_size": "file_size",
        "record_count": "record_count",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "status",
            "download_url",
            "file_size",
            "record_count",
        }
    )

    id: str
    status: ExportStatus | None = None
    download_url: None | str = _attrs_field(default=None, repr=_mask)
    file_size: None | str = _attrs_field(default=None, repr=_mask)
    record_count: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["id"] = self.id
        if self.status is not None:
            field_dict["status"] = self.status.value
        if self.download_url is not None:
            field_dict["download_url"] = self.download_url
        if self.file_size is not None:
            field_dict["file_size"] = self.file_size
        if self.record_count is not None:
            field_dict["record_count"] = self.record_count
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_id,
                    f_status,
                    f_download_url,
                    f_file_size,
                    f_record_count,
                ) = values
            else:
                get = src_dict.get
                f_id = src_dict["id"]
                f_status = get("status")
                f_download_url = get("download_url")
                f_file_size = get("file_size")
                f_record_count = get("record_count")
            if (
                type(src_dict) is dict
                and type(f_id) is str
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (f_download_url is None or type(f_download_url) is str)
                and (f_file_size is None or type(f_file_size) is str)
                and (f_record_count is None or type(f_record_count) is int)
            ):
                model = _new(cls)
                model.id = f_id
                model.status = None if f_status is None else (_ExportStatus.get(f_status) or ExportStatus(f_status))
                model.download_url = f_download_url
                model.file_size = f_file_size
                model.record_count = f_record_count
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_ExportStatus = cast("dict[object, ExportStatus]", ExportStatus._value2member_map_)


Export._fields = (
    _schemas.Field("id", "id", True, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.Member(ExportStatus)),
    _schemas.Field("download_url", "download_url", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("file_size", "file_size", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("record_count", "record_count", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
)
Export._extra = _schemas.ANYTHING
