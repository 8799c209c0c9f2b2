# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.export_status import ExportStatus
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id"),
            status=None if (value := pop("status", None)) is None else _ExportStatus.get(value) or ExportStatus(value),
            download_url=pop("download_url", None),
            file_size=pop("file_size", None),
            record_count=pop("record_count", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_ExportStatus = cast("dict[object, ExportStatus]", ExportStatus._value2member_map_)
