# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class CompressedCallLog(_Model):
    """A record whose JSON was gzipped; the server needs no more than the first two fields.

    Attributes:
        compressed (bool): True.
        data (str): Base64 of the gzipped JSON.
        original_size (int | None): Bytes before.
        compressed_size (int | None): Bytes after.
        compression_ratio (float | None): Percent saved.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "compressed": "compressed",
        "data": "data",
        "original_size": "original_size",
        "compressed_size": "compressed_size",
        "compression_ratio": "compression_ratio",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "original_size",
            "compressed_size",
            "compression_ratio",
        }
    )

    compressed: bool
    data: str = _attrs_field(repr=_mask)
    original_size: int | None = None
    compressed_size: int | None = None
    compression_ratio: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["compressed"] = self.compressed
        field_dict["data"] = self.data
        if self.original_size is not None:
            field_dict["original_size"] = self.original_size
        if self.compressed_size is not None:
            field_dict["compressed_size"] = self.compressed_size
        if self.compression_ratio is not None:
            field_dict["compression_ratio"] = self.compression_ratio
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_compressed,
                    f_data,
                    f_original_size,
                    f_compressed_size,
                    f_compression_ratio,
                ) = values
            else:
                get = src_dict.get
                f_compressed = src_dict["compressed"]
                f_data = src_dict["data"]
                f_original_size = get("original_size")
                f_compressed_size = get("compressed_size")
                f_compression_ratio = get("compression_ratio")
            if (
                type(src_dict) is dict
                and type(f_compressed) is bool
                and type(f_data) is str
                and (type(f_original_size) is int or f_original_size is None and "original_size" not in src_dict)
                and (type(f_compressed_size) is int or f_compressed_size is None and "compressed_size" not in src_dict)
                and (
                    (type(f_compression_ratio) is float or type(f_compression_ratio) is int)
                    or f_compression_ratio is None
                    and "compression_ratio" not in src_dict
                )
            ):
                model = _new(cls)
                model.compressed = f_compressed
                model.data = f_data
                model.original_size = f_original_size
                model.compressed_size = f_compressed_size
                model.compression_ratio = f_compression_ratio
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


CompressedCallLog._fields = (
    _schemas.Field("compressed", "compressed", True, _schemas.BOOLEAN),
    _schemas.Field("data", "data", True, _schemas.STRING),
    _schemas.Field("original_size", "original_size", False, _schemas.INTEGER),
    _schemas.Field("compressed_size", "compressed_size", False, _schemas.INTEGER),
    _schemas.Field("compression_ratio", "compression_ratio", False, _schemas.NUMBER),
)
CompressedCallLog._extra = _schemas.ANYTHING
