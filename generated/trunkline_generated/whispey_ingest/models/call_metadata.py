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
class CallMetadata(_Model):
    """Facts about the session and every keyword that the application gave at its start; a nested `metadata` keyword is
    also spread over the top level.

        Attributes:
            usage (UsageTotals | None): Consumption of the whole session; the server computes costs from it.
            duration_formatted (str | None): Duration for people.
            complete_configuration (SessionConfiguration | None): Snapshot of the models in use and of the session's
                settings.
            bug_reports (Any | None): Bug reports that were spoken during the call, when there are any.
            bug_flagged_turns (Any | None): Turns that a bug report points at, when there are any.
            evaluation (Any | None): Result of an evaluation, when one ran.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "usage": "usage",
        "duration_formatted": "duration_formatted",
        "complete_configuration": "complete_configuration",
        "bug_reports": "bug_reports",
        "bug_flagged_turns": "bug_flagged_turns",
        "evaluation": "evaluation",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "usage",
            "duration_formatted",
            "complete_configuration",
            "bug_reports",
            "bug_flagged_turns",
            "evaluation",
        }
    )

    usage: UsageTotals | None = None
    duration_formatted: str | None = _attrs_field(default=None, repr=_mask)
    complete_configuration: SessionConfiguration | None = None
    bug_reports: Any = _attrs_field(default=None, repr=_mask)
    bug_flagged_turns: Any = _attrs_field(default=None, repr=_mask)
    evaluation: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.usage is not None:
            field_dict["usage"] = self.usage.to_dict()
        if self.duration_formatted is not None:
            field_dict["duration_formatted"] = self.duration_formatted
        if self.complete_configuration is not None:
            field_dict["complete_configuration"] = self.complete_configuration.to_dict()
        if self.bug_reports is not None:
            field_dict["bug_reports"] = self.bug_reports
        if self.bug_flagged_turns is not None:
            field_dict["bug_flagged_turns"] = self.bug_flagged_turns
        if self.evaluation is not None:
            field_dict["evaluation"] = self.evaluation
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            usage=None if (value := pop("usage", None)) is None else UsageTotals.from_dict(value),
            duration_formatted=pop("duration_formatted", None),
            complete_configuration=None
            if (value := pop("complete_configuration", None)) is None
            else SessionConfiguration.from_dict(value),
            bug_reports=pop("bug_reports", None),
            bug_flagged_turns=pop("bug_flagged_turns", None),
            evaluation=pop("evaluation", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.session_configuration import SessionConfiguration
from ..models.usage_totals import UsageTotals
