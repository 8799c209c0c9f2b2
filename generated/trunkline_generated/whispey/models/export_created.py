# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
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
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_export_id,
                    f_status,
                    f_download_url,
                    f_estimated_completion,
                ) = values
            else:
                get = src_dict.get
                f_export_id = src_dict["export_id"]
                f_status = get("status")
                f_download_url = get("download_url")
                f_estimated_completion = get("estimated_completion")
            if (
                type(src_dict) is dict
                and type(f_export_id) is str
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (f_download_url is None or type(f_download_url) is str)
            ):
                model = _new(cls)
                model.export_id = f_export_id
                model.status = None if f_status is None else (_ExportStatus.get(f_status) or ExportStatus(f_status))
                model.download_url = f_download_url
                model.estimated_completion = (
                    None if f_estimated_completion is None else _parse_datetime(f_estimated_completion)
                )
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_ExportStatus = cast("dict[object, ExportStatus]", ExportStatus._value2member_map_)


ExportCreated._fields = (
    _schemas.Field("export_id", "export_id", True, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.Member(ExportStatus)),
    _schemas.Field("download_url", "download_url", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field(
        "estimated_completion", "estimated_completion", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)
    ),
)
ExportCreated._extra = _schemas.ANYTHING
