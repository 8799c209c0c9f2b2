# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.export_status import ExportStatus
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
class ExportCreated(_Model):
    """An export that was just started.

    Attributes:
        export_id (str): Id of the export, called `id` in its status.
        status (ExportStatus | None): State of an export; a value for failure must exist, but its name is not
            documented. The vendor may add values.
        download_url (None | str | None): Where the file will be, on a host that may differ from the API's; the null is
            inferred.
        estimated_completion (datetime.datetime | None): When the file should be ready, a hint only; the null is
            inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "export_id": "export_id",
        "status": "status",
        "download_url": "download_url",
        "estimated_completion": "estimated_completion",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "status",
            "download_url",
            "estimated_completion",
        }
    )

    export_id: str
    status: ExportStatus | None = None
    download_url: None | str = _attrs_field(default=None, repr=_mask)
    estimated_completion: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["export_id"] = self.export_id
        if self.status is not None:
            field_dict["status"] = self.status.value
        if self.download_url is not None:
            field_dict["download_url"] = self.download_url
        if self.estimated_completion is not None:
            field_dict["estimated_completion"] = to_json(self.estimated_completion)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            export_id=pop("export_id"),
            status=None if (value := pop("status", None)) is None else _ExportStatus.get(value) or ExportStatus(value),
            download_url=pop("download_url", None),
            estimated_completion=None
            if (value := pop("estimated_completion", None)) is None
            else _decode_estimated_completion(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_ExportStatus = cast("dict[object, ExportStatus]", ExportStatus._value2member_map_)


def _decode_estimated_completion(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)
