# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            compressed=pop("compressed"),
            data=pop("data"),
            original_size=pop("original_size", None),
            compressed_size=pop("compressed_size", None),
            compression_ratio=pop("compression_ratio", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
